"""What `lesson make` drew for a class, and what was handed in held against it.

A notebook alone cannot tell that its learner's id or the digest of the evidence was changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from review.model.errors import InFile, InputError
from review.store.files.table_file import read_table
from review.teaching.marking.classwork import Submission

DRAWN = "instructor/drawn.csv"
"""The file in the folder of a made lesson that says who was asked what."""
COLUMNS = ("lesson", "learner", "item", "difficulty", "evidence")
_MOST_ROWS = 500_000  # a thousand learners with five hundred items each


@dataclass(frozen=True, slots=True)
class MadeLesson:
    """The items drawn for each learner of a class, and the digest of the evidence behind them."""

    drawn: Mapping[str, tuple[str, ...]]
    evidence: str


Made = Mapping[int, MadeLesson]
"""Made lessons by their number."""


def read_made(folders: Sequence[Path]) -> Made:
    """The lessons in the folders that `lesson make` wrote, each lesson once.

    Raises InputError when a folder holds no such lesson, or a lesson comes twice.
    """
    lessons: dict[int, MadeLesson] = {}
    for folder in folders:
        lesson, made = _read(folder / DRAWN)
        if lesson in lessons:
            fault = f"lesson {lesson} is in another of the folders, too"
            raise InputError.at(InFile(str(folder)), fault, remedy="Mark one class at a time.")
        lessons[lesson] = made
    return lessons


def _read(path: Path) -> tuple[int, MadeLesson]:
    table = read_table(path, COLUMNS, COLUMNS, most=_MOST_ROWS)
    rows = [row.cells for row in table.rows]
    lessons = {(row["lesson"], row["evidence"]) for row in rows}
    lesson, evidence = lessons.pop() if len(lessons) == 1 else ("", "")
    if table.problems or not lesson.isdecimal():
        fault = "this does not tell who was asked what in one lesson"
        remedy = (
            "Name the folder that review lesson make wrote, and make the lesson again if it was changed."
        )
        raise InputError.at(InFile(path.as_posix()), fault, remedy=remedy)
    drawn: dict[str, tuple[str, ...]] = {}
    for row in rows:
        drawn[row["learner"]] = (*drawn.get(row["learner"], ()), row["item"])
    return int(lesson), MadeLesson(drawn, evidence)


def as_made(submission: Submission, made: Made) -> Submission:
    """A submission as far as it is what was made for its learner, with what is not so as problems.

    It is no more the learner's own where its questions are those of somebody else, or its learner is
    not in the class. Items that were not drawn for its learner are left out, and those that were drawn
    and are gone count as missing.
    """
    lesson, cells = made.get(submission.lesson), submission.answers
    if lesson is None or cells is None:
        return submission
    problems = list(submission.problems)
    if submission.evidence != lesson.evidence:
        problems.append(
            "The digest of the evidence was changed in the file; the one of the making counts."
        )
        submission = replace(submission, evidence=lesson.evidence)
    asked, drawn = set(cells), set(lesson.drawn.get(submission.learner, ()))
    owners = [name for name, items in lesson.drawn.items() if asked and asked <= set(items)]
    foreign = asked - drawn
    # One foreign item may be a slip; a whole set that was drawn for somebody is that learner's paper.
    if not drawn or (foreign and owners):
        if not drawn:
            problems.append("The lesson was made for no learner of this id.")
        if len(owners) == 1:
            problems.append(f"These are the questions of {owners[0]}.")
        return replace(submission, problems=tuple(problems), is_own=False)
    if foreign:
        problems.append(f"Not drawn for this learner, so not marked: {', '.join(sorted(foreign)[:5])}.")
    answers = {item: cell for item, cell in cells.items() if item in drawn}
    missing = len(drawn - answers.keys())
    if missing > submission.missing:
        problems.append(f"Questions of this learner that are not in the file: {missing}.")
    return replace(submission, answers=answers, missing=missing, problems=tuple(problems))


def not_handed_in(submissions: Iterable[Submission], made: Made) -> tuple[tuple[int, str], ...]:
    """Lessons and learners of made lessons of whom there is no submission of their own."""
    there = {(work.lesson, work.learner) for work in submissions if work.is_own}
    asked = ((number, learner) for number, lesson in sorted(made.items()) for learner in lesson.drawn)
    return tuple(pair for pair in asked if pair not in there)
