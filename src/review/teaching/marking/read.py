"""First stage of marking: what was handed in and what it is marked by, each read once."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from review.dossier.dossier import Dossier
from review.model.errors import InFile, OutputError
from review.report.folder import MANIFEST, check_target
from review.teaching.items import LessonItem
from review.teaching.marking import GRADEBOOK
from review.teaching.marking.classwork import ClassWork, Submission
from review.teaching.marking.made import as_made, not_handed_in, read_made
from review.teaching.marking.submissions import display_name, handed_in, read_submission
from review.teaching.pools import LESSONS, lesson_items
from review.teaching.side_by_side import side_by_side
from review.workbench import open_review


@dataclass(frozen=True, slots=True)
class MarkingRequest:
    """What is to be marked, on which evidence, against which made lessons, and where feedback goes."""

    submissions: Path
    out: Path
    evidence: tuple[Path, ...]
    made: tuple[Path, ...] = ()
    workers: int = 1


class MarkingWatcher(Protocol):
    """Who is told how the marking goes on."""

    def begin(self, files: int) -> None:
        """So many files are to be marked."""

    def bar(self, label: str, length: int) -> AbstractContextManager[Callable[[], object]]:
        """So many things of a kind are about to be worked on; what it gives is called after each."""


def read_class(request: MarkingRequest, watcher: MarkingWatcher) -> ClassWork:
    """Every file below the folder of submissions, held against what was made for its learner.

    Raises OutputError when the feedback could not be written, InputError when there is nothing to mark
    or a folder is no made lesson, EvidenceError as `open_review` does: all before a notebook is read.
    """
    _check_folders(request.submissions, request.out)
    made = read_made(request.made)
    paths = handed_in(request.submissions)
    watcher.begin(len(paths))
    dossier = open_review(request.evidence)
    read = partial(read_submission, folder=request.submissions)

    def died(path: Path) -> Submission:
        problem = "Reading the file ended the process that read it."
        return Submission(display_name(path, request.submissions), problems=(problem,))

    with watcher.bar("Reading", len(paths)) as done:
        files = side_by_side(read, paths, request.workers, died, done)
    submissions = tuple(as_made(file, made) for file in files)
    return ClassWork(
        submissions,
        _items(submissions, dossier),
        dossier.evidence.digest,
        dossier.as_of.isoformat(),
        dossier.lexicon,
        not_handed_in(submissions, made),
    )


def _check_folders(submissions: Path, out: Path) -> None:
    """Raises OutputError when `out` cannot take the feedback, or would take the submissions with it."""
    inside = submissions.resolve().is_relative_to(out.resolve())
    around = out.resolve().is_relative_to(submissions.resolve())
    if inside or around:
        fault = "the feedback and the submissions would lie in each other"
        raise OutputError.at(InFile(str(out)), fault, remedy="Name a folder beside the submissions.")
    # A report has a manifest, too, and must not be replaced by feedback.
    if (out / MANIFEST).is_file() and not (out / GRADEBOOK).is_file():
        fault = "the folder holds something that is not a marked class"
        raise OutputError.at(InFile(str(out)), fault, remedy="Name a new or empty folder.")
    check_target(out)


def _items(submissions: Iterable[Submission], dossier: Dossier) -> dict[int, dict[str, LessonItem]]:
    # A file may name a lesson that is not there.
    lessons = {submission.lesson for submission in submissions if submission.answers is not None}
    return {
        lesson: {item.item: item for item in lesson_items(dossier, lesson)}
        for lesson in sorted(lessons & LESSONS.keys())
    }
