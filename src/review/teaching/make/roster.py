"""The learners of a class, from a CSV file with the column `learner`."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from review.errors import InputError, Problem

COLUMN = "learner"
MOST = 1_000
"""Learners in one class."""
MAX_BYTES = 1_000_000

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True)
class Roster:
    """The ids of the learners, in the file's order, and the columns that are not used."""

    learners: tuple[str, ...]
    ignored: tuple[str, ...]


def read_roster(path: Path) -> Roster:
    """The learners in `path`. Raises InputError with every problem of the file at once."""
    name = path.as_posix()
    rows = _rows(_text(path, name), name)
    header = [cell.strip() for cell in rows[0]] if rows else []
    if header.count(COLUMN) != 1:
        remedy = f"The first row names the columns; one of them is {COLUMN}."
        raise InputError([Problem(name, 1, f"there is not exactly one column {COLUMN!r}", remedy)])
    at = header.index(COLUMN)
    ids = [(line, _cell(cells, at)) for line, cells in enumerate(rows[1:], start=2) if any(cells)]
    if problems := [*_problems(ids, name)]:
        raise InputError(problems)
    ignored = tuple(column for column in header if column and column != COLUMN)
    return Roster(tuple(learner for _, learner in ids), ignored)


def _rows(text: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        problem = Problem(name, 0, f"not readable as CSV: {error}", "Correct the quotes.")
    raise InputError([problem])


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            what = f"the file is larger than {MAX_BYTES:,} bytes"
            raise InputError([Problem(name, 0, what, f"A class has at most {MOST:,} learners.")])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem = Problem(name, 0, f"it cannot be read: {error.strerror}", "Correct the path.")
    except UnicodeDecodeError:
        problem = Problem(name, 0, "this is no text in UTF-8", "Save it as CSV in UTF-8.")
    raise InputError([problem])


def _problems(ids: Sequence[tuple[int, str]], name: str) -> Iterator[Problem]:
    if not ids:
        yield Problem(name, 0, "the class has no learner", "Give each learner a row.")
    if len(ids) > MOST:
        yield Problem(name, 0, f"there are more than {MOST:,} learners", "Split the class.")
    first: dict[str, int] = {}
    for line, learner in ids:
        # Files are named by the ids, and some systems do not tell A from a.
        same = first.setdefault(learner.casefold(), line)
        if not _ID.fullmatch(learner):
            what = f"{learner!r} cannot be a learner's id" if learner else "the id is missing"
            remedy = (
                "Use letters, digits, hyphen and underscore, at most 40, a letter or digit at both ends."
            )
            yield Problem(name, line, what, remedy)
        elif same != line:
            what = f"the id {learner!r} stands here and in line {same}"
            yield Problem(name, line, what, "Give each learner an id of their own.")
