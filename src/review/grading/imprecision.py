"""Imprecision of a body: its interval against thresholds, and information where the effect is large.

GRADE guidance 34 and 35 and Core GRADE 2: the interval, that of the absolute effect where it is known,
is looked at first, one level for each threshold that it crosses. Whether there is enough information is
asked only of an effect that crosses none and is implausibly large. Murad and others 2017 where there is
no interval.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from review.grading.body import counted_once, people
from review.grading.effect import QUANTILE, BodyEffect, effect_of, people_of
from review.grading.information_size import (
    EVENTS,
    FAR_TOO_SMALL,
    ROUNDING,
    information_size_binary,
    is_far_too_wide,
)
from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.thresholds import PER_1000, WITH_UNIT, Thresholds
from review.model.vocabulary import Concern, Measure, Stance, Target

IMPLAUSIBLE_RATIO = 0.70
"""A ratio, or its inverse, from which an effect is implausibly large.

Core GRADE 2: a relative reduction of certainly over 40, possibly over 30 %; the stricter is taken.
"""
LARGE = {Measure.STANDARDISED_MEAN_DIFFERENCE: 0.8, Measure.CLIFF_DELTA: 0.474}
"""The same of effects without a unit: Cohen's large effect, and the delta of the same overlap.

Core GRADE 2 gives no figure for them, so this is our convention (Romano and others 2006 for the delta).
"""
APPRECIABLE = {
    Measure.RISK_RATIO: (0.75, 1.25),
    Measure.ODDS_RATIO: (0.75, 1.25),
    Measure.HAZARD_RATIO: (0.75, 1.25),
    Measure.RATE_RATIO: (0.75, 1.25),
    Measure.STANDARDISED_MEAN_DIFFERENCE: (-0.5, 0.5),
}
"""Between which an effect is not appreciable, where no threshold is recorded.

