"""From what effect on it matters, and an effect told in the unit in which that is recorded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.model.vocabulary import Measure, Target

PER_1000 = "per 1,000"
"""The unit of thresholds for events: how many more or fewer people of a thousand have them."""
STANDARD_DEVIATIONS = "SD"
"""The unit of thresholds for standardised differences."""
UNITS = {
    Measure.RISK_DIFFERENCE: PER_1000,
    Measure.STANDARDISED_MEAN_DIFFERENCE: STANDARD_DEVIATIONS,
}
"""The unit of thresholds for measures that have no unit of their own."""
WITH_UNIT = frozenset({Measure.MEAN_DIFFERENCE, Measure.CHANGE})
"""Differences in the unit of the outcome."""
RISK_WITH_TREATMENT: Mapping[Measure, Callable[[float, float], float]] = {
    Measure.RISK_RATIO: lambda risk, ratio: risk * ratio,
    Measure.ODDS_RATIO: lambda risk, ratio: ratio * risk / (1 - risk + ratio * risk),
    Measure.HAZARD_RATIO: lambda risk, ratio: 1 - (1 - risk) ** ratio,
    Measure.RISK_DIFFERENCE: lambda risk, difference: risk + difference,
}
"""The risk with the treatment, by that without it and the effect (Cochrane Handbook, 15.4.4)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From what effect on it matters to those concerned, and against what certainty is rated.

    The sizes are distances from no effect, in `unit`: `PER_1000` for events, `STANDARD_DEVIATIONS` for a
    standardised difference, for a measurement its own. `baseline_risk` is the share of people who have
    the event without the treatment.
    """

    unit: str | None = None
    small: float | None = None
    moderate: float | None = None
    large: float | None = None
    baseline_risk: float | None = None
    target: Target = Target.IMPORTANT_DIFFERENCE

    @property
    def sizes(self) -> tuple[float, ...]:
        """The sizes that are known, the smallest first."""
        return tuple(size for size in (self.small, self.moderate, self.large) if size is not None)

    @property
    def cuts(self) -> tuple[float, ...]:
        """The sizes on both sides of no effect, from the lowest."""
        return tuple(sorted(side * size for size in self.sizes for side in (-1, 1)))

    def in_unit(self, measure: Measure, unit: str | None, effect: float) -> float | None:
        """An effect in the unit of the sizes; None where there are none, or it cannot be put so."""
        if not self.sizes:
            return None
        if measure in RISK_WITH_TREATMENT:
            return self._per_1000(measure, effect) if self.unit == PER_1000 else None
        own = STANDARD_DEVIATIONS if measure is Measure.STANDARDISED_MEAN_DIFFERENCE else unit
        is_own = measure in WITH_UNIT or measure is Measure.STANDARDISED_MEAN_DIFFERENCE
        return effect if is_own and own == self.unit else None

    def _per_1000(self, measure: Measure, effect: float) -> float | None:
        if self.baseline_risk is None:
            return 1_000 * effect if measure is Measure.RISK_DIFFERENCE else None
        treated = RISK_WITH_TREATMENT[measure](self.baseline_risk, effect)
        # A ratio found where few have the event can give more than everybody where many do.
        return 1_000 * (min(1.0, max(0.0, treated)) - self.baseline_risk)
