"""Second stage of marking: a paper for each file, what counts, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from review.report.formats.unique_names import unique_names
from review.teaching.answers import ANSWERS, HANDED_IN
from review.teaching.items import LessonItem
from review.teaching.marking.classwork import ClassWork, Submission
from review.teaching.marking.outcomes import MarkSheet, mark_sheet


class PaperState(StrEnum):
    """What became of a file."""

    MARKED = "marked"
    NOT_COUNTED = "marked, not counted"
    NOT_MARKED = "not marked"
    NOT_NEEDED = "not needed"
    """Another file of the same learner has all that it holds."""
    NOT_HANDED_IN = "nothing handed in"
    """No file: the learner is one of the class that the lesson was made for."""

    @property
    def is_a_fault(self) -> bool:
        """Whether somebody has to look at the file, for it was handed in and has no mark that counts."""
        return self in (PaperState.NOT_COUNTED, PaperState.NOT_MARKED)


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """A submission with its sheet; `page` is the name of its feedback page, without its suffix.

    `problems` are sentences: those of the file, and those that show only beside the others.
    """

    submission: Submission
    state: PaperState
    problems: tuple[str, ...]
    sheet: MarkSheet | None = None
    page: str = ""

    @property
    def learner(self) -> str:
        """The learner's id, or the file's name where the file does not tell it."""
        return self.submission.learner or f"(file {self.submission.file})"

    @property
    def is_a_file(self) -> bool:
        """Whether a file was handed in."""
        return self.state is not PaperState.NOT_HANDED_IN

    @property
    def responses(self) -> tuple[tuple[str, str, str], ...]:
        """The answers with their reasons, by item: two papers with the same say the same."""
        marks = self.sheet.marks if self.sheet else ()
        return tuple(sorted((m.item.item, m.answer.value, m.answer.reason) for m in marks))

    @property
    def is_answered(self) -> bool:
        """Whether anything is answered in it."""
        return any(value for _, value, _ in self.responses)


@dataclass(frozen=True, slots=True)
class MarkedClass:
    """The papers of a class in the order of learners, and what they were marked by.

    `items` are those of each lesson, by id; `evidence` is the digest of the evidence, `date` its day.
    """

    papers: tuple[MarkedPaper, ...]
    items: Mapping[int, Mapping[str, LessonItem]]
    evidence: str
    date: str

    def sheets(self, lesson: int) -> dict[str, MarkSheet]:
        """The sheets that count in a lesson, by learner."""
        return {
            paper.learner: paper.sheet
            for paper in self.papers
            if paper.state is PaperState.MARKED and paper.sheet and paper.submission.lesson == lesson
        }

    @property
    def pages(self) -> dict[str, list[MarkedPaper]]:
        """The papers of each feedback page, by its name."""
        pages: dict[str, list[MarkedPaper]] = {}
        for paper in self.papers:
            if paper.page:
                pages.setdefault(paper.page, []).append(paper)
        return pages


def mark_class(work: ClassWork) -> MarkedClass:
    """The papers of a class, marked by the items of its lessons; those who handed in nothing are listed.

    Two files of one learner for one lesson count once if they answer the same; if they differ, both are
    marked and neither counts, because nothing in a file tells which of them is meant. A file in which
    nothing is answered gives way to one with answers.
    """
    papers = [_paper(submission, work) for submission in work.submissions]
    papers = [_beside(paper, papers) for paper in papers]
    papers += (
        MarkedPaper(Submission("", learner, lesson), PaperState.NOT_HANDED_IN, ())
        for lesson, learner in work.absent
    )
    # Marked files first, then by learner: the order of the summary and of the gradebook.
    papers.sort(key=lambda p: (not p.sheet, p.learner, p.submission.lesson, p.submission.file))
    return MarkedClass(tuple(_with_pages(papers)), work.items, work.evidence, work.date)


def _paper(submission: Submission, work: ClassWork) -> MarkedPaper:
    """A submission marked by itself."""
    if submission.answers is None:
        return MarkedPaper(submission, PaperState.NOT_MARKED, submission.problems)
    items = work.items.get(submission.lesson)
    if items is None:
        unknown = f"There is no lesson {submission.lesson}."
        return MarkedPaper(submission, PaperState.NOT_MARKED, (*submission.problems, unknown))
    texts = {item: cell.text for item, cell in submission.answers.items()}
    # An unknown item on the evidence of today was put in place of a question; on another evidence it
    # may have been asked, and is gone since.
    is_current = submission.evidence == work.evidence
    replaced = len(texts.keys() - items.keys()) if is_current else 0
    sheet = mark_sheet(items, texts, work.lexicon, submission.missing + replaced)
    problems = (
        *submission.problems,
        *_changed_choices(submission, items),
        *_evidence_problems(sheet, is_current),
    )
    if not sheet.marks:
        problems = (*problems, "No answer cell of the lesson is left in it.")
        return MarkedPaper(submission, PaperState.NOT_MARKED, problems)
    state = PaperState.MARKED if submission.is_own else PaperState.NOT_COUNTED
    paper = MarkedPaper(submission, state, problems, sheet)
    return paper if paper.is_answered else _with_problem(paper, "Nothing is answered.")


def _with_problem(paper: MarkedPaper, problem: str) -> MarkedPaper:
    return replace(paper, problems=(*paper.problems, problem))


def _changed_choices(submission: Submission, items: Mapping[str, LessonItem]) -> Iterator[str]:
    changed = [
        item
        for item, cell in (submission.answers or {}).items()
        if item in items and cell.choices and cell.choices != items[item].choices
    ]
    if changed:
        yield f"The choices were changed; the lesson's own count: {', '.join(changed[:5])}."


def _evidence_problems(sheet: MarkSheet, is_current: bool) -> Iterator[str]:
    """What a learner is told about the lesson's evidence, and about items that are not marked."""
    if not is_current:
        yield (
            "The evidence has changed since this lesson was made; it was marked by the evidence of "
            "today, and an answer may differ for that reason alone."
        )
    if gone := ", ".join(sheet.gone[:5]):
        more = f" and {len(sheet.gone) - 5} more" if len(sheet.gone) > 5 else ""
        reason = (
            "The lesson has no such items, so they count as not answered"
            if is_current
            else "Not marked, because the evidence has changed and no longer has them"
        )
        yield f"{reason}: {gone}{more}."


