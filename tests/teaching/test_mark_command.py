"""`review lesson mark`: a class from disk to disk, with hostile files among the others."""

import csv
import json
import os
import re
import shutil
from collections import defaultdict

import pytest
from click.testing import CliRunner
from dying_work import ten_times
from handed_in import a_notebook, hand_in
from nbformat.v4 import new_markdown_cell

from benchmarks.lesson import KINDS, fill_class
from review.commands.group import app
from review.model.errors import InputError, OutputError
from review.teaching.make.draw import QuestionPaper, drawn
from review.teaching.make.files import drawn_csv
from review.teaching.make.notebooks import learner_notebook
from review.teaching.make.source import LessonSource
from review.teaching.marking import DATA, GRADEBOOK, SUMMARY
from review.teaching.marking.made import DRAWN
from review.teaching.marking.outcomes import DIFFERENT, SAME, Outcome
from review.teaching.marking.read import MarkingRequest, read_class
from review.teaching.pools import lesson_items
from review.teaching.side_by_side import side_by_side

LESSON, ITEMS, SEED = 4, 12, 7
NOT_READ = ("learner-07.ipynb", "learner-08.ipynb")
"""The learners who hand in no notebook, or far too much."""
ONE_OF_EACH = (*dict.fromkeys(KINDS), "strong", "strong")


@pytest.fixture(scope="module")
def handed_in(review, tmp_path_factory):
    """A small class that handed in notebooks as `review lesson make` makes them; each learner's kind."""
    folder = tmp_path_factory.mktemp("class")
    students = folder / "students"
    students.mkdir()
    pool = lesson_items(review, LESSON)
    source = LessonSource("lesson-4.ipynb", (new_markdown_cell("# Lesson 4"),), ())
    learners = [f"learner-{number:02d}" for number in range(len(ONE_OF_EACH))]
    papers = [QuestionPaper(learner, drawn(pool, learner, SEED, ITEMS)) for learner in learners]
    digest = review.evidence.digest
    for paper in papers:
        text = learner_notebook(source, paper, LESSON, digest)
        (students / f"{paper.learner}.ipynb").write_text(text, "utf-8")
    (folder / DRAWN).parent.mkdir()
    (folder / DRAWN).write_bytes(drawn_csv(papers, LESSON, digest))
    items = {item.item: item for item in pool}
    return folder / "handed-in", fill_class(students, folder / "handed-in", items, SEED, ONE_OF_EACH)


def mark(project, *words):
    evidence = ["--evidence", str(project / "evidence")]
    return CliRunner().invoke(app, ["lesson", "mark", *map(str, words), *evidence])


@pytest.fixture(scope="module")
def marked(handed_in, project):
    folder, kinds = handed_in
    out = folder.parent / "feedback"
    return mark(project, folder, "--out", out, "--workers", 2), out, kinds


def rows_of(out):
    with (out / GRADEBOOK).open(encoding="utf-8-sig", newline="") as file:
        return {row["file"].removesuffix(".ipynb"): row for row in csv.DictReader(file)}


def test_a_class_with_hostile_files_is_marked(marked):
    result, out, kinds = marked
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_code == 5
    not_marked = {name for name, kind in kinds.items() if kind in ("not a notebook", "50 MB")}
    assert {problem.place.path for problem in result.exception.problems} == {
        f"{n}.ipynb" for n in not_marked
    }
    assert "9 marked, 2 not marked" in result.output
    rows = rows_of(out)
    assert {name for name, row in rows.items() if row["state"] == "not marked"} == not_marked
    pages = {path.stem for path in (out / "feedback").iterdir()}
    assert pages == set(kinds) - not_marked


def test_the_better_learners_have_the_better_marks(marked):
    _, out, kinds = marked
    rows = rows_of(out)
    percent = {kind: [] for kind in ONE_OF_EACH}
    for name, kind in kinds.items():
        percent[kind].append(int(rows[name]["percent"] or 0))
    others = percent["weak"] + percent["careless"]
    assert min(percent["strong"]) > max(others) > 0
    assert percent["empty"] == [0]


def test_each_hostile_file_has_its_line(marked):
    _, out, kinds = marked
    told = {kinds[name]: row["problems"] for name, row in rows_of(out).items()}
    assert "no text in UTF-8" in told["not a notebook"]
    assert "50.0 MB" in told["50 MB"]
    assert "choices were changed" in told["other choices"]
    for words in ("Answer cells taken out: 1", "answer it differently", "no such items"):
        assert words in told["taken apart"]
    assert told["strong"] == ""


def test_no_script_of_a_learner_is_in_any_page(marked):
    _, out, _ = marked
    pages = [out / SUMMARY, *(out / "feedback").iterdir()]
    for page in pages:
        text = page.read_text("utf-8")
        assert text.count("<script>") == 1
        assert "onerror" not in re.sub(r"&lt;img[^&]*&gt;", "", text)
        assert "default-src 'none'" in text
    hostile = "".join(page.read_text("utf-8") for page in pages)
    assert "&lt;script&gt;document.title" in hostile


