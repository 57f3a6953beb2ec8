"""How much information an effect needs, and intervals too wide for theirs to be enough.

Sources: GRADE guidance 34 and Core GRADE 2 (the ratio of an interval's limits, the optimal information
size); Murad and others 2017 (400 events or participants where nothing is pooled).
"""

import math

from review.model.vocabulary import Measure

WIDEST_RATIO = {
    Measure.ODDS_RATIO: 2.5,
    Measure.HAZARD_RATIO: 2.5,
    Measure.RISK_RATIO: 3.0,
    Measure.RATE_RATIO: 3.0,
}
"""Upper over lower limit from which information is far too small (guidance 34).

The guidance has figures for risk and odds ratios; taking that of odds ratios for hazard ratios, and that
of risk ratios for rate ratios, is our convention.
"""
FAR_TOO_SMALL = 0.30
"""Share of the information size below which two levels are taken (Core GRADE 2, 2025, as digested)."""
EVENTS = 400
"""Events below which a binary outcome is imprecise where no size can be computed (Murad 2017)."""
MODEST_REDUCTION = 0.25
"""The relative reduction that an information size is computed for: 20 to 25 % (Core GRADE 2)."""
ALPHA_AND_BETA = 1.959963984540054 + 0.8416212335729143
"""The normal quantiles of a two-sided 5 % and of 80 % power, added (Core GRADE 2: the usual ones)."""
ROUNDING = 1e-9
"""What rounding may take from a ratio of two printed numbers."""


def is_far_too_wide(measure: Measure, ci_low: float, ci_high: float) -> bool:
    """Whether the ratio of an interval's limits alone shows that information is far too small.

    Only ratio measures with positive limits can tell; anything else gives False.
    """
    widest = WIDEST_RATIO.get(measure)
    if widest is None or ci_low <= 0:
        return False
    return ci_high / ci_low >= widest * (1 - ROUNDING)


def information_size_binary(baseline_risk: float) -> int:
    """The people, in both groups together, that show a modest relative reduction of `baseline_risk`.

    The size of one trial with a two-sided error of 5 % and 80 % power (Core GRADE 2). Raises ValueError
    for a risk that is not between 0 and 1.
    """
    if not 0 < baseline_risk < 1:
        raise ValueError(f"a baseline risk lies between 0 and 1, not at {baseline_risk:g}")
    treated = baseline_risk * (1 - MODEST_REDUCTION)
    variance = baseline_risk * (1 - baseline_risk) + treated * (1 - treated)
    return 2 * math.ceil(ALPHA_AND_BETA**2 * variance / (baseline_risk - treated) ** 2)
