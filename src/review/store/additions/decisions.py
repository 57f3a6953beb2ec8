"""Decisions recorded in an evidence folder: added at the end, nothing before them is ever changed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from review.model.errors import ReviewError
from review.model.records import Decision, Evidence
from review.people.decisions import Draft, decided, entry_problems
from review.store.files.csv_file import read_csv, write_csv
from review.store.files.together import changing
from review.store.files.whole_file import write_whole
from review.store.layout import TABLES
from review.store.read import read_evidence

TABLE = next(table for table in TABLES if table.record is Decision)


def record_decision(folders: Sequence[Path], draft: Draft, today: date) -> tuple[Decision, Path]:
    """Add the decision that `draft` asks for to the last of `folders`; gives it and the file.

    Evidence is read and the row is written under one lock, so that of several people who decide at
    once each sees the decisions of the others. Raises ParameterError with every problem of the draft,
    InputError or EvidenceError where the evidence cannot be used, OutputError where the file cannot be
    written; then nothing is changed.
    """
    path = folders[-1] / TABLE.file
    with changing(folders[-1]):
        decision = decided(_evidence(folders, draft, today), draft, today)
        text = path.read_bytes().decode() if path.exists() else write_csv([], TABLE.columns)
        rows = [row.cells for row in read_csv(text, path.as_posix(), TABLE.columns).rows]
        content = write_csv([*rows, _cells(decision)], TABLE.columns)
        write_whole(path, content.encode())
    return decision, path


def _evidence(folders: Sequence[Path], draft: Draft, today: date) -> Evidence:
    """The evidence; where it cannot be used, the problems of the draft come with those found there."""
    try:
        return read_evidence(folders)
    except ReviewError as error:
        raise type(error)([*error.problems, *entry_problems(draft, today)]) from None


def _cells(decision: Decision) -> dict[str, str]:
    return {column: str(getattr(decision, column)) for column in TABLE.columns}