def test_the_same_class_gives_the_same_bytes_with_one_process(marked, handed_in, project, tmp_path):
    _, out, _ = marked
    mark(project, handed_in[0], "--out", tmp_path / "again", "--workers", 1)
    for path in [path for path in sorted(out.rglob("*")) if path.is_file()]:
        assert (tmp_path / "again" / path.relative_to(out)).read_bytes() == path.read_bytes(), path.name


def test_agreement_and_the_hardest_items_are_in_the_data(marked):
    _, out, _ = marked
    data = json.loads((out / DATA).read_text("utf-8"))
    (lesson,) = data["lessons"]
    papers = [paper for paper in data["files"] if paper["state"] == "marked"]
    by_item = defaultdict(list)
    for mark in (mark for paper in papers for mark in paper["marks"]):
        if mark["outcome"] in {*SAME, *DIFFERENT}:
            by_item[mark["item"]].append(mark["outcome"] in SAME)
    missed = {item for item, same in by_item.items() if len(same) > 1 and not all(same)}
    assert len(lesson["hardest"]) == min(5, len(missed)) > 1
    assert set(lesson["hardest"]) <= missed
    assert {one["choices"][0] for one in lesson["agreement"]} == {"not_serious", "very-low"}
    for one in lesson["agreement"]:
        named = {each["statistic"] for each in one["with_key"] + one["among_learners"]}
        assert {"Cohen's kappa", "weighted kappa, linear", "Gwet's AC1", "Gwet's AC2, linear"} <= named
        assert "Krippendorff's alpha, ordinal" in named


@pytest.mark.filterwarnings("error")
def test_one_learner_with_all_the_files_of_the_form_is_a_class_without_a_problem(
    handed_in, project, tmp_path
):
    """As in the learner's folder: the untouched notebook, what the form keeps, what it hands in."""
    folder, kinds = handed_in
    name = next(name for name, kind in kinds.items() if kind == "strong")
    (tmp_path / "in").mkdir()
    shutil.copy(folder.parent / "students" / f"{name}.ipynb", tmp_path / "in")
    shutil.copy(folder / f"{name}.ipynb", tmp_path / "in" / f"{name}.handed-in.ipynb")
    (tmp_path / "in" / f"{name}.answers.json").write_text("{}")
    words = (tmp_path / "in", "--out", tmp_path / "out", "--workers", 1, "--made", folder.parent)
    result = mark(project, *words)
    assert result.exit_code == 0, result.output
    assert f"1 marked, 2 not needed, {len(kinds) - 1} nothing handed in\n" in result.output
    assert [path.stem for path in (tmp_path / "out" / "feedback").iterdir()] == [name]
    (lesson,) = json.loads((tmp_path / "out" / DATA).read_text("utf-8"))["lessons"]
    for one in (each for scale in lesson["agreement"] for each in scale["with_key"]):
        assert one["note"].startswith("no interval" if one["value"] is not None else "undefined")


def test_the_commands_and_outcomes_of_the_document(handed_in, project, tmp_path, monkeypatch):
    text = (project / "docs" / "marking.md").read_text("utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", text, re.S)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(handed_in[0], "handed-in", ignore=shutil.ignore_patterns(*NOT_READ))
    shutil.copytree(handed_in[0].parent / "instructor", "build/lesson-4/instructor")
    for line in block.splitlines():
        review, lesson, mark_, *words = line.split("#")[0].split()
        assert (review, lesson, mark_) == ("review", "lesson", "mark")
        result = mark(project, *words)
        assert result.exit_code == 0
    assert "2 nothing handed in" in result.output
    listed = re.findall(r"^\| ([a-z ]+) \|", text.split("## What an answer comes to")[1], re.M)
    assert listed[1 : 1 + len(Outcome)] == [str(outcome) for outcome in Outcome]


def test_what_is_not_a_marked_class_is_never_replaced(project, tmp_path):
    for name, content in {"taken": "manifest.json", "other": "note.txt"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / content).write_text("{}", "utf-8")
        hand_in(tmp_path / "in", "a.ipynb", a_notebook({}))
        result = mark(project, tmp_path / "in", "--out", tmp_path / name)
        assert isinstance(result.exception, OutputError)
        assert os.listdir(tmp_path / name) == [content]


@pytest.mark.parametrize(("folder", "out"), [("in", "in/out"), ("in", "."), ("in", "in")])
def test_feedback_and_submissions_never_lie_in_each_other(tmp_path, folder, out):
    (tmp_path / folder).mkdir()
    with pytest.raises(OutputError, match="in each other"):
        read_class(MarkingRequest(tmp_path / folder, tmp_path / out, ()), watcher=None)


def test_work_that_ends_its_process_takes_nothing_with_it():
    done = []
    found = side_by_side(ten_times, range(6), 2, lambda number: -number, lambda: done.append(1))
    assert found == [0, 10, 20, -3, 40, 50]
    assert len(done) == 6
