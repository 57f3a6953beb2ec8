"""Tables as people make them, in an editor, a spreadsheet or a program: CSV or XLSX, never calculated.

The one reader of tables. Columns may stand in any order, with others between them; a byte order mark,
semicolons or tabs, Windows-1252 and the stored values of formulas are read. What is read in another way
than it may be meant, and what is not read, is told.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from review.model.errors import InFile, Problem
from review.store.files.csv_rows import Row, csv_rows, has_text
from review.store.files.plain_file import read_plain
from review.store.files.sheet_rows import is_workbook, sheet_rows

SUFFIXES = (".csv", ".xlsx")
MAX_BYTES = 20_000_000
MOST_ROWS = 250_000
_ERRORS = frozenset("#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC!".split())
"""What a spreadsheet shows in place of a value that it could not calculate."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that holds anything: the line on which it begins (CSV) or its number in the sheet (XLSX).

    `cells` are those of the columns that are read, `others` the rest, in the order of the file.
    """

    line: int
    cells: Mapping[str, str]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table: the line of its header, the columns that are read, and its rows.

    `others` are the columns that are not read. `problems` forbid using the table; `remarks` do not, but
    are to be told; `losses` forbid writing it anew. `delimiter` is empty for a workbook.
    """

    line: int = 1
    columns: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    losses: tuple[Problem, ...] = ()
    delimiter: str = ""


def read_table(
    path: Path,
    needed: Sequence[str],
    known: Collection[str] | None = None,
    *,
    most: int = MOST_ROWS,
    max_bytes: int = MAX_BYTES,
    name: str = "",
) -> TableFile:
    """The table in the file at `path`, of a workbook its first sheet; see `table_in`.

    Raises InputError when the file cannot be read, is no plain file, or is too large.
    """
    name = name or path.name
    return table_in(read_plain(path, max_bytes, name), name, needed, known, most=most)


def table_in(
    content: bytes,
    name: str,
    needed: Sequence[str],
    known: Collection[str] | None = None,
    *,
    most: int = MOST_ROWS,
) -> TableFile:
    """The table in `content`, whose header must have each of `needed`; `name` stands in the problems.

    Of the other columns those that are `known` are read, all where that is None; one without a name is
    read only in the first place and where `known` holds an empty one. Cells that a row lacks at its end
    are empty. Where the header is wrong, or there are more than `most` rows, none is given.
    """
    # The header, and one row more than there may be.
    many = most + 2
    is_sheet = is_workbook(content) or name.lower().endswith(".xlsx")
    read = (
        sheet_rows(content, name, many)
        if is_sheet
        else csv_rows(content, name, {*needed, *(known or ())}, many)
    )
    line, cells = read.rows[0] if read.rows else (1, [])
    header = _header(cells)
    uses = [_use(column, known, place == 0) for place, column in enumerate(header)]
    columns, others = _of(_Use.READ, header, uses), _of(_Use.LEFT, header, uses)
    place = InFile(name, line)
    read.remarks += _not_read(place, others)
    # Where nothing could be read, that is what is wrong.
    unusable = (
        list(_header_problems(place, needed, columns, others)) if read.rows or not read.problems else []
    )
    if len(read.rows) > most + 1:
        fault = f"there are more than {most:,} rows"
        unusable.append(InFile(name).problem(fault, remedy="Split the file."))
    below = [] if unusable else read.rows[1:]
    rows = tuple(_rows(below, columns, uses, name, read.problems))
    read.problems += unusable
    return TableFile(
        line,
        columns,
        others,
        rows,
        tuple(read.problems),
        tuple(read.remarks),
        tuple(read.losses),
        read.delimiter,
    )


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    return header


def _header_problems(
    place: InFile, needed: Sequence[str], columns: Sequence[str], others: Sequence[str]
) -> Iterator[Problem]:
    missing = [column for column in needed if column not in columns]
    twice = [column for column, count in Counter(columns).items() if count > 1]
    wrong = [f"missing {', '.join(missing)}"] if missing else []
    wrong += [f"twice {', '.join(twice)}"] if twice else []
    # A column that is not known may be one that is missing, under another name.
    wrong += [f"unknown {', '.join(map(repr, others))}"] if missing and others else []
    if wrong:
        fault = f"the columns are wrong: {'; '.join(wrong)}"
        yield place.problem(fault, remedy=f"The first row must name: {', '.join(needed)}.")


def _not_read(place: InFile, others: Sequence[str]) -> Iterator[Problem]:
    if others:
        fault = f"columns that are not read: {', '.join(map(repr, others))}"
        yield place.problem(fault, remedy="Nothing rests on what they hold.")


class _Use(Enum):
    """What becomes of a column: it is read, left to others, or has no name and must be empty."""

    READ = auto()
    LEFT = auto()
    NAMELESS = auto()


def _use(column: str, known: Collection[str] | None, is_first: bool) -> _Use:
    # A program that names the rows of a table writes the names first, and nothing above them.
    if not column and not (is_first and known and "" in known):
        return _Use.NAMELESS
    return _Use.READ if known is None or column in known else _Use.LEFT


def _of(use: _Use, cells: Sequence[str], uses: Sequence[_Use]) -> tuple[str, ...]:
    return tuple(cell for cell, own in zip(cells, uses, strict=True) if own is use)


def _rows(
    lines: Sequence[Row],
    columns: Sequence[str],
    uses: Sequence[_Use],
    name: str,
    problems: list[Problem],
) -> Iterator[TableRow]:
    width = len(uses)
    for line, cells in lines:
        full = [*cells, *[""] * width][:width]
        if has_text([*cells[width:], *_of(_Use.NAMELESS, full, uses)]):
            named = width - uses.count(_Use.NAMELESS)
            fault = f"the row has more cells than the header's {named}"
            remedy = "Name every column, and put cells that hold the delimiter into quotes."
            problems.append(InFile(name, line).problem(fault, remedy=remedy))
            continue
        own = zip(columns, _of(_Use.READ, full, uses), strict=True)
        row = TableRow(line, dict(own), _of(_Use.LEFT, full, uses))
        problems += _errors(row, name)
        yield row


def _errors(row: TableRow, name: str) -> Iterator[Problem]:
    for column, cell in row.cells.items():
        if cell in _ERRORS:
            fault = f"{column} is the error {cell} of a spreadsheet"
            place = InFile(name, row.line)
            yield place.problem(fault, remedy="Correct the formula, or write the value.")
