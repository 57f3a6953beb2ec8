"""From what effect on it matters, and an effect people_of_each in the unit in which that is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.model.vocabulary import Measure, Target
from review.synthesis.absolute import PER, Absolute, absolute

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

    def in_unit(
        self, measure: Measure, unit: str | None, effects: Sequence[float]
    ) -> tuple[float, ...] | None:
        """Effects in the unit of the sizes; None where there are none, or they cannot be put so."""
        if not self.sizes:
            return None
        if self.unit == PER_1000:
            people_of_each = [self._per_1000(measure, effect) for effect in effects]
            people = tuple(number for number in people_of_each if number is not None)
            return people or None
        own = STANDARD_DEVIATIONS if measure is Measure.STANDARDISED_MEAN_DIFFERENCE else unit
        is_own = measure in WITH_UNIT or measure is Measure.STANDARDISED_MEAN_DIFFERENCE
        return tuple(effects) if is_own and own == self.unit else None

    def ratio(self, measure: Measure, effect: float) -> float | None:
        """The risk with the treatment over that without it; None without a baseline risk."""
        people = self._people(measure, effect)
        return people.with_treatment / people.without if people and people.without else None

    def _per_1000(self, measure: Measure, effect: float) -> float | None:
        people = self._people(measure, effect)
        if people is None:
            return PER * effect if measure is Measure.RISK_DIFFERENCE else None
        return people.difference

    def _people(self, measure: Measure, effect: float) -> Absolute | None:
        if self.baseline_risk is None:
            return None
        return absolute(measure, effect, (effect, effect), PER * self.baseline_risk)