GRADE guidelines 6 gives the figures of the risk ratio as a rough guide; to take them for other ratios,
and half a standard deviation for standardised differences, is our convention.
"""
_EVENTS_COUNTED = frozenset(
    {
        Measure.RISK_RATIO,
        Measure.ODDS_RATIO,
        Measure.HAZARD_RATIO,
        Measure.RATE_RATIO,
        Measure.RISK_DIFFERENCE,
        Measure.PROPORTION,
    }
)
_RATIOS_OF_EVENTS = frozenset(measure for measure in _EVENTS_COUNTED if measure.is_ratio)


def imprecision(
    body: Sequence[RateableFinding], thresholds: Thresholds, information_size: int
) -> SuggestedRating:
    """The suggested rating of a body, with the effect and the thresholds that it rests on."""
    if all(item.design.is_uncontrolled for item in body):
        reason = "No comparison group, so no interval for an effect: not assessable."
        return SuggestedRating(Concern.VERY_SERIOUS, reason)
    once = counted_once(body)
    effect = effect_of(once.body)
    if effect is None:
        concern, reason = _by_people(once.body, information_size)
    else:
        concern, reason = _by_interval(effect, once.body, thresholds, information_size)
    return SuggestedRating(concern, reason + once.caution)


def _by_people(body: Sequence[RateableFinding], needed: int) -> tuple[Concern, str]:
    """Where no interval speaks: by people, and by events where these are what was counted."""
    size, total = people_of(body), people(body)
    if total is None:
        return Concern.SERIOUS, "The number of participants is not reported."
    # A study without a number might fill the gap, so its body is never called far too small.
    is_whole = all(item.participants is not None for item in body)
    if total < FAR_TOO_SMALL * needed and is_whole:
        return Concern.VERY_SERIOUS, f"{size}: under {FAR_TOO_SMALL:.0%} of {needed}."
    if total < needed:
        return Concern.SERIOUS, f"{size}: fewer than {needed}."
    events = _events(body)
    if events is not None and events < EVENTS and any(i.measure in _EVENTS_COUNTED for i in body):
        return Concern.SERIOUS, f"{size}, but {events} events are fewer than {EVENTS}."
    return Concern.NOT_SERIOUS, f"{size}."


def _events(body: Sequence[RateableFinding]) -> int | None:
    """The events of all studies; None unless every one reports its own."""
    events = {item.study: item.events for item in body}
    known = [number for number in events.values() if number is not None]
    return sum(known) if len(known) == len(events) else None


@dataclass(frozen=True, slots=True)
class _Compared:
    """An interval on the scale on which it is held against no effect and against what matters.

    `zone` holds the effects that do not matter, None where nobody recorded it and there is no rough
    guide; `cuts` are the recorded thresholds, on both sides of no effect.
    """

    low: float
    high: float
    no_effect: float
    zone: tuple[float, float] | None
    cuts: tuple[float, ...]
    words: str

    def crosses(self, cut: float) -> bool:
        """Whether a threshold lies inside the interval; one that it only touches does not."""
        return self.low < cut < self.high

    @property
    def is_all_unimportant(self) -> bool:
        """Whether everything that the interval leaves open does not matter."""
        return self.zone is not None and self.zone[0] <= self.low and self.high <= self.zone[1]


def _by_interval(
    effect: BodyEffect, body: Sequence[RateableFinding], thresholds: Thresholds, needed: int
) -> tuple[Concern, str]:
    compared = _on_thresholds(effect, thresholds) or _on_own_scale(effect)
    levels, crossed = _crossed(compared, thresholds, is_denied=_is_denied(body))
    if levels and not compared.cuts and is_far_too_wide(effect.measure, effect.low, effect.high):
        levels, crossed = 2, f"{crossed}, and its limits lie too far apart"
    if levels:
        return list(Concern)[levels], f"{compared.words}: it includes {crossed}."
    if compared.crosses(compared.no_effect) or (compared.cuts and compared.is_all_unimportant):
        return Concern.NOT_SERIOUS, f"{compared.words}: it includes no effect that matters."
    return _by_information(effect, compared.words, body, thresholds, needed)


def _is_denied(body: Sequence[RateableFinding]) -> bool:
    """Whether the body is rated for showing little or no effect: nothing in it says there is one."""
    return all(item.stance is Stance.CONTRADICTS for item in body)


def _crossed(compared: _Compared, thresholds: Thresholds, *, is_denied: bool) -> tuple[int, str]:
    """By how many levels an interval is imprecise, and what it includes (GRADE guidance 34 and 35)."""
    if compared.cuts and thresholds.target is Target.IMPORTANT_DIFFERENCE:
        inside = [f"{cut:g}" for cut in compared.cuts if compared.crosses(cut)]
        return min(len(inside), 3), f"thresholds of what matters ({', '.join(inside)})"
    if not compared.crosses(compared.no_effect):
        return 0, ""
    if compared.zone is None:
        return 1, "no effect; from where on it matters is not recorded"
    inside = [f"{cut:g}" for cut in compared.zone if compared.crosses(cut)]
    if len(inside) == 2:
        return 2, f"no effect, appreciable benefit and appreciable harm ({' and '.join(inside)})"
    if is_denied:
        return len(inside), f"an effect that matters ({', '.join(inside)})"
    return 1, "no effect"


def _on_own_scale(effect: BodyEffect) -> _Compared:
    no_effect = effect.measure.no_effect
    assert no_effect is not None, "what speaks for a body is an effect"
    zone = APPRECIABLE.get(effect.measure)
    return _Compared(effect.low, effect.high, no_effect, zone, (), str(effect))


def _on_thresholds(effect: BodyEffect, thresholds: Thresholds) -> _Compared | None:
    """The effect in the unit of the recorded thresholds; None where it cannot be put so."""
    values = (effect.point, effect.low, effect.high)
    in_unit = thresholds.in_unit(effect.measure, effect.unit, values)
    if in_unit is None:
        return None
    point, low, high = in_unit
    words = str(effect)
    if thresholds.unit == PER_1000:
        words += f", that is {point:.3g} ({low:.3g} to {high:.3g}) {PER_1000}"
    zone = (-thresholds.sizes[0], thresholds.sizes[0])
    return _Compared(low, high, 0.0, zone, thresholds.cuts, words)


class _Size(Enum):
    """How an effect compares with what is plausible."""

    PLAUSIBLE = auto()
    IMPLAUSIBLE = auto()
    UNSURE = auto()


def _size(effect: BodyEffect, body: Sequence[RateableFinding], thresholds: Thresholds) -> _Size:
    """Whether an effect is implausibly large; unsure where its spread is only guessed, or not known."""
    ratio = thresholds.ratio(effect.measure, effect.point)
    if ratio is None and effect.measure in _RATIOS_OF_EVENTS:
        ratio = effect.point
    if ratio is not None:
        is_large = ratio <= 0 or min(ratio, 1 / ratio) <= IMPLAUSIBLE_RATIO * (1 + ROUNDING)
        return _Size.IMPLAUSIBLE if is_large else _Size.PLAUSIBLE
    if effect.measure in LARGE:
        is_large = abs(effect.point) >= LARGE[effect.measure]
        return _Size.IMPLAUSIBLE if is_large else _Size.PLAUSIBLE
    if effect.measure not in WITH_UNIT:
        return _Size.UNSURE
    large = LARGE[Measure.STANDARDISED_MEAN_DIFFERENCE]
    spreads = [item.sd for item in body if item.sd and item.unit == effect.unit]
    if spreads:
        is_large = abs(effect.point) >= large * sum(spreads) / len(spreads)
        return _Size.IMPLAUSIBLE if is_large else _Size.PLAUSIBLE
    total = people(body)
    # Two groups of one size and one spread: its square is a quarter of the people by that of the error.
    spread = math.sqrt(total) / 2 * (effect.high - effect.low) / (2 * QUANTILE) if total else 0.0
    return _Size.UNSURE if abs(effect.point) >= large * spread else _Size.PLAUSIBLE


def _by_information(
    effect: BodyEffect,
    words: str,
    body: Sequence[RateableFinding],
    thresholds: Thresholds,
    needed: int,
) -> tuple[Concern, str]:
    """Of an effect that crosses nothing: whether so large a one rests on enough information."""
    size = _size(effect, body, thresholds)
    if size is _Size.PLAUSIBLE:
        reason = f"{words}: it crosses no threshold, and is not implausibly large."
        return Concern.NOT_SERIOUS, reason
    large = "implausibly large" if size is _Size.IMPLAUSIBLE else "perhaps implausibly large"
    start = f"{words}: it crosses no threshold, but is {large}, and"
    if is_far_too_wide(effect.measure, effect.low, effect.high):
        return Concern.VERY_SERIOUS, f"{start} the limits lie too far apart."
    if effect.measure in _EVENTS_COUNTED:
        return _by_events(start, body, thresholds.baseline_risk)
    total = people(body)
    if total is None:
        return Concern.SERIOUS, f"{start} the number of participants is not reported."
    if total >= needed:
        return Concern.NOT_SERIOUS, f"{start} {people_of(body)} are enough ({needed})."
    is_far_too_small = size is _Size.IMPLAUSIBLE and total < FAR_TOO_SMALL * needed
    concern = Concern.VERY_SERIOUS if is_far_too_small else Concern.SERIOUS
    return concern, f"{start} {people_of(body)} are fewer than {needed}."


def _by_events(start: str, body: Sequence[RateableFinding], risk: float | None) -> tuple[Concern, str]:
    """By the size computed from the baseline risk, else by the events (Core GRADE 2; Murad 2017)."""
    total, events = people(body), _events(body)
    if risk is not None and 0 < risk < 1 and total is not None:
        needed = information_size_binary(risk)
        enough = total >= needed
        amount = f"{people_of(body)} are {'enough' if enough else 'fewer than needed'} ({needed:,})"
    elif events is not None:
        enough, amount = events >= EVENTS, f"there are {events} events; {EVENTS} are needed"
    else:
        enough, amount = False, "the number of events is not reported"
    return (Concern.NOT_SERIOUS if enough else Concern.SERIOUS), f"{start} {amount}."
