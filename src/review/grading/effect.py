"""The effect that a body speaks with: pooled, or of its largest and most direct study."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.grading.body import people, weighed
from review.grading.rateable import RateableFinding, counted
from review.model.vocabulary import Measure, Stance
from review.synthesis import Effect, pooled

QUANTILE = 1.959963984540054
"""Of the normal distribution at 97.5 per cent: intervals are read as 95 per cent intervals."""
_NOT_POOLED = frozenset({Measure.CLIFF_DELTA, Measure.CORRELATION})
"""Measures whose sampling variance an interval does not give on their own scale."""
LARGE_PART = 0.5
"""Of the weight of a body, or of its largest study: what speaks for a body has to hold so much of it.

Our convention.
"""


@dataclass(frozen=True, slots=True)
class BodyEffect:
    """An effect with its interval on the scale of `measure`, and of which studies it is.

    `weights` are those of the studies pooled, empty where nothing was.
    """

    measure: Measure
    unit: str | None
    point: float
    low: float
    high: float
    words: str
    weights: Mapping[str, float]

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        limits = f"{self.point:.3g} ({self.low:.3g} to {self.high:.3g}){unit}"
        return f"{self.words}: {self.measure.spoken} {limits}"


def effect_of(body: Sequence[RateableFinding]) -> BodyEffect | None:
    """The effect that speaks for a body in which nobody is counted twice; None where none is recorded.

    Pooled (random effects) where studies that carry half of the body measured in one way; else that of
    the largest and most direct study that gives an interval (Murad and others 2017).
    """
    return _pooled(body) or _of_the_largest(body)


def readable(item: RateableFinding) -> bool:
    """Whether it gives an interval of an effect in which its estimate lies."""
    if item.measure is None or item.interval is None or item.design.is_uncontrolled:
        return False
    low, high = item.interval
    if item.measure.is_ratio and low <= 0:
        return False
    return low < high and (item.estimate is None or low <= item.estimate <= high)


def middle(item: RateableFinding) -> float:
    """The estimate of a readable finding, or the middle of its interval on the scale of pooling."""
    assert item.measure is not None, "a readable finding has a measure"
    return _back(item.measure, _on_scale(item)[0])


def most_measured(body: Sequence[RateableFinding]) -> tuple[RateableFinding, ...]:
    """One readable finding a study, of the measure and unit in which most of the weight was measured.

    Of several findings of a study the most direct is taken.
    """
    scales: dict[tuple[Measure | None, str | None], dict[str, RateableFinding]] = {}
    for item in sorted(filter(readable, body), key=lambda item: item.off):
        scales.setdefault((item.measure, item.unit), {}).setdefault(item.study, item)
    if not scales:
        return ()
    weight = weighed(body)
    best = max(scales.values(), key=lambda same: (weight.share(lambda i: i.study in same), len(same)))
    return tuple(best[study] for study in sorted(best))


def _pooled(body: Sequence[RateableFinding]) -> BodyEffect | None:
    same = most_measured(body)
    studies = {item.study for item in same}
    if len(same) < 2 or weighed(body).share(lambda i: i.study in studies) < LARGE_PART:
        return None
    first, *_ = same
    measure = first.measure
    if measure is None or measure in _NOT_POOLED or not _are_turned_alike(same):
        return None
    effects = [_effect(item) for item in same]
    result = pooled(effects)
    low, high = result.ci
    if len(same) == 2:
        # With one degree of freedom the t of Hartung and Knapp is 12.7: such an interval tells nothing.
        low, high = (result.estimate + side * QUANTILE * result.se for side in (-1, 1))
    weights = {effect.study: 1 / (effect.vi + result.tau2) for effect in effects}
    point, low, high = (_back(measure, x) for x in (result.estimate, low, high))
    words = f"Pooled over {len(same)} studies"
    return BodyEffect(measure, first.unit, point, low, high, words, weights)


def _effect(item: RateableFinding) -> Effect:
    point, low, high = _on_scale(item)
    return Effect(item.study, point, ((high - low) / (2 * QUANTILE)) ** 2)


def _on_scale(item: RateableFinding) -> tuple[float, float, float]:
    """Estimate and limits as they are pooled; without an estimate the middle of the interval."""
    assert item.measure is not None, "a readable finding has a measure"
    assert item.interval is not None, "a readable finding has an interval"
    low, high = (_on_scale_of(item.measure, limit) for limit in item.interval)
    point = (low + high) / 2 if item.estimate is None else _on_scale_of(item.measure, item.estimate)
    return point, low, high


def _on_scale_of(measure: Measure, value: float) -> float:
    return math.log(value) if measure.is_ratio else value


def _back(measure: Measure, value: float) -> float:
    return math.exp(value) if measure.is_ratio else value


def _are_turned_alike(same: Sequence[RateableFinding]) -> bool:
    """Whether an effect above no effect means the same in all: in some, more can be worse."""
    signs = set()
    for item in same:
        _, low, high = _on_scale(item)
        if item.stance in _SIGN and not low <= 0 <= high:
            signs.add(_SIGN[item.stance] * math.copysign(1, low))
    return len(signs) < 2


_SIGN = {Stance.SUPPORTS: 1, Stance.CONTRADICTS: -1}


def _of_the_largest(body: Sequence[RateableFinding]) -> BodyEffect | None:
    """That of the most direct among the large studies, those with half the people of the largest."""
    sizes = {item.study: item.participants or 0 for item in body}
    large = [i for i in body if readable(i) and sizes[i.study] >= LARGE_PART * max(sizes.values())]
    if not large:
        return None
    item = min(large, key=lambda i: (i.off, -sizes[i.study], i.study))
    assert item.measure is not None, "a readable finding has a measure"
    point, low, high = (_back(item.measure, x) for x in _on_scale(item))
    kind = "review" if item.design.is_systematic_review else "study"
    alone = len(sizes) == 1
    words = f"One {kind}" if alone else f"Nothing can be pooled; largest and most direct, {item.study}"
    return BodyEffect(item.measure, item.unit, point, low, high, words, {})


def people_of(body: Sequence[RateableFinding]) -> str:
    """How many people in how many studies, and how many studies do not say."""
    sizes = {item.study: item.participants for item in body}
    known = sum(size is not None for size in sizes.values())
    total = f"{people(body) or 0} participants in {counted(known, 'study', 'studies')}"
    return total + (f", {len(sizes) - known} more without a number" if known < len(sizes) else "")
