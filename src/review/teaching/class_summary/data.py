"""The summary of a class as data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from review.teaching.agreement import Agreement
from review.teaching.class_summary.results import LessonResult
from review.teaching.marking.class_list import MarkedClass, MarkedPaper


def summary_data(marked: MarkedClass, results: Sequence[LessonResult], evidence: str) -> bytes:
    """The whole summary as JSON; the same class gives the same bytes."""
    data = {
        "evidence": evidence,
        "files": [_paper_data(paper) for paper in marked.papers],
        "lessons": [_result_data(result) for result in results],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _paper_data(paper: MarkedPaper) -> Mapping[str, Any]:
    marks = paper.sheet.marks if paper.sheet else ()
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
            for mark in marks
        ],
    }


def _result_data(result: LessonResult) -> Mapping[str, Any]:
    return {
        "lesson": result.lesson,
        "learners": result.learners,
        "hardest": [one.item.item for one in result.hardest],
        "agreement": [
            {
                "choices": list(one.choices),
                "ordered": one.ordered,
                "with_key": [_statistic(each) for each in one.with_key],
                "among_learners": [_statistic(each) for each in one.among],
            }
            for one in result.agreement
        ],
    }


def _statistic(one: Agreement) -> Mapping[str, Any]:
    return {**asdict(one), "statistic": str(one.statistic)}
