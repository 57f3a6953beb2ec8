"""Whatever is handed in gives a submission or one clear sentence, and nothing of it runs."""

import json
import os

import pytest
from handed_in import a_notebook, hand_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.model.errors import InputError
from review.teaching.answering.own_answers import answers_file
from review.teaching.marking import submissions
from review.teaching.marking.submissions import LARGEST, MOST_CELLS, handed_in, read_submission

ITEM = "4.hair.certainty"
FILLED = "answer: low\nreason: few events"


def read(folder, notebook, name="a.ipynb"):
    return read_submission(hand_in(folder, name, notebook), folder)


def test_a_notebook_as_it_was_made_is_read_without_a_problem(tmp_path):
    one = read(tmp_path, a_notebook({ITEM: FILLED}))
    assert (one.learner, one.lesson, one.evidence, one.problems) == ("learner-01", 4, "e" * 64, ())
    assert one.answers[ITEM].text == FILLED


def cells_of(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "raw"]


def moved(notebook):
    notebook["cells"].reverse()


def with_lines(notebook):
    cells_of(notebook)[0]["source"] = ["answer: low\n", "reason: few events"]


def as_markdown(notebook):
    cells_of(notebook)[0]["cell_type"] = "markdown"


@pytest.mark.parametrize("change", [moved, with_lines, as_markdown])
def test_what_an_editor_does_to_a_notebook_does_no_harm(tmp_path, change):
    notebook = a_notebook({ITEM: FILLED, "4.hair.imprecision": ""})
    change(notebook)
    one = read(tmp_path, notebook)
    assert one.problems == ()
    assert {item: handed.text for item, handed in one.answers.items()} == {
        ITEM: FILLED,
        "4.hair.imprecision": "",
    }


def deleted(notebook):
    notebook["cells"].remove(cells_of(notebook)[1])


def nameless(notebook):
    del cells_of(notebook)[1]["metadata"]["review"]


def long_winded(notebook):
    cells_of(notebook)[0]["source"] += "x" * 50_000


def other_learner(notebook):
    notebook["metadata"]["review_lesson"]["learner"] = "../../etc/passwd"


def formula(notebook):
    notebook["metadata"]["review_lesson"]["learner"] = "=HYPERLINK(1)"


def surplus(notebook):
    cells_of(notebook)[0]["outputs"] = []


def no_cell(notebook):
    notebook["cells"] += [17, None, "text", {"cell_type": "raw"}]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (deleted, "Answer cells taken out: 1."),
        (nameless, "have lost their item: 1."),
        (long_winded, "20,000 are read"),
        (other_learner, "id was changed"),
        (formula, "id was changed"),
        (surplus, "breaks the rules for notebooks"),
        (no_cell, "what can be read was marked"),
    ],
)
def test_a_changed_notebook_is_read_as_far_as_it_can_be(tmp_path, change, told):
    notebook = a_notebook({ITEM: FILLED, "4.hair.imprecision": "answer: high"})
    change(notebook)
    one = read(tmp_path, notebook)
    assert told in " ".join(one.problems)
    assert one.answers is not None
    assert one.answers[ITEM].text.startswith(FILLED)
    assert one.learner in ("learner-01", "")


@pytest.mark.parametrize(
    ("texts", "kept", "told"),
    [
        pytest.param([FILLED, FILLED], FILLED, "counts once", id="twice the same"),
        pytest.param([FILLED, "answer:\nreason:"], FILLED, "counts once", id="one of them empty"),
        pytest.param([FILLED, "answer: high"], "", "none of them counts", id="two answers"),
    ],
)
def test_two_cells_for_one_item(tmp_path, texts, kept, told):
    one = read(tmp_path, a_notebook([(ITEM, text) for text in texts], asked=1))
    assert one.answers[ITEM].text == kept
    assert told in one.problems[0]
    assert len(one.problems) == 1


def about(**changes):
    return json.dumps(a_notebook({ITEM: FILLED}, **changes)).encode()


