"""Revisions as a user names them: real repositories, the whole command, nothing touched."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sample_changes import append, commit, git, judge, replace

from review.cli import main
from review.model.errors import InputError
from review.store.revision import find_revision, revision_evidence


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs `review diff` as its entry point does, without the time that a new process takes."""

    def done(*arguments: str, cwd: Path) -> Done:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["review", "diff", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Done(ended.value.code or 0, shown.out, shown.err)

    return done


@pytest.fixture
def worse(clinic: Path) -> Path:
    """The clinic with a second commit, in which the page no longer stands."""
    git(clinic.parent, "tag", "first")
    judge(clinic, "very_serious", certainty="low", reason="Nobody was blinded.")
    commit(clinic.parent)
    return clinic


def test_branches_tags_and_digests_are_read_and_nothing_is_touched(worse, run):
    append(worse / "claims.csv", "unfinished")
    git(worse.parent, "checkout", "-q", "-b", "topic")
    status = git(worse.parent, "status", "--porcelain")
    for old in ("first", "HEAD~1", git(worse.parent, "rev-parse", "first"), "main~1"):
        done = run(old, "topic", "--evidence", "clinic", cwd=worse.parent)
        assert done.returncode == 0, done.stderr
        assert "home-001 on home: substantiated → overstated" in done.stdout
    assert git(worse.parent, "status", "--porcelain") == status
    assert git(worse.parent, "rev-parse", "--abbrev-ref", "HEAD") == "topic"


def test_it_works_from_a_folder_below_the_repository(worse, run):
    done = run("first", "--evidence", ".", cwd=worse)
    assert "substantiated → overstated" in done.stdout, done.stderr


def test_two_evidence_folders_need_no_repository(folder, tmp_path, run):
    other = tmp_path / "other"
    other.mkdir()
    for path in folder.rglob("*"):
        if path.is_file():
            target = other / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    replace(other / "links.csv", "f1,supports", "f1,contradicts")
    done = run("clinic", "other", cwd=tmp_path)
    assert "home-001 on home: overstated → unsupported" in done.stdout


def test_a_folder_goes_before_a_branch_of_its_name(worse, run):
    git(worse.parent, "branch", "clinic", "first")
    done = run("clinic", "--evidence", "clinic", cwd=worse.parent)
    assert "Nothing differs." in done.stdout


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (["nowhere"], "nowhere: this is no folder with evidence or a report, and no revision"),
        (["--", "--upload-pack=x"], "'--upload-pack=x': this is no name of a revision"),
        ([""], "'': this is no name of a revision"),
        (["x" * 3000], "no revision of the repository"),
        (["HEAD:clinic"], "no revision of the repository"),
        (["first;id"], "no revision of the repository"),
    ],
)
def test_what_is_neither_is_explained(worse, names, what, run):
    done = run("--evidence", "clinic", *names, cwd=worse.parent)
    assert done.returncode == 5
    assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_problems_of_both_sides_come_at_once(worse, run):
    done = run("nowhere", "nothing", "--evidence", "clinic", cwd=worse.parent)
    assert done.stderr.startswith("2 problems\n")
    assert "nowhere: " in done.stderr
    assert "nothing: " in done.stderr


def test_without_a_repository_it_says_so(folder, tmp_path, run):
    done = run("main", "clinic", cwd=tmp_path)
    assert done.returncode == 5
    assert "there is no git repository here" in done.stderr


def test_a_folder_that_was_not_there_is_a_problem_of_the_revision(worse, run):
    git(worse.parent, "mv", "clinic", "hospital")
    commit(worse.parent)
    done = run("first", "--evidence", "hospital", cwd=worse.parent)
    assert done.returncode == 5
    assert "first:hospital: there is no such folder" in done.stderr


def test_a_folder_outside_the_repository_is_refused(worse, tmp_path_factory, run):
    outside = tmp_path_factory.mktemp("outside")
    done = run("first", "worse", "--evidence", str(outside), cwd=worse.parent)
    assert "lies outside the repository of first" in done.stderr


def test_evidence_of_other_rules_is_refused_with_the_reason_and_its_place(worse, run):
    text = (worse / "propositions.csv").read_text("utf-8")
    (worse / "propositions.csv").write_text(text.replace(",outcome_kind\n", "\n"), "utf-8")
    commit(worse.parent)
    done = run("HEAD", "first", "--evidence", "clinic", cwd=worse.parent)
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert lines[1].startswith("HEAD: the evidence of this revision breaks rules of this version")
    assert "1 in all" in lines[1], "what only follows from it is left out"
    assert "HEAD:clinic/propositions.csv:1: the columns are wrong" in done.stderr
    assert "/tmp" not in done.stderr
    assert len(lines) < 15


def test_a_shallow_clone_names_itself(worse, tmp_path, run):
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{worse.parent}", str(shallow))
    done = run("HEAD~1", "--evidence", "clinic", cwd=shallow)
    assert done.returncode == 5
    assert "This clone is shallow: fetch the revision first." in done.stderr
    assert "Nothing differs." in run("HEAD", "--evidence", "clinic", cwd=shallow).stdout


def test_a_link_in_the_evidence_of_a_revision_is_not_followed(worse, monkeypatch):
    (worse / "studies/trial2026.yml").symlink_to("/etc/hostname")
    commit(worse.parent)
    with pytest.raises(InputError, match="no plain file"):
        revision_evidence(find_revision("HEAD"), [Path("clinic")])


def test_files_are_read_byte_for_byte(worse):
    """Attributes that change what an archive holds change nothing here."""
    append(worse / ".gitattributes", "*.txt export-ignore\n*.csv text eol=crlf\n")
    page = (worse / "pages/home.txt").read_bytes()
    commit(worse.parent)
    evidence = revision_evidence(find_revision("HEAD"), [Path("clinic")])
    assert evidence.pages["home"].text.encode() == page


def test_the_exit_code_tells_whether_to_look_again(worse, run):
    def code(*arguments: str) -> int:
        return run(*arguments, "--evidence", "clinic", cwd=worse.parent).returncode

    assert code("first", "HEAD") == 0
    assert code("first", "HEAD", "--exit-code") == 1
    assert code("HEAD", "HEAD", "--exit-code") == 0
    replace(worse / "links.csv", "It compared with saline.", "Saline was the control.")
    assert code("HEAD", "--exit-code") == 0


def test_json_is_one_object_with_everything(worse, run):
    done = run("first", "HEAD", "--json", "--evidence", "clinic", cwd=worse.parent)
    told = json.loads(done.stdout)
    assert told["verdicts"]["substantiated"] == {"before": 1, "after": 0}
    (claim,) = told["claims"]
    assert (claim["before"], claim["after"], claim["how"]) == (
        "substantiated",
        "overstated",
        "each alone",
    )
    assert claim["causes"][0]["kind"] == "judgement"
    assert claim["reasons"]


def test_the_same_comparison_gives_the_same_bytes(worse):
    """In two real processes that differ in all that must not matter."""
    command = [sys.executable, "-m", "review", "diff", "first", "HEAD", "--json", "--evidence", "clinic"]
    told = {
        subprocess.run(
            command,
            cwd=worse.parent,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale},
        ).stdout
        for seed, zone, locale in (("1", "UTC", "C.UTF-8"), ("2", "Asia/Tokyo", "C"))
    }
    assert len(told) == 1
