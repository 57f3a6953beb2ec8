"""Decisions recorded in an evidence folder: added at the end, nothing before them is ever changed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from review.model.errors import ReviewError
from review.model.records import Decision, Evidence
from review.people.decisions import Draft, decided, entry_problems
from review.store.files.together import changing
from review.store.files.whole_file import write_whole
from review.store.layout import TABLES
from review.store.read import read_evidence
from review.store.table import changed_table

TABLE = next(table for table in TABLES if table.record is Decision)


def record_decision(folders: Sequence[Path], draft: Draft, now: datetime) -> tuple[Decision, Path]:
    """Add the decision that `draft` asks for to the last of `folders`; gives it and the file.

    Evidence is read and the row is written under one lock, so that of several people who decide at
    once each sees the decisions of the others. Raises ParameterError with every problem of the draft,
    InputError or EvidenceError where the evidence cannot be used, OutputError where the file cannot be
    written; then nothing is changed.
    """
    path = folders[-1] / TABLE.file
    with changing(folders[-1]):
        decision = decided(_evidence(folders, draft, now), draft, now)
        write_whole(path, changed_table(folders[-1], TABLE, [decision]))
    return decision, path


def _evidence(folders: Sequence[Path], draft: Draft, now: datetime) -> Evidence:
    """The evidence; where it cannot be used, the problems of the draft come with those found there."""
    try:
        return read_evidence(folders)
    except ReviewError as error:
        raise type(error)([*error.problems, *entry_problems(draft, now)]) from None
