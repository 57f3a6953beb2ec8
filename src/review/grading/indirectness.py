"""Indirectness of a body: in which elements the studies that carry its weight differ from the question.

GRADE guidelines 8 names four elements: people, treatment, outcome, and what it was compared with. Core
GRADE 5 and Murad and others 2017 make it one judgement on the whole body: neither its most direct study
decides nor its least direct one.
"""

from collections.abc import Mapping, Sequence

from review.grading.body import DOMINATES, Weighed, counted_once, weighed
from review.grading.rateable import OFF, RateableFinding, SuggestedRating
from review.model.vocabulary import Concern, Directness

_ELEMENTS = ("population", "intervention", "outcome", "comparator")


def indirectness(
    body: Sequence[RateableFinding], pooled: Mapping[str, float] | None = None
) -> SuggestedRating:
    """One element off costs one level, more than one cost two; two that are only partly off cost one.

    `pooled` gives the weights of the studies in a pooled estimate. A comparator that nobody judged costs
    nothing and is told.
    """
    once = counted_once(body)
    weights = weighed(once.body, pooled)
    found = [_of_the_body(weights, place) for place in range(len(_ELEMENTS))]
    off = [f"{name} {value}" for name, value in zip(_ELEMENTS, found, strict=True) if value.is_off]
    distance = sum(OFF[value] for value in found)
    levels = 0 if not distance else 1 if distance <= 1 else 2
    where = f"In most of {weights.made_of}: {', '.join(off)}." if off else "Most of the body is direct."
    return SuggestedRating(list(Concern)[levels], where + _not_judged(once.body) + once.caution)


def _of_the_body(weights: Weighed, place: int) -> Directness:
    """How close the body is in one element: what dominates it by weight."""

    def element(item: RateableFinding) -> Directness | None:
        return (*item.directness, item.comparator)[place]

    if weights.share(lambda item: element(item) is Directness.INDIRECT) >= DOMINATES:
        return Directness.INDIRECT
    is_off = weights.share(lambda item: (found := element(item)) is not None and found.is_off)
    return Directness.PARTLY if is_off >= DOMINATES else Directness.DIRECT


def _not_judged(body: Sequence[RateableFinding]) -> str:
    number = len({item.study for item in body if item.comparator is None})
    if not number:
        return ""
    all_of_them = number == len({item.study for item in body})
    return f" The comparator was not judged{'' if all_of_them else f' in {number} of the studies'}."
