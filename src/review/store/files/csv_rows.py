"""CSV as rows of texts, in whatever encoding and with whatever delimiter a program wrote it."""

import codecs
import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from review.model.errors import InFile, InputError, Problem

if TYPE_CHECKING:
    import _csv

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WINDOWS = "cp1252"
"""What Excel writes as CSV where Windows speaks a language of Western Europe, unless asked for UTF-8."""
_DELIMITERS = (",", ";", "\t")
"""Excel writes the list separator of the system, and tabs as "Unicode text"."""
_HINT = "sep="
"""How Excel takes and some programs name the delimiter, on a line of its own before the header."""


Row = tuple[int, list[str]]
"""The line on which a row begins, or its number in a sheet, and its cells."""


@dataclass(slots=True)
class FileRows:
    """The rows of a file that hold text, what is wrong with it, and what is to be told of it.

    `losses` are what would be lost if the file were written anew from its rows.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    losses: list[Problem] = field(default_factory=list)
    delimiter: str = ""


def csv_rows(content: bytes, name: str, columns: Collection[str], most: int) -> FileRows:
    """The first `most` rows of a CSV file that hold text; `name` stands in the problems.

    It is UTF-8, UTF-16 with its mark, or else Windows-1252, which is told; bytes that fit none of them,
    other bytes among UTF-8 and binary data are problems. The delimiter is the one by which the header
    holds most of `columns`.
    """
    result = FileRows()
    try:
        text = _text(content, name, result.remarks)
        result.delimiter = _delimiter(text, columns)
        # What was read before a row that cannot be read is kept.
        result.rows.extend(islice(_rows(text, result.delimiter, name), most))
    except InputError as error:
        result.problems += error.problems
    return result


def has_text(cells: Iterable[str]) -> bool:
    """Whether any of these cells holds more than white space."""
    return any(map(str.strip, cells))


def _text(content: bytes, name: str, remarks: list[Problem]) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, name)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        place = InFile(name, content[: error.start].count(b"\n") + 1)
    else:
        return _decoded(content, "utf-8", name)
    if any(character > "\x7f" for character in content.decode("utf-8", "ignore")):
        fault = "this is not UTF-8 text, and other lines are"
        raise InputError.at(place, fault, remedy="Save all of it as UTF-8.")
    fault, remedy = "this is not UTF-8 text, and was read as Windows-1252", "Look at its accents."
    remarks.append(place.problem(fault, remedy=remedy))
    return _decoded(content, _WINDOWS, name)


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "ignore").count("\n") + 1
        fault, remedy = "this is not UTF-8 text", "Save it as UTF-8."
        raise InputError.at(InFile(name, line), fault, remedy=remedy) from None
    if "\0" in text:
        fault = "this is binary data and no table"
        raise InputError.at(InFile(name), fault, remedy="Save it as CSV or XLSX.")
    return text


def _delimiter(text: str, columns: Collection[str]) -> str:
    first = text.partition("\n")[0].rstrip("\r").strip('"')
    if first.startswith(_HINT) and first[len(_HINT) :] in _DELIMITERS:
        return first[len(_HINT) :]
    # Of those by which it holds as many, the first.
    return max(_DELIMITERS, key=lambda delimiter: len(_header(text, delimiter) & set(columns)))


def _header(text: str, delimiter: str) -> set[str]:
    try:
        return {cell.strip() for cell in next(filter(has_text, _reader(text, delimiter)), [])}
    except csv.Error:
        # It is told when the rows are read.
        return set()


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    reader = _reader(text, delimiter)
    try:
        line = 1
        for cells in reader:
            if has_text(cells) and not (line == 1 and _is_hint(cells)):
                yield line, cells
            # `line_num` counts to the end of a row, which may have several lines.
            line = reader.line_num + 1
    except csv.Error as error:
        place = InFile(name, reader.line_num)
        raise InputError.at(
            place, f"not readable as CSV: {error}", remedy="Correct the quotes."
        ) from None


def _is_hint(cells: Sequence[str]) -> bool:
    return cells[0].startswith(_HINT) and not has_text(cells[1:])


def _reader(text: str, delimiter: str) -> "_csv.Reader":
    # Without `newline=""` line breaks within cells would be changed.
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
