"""The first sheet of a workbook as rows of texts: of a formula the value that was saved with it."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from review.model.errors import InFile
from review.store.files.csv_rows import FileRows, has_text

MOST_COLUMNS = 100
MAX_UNPACKED = 200_000_000
"""What the parts of a workbook may hold together, in bytes."""
_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
"""How Excel's files before 2007 begin, and newer ones that a password locks."""
_ALONE = "Keep the sheet as values, in a file of its own."


def is_workbook(content: bytes) -> bool:
    """Whether these are the bytes of a workbook."""
    return content.startswith((_PACKED, _OLD))


def sheet_rows(content: bytes, name: str, most: int) -> FileRows:
    """The first `most` rows of the first visible sheet that hold text; `name` stands in the problems."""
    from openpyxl.utils.exceptions import InvalidFileException

    result, place = FileRows(), InFile(name)
    try:
        # What a part holds beyond the size that it states is not unpacked.
        if _stated_size(content) > MAX_UNPACKED:
            fault = f"the workbook holds more than {MAX_UNPACKED:,} bytes"
            result.problems.append(place.problem(fault, remedy="Split it."))
            return result
        with warnings.catch_warnings():
            # It warns of what it would not write again, such as lists to choose from.
            warnings.simplefilter("ignore")
            others = _read(content, name, most, result)
    # What openpyxl meets in a workbook that lacks a part, or holds a broken one.
    except (
        ArithmeticError,
        AttributeError,
        EOFError,
        InvalidFileException,
        LookupError,
        OSError,
        RuntimeError,
        SyntaxError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        remedy = "Save it as XLSX from a spreadsheet, without a password."
        result.problems.append(place.problem("not readable as XLSX", remedy=remedy))
        return result
    if others:
        fault = f"its first sheet is read, and not {', '.join(map(repr, others))}"
        remedy = "Move what is to be read to the first sheet."
        result.remarks.append(place.problem(fault, remedy=remedy))
        result.losses.append(place.problem("its other sheets would be lost", remedy=_ALONE))
    return result


def _stated_size(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return sum(part.file_size for part in parts.infolist())


def _read(content: bytes, name: str, most: int, result: FileRows) -> list[str]:
    """Put the rows of the first sheet into `result`; gives the names of the others that hold any."""
    from openpyxl import load_workbook

    # The one shows which cells are formulas, the other what was saved as their values.
    books = [
        load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (False, True)
    ]
    sheets = [
        [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets for book in books
    ]
    pairs = zip(*(_rows(of_book[0]) for of_book in sheets), strict=True)
    texts = (
        (number, list(_texts(written, shown, InFile(name, number), result)))
        for (number, written), (_, shown) in pairs
    )
    result.rows = list(islice((row for row in texts if has_text(row[1])), most))
    return [sheet.title for sheet in sheets[0][1:] if any(_rows(sheet))]


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of a sheet that hold any cell, with their numbers."""
    from openpyxl.cell.read_only import EMPTY_CELL

    # The size that a sheet states need not be its own.
    sheet.reset_dimensions()
    # One column more tells that there are too many.
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        if any(cell is not EMPTY_CELL for cell in row):
            yield number, row


def _texts(written: Sequence[Any], shown: Sequence[Any], row: InFile, result: FileRows) -> Iterator[str]:
    if len(written) > MOST_COLUMNS and written[MOST_COLUMNS].value is not None:
        fault = f"the row has more than {MOST_COLUMNS} cells"
        result.problems.append(row.problem(fault, remedy="Keep the columns that are read."))
    for formula, cell in zip(written[:MOST_COLUMNS], shown, strict=False):
        if formula.data_type == "f":
            fault = f"the formula in {formula.coordinate} would be lost"
            result.losses.append(row.problem(fault, remedy=_ALONE))
            # An empty text that a formula gave is stored as the type "str".
            if cell.value is None and cell.data_type != "str":
                fault = f"the formula in {formula.coordinate} was saved without its value"
                remedy = "Open the file in a spreadsheet and save it, or write the value."
                result.problems.append(row.problem(fault, remedy=remedy))
        yield _text(cell.value)


def _text(value: object) -> str:
    """The text of a spreadsheet's cell, as one writes it in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        # A day without a time is stored as its midnight.
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
