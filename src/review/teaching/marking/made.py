"""What `lesson make` drew for a class, and what was handed in held against it.

A notebook alone cannot tell that its learner's id or the digest of the evidence was changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from review.model.errors import InFile, InputError, Problem
from review.store.files.table_file import read_table
from review.teaching.marking.submissions import Submission

DRAWN = "instructor/drawn.csv"
"""The file in the folder of a made lesson that says who was asked what."""
COLUMNS = ("lesson", "learner", "item", "difficulty", "evidence")
_MOST_ROWS = 500_000


@dataclass(frozen=True, slots=True)
class MadeLesson:
    """The items drawn for each learner of a class, and the digest of the evidence behind them."""

    drawn: Mapping[str, tuple[str, ...]]
    evidence: str


Made = Mapping[int, MadeLesson]
"""Made lessons by their number."""
NOTHING_MADE: Made = MappingProxyType({})


def read_made(folders: Sequence[Path]) -> Made:
    """The lessons in the folders that `lesson make` wrote, each lesson once.

    Raises InputError when a folder holds no such lesson, or a lesson comes twice.
    """
    found: dict[int, MadeLesson] = {}
    for folder in folders:
        lesson, made = _read(folder / DRAWN)
        if lesson in found:
            fault = f"lesson {lesson} is in another of the folders, too"
            raise InputError.at(InFile(str(folder)), fault, remedy="Mark one class at a time.")
        found[lesson] = made
    return found


def _read(path: Path) -> tuple[int, MadeLesson]:
    table = read_table(path, _MOST_ROWS)
    rows = [dict(zip(table.header, cells, strict=True)) for _, cells in table.rows]
    lessons = {(row.get("lesson", ""), row.get("evidence", "")) for row in rows}
    if table.header != COLUMNS or table.problems or len(lessons) != 1:
        raise InputError([_not_made(path)])
    ((lesson, evidence),) = lessons
    if not lesson.isdecimal():
        raise InputError([_not_made(path)])
    drawn: dict[str, tuple[str, ...]] = {}
    for row in rows:
        drawn[row["learner"]] = (*drawn.get(row["learner"], ()), row["item"])
    return int(lesson), MadeLesson(drawn, evidence)


def _not_made(path: Path) -> Problem:
    remedy = (
        "Name the folder that review lesson make wrote, and make the lesson again if it was changed."
    )
    fault = "this does not tell who was asked what in one lesson"
    return InFile(path.as_posix()).problem(fault, remedy=remedy)


def as_made(one: Submission, made: Made) -> Submission:
    """A submission as far as it is what was made for its learner, with what is not so as problems.

    It is no more the learner's own where its questions are those of somebody else, or its learner is
    not in the class. Items that were not drawn for its learner are left out, and those that were drawn
    and are gone count as missing.
    """
    lesson = made.get(one.lesson)
    if lesson is None or one.answers is None:
        return one
    told = list(one.problems)
    if one.evidence != lesson.evidence:
        told.append("The digest of the evidence was changed in the file; the one of the making counts.")
        one = replace(one, evidence=lesson.evidence)
    own = set(lesson.drawn.get(one.learner, ()))
    owners = [name for name, items in lesson.drawn.items() if one.asked and one.asked <= set(items)]
    others = one.asked - own
    if not own or (others and owners):
        if not own:
            told.append("The lesson was made for no learner of this id.")
        if len(owners) == 1:
            told.append(f"These are the questions of {owners[0]}.")
        return replace(one, problems=tuple(told), is_own=False)
    if others:
        told.append(f"Not drawn for this learner, so not marked: {', '.join(sorted(others)[:5])}.")
    answers = {item: handed for item, handed in (one.answers or {}).items() if item in own}
    missing = len(own - answers.keys())
    if missing > one.missing:
        told.append(f"Questions of this learner that are not in the file: {missing}.")
    return replace(one, answers=answers, missing=missing, problems=tuple(told))
