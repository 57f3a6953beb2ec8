"""A sheet that people fill in, CSV or XLSX: read with the row of each cell, and never calculated."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from review.model.errors import InFile, InOption, InputError, OutputError, ParameterError, Problem
from review.people.rating import COLUMNS, NEEDED, RatingItem, SheetRow, blank_rows, with_rating
from review.store.files.table_file import SUFFIXES, read_table
from review.store.files.whole_file import lock_beside, locked, write_whole

MAX_ROWS = 50_000
_WIDTH, _WIDE = 24, 60
"""How wide a column of a workbook is, and that of what a rater is shown, in characters."""
# A spreadsheet calculates what begins so, also after blanks, and some take a tab for such a beginning.
_STARTS_FORMULA = re.compile(r"'*(\t|\s*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet, and the columns on it that others added.

    `remarks` are to be told; `losses` forbid writing it anew. `delimiter` separates its cells.
    """

    rows: tuple[SheetRow, ...] = ()
    others: tuple[str, ...] = ()
    remarks: tuple[Problem, ...] = ()
    losses: tuple[Problem, ...] = ()
    delimiter: str = ","


def read_sheet(path: Path, needed: Sequence[str], known: Sequence[str]) -> Sheet:
    """A sheet whose header has each of `needed`, in any order; of others the `known` columns are read.

    Empty rows are passed over; of a workbook the first sheet is read, and formulas are not calculated.
    Raises InputError when the file cannot be read or is no such sheet.
    """
    if path.suffix.lower() not in SUFFIXES:
        remedy = f"Use one of {', '.join(SUFFIXES)}."
        raise InputError.at(InFile(path.name), "this is no sheet", remedy=remedy)
    table = read_table(path, needed, known, most=MAX_ROWS)
    if table.problems:
        raise InputError(table.problems)
    empty = dict.fromkeys(known, "")
    rows = tuple(
        SheetRow(row.line, empty | _plain(row.cells), tuple(map(_unguarded, row.others)))
        for row in table.rows
    )
    return Sheet(rows, table.others, table.remarks, table.losses, table.delimiter or ",")


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    return {column: _unguarded(cell) for column, cell in cells.items()}


def _bytes(path: Path, lines: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        fault = f"{path.name} is neither CSV nor XLSX"
        raise ParameterError.at(InOption("--out"), fault, remedy=f"Use one of {', '.join(SUFFIXES)}.")
    return _csv_bytes(lines, delimiter) if suffix == ".csv" else _xlsx_bytes(lines)


def _make_parent(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = f"the folder cannot be made: {error.strerror}"
        raise OutputError.at(InFile(path.parent.as_posix()), fault, remedy="Choose another.") from None


def write_sheet(
    path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str], *, replace: bool = False
) -> None:
    """Write a sheet whole, as CSV or XLSX by its name; no spreadsheet calculates a cell of it.

    Raises ParameterError when something is there already and it is not to be replaced, OutputError
    when it cannot be written.
    """
    content = _bytes(path, [columns, *([row[column] for column in columns] for row in rows)])
    _make_parent(path)
    with locked(lock_beside(path)):
        if path.exists() and not replace:
            remedy = "Choose another name: what was rated there would be lost."
            raise ParameterError.at(InFile(path.as_posix()), "this is there already", remedy=remedy)
        write_whole(path, content)


def record_rating(
    path: Path, items: Sequence[RatingItem], chosen: RatingItem, entered: Mapping[str, str]
) -> None:
    """Write what a reviewer entered for the item `chosen` to the sheet at `path`, at once.

    A sheet that is not there is made first, with the rows of `items`. The file is read and written under
    one lock; columns that others added stay. Raises ParameterError with every problem of what was
    entered, InputError or OutputError where the file cannot be used; then nothing is changed.
    """
    _make_parent(path)
    with locked(lock_beside(path)):
        sheet = _begun(path, items)
        if sheet.losses:
            raise InputError(sheet.losses)
        rated = with_rating(sheet.rows, chosen, entered["value"], entered["reason"], entered["reviewer"])
        # The last may be new, and has nothing in the columns of others.
        others = [*(row.others for row in sheet.rows), ("",) * len(sheet.others)]
        lines = [
            [*(cells[column] for column in COLUMNS), *more]
            for cells, more in zip(rated, others, strict=False)
        ]
        write_whole(path, _bytes(path, [[*COLUMNS, *sheet.others], *lines], sheet.delimiter))


def shown_sheet(path: Path) -> Sheet:
    """A sheet that is being filled in; without rows where it was not begun. Raises InputError."""
    return read_sheet(path, NEEDED, COLUMNS) if path.exists() else Sheet()


def _begun(path: Path, items: Sequence[RatingItem]) -> Sheet:
    sheet = shown_sheet(path)
    if sheet.rows:
        return sheet
    # The first row of a sheet is its header.
    rows = (SheetRow(number, cells) for number, cells in enumerate(blank_rows(items), start=2))
    return Sheet(tuple(rows))


def _csv_bytes(lines: Sequence[Sequence[str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", delimiter=delimiter)
    writer.writerow(lines[0])
    writer.writerows(map(_guarded, line) for line in lines[1:])
    # Excel takes a file without the mark for the local code page (docs/formats.md).
    return out.getvalue().encode("utf-8-sig")


def _xlsx_bytes(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("ratings")
        plain = {"text_wrap": True, "valign": "top"}
        head, wrapped = book.add_format({"bold": True}), book.add_format(plain)
        # Excel would calculate such a text as soon as somebody edits the cell, unless it is marked.
        marked = book.add_format({**plain, "quote_prefix": True})
        for at, column in enumerate(lines[0]):
            sheet.write_string(0, at, column, head)
            sheet.set_column(at, at, _WIDE if column == "shown" else _WIDTH)
            for number, line in enumerate(lines[1:], start=1):
                text = line[at]
                # What was guarded as CSV and saved as a workbook loses its apostrophe when it is read.
                cell = text if _unguarded(text) == text else f"'{text}"
                form = marked if _STARTS_FORMULA.match(text) else wrapped
                sheet.write_string(number, at, cell, form)
        sheet.freeze_panes(1, 3)
    return out.getvalue()


def _guarded(text: str) -> str:
    calculated = _STARTS_FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if calculated else text


def _unguarded(text: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from calculating it."""
    return text[1:] if text.startswith("'") and _guarded(text[1:]) == text else text
