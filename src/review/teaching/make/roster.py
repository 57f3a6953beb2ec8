"""The learners of a class, from a CSV or XLSX file with the column `learner`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from review.model.errors import InFile, InputError, Problem
from review.model.fields import is_device
from review.store.files.table_file import read_table

COLUMN = "learner"
MOST = 1_000
"""Learners in one class."""
MAX_BYTES = 1_000_000  # well above what a thousand ids take

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Roster:
    """The ids of the learners, in the file's order, and what is to be told of how it was read."""

    learners: tuple[str, ...]
    remarks: tuple[Problem, ...] = ()


def read_roster(path: Path) -> Roster:
    """The learners in `path`. Raises InputError with every problem of the file at once."""
    table = read_table(path, [COLUMN], [COLUMN], most=MOST, max_bytes=MAX_BYTES)
    ids = [(row.line, row.cells[COLUMN].strip()) for row in table.rows]
    problems = [*table.problems, *_problems(ids, path.name)]
    if not ids and not problems:
        fault = "the class has no learner"
        problems.append(InFile(path.name).problem(fault, remedy="Give each learner a row."))
    if problems:
        raise InputError(problems)
    return Roster(tuple(learner for _, learner in ids), table.remarks)


def _problems(ids: Sequence[tuple[int, str]], name: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for line, learner in ids:
        # Files are named by the ids, and some systems do not tell A from a.
        same = first.setdefault(learner.casefold(), line)
        if not _ID.fullmatch(learner) or is_device(learner):
            fault = f"{learner!r} cannot be a learner's id" if learner else "the id is missing"
            remedy = (
                "Use letters, digits, hyphen and underscore, at most 40, a letter or digit at both "
                "ends; no device of Windows, such as con or nul."
            )
            yield InFile(name, line).problem(fault, remedy=remedy)
        elif same != line:
            fault = f"the id {learner!r} stands here and in line {same}"
            yield InFile(name, line).problem(fault, remedy="Give each learner an id of their own.")
