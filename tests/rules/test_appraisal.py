"""Appraisal tools: published rows, every branch of the algorithms, and what holds for any answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.appraisal import (
    Cell,
    cells,
    examples_that_differ,
    judged,
    judgement_of,
    problems_of,
    problems_of_appraisal,
    tools_for,
)
from review.appraisal.rows import Values
from review.model.records import Appraisal, Override
from review.model.vocabulary import AnswerMeaning, BiasConcern, Design
from review.store.read import packaged_packs

TOOLS = packaged_packs().tools
ROB2, ROBINS_I, AMSTAR2, QUIN = (
    TOOLS[edition] for edition in ("rob2-2019", "robins-i-2016", "amstar2-2017", "quin-2022")
)


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_every_example_of_a_tool_comes_to_what_it_says(tool):
    assert len(tool.examples) >= 3
    assert examples_that_differ(tool) == []


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_the_examples_show_every_level_that_answers_can_give(tool):
    given_levels = {
        judged(tool, dict(zip(tool.answers, example.answers, strict=True))).level
        for example in tool.examples
    }
    assert given_levels == {row.then for row in tool.overall}


def test_an_example_that_comes_to_something_else_is_told():
    wrong = QUIN.examples[0].model_copy(update={"overall": "low risk, score 99.00"})
    tool = QUIN.model_copy(update={"examples": (wrong, *QUIN.examples[1:])})
    assert examples_that_differ(tool) == [
        "the example 'Qi and others 2003' comes to 'medium risk, score 55.56', some"
    ]


QUIN_ROWS = [
    # PMC10347812, table 2: criteria 1 to 12, published score and risk.
    ("Qi", "2 NA NA 2 2 0 NA 2 0 0 0 2", 55.55, "medium"),
    ("Kuramitsu", "1 NA NA 1 2 0 NA 2 0 0 0 2", 44.44, "high"),
    ("Miyakawa", "2 NA NA 1 2 0 NA 2 0 0 0 2", 50.0, "medium"),
    ("Giacona", "2 NA 2 1 2 0 NA 2 0 0 2 2", 65.0, "medium"),
    ("Shaik-D. 2013", "2 NA 2 2 2 0 NA 2 0 0 2 2", 70.0, "medium"),
    ("Li 2013", "2 NA NA 1 2 0 NA 2 0 0 2 2", 61.11, "medium"),
    ("Shaik-D. 2016", "1 NA 2 1 2 0 NA 2 0 0 0 0", 40.0, "high"),
]


@pytest.mark.parametrize(
    ("row", "points", "risk"), [r[1:] for r in QUIN_ROWS], ids=[r[0] for r in QUIN_ROWS]
)
def test_quin_gives_the_published_scores(row, points, risk):
    answers = dict(zip(QUIN.answers, row.split(), strict=True))
    # The publication cuts the second decimal off instead of rounding it.
    assert Values(QUIN, answers, {})["score"] == pytest.approx(points, abs=0.01)
    assert judged(QUIN, answers).overall.startswith(risk)


def test_quin_calls_only_more_than_70_low():
    answers = dict(zip(QUIN.answers, "2 2 2 2 2 2 2 2 1 0 0 0".split(), strict=True))
    assert judged(QUIN, answers).overall == "low risk, score 70.83"


LOW_RISK = {
    "1.1": "Y", "1.2": "Y", "1.3": "N", "2.1": "N", "2.2": "N", "2.3": "NA", "2.4": "NA", "2.5": "NA",
    "2.6": "Y", "2.7": "NA", "3.1": "Y", "3.2": "NA", "3.3": "NA", "3.4": "NA", "4.1": "N", "4.2": "N",
    "4.3": "N", "4.4": "NA", "4.5": "NA", "5.1": "Y", "5.2": "N", "5.3": "N",
}  # fmt: skip
LOW_ROBINS = dict.fromkeys(ROBINS_I.answers, "low")
DOMAIN = {"1": 0, "2": 1, "3": 2, "4": 3, "5": 4}


@pytest.mark.parametrize(
    ("changed", "domain", "risk"),
    [
        ({}, "1", "low"),
        ({"1.2": "N"}, "1", "high"),
        ({"1.2": "NI"}, "1", "some concerns"),
        ({"1.2": "NI", "1.3": "Y"}, "1", "high"),
        ({"1.1": "N"}, "1", "some concerns"),
        ({"1.1": "PN"}, "1", "some concerns"),
        ({"1.2": "PN"}, "1", "high"),
        ({"1.3": "PY"}, "1", "some concerns"),
        ({"2.1": "Y", "2.3": "N"}, "2", "low"),
        ({"2.1": "Y", "2.3": "NI"}, "2", "some concerns"),
        ({"2.1": "Y", "2.3": "Y", "2.4": "N"}, "2", "some concerns"),
        ({"2.1": "Y", "2.3": "Y", "2.4": "NI", "2.5": "Y"}, "2", "some concerns"),
        ({"2.1": "Y", "2.3": "Y", "2.4": "Y", "2.5": "N"}, "2", "high"),
        ({"2.6": "NI", "2.7": "N"}, "2", "some concerns"),
        ({"2.6": "N", "2.7": "NI"}, "2", "high"),
        ({"3.1": "N", "3.2": "Y"}, "3", "low"),
        ({"3.1": "N", "3.2": "N", "3.3": "N"}, "3", "low"),
        ({"3.1": "N", "3.2": "N", "3.3": "Y", "3.4": "N"}, "3", "some concerns"),
        ({"3.1": "NI", "3.2": "N", "3.3": "NI", "3.4": "NI"}, "3", "high"),
        ({"4.1": "Y"}, "4", "high"),
        ({"4.2": "PY"}, "4", "high"),
        ({"4.2": "NI"}, "4", "some concerns"),
        ({"4.3": "NI", "4.4": "N"}, "4", "low"),
        ({"4.3": "Y", "4.4": "Y", "4.5": "N"}, "4", "some concerns"),
        ({"4.3": "Y", "4.4": "Y", "4.5": "NI"}, "4", "high"),
        ({"5.2": "Y"}, "5", "high"),
        ({"5.3": "PY"}, "5", "high"),
        ({"5.1": "NI"}, "5", "some concerns"),
        ({"5.2": "NI"}, "5", "some concerns"),
    ],
)
def test_rob2_domains(changed, domain, risk):
    found = judged(ROB2, {**LOW_RISK, **changed})
    assert found.domains[DOMAIN[domain]][1] == risk
    others = [value for i, (_, value) in enumerate(found.domains) if i != DOMAIN[domain]]
    assert set(others) == {"low"}
    assert found.overall.split(",")[0] == risk


def test_rob2_gives_one_word_for_each_overall_risk():
    changes = {"low": {}, "some": {"1.1": "N"}, "high": {"4.1": "Y"}}
    assert {word: judged(ROB2, {**LOW_RISK, **changes[word]}).concern for word in changes} == {
        word: word for word in changes
    }


def test_rob2_counts_want_of_information_and_says_so():
    open_items = {**LOW_RISK, "2.6": "NI", "2.7": "NI"}
    found = judged(ROB2, open_items)
    assert (found.overall, found.level, found.concern) == ("high", "high", "high")
    assert found.cautions == ("low at best: what was read leaves items open",)
    assert found.text == "high (low at best: what was read leaves items open)"
    assert found.steps[-1] == found.cautions[0]
    faulty = judged(ROB2, {**open_items, "4.1": "Y"})
    assert (faulty.text, faulty.cautions) == ("high", ())


def test_some_concerns_can_be_reached_by_want_of_information():
    found = judged(ROB2, {**LOW_RISK, "5.1": "NI"})
    assert (found.overall, found.concern, found.sign) == ("some concerns", "some", "partly")
    assert found.cautions == ("low at best: what was read leaves items open",)


@pytest.mark.parametrize(
    ("worst", "overall", "concern"),
    [
        ("low", "low", "low"),
        ("moderate", "moderate", "some"),
        ("NI", "no information", "unknown"),
        ("serious", "serious", "high"),
        ("critical", "critical", "high"),
    ],
)
def test_robins_i_takes_the_worst_domain(worst, overall, concern):
    answers = {**dict.fromkeys(ROBINS_I.answers, "low"), "measurement": worst, "selection": "low"}
    found = judged(ROBINS_I, answers)
    assert (found.overall, found.concern) == (overall, concern)


def test_robins_i_serious_outweighs_no_information():
    answers = {**dict.fromkeys(ROBINS_I.answers, "NI"), "confounding": "serious"}
    assert judged(ROBINS_I, answers).overall == "serious"


@pytest.mark.parametrize(
    ("flaws", "overall"),
    [
        ([], "high"),
        (["q3"], "high"),
        (["q3", "q5"], "moderate"),
        (["q7"], "low"),
        (["q7", "q3", "q5"], "low"),
        (["q7", "q9"], "critically low"),
    ],
)
def test_amstar2(flaws, overall):
    answers = {**dict.fromkeys(AMSTAR2.answers, "Y"), **dict.fromkeys(flaws, "N")}
    assert judged(AMSTAR2, answers).overall == overall


def test_amstar2_is_open_while_something_was_not_read():
    answers = {**dict.fromkeys(AMSTAR2.answers, "Y"), "q2": "NR"}
    assert judged(AMSTAR2, answers).concern == "unknown"
    flawed = {**answers, "q4": "N", "q7": "N"}
    assert judged(AMSTAR2, flawed).overall == "critically low"


@pytest.mark.parametrize(
    ("changed", "overall", "caution"),
    [
        pytest.param({"q13": "N", "q8": "NR"}, "low", "", id="one flaw, another item unread"),
        pytest.param({"q13": "N", "q4": "NR"}, "low", "critically low at worst", id="a flaw may follow"),
        pytest.param({"q1": "N", "q16": "N", "q6": "NR"}, "moderate", "", id="weak already"),
        pytest.param({"q1": "N", "q6": "NR"}, "not assessable from what was read", "", id="open"),
        pytest.param(
            {"q1": "N", "q16": "N", "q15": "NR"}, "not assessable from what was read", "", id="open too"
        ),
    ],
)
def test_amstar2_says_what_is_settled_whatever_was_not_read(changed, overall, caution):
    found = judged(AMSTAR2, {**dict.fromkeys(AMSTAR2.answers, "Y"), **changed})
    assert found.overall == overall
    assert " ".join(found.cautions).startswith(caution)
    assert bool(found.cautions) is bool(caution)


def test_amstar2_takes_partial_yes_and_no_meta_analysis_where_the_tool_has_them():
    has = {word: {i for i in AMSTAR2.answers if word in AMSTAR2.answers[i]} for word in ("PY", "NA")}
    assert has == {"PY": {"q2", "q4", "q7", "q8", "q9"}, "NA": {"q11", "q12", "q15"}}
    assert tuple(AMSTAR2.answers["q1"]) == ("Y", "N", "NR")


def test_a_domain_that_was_not_read_says_how_far_at_best():
    unread = {**dict.fromkeys(ROB2.answers, "NI"), "3.2": "PN"}
    shown = {cell.name: cell for cell in cells(ROB2, unread)}
    assert (shown["missing data"].judgement, shown["missing data"].meaning) == (
        "high (low at best)",
        "unfavourable",
    )
    assert shown["randomisation"].judgement == "some concerns (low at best)"
    faulty = {cell.name: cell for cell in cells(ROB2, {**unread, "5.2": "Y"})}
    assert (faulty["selected result"].judgement, faulty["selected result"].meaning) == (
        "high",
        "unfavourable",
    )


def test_a_figure_shows_domains_without_a_question_and_items_with_theirs():
    judged_domains = cells(ROBINS_I, {**LOW_ROBINS, "missing_data": "NI"})
    assert judged_domains[4] == Cell("missing data", "", "NI", AnswerMeaning.UNKNOWN)
    assert cells(ROB2, LOW_RISK)[1] == Cell("deviations", "", "low", AnswerMeaning.FAVOURABLE)
    tool = TOOLS["sanra-2019"]
    first = cells(tool, {**dict.fromkeys(tool.answers, "2"), "q1": "1"})[0]
    asked = "Is the importance for readers justified?"
    assert first == Cell("1", asked, "1", AnswerMeaning.PARTLY)


def answers_to(tool):
    return st.fixed_dictionaries(
        {item: st.sampled_from(tuple(own)) for item, own in tool.answers.items()}
    )


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
@settings(max_examples=50)
@given(data=st.data())
def test_any_answers_give_a_judgement_with_steps(tool, data):
    answers = data.draw(answers_to(tool))
    found = judged(tool, answers)
    assert found.concern in list(BiasConcern)
    assert found.overall
    assert found.steps
    assert len(cells(tool, answers)) == len(tool.domains or tool.items)


WITH_NOT_READ = [tool for tool in TOOLS.values() if any("NR" in own for own in tool.answers.values())]


@pytest.mark.parametrize("tool", WITH_NOT_READ, ids=lambda tool: tool.name)
@settings(max_examples=50)
@given(data=st.data())
def test_what_was_not_read_never_makes_a_study_better(tool, data):
    answers = data.draw(answers_to(tool))
    item = data.draw(st.sampled_from(tuple(tool.answers)))
    if "NR" not in tool.answers[item]:
        return
    before = judged(tool, answers).concern
    assert judged(tool, {**answers, item: "NR"}).concern in (before, "high", "unknown")


def test_wrong_answers_are_named():
    tool = TOOLS["sanra-2019"]
    answers = {**dict.fromkeys(tool.answers, "2"), "q3": "yes", "q9": "2"}
    del answers["q1"]
    found = problems_of(tool, answers)
    assert found == [
        "item q1 is not answered",
        "item q3 is answered 'yes', not 2, 1, 0, NR",
        "SANRA (2019) has no item 'q9'",
    ]


@pytest.mark.parametrize(
    "tool",
    [t for t in TOOLS.values() if all("NA" in own for own in t.answers.values())],
    ids=lambda tool: tool.pack,
)
def test_where_no_item_applies_nothing_was_found_sound(tool):
    answers = dict.fromkeys(tool.answers, "NA")
    found = judged(tool, answers)
    assert (found.text, found.concern, found.sign) == ("not applicable", "unknown", "not-applicable")
    assert problems_of(tool, answers) == []


@pytest.mark.parametrize(
    ("edition", "core"),
    [
        ("jbi-case-series-2020", "q1 q2 q3 q4 q5 q10"),
        ("jbi-rct-2023", "q1 q2 q7 q10 q11"),
        ("jbi-cohort-2017", "q1 q4 q5 q6 q7 q9"),
        ("jbi-case-control-2017", "q1 q2 q3 q5 q6 q7"),
        ("jbi-quasi-experimental-2017", "q2 q3 q4 q6 q7"),
        ("jbi-prevalence-2017", "q1 q2 q5 q6 q9"),
    ],
)
def test_a_concern_is_never_low_where_nothing_that_it_rests_on_applies(edition, core):
    tool = TOOLS[edition]
    answers = {**dict.fromkeys(tool.answers, "Y"), **dict.fromkeys(core.split(), "NA")}
    assert judged(tool, answers).concern == "unknown"
    assert judged(tool, {**answers, core.split()[-1]: "Y"}).concern == "low"


@pytest.mark.parametrize(
    ("design", "names"),
    [
        (
            Design.RANDOMISED_TRIAL,
            ["rob2", "jbi-rct", "rob2-adhering", "rob2-cluster", "rob2-crossover"],
        ),
        # The trial of one patient has no groups: the tools for groups would misread it.
        (Design.N_OF_1, []),
        (Design.NON_RANDOMISED, ["robins-i", "robins-i", "jbi-quasi-experimental"]),
        (
            Design.COHORT,
            ["robins-i", "jbi-cohort", "newcastle-ottawa-cohort", "robins-i", "quadas2", "quips"],
        ),
        (Design.CASE_CONTROL, ["jbi-case-control", "quadas2", "quips"]),
        (Design.RANDOM_SURVEY, ["jbi-prevalence", "quadas2"]),
        (Design.NON_RANDOM_SURVEY, ["jbi-prevalence", "quadas2"]),
        (Design.GUIDELINE, ["agree2"]),
        (Design.CASE_REPORT, ["jbi-case-report"]),
        (Design.CASE_SERIES, ["jbi-case-series"]),
        (Design.ANIMAL, ["syrcle"]),
        (Design.EX_VIVO, ["quin"]),
        (Design.REVIEW_OF_SURVEYS, ["amstar2", "robis"]),
        (Design.NARRATIVE_REVIEW, ["sanra"]),
        (Design.LABEL, []),
        (Design.OPINION, []),
    ],
)
def test_the_tools_for_a_design_stand_in_their_order(design, names):
    assert [tool.name for tool in tools_for(TOOLS.values(), design)] == names


NEWCASTLE_OTTAWA = TOOLS["newcastle-ottawa-cohort-2000"]


@pytest.mark.parametrize(
    ("selection", "comparability", "outcome", "level", "stars"),
    [
        # Stars for selection, comparability and outcome, and the quality they were converted to: a
        # review's table 3, https://fn.bmj.com/highwire/markup/163442/expansion.
        pytest.param(3, 1, 2, "good", 6, id="Aite 2014"),
        pytest.param(4, 2, 3, "good", 9, id="Beers 2000"),
        pytest.param(2, 1, 2, "fair", 5, id="Faugli 2009"),
        pytest.param(2, 1, 3, "fair", 6, id="Konig 2018"),
        pytest.param(3, 0, 3, "poor", 6, id="Giudici 2016"),
        pytest.param(3, 0, 1, "poor", 4, id="Kumari 2019"),
        pytest.param(1, 1, 3, "poor", 5, id="Laing 2011"),
    ],
)
def test_newcastle_ottawa_stars_come_to_the_published_quality(
    selection, comparability, outcome, level, stars
):
    answers = {
        **{f"q{n}": "a" if n <= selection else "b" for n in range(1, 5)},
        "q5": ("none", "a", "ab")[comparability],
        **{f"q{n}": "a" if n <= outcome + 5 else {6: "c", 7: "b", 8: "c"}[n] for n in range(6, 9)},
    }
    # For items 1 and 3 the second answer earns a star as well.
    answers |= {item: "c" for item in ("q1", "q3") if answers[item] == "b"}
    assert judged(NEWCASTLE_OTTAWA, answers).overall == f"{level}, {stars} of 9 stars"


def test_newcastle_ottawa_letters_say_what_they_stand_for_and_whether_they_earn_a_star():
    letters = {
        item: {code: answer.points for code, answer in own.items() if code != "NR"}
        for item, own in NEWCASTLE_OTTAWA.answers.items()
    }
    # The starred answers of the coding manual, NBK92291, appendix E.
    assert {item: [c for c, points in own.items() if points] for item, own in letters.items()} == {
        "q1": ["a", "b"], "q2": ["a"], "q3": ["a", "b"], "q4": ["a"], "q5": ["ab", "a", "b"],
        "q6": ["a", "b"], "q7": ["a"], "q8": ["a", "b"],
    }  # fmt: skip
    shown = cells(NEWCASTLE_OTTAWA, dict(zip(letters, "a c b b b d a NR".split(), strict=True)))
    assert [cell.meaning for cell in shown] == [
        "favourable", "unknown", "favourable", "unfavourable",
        "partly", "unknown", "favourable", "not-read",
    ]  # fmt: skip
    assert "d: not described" in shown[0].question


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("jbi-rct-2023", ("q1", "q2", "q7", "q10", "q11")),
        ("jbi-cohort-2017", ("q1", "q4", "q5", "q6", "q7", "q9")),
        ("jbi-case-control-2017", ("q1", "q2", "q3", "q5", "q6", "q7")),
        ("jbi-quasi-experimental-2017", ("q2", "q3", "q4", "q6", "q7")),
        ("jbi-prevalence-2017", ("q1", "q2", "q5", "q6", "q9")),
    ],
)
def test_the_convention_for_jbi_checklists_asks_more_of_some_items(name, core):
    tool = TOOLS[name]
    met = dict.fromkeys(tool.answers, "Y")
    assert judged(tool, met).concern == "low"
    for item in tool.answers:
        for answer in ("N", "U"):
            concern = judged(tool, {**met, item: answer}).concern
            assert concern == ("high" if item in core else "some"), item
        assert judged(tool, {**met, item: "NR"}).concern == "unknown"
        assert judged(tool, {**met, item: "NA"}).concern == "low"


def test_a_well_told_case_is_no_study_at_low_risk():
    tool = TOOLS["jbi-case-report-2017"]
    found = judged(tool, dict.fromkeys(tool.answers, "Y"))
    assert (found.overall, found.concern) == ("8 of 8 items met, 0 not in what was read", "unknown")


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_the_examples_of_a_tool_are_answers_that_it_takes(tool):
    for example in tool.examples:
        assert problems_of(tool, dict(zip(tool.answers, example.answers, strict=True))) == []


ROB2_OFFERS = {
    # What the form of 22 August 2019 offers beside Y, PY, PN and N.
    **{key: {"NI"} for key in "1.1 1.2 1.3 2.1 2.2 2.6 3.1 4.1 4.2 5.1 5.2 5.3".split()},
    **{key: {"NI", "NA"} for key in "2.3 2.4 2.5 2.7 3.3 3.4 4.3 4.4 4.5".split()},
    "3.2": {"NA"},
}


def test_rob2_takes_the_answers_that_the_tool_offers():
    offered = {item: set(own) - {"Y", "PY", "PN", "N"} for item, own in ROB2.answers.items()}
    assert offered == ROB2_OFFERS
    assert problems_of(ROB2, {**LOW_RISK, "2.6": "NA", "3.2": "NI"}) == [
        "item 2.6 is answered 'NA', not Y, PY, PN, N, NI",
        "item 3.2 is answered 'NI', not Y, PY, PN, N, NA",
    ]


@pytest.mark.parametrize(
    ("changed", "withheld"),
    [
        ({}, []),
        ({"2.2": "PY"}, ["2.3"]),
        ({"2.1": "NI"}, ["2.3"]),
        ({"2.1": "Y", "2.3": "PY"}, ["2.4"]),
        ({"2.1": "Y", "2.3": "NI"}, []),
        ({"2.1": "Y", "2.3": "Y", "2.4": "NI"}, ["2.5"]),
        # 2.4 was answered without being asked, so nothing follows from it.
        ({"2.1": "Y", "2.3": "N", "2.4": "NI"}, []),
        ({"2.6": "PN"}, ["2.7"]),
        ({"3.1": "N"}, ["3.2"]),
        ({"3.1": "NI", "3.2": "PN"}, ["3.3"]),
        ({"3.1": "NI", "3.2": "PN", "3.3": "NI"}, ["3.4"]),
        ({"4.1": "Y", "4.3": "NA"}, []),
        ({"4.2": "PY", "4.3": "NA"}, []),
        ({"4.3": "NA"}, ["4.3"]),
        ({"4.3": "NI"}, ["4.4"]),
        ({"4.3": "Y", "4.4": "PY"}, ["4.5"]),
        ({"4.3": "NA", "3.1": "PN"}, ["3.2", "4.3"]),
    ],
)
def test_a_question_that_is_asked_does_not_go_away(changed, withheld):
    found = problems_of(ROB2, {**LOW_RISK, **changed})
    assert found == [f"item {i} is asked after these answers, so NA is no answer" for i in withheld]


@pytest.mark.parametrize(
    ("changed", "withheld"),
    [
        ({}, False),
        ({"2.1": "Y"}, False),
        ({"2.1": "Y", "2.3": "N"}, True),
        ({"2.2": "NI", "2.3": "NI"}, True),
        # Who did not know the groups did not treat them unlike: what 2.3 says leads nowhere.
        ({"2.3": "N"}, False),
        ({"2.4": "PY"}, True),
        ({"2.5": "NI"}, True),
    ],
)
def test_the_analysis_of_adherence_is_asked_where_something_could_have_gone_wrong(changed, withheld):
    tool = TOOLS["rob2-adhering-2019"]
    answers = dict(zip(tool.answers, tool.examples[0].answers, strict=True)) | changed
    fault = "item 2.6 is asked after these answers, so NA is no answer"
    assert problems_of(tool, answers) == ([fault] if withheld else [])


def override(judgement, reason="It is so."):
    return Override(judgement=judgement, reason=reason)


def test_a_reviewer_may_raise_several_concerns_to_high_risk_and_says_why():
    answers = {**LOW_RISK, "1.1": "N", "5.1": "NI"}
    raised = override("high", "Two\nconcerns, both about choosing.")
    found = judged(ROB2, answers, {"overall": raised})
    assert (found.overall, found.level, found.concern, found.sign) == (
        "high", "high", "high", "unfavourable"
    )  # fmt: skip
    assert found.cautions == (
        "high by the reviewer, some concerns by the rule: Two concerns, both about choosing.",
    )
    assert found.steps[-1] == found.cautions[0]


def test_a_domain_that_a_reviewer_overrides_carries_the_whole():
    answers = {**LOW_RISK, "3.1": "N", "3.2": "N", "3.3": "Y", "3.4": "Y"}
    found = judged(ROB2, answers, {"missing data": override("some concerns")})
    assert (found.overall, dict(found.domains)["missing data"]) == ("some concerns", "some concerns")
    assert found.text == (
        "some concerns (missing data some concerns by the reviewer, high by the rule: It is so.)"
    )
    shown = {c.name: c.judgement for c in cells(ROB2, answers, {"missing data": override("low")})}
    assert shown["missing data"] == "low"


def recorded(tool, answers, **more):
    given = {item: {"answer": answer, "reason": "As read."} for item, answer in answers.items()}
    return Appraisal(
        study="trial2025", tool=tool.name, version=tool.version, result="pain", answers=given,
        summary="Sound.", status="draft", authored_by="reviewer A", checked_by="not_checked",
        date_reviewed="2026-11-21", **more,
    )  # fmt: skip


def test_what_cannot_be_overridden_or_signalled_is_named_beside_the_answers():
    overrides = {
        "overall": {"judgement": "severe", "reason": "So."},
        "blinding": {"judgement": "high", "reason": "So."},
        "measurement": {"judgement": "low", "reason": "So."},
    }
    signals = {"9.9": {"answer": "Y", "reason": "So."}}
    answers = {**LOW_RISK, "1.2": "U"}
    appraisal = recorded(ROB2, answers, overrides=overrides, signals=signals)
    assert problems_of_appraisal(ROB2, appraisal) == [
        "item 1.2 is answered 'U', not Y, PY, PN, N, NI",
        "RoB 2 (2019) has no signalling question '9.9'",
        "overall is overridden by 'severe', not low, some concerns, high",
        "'blinding' cannot be overridden, only overall, randomisation, deviations, missing data, "
        "measurement, selected result",
    ]


@pytest.mark.parametrize(
    ("judgement", "signals", "doubt"),
    [
        ({"confounding": "low"}, {}, ""),
        ({"confounding": "low"}, {"1.1": "N"}, ""),
        ({"confounding": "low"}, {"1.1": "PY"}, "confounding is judged low, but 1.1 PY allows moderate"),
        ({"confounding": "moderate"}, {"1.1": "Y"}, ""),
        ({"confounding": "moderate"}, {"1.1": "Y", "1.4": "N"}, "but 1.4 N allows serious at best"),
        ({"confounding": "moderate"}, {"1.5": "PN"}, "1.5 PN allows serious"),
        ({"confounding": "moderate"}, {"1.7": "N"}, "1.7 N allows serious"),
        ({"confounding": "moderate"}, {"1.8": "N"}, "1.8 N allows serious"),
        ({"confounding": "serious"}, {"1.4": "N"}, ""),
        ({"confounding": "NI"}, {"1.4": "N"}, ""),
        ({"selection": "low"}, {"2.2": "Y", "2.3": "PY"}, "2.2 Y and 2.3 PY allows moderate"),
        ({"selection": "moderate"}, {"2.2": "Y", "2.3": "Y", "2.5": "N"}, "allows serious"),
        ({"selection": "low"}, {"2.4": "PN"}, "2.4 PN allows moderate"),
        ({"classification": "moderate"}, {"3.1": "N"}, "3.1 N allows serious"),
        ({"classification": "low"}, {"3.2": "PN"}, "3.2 PN allows moderate"),
        ({"classification": "low"}, {"3.1": "Y", "3.2": "Y"}, ""),
    ],
)
def test_a_domain_judged_better_than_its_questions_allow_is_told(judgement, signals, doubt):
    given = {name: {"answer": answer, "reason": "So."} for name, answer in signals.items()}
    answers = {**LOW_ROBINS, **judgement}
    appraisal = recorded(ROBINS_I, answers, signals=given)
    assert problems_of_appraisal(ROBINS_I, appraisal) == []
    found = judgement_of(ROBINS_I, appraisal)
    assert found.overall == judged(ROBINS_I, answers).overall, "the reviewer's judgement stands"
    assert len(found.cautions) == bool(doubt)
    assert doubt in "".join(found.cautions)


def test_a_signalling_question_takes_its_own_answers():
    appraisal = recorded(ROBINS_I, LOW_ROBINS, signals={"1.1": {"answer": "NI", "reason": "So."}})
    assert problems_of_appraisal(ROBINS_I, appraisal) == [
        "signalling question 1.1 is answered 'NI', not Y, PY, PN, N"
    ]


def test_an_appraisal_comes_to_what_its_override_says():
    overrides = {"overall": {"judgement": "high", "reason": "So."}}
    appraisal = recorded(ROB2, LOW_RISK, overrides=overrides)
    assert judgement_of(ROB2, appraisal).text == "high (high by the reviewer, low by the rule: So.)"
    assert judgement_of(ROB2, recorded(ROB2, LOW_RISK)).text == "low"


def test_agree2_gives_the_shares_of_its_makers_example():
    # agreetrust.org, scoring the AGREE II: 53 points of 4 appraisers on 3 items are 41 of 72, 57%.
    # The share of all is the mean of the shares of each, as all answer the same items.
    tool = TOOLS["agree2-2017"]
    shares = []
    for points in ((5, 6, 6), (6, 6, 7), (2, 4, 3), (3, 3, 2)):
        answers = {
            **dict.fromkeys(tool.answers, "4"),
            **{f"q{n}": str(p) for n, p in enumerate(points, 1)},
        }
        shares.append(Values(tool, answers, {})["scope and purpose"])
    assert sum(shares) / 4 == pytest.approx(100 * 41 / 72)
