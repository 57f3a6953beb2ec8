"""What would change a grade: every judgement taken one level better and one level worse, one at a time.

Source: Balshem and others, GRADE guidelines 3 (certainty lies on a continuum, which four categories cut
somewhat arbitrarily); Guyatt and others, GRADE guidelines 9 (how far each reason can rate up).
That a grade is shown with its neighbours, and in this form, is our convention.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from review.grading.grade import LEVELS, STEPS_DOWN, graded
from review.vocabulary import Certainty, Concern, Domain, Upgrade

T = TypeVar("T")

MOST_UP: Mapping[Upgrade, int] = {
    Upgrade.LARGE_EFFECT: 2,
    Upgrade.DOSE_RESPONSE: 1,
    Upgrade.OPPOSING_CONFOUNDING: 1,
}
"""The levels up to which each reason is taken here when it is made one level better."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One judgement, and the certainty that the next better and the next worse one would give.

    `rating` is a word of the vocabularies, or a number of levels for a reason to rate up. None stands
    where the judgement is at the end of its scale.
    """

    judgement: str
    rating: str
    now: Certainty
    if_better: Certainty | None
    if_worse: Certainty | None

    def __post_init__(self) -> None:
        if self.if_better is not None and LEVELS[self.if_better] < LEVELS[self.now]:
            raise ValueError(f"{self.judgement}: a better judgement cannot lower certainty")
        if self.if_worse is not None and LEVELS[self.if_worse] > LEVELS[self.now]:
            raise ValueError(f"{self.judgement}: a worse judgement cannot raise certainty")


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How firmly a grade sits: each judgement varied alone, and how far the next level is.

    `changes_to_lift` is the smallest number of changes, of one level each, that would raise the
    certainty; None where it is high already.
    """

    certainty: Certainty
    judgements: tuple[WhatIf, ...]
    changes_to_lift: int | None

    def __post_init__(self) -> None:
        if (self.changes_to_lift is None) is not (self.certainty is Certainty.HIGH):
            raise ValueError("exactly high certainty cannot be lifted")


def sensitivity(
    start: Certainty,
    ratings: Mapping[Domain, Concern],
    upgrades: Mapping[Upgrade, int] | None = None,
) -> Sensitivity:
    """What one level more or less in each judgement would do to the certainty they give together.

    Upgrading is strict, as in standings: nothing is rated up where something was rated down. So one
    change can move certainty by more than a level. Domains and upgrades left out count as not serious
    and as nothing.
    """
    ups = upgrades or {}
    now = graded(start, ratings, ups).certainty
    judgements = (
        _start(start, ratings, ups, now),
        *_domains(start, ratings, ups, now),
        *_upgrades(start, ratings, ups, now),
    )
    return Sensitivity(now, judgements, _changes_to_lift(start, ratings, ups, now))


_STARTS = sorted(Certainty, key=LEVELS.__getitem__, reverse=True)
_CONCERNS = sorted(Concern, key=STEPS_DOWN.__getitem__)


def _start(
    start: Certainty, ratings: Mapping[Domain, Concern], ups: Mapping[Upgrade, int], now: Certainty
) -> WhatIf:
    """The start by one level, though designs start two apart: what a design in between would give."""
    better, worse = _neighbours(_STARTS, start)
    return WhatIf(
        "start",
        str(start),
        now,
        graded(better, ratings, ups).certainty if better is not None else None,
        graded(worse, ratings, ups).certainty if worse is not None else None,
    )


def _domains(
    start: Certainty, ratings: Mapping[Domain, Concern], ups: Mapping[Upgrade, int], now: Certainty
) -> Iterator[WhatIf]:
    for domain in Domain:
        concern = ratings.get(domain, Concern.NOT_SERIOUS)
        better, worse = (
            graded(start, {**ratings, domain: other}, ups).certainty if other is not None else None
            for other in _neighbours(_CONCERNS, concern)
        )
        yield WhatIf(str(domain), str(concern), now, better, worse)


def _upgrades(
    start: Certainty, ratings: Mapping[Domain, Concern], ups: Mapping[Upgrade, int], now: Certainty
) -> Iterator[WhatIf]:
    for upgrade, most in MOST_UP.items():
        levels = ups.get(upgrade, 0)
        more = {**ups, upgrade: levels + 1}
        fewer = {**ups, upgrade: levels - 1}
        yield WhatIf(
            str(upgrade),
            str(levels),
            now,
            graded(start, ratings, more).certainty if levels < most else None,
            graded(start, ratings, fewer).certainty if levels else None,
        )


def _neighbours(scale: Sequence[T], word: T) -> tuple[T | None, T | None]:
    at = scale.index(word)
    return (scale[at - 1] if at else None, scale[at + 1] if at + 1 < len(scale) else None)


def _changes_to_lift(
    start: Certainty, ratings: Mapping[Domain, Concern], ups: Mapping[Upgrade, int], now: Certainty
) -> int | None:
    """The shorter of two ways up.

    Level by level, counted from where the judgements would lie if there were no floor; or by clearing
    every rating, upon which the upgrades recorded are taken, and rating up for what is still missing.
    """
    if now is Certainty.HIGH:
        return None
    target = LEVELS[now] + 1
    down = sum(STEPS_DOWN[concern] for concern in ratings.values())
    level_by_level = target - (LEVELS[start] - down)
    missing_when_clear = target - LEVELS[start] - sum(ups.values())
    return min(level_by_level, down + max(0, missing_when_clear))
