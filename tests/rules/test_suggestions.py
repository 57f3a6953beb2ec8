"""Suggested GRADE ratings, information size and SORT: published figures and worked examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_evidence import DIRECT, evidence

from review.grading.information_size import is_far_too_wide
from review.grading.settings import GradeSettings
from review.grading.sort import sort_grade, study_level
from review.grading.suggest import (
    inconsistency_from_estimates,
    suggested_ratings,
)
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
)


def concern(domain, *body, **settings):
    return suggested_ratings(body, **settings)[domain].concern


@pytest.mark.parametrize(
    ("measure", "low", "high", "wide"),
    [
        (Measure.ODDS_RATIO, 1.0, 2.6, True),
        (Measure.ODDS_RATIO, 1.0, 2.5, False),
        (Measure.RISK_RATIO, 1.0, 3.1, True),
        (Measure.RISK_RATIO, 1.0, 3.0, False),
        (Measure.HAZARD_RATIO, 1.0, 2.6, True),
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
    ("measure", "across", "beside"),
    [
        # The interval of each row includes no effect, then its nearer limit lies just beside it.
        (Measure.MEAN_DIFFERENCE, (-1.4, 6.2), (0.1, 7.7)),
        (Measure.STANDARDISED_MEAN_DIFFERENCE, (-0.6, 0.05), (-0.7, -0.05)),
        (Measure.RISK_RATIO, (0.8, 1.5), (1.05, 1.9)),
        (Measure.ODDS_RATIO, (0.7, 1.2), (0.5, 0.95)),
        (Measure.HAZARD_RATIO, (0.9, 1.3), (1.02, 1.5)),
        (Measure.RATE_RATIO, (0.6, 1.1), (0.5, 0.9)),
        (Measure.RISK_DIFFERENCE, (-0.03, 0.08), (0.01, 0.12)),
        (Measure.FOLD_CHANGE, (0.9, 2.0), (1.1, 2.2)),
        (Measure.CHANGE, (-2.5, 40.0), (3.5, 31.0)),
        (Measure.CLIFF_DELTA, (-0.1, 0.6), (0.2, 0.8)),
        (Measure.CORRELATION, (-0.5, 0.1), (-0.6, -0.1)),
    ],
)
def test_an_interval_across_no_effect_is_imprecise(measure, across, beside):
    for (low, high), expected in ((across, Concern.SERIOUS), (beside, Concern.NOT_SERIOUS)):
        body = evidence(measure=measure, ci_low=low, ci_high=high)
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


@pytest.mark.parametrize(
    ("intervals", "i2", "expected"),
    [
        ([(1.0, 0.5, 1.5), (1.2, 0.8, 1.6)], None, Concern.NOT_SERIOUS),
        ([(1.0, 0.9, 1.1), (3.0, 2.9, 3.1)], 90.0, Concern.NOT_SERIOUS),
        ([(-1.0, -1.1, -0.9), (1.0, 0.9, 1.1)], 90.0, Concern.SERIOUS),
        ([(-0.1, -0.9, 0.7), (0.1, -0.7, 0.9)], 80.0, Concern.SERIOUS),
        ([(-0.1, -0.9, 0.7), (0.1, -0.7, 0.9)], 10.0, Concern.NOT_SERIOUS),
    ],
)
def test_where_the_estimates_fall(intervals, i2, expected):
    assert inconsistency_from_estimates(intervals, 0.0, i2).concern is expected


@given(st.lists(st.floats(0.1, 5), min_size=2, max_size=6), st.floats(0, 100))
def test_i2_alone_never_rates_down(estimates, i2):
    intervals = [(e, e - 0.05, e + 0.05) for e in estimates]
    assert inconsistency_from_estimates(intervals, 0.0, i2).concern is Concern.NOT_SERIOUS


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
        ((Directness.PARTLY, Directness.DIRECT, Directness.DIRECT), Concern.NOT_SERIOUS),
        ((Directness.PARTLY, Directness.PARTLY, Directness.DIRECT), Concern.SERIOUS),
        ((Directness.INDIRECT, Directness.DIRECT, Directness.DIRECT), Concern.SERIOUS),
        ((Directness.INDIRECT, Directness.PARTLY, Directness.PARTLY), Concern.VERY_SERIOUS),
        ((Directness.INDIRECT, Directness.INDIRECT, Directness.DIRECT), Concern.VERY_SERIOUS),
    ],
)
def test_indirectness(directness, expected):
    assert concern(Domain.INDIRECTNESS, evidence(directness=directness)) is expected


@pytest.mark.parametrize(
    ("biases", "expected"),
    [
        (["low", "low"], Concern.NOT_SERIOUS),
        (["low", "some"], Concern.SERIOUS),
        (["low", "unknown"], Concern.SERIOUS),
        (["high"], Concern.SERIOUS),
    ],
)
def test_risk_of_bias(biases, expected):
    body = [evidence(f"study{i}", bias=BiasConcern(bias)) for i, bias in enumerate(biases)]
    assert concern(Domain.RISK_OF_BIAS, *body) is expected


def test_risk_of_bias_names_the_share_at_high_risk():
    body = [
        evidence("a", participants=60, bias=BiasConcern.HIGH),
        evidence("b", participants=40, bias=BiasConcern.LOW),
    ]
    assert "60% of the participants" in suggested_ratings(body)[Domain.RISK_OF_BIAS].reason


@pytest.mark.parametrize(
    ("body", "silent", "expected"),
    [
        ([{"funding": Funding.INDUSTRY, "participants": 40}], [], Concern.SERIOUS),
        ([{"funding": Funding.INDUSTRY, "participants": 4000}], [], Concern.NOT_SERIOUS),
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


@pytest.mark.parametrize(
    ("design", "bias", "level"),
    [
        (Design.RANDOMISED_TRIAL, "low", 1),
        (Design.RANDOMISED_TRIAL, "unknown", 2),
        (Design.COHORT, "low", 2),
        (Design.CASE_SERIES, "low", 3),
        (Design.ANIMAL, "low", 3),
        (Design.LABEL, "low", None),
    ],
)
def test_sort_level_of_a_study(design, bias, level):
    assert study_level(design, BiasConcern(bias)) == level
