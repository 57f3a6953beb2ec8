"""A lesson made for a class: what is in the folder, the same bytes again, and honest failure."""

import csv
import io
import shutil
from html import unescape
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nbformat.v4 import new_code_cell, new_markdown_cell

from review.commands.group import app
from review.model.errors import EvidenceError, InputError, OutputError, ParameterError, RunError
from review.teaching.answers import Response, read_answer
from review.teaching.make.draw import COUNTS, draw_papers, not_shown
from review.teaching.make.read import LessonMaterial, LessonRequest
from review.teaching.make.roster import Roster, read_roster
from review.teaching.make.run import make_lesson
from review.teaching.make.source import LessonSource, read_source
from review.teaching.make.static import escaped, markdown_text
from review.teaching.pools import LESSONS, lesson_items
from tests.conftest import PROJECT
from tests.report.pdf_reader import pdf_structure
from tests.teaching.sample_lesson import CELLS, SECRET, SECRET_OUTPUT, TITLE, sample_notebook

EVIDENCE = PROJECT / "evidence"
NO_LESSON = LessonSource("lesson-4-none.ipynb", (), ())
CHANGED = "age-causes-hair-loss"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the sample as lesson 4, and a class of three."""
    folder = tmp_path_factory.mktemp("project")
    sample_notebook(folder)
    (folder / "notebooks" / "4-report.ipynb").touch()
    (folder / "class.csv").write_text("learner,name\nL01,one\nL02,two\nB_3,three\n")
    return folder


def asked(project: Path, out: str, **other: object) -> LessonRequest:
    given = {"lesson": 4, "students": project / "class.csv", "seed": 7, "evidence": (EVIDENCE,)}
    return LessonRequest(out=project / out, **{**given, **other})


def material(review, learners: list[str]) -> LessonMaterial:
    """Lesson 4 without a notebook: nothing that it can ask is shown."""
    items = lesson_items(review, 4)
    return LessonMaterial(4, Roster(tuple(learners), ()), NO_LESSON, items, "d" * 64, "2026-11-21")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def made(project: Path) -> dict[str, bytes]:
    make_lesson(asked(project, "made"), project)
    return contents(project / "made")


def notebook(content: bytes) -> nbformat.NotebookNode:
    node = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(node)
    return node


def drawn(files: dict[str, bytes]) -> dict[str, list[str]]:
    rows = csv.DictReader(io.StringIO(files["instructor/drawn.csv"].decode()))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["learner"], []).append(row["item"])
    return found


def test_every_learner_gets_a_notebook_and_a_page_and_the_teacher_the_key(made):
    assert sorted(made) == [
        "handouts/B_3.html",
        "handouts/L01.html",
        "handouts/L02.html",
        "handouts/class.pdf",
        "instructor/drawn.csv",
        "instructor/lesson-4-sample.ipynb",
        "students/B_3.ipynb",
        "students/L01.ipynb",
        "students/L02.ipynb",
    ]


def test_a_learners_notebook_says_whose_it_is_and_on_which_evidence(made, review):
    about = notebook(made["students/B_3.ipynb"]).metadata.review_lesson
    digest = review.evidence.digest
    assert about == {"format": 1, "lesson": 4, "learner": "B_3", "evidence": digest}


def test_a_learner_answers_in_raw_cells_after_their_questions(made):
    cells = notebook(made["students/L01.ipynb"]).cells
    places = [n for n, cell in enumerate(cells) if cell.cell_type == "raw"]
    assert [cells[n].metadata.review["item"] for n in places] == drawn(made)["L01"]
    assert len(places) == COUNTS[4]
    for number, place in enumerate(places, start=1):
        assert read_answer(cells[place].source, cells[place].metadata.review["choices"]) == Response()
        assert cells[place - 1].source.startswith(f"**Question {number} of 18.** ")
        assert cells[place - 1].metadata.tags == ["prompt"]
    contexts = [cell.source for cell in cells if cell.metadata.get("tags") == ["context"]]
    assert [context.partition("\n")[0] for context in contexts] == [
        "## Questions 1 to 6",
        "## Questions 7 to 12",
        "## Questions 13 to 18",
    ]


def test_the_one_code_cell_of_a_learner_opens_the_form_right_after_the_exercise(made):
    cells = notebook(made["students/L01.ipynb"]).cells
    code = [n for n, cell in enumerate(cells) if cell.cell_type == "code"]
    assert [cells[n].source for n in code] == ['import review\n\nreview.lesson_form("L01.ipynb")']
    assert cells[code[0] - 2].source.startswith("## Exercise")
    assert "This notebook is for **L01**. There are two ways to answer" in cells[code[0] - 1].source
    assert cells[code[0] + 1].metadata.tags == ["context"]


def test_the_worked_example_is_shown_without_its_code(made):
    cells = notebook(made["students/L01.ipynb"]).cells
    text = "\n".join(cell.source for cell in cells)
    assert "| risk_of_bias | \\-1 | serious. " in text
    assert "```text\nShown | to all\n```" in text
    assert "steps_table" not in text
    pictures = [cell.attachments for cell in cells if "attachments" in cell]
    assert [list(picture) for picture in pictures] == [["figure.png"]]
    assert text.index("## Worked example") < text.index("Question 1") < text.index("## Reflection")


def test_only_the_teacher_gets_the_teachers_cells_and_the_key(made, review):
    teacher = made["instructor/lesson-4-sample.ipynb"].decode()
    assert SECRET in teacher
    assert SECRET_OUTPUT in teacher
    for name in ("students/L01.ipynb", "handouts/L01.html"):
        assert SECRET not in made[name].decode()
        assert SECRET_OUTPUT not in made[name].decode()
    keys = {item.item: item.key for item in lesson_items(review, 4)}
    text = "\n".join(cell.source for cell in notebook(made["instructor/lesson-4-sample.ipynb"]).cells)
    for item in {item for items in drawn(made).values() for item in items}:
        head = f"**{escaped(item)}** "
        assert text.count(head) == 1
        entry = text.split(head)[1].split("\n\n**")[0]
        assert f"- Key: **{escaped(keys[item].value)}**" in entry
        assert f"- Reason: {escaped(keys[item].reason)}" in entry
        assert f"- Read: {escaped(keys[item].read)}" in entry


def test_the_teacher_sees_who_was_asked_what(made):
    teacher = "\n".join(cell.source for cell in notebook(made["instructor/lesson-4-sample.ipynb"]).cells)
    by_item: dict[str, list[str]] = {}
    for learner, items in drawn(made).items():
        for item in items:
            by_item.setdefault(item, []).append(learner)
    for item, learners in by_item.items():
        group = item.rpartition(".")[0]
        entry = teacher.split(f"### {escaped(group)}\n")[1]
        assert entry.split("Asked of: ")[1].partition(".")[0] == ", ".join(learners)


def test_the_pdf_of_a_class_holds_the_lesson_once_and_each_learners_questions(made):
    printed = pdf_structure(made["handouts/class.pdf"])
    headings = [element.text for element in printed.all("H1")]
    assert headings == [
        "The lesson",
        "Contents",
        *(f"Questions for {learner}" for learner in ("L01", "L02", "B_3")),
    ]
    assert printed.text.count("What would change your mind?") == 1
    rows = [row for table in printed.all("Table") for row in table.all("TR")]
    answers = [row for row in rows if "extremely serious" in row.text]
    assert len(answers) == 3 * 15


def test_a_learners_page_can_be_printed_and_holds_only_their_questions(made):
    page = made["handouts/L02.html"].decode()
    assert f"<title>{TITLE}" in page
    assert "Questions for L02" in page
    assert "L01" not in page


def test_another_seed_draws_other_items(project, made, review):
    learners = list(drawn(made))
    papers = draw_papers(material(review, learners), asked(project, "other", seed=8))
    for paper in papers:
        assert {item.item for item in paper.items} != {*drawn(made)[paper.learner]}


def test_no_file_holds_a_path_of_this_machine(project, made):
    for name, content in made.items():
        assert str(project).encode() not in content, name
        assert str(PROJECT).encode() not in content, name


def test_the_key_follows_when_the_evidence_changes(project, made, tmp_path):
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    shutil.copy(PROJECT / "references.bib", tmp_path)
    record = tmp_path / "evidence" / "certainty" / f"{CHANGED}.yml"
    text = record.read_text()
    domain = "  imprecision:\n    rating: not_serious"
    assert domain in text
    text = text.replace(domain, domain.replace("not_serious", "serious"))
    record.write_text(text.replace("certainty: low", "certainty: very-low"))
    (tmp_path / "class.csv").write_text("learner\nL01\n")
    other = {"students": tmp_path / "class.csv", "evidence": (tmp_path / "evidence",)}
    changed = asked(project, "changed", count=18 * 12, **other)
    make_lesson(changed, project)
    after = contents(project / "changed")
    about = notebook(after["students/L01.ipynb"]).metadata.review_lesson
    assert about["evidence"] != notebook(made["students/L01.ipynb"]).metadata.review_lesson["evidence"]
    text = "\n".join(cell.source for cell in notebook(after["instructor/lesson-4-sample.ipynb"]).cells)
    entry = text.split(f"**{escaped(f'4.{CHANGED}.certainty')}**")[1]
    assert entry.split("- Key: ")[1].startswith("**very-low**")


def test_what_the_worked_example_shows_is_not_asked(project, review):
    items = lesson_items(review, 4)
    source = read_source(project / "notebooks" / "teaching" / "lesson-4-sample.ipynb", [EVIDENCE])
    left = not_shown(items, source)
    shown = {item.group for item in items} - {item.group for item in left}
    assert "4.exosome-regrows-hair-in-people" in shown
    reasons = [item.key.reason for item in items if item.group == "4.exosome-regrows-hair-in-people"]
    assert not {item.key.reason for item in left} & {*reasons[:-1]}, "one trial decides several bodies"
    assert len(shown) < 10


def test_too_few_items_for_one_group_are_refused(project, review):
    with pytest.raises(ParameterError, match="no group of items has 5 or fewer"):
        draw_papers(material(review, ["L01"]), asked(project, "few", count=5))


def test_an_unknown_lesson_is_refused(project):
    with pytest.raises(ParameterError, match="there is no lesson 7"):
        make_lesson(asked(project, "seven", lesson=7), project)


def test_a_folder_that_holds_something_is_left_as_it_is(project):
    kept = project / "kept"
    kept.mkdir()
    (kept / "answers.txt").write_text("mine")
    with pytest.raises(OutputError, match="the folder is not empty"):
        make_lesson(asked(project, "kept"), project)
    assert contents(kept) == {"answers.txt": b"mine"}


def test_a_lesson_that_fails_leaves_no_folder(tmp_path):
    (tmp_path / "class.csv").write_text("learner\nL01\n")
    sample_notebook(tmp_path, cells=(*CELLS, new_code_cell("1 / 0")))
    with pytest.raises(RunError, match="ZeroDivisionError"):
        make_lesson(asked(tmp_path, "out"), tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.name not in ("class.csv", "notebooks")]


@pytest.mark.parametrize("exercises", [0, 2])
def test_a_lesson_has_one_exercise(tmp_path, exercises):
    others = [cell for cell in CELLS if "exercise" not in cell.metadata.get("tags", ())]
    exercise = next(cell for cell in CELLS if "exercise" in cell.metadata.get("tags", ()))
    copies = [new_markdown_cell(exercise.source, metadata=exercise.metadata) for _ in range(exercises)]
    path = sample_notebook(tmp_path, cells=(*others, *copies))
    with pytest.raises(InputError, match="not exactly one Markdown cell tagged exercise"):
        read_source(path, [EVIDENCE])


def test_a_lesson_without_its_notebook_is_told(tmp_path, project):
    with pytest.raises(InputError, match="there are 0 notebooks lesson-4"):
        make_lesson(asked(project, "none"), tmp_path)


def test_broken_evidence_is_told_before_anything_runs(project, tmp_path):
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    shutil.copy(PROJECT / "references.bib", tmp_path)
    (tmp_path / "evidence" / "certainty" / f"{CHANGED}.yml").write_text("start: sideways\n")
    with pytest.raises(EvidenceError):
        make_lesson(asked(project, "broken", evidence=(tmp_path / "evidence",)), project)
    assert not (project / "broken").exists()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_as_many_items_as_fit_its_time(review, lesson):
    assert len(lesson_items(review, lesson)) >= COUNTS[lesson]


def roster(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "class.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_class_may_have_other_columns_a_byte_order_mark_and_blank_lines(tmp_path):
    found = read_roster(roster(tmp_path, "\ufeffname, learner\r\nsomebody,L-1\r\n\r\n,x_2\r\n"))
    assert found.learners == ("L-1", "x_2")
    (remark,) = found.remarks
    assert remark.fault == "columns that are not read: 'name'"


def test_all_problems_of_a_class_are_told_at_once(tmp_path):
    bad = [
        "../x",
        "=1+1",
        "a b",
        "ok",
        "OK",
        '"<img src=x>"',
        "-rf",
        ".hidden",
        "x" * 41,
        '"a\n/etc"',
        "ü",
        "Prn",
    ]
    with pytest.raises(InputError) as caught:
        read_roster(roster(tmp_path, "name,learner\n" + "".join(f"n,{one}\n" for one in bad) + "n,\n"))
    said = [str(problem) for problem in caught.value.problems]
    assert len(said) == len(bad)
    assert sum("cannot be a learner's id" in one for one in said) == len(bad) - 2
    assert sum("stands here and in line 5" in one for one in said) == 1
    assert sum("the id is missing" in one for one in said) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "missing learner"),
        ("name\nL01\n", "missing learner; unknown 'name'"),
        ("learner,learner\nL01,L02\n", "twice learner"),
        ("learner\n", "the class has no learner"),
        ("learner\n" + "".join(f"L{n}\n" for n in range(1001)), "more than 1,000 rows"),
        (b"learner\n\x81\n", "this is not UTF-8 text"),
        (b"learner\n" + b"x" * 1_000_000, "larger than"),
        ('learner\n"open\n', "not readable as CSV"),
        (b"learner\nL\x00\n", "this is binary data"),
    ],
)
def test_a_file_that_is_no_class_is_told(tmp_path, text, told):
    with pytest.raises(InputError, match=told):
        read_roster(roster(tmp_path, text))


def test_a_class_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_roster(tmp_path / "nobody.csv")


def test_the_command_makes_the_same_bytes_and_names_what_it_did_not_use(project, made, monkeypatch):
    monkeypatch.chdir(project)
    given = ["--lesson", "4", "--students", "class.csv", "--seed", "7", "--out", "by-command"]
    given += ["--notebook", "notebooks/teaching/lesson-4-sample.ipynb"]
    done = CliRunner().invoke(app, ["lesson", "make", *given, "--evidence", str(EVIDENCE)])
    assert done.exit_code == 0, done.output
    assert "columns that are not read: 'name'" in done.output
    assert "by-command: 9 files for 3 learners" in done.output
    assert contents(project / "by-command") == made


@example("__0__")
@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=80))
def test_no_text_of_the_evidence_is_live_in_markdown(text):
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(escaped(text))
    words = " ".join(text.split())
    assert shown == "" if not words else shown.startswith("<p>")
    assert " ".join(unescape(shown[3:-5]).split()) == words


def test_points_and_paragraphs_stay_what_they_are():
    text = markdown_text("Study <b>:\n- one | two\n- # three\n1. four")
    assert text == "Study \\<b\\>:\n\n- one \\| two\n- \\# three\n\n1\\. four"
