"""Every tool's rule against an independent statement of it, for all answers or for all that differ.

The statements are written as decisions, not as rows: from the published forms where a tool has an
algorithm, from the remarks of the file where the rule is our convention. PY is told from Y, and PN from
N, nowhere: that is tried on its own, so that the rest need not be enumerated five times over.
"""

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.appraisal import judged, problems_of
from review.appraisal.rows import Values
from review.store.read import packaged_packs

TOOLS = packaged_packs().tools
YES, NO = ("Y", "PY"), ("N", "PN")
LOW, SOME, HIGH = "low", "some concerns", "high"


def randomisation(sequence, concealed, baseline):
    if concealed in NO:
        return HIGH
    if concealed == "NI":
        return HIGH if baseline in YES else SOME
    return SOME if sequence in NO or baseline in YES else LOW


def worst(*levels):
    return max(levels, key=[LOW, SOME, HIGH].index)


def in_context(participants, carers, deviated, mattered, balanced):
    if (participants in NO and carers in NO) or deviated in NO:
        return LOW
    if deviated == "NI" or mattered in NO or balanced in YES:
        return SOME
    return HIGH


def analysed(fitting, impact):
    return LOW if fitting in YES else SOME if impact in NO else HIGH


def deviations(a, b, c, d, e, f, g):
    return worst(in_context(a, b, c, d, e), analysed(f, g))


def adhering(participants, carers, balanced, failures, adherence, fitting):
    blind = participants in NO and carers in NO
    clean = failures in (*NO, "NA") and adherence in (*NO, "NA")
    if (blind or balanced in (*YES, "NA")) and clean:
        return LOW
    return SOME if fitting in YES else HIGH


def missing(there, unbiased, could, likely):
    if there in YES or unbiased in YES or could in NO:
        return LOW
    return SOME if likely in NO else HIGH


def measurement(improper, differed, aware, could, likely):
    if improper in YES or differed in YES:
        return HIGH
    at_least = LOW if differed in NO else SOME
    if aware in NO or could in NO:
        return at_least
    return SOME if likely in NO else HIGH


def selected(planned, *chosen):
    if any(answer in YES for answer in chosen):
        return HIGH
    return LOW if planned in YES and all(answer in NO for answer in chosen) else SOME


def recruitment(before, affected, imbalance):
    if before in YES:
        return LOW
    if affected in YES:
        return HIGH
    unknown, unlike = affected == "NI", imbalance in YES
    return HIGH if unknown and unlike else SOME if unknown or unlike else LOW


def cluster_deviations(trial, group, carers, deviated, mattered, balanced, fitting, impact):
    participants = "N" if trial in NO else group
    return deviations(participants, carers, deviated, mattered, balanced, fitting, impact)


def cluster_missing(clusters, people, unbiased, could, likely):
    there = "Y" if clusters in YES and people in YES else "N"
    return missing(there, unbiased, could, likely)


def cluster_measurement(improper, differed, trial, aware, could, likely):
    return measurement(improper, differed, "N" if trial in NO else aware, could, likely)


def period(judgement):
    return SOME if judgement == "NI" else judgement


