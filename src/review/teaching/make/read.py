"""First stage of making a lesson: the class, the evidence and the lesson itself, all checked."""

from dataclasses import dataclass
from pathlib import Path

from review.model.errors import InOption, ParameterError
from review.store.files.whole_folder import check_new_folder
from review.teaching.items import LessonItem
from review.teaching.make.roster import Roster, read_roster
from review.teaching.make.source import LessonSource, lesson_notebook, read_source
from review.teaching.pools import LESSONS, lesson_items
from review.workbench import open_review


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """What a lesson is made from and for; `count` is the number of items, 0 for the lesson's own.

    `notebook` is one to run instead of the lesson's.
    """

    lesson: int
    students: Path
    seed: int
    out: Path
    evidence: tuple[Path, ...]
    count: int = 0
    notebook: Path | None = None


@dataclass(frozen=True, slots=True)
class LessonMaterial:
    """A class, its lesson as it ran, and all that the lesson can ask.

    `evidence` is the digest of the evidence, `date` (YYYY-MM-DD) the day on which it stands.
    """

    lesson: int
    roster: Roster
    source: LessonSource
    items: tuple[LessonItem, ...]
    evidence: str
    date: str


def read_material(request: LessonRequest, project: Path) -> LessonMaterial:
    """Everything that a lesson is made from, the notebook of the lesson run once.

    Raises ParameterError, InputError, EvidenceError, RunError, or OutputError where the folder could not
    be made.
    """
    if request.lesson not in LESSONS:
        remedy = f"Lessons are {min(LESSONS)} to {max(LESSONS)}."
        raise ParameterError.at(
            InOption("--lesson"), f"there is no lesson {request.lesson}", remedy=remedy
        )
    roster = read_roster(request.students)
    check_new_folder(request.out)
    notebook = request.notebook or lesson_notebook(project, request.lesson)
    dossier = open_review(request.evidence)
    # Run last, because it takes longest: what else is wrong is told at once.
    source = read_source(notebook, request.evidence)
    items = lesson_items(dossier, request.lesson)
    digest, date = dossier.evidence.digest, dossier.as_of.isoformat()
    return LessonMaterial(request.lesson, roster, source, items, digest, date)
