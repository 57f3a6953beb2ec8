"""What was handed in, held against what was drawn for the class."""

from dataclasses import replace

import pytest
from handed_in import an_item
from sample_lexicon import PLAIN

from review.model.errors import InputError
from review.report.formats.html import report_html
from review.teaching.class_summary.data import gradebook
from review.teaching.class_summary.page import summary_page
from review.teaching.class_summary.results import lesson_results
from review.teaching.make.draw import QuestionPaper
from review.teaching.make.files import drawn_csv
from review.teaching.marking.classwork import AnswerCell, ClassWork, Submission
from review.teaching.marking.made import DRAWN, MadeLesson, as_made, not_handed_in, read_made
from review.teaching.marking.mark import PaperState, mark_class

DIGEST = "e" * 64
ITEMS = {name: an_item(f"4.{name}.certainty", group=f"4.{name}") for name in "abcd"}
PAPERS = (
    QuestionPaper("L01", (ITEMS["a"], ITEMS["b"])),
    QuestionPaper("L02", (ITEMS["b"], ITEMS["c"])),
    QuestionPaper("L03", (ITEMS["a"], ITEMS["c"])),
)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / DRAWN
    path.parent.mkdir()
    path.write_bytes(drawn_csv(PAPERS, 4, DIGEST))
    return tmp_path


@pytest.fixture
def made(folder):
    return read_made([folder])


def handed(learner, names, **more):
    answers = {ITEMS[name].item: AnswerCell("answer: low") for name in names}
    return Submission(f"{learner}.ipynb", learner, 4, DIGEST, answers, **more)


def marked(made, *submissions):
    work = tuple(as_made(submission, made) for submission in submissions)
    items = {4: {item.item: item for item in ITEMS.values()}}
    return mark_class(ClassWork(work, items, DIGEST, "2026-11-21", PLAIN, not_handed_in(work, made)))


def states(papers):
    return {paper.learner: paper.state for paper in papers if paper.is_a_file}


def test_what_was_drawn_is_read_as_it_was_written(made):
    drawn = {paper.learner: tuple(item.item for item in paper.items) for paper in PAPERS}
    assert made == {4: MadeLesson(drawn, DIGEST)}


def test_a_notebook_as_it_was_made_is_left_as_it_is(made):
    one = handed("L01", "ab")
    assert as_made(one, made) == one
    other = replace(one, lesson=3)
    assert as_made(other, made) == other


def test_who_handed_in_nothing_is_listed_and_is_no_fault(made):
    found = marked(made, handed("L01", "ab"), handed("L02", "bc"))
    assert [paper.learner for paper in found.papers if not paper.is_a_file] == ["L03"]
    page = report_html(summary_page(found, lesson_results(found)))
    assert "Nothing was handed in by L03 (lesson 4)." in page
    assert "2 files: 2 marked." in page
    assert b"L03,4,,nothing handed in" in gradebook(found.papers)
    assert not PaperState.NOT_HANDED_IN.is_a_fault


def test_another_learners_questions_do_not_count(made):
    own, stolen = handed("L01", "ab"), replace(handed("L02", "ab"), file="copy.ipynb")
    found = marked(made, own, stolen)
    assert states(found.papers) == {"L01": PaperState.MARKED, "L02": PaperState.NOT_COUNTED}
    (paper,) = (paper for paper in found.papers if paper.submission.file == "copy.ipynb")
    assert "These are the questions of L01." in paper.problems
    assert [paper.learner for paper in found.papers if not paper.is_a_file] == ["L02", "L03"]


def test_a_notebook_under_the_id_of_a_class_mate_does_not_harm_them(made):
    found = marked(made, handed("L01", "ab"), replace(handed("L01", "bc"), file="other.ipynb"))
    by_file = {paper.submission.file: paper.state for paper in found.papers if paper.is_a_file}
    assert by_file == {"L01.ipynb": PaperState.MARKED, "other.ipynb": PaperState.NOT_COUNTED}


def test_an_id_that_is_not_of_the_class_is_told(made):
    (paper,) = (paper for paper in marked(made, handed("L09", "bc")).papers if paper.is_a_file)
    assert paper.state is PaperState.NOT_COUNTED
    assert paper.problems == (
        "The lesson was made for no learner of this id.",
        "These are the questions of L02.",
    )


def test_a_changed_digest_is_told_and_the_one_of_the_making_counts(made):
    (paper, *_) = marked(made, replace(handed("L01", "ab"), evidence="f" * 64)).papers
    assert paper.state is PaperState.MARKED
    assert paper.problems == (
        "The digest of the evidence was changed in the file; the one of the making counts.",
    )


def test_a_question_taken_in_is_not_marked_and_one_taken_out_is_missed(made):
    (paper, *_) = marked(made, handed("L01", "ad")).papers
    assert paper.state is PaperState.MARKED
    assert [mark.item for mark in paper.sheet.marks] == [ITEMS["a"]]
    assert paper.sheet.keyed == 2
    assert paper.problems == (
        "Not drawn for this learner, so not marked: 4.d.certainty.",
        "Questions of this learner that are not in the file: 1.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read"),
        ("", "who was asked what"),
        ("learner,item,difficulty\nL01,4.a,1\n", "who was asked what"),
        ("lesson,learner,item,difficulty,evidence\n4,L1,i,1,e\n3,L1,i,1,e\n", "who was asked what"),
        ("lesson,learner,item,difficulty,evidence\nx,L1,i,1,e\n", "who was asked what"),
    ],
)
def test_a_folder_that_is_no_made_lesson_is_told(folder, content, told):
    if content is None:
        (folder / DRAWN).unlink()
    else:
        (folder / DRAWN).write_text(content)
    with pytest.raises(InputError, match=told):
        read_made([folder])


def test_a_lesson_that_comes_twice_is_told(folder):
    with pytest.raises(InputError, match="lesson 4 is in another of the folders"):
        read_made([folder, folder])