PARALLEL = {
    "randomisation": ("1.1 1.2 1.3", randomisation),
    "missing data": ("3.1 3.2 3.3 3.4", missing),
    "measurement": ("4.1 4.2 4.3 4.4 4.5", measurement),
    "selected result": ("5.1 5.2 5.3", selected),
}
ASSIGNMENT = {"deviations": ("2.1 2.2 2.3 2.4 2.5 2.6 2.7", deviations)}
STATED = {
    "rob2-2019": {**PARALLEL, **ASSIGNMENT},
    "rob2-adhering-2019": {**PARALLEL, "deviations": ("2.1 2.2 2.3 2.4 2.5 2.6", adhering)},
    "rob2-crossover-2021": {
        **PARALLEL,
        **ASSIGNMENT,
        "period and carry-over": ("S", period),
        "selected result": ("5.1 5.2 5.3 5.4", selected),
    },
    "rob2-cluster-2021": {
        "randomisation": ("1a.1 1a.2 1a.3", randomisation),
        "recruitment": ("1b.1 1b.2 1b.3", recruitment),
        "deviations": ("2.1a 2.1b 2.2 2.3 2.4 2.5 2.6 2.7", cluster_deviations),
        "missing data": ("3.1a 3.1b 3.2 3.3 3.4", cluster_missing),
        "measurement": ("4.1 4.2 4.3a 4.3b 4.4 4.5", cluster_measurement),
        "selected result": ("5.1 5.2 5.3", selected),
    },
}
DOMAINS = [(edition, name) for edition, stated in STATED.items() for name in stated]
QUIET = {
    edition: dict(zip(TOOLS[edition].answers, TOOLS[edition].examples[0].answers, strict=True))
    for edition in STATED
}


def takes(tool, items, short):
    """All answers to some items that the tool takes together: NA just where a question is not asked."""
    own = [[a for a in tool.answers[i] if not (short and a in ("PY", "PN"))] for i in items]
    return (dict(zip(items, answers, strict=True)) for answers in product(*own))


@pytest.mark.parametrize(("edition", "name"), DOMAINS, ids=[f"{e} {n}" for e, n in DOMAINS])
def test_each_domain_of_rob2_is_as_its_form_has_it(edition, name):
    tool, (codes, stated) = TOOLS[edition], STATED[edition][name]
    items = codes.split()
    tried = 0
    for answers in takes(tool, items, short=True):
        if problems_of(tool, QUIET[edition] | answers):
            continue
        given_answers = QUIET[edition] | answers
        assert Values(tool, given_answers, {})[name] == stated(*answers.values()), answers
        tried += 1
    assert tried >= 3


@pytest.mark.parametrize("edition", STATED)
@settings(max_examples=60)
@given(data=st.data())
def test_probably_counts_as_said_outright(edition, data):
    tool = TOOLS[edition]
    own = {item: st.sampled_from(tuple(answers)) for item, answers in tool.answers.items()}
    answers = data.draw(st.fixed_dictionaries(own))
    plain = {item: {"PY": "Y", "PN": "N"}.get(answer, answer) for item, answer in answers.items()}
    assert judged(tool, answers).domains == judged(tool, plain).domains


@pytest.mark.parametrize("edition", STATED)
def test_the_whole_of_rob2_is_its_worst_domain(edition):
    tool = TOOLS[edition]
    names = [table.name for table in tool.domains]
    for levels in product((LOW, SOME, HIGH), repeat=len(names)):
        values = Values(tool, QUIET[edition], dict(zip(names, levels, strict=True)))
        assert values.first_fitting(tool.overall).then == worst(*levels)


def level_of(edition, answers):
    return judged(TOOLS[edition], dict(zip(TOOLS[edition].answers, answers, strict=True))).level


def robins_2016(domains):
    for level in ("critical", "serious"):
        if level in domains:
            return level
    if "NI" in domains:
        return "no information"
    return "moderate" if "moderate" in domains else "low"


def quips(domains):
    if "high" in domains or domains.count("moderate") > 2:
        return "high"
    if "NR" in domains:
        return "not assessable from what was read"
    return "moderate" if domains.count("moderate") == 2 else "low"


def quadas2(domains):
    bias = domains[:4]
    if "high" in bias:
        return "at risk of bias"
    if "unclear" in bias:
        return "at risk of bias by what is unclear"
    return "not assessable from what was read" if "NR" in bias else "low"


@pytest.mark.parametrize(
    ("edition", "stated"),
    [("robins-i-2016", robins_2016), ("quips-2013", quips)],
    ids=["robins-i-2016", "quips-2013"],
)
def test_a_whole_made_of_judged_domains_whatever_their_order(edition, stated):
    tool = TOOLS[edition]
    words = [answer.answer for answer in tool.scale]
    for domains in combinations_with_replacement(words, len(tool.items)):
        assert level_of(edition, domains) == stated(domains)
        assert level_of(edition, domains[::-1]) == stated(domains)