def _beside(paper: MarkedPaper, papers: Sequence[MarkedPaper]) -> MarkedPaper:
    """The paper as it stands beside others of the same learner and lesson."""
    if _is_handed_in_otherwise(paper, papers):
        return replace(paper, state=PaperState.NOT_NEEDED)
    if not (work := _own_work(paper)):
        return paper
    rivals = [other for other in papers if _own_work(other) == work]
    answered = [other for other in rivals if other.is_answered]
    if answered and not paper.is_answered:
        return _not_needed(paper, "Nothing is answered in it, so another file of this learner counts.")
    rivals = answered or rivals
    others = ", ".join(other.submission.file for other in rivals if other is not paper)
    if not others:
        return paper
    # The time of a file says nothing about which of two is meant, so neither counts.
    if len({other.responses for other in rivals}) > 1:
        problem = f"Another file of this learner differs from it ({others}): none of them counts."
        return _with_problem(replace(paper, state=PaperState.NOT_COUNTED), problem)
    first = min(rivals, key=lambda other: other.submission.file)
    if paper is first:
        return _with_problem(paper, f"The same answers are handed in again ({others}); they count once.")
    return _not_needed(paper, f"The same answers are in {first.submission.file}, which counts.")


def _is_handed_in_otherwise(paper: MarkedPaper, papers: Sequence[MarkedPaper]) -> bool:
    """Whether it is the form's own file of answers, beside the notebook that the form hands in."""
    file = paper.submission.file
    notebook = f"{file.removesuffix(ANSWERS)}{HANDED_IN}"
    return file.endswith(ANSWERS) and any(
        other.sheet and other.submission.file == notebook for other in papers
    )


def _own_work(paper: MarkedPaper) -> tuple[str, int] | None:
    """The learner and the lesson; None where it was not marked, or is not known to be the learner's."""
    submission = paper.submission
    is_known = paper.sheet and submission.learner and submission.is_own
    return (submission.learner, submission.lesson) if is_known else None


def _not_needed(paper: MarkedPaper, problem: str) -> MarkedPaper:
    return _with_problem(replace(paper, state=PaperState.NOT_NEEDED, sheet=None), problem)


def _with_pages(papers: Sequence[MarkedPaper]) -> Iterator[MarkedPaper]:
    """The papers with the names of their pages, unlike each other even where case does not count."""
    # All lessons of a learner stand on one page.
    owners = list(dict.fromkeys(_page_owner(paper) for paper in papers if paper.sheet))
    names = unique_names([_file_name(learner or file) for learner, file in owners], 80, "-")
    page_of = dict(zip(owners, names, strict=True))
    for paper in papers:
        yield replace(paper, page=page_of[_page_owner(paper)]) if paper.sheet else paper


def _page_owner(paper: MarkedPaper) -> tuple[str, str]:
    """A learner; a file that does not count, or whose learner is unknown, has a page of its own."""
    learner = paper.submission.learner
    is_counted = learner and paper.state is PaperState.MARKED
    return learner, "" if is_counted else paper.submission.file


def _file_name(text: str) -> str:
    stem = text.rpartition("/")[2].removesuffix(".ipynb")
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_") or "file"
