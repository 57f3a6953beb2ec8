"""The tables of an evidence folder: read as people save them, written in one form, nothing lost."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from os.path import lexists
from pathlib import Path

from review.model.errors import EvidenceError, InFile, Problem
from review.model.record import Record
from review.store.files.csv_file import write_lines
from review.store.files.plain_file import read_plain
from review.store.files.sheet_rows import is_workbook
from review.store.files.table_file import MAX_BYTES, TableFile, TableRow, table_in
from review.store.layout import EvidenceTable

_LIKE = 0.8
"""How like a column that is missing one that is not known must be to be taken for it, of 1."""


def evidence_table(content: bytes, name: str, table: EvidenceTable) -> TableFile:
    """The rows of a table of the evidence; `name` stands in the problems.

    A column that may be left out, and is there under a name like its own, is a problem.
    """
    needed = [column for column in table.columns if column not in table.optional]
    if is_workbook(content):
        # What it holds beside the rows would be lost as soon as one is added.
        return TableFile(
            problems=(InFile(name).problem("this is a workbook", remedy="Save it as CSV."),)
        )
    file = table_in(content, name, needed, table.columns)
    return replace(file, problems=(*file.problems, *_misspelt(file, name, table)))


def _misspelt(file: TableFile, name: str, table: EvidenceTable) -> Iterator[Problem]:
    missing = [column for column in table.optional if column not in file.columns]
    for column in file.others:
        for close in get_close_matches(column, missing, n=1, cutoff=_LIKE):
            remedy = f"Did you mean {close!r}? If not, give it a name that is less like it."
            yield InFile(name, file.line).problem(f"the column {column!r} is not known", remedy=remedy)


def table_text(file: TableFile, table: EvidenceTable) -> str:
    """The canonical text of a table: its columns, then those that are not ours, as they stand.

    A table that keeps a history stays in the order in which it was written, others are sorted by id, or
    by the columns that stand for one.
    """
    rows = list(file.rows)
    if by := table.sorted_by or ((table.key,) if table.identified else ()):
        rows.sort(key=lambda row: [row.cells.get(column, "") for column in by])
    # A row that was added has nothing in the columns of others.
    blank = ("",) * len(file.others)
    cells = ([row.cells.get(column, "") for column in table.columns] for row in rows)
    lines = ([*own, *(row.others or blank)] for own, row in zip(cells, rows, strict=True))
    return write_lines([[*table.columns, *file.others], *lines])


def changed_table(
    folder: Path,
    table: EvidenceTable,
    records: Iterable[Record],
    retired: frozenset[str] = frozenset(),
) -> bytes:
    """The canonical table of a folder, with `records` and without the ids that are `retired`.

    Records are added at the end, or put in place of those with their ids. What others wrote beside a
    record stays there. Raises EvidenceError or InputError where the table cannot be read as it is.
    """
    file = _file(folder, table)
    added = [TableRow(0, _cells(record, table)) for record in records]
    if not table.identified:
        return table_text(replace(file, rows=(*file.rows, *added)), table).encode()
    rows = {row.cells[table.key]: row for row in file.rows}
    for row in added:
        key = row.cells[table.key]
        rows[key] = replace(row, others=rows[key].others) if key in rows else row
    kept = tuple(row for key, row in rows.items() if key not in retired)
    return table_text(replace(file, rows=kept), table).encode()


def whole_table(folder: Path, table: EvidenceTable, records: Iterable[Record]) -> bytes:
    """The canonical table of a folder with `records` and no others; beside them what others wrote there.

    Raises EvidenceError or InputError where the table cannot be read as it is.
    """
    file = _file(folder, table)
    beside = {_place(row.cells, table): row.others for row in file.rows}
    rows = [_cells(record, table) for record in records]
    new = tuple(TableRow(0, cells, beside.get(_place(cells, table), ())) for cells in rows)
    return table_text(replace(file, rows=new), table).encode()


def _place(cells: Mapping[str, str], table: EvidenceTable) -> tuple[str, ...]:
    """What a row is known by in a table that is sorted by several columns."""
    return tuple(cells.get(column, "") for column in table.sorted_by)


def _file(folder: Path, table: EvidenceTable) -> TableFile:
    """A table as it stands; one that is not there has no rows."""
    path = folder / table.file
    file = TableFile()
    if lexists(path):
        content = read_plain(path, MAX_BYTES, path.as_posix(), within=folder)
        file = evidence_table(content, path.as_posix(), table)
    if file.problems:
        raise EvidenceError(file.problems)
    return file


def _cells(record: Record, table: EvidenceTable) -> Mapping[str, str]:
    """A record as the cells of its row; what it leaves out is an empty cell."""
    # As JSON has them: a day and a time as they are read again.
    values = record.model_dump(mode="json", include={*table.columns})
    return {name: "" if value is None else str(value) for name, value in values.items()}
