"""A rating sheet: one item a row, with the value that one reviewer gives it, or nothing yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from review.model.errors import InField, InFile, ParameterError, Problem
from review.model.records import Evidence
from review.people.entries import Entered, line_problems, optional_prose_problems
from review.people.rating.items import RatingItem, RatingKind, items_of

NEEDED = ("kind", "subject", "item", "value", "reason", "reviewer")
COLUMNS = ("kind", "subject", "item", "shown", "allowed", "value", "reason", "reviewer")
"""Of a sheet; `shown` and `allowed` are for the rater and are not read back."""
CONFLICT_COLUMNS = (
    "kind", "subject", "item", "shown", "allowed",
    "rater_a", "value_a", "reason_a", "rater_b", "value_b", "reason_b",
    "value", "reason", "reviewer",
)  # fmt: skip
"""Of a list of conflicts: a sheet on which both ratings stand, for whoever adjudicates."""
MOST_WORDS = 20
"""Of a scale that is written out; of a longer one it is said where its words stand."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: its line or row as a spreadsheet counts it, and its cells by column.

    `others` are the cells of the columns that somebody added.
    """

    line: int
    cells: Mapping[str, str]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """What one reviewer gave to one item, and why where a reason is given."""

    item: RatingItem
    value: str
    reason: str
    reviewer: str
    line: int


def blank_rows(items: Iterable[RatingItem]) -> list[dict[str, str]]:
    """The rows of a sheet with nothing rated yet; what was recorded makes no difference to them."""
    return [dict.fromkeys(COLUMNS, "") | item_cells(item) for item in items]


def item_cells(item: RatingItem) -> dict[str, str]:
    """The cells that tell an item to a rater."""
    many = len(item.scale) > MOST_WORDS
    return {
        "kind": str(item.kind),
        "subject": item.subject,
        "item": item.item,
        "shown": item.prompt,
        "allowed": f"an id of {item.kind}s.csv" if many else ", ".join(item.scale),
    }


def given_ratings(
    rows: Sequence[SheetRow], evidence: Evidence, name: str
) -> tuple[tuple[Rating, ...], list[Problem]]:
    """The ratings of a sheet and everything that is wrong with it; `name` is the file's.

    A row without a value is one not rated, and is left out. All ratings of a sheet are one person's.
    """
    problems: list[Problem] = []
    ratings: list[Rating] = []
    known = _KnownItems(evidence)
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        place = InFile(name, row.line)
        cells = {column: cell.strip() for column, cell in row.cells.items()}
        item = known.item(cells["kind"], cells["subject"], cells["item"])
        if not isinstance(item, RatingItem):
            fault, remedy = item
            problems.append(place.problem(fault, remedy=remedy))
            continue
        if first := lines.get(item.key):
            fault = f"{' '.join(item.key)} stands here and in row {first}"
            problems.append(place.problem(fault, remedy="Rate each item once."))
        lines.setdefault(item.key, row.line)
        if not cells["value"]:
            continue
        problems += _cell_problems(cells, item, place)
        ratings.append(Rating(item, cells["value"], cells["reason"], cells["reviewer"], row.line))
    problems += _sheet_problems(ratings, name)
    return tuple(ratings), problems


def with_rating(
    rows: Sequence[SheetRow], item: RatingItem, value: str, reason: str, reviewer: str
) -> list[dict[str, str]]:
    """The cells of a sheet with one item rated, in its row or in a new one.

    Raises ParameterError with everything that is wrong with what was entered.
    """
    entered = {"value": value, "reason": reason.strip(), "reviewer": reviewer.strip()}
    problems = list(_entered_problems(entered, item))
    others = {row.cells["reviewer"].strip() for row in rows if row.cells["value"].strip()}
    if others - {entered["reviewer"]}:
        fault = f"this sheet is that of {', '.join(sorted(others))}"
        remedy = "Each reviewer rates on a sheet of their own."
        problems.append(InField(Entered.REVIEWER).problem(fault, remedy=remedy))
    if problems:
        raise ParameterError(problems)
    cells = [{column: row.cells[column] for column in COLUMNS} for row in rows]
    for row in cells:
        if (row["kind"], row["subject"], row["item"]) == item.key:
            row.update(entered)
            return cells
    return [*cells, dict.fromkeys(COLUMNS, "") | item_cells(item) | entered]


class _KnownItems:
    """The items of the evidence, each kind made when it is first asked for."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._items: dict[RatingKind, dict[tuple[str, str], RatingItem]] = {}

    def item(self, kind: str, subject: str, item: str) -> RatingItem | tuple[str, str]:
        """The item, or what is wrong with its name and the remedy."""
        if kind not in list(RatingKind):
            return f"{kind!r} is no kind of rating", f"Use one of {', '.join(RatingKind)}."
        items = self._of(RatingKind(kind))
        if (subject, item) in items:
            return items[subject, item]
        subjects = sorted({known for known, _ in items})
        if subject not in subjects:
            return f"there is no {subject!r} to rate for {kind}", _closest(subject, subjects)
        names = [name for known, name in items if known == subject]
        return f"{subject} has no item {item!r}", _closest(item, names)

    def _of(self, kind: RatingKind) -> Mapping[tuple[str, str], RatingItem]:
        if kind not in self._items:
            self._items[kind] = {(i.subject, i.item): i for i in items_of(self._evidence, kind)}
        return self._items[kind]


def _closest(named: str, known: Sequence[str]) -> str:
    close = get_close_matches(named, known, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    more = ", …" if len(known) > MOST_WORDS else ""
    return f"Use one of {', '.join(known[:MOST_WORDS])}{more}." if known else "Nothing can be rated."


def _cell_problems(cells: Mapping[str, str], item: RatingItem, row: InFile) -> Iterator[Problem]:
    for problem in _entered_problems(cells, item):
        yield replace(problem, place=replace(row, column=str(problem.place)))


def _entered_problems(cells: Mapping[str, str], item: RatingItem) -> Iterator[Problem]:
    """What is wrong with what a reviewer entered, each named by its column."""
    if cells["value"] not in item.scale:
        fault = f"{cells['value']!r} cannot be given here" if cells["value"] else "nothing is chosen"
        yield InField(Entered.VALUE).problem(fault, remedy=_closest(cells["value"], item.scale))
    yield from optional_prose_problems(InField(Entered.REASON), cells["reason"])
    yield from line_problems(InField(Entered.REVIEWER), cells["reviewer"])


def _sheet_problems(ratings: Sequence[Rating], name: str) -> Iterator[Problem]:
    if not ratings:
        yield InFile(name).problem("nothing is rated on it", remedy="Fill in the column value.")
    # A name that is missing is told at its row.
    people = sorted({rating.reviewer for rating in ratings} - {""})
    if len(people) > 1:
        fault = f"it holds the ratings of {len(people)} people: {', '.join(people)}"
        yield InFile(name).problem(fault, remedy="Give each reviewer a file of their own.")
