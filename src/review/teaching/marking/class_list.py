"""What is marked of the files of a class: a paper for each, what counts, and what is wrong with it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from review.report.formats.unique_names import unique_names
from review.teaching.items import LessonItem
from review.teaching.marking.made import NOTHING_MADE, Made, as_made
from review.teaching.marking.mark import MarkSheet, notes, sheet
from review.teaching.marking.submissions import ANSWERS, HANDED_IN, Submission

Pool = Callable[[int], tuple[LessonItem, ...]]
"""The items of a lesson by its number; raises KeyError for a lesson that is not there."""


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


@dataclass(frozen=True, slots=True)
class MarkedClass:
    """The papers of a class in the order of learners, and the items of each lesson by id."""

    papers: tuple[MarkedPaper, ...]
    items: Mapping[int, Mapping[str, LessonItem]]

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
        found: dict[str, list[MarkedPaper]] = {}
        for paper in self.papers:
            if paper.page:
                found.setdefault(paper.page, []).append(paper)
        return found


def class_list(
    submissions: Sequence[Submission], pool: Pool, evidence: str, made: Made = NOTHING_MADE
) -> MarkedClass:
    """The papers of `submissions`, marked by the lessons of `pool` on the evidence of that digest.

    Of a lesson in `made`, only what was drawn for a learner is marked, and those of the class who handed
    in nothing are listed.

    Two files of one learner for one lesson count once if they answer the same; if they differ, both are
    marked and neither counts, because nothing in a file tells which of them is meant. A file in which
    nothing is answered gives way to one with answers.
    """
    items = _items(submissions, pool)
    papers = [_paper(as_made(one, made), items, evidence) for one in submissions]
    papers = [_beside(paper, papers) for paper in papers]
    papers += _not_handed_in(papers, made)
    papers.sort(
        key=lambda paper: (
            not paper.sheet,
            paper.learner,
            paper.submission.lesson,
            paper.submission.file,
        )
    )
    return MarkedClass(tuple(_with_pages(papers)), items)


def _items(submissions: Sequence[Submission], pool: Pool) -> dict[int, dict[str, LessonItem]]:
    found = {}
    for lesson in sorted({one.lesson for one in submissions if one.is_read}):
        try:
            found[lesson] = {item.item: item for item in pool(lesson)}
        except KeyError:
            continue
    return found


def _not_handed_in(papers: Sequence[MarkedPaper], made: Made) -> Iterator[MarkedPaper]:
    """A paper for every learner of a made lesson of whom no file is there."""
    there = {(one.lesson, one.learner) for one in (p.submission for p in papers) if one.is_own}
    for number, lesson in sorted(made.items()):
        for learner in lesson.drawn:
            if (number, learner) not in there:
                yield MarkedPaper(Submission("", learner, number), PaperState.NOT_HANDED_IN, ())


def _paper(one: Submission, items: Mapping[int, Mapping[str, LessonItem]], evidence: str) -> MarkedPaper:
    if one.answers is None:
        return MarkedPaper(one, PaperState.NOT_MARKED, one.problems)
    if one.lesson not in items:
        return MarkedPaper(
            one, PaperState.NOT_MARKED, (*one.problems, f"There is no lesson {one.lesson}.")
        )
    own = items[one.lesson]
    texts = {item: handed.text for item, handed in one.answers.items()}
    unknown = len(texts.keys() - own.keys()) if one.evidence == evidence else 0
    made = sheet(own, texts, one.missing + unknown)
    problems = [*one.problems, *_changed(one, own), *notes(one.evidence, evidence, made)]
    if not made.marks:
        return MarkedPaper(
            one, PaperState.NOT_MARKED, (*problems, "No answer cell of the lesson is left in it.")
        )
    state = PaperState.MARKED if one.is_own else PaperState.NOT_COUNTED
    paper = MarkedPaper(one, state, tuple(problems), made)
    if not _is_answered(paper):
        return replace(paper, problems=(*problems, "Nothing is answered."))
    return paper


def _is_answered(paper: MarkedPaper) -> bool:
    return paper.sheet is not None and any(mark.answer.value for mark in paper.sheet.marks)


def _changed(one: Submission, items: Mapping[str, LessonItem]) -> Iterator[str]:
    changed = [
        item
        for item, handed in (one.answers or {}).items()
        if item in items and handed.choices and handed.choices != items[item].choices
    ]
    if changed:
        yield f"The choices were changed; the lesson's own count: {', '.join(changed[:5])}."


def _beside(paper: MarkedPaper, papers: Sequence[MarkedPaper]) -> MarkedPaper:
    """The paper as it stands beside others of the same learner and lesson."""
    own = paper.submission
    if own.file.endswith(ANSWERS) and _handed_in_beside(own.file, papers):
        return replace(paper, state=PaperState.NOT_NEEDED)
    same = [
        other
        for other in papers
        if other.sheet
        and own.learner
        and other.submission.is_own
        and (other.submission.learner, other.submission.lesson) == (own.learner, own.lesson)
    ]
    if len(same) < 2 or not any(other is paper for other in same):
        return paper
    answered = [other for other in same if _is_answered(other)]
    if answered and not _is_answered(paper):
        what = "Nothing is answered in it, so another file of this learner counts."
        return replace(paper, state=PaperState.NOT_NEEDED, sheet=None, problems=(*paper.problems, what))
    same = answered or same
    if len(same) < 2:
        return paper
    others = [other.submission.file for other in same if other is not paper]
    if len({_said(other) for other in same}) > 1:
        named = ", ".join(others)
        what = f"Another file of this learner differs from it ({named}): none of them counts."
        return replace(paper, state=PaperState.NOT_COUNTED, problems=(*paper.problems, what))
    first = min(same, key=lambda other: other.submission.file)
    if paper is first:
        what = f"The same answers are handed in again ({', '.join(others)}); they count once."
        return replace(paper, problems=(*paper.problems, what))
    what = f"The same answers are in {first.submission.file}, which counts."
    return replace(paper, state=PaperState.NOT_NEEDED, sheet=None, problems=(*paper.problems, what))


def _handed_in_beside(file: str, papers: Sequence[MarkedPaper]) -> bool:
    """Whether the notebook that the form hands in lies beside the file of its answers."""
    name = f"{file.removesuffix(ANSWERS)}{HANDED_IN}"
    return any(paper.sheet and paper.submission.file == name for paper in papers)


def _said(paper: MarkedPaper) -> tuple[tuple[str, str, str], ...]:
    marks = paper.sheet.marks if paper.sheet else ()
    return tuple(sorted((m.item.item, m.answer.value, m.answer.reason) for m in marks))


def _with_pages(papers: Sequence[MarkedPaper]) -> Iterator[MarkedPaper]:
    """A page for each learner; a file that does not count, or whose learner is unknown, has its own."""
    keys = [
        (paper.submission.learner, "")
        if paper.submission.learner and paper.state is PaperState.MARKED
        else (paper.submission.learner, paper.submission.file)
        for paper in papers
    ]
    marked = [key for key, paper in zip(keys, papers, strict=True) if paper.sheet]
    pages = list(dict.fromkeys(marked))
    names = unique_names([_file_name(learner or file) for learner, file in pages], 80, "-")
    page_of = dict(zip(pages, names, strict=True))
    for key, paper in zip(keys, papers, strict=True):
        yield replace(paper, page=page_of[key]) if paper.sheet else paper


def _file_name(text: str) -> str:
    stem = text.rpartition("/")[2].removesuffix(".ipynb")
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_") or "file"
