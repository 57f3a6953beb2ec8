"""GRADE arithmetic against published cases, and what must hold for every judgement."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.grading.cases import Case, case_answer
from review.grading.grade import (
    graded,
    imprecision_from_interval,
    overall_certainty,
    start_for,
)
from review.model.vocabulary import Certainty, Concern, Design, Domain, StartRule, Upgrade

CASES = json.loads(Path(__file__).with_name("grade_cases.json").read_text("utf-8"))
"""Published GRADE profiles and examples; each names its source and what was read of it."""
ANSWERED = [case for case in CASES if case["tier"] in ("arithmetic", "rule", "threshold", "overall")]
OPEN = [case for case in CASES if case["tier"] == "outcome_only"]


def test_every_tier_is_there():
    tiers = {case["tier"] for case in CASES}
    assert tiers == {"arithmetic", "rule", "threshold", "overall", "outcome_only", "anomaly"}
    assert len(ANSWERED) == 31


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case["id"])
def test_published_case(case):
    answer = case_answer(Case.model_validate(case))
    assert answer["certainty"] == case["expected"]["certainty"]
    assert answer["steps"]


@pytest.mark.parametrize("case", [c for c in CASES if c["tier"] == "threshold"], ids=lambda c: c["id"])
def test_published_threshold(case):
    numbers = case["inputs"]["numbers"]
    concern = imprecision_from_interval(numbers["ci_low"], numbers["ci_high"], numbers["threshold"])
    assert concern == case["expected"]["imprecision"]


@pytest.mark.parametrize("case", OPEN, ids=lambda case: case["id"])
def test_no_answer_is_made_up_where_domains_were_not_judged(case):
    judged = all(case["inputs"][name] is not None for name in ("rob", "imprecision"))
    answer = case_answer(Case.model_validate(case))
    assert (answer["certainty"] is None) is not judged


@pytest.mark.parametrize("case", [c for c in CASES if c["tier"] == "anomaly"], ids=lambda c: c["id"])
def test_published_anomalies_are_told(case):
    """Ratings that were published although the rules do not give them."""
    assert case_answer(Case.model_validate(case))["notes"]


def test_a_small_body_is_told():
    (case,) = [case for case in CASES if case["id"] == "anomaly-hmsc-gmfm"]
    assert case_answer(Case.model_validate(case))["notes"] == [
        "163 participants are fewer than 400: the rules would suggest serious imprecision, and then "
        "at most moderate certainty"
    ]
    (case,) = [case for case in CASES if case["id"] == "anomaly-hmsc-uri"]
    assert "suggest very serious imprecision" in case_answer(Case.model_validate(case))["notes"][0]


def test_a_start_that_breaks_the_classic_rule_is_told():
    (case,) = [case for case in CASES if case["id"] == "anomaly-obs-two-down-low"]
    (note,) = case_answer(Case.model_validate(case))["notes"]
    assert "starts observational evidence at low" in note


ratings = st.dictionaries(st.sampled_from(Domain), st.sampled_from(Concern))
upgrades = st.dictionaries(st.sampled_from(Upgrade), st.integers(0, 2))
starts = st.sampled_from(Certainty)


@given(starts, ratings, upgrades, st.booleans(), st.sampled_from(Domain), st.sampled_from(Concern))
def test_a_worse_rating_never_raises_certainty(start, given_ratings, ups, strict, domain, worse):
    before = graded(start, given_ratings, ups, strict_upgrades=strict)
    present = given_ratings.get(domain, Concern.NOT_SERIOUS)
    if worse.levels < present.levels:
        return
    after = graded(start, {**given_ratings, domain: worse}, ups, strict_upgrades=strict)
    assert after.certainty.level <= before.certainty.level


@given(starts, ratings, upgrades, st.booleans())
def test_the_steps_add_up_to_the_answer(start, given_ratings, ups, strict):
    result = graded(start, given_ratings, ups, strict_upgrades=strict)
    assert start.level + sum(step.change for step in result.steps) == result.certainty.level


def test_strict_upgrading_takes_nothing_where_something_was_rated_down():
    ups = {Upgrade.LARGE_EFFECT: 1}
    down = {Domain.IMPRECISION: Concern.SERIOUS}
    assert graded(Certainty.LOW, down, ups).certainty is Certainty.VERY_LOW
    assert graded(Certainty.LOW, down, ups, strict_upgrades=False).certainty is Certainty.LOW
    assert graded(Certainty.LOW, {}, ups).certainty is Certainty.MODERATE


@pytest.mark.parametrize(
    ("design", "rule", "expected"),
    [
        pytest.param(Design.RANDOMISED_TRIAL, StartRule.CLASSIC, Certainty.HIGH, id="trial"),
        pytest.param(Design.COHORT, StartRule.CLASSIC, Certainty.LOW, id="cohort, classic"),
        pytest.param(Design.COHORT, StartRule.ROBINS_I, Certainty.HIGH, id="cohort, ROBINS-I"),
        pytest.param(Design.COHORT, StartRule.CORE, Certainty.LOW, id="cohort, Core GRADE 2025"),
        pytest.param(Design.CASE_SERIES, StartRule.CLASSIC, Certainty.VERY_LOW, id="case series"),
        pytest.param(Design.RANDOM_SURVEY, StartRule.CLASSIC, Certainty.HIGH, id="random survey"),
        pytest.param(Design.NON_RANDOM_SURVEY, StartRule.CLASSIC, Certainty.LOW, id="other survey"),
        pytest.param(Design.ANIMAL, StartRule.CLASSIC, None, id="animals do not start"),
        pytest.param(Design.OPINION, StartRule.CLASSIC, None, id="opinion does not start"),
        pytest.param(Design.LABEL, StartRule.CLASSIC, None, id="documents do not start"),
    ],
)
def test_start(design, rule, expected):
    assert start_for(design, rule) is expected


def test_overall_needs_a_critical_outcome():
    with pytest.raises(ValueError, match="no outcome is critical"):
        overall_certainty([])


@pytest.mark.parametrize(
    ("low", "high", "concern"),
    [
        (0.99, 1.01, Concern.SERIOUS),
        (1.0, 2.0, Concern.NOT_SERIOUS),
        (0.5, 1.0, Concern.NOT_SERIOUS),
        (1.1, 2.0, Concern.NOT_SERIOUS),
    ],
)
def test_an_interval_that_only_touches_the_threshold_does_not_cross_it(low, high, concern):
    assert imprecision_from_interval(low, high, 1.0) is concern
