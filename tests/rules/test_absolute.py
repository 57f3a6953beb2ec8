"""People per 1,000: the worked examples of the Cochrane Handbook, and what must hold of all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.vocabulary import Measure
from review.synthesis.absolute import absolute

# Cochrane Handbook 5.1: 12.5.4.2, 12.5.4.3 and 12.5.4; the hazard ratio as others found MAGICapp to
# compute it, with the limits 0.35 and 1.05.
EXAMPLES = [
    (Measure.RISK_RATIO, 0.92, 300, -24),
    (Measure.ODDS_RATIO, 0.73, 300, -62),
    (Measure.RISK_DIFFERENCE, -0.133, 300, -133),
    (Measure.HAZARD_RATIO, 0.60, 650, -183),
    (Measure.HAZARD_RATIO, 0.35, 650, -343),
    (Measure.HAZARD_RATIO, 1.05, 650, 18),
]


@pytest.mark.parametrize(("measure", "effect", "baseline", "more"), EXAMPLES)
def test_published_examples(measure, effect, baseline, more):
    people = absolute(measure, effect, (effect, effect), baseline)
    assert round(people.difference) == more
    assert people.without == baseline
    assert people.with_treatment == pytest.approx(baseline + people.difference)


def test_the_limits_follow_from_those_of_the_effect():
    people = absolute(Measure.RISK_RATIO, 0.5, (0.25, 1.5), 200)
    assert people.with_ci == pytest.approx((50, 300))
    assert people.difference_ci == pytest.approx((-150, 100))
    assert people.difference == pytest.approx(-100)


def test_no_more_than_everybody_has_an_outcome_and_no_fewer_than_nobody():
    assert absolute(Measure.RISK_RATIO, 3, (2, 4), 600).with_treatment == 1000
    assert absolute(Measure.RISK_DIFFERENCE, -0.5, (-0.6, -0.4), 100).with_treatment == 0


@pytest.mark.parametrize("measure", sorted(set(Measure) - {m for m, *_ in EXAMPLES}))
def test_of_other_measures_no_risk_follows(measure):
    assert absolute(measure, 1.0, (0.5, 2.0), 100) is None


@pytest.mark.parametrize("baseline", [-0.1, 1000.1])
def test_a_risk_that_cannot_be_is_refused(baseline):
    with pytest.raises(ValueError, match="of 1,000 people"):
        absolute(Measure.RISK_RATIO, 1.0, (0.5, 2.0), baseline)


@pytest.mark.parametrize("baseline", [0, 1000])
def test_the_ends_are_risks(baseline):
    assert absolute(Measure.RISK_RATIO, 1.0, (1.0, 1.0), baseline).difference == 0


@given(
    st.sampled_from([Measure.RISK_RATIO, Measure.ODDS_RATIO, Measure.HAZARD_RATIO]),
    st.floats(0.01, 20),
    st.floats(1, 999),
)
def test_no_effect_changes_nothing_and_a_ratio_above_one_means_more(measure, ratio, baseline):
    assert absolute(measure, 1.0, (1.0, 1.0), baseline).difference == pytest.approx(0, abs=1e-9)
    people = absolute(measure, ratio, (ratio, ratio), baseline)
    assert 0 <= people.with_treatment <= 1000
    assert (people.difference >= -1e-9) if ratio >= 1 else (people.difference <= 1e-9)


@given(st.floats(0.05, 0.95), st.floats(0.1, 0.9))
def test_where_risks_are_small_odds_and_hazard_ratios_are_near_the_risk_ratio(ratio, share):
    rare = 5 * share
    risk = absolute(Measure.RISK_RATIO, ratio, (ratio, ratio), rare).with_treatment
    for measure in (Measure.ODDS_RATIO, Measure.HAZARD_RATIO):
        assert absolute(measure, ratio, (ratio, ratio), rare).with_treatment == pytest.approx(
            risk, rel=0.02
        )
