"""The form on which a learner answers: what it shows and what its commands do."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from sample_learner import ITEMS, write_lesson

import review
from review.teaching.answering.own_answers import handed_in_file, own_answers
from review.teaching.answers import Response
from review.widgets.lesson import COMMANDS

RISK, CERTAINTY, WORDS = ITEMS


@pytest.fixture
def notebook(tmp_path):
    return write_lesson(tmp_path / "lesson-4.ipynb")


@pytest.fixture
def form(notebook):
    return review.lesson_form(str(notebook))


def kept(notebook):
    return dict(own_answers(notebook).kept)


def test_a_lesson_is_answered_by_commands_alone(form, notebook):
    for typed in ("2 No concealment.", "n", "1", "r Too few people.", "n", "a It may help.", "i"):
        form.command.value = typed
        assert "alert" not in form.result.value
        assert form.command.value == ""
    assert kept(notebook) == {
        RISK: Response("serious", "No concealment."),
        CERTAINTY: Response("very-low", "Too few people."),
        WORDS: Response("It may help."),
    }
    assert handed_in_file(notebook).exists()
    assert "Handed in: lesson-4.handed-in.ipynb" in form.result.value
    assert "Still open" not in form.result.value


def test_only_the_field_for_the_answer_comes_and_goes(form):
    form.do("g 3")
    assert (form.choices.layout.display, form.words.layout.display) == ("none", "")
    assert form.reason.layout.display != "none"
    form.do("b")
    assert (form.choices.layout.display, form.words.layout.display) == ("", "none")


def test_the_fields_do_the_same(form, notebook):
    form.choices.value = "serious"
    form.reason.value = "No concealment."
    form.buttons["n"].click()
    form.choices.value = "low"
    form.buttons["n"].click()
    form.words.value = "It may help."
    assert kept(notebook) == {
        RISK: Response("serious", "No concealment."),
        CERTAINTY: Response("low"),
        WORDS: Response("It may help."),
    }


def test_showing_an_item_writes_nothing(form, notebook):
    before = sorted(notebook.parent.iterdir())
    for typed in ("n", "n", "b", "g 1", "h", "g 3"):
        form.do(typed)
    assert sorted(notebook.parent.iterdir()) == before


def test_opened_again_it_is_where_it_was(form, notebook):
    form.do("1 Well done.")
    again = review.lesson_form(str(notebook))
    assert "1 of 3 answered" in again.progress.value
    assert "Certainty?" in again.question.value
    again.do("b")
    assert (again.choices.value, again.reason.value) == ("not_serious", "Well done.")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("9", "there is no choice 9"),
        ("x", "there is no command &#x27;x&#x27;"),
        ("b", "there is no question 0"),
        ("g 4", "there is no question 4"),
        ("g soon", "is no number"),
        ("a words", "this question has choices"),
        ("t", "there are no two answers"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(form, notebook, typed, told):
    form.do(typed)
    assert told in form.result.value
    assert kept(notebook) == {}


def test_two_answers_are_shown_and_one_is_chosen(form, notebook):
    form.do("2")
    write_lesson(notebook, {RISK: "answer: not_serious\nreason: <b>typed</b>"})
    form.do("i")
    assert "question 1" in form.result.value
    assert "1 !" in form.progress.value
    assert "&lt;b&gt;typed" in form.two_answers.value
    form.do("t")
    assert (form.choices.value, form.two_answers.value) == ("not_serious", "")
    form.do("i")
    assert "Still open: 2, 3." in form.result.value


def test_nothing_that_is_asked_is_live(form):
    form.do("n")
    assert "Certainty?" in form.question.value
    assert "<img" not in form.question.value


def test_what_a_group_is_about_is_there_with_each_of_its_questions(form):
    first = form.about.value
    assert "<details open>" in first
    assert "About 4.one" in first
    changes = []
    form.about.observe(changes.append, "value")
    form.do("n")
    assert "Certainty?" in form.question.value
    assert (form.about.value, changes) == (first, [])
    form.do("n")
    assert "About 4.two" in form.about.value


def test_every_command_does_something(form):
    for letter in COMMANDS:
        assert callable(getattr(form, f"_do_{letter}"))


def test_a_mistake_in_a_notebook_is_told_without_a_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    InteractiveShell().run_cell("import review; review.lesson_form('missing.ipynb')")
    shown = capsys.readouterr().out
    assert "missing.ipynb: there is no such notebook. Correct the path." in shown
    assert "Traceback" not in shown
