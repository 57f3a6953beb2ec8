"""Strict CSV: the exact columns, in order, with the editor's line number of every row."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from review.model.errors import InFile, Problem

MAX_CHARACTERS = 50_000_000


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: the line on which it begins, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class CsvFile:
    """The rows of a CSV file and what is wrong with it."""

    rows: list[CsvRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_csv(text: str, name: str, columns: Sequence[str], optional: Collection[str] = ()) -> CsvFile:
    """The rows of `text`, whose header must be exactly `columns`; `name` stands in the problems.

    The `optional` ones at the end may be missing together, as in a file of an earlier form; their
    cells are empty then.
    """
    result = CsvFile()
    if len(text) > MAX_CHARACTERS:
        fault = f"the file is larger than {MAX_CHARACTERS:,} characters"
        result.problems.append(InFile(name).problem(fault, remedy="Split it."))
        return result
    # Without `newline=""` line breaks within cells would be changed.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        required = [column for column in columns if column not in optional]
        if header not in (list(columns), required):
            result.problems.append(_header_problem(header, columns, name))
            return result
        first_line = reader.line_num + 1
        for cells in reader:
            # `line_num` counts to the end of a row, which may have several lines.
            line, first_line = first_line, reader.line_num + 1
            if len(cells) != len(header):
                fault = f"the row has {len(cells)} cells, the header has {len(header)}"
                remedy = "Put cells that hold commas into quotes, and leave no blank line."
                result.problems.append(InFile(name, line).problem(fault, remedy=remedy))
            else:
                given = dict(zip(header, cells, strict=True))
                result.rows.append(CsvRow(line, {key: given.get(key, "") for key in columns}))
    except csv.Error as error:
        fault = f"not readable as CSV: {error}"
        remedy = "Correct the quotes."
        result.problems.append(InFile(name, reader.line_num).problem(fault, remedy=remedy))
    return result


def _header_problem(header: Sequence[str], columns: Sequence[str], name: str) -> Problem:
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns]
    parts = []
    if missing:
        parts.append(f"missing {', '.join(missing)}")
    if unknown:
        parts.append(f"unknown {', '.join(repr(column) for column in unknown)}")
    fault = f"the columns are wrong: {'; '.join(parts) or 'their order differs'}"
    return InFile(name, 1).problem(fault, remedy=f"The first line must be: {','.join(columns)}")


def write_csv(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """The canonical text of rows: the given order, LF, quotes only where needed."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
