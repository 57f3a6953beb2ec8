"""Two texts laid side by side: what agrees, in the order in which both have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.language.sentences import Span

LEAST = 3
"""From so many agreeing parts in one order on, chance does not explain them (our convention)."""
GAP = 450
"""How many characters may lie between two parts of a chain, on either side: some three sentences."""
GAP_COSTS = 0.6
"""What the longest gap on both sides takes from the weight of a chain."""
IN_ALL = 0.50
"""How alike the parts of a chain are on average, at least (our convention)."""


@dataclass(frozen=True, slots=True)
class Element:
    """A stretch of each text that agree, in words or in what they state."""

    a: Span
    b: Span
    similarity: float
    statement: str = ""
    """What both state, where that is known; else they agree in words alone."""

    @property
    def weight(self) -> float:
        """How much it speaks for a copy."""
        return 1.0 if self.statement else self.similarity


Chain = tuple[Element, ...]


def chains(elements: Sequence[Element]) -> list[Chain]:
    """The chains of elements that both texts have in one order, the weightiest first.

    No stretch of either text stands in two of them.
    """
    left = sorted(elements, key=lambda e: (e.a, e.b, e.statement))
    made: list[Chain] = []
    while chain := _weightiest(left):
        if sum(element.similarity for element in chain) >= IN_ALL * len(chain):
            made.append(chain)
        left = [element for element in left if not _touches(element, chain)]
    return made


def _touches(element: Element, chain: Chain) -> bool:
    """Whether either side of the element lies, in part, between the ends of the chain."""
    first, last = chain[0], chain[-1]
    in_a = element.a.start < last.a.end and first.a.start < element.a.end
    in_b = element.b.start < last.b.end and first.b.start < element.b.end
    return in_a or in_b


def _weightiest(elements: Sequence[Element]) -> Chain:
    """The chain of most weight that is long enough; empty where there is none.

    The elements stand in the order of the first text.
    """
    weights: list[float] = []
    before: list[int | None] = []
    lengths: list[int] = []
    longest = max((element.a.end - element.a.start for element in elements), default=0)
    nearest = 0
    for place, element in enumerate(elements):
        best, previous = element.weight, None
        # What begins so far ahead ends too far ahead, whatever its length.
        while elements[nearest].a.start + longest + GAP < element.a.start:
            nearest += 1
        for earlier in range(nearest, place):
            cost = _cost(elements[earlier], element)
            if cost is not None and (reached := weights[earlier] + element.weight - cost) > best:
                best, previous = reached, earlier
        weights.append(best)
        before.append(previous)
        lengths.append(1 if previous is None else lengths[previous] + 1)
    ends = [place for place in range(len(elements)) if lengths[place] >= LEAST]
    if not ends:
        return ()
    at: int | None = max(ends, key=lambda place: (weights[place], -place))
    chain: list[Element] = []
    while at is not None:
        chain.append(elements[at])
        at = before[at]
    return tuple(reversed(chain))


def _cost(first: Element, then: Element) -> float | None:
    """What the gap between two elements takes; None where the second cannot follow the first."""
    gaps = then.a.start - first.a.end, then.b.start - first.b.end
    if not (_is_after(first.a, then.a) and _is_after(first.b, then.b)) or max(gaps) > GAP:
        return None
    if then.statement and then.statement == first.statement:
        return None
    return GAP_COSTS * sum(max(gap, 0) for gap in gaps) / (2 * GAP)


def _is_after(first: Span, then: Span) -> bool:
    """Whether a stretch begins and ends after the other; they may share words, as two claims do."""
    return first.start < then.start and first.end < then.end
