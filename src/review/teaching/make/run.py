"""Making a lesson: everything checked, the lesson run once, every file of the folder made from it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from review.dossier.dossier import Dossier
from review.model.errors import ParameterError, Problem
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.store.files.whole_folder import check_new_folder, write_new_folder
from review.teaching.draw import drawn
from review.teaching.items import AnswerScale, KeyBasis, LessonItem
from review.teaching.make.handout import class_handout, learner_handout
from review.teaching.make.notebooks import QuestionPaper, instructor_notebook, learner_notebook
from review.teaching.make.roster import Roster, read_roster
from review.teaching.make.source import LessonSource, lesson_notebook, read_source
from review.teaching.marking.made import COLUMNS, DRAWN
from review.teaching.pools import LESSONS, lesson_items
from review.workbench import open_review

COUNTS: Mapping[int, int] = {1: 20, 2: 20, 3: 34, 4: 18, 5: 12, 6: 10}
"""How many items a learner gets in each lesson, unless asked for otherwise: what fits 90 minutes.

Lesson 3: a trial and a case series, each with its whole tool. Lesson 4: three bodies of evidence.
"""

MINUTES: Mapping[int, float] = {1: 1.5, 2: 1.5, 3: 1.0, 4: 1.5, 5: 2.5, 6: 5.0}
"""The least time that the plan of a lesson has to leave for each item (our own estimate).

Lesson 3: all items of a study are about one short text, and mostly it does not say.
"""

CLASS_PDF = "handouts/class.pdf"


@dataclass(frozen=True, slots=True)
class LessonRequest:
    """What a lesson is made from and for; `count` is the number of items, 0 for the lesson's own."""

    lesson: int
    students: Path
    seed: int
    out: Path
    evidence: tuple[Path, ...]
    count: int = 0


def make_lesson(asked: LessonRequest, project: Path) -> tuple[Roster, Sequence[str]]:
    """Make the folder `asked.out`; gives the class, and the names of the files in the folder.

    Raises ParameterError, InputError, EvidenceError, RunError or OutputError; then there is no folder.
    """
    if asked.lesson not in LESSONS:
        remedy = f"Lessons are {min(LESSONS)} to {max(LESSONS)}."
        raise ParameterError([Problem("--lesson", 0, f"there is no lesson {asked.lesson}", remedy)])
    roster = read_roster(asked.students)
    check_new_folder(asked.out)
    notebook = lesson_notebook(project, asked.lesson)
    dossier = open_review(asked.evidence)
    source = read_source(notebook, asked.evidence)
    papers = draw_papers(lesson_items(dossier, asked.lesson), source, roster.learners, asked)
    contents = lesson_files(source, papers, asked.lesson, dossier)
    write_new_folder(asked.out, contents)
    return roster, sorted(contents)


def draw_papers(
    items: Iterable[LessonItem], source: LessonSource, learners: Iterable[str], asked: LessonRequest
) -> tuple[QuestionPaper, ...]:
    """What each learner is asked; nothing that the lesson itself shows as an example.

    Raises ParameterError where so few items are wanted that no group of them fits.
    """
    left = not_shown(items, source)
    count = asked.count or COUNTS[asked.lesson]
    try:
        return tuple(QuestionPaper(name, drawn(left, name, asked.seed, count)) for name in learners)
    except ValueError as error:
        raise ParameterError([Problem("--items", 0, str(error), "Ask for more items.")]) from None


def not_shown(items: Iterable[LessonItem], source: LessonSource) -> tuple[LessonItem, ...]:
    """The items of groups of which no cell for learners shows the matter, or words of the key.

    Two bodies of evidence can rest on one trial and have a reason in common: a worked example on the
    one would tell the key of the other.
    """
    pool = tuple(items)
    text = _shown(source)
    shown = {item.group for item in pool if any(words in text for words in _telling(item))}
    return tuple(item for item in pool if item.group not in shown)


def _telling(item: LessonItem) -> Iterator[str]:
    """The words by which a lesson would show what `item` asks, or how it is answered."""
    yield from item.about
    if item.key.basis is not KeyBasis.OPEN:
        yield item.key.reason
        if item.scale is AnswerScale.WORDS:
            yield item.key.value


def _shown(source: LessonSource) -> str:
    """All that the cells for learners hold, code and outputs as well, on one line."""
    before, after = source.for_learners()
    found = []
    for cell in (*before, *after):
        found.append(cell.source)
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            found += [output.get("text", ""), data.get("text/plain", ""), data.get("text/markdown", "")]
            if fragment := data.get("text/html", "").strip():
                found.append(html.fromstring(fragment).text_content())
    return " ".join(" ".join(found).split())


def lesson_files(
    source: LessonSource, papers: Sequence[QuestionPaper], lesson: int, dossier: Dossier
) -> dict[str, bytes]:
    """The files of a lesson's folder by name: the learners' first, then the teacher's."""
    evidence = dossier.evidence.digest
    return {
        **learner_files(source, papers, lesson, evidence, dossier.as_of.isoformat()),
        f"instructor/{source.name}": instructor_notebook(source, papers, lesson, evidence).encode(),
        DRAWN: drawn_csv(papers, lesson, evidence),
    }


def learner_files(
    source: LessonSource, papers: Sequence[QuestionPaper], lesson: int, evidence: str, day: str
) -> dict[str, bytes]:
    """The files that learners get, by name: a notebook and a page each, and one PDF for the class."""
    files = {CLASS_PDF: report_pdf(class_handout(source, papers, evidence, day))}
    for paper in papers:
        notebook = learner_notebook(source, paper, lesson, evidence)
        page = report_html(learner_handout(source, paper, evidence, day))
        files[f"students/{paper.learner}.ipynb"] = notebook.encode()
        files[f"handouts/{paper.learner}.html"] = page.encode()
    return files


def drawn_csv(papers: Sequence[QuestionPaper], lesson: int, evidence: str) -> bytes:
    """Who was asked what, for the teacher."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (lesson, paper.learner, item.item, item.difficulty, evidence)
        for paper in papers
        for item in paper.items
    )
    return text.getvalue().encode()