def nested_metadata():
    deep = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    return b'{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":' + deep + b"}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<script>alert(1)</script>", "no JSON"),
        (b"\x7fELF\x00\xff\xfe", "no text in UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (nested_metadata(), "nested too deeply"),
        (b"[1, 2]", "no cells"),
        (b'"text"', "no cells"),
        (b"1" * 10_000, "no JSON"),
        (b'{"cells": 7}', "no cells"),
        (b'{"cells": [], "nbformat": 3}', "another format than 4"),
        (b'{"cells": [], "nbformat": 4}', "not a lesson"),
        (b'{"cells": [], "nbformat": 4, "metadata": [1]}', "not a lesson"),
        (about(format=2), "another version"),
        (about(lesson="4"), "which lesson"),
        (about(lesson=True), "which lesson"),
        (json.dumps({"nbformat": 4, "cells": [{}] * 100_000}).encode(), "100,000 cells"),
        (b" " * (LARGEST + 1), "5 MB are read"),
    ],
)
def test_what_is_no_lesson_gets_one_clear_sentence(tmp_path, content, told):
    path = tmp_path / "a.ipynb"
    path.write_bytes(content)
    one = read_submission(path, tmp_path)
    assert one.answers is None
    assert len(one.problems) == 1
    assert told in one.problems[0]


def test_fifty_megabytes_are_not_read(tmp_path):
    path = tmp_path / "big.ipynb"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    one = read_submission(path, tmp_path)
    assert one.problems == ("The file has 50.0 MB; 5 MB are read.",)


@pytest.mark.timeout(100)
def test_many_cells_that_break_every_rule_take_no_long_time(tmp_path):
    notebook = a_notebook({ITEM: FILLED})
    notebook["cells"] += [{"cell_type": "x", "source": {"a": [{}] * 200}}] * (MOST_CELLS - 2)
    one = read(tmp_path, notebook)
    assert one.answers[ITEM].text == FILLED


def test_links_and_pipes_are_not_followed(tmp_path):
    folder = tmp_path / "handed"
    folder.mkdir()
    (folder / "a.ipynb").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.ipynb")
    told = {p.name: read_submission(p, folder).problems[0] for p in handed_in(folder)}
    assert "link" in told["a.ipynb"]
    assert "not a notebook (.ipynb)" in told["loop"]
    assert "not an ordinary file" in told["pipe.ipynb"]


def test_the_answers_of_the_form_are_told_from_other_files(tmp_path):
    path = hand_in(tmp_path, answers_file(tmp_path / "a.ipynb").name, {})
    assert "answers that the form keeps" in read_submission(path, tmp_path).problems[0]


def test_a_file_without_the_right_to_read_it_is_told(tmp_path):
    path = hand_in(tmp_path, "a.ipynb", a_notebook({ITEM: FILLED}))
    path.unlink()
    assert "cannot be read" in read_submission(path, tmp_path).problems[0]


def test_a_name_is_shown_without_what_cannot_be_seen(tmp_path):
    name = "a\u202egpj\n" + "b" * 200 + ".ipynb"
    one = read(tmp_path, a_notebook({ITEM: FILLED}), name)
    assert one.file.startswith("a[U+202E]gpj[U+000A]b")
    assert len(one.file) == submissions.LONGEST_NAME


def test_files_are_found_in_the_folders_of_a_learning_platform(tmp_path):
    for name in ("one_assignsubmission_file", ".ipynb_checkpoints"):
        hand_in(tmp_path / name, "lesson.ipynb", {})
    (tmp_path / ".hidden.ipynb").write_text("{}", "utf-8")
    assert [p.relative_to(tmp_path).as_posix() for p in handed_in(tmp_path)] == [
        "one_assignsubmission_file/lesson.ipynb"
    ]


def test_a_folder_that_cannot_be_marked_is_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="no such folder"):
        handed_in(tmp_path / "none")
    with pytest.raises(InputError, match="holds no file"):
        handed_in(tmp_path)
    monkeypatch.setattr(submissions, "MOST_FILES", 1)
    for name in ("a.ipynb", "b.ipynb"):
        hand_in(tmp_path, name, {})
    with pytest.raises(InputError, match="more than 1 files"):
        handed_in(tmp_path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "metadata", "review", "item", "choices", "source", "tags", "nbformat"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=60, suppress_health_check=[*HealthCheck])
@given(JSON, JSON)
def test_no_json_makes_the_reader_fail(tmp_path, metadata, cell):
    notebook = a_notebook({ITEM: FILLED})
    notebook["cells"].append(cell)
    cells_of({"cells": notebook["cells"][:2]})[0]["metadata"]["extra"] = metadata
    one = read(tmp_path, notebook)
    assert one.answers[ITEM].text == FILLED
