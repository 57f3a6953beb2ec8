"""Whether studies may be pooled at all: a mean of unlike things has no meaning.

Cochrane Handbook, chapters 9 and 10: pool what is alike in intervention, comparison and outcome.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.model.vocabulary import Measure
from review.synthesis.effects import Effect
from review.synthesis.heterogeneity import Method
from review.synthesis.pooling import IntervalMethod, Pooled, Prediction, pooled

_WITH_UNIT = frozenset({Measure.MEAN_DIFFERENCE, Measure.CHANGE, Measure.MEAN, Measure.MEDIAN})


class Comparator(StrEnum):
    """With what the treated people were compared."""

    CONTROLLED = "controlled"
    BEFORE_AFTER = "before-after"
    NONE = "none"


class Aspect(StrEnum):
    """In what studies can differ so that they should not be pooled."""

    PRODUCT = "product"
    COMPARISON = "comparison"
    OUTCOME = "outcome"
    MEASURE = "measure"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Described:
    """An effect with what must be known of its study before it is pooled with others.

    The effect of a ratio is its logarithm, that of a proportion its logit. `unit` is that of the outcome
    as measured, such as hairs/cm²; it counts only where the effect has that unit, not for ratios,
    proportions and standardised differences.
    """

    effect: Effect
    product: str
    comparison: Comparator
    outcome: str
    measure: Measure
    unit: str = ""

    def __post_init__(self) -> None:
        if not (self.product.strip() and self.outcome.strip()):
            raise ValueError(f"{self.effect.study}: product and outcome must be named")
        if self.measure in _WITH_UNIT and not self.unit.strip():
            raise ValueError(f"{self.effect.study}: a {self.measure} needs a unit")

    def value(self, aspect: Aspect) -> str:
        """What the study says about one aspect; nothing for the unit of an effect that has none."""
        if aspect is Aspect.UNIT:
            return self.unit if self.measure in _WITH_UNIT else ""
        return str(getattr(self, aspect.value))


def alike(studies: Iterable[Described]) -> tuple[tuple[Described, ...], ...]:
    """The groups of at least two that differ in no aspect, in the order of their first study.

    A group that holds two effects of one study is left out: they are not independent.
    """
    groups: dict[tuple[str, ...], list[Described]] = {}
    for study in studies:
        groups.setdefault(tuple(study.value(aspect) for aspect in Aspect), []).append(study)
    return tuple(
        tuple(group)
        for group in groups.values()
        if len({study.effect.study for study in group}) == len(group) > 1
    )


def reasons_against_pooling(studies: Sequence[Described]) -> dict[Aspect, str]:
    """Each aspect in which the studies differ, with the values and the studies that have them."""
    reasons = {}
    for aspect in Aspect:
        named: dict[str, list[str]] = {}
        for study in studies:
            named.setdefault(study.value(aspect), []).append(study.effect.study)
        if len(named) > 1:
            parts = (
                f"{value or 'none'} ({', '.join(sorted(who))})" for value, who in sorted(named.items())
            )
            reasons[aspect] = f"different {aspect}: {'; '.join(parts)}"
    return reasons


def pooled_if_alike(
    studies: Sequence[Described],
    method: Method = Method.REML,
    *,
    interval: IntervalMethod = IntervalMethod.CORRECTED,
    prediction: Prediction = Prediction.K_MINUS_2,
    despite: Mapping[Aspect, str] | None = None,
) -> Pooled:
    """The pooled effect of studies that are alike, or that a reviewer pools for a stated reason.

    `despite` gives the reason for each aspect in which the studies may differ. Raises ValueError with
    every difference that has none, and as `pooled` does.
    """
    allowed = {aspect for aspect, reason in (despite or {}).items() if reason.strip()}
    reasons = reasons_against_pooling(studies)
    refused = [reason for aspect, reason in reasons.items() if aspect not in allowed]
    if refused:
        raise ValueError(f"these studies should not be pooled: {'. '.join(refused)}")
    effects = [study.effect for study in studies]
    return pooled(effects, method, interval=interval, prediction=prediction)
