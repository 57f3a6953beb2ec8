"""A table that somebody made in a spreadsheet or an editor, CSV or XLSX: texts, and never calculated."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from review.model.errors import InFile, InputError, Problem

SUFFIXES = (".csv", ".xlsx")
MAX_BYTES = 20_000_000
_MOST_COLUMNS = 100

_Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class TableFile:
    """The header with its line, and the rows below it: each with its line, and a cell for each column.

    Lines are those on which a row begins (CSV) or the rows of the sheet (XLSX). Rows without any text
    are left out; `problems` name those that have more cells than the header, which are left out, too.
    """

    line: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


def read_table(path: Path, most: int, max_bytes: int = MAX_BYTES) -> TableFile:
    """The table in `path`, of a workbook its first sheet; more than `most` rows are not all read.

    Raises InputError when the file cannot be read, is too large, or is no such table.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        remedy = f"Use one of {', '.join(SUFFIXES)}."
        raise InputError.at(InFile(path.name), "this is no sheet", remedy=remedy)
    content = read_content(path, max_bytes)
    numbered = _csv_lines(path, content) if suffix == ".csv" else _xlsx_lines(path, content, most)
    lines = [(line, cells) for line, cells in numbered if any(cells)]
    line, header = lines[0] if lines else (1, [])
    while header and not header[-1]:
        header.pop()
    width, below = len(header), lines[1:]
    return TableFile(
        line,
        tuple(header),
        tuple(_rows(below, width)),
        tuple(_too_wide(path, below, width)),
    )


def read_content(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a file. Raises InputError when it cannot be read or is larger than `max_bytes`."""
    try:
        if path.stat().st_size > max_bytes:
            fault = f"the file is larger than {max_bytes:,} bytes"
            raise InputError.at(InFile(path.name), fault, remedy="Split it.")
        return path.read_bytes()
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        raise InputError.at(InFile(path.name), fault, remedy="Correct the path.") from None


def _rows(lines: _Lines, width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for line, cells in lines:
        if not any(cells[width:]):
            yield line, tuple([*cells, *[""] * width][:width])


def _too_wide(path: Path, lines: _Lines, width: int) -> Iterator[Problem]:
    for line, cells in lines:
        if any(cells[width:]):
            fault = f"the row has more cells than the header's {width}"
            remedy = "Put cells that hold commas into quotes."
            yield InFile(path.name, line).problem(fault, remedy=remedy)


def _csv_lines(path: Path, content: bytes) -> _Lines:
    lines: _Lines = []
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        first = 1
        for cells in reader:
            lines.append((first, cells))
            first = reader.line_num + 1
    except UnicodeDecodeError:
        fault = "not readable as CSV: this is no text in UTF-8"
        raise InputError.at(InFile(path.name), fault, remedy="Save it as UTF-8 CSV.") from None
    except csv.Error as error:
        remedy = "Correct the quotes."
        raise InputError.at(InFile(path.name), f"not readable as CSV: {error}", remedy=remedy) from None
    return lines


def _xlsx_lines(path: Path, content: bytes, most: int) -> _Lines:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True)
        # The header, and one row more than there may be.
        rows = book.worksheets[0].iter_rows(max_row=most + 2, max_col=_MOST_COLUMNS, values_only=True)
        return [(number, _cells(row)) for number, row in enumerate(rows, start=1)]
    # The last four are what openpyxl meets in a workbook that lacks a part, or holds a broken one.
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, EOFError):
        remedy = "Save it from a spreadsheet."
        raise InputError.at(InFile(path.name), "not readable as XLSX", remedy=remedy) from None


def _cells(row: Sequence[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    """The text of a spreadsheet's cell, as one writes it in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
