"""From a folder of returned notebooks to a folder of feedback: read, marked, written as a whole."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from review.dossier.dossier import Dossier
from review.model.errors import OutputError, Problem
from review.report.folder import MANIFEST, check_target, manifest_of, write_folder
from review.report.formats.html import report_html
from review.report.parts.document import Document
from review.teaching.class_summary import (
    PAGES,
    gradebook,
    lesson_results,
    summary_data,
    summary_page,
)
from review.teaching.marking.class_list import MarkedClass, class_list
from review.teaching.marking.feedback import feedback_page
from review.teaching.marking.made import NOTHING_MADE, Made
from review.teaching.marking.submissions import Submission, handed_in, read_submission, shown_name
from review.teaching.pools import lesson_items
from review.teaching.side_by_side import side_by_side

SUMMARY = "summary.html"
GRADEBOOK = "gradebook.csv"
DATA = "summary.json"

Progress = Callable[[str, int], AbstractContextManager[Callable[[], object]]]
"""Shows that so many things of a kind are worked on; what it gives is called after each."""


def mark_folder(
    submissions: Path,
    dossier: Dossier,
    out: Path,
    workers: int,
    progress: Progress,
    made: Made = NOTHING_MADE,
) -> MarkedClass:
    """Mark every file below `submissions` by the lessons of `dossier` and write the feedback to `out`.

    Files of the lessons in `made` are held against what was drawn for their learners.
    Raises InputError when there is nothing to mark, OutputError when `out` cannot be written or holds
    something else; then nothing is written.
    """
    check_folders(submissions, out)
    read = _read(submissions, workers, progress)
    digest = dossier.evidence.digest
    marked = class_list(read, partial(lesson_items, dossier), digest, made)
    date = dossier.as_of.isoformat()
    results = lesson_results(marked)
    documents = {
        SUMMARY: summary_page(marked, results, digest, date),
        **{f"{PAGES}/{name}.html": feedback_page(p, date) for name, p in marked.pages.items()},
    }
    contents = {
        **_pages(documents, workers, progress),
        GRADEBOOK: gradebook(marked.papers),
        DATA: summary_data(marked, results, digest),
    }
    write_folder(out, {**contents, MANIFEST: manifest_of(contents, digest)})
    return marked


def check_folders(submissions: Path, out: Path) -> None:
    """Raises OutputError when `out` cannot take the feedback, or would take the submissions with it."""
    inside = submissions.resolve().is_relative_to(out.resolve())
    around = out.resolve().is_relative_to(submissions.resolve())
    if inside or around:
        what = "the feedback and the submissions would lie in each other"
        raise OutputError([Problem(str(out), 0, what, "Name a folder beside the submissions.")])
    if (out / MANIFEST).is_file() and not (out / GRADEBOOK).is_file():
        what = "the folder holds something that is not a marked class"
        raise OutputError([Problem(str(out), 0, what, "Name a new or empty folder.")])
    check_target(out)


def _read(folder: Path, workers: int, progress: Progress) -> list[Submission]:
    paths = handed_in(folder)
    with progress("Reading", len(paths)) as done:
        return side_by_side(
            partial(read_submission, folder=folder), paths, workers, partial(_died, folder=folder), done
        )


def _died(path: Path, folder: Path) -> Submission:
    what = "Reading the file ended the process that read it."
    return Submission(shown_name(path, folder), problems=(what,))


def _pages(documents: dict[str, Document], workers: int, progress: Progress) -> dict[str, bytes]:
    with progress("Writing", len(documents)) as done:
        pages = side_by_side(report_html, list(documents.values()), workers, report_html, done)
    return {name: page.encode() for name, page in zip(documents, pages, strict=True)}


def files_with_problems(marked: MarkedClass) -> Sequence[tuple[str, str]]:
    """The file and each sentence of what is wrong with it, by file."""
    return sorted((p.submission.file, what) for p in marked.papers for what in p.problems)
