"""The marks of a class as data: numbers for each paper, the gradebook, and everything as JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from review.report.formats.table_files import claims_csv
from review.report.parts.document import Column, Table, table_row
from review.teaching.agreement import Agreement
from review.teaching.class_summary.results import LessonResult
from review.teaching.marking.mark import MarkedClass, MarkedPaper
from review.teaching.marking.outcomes import SAME, Outcome

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

OUTCOMES = tuple(
    Column(outcome.replace(" ", "_"), TITLES[outcome], 8, is_number=True) for outcome in Outcome
)
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
        table_row(
            paper.submission.learner,
            paper.submission.lesson or "",
            paper.submission.file,
            paper.state,
            len(paper.sheet.marks) if paper.sheet else "",
            paper.sheet.keyed if paper.sheet else "",
            *marks_in_numbers(paper),
            " ".join(paper.problems),
        )
        for paper in papers
    )
    return claims_csv(Table("table-gradebook", "Gradebook", columns, rows))


def summary_data(marked: MarkedClass, results: Sequence[LessonResult]) -> bytes:
    """The whole summary as JSON; the same class gives the same bytes."""
    data = {
        "evidence": marked.evidence,
        "files": [_paper_data(paper) for paper in marked.papers],
        "lessons": [_result_data(result) for result in results],
    }
    # A statistic without a value is null: NaN is no JSON.
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _paper_data(paper: MarkedPaper) -> Mapping[str, Any]:
    return {
        "file": paper.submission.file,
        "learner": paper.submission.learner,
        "lesson": paper.submission.lesson,
        "state": str(paper.state),
        "problems": list(paper.problems),
        "marks": [
            {
                "item": mark.item.item,
                "answer": mark.answer.value,
                "reason": mark.answer.reason,
                "outcome": str(mark.outcome),
                "steps": mark.steps,
            }
            for mark in (paper.sheet.marks if paper.sheet else ())
        ],
    }


def _result_data(result: LessonResult) -> Mapping[str, Any]:
    return {
        "lesson": result.lesson,
        "learners": result.learners,
        "hardest": [tally.item.item for tally in result.hardest],
        "agreement": [
            {
                "choices": list(agreement.choices),
                "ordered": agreement.ordered,
                "with_key": [_statistic(statistic) for statistic in agreement.with_key],
                "among_learners": [_statistic(statistic) for statistic in agreement.among],
            }
            for agreement in result.agreement
        ],
    }


def _statistic(agreement: Agreement) -> Mapping[str, Any]:
    return {**asdict(agreement), "statistic": str(agreement.statistic)}
