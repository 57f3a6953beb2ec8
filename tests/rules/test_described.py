"""What is recorded of a finding, as an effect to be pooled, and back."""

import math

import pytest
from sample_body import item

from review.model.vocabulary import Design, Measure
from review.synthesis import alike, back_transformed, described, pooled_if_alike
from review.synthesis.described import POOLED
from review.synthesis.poolable import Comparator

INTERVAL = {"estimate": 2, "ci_low": 1, "ci_high": 4}


def read(design=Design.RANDOMISED_TRIAL, number=1, **fields):
    """The effect of a finding with these fields, in a study of this design."""
    made = item(number, design, **{"unit": "points", **fields})
    return described(made.study, made.finding)


def test_a_difference_is_taken_as_it_stands():
    found = read(measure=Measure.MEAN_DIFFERENCE, **INTERVAL)
    assert found.effect.yi == 2
    assert found.effect.vi == pytest.approx((3 / (2 * 1.959963984540054)) ** 2)
    assert (found.comparison, found.unit) == (Comparator.CONTROLLED, "points")


@pytest.mark.parametrize("measure", [m for m in Measure if m.is_ratio])
def test_a_ratio_is_taken_as_its_logarithm_and_read_back(measure):
    found = read(measure=measure, **INTERVAL)
    assert found.effect.yi == pytest.approx(math.log(2))
    assert found.effect.ci == pytest.approx((math.log(1), math.log(4)))
    assert [back_transformed(measure, end) for end in found.effect.ci] == pytest.approx([1, 4])
    assert read(measure=measure, estimate=2, ci_low=0, ci_high=4) is None


def test_a_difference_is_read_back_as_it_is_and_a_huge_ratio_as_a_number():
    assert back_transformed(Measure.MEAN_DIFFERENCE, -3.5) == -3.5
    assert back_transformed(Measure.RISK_RATIO, 699) == math.exp(699)
    assert back_transformed(Measure.RISK_RATIO, 5000) == math.exp(700)


def test_a_change_comes_from_its_deviation_and_has_no_comparison():
    found = read(measure=Measure.CHANGE, estimate=35, sd=6, n_intervention=9)
    assert (found.effect.yi, found.effect.vi) == (35, 4)
    assert found.comparison is Comparator.BEFORE_AFTER
    for lacking in ({"sd": None}, {"n_intervention": None}, {"estimate": None}):
        fields = {"estimate": 35, "sd": 6, "n_intervention": 9, **lacking}
        assert read(measure=Measure.CHANGE, **fields) is None
    assert read(measure=Measure.MEAN_DIFFERENCE, estimate=35, sd=6, n_intervention=9) is None


@pytest.mark.parametrize("measure", [None, *(m for m in Measure if m not in POOLED)])
def test_what_is_not_weighted_by_a_variance_is_not_described(measure):
    assert read(measure=measure, **INTERVAL) is None


def test_what_lacks_unit_spread_or_estimate_is_not_described():
    mean = Measure.MEAN_DIFFERENCE
    assert read(measure=mean, unit=None, **INTERVAL) is None
    assert read(measure=mean, estimate=2) is None
    assert read(measure=mean, estimate=None, ci_low=1, ci_high=4) is None
    assert read(measure=mean, estimate=2, ci_low=2, ci_high=2) is None
    assert read(measure=Measure.RISK_RATIO, unit=None, **INTERVAL).unit == ""


@pytest.mark.parametrize(
    ("design", "comparison"),
    [
        (Design.RANDOMISED_TRIAL, Comparator.CONTROLLED),
        (Design.COHORT, Comparator.CONTROLLED),
        (Design.CASE_SERIES, Comparator.NONE),
    ],
)
def test_the_design_tells_whether_there_was_a_comparison(design, comparison):
    assert read(design, measure=Measure.RISK_RATIO, **INTERVAL).comparison is comparison


def test_studies_that_are_alike_are_grouped_in_their_order():
    ratio, mean = {"measure": Measure.RISK_RATIO}, {"measure": Measure.MEAN_DIFFERENCE}
    first, other, second = (
        read(number=1, **ratio, **INTERVAL),
        read(number=2, **mean, **INTERVAL),
        read(number=3, **ratio, **INTERVAL),
    )
    assert alike([other, first, second]) == ((first, second),)
    assert pooled_if_alike((first, second)).k == 2
    another = read(number=4, **mean, **INTERVAL)
    assert alike([other, first, second, another]) == ((other, another), (first, second))
    assert not alike([other])
    # Two findings of one study are not independent.
    assert not alike([first, second, first])
