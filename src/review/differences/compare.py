"""Two reviews opened and compared: report folders, evidence folders, or revisions of the evidence."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from review.differences.evidence import compare_evidence
from review.differences.model import Comparison
from review.differences.reports import compare_reports
from review.model.days import last_day
from review.model.errors import ReviewError
from review.model.records import Evidence
from review.model.vocabulary import Audience
from review.report.build import build_report
from review.report.formats.render import report_json
from review.store.inputs.report_file import ReportFacts, is_report_folder, read_report, report_facts
from review.store.layout import SHELVES, TABLES
from review.store.revision import find_revision, revision_evidence
from review.store.snapshot import read_evidence
from review.workbench import Review


@dataclass(frozen=True, slots=True)
class Opened:
    """One side as it was named, and what it holds."""

    name: str
    content: Evidence | ReportFacts


def compared(old: str, new: str | None, folders: Sequence[Path]) -> Comparison:
    """What changed from `old` to `new`, each a report folder, an evidence folder or a revision.

    Without `new`, the evidence that lies in `folders` now. A folder goes before a revision of the same
    name. `folders` are also where a revision keeps its evidence. Raises the error of the first side
    that cannot be opened, with the problems of both.
    """
    opened: list[Opened] = []
    errors: list[ReviewError] = []
    for name in (old, new):
        try:
            opened.append(_opened(name, folders))
        except ReviewError as error:
            errors.append(error)
    if errors:
        raise type(errors[0])(list(dict.fromkeys(p for error in errors for p in error.problems)))
    before, after = opened
    names = (before.name, after.name)
    if isinstance(before.content, Evidence) and isinstance(after.content, Evidence):
        as_of = last_day(before.content, after.content)
        return compare_evidence(Review(before.content, as_of), Review(after.content, as_of), names)
    return compare_reports(_facts(before, after), _facts(after, before), names)


def _opened(name: str | None, folders: Sequence[Path]) -> Opened:
    if name is None:
        return Opened("the working tree", read_evidence(folders))
    folder = Path(name)
    if is_report_folder(folder):
        return Opened(name, read_report(folder))
    if name and _is_evidence_folder(folder):
        return Opened(name, read_evidence([folder]))
    revision = find_revision(name)
    return Opened(revision.label, revision_evidence(revision, folders))


def _is_evidence_folder(folder: Path) -> bool:
    names = [table.file for table in TABLES] + [shelf.folder for shelf in SHELVES]
    # pathlib raises for a name that is too long.
    return any(os.path.exists(folder / name) for name in names)


def _facts(side: Opened, other: Opened) -> ReportFacts:
    """The report on one side; of evidence it is made now, on the pages of the other report."""
    if isinstance(side.content, ReportFacts):
        return side.content
    assert isinstance(other.content, ReportFacts), "two states of the evidence are compared as such"
    selection = other.content.selection
    review = Review(side.content, last_day(side.content))
    # The report may hold a page that this evidence does not: the comparison tells it.
    pages = tuple(page.page for page in other.content.pages)
    narrowed = replace(review.select((), selection.topics, selection.categories), pages=pages)
    text = report_json(build_report(narrowed, Audience.DIRECTOR))
    return report_facts(text, side.name).model_copy(update={"selection": selection})
