"""From a relative effect to people per 1,000, at a stated risk without the treatment.

Cochrane Handbook 5.1, 12.5.4.2 (risk ratio), 12.5.4.3 (odds ratio) and 12.5.4 (risk difference): the
risk with the treatment follows from the effect and an assumed risk without it. Of a hazard ratio it
follows by the survival, 1 - (1 - risk) ** HR, as MAGICapp computes it (read second-hand). The limits
follow from those of the interval; how unsure the assumed risk itself is does not enter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.model.vocabulary import Measure

PER = 1_000
"""The people that an absolute effect is told for."""
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Absolute:
    """People with the outcome per 1,000: without the treatment, with it, and how many more with it.

    `difference` is below 0 where they are fewer; the intervals are those of the effect.
    """

    without: float
    with_treatment: float
    with_ci: Interval
    difference: float
    difference_ci: Interval


def absolute(measure: Measure, effect: float, ci: Interval, baseline: float) -> Absolute | None:
    """What an effect means for 1,000 people of whom `baseline` have the outcome without the treatment.

    None for measures of which no risk follows, such as differences of means. Raises ValueError for a
    baseline outside 0 to 1,000.
    """
    if not 0 <= baseline <= PER:
        raise ValueError(f"of 1,000 people {baseline:g} cannot have an outcome")
    risk_with = _RISKS.get(measure)
    if risk_with is None:
        return None
    point, low, high = (PER * _possible(risk_with(baseline / PER, x)) for x in (effect, *ci))
    return Absolute(
        without=baseline,
        with_treatment=point,
        with_ci=(low, high),
        difference=point - baseline,
        difference_ci=(low - baseline, high - baseline),
    )


def _by_odds(risk: float, ratio: float) -> float:
    return ratio * risk / (1 - risk + ratio * risk)


_RISKS: Mapping[Measure, Callable[[float, float], float]] = {
    Measure.RISK_RATIO: lambda risk, ratio: risk * ratio,
    Measure.ODDS_RATIO: _by_odds,
    Measure.HAZARD_RATIO: lambda risk, ratio: 1 - (1 - risk) ** ratio,
    Measure.RISK_DIFFERENCE: lambda risk, difference: risk + difference,
}


def _possible(risk: float) -> float:
    # A ratio found where few have the outcome can give more than everybody where many do.
    return min(1.0, max(0.0, risk))
