"""Two reviewers' ratings beside each other: what both rated, where they differ, what one left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.model.errors import InFile, Problem
from review.people.rating.items import RatingItem
from review.people.rating.sheet import CONFLICT_COLUMNS, Rating, item_cells

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One item to which two reviewers gave different values."""

    a: Rating
    b: Rating

    @property
    def cells(self) -> dict[str, str]:
        """Its row on the list of conflicts, with nothing adjudicated yet."""
        sides = {
            f"{column}_{side}": cell
            for side, rating in (("a", self.a), ("b", self.b))
            for column, cell in (
                ("rater", rating.reviewer), ("value", rating.value), ("reason", rating.reason),
            )
        }  # fmt: skip
        return dict.fromkeys(CONFLICT_COLUMNS, "") | item_cells(self.a.item) | sides


@dataclass(frozen=True, slots=True)
class Pair:
    """The ratings of two reviewers by item, in the order of the sheets."""

    a: Mapping[Key, Rating]
    b: Mapping[Key, Rating]

    @property
    def reviewers(self) -> tuple[str, str]:
        """The two names."""
        # A sheet is one person's, and holds one rating at least.
        first, second = (next(iter(side.values())).reviewer for side in (self.a, self.b))
        return first, second

    @property
    def items(self) -> tuple[RatingItem, ...]:
        """Every item that either rated, sorted by kind, subject and item."""
        every = {**self.a, **self.b}
        return tuple(every[key].item for key in sorted(every))

    @property
    def both(self) -> tuple[tuple[Rating, Rating], ...]:
        """The ratings of what both rated, sorted likewise."""
        return tuple((self.a[key], self.b[key]) for key in sorted(self.a) if key in self.b)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Where the two differ."""
        return tuple(Conflict(a, b) for a, b in self.both if a.value != b.value)

    @property
    def alike(self) -> tuple[tuple[Rating, Rating], ...]:
        """Where both gave one value."""
        return tuple((a, b) for a, b in self.both if a.value == b.value)

    @property
    def only_a(self) -> int:
        """How many items only the first rated."""
        return len(self.a.keys() - self.b.keys())

    @property
    def only_b(self) -> int:
        """How many items only the second rated."""
        return len(self.b.keys() - self.a.keys())


def paired(a: Sequence[Rating], b: Sequence[Rating], name: str) -> Pair | list[Problem]:
    """Two reviewers' ratings, or why they cannot be compared; `name` is that of the second file."""
    pair = Pair({rating.item.key: rating for rating in a}, {rating.item.key: rating for rating in b})
    first, second = pair.reviewers
    if first == second:
        fault = f"both files are by {first}"
        return [InFile(name).problem(fault, remedy="Compare the ratings of two people.")]
    if not pair.both:
        fault = "no item is rated in both files"
        return [InFile(name).problem(fault, remedy="Have both reviewers rate the same sheet.")]
    return pair
