"""GRADE arithmetic against published cases, and what must hold for every judgement."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.grading.cases import Case, case_answer
from review.grading.grade import (
    Critical,
    Towards,
    graded,
    imprecision_from_interval,
    overall_certainty,
    start_for,
)
from review.model.vocabulary import (
    Certainty,
    Concern,
    Design,
    Domain,
    Question,
    StartRule,
    Upgrade,
)

CASES = [
    case
    for name in ("grade_cases.json", "grade_cases_2.json")
    for case in json.loads(Path(__file__).with_name(name).read_text("utf-8"))
]
"""Published GRADE profiles and examples; each names its source and what was read of it."""
ANSWERED = [case for case in CASES if case["tier"] in ("arithmetic", "rule", "threshold", "overall")]
OPEN = [case for case in CASES if case["tier"] == "outcome_only"]


def test_every_tier_is_there():
    tiers = {case["tier"] for case in CASES}
    assert tiers == {"arithmetic", "rule", "threshold", "overall", "outcome_only", "anomaly"}
    assert len(ANSWERED) == 60


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case["id"])
def test_published_case(case):
    answer = case_answer(Case.model_validate(case))
    assert answer["certainty"] == case["expected"]["certainty"]
    assert answer["steps"]


@pytest.mark.parametrize("case", [c for c in CASES if c["tier"] == "threshold"], ids=lambda c: c["id"])
def test_published_threshold(case):
    numbers = case["inputs"]["numbers"]
    concern = imprecision_from_interval(numbers["ci_low"], numbers["ci_high"], [numbers["threshold"]])
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
        pytest.param(Design.CASE_SERIES, StartRule.ROBINS_I, Certainty.VERY_LOW, id="no comparison"),
        pytest.param(Design.REVIEW_OF_UNCONTROLLED, StartRule.CLASSIC, Certainty.VERY_LOW, id="of it"),
        pytest.param(
            Design.REVIEW_MIXED, StartRule.CLASSIC, Certainty.LOW, id="review of who knows what"
        ),
        pytest.param(Design.COHORT, StartRule.CORE, Certainty.LOW, id="cohort, Core GRADE 2025"),
        pytest.param(Design.CASE_SERIES, StartRule.CLASSIC, Certainty.VERY_LOW, id="case series"),
        pytest.param(Design.RANDOM_SURVEY, StartRule.CLASSIC, Certainty.LOW, id="survey, of an effect"),
        pytest.param(Design.ANIMAL, StartRule.CLASSIC, None, id="animals do not start"),
        pytest.param(Design.OPINION, StartRule.CLASSIC, None, id="opinion does not start"),
        pytest.param(Design.LABEL, StartRule.CLASSIC, None, id="documents do not start"),
    ],
)
@pytest.mark.parametrize(
    "question", [Question.BENEFIT, Question.HARM, Question.COMPARISON, Question.SCREENING]
)
def test_start_on_an_effect(question, design, rule, expected):
    assert start_for(design, question, rule) is expected


def test_the_classic_rule_holds_where_none_is_named():
    assert start_for(Design.COHORT, Question.BENEFIT) is Certainty.LOW


@pytest.mark.parametrize(
    ("question", "high", "low", "very_low"),
    [
        pytest.param(
            Question.PROGNOSIS,
            {
                Design.REVIEW_OF_TRIALS,
                Design.REVIEW_OF_OBSERVATIONAL,
                Design.REVIEW_OF_INCEPTION_COHORTS,
                Design.N_OF_1,
                Design.RANDOMISED_TRIAL,
                Design.NON_RANDOMISED,
                Design.INCEPTION_COHORT,
                Design.COHORT,
            },
            {
                Design.REVIEW_MIXED,
                Design.REVIEW_OF_UNCONTROLLED,
                Design.CASE_CONTROL,
                Design.CASE_SERIES,
            },
            {
                Design.CASE_REPORT,
                Design.RANDOM_SURVEY,
                Design.NON_RANDOM_SURVEY,
                Design.REVIEW_OF_SURVEYS,
                Design.ACCURACY,
                Design.LIMITED_ACCURACY,
                Design.REVIEW_OF_ACCURACY,
            },
            id="who was followed",
        ),
        pytest.param(
            Question.PREVALENCE,
            {Design.RANDOM_SURVEY, Design.REVIEW_OF_SURVEYS},
            None,
            {Design.CASE_SERIES, Design.CASE_REPORT, Design.REVIEW_OF_UNCONTROLLED},
            id="how people were drawn",
        ),
        pytest.param(
            Question.DIAGNOSIS,
            {
                Design.ACCURACY,
                Design.LIMITED_ACCURACY,
                Design.REVIEW_OF_ACCURACY,
                Design.RANDOMISED_TRIAL,
                Design.REVIEW_OF_TRIALS,
                Design.COHORT,
                Design.INCEPTION_COHORT,
                Design.REVIEW_OF_OBSERVATIONAL,
                Design.REVIEW_OF_INCEPTION_COHORTS,
            },
            None,
            set(),
            id="whose diagnosis was open",
        ),
    ],
)
def test_start_where_no_effect_is_asked_for(question, high, low, very_low):
    rest = {design for design in Design if design.is_in_people} - high - very_low
    assert low in (None, rest)
    starts = {Certainty.HIGH: high, Certainty.LOW: rest, Certainty.VERY_LOW: very_low}
    for rule in StartRule:
        found = {start: {d for d in Design if start_for(d, question, rule) is start} for start in starts}
        assert found == starts


@given(
    st.sampled_from([question for question in Question if question.is_graded]),
    st.lists(st.sampled_from([design for design in Design if design.is_study]), min_size=1),
    st.sampled_from(StartRule),
)
def test_a_review_is_never_below_its_best_study_and_starts_with_it(question, included, rule):
    starts = [start_for(design, question, rule) for design in included]
    best = max((s for s in starts if s is not None), key=lambda s: s.level, default=None)
    assert start_for(Design.REVIEW_MIXED, question, rule, included) is best


REVIEWS = {
    Design.REVIEW_OF_TRIALS: Design.RANDOMISED_TRIAL,
    Design.REVIEW_OF_OBSERVATIONAL: Design.COHORT,
    Design.REVIEW_OF_UNCONTROLLED: Design.CASE_SERIES,
    Design.REVIEW_OF_INCEPTION_COHORTS: Design.INCEPTION_COHORT,
    Design.REVIEW_OF_ACCURACY: Design.ACCURACY,
    Design.REVIEW_OF_SURVEYS: Design.RANDOM_SURVEY,
}


@pytest.mark.parametrize("question", [question for question in Question if question.is_graded])
@pytest.mark.parametrize(("review", "study"), REVIEWS.items())
def test_a_review_of_one_design_starts_where_that_design_does(question, review, study):
    assert start_for(review, question) is start_for(study, question)


@pytest.mark.parametrize(
    ("critical", "expected"),
    [
        pytest.param([("moderate", None, False)], "moderate", id="one"),
        pytest.param(
            [("high", "benefit", True), ("low", "harm", True)], "low", id="two ways: the lowest"
        ),
        pytest.param(
            [("high", "benefit", True), ("low", "benefit", False)], "high", id="one way: what suffices"
        ),
        pytest.param(
            [("high", "benefit", False), ("moderate", "benefit", True), ("low", "benefit", True)],
            "moderate",
            id="the highest of those that suffice",
        ),
        pytest.param(
            [("high", "benefit", True), ("moderate", "benefit", True)], "high", id="both suffice"
        ),
        pytest.param(
            [("high", "benefit", False), ("low", "benefit", False)], "low", id="one way, none suffices"
        ),
        pytest.param(
            [("high", "harm", True), ("very-low", "harm", False)], "high", id="all towards harm"
        ),
        pytest.param([("high", None, True), ("low", None, False)], "low", id="no way known"),
        pytest.param([("high", "harm", True), ("low", None, False)], "low", id="one way unknown"),
    ],
)
def test_overall_by_both_forms(critical, expected):
    outcomes = [
        Critical(Certainty(certainty), towards and Towards(towards), suffices)
        for certainty, towards, suffices in critical
    ]
    assert overall_certainty(outcomes) == expected
    assert overall_certainty(reversed(outcomes)) == expected


def test_no_outcome_suffices_of_which_nobody_says_so():
    towards = Towards.BENEFIT
    both = [Critical(Certainty.HIGH, towards), Critical(Certainty.LOW, towards)]
    assert overall_certainty(both) is Certainty.LOW


def test_overall_needs_a_critical_outcome():
    with pytest.raises(ValueError, match="no outcome is critical"):
        overall_certainty([])


NONE, ONE, TWO, THREE = Concern


@pytest.mark.parametrize(
    ("low", "high", "thresholds", "concern"),
    [
        pytest.param(0.99, 1.01, [1.0], ONE, id="no effect within"),
        pytest.param(1.0, 2.0, [1.0], NONE, id="touches from above"),
        pytest.param(0.5, 1.0, [1.0], NONE, id="touches from below"),
        pytest.param(1.1, 2.0, [1.0], NONE, id="beyond"),
        pytest.param(-4, 1, [-3, 3], ONE, id="benefit only"),
        pytest.param(-4, 5, [-3, 3], TWO, id="benefit and harm"),
        pytest.param(-3, 3, [-3, 3], NONE, id="from one to the other"),
        pytest.param(-2, 2, [-3, 3], NONE, id="trivial for certain"),
        pytest.param(5, 70, [10, 30, 60], THREE, id="trivial to large"),
        pytest.param(5, 90, [10, 30, 60, 80], THREE, id="no more than three levels"),
        pytest.param(0.9, 1.4, [1, 1.0], ONE, id="one threshold given twice"),
        pytest.param(2, 2, [2], NONE, id="a point"),
    ],
)
def test_one_level_for_every_threshold_within_the_interval(low, high, thresholds, concern):
    assert imprecision_from_interval(low, high, thresholds) is concern
    assert imprecision_from_interval(low, high, reversed(thresholds)) is concern


@pytest.mark.parametrize(
    ("low", "high", "thresholds", "fault"),
    [
        (1, 2, [], "there is no threshold to hold the interval to"),
        (2, 1, [1], "2 to 1 is no interval"),
        (float("nan"), 1, [1], "nan to 1 is no interval"),
        (0, float("nan"), [1], "0 to nan is no interval"),
    ],
)
def test_what_cannot_be_held_to_a_threshold_is_refused(low, high, thresholds, fault):
    with pytest.raises(ValueError, match=f"^{fault}$"):
        imprecision_from_interval(low, high, thresholds)
