"""The lessons as students meet them, and what docs/teaching.md says about running them."""

import re
from collections import defaultdict

import click
import nbformat
import pandas as pd
import pytest

import review
from review.commands.group import app
from review.runs.refresh import notebooks
from review.teaching.lesson import TITLES
from review.teaching.make.draw import COUNTS, MINUTES, drawn
from review.teaching.pools import lesson_items
from review.widgets.lesson import COMMANDS

PARTS = ("**Goals.**", "**Before you begin.**", "**Time plan.**")


@pytest.fixture(scope="module")
def lessons(project):
    found = [path for path in notebooks(project) if path.parent.name == "teaching"]
    return {int(path.name.split("-")[1]): nbformat.read(path, as_version=4) for path in found}


@pytest.fixture(scope="module")
def document(project):
    return (project / "docs" / "teaching.md").read_text("utf-8")


def tagged(node, tag):
    return [cell for cell in node.cells if tag in cell.metadata.get("tags", [])]


def minutes(node):
    """The minutes of each part, by the column of the document that it counts for."""
    plan = re.findall(r"^\| ([^|]+) \| (\d+) \|$", node.cells[0].source, re.M)
    sums = defaultdict(int)
    for part, time in plan:
        words = part.lower()
        kind = next((k for k in ("welcome", "exercise", "reflection") if k in words), "read and explain")
        sums["reflection" if "take home" in words else kind] += int(time)
    return sums


def plan(document, number):
    """The row of the document on a lesson: minutes of its four parts, questions, minutes a question."""
    (row,) = re.findall(rf"^\| {number} \| ((?:[\d.]+ \| ){{5}}[\d.]+) \|$", document, re.M)
    return [float(cell) for cell in row.split(" | ")]


def test_there_are_six_in_order(lessons):
    assert list(lessons) == list(TITLES) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("number", TITLES)
def test_each_has_all_its_parts(lessons, number):
    node = lessons[number]
    assert node.cells[0].source.lower().startswith(f"# lesson {number}: {TITLES[number].lower()}")
    assert all(part in node.cells[0].source for part in PARTS)
    headings = re.findall(r"^## (.+)$", "\n".join(c.source for c in node.cells), re.M)
    assert {"Exercise", "Reflection", "For the teacher"} <= set(headings)
    assert number == 3 or any(heading.startswith("Worked example") for heading in headings)
    (exercise,) = tagged(node, "exercise")
    assert exercise.cell_type == "markdown"
    kinds = {cell.cell_type for cell in tagged(node, "instructor")}
    assert kinds == {"markdown", "code"}


@pytest.mark.parametrize("number", TITLES)
def test_code_is_folded_for_readers_who_do_not_program(lessons, number):
    code = [cell for cell in lessons[number].cells if cell.cell_type == "code"]
    assert all(cell.metadata.jupyter.source_hidden for cell in code)
    assert not [output for cell in code for output in cell.outputs if output.output_type == "stream"]


@pytest.mark.parametrize("number", TITLES)
def test_no_key_stands_outside_the_cells_for_the_teacher(lessons, number):
    for cell in lessons[number].cells:
        if cell.cell_type == "code" and "instructor" not in cell.metadata.get("tags", []):
            assert "lesson" not in cell.source


@pytest.mark.parametrize("number", TITLES)
def test_each_takes_ninety_minutes_as_the_document_says(lessons, document, number):
    planned, sums = plan(document, number)[:4], minutes(lessons[number])
    kinds = ("welcome", "read and explain", "exercise", "reflection")
    assert [sums[kind] for kind in kinds] == planned
    assert sum(planned) == 90


@pytest.mark.parametrize("number", TITLES)
def test_the_questions_fit_the_minutes_of_the_exercise(lessons, document, review, number):
    *_, questions, least = plan(document, number)
    assert (questions, least) == (COUNTS[number], MINUTES[number])
    drawn_for_one = drawn(lesson_items(review, number), "L01", 2026, COUNTS[number])
    assert len(drawn_for_one) == questions
    assert questions * least <= minutes(lessons[number])["exercise"]


def test_a_trial_and_a_case_series_are_asked_about_in_the_third(review):
    asked = drawn(lesson_items(review, 3), "L01", 2026, COUNTS[3])
    designs = {str(review.evidence.studies[item.about[0]].design) for item in asked}
    assert designs == {"randomised-trial", "case-series"}


def test_the_third_appraises_a_case_series_a_trial_and_an_animal_study(lessons, review):
    source = "\n".join(cell.source for cell in lessons[3].cells)
    keys = re.findall(r'appraisal_table\("(\w+)"\)', source)
    designs = [str(review.evidence.studies[key].design) for key in keys]
    assert designs == ["case-series", "randomised-trial", "animal"]


def test_the_commands_of_the_document_exist(document):
    lines = re.findall(r"```sh\n(.+?)\n```", document)
    assert [line.split()[:3] for line in lines] == [
        ["review", "lesson", "make"],
        ["review", "lesson", "mark"],
    ]
    for line in lines:
        _, group, name, *arguments = line.split()
        top = click.Context(app, **app.context_settings)
        command = app.get_command(top, group).commands[name]
        # Below the top: a command keeps the first help option that it ever shows.
        with click.Context(command, parent=top) as context:
            command.parse_args(context, arguments)


def test_the_document_names_every_command_of_the_form(document):
    table = document.split("| typed | does |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z])`", table)) == set(COMMANDS)


def test_the_snippet_gives_the_key_and_tells_nothing_else_to_learners(document, project, monkeypatch):
    monkeypatch.chdir(project)
    (snippet,) = re.findall(r"```python\n(.+?)```", document, re.S)
    names = {}
    exec(snippet, names)
    key = names["lesson"].key
    assert isinstance(key, pd.DataFrame)
    assert set(key.columns) == {"answer", "basis", "reason", "rule"}
    assert set(names["lesson"].items.columns) == {"group", "prompt", "choices", "difficulty"}
    assert list(key.index) == list(names["lesson"].items.index)


def test_an_unknown_lesson_is_told():
    with pytest.raises(review.model.errors.ParameterError, match="there is no lesson 7"):
        review.lesson(7)
