"""Which items a learner gets: decided by the seed and the learner's id, the same wherever it is run.

Everybody gets equally many items of each kind and each difficulty, so that no paper is harder than
another; which ones differs from learner to learner.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.teaching.items import LessonItem


@dataclass(frozen=True, slots=True, order=True)
class _Sort:
    """What groups share that can stand in for each other: their choices, and how hard they are."""

    choices: tuple[tuple[str, ...], ...]
    difficulties: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many items a group of this sort has."""
        return len(self.difficulties)


def drawn(items: Iterable[LessonItem], learner: str, seed: int, count: int) -> tuple[LessonItem, ...]:
    """At most `count` of `items` for one learner, groups whole and each in its own order.

    The number of items of each kind and difficulty is the same for every learner and seed, so the mean
    difficulty does not differ at all; kinds come in equal shares, and within a kind difficulties, as far
    as whole groups allow. Raises ValueError where not even one group fits.
    """
    groups: dict[str, list[LessonItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    by_sort: dict[_Sort, list[str]] = {}
    for name in sorted(groups):
        by_sort.setdefault(_sort(groups[name]), []).append(name)
    shares = _shares({sort: len(names) for sort, names in by_sort.items()}, count)
    if not shares:
        raise ValueError(f"no group of items has {count} or fewer")
    chosen = [
        name
        for sort, share in shares.items()
        for name in _shuffled(by_sort[sort], learner, seed)[:share]
    ]
    return tuple(item for name in _shuffled(chosen, learner, seed) for item in groups[name])


def _sort(group: Sequence[LessonItem]) -> _Sort:
    return _Sort(
        tuple(sorted(item.choices for item in group)), tuple(sorted(item.difficulty for item in group))
    )


def _shares(available: Mapping[_Sort, int], count: int) -> Mapping[_Sort, int]:
    """How many groups of each sort make up at most `count` items: always one more of what is fewest."""
    shares: Counter[_Sort] = Counter()
    while True:
        left = count - sum(sort.size * share for sort, share in shares.items())
        fitting = [sort for sort, most in available.items() if shares[sort] < most and sort.size <= left]
        if not fitting:
            return shares
        shares[min(fitting, key=lambda sort: _turn(shares, available, sort))] += 1


def _turn(
    shares: Mapping[_Sort, int], available: Mapping[_Sort, int], sort: _Sort
) -> tuple[object, ...]:
    """The place of a sort in the queue: first what is fewest; of equals the longest, while there is room
    for it, and then what there is most of, for there learners get the most different papers.
    """
    of_kind = sum(number for other, number in available.items() if other.choices == sort.choices)
    return (*_taken(shares, sort), -sort.size, -of_kind, -available[sort], sort)


def _taken(shares: Mapping[_Sort, int], sort: _Sort) -> tuple[int, int]:
    """How many items are taken of the same kind, and of these of the same difficulty."""
    kind = {other: share for other, share in shares.items() if other.choices == sort.choices}
    return sum(other.size * share for other, share in kind.items()), kind.get(sort, 0) * sort.size


def _shuffled(groups: Sequence[str], learner: str, seed: int) -> list[str]:
    """The groups in an order that only the seed, the learner and their names decide."""
    return sorted(
        groups, key=lambda name: hashlib.sha256(f"{seed}\0{learner}\0{name}".encode()).digest()
    )