def test_quadas2_is_at_risk_with_one_domain_that_is_not_low():
    words = ("low", "high", "unclear", "NR")
    for bias in product(words, repeat=4):
        for fit in ("low", "high"):
            answers = (*bias, fit, "low", fit)
            assert level_of("quadas2-2011", answers) == quadas2(answers)


def test_robis_is_what_phase_3_judges():
    words = {"NR": "not assessable from what was read"}
    for answers in product(("low", "high", "unclear", "NR"), repeat=5):
        assert level_of("robis-2016", answers) == words.get(answers[-1], answers[-1])


LOW_V2 = "low except for concerns about uncontrolled confounding"


def robins_v2(tried, needed, improper, confounding, *domains):
    if needed in YES or improper in YES:
        return "critical"
    met = (confounding, *domains)
    if "critical" in met or "serious" in met:
        return "critical" if "critical" in met else "serious"
    if "NR" in (tried, needed, improper, *met):
        return "not assessable from what was read"
    return "moderate" if "moderate" in met else LOW_V2


def test_robins_v2_is_settled_by_part_b_and_else_its_worst_domain():
    tool = TOOLS["robins-i-2025"]
    tried = 0
    for part_b in product(("Y", "PN", "NR"), ("NA", "PY", "N", "NR"), ("Y", "PN", "NR")):
        for first in (LOW_V2, "moderate", "serious", "critical", "NR", "NA"):
            for rest in (
                ("low",) * 5,
                ("moderate", *("low",) * 4),
                ("low", "serious", "NR", "low", "low"),
                (*("low",) * 4, "critical"),
                (*("low",) * 3, "NR", "low"),
                ("NA",) * 5,
            ):
                answers = (*part_b, first, *rest)
                if problems_of(tool, dict(zip(tool.answers, answers, strict=True))):
                    continue
                tried += 1
                assert level_of("robins-i-2025", answers) == robins_v2(*answers), answers
    assert tried > 200


CRITICAL = ("q2", "q4", "q7", "q9", "q11", "q13", "q15")


def amstar2(flaws, weaknesses, unread_critical, unread):
    if flaws:
        return "critically low" if flaws > 1 else "low"
    if unread_critical:
        return "not assessable from what was read"
    if weaknesses > 1:
        return "moderate"
    return "not assessable from what was read" if unread else "high"


def test_amstar2_for_every_number_of_flaws_weaknesses_and_unread_items():
    tool = TOOLS["amstar2-2017"]
    others = [item for item in tool.answers if item not in CRITICAL]
    for flaws, weak, dark, dim in product(range(4), range(4), range(3), range(3)):
        answers = dict.fromkeys(tool.answers, "Y")
        answers |= dict.fromkeys(CRITICAL[:flaws], "N") | dict.fromkeys(others[:weak], "N")
        answers |= dict.fromkeys(CRITICAL[7 - dark :], "NR") | dict.fromkeys(others[9 - dim :], "NR")
        assert judged(tool, answers).level == amstar2(flaws, weak, dark, dim)


def test_amstar2_has_these_critical_items():
    tool = TOOLS["amstar2-2017"]
    for item in tool.answers:
        answers = {**dict.fromkeys(tool.answers, "Y"), item: "N"}
        assert judged(tool, answers).level == ("low" if item in CRITICAL else "high")


def checklist(core, others):
    """The convention for the JBI lists, but that for case series."""
    if "N" in core or "U" in core:
        return "high"
    if "NR" in (*core, *others) or set(core) == {"NA"}:
        return "unknown"
    return "some" if "N" in others or "U" in others else "low"


JBI = {
    "jbi-rct-2023": "q1 q2 q7 q10 q11",
    "jbi-cohort-2017": "q1 q4 q5 q6 q7 q9",
    "jbi-case-control-2017": "q1 q2 q3 q5 q6 q7",
    "jbi-quasi-experimental-2017": "q2 q3 q4 q6 q7",
    "jbi-prevalence-2017": "q1 q2 q5 q6 q9",
}


