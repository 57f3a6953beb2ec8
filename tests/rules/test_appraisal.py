"""Appraisal tools: published rows, every branch of the algorithms, and what holds for any answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.appraisal import TOOLS, problems_of, quin, rob2, robins_i, tool_for
from review.appraisal.amstar2 import CRITICAL
from review.model.vocabulary import AppraisalTool, Design

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
    answers = dict(zip(quin.ITEMS, row.split(), strict=True))
    # The publication cuts the second decimal off instead of rounding it.
    assert quin.score(answers) == pytest.approx(points, abs=0.01)
    assert quin.judgement(answers).overall.startswith(risk)


def test_quin_calls_only_more_than_70_low():
    answers = dict(zip(quin.ITEMS, "2 2 2 2 2 2 2 2 1 0 0 0".split(), strict=True))
    assert quin.judgement(answers).overall == "low risk, score 70.83"


LOW_RISK = {
    "1.1": "Y", "1.2": "Y", "1.3": "N", "2.1": "N", "2.2": "N", "2.3": "NA", "2.4": "NA", "2.5": "NA",
    "2.6": "Y", "2.7": "NA", "3.1": "Y", "3.2": "NA", "3.3": "NA", "3.4": "NA", "4.1": "N", "4.2": "N",
    "4.3": "N", "4.4": "NA", "4.5": "NA", "5.1": "Y", "5.2": "N", "5.3": "N",
}  # fmt: skip
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
    found = rob2.judgement({**LOW_RISK, **changed})
    assert found.domains[DOMAIN[domain]][1] == risk
    others = [value for i, (_, value) in enumerate(found.domains) if i != DOMAIN[domain]]
    assert set(others) == {"low"}
    assert found.overall.split(",")[0] == risk


def test_rob2_gives_one_word_for_each_overall_risk():
    changes = {"low": {}, "some": {"1.1": "N"}, "high": {"4.1": "Y"}}
    assert {word: rob2.judgement({**LOW_RISK, **changes[word]}).concern for word in changes} == {
        word: word for word in changes
    }


def test_rob2_tells_high_risk_from_want_of_information():
    open_items = {**LOW_RISK, "2.6": "NI", "2.7": "NI"}
    found = rob2.judgement(open_items)
    assert found.overall == "high, low at best: what was read leaves items open"
    assert found.concern == "unknown"
    assert rob2.judgement({**open_items, "4.1": "Y"}).concern == "high"


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
    answers = {**dict.fromkeys(robins_i.ITEMS, "low"), "measurement": worst, "selection": "low"}
    found = robins_i.judgement(answers)
    assert (found.overall, found.concern) == (overall, concern)


def test_robins_i_serious_outweighs_no_information():
    answers = {**dict.fromkeys(robins_i.ITEMS, "NI"), "confounding": "serious"}
    assert robins_i.judgement(answers).overall == "serious"


AMSTAR2 = TOOLS["amstar2", "2017"]


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
    answers = {**dict.fromkeys(AMSTAR2.items, "Y"), **dict.fromkeys(flaws, "N")}
    assert AMSTAR2.judge(answers).overall == overall


def test_amstar2_is_open_while_something_was_not_read():
    answers = {**dict.fromkeys(AMSTAR2.items, "Y"), "q2": "NR"}
    assert AMSTAR2.judge(answers).concern == "unknown"
    flawed = {**answers, **dict.fromkeys(CRITICAL[1:3], "N")}
    assert AMSTAR2.judge(flawed).overall == "critically low"


def test_amstar2_takes_partial_yes_and_no_meta_analysis_where_the_tool_has_them():
    has = {word: {i for i in AMSTAR2.items if word in AMSTAR2.answers[i]} for word in ("PY", "NA")}
    assert has == {"PY": {"q2", "q4", "q7", "q8", "q9"}, "NA": {"q11", "q12", "q15"}}
    assert AMSTAR2.answers["q1"] == ("Y", "N", "NR")


def answers_to(tool):
    return st.fixed_dictionaries({item: st.sampled_from(tool.answers[item]) for item in tool.items})


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
@settings(max_examples=50)
@given(data=st.data())
def test_any_answers_give_a_judgement_with_steps(tool, data):
    answers = data.draw(answers_to(tool))
    if tool.name == "quin" and not set(answers.values()) - {"NA"}:
        return
    found = tool.judge(answers)
    assert found.concern in ("low", "some", "high", "unknown")
    assert found.overall
    assert found.steps


@settings(max_examples=50)
@given(data=st.data(), item=st.sampled_from(list(TOOLS["syrcle", "2014"].items)))
def test_what_was_not_read_never_makes_a_study_better(data, item):
    for tool in TOOLS.values():
        if item not in tool.items:
            continue
        answers = data.draw(answers_to(tool))
        if "NR" not in tool.answers[item] or (tool.name == "quin" and set(answers.values()) <= {"NA"}):
            continue
        before = tool.judge(answers).concern
        assert tool.judge({**answers, item: "NR"}).concern in (before, "high", "unknown")


def test_wrong_answers_are_named():
    tool = TOOLS["sanra", "2019"]
    answers = {**dict.fromkeys(tool.items, "2"), "q3": "yes", "q9": "2"}
    del answers["q1"]
    found = problems_of(tool, answers)
    assert found == [
        "item q1 is not answered",
        "item q3 is answered 'yes', not 2, 1, 0, NR",
        "SANRA (2019) has no item 'q9'",
    ]


def test_every_tool_has_a_design_and_every_design_of_a_study_a_tool():
    assert {tool_for(design) for design in Design} - {None} == set(AppraisalTool)
    assert {name for name, _ in TOOLS} == {str(tool) for tool in AppraisalTool}
    assert tool_for(Design.LABEL) is None
