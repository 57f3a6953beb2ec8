"""What would change a grade: every judgement taken one level better and one level worse, one at a time.

Source: Balshem and others, GRADE guidelines 3 (certainty lies on a continuum, which four categories cut
somewhat arbitrarily); Guyatt and others, GRADE guidelines 9 (how far each reason can rate up).
That a grade is shown with its neighbours, and in this form, is our convention.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from review.grading.grade import graded
from review.model.vocabulary import Certainty, Concern, Domain, Upgrade, Word

ScaleType = TypeVar("ScaleType", bound=Word)

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
        if self.if_better is not None and self.if_better.level < self.now.level:
            raise ValueError(f"{self.judgement}: a better judgement cannot lower certainty")
        if self.if_worse is not None and self.if_worse.level > self.now.level:
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
    *,
    strict_upgrades: bool = True,
) -> Sensitivity:
    """What one level more or less in each judgement would do to the certainty they give together.

    Upgrading is as in `graded`. Strict, nothing is rated up where something was rated down, so one
    change can move certainty by more than a level. Domains and upgrades left out count as not serious
    and as nothing.
    """
    made = _Judgements(start, ratings, upgrades or {}, strict_upgrades)
    judgements = (_start(made), *_domains(made), *_upgrades(made))
    return Sensitivity(made.certainty, judgements, _changes_to_lift(made))


@dataclass(frozen=True, slots=True)
class _Judgements:
    """Everything that a grade is made of."""

    start: Certainty
    ratings: Mapping[Domain, Concern]
    upgrades: Mapping[Upgrade, int]
    strict: bool

    @property
    def certainty(self) -> Certainty:
        return graded(self.start, self.ratings, self.upgrades, strict_upgrades=self.strict).certainty

    def rated(self, domain: Domain, concern: Concern) -> "_Judgements":
        return replace(self, ratings={**self.ratings, domain: concern})

    def upgraded(self, upgrade: Upgrade, levels: int) -> "_Judgements":
        return replace(self, upgrades={**self.upgrades, upgrade: levels})


def _start(made: _Judgements) -> WhatIf:
    """The start by one level, though designs start two apart: what a design in between would give."""
    better, worse = (
        replace(made, start=other).certainty if other is not None else None
        for other in _neighbours(made.start)
    )
    return WhatIf("start", str(made.start), made.certainty, better, worse)


def _domains(made: _Judgements) -> Iterator[WhatIf]:
    for domain in Domain:
        concern = made.ratings.get(domain, Concern.NOT_SERIOUS)
        better, worse = (
            made.rated(domain, other).certainty if other is not None else None
            for other in _neighbours(concern)
        )
        yield WhatIf(str(domain), str(concern), made.certainty, better, worse)


def _upgrades(made: _Judgements) -> Iterator[WhatIf]:
    for upgrade, most in MOST_UP.items():
        levels = made.upgrades.get(upgrade, 0)
        yield WhatIf(
            str(upgrade),
            str(levels),
            made.certainty,
            made.upgraded(upgrade, levels + 1).certainty if levels < most else None,
            made.upgraded(upgrade, levels - 1).certainty if levels else None,
        )


def _neighbours(word: ScaleType) -> tuple[ScaleType | None, ScaleType | None]:
    """The next better and the next worse word of a scale that begins with the best."""
    scale, at = list(type(word)), word.place
    return (scale[at - 1] if at else None, scale[at + 1] if at + 1 < len(scale) else None)


def _changes_to_lift(made: _Judgements) -> int | None:
    """The shorter of two ways up.

    Level by level, counted from where the judgements would lie if there were no floor; or, where
    upgrading is strict, by clearing every rating, upon which the upgrades recorded are taken, and
    rating up for what is still missing.
    """
    if made.certainty is Certainty.HIGH:
        return None
    target = made.certainty.level + 1
    down = sum(concern.levels for concern in made.ratings.values())
    ups = sum(made.upgrades.values())
    if not made.strict:
        return target - (made.start.level - down + ups)
    level_by_level = target - (made.start.level - down)
    missing_when_clear = target - made.start.level - ups
    return min(level_by_level, down + max(0, missing_when_clear))
