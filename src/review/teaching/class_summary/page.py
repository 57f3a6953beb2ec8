"""The page for the teacher of a class."""

from collections import Counter
from collections.abc import Iterator, Sequence

from review.model.vocabulary import Verdict
from review.report.counted import counted
from review.report.parts.document import (
    Block,
    Bullets,
    Column,
    Document,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Table,
    table_row,
    text,
)
from review.teaching.agreement import KRIPPENDORFF, LANDIS_KOCH
from review.teaching.class_summary.data import OUTCOMES, TITLES, marks_in_numbers
from review.teaching.class_summary.lesson_parts import agreement_in_short, lesson_parts
from review.teaching.class_summary.results import LessonResult
from review.teaching.marking import PAGES
from review.teaching.marking.feedback import WHAT_A_KEY_IS
from review.teaching.marking.mark import MarkedClass, MarkedPaper, PaperState
from review.teaching.marking.outcomes import MEANING, Outcome


def summary_page(marked: MarkedClass, results: Sequence[LessonResult]) -> Document:
    """The page for the teacher."""
    return Document(
        title="How the class did",
        subtitle=f"{_files(marked.papers)}, marked by the evidence of {marked.date}",
        running_head="For the teacher. A reference that somebody judged is not the truth.",
        date=marked.date,
        parts=tuple(_parts(marked, results)),
    )


def _parts(marked: MarkedClass, results: Sequence[LessonResult]) -> Iterator[Part]:
    yield Part("The answer", "answer", tuple(_answer(marked, results)))
    if with_problems := [paper for paper in marked.papers if paper.problems]:
        yield Part("Files to look at", "problems", (_problems(with_problems),))
    yield Part("Every learner", "learners", (_learners(marked.papers),))
    for result in results:
        yield from lesson_parts(result, alone=len(results) == 1)
    yield Part("How to read it", "reading", (_reading(marked.evidence),))


def _files(papers: Sequence[MarkedPaper]) -> str:
    return counted(sum(paper.is_a_file for paper in papers), "file")


def _answer(marked: MarkedClass, results: Sequence[LessonResult]) -> Iterator[Block]:
    states = Counter(paper.state for paper in marked.papers if paper.is_a_file)
    counts = ", ".join(f"{states[state]} {state}" for state in PaperState if states[state])
    yield Paragraph(text(f"{_files(marked.papers)}: {counts}."), Kind.LEAD)
    absent = [paper for paper in marked.papers if not paper.is_a_file]
    if names := ", ".join(f"{p.learner} (lesson {p.submission.lesson})" for p in absent):
        yield Paragraph(text(f"Nothing was handed in by {names}."))
    for result in results:
        yield Paragraph(text(" ".join(_in_short(result))))
        agreed = [line for scale in result.agreement for line in agreement_in_short(scale)]
        if agreed:
            yield Bullets(tuple(text(line) for line in agreed))


def _in_short(result: LessonResult) -> Iterator[str]:
    answered = sum(tally.answered for tally in result.items)
    same = sum(tally.same for tally in result.items)
    yield f"Lesson {result.lesson}: {counted(result.learners, 'learner counts', 'learners count')}."
    if answered:
        yield f"Of {answered} answers with a key, {same} are right or the key's ({same / answered:.0%})."
    if result.hardest:
        first = result.hardest[0]
        yield (
            f"The hardest item is {first.item.item}: "
            f"{first.answered - first.same} of {first.answered} answered otherwise."
        )


def _learners(papers: Sequence[MarkedPaper]) -> Table:
    columns = (
        Column("learner", "Learner", 16),
        Column("lesson", "Lesson", 6),
        Column("state", "State", 12),
        Column("same", "As the key", 7, is_number=True),
        Column("percent", "Percent", 7, is_number=True),
        *OUTCOMES,
        Column("problems", "Notes", 6, is_number=True),
    )
    note = (
        "As the key: right or agreeing answers, of all items with a key in the learner's notebook; what "
        "follows from other answers is right where it follows from the learner's own; an item without "
        "an answer is none. A learner's name leads to the feedback page."
    )
    caption, filters = "Every learner and file, with the marks", ("lesson", "state")
    return Table("table-learners", caption, columns, tuple(map(_learner_row, papers)), note, filters)


def _learner_row(paper: MarkedPaper) -> Row:
    link = f"./{PAGES}/{paper.page}.html" if paper.page else ""
    lesson = paper.submission.lesson or ""
    cells = (lesson, paper.state, *marks_in_numbers(paper), len(paper.problems))
    name = (Run(paper.learner, link=link),)
    return table_row(name, *cells, muted=paper.state is not PaperState.MARKED)


def _problems(papers: Sequence[MarkedPaper]) -> Table:
    columns = (
        Column("file", "File", 20),
        Column("learner", "Learner", 12),
        Column("state", "State", 10),
        Column("problem", "What to know about it", 50),
    )
    rows = tuple(
        table_row(
            paper.submission.file,
            paper.submission.learner or "not told",
            paper.state,
            "\n".join(paper.problems),
            verdict=Verdict.CONTRADICTED if paper.state.is_a_fault else Verdict.OVERSTATED,
        )
        for paper in sorted(papers, key=lambda p: (not p.state.is_a_fault, p.submission.file))
    )
    return Table("table-problems", "Files that have something wrong", columns, rows, "", ("state",))


def _reading(evidence: str) -> Bullets:
    return Bullets(
        (
            text(WHAT_A_KEY_IS),
            *(text(f"{TITLES[outcome]}: {MEANING[outcome]}") for outcome in Outcome),
            text(
                f"Bands for kappa and Gwet's coefficients are those of {LANDIS_KOCH}; for alpha, those "
                f"of {KRIPPENDORFF}. They are conventions. Look at the interval first."
            ),
            text(
                "Kappa falls where nearly all answers are one choice, even if most agree; AC1 does not."
            ),
            text("A wording is read by the words in it; read those to discuss yourself."),
            text(f"Evidence: {evidence}"),
        )
    )
