"""What is recorded of a study and its finding, as an effect that can be pooled with others."""

import math

from review.model.records import Finding, Study
from review.model.vocabulary import Measure
from review.synthesis.effects import Effect
from review.synthesis.numerics import normal_quantile
from review.synthesis.poolable import Comparator, Described

POOLED = frozenset(
    {
        Measure.MEAN_DIFFERENCE,
        Measure.STANDARDISED_MEAN_DIFFERENCE,
        Measure.RISK_RATIO,
        Measure.ODDS_RATIO,
        Measure.HAZARD_RATIO,
        Measure.RATE_RATIO,
        Measure.RISK_DIFFERENCE,
        Measure.FOLD_CHANGE,
        Measure.CHANGE,
    }
)
"""Measures that are pooled as they stand or as logarithms, weighted by the inverse of their variance."""
QUANTILE = normal_quantile(0.975)
"""Intervals that were read are taken as 95 per cent intervals of the normal distribution."""

LARGEST_LOGARITHM = 700.0
"""Of a ratio; that of a larger one is too large for a float."""


def described(study: Study, finding: Finding) -> Described | None:
    """The effect with what must be known of its study; None where measure, unit or spread lack.

    The variance comes from the interval, or from the standard deviation and the number of people of a
    change within one group. The effect of a ratio is its logarithm.
    """
    spread = _effect_and_variance(finding)
    if finding.measure is None or spread is None:
        return None
    try:
        return Described(
            effect=Effect(study.study, *spread),
            product=study.intervention,
            comparison=_comparison(study, finding),
            outcome=finding.outcome,
            measure=finding.measure,
            unit=finding.unit or "",
        )
    except ValueError:  # no unit, or no width: such an effect stands alone
        return None


def back_transformed(measure: Measure, value: float) -> float:
    """A pooled value as people read it: a ratio from its logarithm, others as they are."""
    return math.exp(min(value, LARGEST_LOGARITHM)) if measure.is_ratio else value


def _comparison(study: Study, finding: Finding) -> Comparator:
    if finding.measure is Measure.CHANGE:
        return Comparator.BEFORE_AFTER
    has_comparison = study.design.is_randomised or study.design.is_observational
    return Comparator.CONTROLLED if has_comparison else Comparator.NONE


def _effect_and_variance(finding: Finding) -> tuple[float, float] | None:
    if finding.measure not in POOLED or finding.estimate is None:
        return None
    if finding.ci_low is not None and finding.ci_high is not None:
        numbers = [float(n) for n in (finding.estimate, finding.ci_low, finding.ci_high)]
        if finding.measure.is_ratio and min(numbers) <= 0:
            return None
        effect, low, high = (math.log(n) for n in numbers) if finding.measure.is_ratio else numbers
        return effect, ((high - low) / (2 * QUANTILE)) ** 2
    if finding.measure is Measure.CHANGE and finding.sd is not None and finding.n_intervention:
        return float(finding.estimate), float(finding.sd) ** 2 / finding.n_intervention
    return None
