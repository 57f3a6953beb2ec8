"""Third stage of making a lesson: every file of its folder, made from what was read and drawn."""

import csv
import io
from collections.abc import Mapping, Sequence

from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.teaching.make.draw import QuestionPaper
from review.teaching.make.handout import class_handout, learner_handout
from review.teaching.make.notebooks import instructor_notebook, learner_notebook
from review.teaching.make.read import LessonMaterial
from review.teaching.marking.made import COLUMNS, DRAWN

CLASS_PDF = "handouts/class.pdf"


def lesson_files(material: LessonMaterial, papers: Sequence[QuestionPaper]) -> Mapping[str, bytes]:
    """The files by name: for each learner a notebook and a page, for the class one PDF, for the teacher
    the key and who was asked what.
    """
    source, lesson, evidence, date = material.source, material.lesson, material.evidence, material.date
    files = {CLASS_PDF: report_pdf(class_handout(source, papers, evidence, date), whole=True)}
    for paper in papers:
        notebook = learner_notebook(source, paper, lesson, evidence)
        page = report_html(learner_handout(source, paper, evidence, date))
        files[f"students/{paper.learner}.ipynb"] = notebook.encode()
        files[f"handouts/{paper.learner}.html"] = page.encode()
    # Apart from what is handed out, so that nobody gives away the key with a folder.
    key = instructor_notebook(source, papers, lesson, evidence)
    files[f"instructor/{source.name}"] = key.encode()
    return {**files, DRAWN: drawn_csv(papers, lesson, evidence)}


def drawn_csv(papers: Sequence[QuestionPaper], lesson: int, evidence: str) -> bytes:
    """Who was asked what, for the teacher."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (lesson, paper.learner, item.item, item.difficulty, evidence)
        for paper in papers
        for item in paper.items
    )
    return table.getvalue().encode()
