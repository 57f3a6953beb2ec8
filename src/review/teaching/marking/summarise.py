"""Third stage of marking: the pages and tables that a class and its teacher get."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.report.parts.document import Document
from review.teaching.class_summary.data import gradebook, summary_data
from review.teaching.class_summary.page import summary_page
from review.teaching.class_summary.results import lesson_results
from review.teaching.marking import DATA, GRADEBOOK, PAGES, SUMMARY
from review.teaching.marking.feedback import feedback_page
from review.teaching.marking.mark import MarkedClass


@dataclass(frozen=True, slots=True)
class Feedback:
    """The files for a class by name: pages as documents, tables and data as they are written."""

    pages: Mapping[str, Document]
    data: Mapping[str, bytes]
    evidence: str


def summarise(marked: MarkedClass) -> Feedback:
    """The teacher's summary, a page for each learner, the gradebook, and everything as data."""
    results = lesson_results(marked)
    pages = {
        SUMMARY: summary_page(marked, results),
        **{
            f"{PAGES}/{name}.html": feedback_page(papers, marked.date)
            for name, papers in marked.pages.items()
        },
    }
    data = {GRADEBOOK: gradebook(marked.papers), DATA: summary_data(marked, results)}
    return Feedback(pages, data, marked.evidence)
