"""How much information a precise answer needs: optimal information size, and intervals too wide for it.

Sources: GRADE guidelines 6 (information size as that of one well-powered trial); GRADE guidance 34
(ratio of the interval's limits); Core GRADE 2 (alpha 0.05, power 0.80, relative risk reduction of 20
or 25%).
"""

import math

from review.model.vocabulary import Measure

Z_ALPHA = 1.959963984540054
"""Two-sided 5% of the normal distribution."""
Z_BETA = 0.8416212335729143
"""Power of 80%."""

WIDEST_RATIO = {Measure.ODDS_RATIO: 2.5, Measure.HAZARD_RATIO: 2.5, Measure.RISK_RATIO: 3.0}
"""Upper over lower limit from which information is far too small (guidance 34).

Hazard ratios have no figure of their own; taking that of odds ratios is our convention.
"""


def information_size_binary(control_risk: float, relative_reduction: float) -> int:
    """Participants in both arms together that a trial needs to show a relative risk reduction.

    Risks are shares between 0 and 1. Raises ValueError outside that range.
    """
    if not 0 < control_risk < 1 or not 0 < relative_reduction < 1:
        raise ValueError("risk and relative reduction lie between 0 and 1")
    treated = control_risk * (1 - relative_reduction)
    variance = control_risk * (1 - control_risk) + treated * (1 - treated)
    per_arm = (Z_ALPHA + Z_BETA) ** 2 * variance / (control_risk - treated) ** 2
    return 2 * math.ceil(per_arm)


def information_size_continuous(standardised_difference: float) -> int:
    """Participants in both arms together that a trial needs to show a difference in SD units.

    Raises ValueError when the difference is not positive.
    """
    if standardised_difference <= 0:
        raise ValueError("the standardised difference must be positive")
    return 2 * math.ceil(2 * (Z_ALPHA + Z_BETA) ** 2 / standardised_difference**2)


def is_far_too_wide(measure: Measure, ci_low: float, ci_high: float) -> bool:
    """Whether the ratio of an interval's limits alone shows that information is far too small.

    Only ratio measures with positive limits can tell; anything else gives False.
    """
    widest = WIDEST_RATIO.get(measure)
    if widest is None or ci_low <= 0:
        return False
    return ci_high / ci_low > widest
