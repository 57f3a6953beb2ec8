"""A project of one's own: it works from the first command on, and writes over nothing."""

import hashlib
from pathlib import Path

import pytest
from commands import run_review

from review.model.errors import OutputError
from review.runs.new_project import start_project
from review.store.canonical import canonical_files
from review.store.snapshot import read_evidence
from review.workbench import open_review


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "ours"
    done = run_review("init", folder)
    assert done.stdout.endswith(f"Next: cd {folder} && review report\n")
    return folder


def test_it_holds_notebooks_evidence_and_what_to_do_next(started, project):
    names = {path.relative_to(started).as_posix() for path in started.rglob("*") if path.is_file()}
    assert {"README.md", "references.bib", "evidence/README.md", "evidence/pages/sample.txt"} <= names
    own = {path.relative_to(project).as_posix() for path in (project / "notebooks").rglob("*.ipynb")}
    assert own - {name for name in own if "checkpoint" in name} <= names
    assert (started / "evidence/README.md").read_bytes() == (project / "evidence/README.md").read_bytes()


def test_its_evidence_is_whole_canonical_and_of_no_clinic(started):
    evidence = read_evidence([started / "evidence"])
    assert [now for _, now, new in canonical_files(started / "evidence") if now != new] == []
    (page,) = evidence.pages.values()
    assert "belongs to no clinic" in page.text
    assert page.sha256 == hashlib.sha256(page.text.encode()).hexdigest()
    assert {judged.verdict for judged in open_review([started / "evidence"]).judged} == {
        "not-looked-for"
    }


def test_its_report_is_written_where_it_stands(started):
    done = run_review("report", cwd=started)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("build/report/brief.pdf")
    assert (started / "build/report/report.html").is_file()


def test_the_commands_of_its_readme_are_commands(started):
    lines = (started / "README.md").read_text("utf-8").split("```")[1].splitlines()[1:]
    for line in lines:
        program, command, *_ = line.split()
        if program == "review":
            assert run_review(command, "--help").returncode == 0


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "notes.txt").write_text("ours", "utf-8")
    with pytest.raises(OutputError) as caught:
        start_project(tmp_path)
    assert caught.value.problems[0].remedy == "Name a new or an empty folder."
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("reprot", "report"), ("decied", "decide"), ("inti", "init")]
)
def test_a_mistyped_command_names_the_nearest(typed, meant):
    done = run_review(typed)
    assert done.returncode == 2
    assert f"No such command {typed!r}. Did you mean {meant!r}?" in done.stderr


def test_a_command_like_none_is_only_named():
    assert "No such command 'qqq'." in run_review("qqq").stderr
