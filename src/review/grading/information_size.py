"""Intervals too wide for the information in them to be enough.

Source: GRADE guidance 34 (ratio of the interval's limits).
"""

from review.model.vocabulary import Measure

WIDEST_RATIO = {Measure.ODDS_RATIO: 2.5, Measure.HAZARD_RATIO: 2.5, Measure.RISK_RATIO: 3.0}
"""Upper over lower limit from which information is far too small (guidance 34).

Hazard ratios have no figure of their own; taking that of odds ratios is our convention.
"""


def is_far_too_wide(measure: Measure, ci_low: float, ci_high: float) -> bool:
    """Whether the ratio of an interval's limits alone shows that information is far too small.

    Only ratio measures with positive limits can tell; anything else gives False.
    """
    widest = WIDEST_RATIO.get(measure)
    if widest is None or ci_low <= 0:
        return False
    return ci_high / ci_low > widest