@pytest.mark.parametrize("edition", JBI)
def test_the_convention_for_jbi_lists_for_all_that_can_be_met(edition):
    tool, core = TOOLS[edition], JBI[edition].split()
    others = [item for item in tool.answers if item not in core]
    words = ("Y", "N", "U", "NA", "NR")
    for of_core in combinations_with_replacement(words, len(core)):
        for word in words:
            of_others = (word, *("Y",) * (len(others) - 1))
            answers = dict(zip((*core, *others), (*of_core, *of_others), strict=True))
            assert judged(tool, answers).level == checklist(of_core, of_others)


def test_the_convention_for_case_series_looks_at_validity_alone():
    tool = TOOLS["jbi-case-series-2020"]
    validity = "q1 q2 q3 q4 q5 q10".split()
    for met in combinations_with_replacement(("Y", "N", "U", "NA", "NR"), 6):
        answers = dict.fromkeys(tool.answers, "N") | dict(zip(validity, met, strict=True))
        assert judged(tool, answers).level == checklist(met, ())


def test_syrcle_is_high_with_one_item_and_open_with_one_that_is():
    for met in combinations_with_replacement(("Y", "N", "U", "NR"), 10):
        open_items = "U" in met or "NR" in met
        expected = "high" if "N" in met else "unknown" if open_items else "low"
        assert level_of("syrcle-2014", met) == expected


def test_quin_is_the_share_of_what_could_be_had():
    for twos, ones, noughts in product(range(13), repeat=3):
        if not 0 < twos + ones + noughts <= 12:
            continue
        absent = 12 - twos - ones - noughts
        score = 100 * (2 * twos + ones) / (2 * (twos + ones + noughts))
        answers = ["2"] * twos + ["1"] * ones + ["0"] * noughts + ["NA"] * absent
        expected = "low" if score > 70 else "medium" if score >= 50 else "high"
        assert level_of("quin-2022", answers) == expected
    assert level_of("quin-2022", ["2"] * 11 + ["NR"]) == "not assessable from what was read"


def test_newcastle_ottawa_for_every_number_of_stars():
    for selection, comparability, outcome, unread in product(range(5), range(3), range(4), range(2)):
        answers = [("a" if n < selection else "c" if n in (0, 2) else "b") for n in range(4)]
        answers.append(("none", "b", "ab")[comparability])
        answers += [("a" if n < outcome else "b" if n == 1 else "c") for n in range(3)]
        if unread:
            answers[0] = "NR"
        if not comparability:
            expected = "poor"
        elif unread:
            expected = "not assessable from what was read"
        elif selection < 2 or outcome < 2:
            expected = "poor"
        else:
            expected = "fair" if selection == 2 else "good"
        assert level_of("newcastle-ottawa-cohort-2000", answers) == expected


@pytest.mark.parametrize("edition", ["sanra-2019", "agree2-2017", "jbi-case-report-2017"])
@settings(max_examples=40)
@given(data=st.data())
def test_a_tool_without_a_rule_for_the_whole_gives_no_concern(edition, data):
    tool = TOOLS[edition]
    own = {item: st.sampled_from(tuple(answers)) for item, answers in tool.answers.items()}
    found = judged(tool, data.draw(st.fixed_dictionaries(own)))
    assert found.concern == "unknown"


def test_every_packaged_tool_is_held_against_a_statement_here():
    here = {*STATED, *JBI, "robins-i-2016", "robins-i-2025", "quips-2013", "quadas2-2011"}
    here |= {"robis-2016", "amstar2-2017", "jbi-case-series-2020", "syrcle-2014", "quin-2022"}
    here |= {"newcastle-ottawa-cohort-2000", "sanra-2019", "agree2-2017", "jbi-case-report-2017"}
    assert here == set(TOOLS)
