"""A body of evidence in which nobody is counted twice, and where its weight lies.

A systematic review and its own trials hold the same people, so that adding them counts these twice. Core
GRADE 4 and Murad and others 2017 rate a body by where its weight lies, not by its best or worst study.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from review.grading.information_size import ROUNDING
from review.grading.rateable import RateableFinding

KindType = TypeVar("KindType")

DOMINATES = 0.55
"""Share of the weight from which studies of one kind dominate a body (Core GRADE 4, as digested)."""
ONE_SIDE = 0.80
"""Share of the weight on one side that counts as agreement (Core GRADE 3, digested; CINeMA's figure)."""


def is_one_side(share: float) -> bool:
    """Whether so much of the weight on one side is agreement; rounding may take a little from a sum."""
    return share >= ONE_SIDE - ROUNDING


@dataclass(frozen=True, slots=True)
class CountedOnce:
    """The findings whose people may be added, and the studies that may hold some of them again."""

    body: tuple[RateableFinding, ...]
    overlapping: tuple[str, ...]

    @property
    def caution(self) -> str:
        """What is not added, in a sentence; nothing where everything is."""
        if not self.overlapping:
            return ""
        named = ", ".join(self.overlapping)
        return f" Not added, for a review and its trials hold the same people: {named}."


def apart(body: Sequence[RateableFinding]) -> tuple[RateableFinding, ...]:
    """The body without the studies that a review in it is known to include."""
    included = {study for item in body for study in item.includes or ()}
    # Two reviews that were entered as holding each other would leave nothing.
    return tuple(item for item in body if item.study not in included) or tuple(body)


def counted_once(body: Sequence[RateableFinding]) -> CountedOnce:
    """The largest part of a body whose people may be added.

    A review speaks for the studies that it is known to include, and can be added to others only where
    its list was read; two reviews are never added, nor a review to studies that it may hold.
    """
    left = apart(body)
    primary = [item for item in left if not item.design.is_systematic_review]
    reviews = {item.study for item in left if item.design.is_systematic_review}
    if not reviews:
        return CountedOnce(left, ())
    parts = []
    for review in sorted(reviews):
        own = [item for item in left if item.study == review]
        parts.append((*own, *(primary if own[0].includes is not None else ())))
    # Also those that a review holds, for where it does not tell how many people it has.
    parts.append(tuple(item for item in body if not item.design.is_systematic_review))
    best = max(parts, key=lambda part: people(part) or 0)
    chosen = {item.study for item in best}
    return CountedOnce(best, tuple(sorted({item.study for item in left} - chosen)))


def people(body: Iterable[RateableFinding]) -> int | None:
    """The number of people in the studies that report theirs; None where none does."""
    sizes = {item.study: item.participants for item in body if item.participants is not None}
    return sum(sizes.values()) if sizes else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A body with the weight of each finding, of 1, and what the weight is made of."""

    body: tuple[RateableFinding, ...]
    weights: tuple[float, ...]
    made_of: str

    def by(self, kind: Callable[[RateableFinding], KindType]) -> Mapping[KindType, float]:
        """The weight of the findings of each kind; nought of a kind that is not there."""
        shares: defaultdict[KindType, float] = defaultdict(float)
        for item, weight in zip(self.body, self.weights, strict=True):
            shares[kind(item)] += weight
        return shares

    def share(self, holds: Callable[[RateableFinding], bool]) -> float:
        """The weight of the findings of which something holds."""
        return self.by(holds)[True]


def weighed(body: Sequence[RateableFinding], pooled: Mapping[str, float] | None = None) -> Weighed:
    """The weights by the studies' weights in a pooled estimate, else by people, else one a study.

    A pooled estimate or the numbers of people weigh only where they are known of every study. The
    findings of a study share its weight.
    """
    sizes = {item.study: item.participants or 0 for item in body}
    if pooled is not None and sizes.keys() <= pooled.keys():
        of_study, made_of = {study: pooled[study] for study in sizes}, "the pooled weight"
    elif all(sizes.values()):
        of_study, made_of = {study: float(size) for study, size in sizes.items()}, "the people"
    else:
        of_study, made_of = dict.fromkeys(sizes, 1.0), "the studies"
    findings = Counter(item.study for item in body)
    total = sum(of_study.values())
    weights = (of_study[item.study] / findings[item.study] / total for item in body)
    return Weighed(tuple(body), tuple(weights), made_of)
