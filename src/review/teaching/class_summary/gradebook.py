"""The marks of a class as numbers: the gradebook, and what the page shows of each learner."""

from collections.abc import Iterator, Sequence

from review.report.formats.table_files import claims_csv
from review.report.parts.document import Column, Row, Table, text
from review.teaching.marking.class_list import MarkedPaper
from review.teaching.marking.mark import SAME, Outcome

TITLES = {
    Outcome.RIGHT: "Right",
    Outcome.AGREES: "Agrees",
    Outcome.WRONG: "Wrong",
    Outcome.DISCUSS: "To discuss",
    Outcome.REASON_MISSING: "Reason missing",
    Outcome.OPEN: "No key",
    Outcome.NOT_A_CHOICE: "Not a choice",
    Outcome.NOT_ANSWERED: "Not answered",
}
"""The outcomes as the heads of columns."""

OUTCOMES = tuple(Column(one.replace(" ", "_"), TITLES[one], 8, is_number=True) for one in Outcome)
"""A column for the count of every outcome."""


def marks_in_numbers(paper: MarkedPaper) -> Iterator[str]:
    """Answers as the key, their percentage, and the count of every outcome; empty where not marked."""
    sheet = paper.sheet
    if sheet is None:
        yield from [""] * (2 + len(OUTCOMES))
        return
    same = sheet.count(*SAME)
    yield str(same)
    yield f"{100 * same / sheet.keyed:.0f}" if sheet.keyed else ""
    yield from (str(sheet.count(outcome)) for outcome in Outcome)


def gradebook(papers: Sequence[MarkedPaper]) -> bytes:
    """One row a file, as CSV that no spreadsheet calculates."""
    columns = (
        Column("learner", "Learner"),
        Column("lesson", "Lesson", is_number=True),
        Column("file", "File"),
        Column("state", "State"),
        Column("items", "Items", is_number=True),
        Column("with_key", "With a key", is_number=True),
        Column("as_the_key", "As the key", is_number=True),
        Column("percent", "Percent", is_number=True),
        *OUTCOMES,
        Column("problems", "Problems"),
    )
    rows = tuple(
        Row(
            (
                text(paper.submission.learner),
                text(paper.submission.lesson or ""),
                text(paper.submission.file),
                text(paper.state),
                text(len(paper.sheet.marks) if paper.sheet else ""),
                text(paper.sheet.keyed if paper.sheet else ""),
                *map(text, marks_in_numbers(paper)),
                text(" ".join(paper.problems)),
            )
        )
        for paper in papers
    )
    return claims_csv(Table("table-gradebook", "Gradebook", columns, rows))
