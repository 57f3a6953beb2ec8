"""Suggested GRADE ratings, information size and SORT: published figures and worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_evidence import DIRECT, evidence

from review.grading.body import apart, counted_once, is_one_side, people, weighed
from review.grading.effect import effect_of, people_of, readable
from review.grading.information_size import information_size_binary, is_far_too_wide
from review.grading.rateable import RateableFinding
from review.grading.settings import GradeSettings
from review.grading.sort import METHOD, METHOD_VERSION, sort_grade, study_level
from review.grading.suggest import suggested_ratings
from review.grading.thresholds import UNITS, Thresholds
from review.model.vocabulary import (
    BiasConcern,
    Concern,
    Design,
    Directness,
    Domain,
    Funding,
    Measure,
    OutcomeKind,
    Stance,
    Target,
)


def concern(domain, *body, **settings):
    return suggested_ratings(body, **settings)[domain].concern


@pytest.mark.parametrize(
    ("measure", "low", "high", "wide"),
    [
        (Measure.ODDS_RATIO, 1.0, 2.6, True),
        (Measure.ODDS_RATIO, 1.0, 2.5, True),
        (Measure.ODDS_RATIO, 1.0, 2.49, False),
        (Measure.RISK_RATIO, 1.0, 3.1, True),
        (Measure.RISK_RATIO, 1.0, 3.0, True),
        # As floating point has it, three times 0.1 is more than 0.3.
        (Measure.RISK_RATIO, 0.1, 0.3, True),
        (Measure.RISK_RATIO, 1.0, 3.0 * (1 - 1e-9), True),
        (Measure.RISK_RATIO, 1.0, 2.99, False),
        (Measure.RATE_RATIO, 1.0, 3.0, True),
        (Measure.RATE_RATIO, 1.0, 2.9, False),
        (Measure.HAZARD_RATIO, 1.0, 2.5, True),
        (Measure.HAZARD_RATIO, 1.0, 2.4, False),
        (Measure.MEAN_DIFFERENCE, 1.0, 9.0, False),
    ],
)
def test_the_ratio_of_the_limits(measure, low, high, wide):
    assert is_far_too_wide(measure, low, high) is wide


def test_the_ratio_counts_and_not_the_size_of_the_limits():
    assert is_far_too_wide(Measure.ODDS_RATIO, 0.2, 1.0)
    assert not is_far_too_wide(Measure.ODDS_RATIO, 2.0, 4.0)


def test_limits_without_a_ratio_tell_nothing():
    assert not is_far_too_wide(Measure.ODDS_RATIO, 0.0, 4.0)
    assert not is_far_too_wide(Measure.ODDS_RATIO, -1.0, 4.0)
    # An odds ratio below one can have wide limits too.
    assert is_far_too_wide(Measure.ODDS_RATIO, 0.1, 0.9)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"participants": 119}, Concern.VERY_SERIOUS, id="under 30% of 400"),
        pytest.param({"participants": 120}, Concern.SERIOUS, id="30% of 400"),
        pytest.param({"participants": 399}, Concern.SERIOUS, id="just under 400"),
        pytest.param({"participants": 400}, Concern.NOT_SERIOUS, id="400"),
        pytest.param({"participants": None}, Concern.SERIOUS, id="unknown number"),
        pytest.param({"design": Design.CASE_SERIES}, Concern.VERY_SERIOUS, id="no comparison"),
        pytest.param(
            {"measure": Measure.MEAN_DIFFERENCE, "ci_low": -1.0, "ci_high": 2.0},
            Concern.SERIOUS,
            id="includes no effect",
        ),
        pytest.param(
            {"measure": Measure.ODDS_RATIO, "ci_low": 1.1, "ci_high": 4.0},
            Concern.VERY_SERIOUS,
            id="limits too far apart",
        ),
    ],
)
def test_imprecision(changes, expected):
    assert concern(Domain.IMPRECISION, evidence(**changes)) is expected


NO_EFFECT = {
    Measure.MEAN_DIFFERENCE: 0.0,
    Measure.STANDARDISED_MEAN_DIFFERENCE: 0.0,
    Measure.RISK_RATIO: 1.0,
    Measure.ODDS_RATIO: 1.0,
    Measure.HAZARD_RATIO: 1.0,
    Measure.RATE_RATIO: 1.0,
    Measure.RISK_DIFFERENCE: 0.0,
    Measure.FOLD_CHANGE: 1.0,
    Measure.CHANGE: 0.0,
    Measure.CLIFF_DELTA: 0.0,
    Measure.CORRELATION: 0.0,
    Measure.MEAN: None,
    Measure.MEDIAN: None,
    Measure.PROPORTION: None,
    Measure.PREVALENCE: None,
}


def test_the_value_of_no_effect_of_every_measure():
    assert {measure: measure.no_effect for measure in Measure} == NO_EFFECT
    assert {m for m in Measure if m.is_ratio} == {m for m, value in NO_EFFECT.items() if value == 1.0}


@pytest.mark.parametrize(
    ("written", "no_effect"),
    [
        ("RR", 1.0),
        ("OR", 1.0),
        ("HR", 1.0),
        ("IRR", 1.0),
        ("relative risk", 1.0),
        ("Odds ratio", 1.0),
        ("MD", 0.0),
        ("WMD", 0.0),
        ("SMD", 0.0),
        ("RD", 0.0),
        ("Hedges g", 0.0),
        ("Hedges' g", 0.0),
        ("Cohen's d", 0.0),
        ("standardized mean difference", 0.0),
    ],
)
def test_what_papers_call_a_measure_is_known_with_its_value_of_no_effect(written, no_effect):
    assert Measure.also_written(written).no_effect == no_effect
    assert Measure.also_written(f"{written} of something") is None


@pytest.mark.parametrize(
    ("measure", "across", "beside"),
    [
        # The interval of each row includes no effect, then its nearer limit lies just beside it.
        (Measure.MEAN_DIFFERENCE, (-1.4, 6.2), (0.1, 7.7)),
        (Measure.STANDARDISED_MEAN_DIFFERENCE, (-0.6, 0.05), (-0.7, -0.05)),
        (Measure.RISK_RATIO, (0.8, 1.5), (1.05, 1.6)),
        (Measure.ODDS_RATIO, (0.7, 1.2), (0.7, 0.95)),
        (Measure.HAZARD_RATIO, (0.9, 1.3), (1.02, 1.5)),
        (Measure.RATE_RATIO, (0.6, 1.1), (0.7, 0.95)),
        (Measure.RISK_DIFFERENCE, (-0.03, 0.08), (0.01, 0.12)),
        (Measure.FOLD_CHANGE, (0.9, 2.0), (1.1, 2.2)),
        (Measure.CHANGE, (-2.5, 40.0), (3.5, 31.0)),
        (Measure.CLIFF_DELTA, (-0.1, 0.6), (0.2, 0.8)),
        (Measure.CORRELATION, (-0.5, 0.1), (-0.6, -0.1)),
    ],
)
def test_an_interval_across_no_effect_is_imprecise(measure, across, beside):
    for (low, high), expected in ((across, Concern.SERIOUS), (beside, Concern.NOT_SERIOUS)):
        body = evidence(measure=measure, ci_low=low, ci_high=high, events=500)
        assert concern(Domain.IMPRECISION, body) is expected


@pytest.mark.parametrize("measure", [None, *(m for m in Measure if m.no_effect is None)])
def test_an_interval_of_what_has_no_value_of_no_effect_is_not_read(measure):
    body = evidence(measure=measure, ci_low=-1.0, ci_high=2.0)
    assert concern(Domain.IMPRECISION, body) is Concern.NOT_SERIOUS


@pytest.mark.parametrize("limit", [{"ci_low": -1.0}, {"ci_high": 9.0}])
@pytest.mark.parametrize("measure", [Measure.ODDS_RATIO, Measure.MEAN_DIFFERENCE])
def test_one_limit_alone_is_no_interval(measure, limit):
    body = evidence(**{"measure": measure, "ci_low": None, "ci_high": None, **limit})
    assert concern(Domain.IMPRECISION, body) is Concern.NOT_SERIOUS


def measured(study, estimate, measure=Measure.MEAN_DIFFERENCE):
    limits = {"ci_low": estimate - 1, "ci_high": estimate + 1}
    return evidence(study, measure=measure, estimate=estimate, **limits)


def test_the_spread_is_read_of_what_has_intervals():
    apart = [measured("a", -5.0), measured("b", 5.0)]
    bare = [evidence(study, measure=Measure.RISK_RATIO, estimate=2.0) for study in "cde"]
    assert concern(Domain.INCONSISTENCY, *apart) is Concern.SERIOUS
    assert concern(Domain.INCONSISTENCY, *bare, *apart) is Concern.SERIOUS


def test_means_have_no_threshold_to_lie_on_both_sides_of():
    means = [measured("a", -5.0, Measure.MEAN), measured("b", 5.0, Measure.MEAN)]
    assert concern(Domain.INCONSISTENCY, *means) is Concern.NOT_SERIOUS


def test_the_information_size_is_a_setting():
    body = evidence(participants=500)
    assert concern(Domain.IMPRECISION, body) is Concern.NOT_SERIOUS
    assert (
        concern(Domain.IMPRECISION, body, settings=GradeSettings(information_size=800))
        is Concern.SERIOUS
    )


def test_inconsistency_looks_at_direction_first():
    assert concern(Domain.INCONSISTENCY, evidence("a")) is Concern.NOT_SERIOUS
    both = (evidence("a"), evidence("b", stance=Stance.CONTRADICTS))
    assert concern(Domain.INCONSISTENCY, *both) is Concern.SERIOUS
    spread = [
        evidence(name, measure=Measure.MEAN_DIFFERENCE, estimate=e, ci_low=e - 0.1, ci_high=e + 0.1)
        for name, e in (("a", -1.0), ("b", 1.0))
    ]
    assert concern(Domain.INCONSISTENCY, *spread) is Concern.SERIOUS


@pytest.mark.parametrize(
    ("directness", "expected"),
    [
        (DIRECT, Concern.NOT_SERIOUS),
        ((Directness.PARTLY, Directness.DIRECT, Directness.DIRECT), Concern.SERIOUS),
        ((Directness.PARTLY, Directness.PARTLY, Directness.DIRECT), Concern.SERIOUS),
        ((Directness.INDIRECT, Directness.DIRECT, Directness.DIRECT), Concern.SERIOUS),
        ((Directness.INDIRECT, Directness.PARTLY, Directness.DIRECT), Concern.VERY_SERIOUS),
        ((Directness.PARTLY, Directness.PARTLY, Directness.PARTLY), Concern.VERY_SERIOUS),
        ((Directness.NOT_APPLICABLE,) * 3, Concern.NOT_SERIOUS),
        ((Directness.INDIRECT, Directness.INDIRECT, Directness.DIRECT), Concern.VERY_SERIOUS),
    ],
)
def test_indirectness(directness, expected):
    assert concern(Domain.INDIRECTNESS, evidence(directness=directness)) is expected


@pytest.mark.parametrize(
    ("biases", "expected"),
    [
        (["low", "low"], Concern.NOT_SERIOUS),
        (["low", "some"], Concern.NOT_SERIOUS),
        (["low", "some", "unknown"], Concern.SERIOUS),
        (["unknown"], Concern.SERIOUS),
        (["high"], Concern.SERIOUS),
    ],
)
def test_risk_of_bias(biases, expected):
    body = [evidence(f"study{i}", bias=BiasConcern(bias)) for i, bias in enumerate(biases)]
    assert concern(Domain.RISK_OF_BIAS, *body) is expected


@pytest.mark.parametrize(
    ("body", "silent", "expected"),
    [
        ([{"funding": Funding.INDUSTRY, "participants": 40}], [], Concern.SERIOUS),
        ([{"funding": Funding.INDUSTRY, "participants": 4000}], [], Concern.NOT_SERIOUS),
        ([{"funding": Funding.NOT_REPORTED, "participants": 400}], [], Concern.NOT_SERIOUS),
        ([{"funding": Funding.NOT_REPORTED, "participants": 399}], [], Concern.SERIOUS),
        (
            [{"funding": Funding.NOT_REPORTED, "participants": 40, "stance": Stance.MIXED}],
            [],
            Concern.NOT_SERIOUS,
        ),
        (
            [{"funding": Funding.INDUSTRY, "design": Design.REVIEW_OF_TRIALS, "participants": 9}],
            [],
            Concern.NOT_SERIOUS,
        ),
        # Of two small studies the independent one is half, which is not less than half.
        (
            [{"participants": 40}, {"funding": Funding.NOT_REPORTED, "participants": 40}],
            [],
            Concern.NOT_SERIOUS,
        ),
        (
            [{"participants": 40}] * 2 + [{"funding": Funding.NOT_REPORTED, "participants": 40}] * 3,
            [],
            Concern.SERIOUS,
        ),
        (
            [
                {"funding": Funding.NOT_REPORTED, "participants": 40},
                {"funding": Funding.NOT_REPORTED, "participants": 40, "stance": Stance.MIXED},
            ],
            [],
            Concern.NOT_SERIOUS,
        ),
        ([{}] * 9, ["nct1"], Concern.SERIOUS),
        ([{}] * 10, ["nct1"], Concern.NOT_SERIOUS),
        ([{}], ["nct1"], Concern.SERIOUS),
        ([{}], [], Concern.NOT_SERIOUS),
    ],
)
def test_publication_bias(body, silent, expected):
    found = suggested_ratings(
        [evidence(f"s{i}", **changes) for i, changes in enumerate(body)],
        registered_without_results=silent,
    )
    assert found[Domain.PUBLICATION_BIAS].concern is expected


REVIEW = {"design": Design.REVIEW_OF_TRIALS}


@pytest.mark.parametrize(
    ("body", "counted", "left_out"),
    [
        ([evidence("a"), evidence("b")], {"a", "b"}, ()),
        # Where the list of a review was not read, the larger part speaks, and the other is named.
        ([evidence("r", participants=900, **REVIEW), evidence("a")], {"a"}, ("r",)),
        ([evidence("r", participants=1100, **REVIEW), evidence("a")], {"r"}, ("a",)),
        # A trial that is not on a list that was read is another trial.
        ([evidence("r", includes=frozenset(), **REVIEW), evidence("a")], {"r", "a"}, ()),
        ([evidence("r", includes=frozenset("a"), **REVIEW), evidence("a")], {"r"}, ()),
        # Two reviews may hold the same trials, whatever is known of their lists.
        (
            [
                evidence("r", participants=500, includes=frozenset(), **REVIEW),
                evidence("s", participants=501, includes=frozenset(), **REVIEW),
                evidence("a", participants=10),
            ],
            {"s", "a"},
            ("r",),
        ),
        ([evidence("r", participants=None, **REVIEW), evidence("a", participants=9)], {"a"}, ("r",)),
        ([evidence("r", participants=None, **REVIEW)], {"r"}, ()),
        # Of nobody known a trial in one person has more.
        ([evidence("r", participants=None, **REVIEW), evidence("a", participants=1)], {"a"}, ("r",)),
    ],
)
def test_nobody_is_counted_twice(body, counted, left_out):
    once = counted_once(body)
    assert ({item.study for item in once.body}, once.overlapping) == (counted, left_out)
    assert all(study in once.caution for study in left_out)
    assert bool(once.caution) is bool(left_out)


def test_the_trials_speak_for_a_review_that_does_not_tell_its_size():
    review = evidence("r", participants=None, includes=frozenset("ab"), **REVIEW)
    once = counted_once([review, evidence("a"), evidence("b")])
    assert people(once.body) == 2000


def test_reviews_that_are_said_to_hold_each_other_are_both_kept():
    pair = [
        evidence("r", includes=frozenset("s"), **REVIEW),
        evidence("s", includes=frozenset("r"), **REVIEW),
    ]
    assert apart(pair) == tuple(pair)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8), st.integers(0, 7))
def test_a_review_never_adds_people_to_its_own_trials(sizes, held):
    trials = [evidence(f"t{at}", participants=size) for at, size in enumerate(sizes)]
    names = frozenset(trial.study for trial in trials[: held + 1])
    inside = sum(sizes[: held + 1])
    review = evidence("r", participants=inside, includes=names, **REVIEW)
    assert people(counted_once([review, *trials]).body) == sum(sizes)


def test_the_findings_of_a_study_share_its_weight():
    weights = weighed([evidence("a"), evidence("a"), evidence("b")])
    assert weights.weights == (0.25, 0.25, 0.5)
    assert weights.made_of == "the people"
    assert weighed([evidence("a"), evidence("b", participants=0)]).made_of == "the studies"
    pooled = weighed([evidence("a"), evidence("b")], {"a": 3.0, "b": 1.0})
    assert (pooled.weights, pooled.made_of) == ((0.75, 0.25), "the pooled weight")
    assert weighed([evidence("a"), evidence("b")], {"a": 3.0}).made_of == "the people"


@pytest.mark.parametrize(
    ("share", "agrees"), [(1.0, True), (0.8, True), (0.8 - 1e-9, True), (0.79999, False)]
)
def test_four_fifths_are_one_side_whatever_rounding_takes(share, agrees):
    assert is_one_side(share) is agrees


def ratio(study, estimate=0.8, low=0.7, high=0.9, participants=1000, **changes):
    effect = {"measure": Measure.RISK_RATIO, "estimate": estimate, "ci_low": low, "ci_high": high}
    return evidence(study, **{"participants": participants, **effect, **changes})


def test_two_studies_are_pooled_by_their_weight():
    # By hand: with no spread between them, the mean of the logarithms by one over their variances.
    found = effect_of([ratio("a", 0.8, 0.64, 1.0), ratio("b", 0.8, 0.64, 1.0)])
    assert found.point == pytest.approx(0.8)
    assert (found.low, found.high) == pytest.approx((0.8 * 0.8**0.5**0.5, 0.8 / 0.8**0.5**0.5))
    assert str(found).startswith("Pooled over 2 studies: risk ratio 0.8 (")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([ratio("a", 0.8, 0.7, 0.9)], "One study"),
        # Different measures cannot be pooled: the larger study speaks.
        (
            [ratio("a", 0.8, 0.7, 0.9), ratio("b", 0.7, 0.6, 0.8, 1500, measure=Measure.ODDS_RATIO)],
            "Nothing can be pooled; largest and most direct, b",
        ),
        # Of two large ones the more direct.
        (
            [
                ratio("a", 0.8, 0.7, 0.9),
                ratio(
                    "b",
                    0.7,
                    0.6,
                    0.8,
                    2000,
                    measure=Measure.ODDS_RATIO,
                    directness=(Directness.PARTLY, Directness.DIRECT, Directness.DIRECT),
                ),
            ],
            "Nothing can be pooled; largest and most direct, a",
        ),
        # Below no effect is better in one and worse in the other.
        (
            [ratio("a", 0.8, 0.7, 0.9), ratio("b", 1.4, 1.2, 1.6, 1001)],
            "Nothing can be pooled; largest and most direct, b",
        ),
        (
            [ratio("a", 0.8, 0.7, 0.9), ratio("b", 1.4, 1.2, 1.6, stance=Stance.CONTRADICTS)],
            "Pooled over 2 studies",
        ),
        (
            [ratio("a", 0.8, 0.7, 0.9), ratio("b", 0.8, 0.7, 0.9), evidence("c", participants=2000)],
            "Pooled over 2 studies",
        ),
        # One finding of a study is taken, the more direct one.
        (
            [
                ratio("a", 0.5, 0.4, 0.6, comparator=Directness.INDIRECT),
                ratio("a", 0.8, 0.7, 0.9),
                ratio("b", 0.8, 0.7, 0.9),
            ],
            "Pooled over 2 studies",
        ),
    ],
)
def test_what_speaks_for_a_body(body, words):
    found = effect_of(body)
    assert found.words == words
    assert words != "Pooled over 2 studies" or len(found.weights) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"ci_low": 0.0},
        {"ci_low": -0.1},
        {"estimate": 1.5},
        {"ci_low": 0.8, "ci_high": 0.8},
        {"measure": Measure.MEAN},
        {"ci_high": None},
        {"design": Design.CASE_SERIES},
    ],
)
def test_what_gives_no_interval_of_an_effect_speaks_for_nothing(changes):
    effect = {"measure": Measure.RISK_RATIO, "estimate": 0.8, "ci_low": 0.7, "ci_high": 0.9}
    assert effect_of([evidence(**effect)]) is not None
    assert effect_of([evidence(**{**effect, **changes})]) is None


def test_a_pooled_part_of_less_than_half_does_not_speak_for_the_body():
    body = [ratio("a"), ratio("b"), evidence("c", participants=2001)]
    assert effect_of(body) is None
    assert concern(Domain.IMPRECISION, *body) is Concern.NOT_SERIOUS


def test_a_small_study_does_not_speak_for_a_large_one_without_an_interval():
    assert effect_of([evidence("a", participants=2001), ratio("b", 0.8, 0.7, 0.9)]) is None
    assert effect_of([evidence("a", participants=2000), ratio("b", 0.8, 0.7, 0.9)]) is not None


def test_a_trial_in_one_person_is_larger_than_one_that_does_not_say():
    pair = [ratio("a", participants=None), ratio("b", participants=1, measure=Measure.ODDS_RATIO)]
    assert effect_of(pair).words == "Nothing can be pooled; largest and most direct, b"


def test_the_measure_of_more_studies_speaks_where_both_have_the_same_weight():
    whole = ratio("a", measure=Measure.ODDS_RATIO)
    halves = [ratio(name, participants=500) for name in "bc"]
    assert effect_of([whole, *halves]).measure is Measure.RISK_RATIO


def test_who_does_not_tell_the_number_of_people_is_counted_apart():
    silent = evidence("b", participants=None)
    assert people_of([evidence("a"), silent]) == (
        "1000 participants in 1 study, 1 more without a number"
    )
    assert people_of([silent]) == "0 participants in 0 studies, 1 more without a number"


@pytest.mark.parametrize(
    ("risk", "size"),
    # R, power.prop.test(p1=, p2=0.75*p1, power=0.8), both groups together.
    [(0.05, 8400), (0.10, 4004), (0.20, 1806), (0.50, 488)],
)
def test_the_information_size_of_events(risk, size):
    assert information_size_binary(risk) == size


@pytest.mark.parametrize("risk", [0.0, 1.0, -0.1, 1.1])
def test_a_risk_is_a_share(risk):
    with pytest.raises(ValueError, match="between 0 and 1"):
        information_size_binary(risk)


def test_the_information_size_is_asked_of_the_people():
    size = information_size_binary(0.10)
    known = Thresholds(baseline_risk=0.10)
    for participants, expected in ((size - 1, Concern.SERIOUS), (size, Concern.NOT_SERIOUS)):
        body = ratio("a", 0.6, 0.5, 0.72, participants)
        assert concern(Domain.IMPRECISION, body, thresholds=known) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Not over 30 per cent, then just there, and the same seen from the other side.
        ({"estimate": 0.71, "ci_low": 0.6, "ci_high": 0.84}, Concern.NOT_SERIOUS),
        ({"estimate": 0.70, "ci_low": 0.6, "ci_high": 0.84}, Concern.SERIOUS),
        ({"estimate": 1.42, "ci_low": 1.2, "ci_high": 1.7}, Concern.NOT_SERIOUS),
        ({"estimate": 1.43, "ci_low": 1.2, "ci_high": 1.7}, Concern.SERIOUS),
        ({"events": 400, "estimate": 0.5, "ci_low": 0.4, "ci_high": 0.6}, Concern.NOT_SERIOUS),
        ({"participants": None, "estimate": 0.5, "ci_low": 0.4, "ci_high": 0.6}, Concern.SERIOUS),
        # The interval that only touches no effect does not cross it.
        ({"estimate": 0.9, "ci_low": 0.8, "ci_high": 1.0}, Concern.NOT_SERIOUS),
        # Of evidence against a statement the interval is held against what matters.
        (
            {"stance": Stance.CONTRADICTS, "estimate": 1.0, "ci_low": 0.75, "ci_high": 1.25},
            Concern.NOT_SERIOUS,
        ),
        (
            {"stance": Stance.CONTRADICTS, "estimate": 1.0, "ci_low": 0.74, "ci_high": 1.25},
            Concern.SERIOUS,
        ),
        (
            {"stance": Stance.CONTRADICTS, "estimate": 1.0, "ci_low": 0.74, "ci_high": 1.26},
            Concern.VERY_SERIOUS,
        ),
        ({"estimate": 1.0, "ci_low": 0.74, "ci_high": 1.26}, Concern.VERY_SERIOUS),
        ({"estimate": 1.0, "ci_low": 0.75, "ci_high": 1.26}, Concern.SERIOUS),
        # What crosses no effect with limits three apart holds too little information too.
        ({"estimate": 1.4, "ci_low": 0.8, "ci_high": 2.4}, Concern.VERY_SERIOUS),
        ({"estimate": 1.4, "ci_low": 0.8, "ci_high": 2.3}, Concern.SERIOUS),
    ],
)
def test_the_interval_of_a_risk_ratio(changes, expected):
    body = evidence(**{"measure": Measure.RISK_RATIO, "participants": 5000, **changes})
    assert concern(Domain.IMPRECISION, body) is expected


def difference(study="a", estimate=2.0, low=1.0, high=3.0, **changes):
    effect = {"estimate": estimate, "ci_low": low, "ci_high": high}
    values = {"measure": Measure.MEAN_DIFFERENCE, "unit": "kg", **effect}
    return evidence(study, **{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # The spread is recorded: 2 kg are 0.8 of 2.5 kg, and less than 0.8 of more.
        ({"sd": 2.5, "participants": 399}, Concern.SERIOUS),
        ({"sd": 2.5, "participants": 119}, Concern.VERY_SERIOUS),
        ({"sd": 2.5, "participants": 120}, Concern.SERIOUS),
        ({"sd": 2.5, "participants": 400}, Concern.NOT_SERIOUS),
        ({"sd": 2.51, "participants": 40}, Concern.NOT_SERIOUS),
        # It is not, and follows from interval and people: at most one level.
        ({"participants": 20}, Concern.SERIOUS),
        ({"participants": 200}, Concern.NOT_SERIOUS),
        ({"participants": None}, Concern.SERIOUS),
        ({"measure": Measure.STANDARDISED_MEAN_DIFFERENCE, "participants": 50}, Concern.VERY_SERIOUS),
        (
            {
                "measure": Measure.STANDARDISED_MEAN_DIFFERENCE,
                "participants": 50,
                "estimate": 0.79,
                "ci_low": 0.1,
            },
            Concern.NOT_SERIOUS,
        ),
        (
            {
                "measure": Measure.CLIFF_DELTA,
                "participants": 50,
                "estimate": 0.474,
                "ci_low": 0.1,
            },
            Concern.VERY_SERIOUS,
        ),
        # Whether it is large cannot be told of a fold change.
        ({"measure": Measure.FOLD_CHANGE, "participants": 50}, Concern.SERIOUS),
        ({"measure": Measure.FOLD_CHANGE, "participants": 500}, Concern.NOT_SERIOUS),
    ],
)
def test_the_size_of_a_difference(changes, expected):
    assert concern(Domain.IMPRECISION, difference(**changes)) is expected


def test_the_spread_that_follows_from_an_interval():
    # A standard error of 0.5102 kg and 4 * 0.5102**2 / 2.5**2 people: 0.8 spreads are just 2 kg.
    at = round((2.5 * 2 / (2 / (2 * 1.959963984540054))) ** 2)
    few, many = difference(participants=at - 2), difference(participants=at + 2)
    assert concern(Domain.IMPRECISION, few) is Concern.SERIOUS
    assert concern(Domain.IMPRECISION, many) is Concern.NOT_SERIOUS


KG = Thresholds(unit="kg", small=2.0, moderate=4.0, large=6.0)


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (2.0, 3.9, 0),
        (1.9, 3.9, 1),
        (1.9, 4.0, 1),
        (1.9, 4.1, 2),
        (1.9, 6.1, 3),
        (-2.0, 2.0, 0),
        (-2.1, 2.0, 1),
        (-2.1, 2.1, 2),
        (-6.1, 6.1, 3),
    ],
)
def test_each_threshold_that_is_crossed_costs_a_level(low, high, levels):
    body = difference(estimate=(low + high) / 2, low=low, high=high, participants=2000)
    assert concern(Domain.IMPRECISION, body, thresholds=KG).levels == levels


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0.0, 9.0, 0), (-0.1, 9.0, 1), (-2.0, 9.0, 1), (-2.1, 9.0, 2), (-2.1, 2.0, 1)],
)
def test_against_no_effect_two_levels_need_both_sides(low, high, levels):
    known = Thresholds(unit="kg", small=2.0, target=Target.NO_EFFECT)
    body = difference(estimate=(low + high) / 2, low=low, high=high, participants=2000)
    assert concern(Domain.IMPRECISION, body, thresholds=known).levels == levels


@pytest.mark.parametrize(
    ("measure", "effect", "expected"),
    [
        (Measure.RISK_RATIO, 0.5, -50.0),
        # Cochrane Handbook, 15.4.4: odds of a ninth, halved, are a risk of one in nineteen.
        (Measure.ODDS_RATIO, 0.5, 1000 / 19 - 100),
        (Measure.HAZARD_RATIO, 2.0, 90.0),
        (Measure.RISK_DIFFERENCE, -0.02, -20.0),
        (Measure.RISK_RATIO, 20.0, 900.0),
        (Measure.RISK_DIFFERENCE, -0.3, -100.0),
    ],
)
def test_people_per_thousand(measure, effect, expected):
    known = Thresholds(unit="per 1,000", small=10, baseline_risk=0.10)
    assert known.in_unit(measure, None, [effect]) == pytest.approx((expected,))


@pytest.mark.parametrize(
    ("known", "expected"),
    # Odds of 0.6 where half have the event are a risk of 0.375: a quarter less, which is plausible.
    [(None, Concern.SERIOUS), (Thresholds(baseline_risk=0.5), Concern.NOT_SERIOUS)],
)
def test_an_odds_ratio_is_as_large_as_the_risks_are_apart(known, expected):
    body = ratio("a", 0.6, 0.5, 0.72, 300, measure=Measure.ODDS_RATIO)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is expected


@pytest.mark.parametrize(
    "measure",
    [Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO, Measure.RATE_RATIO],
)
@pytest.mark.parametrize(
    ("low", "high", "levels"), [(0.75, 1.25, 0), (0.74, 1.25, 1), (0.75, 1.26, 1), (0.74, 1.26, 2)]
)
def test_what_is_appreciable_of_a_ratio(measure, low, high, levels):
    body = ratio("a", 1.0, low, high, measure=measure, stance=Stance.CONTRADICTS)
    assert concern(Domain.IMPRECISION, body).levels == levels


@pytest.mark.parametrize(
    ("low", "high", "levels"), [(-0.5, 0.5, 0), (-0.51, 0.5, 1), (-0.5, 0.51, 1), (-0.51, 0.51, 2)]
)
def test_what_is_appreciable_of_a_standardised_difference(low, high, levels):
    smd = {"measure": Measure.STANDARDISED_MEAN_DIFFERENCE, "unit": None}
    body = difference("a", 0.0, low, high, stance=Stance.CONTRADICTS, **smd)
    assert concern(Domain.IMPRECISION, body).levels == levels


@pytest.mark.parametrize(
    "measure",
    [Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO, Measure.RATE_RATIO],
)
def test_a_large_ratio_of_events_rests_on_its_events(measure):
    few = ratio("a", 0.6, 0.5, 0.72, 9000, events=399, measure=measure)
    enough = ratio("a", 0.6, 0.5, 0.72, 390, events=400, measure=measure)
    assert concern(Domain.IMPRECISION, few) is Concern.SERIOUS
    assert concern(Domain.IMPRECISION, enough) is Concern.NOT_SERIOUS


def test_a_risk_of_nobody_is_an_implausibly_large_effect():
    body = ratio("a", -0.1, -0.2, -0.05, 4000, measure=Measure.RISK_DIFFERENCE)
    known = Thresholds(baseline_risk=0.1)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is Concern.SERIOUS


def test_a_series_beside_a_trial_leaves_a_comparison():
    series = evidence("b", design=Design.CASE_SERIES, participants=30)
    assert concern(Domain.IMPRECISION, evidence("a"), series) is Concern.NOT_SERIOUS


def test_events_are_asked_for_where_one_study_counted_them():
    body = [evidence("a", measure=Measure.PROPORTION, events=150), evidence("b", events=150)]
    assert concern(Domain.IMPRECISION, *body) is Concern.SERIOUS


def test_an_effect_is_denied_where_nothing_supports_it():
    against = ratio("a", 1.0, 0.9, 1.12, stance=Stance.CONTRADICTS)
    both = [against, ratio("b", 1.0, 0.9, 1.12)]
    assert concern(Domain.IMPRECISION, against) is Concern.NOT_SERIOUS
    assert concern(Domain.IMPRECISION, *both) is Concern.SERIOUS


def test_the_spread_of_an_outcome_in_another_unit_is_not_read():
    body = [difference("a", 4.0, 3.0, 5.0), evidence("b", unit="lb", sd=1.0, participants=100)]
    settings = GradeSettings(information_size=5000)
    assert concern(Domain.IMPRECISION, *body, settings=settings) is Concern.NOT_SERIOUS


def test_the_spreads_of_several_studies_are_averaged():
    for spread, expected in ((2.9, Concern.SERIOUS), (3.2, Concern.NOT_SERIOUS)):
        body = [difference(name, sd=sd, participants=100) for name, sd in (("a", 2.0), ("b", spread))]
        assert concern(Domain.IMPRECISION, *body) is expected


def test_a_small_difference_in_nobody_knows_how_many_may_be_large():
    body = difference(estimate=0.5, low=0.1, high=0.9, participants=None)
    assert concern(Domain.IMPRECISION, body) is Concern.SERIOUS


def test_from_exactly_four_fifths_of_a_guessed_spread_a_difference_may_be_large():
    # Of four people the error is the spread; 2 * 1.96 from end to end makes it 1.
    body = difference(estimate=0.8, low=0.0, high=2 * 1.959963984540054, participants=4)
    assert concern(Domain.IMPRECISION, body) is Concern.SERIOUS


def test_against_thresholds_limits_may_lie_far_apart():
    known = Thresholds(unit="per 1,000", small=2, baseline_risk=0.004)
    body = ratio("a", 0.6, 0.25, 1.4, participants=9000)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is Concern.SERIOUS


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-2.0, -0.5, Concern.NOT_SERIOUS),
        (-2.01, -0.5, Concern.SERIOUS),
        (0.5, 2.0, Concern.NOT_SERIOUS),
        (0.5, 2.01, Concern.SERIOUS),
        # Beyond what matters the few people count again.
        (2.0, 3.0, Concern.SERIOUS),
        (-3.0, -2.0, Concern.SERIOUS),
    ],
)
def test_an_effect_that_does_not_matter_needs_no_information(low, high, expected):
    body = difference(estimate=(low + high) / 2, low=low, high=high, participants=30)
    known = Thresholds(unit="kg", small=2.0)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is expected


def test_a_risk_known_of_people_who_are_not_leaves_it_to_the_events():
    body = ratio("a", 0.6, 0.5, 0.72, participants=None, events=400)
    known = Thresholds(baseline_risk=0.1)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is Concern.NOT_SERIOUS


@pytest.mark.parametrize("risk", [0.0, 1.0])
def test_a_risk_of_nobody_or_everybody_gives_no_size(risk):
    body = ratio("a", 0.6, 0.5, 0.72, events=400)
    known = Thresholds(baseline_risk=risk)
    assert concern(Domain.IMPRECISION, body, thresholds=known) is Concern.NOT_SERIOUS


@pytest.mark.parametrize(
    ("known", "measure", "unit"),
    [
        (Thresholds(baseline_risk=0.1), Measure.RISK_RATIO, None),
        (Thresholds(unit="per 1,000", small=10), Measure.RISK_RATIO, None),
        (Thresholds(unit="kg", small=10, baseline_risk=0.1), Measure.RISK_RATIO, None),
        (Thresholds(unit="kg", small=10), Measure.MEAN_DIFFERENCE, "lb"),
        (Thresholds(unit="kg", small=10), Measure.STANDARDISED_MEAN_DIFFERENCE, "kg"),
        (Thresholds(unit="kg", small=10), Measure.FOLD_CHANGE, "kg"),
    ],
)
def test_thresholds_of_something_else_are_not_used(known, measure, unit):
    assert known.in_unit(measure, unit, [1.5]) is None


def test_standardised_differences_have_thresholds_in_standard_deviations():
    known = Thresholds(unit="SD", small=0.2)
    assert known.in_unit(Measure.STANDARDISED_MEAN_DIFFERENCE, None, [1.5]) == (1.5,)


def test_measures_without_a_unit_of_their_own_have_thresholds_in_a_unit():
    assert UNITS == {
        Measure.RISK_DIFFERENCE: "per 1,000",
        Measure.STANDARDISED_MEAN_DIFFERENCE: "SD",
    }


@pytest.mark.parametrize("measure", [Measure.MEAN_DIFFERENCE, Measure.CHANGE])
def test_differences_have_thresholds_in_their_own_unit(measure):
    assert Thresholds(unit="kg", small=2.0).in_unit(measure, "kg", [1.5, 3.0]) == (1.5, 3.0)


def test_a_risk_difference_needs_no_risk_to_be_put_per_thousand():
    known = Thresholds(unit="per 1,000", small=10)
    assert known.in_unit(Measure.RISK_DIFFERENCE, None, [-0.02]) == pytest.approx((-20.0,))


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        # Of five equal studies four that overlap are four fifths.
        ([(0.6, 0.5, 0.7)] * 4 + [(0.2, 0.1, 0.3)], Concern.NOT_SERIOUS),
        ([(0.6, 0.5, 0.7)] * 3 + [(0.2, 0.1, 0.3)], Concern.SERIOUS),
        # Intervals that touch overlap.
        ([(0.4, 0.3, 0.5), (0.7, 0.5, 0.9)], Concern.NOT_SERIOUS),
        ([(0.4, 0.3, 0.49), (0.7, 0.5, 0.9)], Concern.SERIOUS),
        # They lie apart, and differ by less, or by not less, than five thirds.
        ([(0.5, 0.48, 0.52), (0.83, 0.8, 0.86)], Concern.NOT_SERIOUS),
        ([(0.5, 0.48, 0.52), (0.84, 0.8, 0.86)], Concern.SERIOUS),
    ],
)
def test_how_far_estimates_lie_apart(effects, expected):
    body = [ratio(f"s{at}", *effect) for at, effect in enumerate(effects)]
    assert concern(Domain.INCONSISTENCY, *body) is expected


@pytest.mark.parametrize(
    ("second", "known", "expected"),
    [
        (7.9, KG, Concern.NOT_SERIOUS),  # both large
        (3.9, KG, Concern.SERIOUS),  # a small one and a large one
        (6.0, Thresholds(unit="kg", small=2.0), Concern.NOT_SERIOUS),
        (1.9, Thresholds(unit="kg", small=2.0), Concern.SERIOUS),
        (5.9, None, Concern.SERIOUS),  # how much matters is not known
        (1.9, Thresholds(target=Target.NO_EFFECT), Concern.NOT_SERIOUS),
        (-1.9, Thresholds(target=Target.NO_EFFECT), Concern.SERIOUS),
    ],
)
def test_on_which_side_of_what_matters_estimates_lie(second, known, expected):
    body = [difference(name, at, at - 0.3, at + 0.3) for name, at in (("a", 6.7), ("b", second))]
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is expected


@pytest.mark.parametrize(("second", "expected"), [(2.5, Concern.NOT_SERIOUS), (3.0, Concern.SERIOUS)])
def test_estimates_on_both_sides_of_a_threshold_differ_by_what_matters(second, expected):
    body = [difference(name, at, at - 0.1, at + 0.1) for name, at in (("a", 1.0), ("b", second))]
    known = Thresholds(unit="kg", small=2.0)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [(0.9, Concern.NOT_SERIOUS), (1.0, Concern.SERIOUS), (2.0, Concern.SERIOUS)],
)
def test_no_effect_of_a_ratio_is_one_and_on_no_side(second, expected):
    body = [ratio(name, at, at - 0.05, at + 0.05) for name, at in (("a", 0.3), ("b", second))]
    known = Thresholds(target=Target.NO_EFFECT)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is expected


def test_no_effect_is_not_the_side_above_it():
    body = [ratio(name, at, at - 0.05, at + 0.05) for name, at in (("a", 1.0), ("b", 2.0))]
    known = Thresholds(target=Target.NO_EFFECT)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is Concern.SERIOUS


def test_no_effect_of_a_difference_is_nought():
    body = [difference(name, at, at - 0.1, at + 0.1) for name, at in (("a", 0.5), ("b", 2.0))]
    known = Thresholds(target=Target.NO_EFFECT)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is Concern.NOT_SERIOUS


@pytest.mark.parametrize(("large", "expected"), [(4, Concern.NOT_SERIOUS), (3, Concern.SERIOUS)])
def test_four_fifths_beyond_a_threshold_agree(large, expected):
    effects = [7.0 + at for at in range(large)] + [1.0]
    body = [difference(f"s{at}", at, at - 0.1, at + 0.1) for at in effects]
    assert concern(Domain.INCONSISTENCY, *body, thresholds=KG) is expected


def test_an_estimate_at_a_threshold_has_reached_it():
    body = [difference(name, at, at - 0.1, at + 0.1) for name, at in (("a", 2.0), ("b", 9.0))]
    known = Thresholds(unit="kg", small=2.0)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is Concern.NOT_SERIOUS


def test_recorded_thresholds_go_before_the_rough_guide():
    smd = {"measure": Measure.STANDARDISED_MEAN_DIFFERENCE, "unit": None}
    body = [difference(name, at, at - 0.1, at + 0.1, **smd) for name, at in (("a", 0.1), ("b", 0.6))]
    assert concern(Domain.INCONSISTENCY, *body) is Concern.NOT_SERIOUS
    known = Thresholds(unit="SD", small=0.2)
    assert concern(Domain.INCONSISTENCY, *body, thresholds=known) is Concern.SERIOUS


@pytest.mark.parametrize(("second", "expected"), [(1.19, Concern.NOT_SERIOUS), (1.2, Concern.SERIOUS)])
def test_standardised_differences_lie_apart_from_one_on(second, expected):
    smd = {"measure": Measure.STANDARDISED_MEAN_DIFFERENCE, "unit": None}
    body = [difference(name, at, at - 0.1, at + 0.1, **smd) for name, at in (("a", 0.2), ("b", second))]
    assert concern(Domain.INCONSISTENCY, *body) is expected


@pytest.mark.parametrize(("off", "expected"), [(550, Concern.SERIOUS), (549, Concern.NOT_SERIOUS)])
@pytest.mark.parametrize("place", range(4))
def test_an_element_is_off_where_most_of_the_weight_is(off, expected, place):
    elements = [Directness.DIRECT] * 4
    elements[place] = Directness.INDIRECT
    changed = evidence("a", directness=tuple(elements[:3]), comparator=elements[3], participants=off)
    body = (changed, evidence("b", comparator=Directness.DIRECT, participants=1000 - off))
    assert concern(Domain.INDIRECTNESS, *body) is expected


@pytest.mark.parametrize(("off", "expected"), [(550, Concern.SERIOUS), (549, Concern.NOT_SERIOUS)])
def test_an_element_is_partly_off_where_most_of_the_weight_is(off, expected):
    partly = (Directness.DIRECT, Directness.PARTLY, Directness.DIRECT)
    body = evidence("a", directness=partly, participants=off), evidence("b", participants=1000 - off)
    assert concern(Domain.INDIRECTNESS, *body) is expected


def test_the_pooled_weight_tells_how_direct_a_body_is():
    indirect = (Directness.INDIRECT, Directness.DIRECT, Directness.DIRECT)
    precise = ratio("a", 0.8, 0.75, 0.85, 300)
    vague = ratio("b", 0.8, 0.5, 1.2, 700, directness=indirect)
    assert concern(Domain.INDIRECTNESS, precise, vague) is Concern.NOT_SERIOUS
    assert concern(Domain.INDIRECTNESS, evidence("a", participants=300), vague) is Concern.SERIOUS


def test_a_finding_is_as_far_off_as_its_elements():
    elements = (Directness.NOT_APPLICABLE, Directness.PARTLY, Directness.INDIRECT)
    assert evidence(directness=elements).off == 1.5
    assert evidence(directness=elements, comparator=Directness.PARTLY).off == 2.0


def test_limits_of_nothing_measured_are_no_interval():
    limits = {"ci_low": 0.5, "ci_high": 0.9}
    assert evidence(**limits).interval is None
    assert evidence(measure=Measure.RISK_RATIO, **limits).interval == (0.5, 0.9)
    assert readable(evidence(**limits)) is False
    assert readable(evidence(measure=Measure.RISK_RATIO, ci_low=0.0, ci_high=0.9)) is False


def test_a_study_that_nobody_appraised_is_at_unknown_risk():
    bare = RateableFinding("a", Design.COHORT, Stance.SUPPORTS, DIRECT, 1000, Funding.NONE)
    assert bare.bias is BiasConcern.UNKNOWN
    assert concern(Domain.RISK_OF_BIAS, bare) is Concern.SERIOUS


def test_nothing_is_suggested_for_nothing():
    with pytest.raises(ValueError, match="no evidence"):
        suggested_ratings([])


@pytest.mark.parametrize(
    ("levels", "outcome", "consistent", "grade"),
    [
        ([1, 2], OutcomeKind.PATIENT_ORIENTED, True, "A"),
        ([1, 2], OutcomeKind.PATIENT_ORIENTED, False, "B"),
        ([2, 3], OutcomeKind.PATIENT_ORIENTED, True, "B"),
        ([3], OutcomeKind.PATIENT_ORIENTED, True, "C"),
        ([1], OutcomeKind.DISEASE_ORIENTED, True, "C"),
        ([], OutcomeKind.PATIENT_ORIENTED, True, None),
        ([1], OutcomeKind.NOT_APPLICABLE, True, None),
    ],
)
def test_sort(levels, outcome, consistent, grade):
    assert sort_grade(levels, outcome, consistent).value == grade


def test_sort_is_named_with_its_year():
    assert f"{METHOD} {METHOD_VERSION}" == "SORT 2004"


@pytest.mark.parametrize(
    ("design", "bias", "level"),
    [
        (Design.RANDOMISED_TRIAL, "low", 1),
        (Design.RANDOMISED_TRIAL, "unknown", 2),
        (Design.COHORT, "low", 2),
        (Design.CASE_SERIES, "low", 3),
        (Design.ANIMAL, "low", 3),
        (Design.IN_VITRO, "low", 3),
        (Design.EX_VIVO, "low", 3),
        (Design.REVIEW_OF_PRECLINICAL, "low", 3),
        (Design.NARRATIVE_REVIEW, "low", 3),
        (Design.GUIDELINE, "low", 3),
        (Design.OPINION, "low", 3),
        (Design.LABEL, "low", None),
    ],
)
def test_sort_level_of_a_study(design, bias, level):
    assert study_level(design, BiasConcern(bias)) == level


def test_an_interval_without_an_estimate_speaks_with_its_middle():
    assert effect_of([ratio("a", None, 0.5, 2.0)]).point == pytest.approx(1.0)
    assert effect_of([difference("a", None, 1.0, 5.0)]).point == pytest.approx(3.0)


def test_studies_weigh_in_a_pooled_effect_by_one_over_their_variance():
    found = effect_of([difference("a", 2.0, 1.0, 3.0), difference("b", 2.0, 0.0, 4.0)])
    assert found.weights["a"] == pytest.approx(4 * found.weights["b"])
    # 1 / se**2 of the first is 15.37 / 4 times 4: se is a half of 2 / 1.96.
    assert found.weights["a"] == pytest.approx((2 * 1.959963984540054 / 2) ** 2)
    assert found.unit == "kg"


def test_what_studies_differ_by_takes_weight_from_them():
    # Of two studies as precise as each other: half the square of 2 and 6 apart, 8, is all variance.
    found = effect_of([difference("a", 2.0, 1.0, 3.0), difference("b", 6.0, 5.0, 7.0)])
    assert found.weights == pytest.approx({"a": 1 / 8, "b": 1 / 8})


def test_what_cannot_be_pooled_on_its_scale_is_not():
    for measure in (Measure.CLIFF_DELTA, Measure.CORRELATION):
        pair = [difference(name, 0.3, 0.1, 0.5, measure=measure, unit=None) for name in "ab"]
        assert effect_of(pair).words.startswith("Nothing can be pooled")


@pytest.mark.parametrize(
    ("first", "second", "is_pooled"),
    [
        # An interval that holds no effect, or ends there, does not say which way is better.
        ((0.8, 0.7, 0.9), (1.1, 0.9, 1.3), True),
        ((0.8, 0.7, 0.9), (1.1, 1.0, 1.2), True),
        ((0.9, 0.8, 1.0), (1.4, 1.2, 1.6), True),
        ((0.8, 0.7, 0.9), (1.4, 1.2, 1.6), False),
    ],
)
def test_effects_that_mean_opposite_things_are_not_pooled(first, second, is_pooled):
    found = effect_of([ratio("a", *first), ratio("b", *second)])
    assert found.words.startswith("Pooled") is is_pooled


def test_a_mixed_finding_does_not_say_which_way_is_better():
    for effect in ((1.4, 1.2, 1.6), (0.6, 0.5, 0.7)):
        mixed = ratio("b", *effect, stance=Stance.MIXED)
        assert effect_of([ratio("a"), mixed]).words.startswith("Pooled")


@pytest.mark.parametrize("estimate", [0.7, 0.9])
def test_an_estimate_may_lie_at_the_end_of_its_interval(estimate):
    assert effect_of([ratio("a", estimate)]) is not None


def test_the_scale_of_most_people_speaks():
    odds = [ratio(name, participants=900, measure=Measure.ODDS_RATIO) for name in "ab"]
    risks = [ratio(name, participants=200) for name in "cde"]
    found = effect_of([*risks, *odds])
    assert (found.measure, found.words) == (Measure.ODDS_RATIO, "Pooled over 2 studies")


def test_small_studies_that_all_found_a_harm_are_not_what_anybody_hoped_for():
    body = [evidence(study=key, participants=30, funding=Funding.NOT_REPORTED) for key in "ab"]
    assert concern(Domain.PUBLICATION_BIAS, *body) is Concern.SERIOUS
    assert concern(Domain.PUBLICATION_BIAS, *body, is_harm=True) is Concern.NOT_SERIOUS
