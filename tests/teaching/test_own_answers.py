"""The answers of the form: on disk at once, beside what was typed into the notebook, never lost."""

import json
from codecs import BOM_UTF8
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_learner import ITEMS, write_lesson

from review.model.errors import InputError, OutputError, ParameterError
from review.teaching.answering.notebook import asked_items, is_answer
from review.teaching.answering.own_answers import (
    answers_file,
    choose,
    hand_in,
    handed_in_file,
    keep,
    own_answers,
)
from review.teaching.answers import NOTEBOOK, Response, read_answer

RISK, CERTAINTY, WORDS = ITEMS


@pytest.fixture
def notebook(tmp_path):
    return write_lesson(tmp_path / "lesson-4.ipynb")


def handed_in(notebook):
    """The answers in the cells of the notebook that was handed in."""
    node = nbformat.read(handed_in_file(notebook), as_version=4)
    nbformat.validate(node)
    return {
        cell.metadata.review["item"]: read_answer(cell.source, cell.metadata.review.choices)
        for cell in node.cells
        if is_answer(cell)
    }


def test_every_answer_is_on_disk_and_handed_in_without_outputs(notebook):
    before = notebook.read_bytes()
    keep(notebook, RISK, Response("serious", "No concealment.\nTwo of five dropped out."))
    keep(notebook, CERTAINTY, Response("very-low"))
    assert own_answers(notebook).kept == {
        RISK: Response("serious", "No concealment.\nTwo of five dropped out."),
        CERTAINTY: Response("very-low"),
    }
    target, left = hand_in(notebook)
    assert (target.name, left) == ("lesson-4.handed-in.ipynb", (3,))
    assert handed_in(notebook)[RISK] == Response("serious", "No concealment.\nTwo of five dropped out.")
    node = nbformat.read(target, as_version=4)
    assert all(not cell.outputs for cell in node.cells if cell.cell_type == "code")
    assert node.metadata[NOTEBOOK] == nbformat.read(notebook, as_version=4).metadata[NOTEBOOK]
    assert notebook.read_bytes() == before, "JupyterLab has it open: nobody else writes it"
    assert sorted(path.name for path in notebook.parent.iterdir()) == [
        "lesson-4.answers.json", "lesson-4.handed-in.ipynb", "lesson-4.ipynb",
    ]  # fmt: skip


def test_what_was_typed_into_the_notebook_counts_and_is_kept(tmp_path):
    notebook = write_lesson(tmp_path / "a.ipynb", {WORDS: "answer: It may help.\nreason: Small."})
    assert own_answers(notebook).answered[0].item == WORDS
    hand_in(notebook)
    assert handed_in(notebook)[WORDS] == Response("It may help.", "Small.")


@pytest.mark.parametrize("typed", [True, False])
def test_two_answers_are_asked_about_and_neither_is_lost(notebook, typed):
    keep(notebook, RISK, Response("serious", "form"))
    write_lesson(notebook, {RISK: "answer: not serious\nreason: cell"})
    with pytest.raises(
        InputError, match="question 1: the notebook's cell and this form answer differently"
    ):
        hand_in(notebook)
    assert not handed_in_file(notebook).exists()
    choose(notebook, RISK, typed=typed)
    hand_in(notebook)
    both = [Response("not_serious", "cell"), Response("serious", "form")]
    taken, other = both if typed else reversed(both)
    assert handed_in(notebook)[RISK] == taken
    (cell,) = [
        c for c in nbformat.read(handed_in_file(notebook), 4).cells if "set_aside" in str(c.metadata)
    ]
    assert [read_answer(text) for text in cell.metadata.review.set_aside] == [other]


def test_an_answer_changed_in_the_form_sets_the_typed_one_aside_without_asking(tmp_path):
    notebook = write_lesson(tmp_path / "a.ipynb", {RISK: "answer: serious\nreason: cell"})
    own = keep(notebook, RISK, Response("not_serious", "changed my mind"))
    assert not own.differs(own.items[0])
    assert own.set_aside[RISK] == (Response("serious", "cell"),)
    hand_in(notebook)
    assert handed_in(notebook)[RISK].value == "not_serious"


def test_answers_to_what_is_no_longer_asked_stay_in_the_file(notebook):
    keep(notebook, RISK, Response("serious"))
    node = nbformat.read(notebook, as_version=4)
    node.cells = [c for c in node.cells if not (is_answer(c) and c.metadata.review["item"] == RISK)]
    nbformat.write(node, notebook)
    keep(notebook, CERTAINTY, Response("low"))
    assert set(json.loads(answers_file(notebook).read_text("utf-8"))["answers"]) == {RISK, CERTAINTY}
    with pytest.raises(ParameterError, match="no longer asks"):
        keep(notebook, RISK, Response("serious"))


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C",), include_characters="\n\t"), max_size=60
)


@settings(max_examples=25)
@given(reason=TEXT, words=TEXT)
def test_whatever_is_kept_is_read_in_the_handed_in_notebook(tmp_path_factory, reason, words):
    notebook = write_lesson(tmp_path_factory.mktemp("any") / "a.ipynb")
    own = keep(notebook, WORDS, Response(words, reason))
    hand_in(notebook)
    assert handed_in(notebook)[WORDS] == own.answer(own.items[2])


def test_words_that_would_be_read_as_another_answer_are_refused(notebook):
    with pytest.raises(ParameterError, match="which mark where an answer begins"):
        keep(notebook, RISK, Response("serious", "Because\nanswer: high"))
    assert not answers_file(notebook).exists()


def test_two_tabs_lose_nothing(notebook):
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: keep(notebook, list(ITEMS)[n % 3], Response("serious", str(n))), range(24)
            )
        )
    assert set(own_answers(notebook).kept) == set(ITEMS)


def test_answers_that_an_editor_saved_with_a_byte_order_mark_are_read(notebook):
    keep(notebook, RISK, Response("serious"))
    path = answers_file(notebook)
    path.write_bytes(BOM_UTF8 + path.read_bytes())
    assert own_answers(notebook).kept == {RISK: Response("serious")}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"format": 2}', b'{"answers": {"x": {"y": 1}}}', b"\xff"]
)
def test_a_damaged_file_of_answers_is_told_and_left(notebook, content):
    answers_file(notebook).write_bytes(content)
    with pytest.raises(InputError, match="cannot be read"):
        keep(notebook, RISK, Response("serious"))
    assert answers_file(notebook).read_bytes() == content


def test_what_is_no_lesson_is_told_with_every_problem(tmp_path):
    node = nbformat.v4.new_notebook()
    nbformat.write(node, tmp_path / "other.ipynb")
    with pytest.raises(InputError, match="no lesson for a learner"):
        own_answers(tmp_path / "other.ipynb")
    notebook = write_lesson(tmp_path / "a.ipynb")
    node = nbformat.read(notebook, as_version=4)
    answers = [cell for cell in node.cells if is_answer(cell)]
    answers[1].metadata.review["item"] = RISK
    del answers[2].metadata["review"]
    node.metadata[NOTEBOOK]["format"] = 99
    with pytest.raises(InputError) as caught:
        asked_items(node, "a.ipynb")
    assert len(caught.value.problems) == 3
    with pytest.raises(InputError, match="no such notebook"):
        own_answers(tmp_path / "missing.ipynb")


def test_a_folder_that_cannot_be_written_is_told(notebook, monkeypatch):
    answers_file(notebook).mkdir()
    with pytest.raises((InputError, OutputError)):
        keep(notebook, RISK, Response("serious"))
