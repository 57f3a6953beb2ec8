"""CSV in its canonical form: the given order, LF, quotes only where needed."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def write_csv(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> str:
    """The canonical text of a table: its header, and of each row the cells of its columns."""
    return write_lines([columns, *([row[column] for column in columns] for row in rows)])


def write_lines(lines: Iterable[Sequence[str]]) -> str:
    """The canonical text of lines of cells; the first is the header."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()
