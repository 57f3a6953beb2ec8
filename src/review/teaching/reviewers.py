"""How far two reviewers agree, by groups of judgements that share a scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from review.model.vocabulary import spoken
from review.people.rating import Pair, RatingItem
from review.people.rating.items import ORDERED
from review.teaching.agreement import Agreement, agreement
from review.teaching.ratings import Scale


@dataclass(frozen=True, slots=True)
class Compared:
    """The statistics of one group: its name, how many items either reviewer rated, how many conflict."""

    group: str
    items: int
    conflicts: int
    statistics: tuple[Agreement, ...]


def compared(pair: Pair, by_item: bool = False) -> tuple[Compared, ...]:
    """The statistics of each group that two reviewers rated; `by_item` parts it by domain or answer."""
    groups: dict[str, list[RatingItem]] = {}
    for item in pair.items:
        name = f"{item.group}: {spoken(item.item)}" if by_item else item.group
        groups.setdefault(name, []).append(item)
    return tuple(_compared(name, items, pair) for name, items in groups.items())


def _compared(name: str, items: list[RatingItem], pair: Pair) -> Compared:
    # The answers of one tool may differ from item to item; together they are its scale.
    words = tuple(dict.fromkeys(word for item in items for word in item.scale))
    keys = {item.key for item in items}
    statistics = agreement(dict(_ratings(items, pair)), Scale(words, items[0].kind in ORDERED))
    conflicts = sum(conflict.a.item.key in keys for conflict in pair.conflicts)
    return Compared(name, len(items), conflicts, statistics)


def _ratings(items: list[RatingItem], pair: Pair) -> Iterator[tuple[str, dict[str, object]]]:
    first, second = pair.reviewers
    for item in items:
        a, b = pair.a.get(item.key), pair.b.get(item.key)
        # A row without a value counts as not rated: None is missing to the statistics.
        yield " ".join(item.key), {first: a and a.value, second: b and b.value}
