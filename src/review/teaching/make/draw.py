"""Second stage of making a lesson: which items a learner gets.

The seed and the learner's id decide, the same wherever it is run. Everybody gets equally many items of
each kind and each difficulty, so that no paper is harder than another; which ones differs from learner
to learner.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.model.errors import InOption, ParameterError
from review.teaching.items import AnswerScale, KeyBasis, LessonItem
from review.teaching.make.read import LessonMaterial, LessonRequest
from review.teaching.make.source import LessonSource

COUNTS: Mapping[int, int] = {1: 20, 2: 20, 3: 34, 4: 18, 5: 12, 6: 10}
"""How many items a learner gets in each lesson, unless asked for otherwise: what fits 90 minutes.

Lesson 3: a trial and a case series, each with its whole tool. Lesson 4: three bodies of evidence.
"""

MINUTES: Mapping[int, float] = {1: 1.5, 2: 1.5, 3: 1.0, 4: 1.5, 5: 2.5, 6: 5.0}
"""The least time that the plan of a lesson has to leave for each item (our own estimate).

Lesson 3: all items of a study are about one short text, and mostly it does not say.
"""


@dataclass(frozen=True, slots=True)
class QuestionPaper:
    """What one learner is asked, in order."""

    learner: str
    items: tuple[LessonItem, ...]

    def groups(self) -> Iterator[tuple[int, list[LessonItem]]]:
        """The items by group, each with the number of its first question, counted from 1."""
        number = 1
        for group in dict.fromkeys(item.group for item in self.items):
            items = [item for item in self.items if item.group == group]
            yield number, items
            number += len(items)


def draw_papers(material: LessonMaterial, request: LessonRequest) -> tuple[QuestionPaper, ...]:
    """What each learner is asked; nothing that the lesson itself shows as an example.

    Raises ParameterError where so few items are wanted that no group of them fits.
    """
    items = not_shown(material.items, material.source)
    count = request.count or COUNTS[request.lesson]
    try:
        return tuple(
            QuestionPaper(learner, drawn(items, learner, request.seed, count))
            for learner in material.roster.learners
        )
    except ValueError as error:
        raise ParameterError.at(InOption("--items"), str(error), remedy="Ask for more items.") from None


def not_shown(items: Sequence[LessonItem], source: LessonSource) -> tuple[LessonItem, ...]:
    """The items of groups of which no cell for learners shows the matter, or words of the key.

    Two bodies of evidence can rest on one trial and have a reason in common: a worked example on the
    one would tell the key of the other.
    """
    # Outputs and code as well: a table of the worked example may name what an item asks.
    lesson = source.text_for_learners()
    given_away = {item.group for item in items if any(words in lesson for words in _telling(item))}
    return tuple(item for item in items if item.group not in given_away)


def _telling(item: LessonItem) -> Iterator[str]:
    """The words by which a lesson would show what `item` asks, or how it is answered."""
    yield from item.about
    if item.key.basis is not KeyBasis.OPEN:
        yield item.key.reason
        if item.scale is AnswerScale.WORDS:
            yield item.key.value


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
    # By name: the order of a pool must not decide what is drawn.
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
    # A digest, because what `random` gives for a seed may change from one Python to the next.
    return sorted(
        groups, key=lambda name: hashlib.sha256(f"{seed}\0{learner}\0{name}".encode()).digest()
    )
