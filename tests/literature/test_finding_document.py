"""docs/finding.md is true: its commands do what it shows, and what a clinic pastes works as pasted."""

import os
import re
import shlex
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from peels import NAMES, PROPOSITION, PROPOSITIONS, RECORDED, run_literature, write_answers, write_peels
from test_finding import search_of

from review.commands.literature.literature import literature
from review.literature.find import worded
from review.literature.queries.syntax import Database
from review.literature.services import europe_pmc, pubmed, trials
from review.literature.services.replay import serving
from review.store.clock import utc_now
from review.store.read import read_evidence

PROJECT = Path(__file__).resolve().parents[2]
TEXT = (PROJECT / "docs" / "finding.md").read_text("utf-8")
SHOWN_DAY = "2026-11-30"


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.M | re.S)


def nothing_new_today(folder):
    """What the databases answer to a watch that is made on the day of the search."""
    since = utc_now().date() - timedelta(days=1)
    queries = worded(read_evidence([folder / "evidence"]), "", PROPOSITION, tuple(Database)).queries
    registry = trials.search(words=queries[Database.TRIALS], since=f"{since}")
    return write_answers(
        folder / "answers",
        (pubmed.search(queries[Database.PUBMED], since), 200, search_of(0)),
        (europe_pmc.search(queries[Database.EUROPE_PMC], since), 200, {"hitCount": 0}),
        (registry, 200, {"totalCount": 0, "studies": []}),
    )


def test_the_commands_of_the_document_print_what_it_shows(tmp_path):
    write_peels(tmp_path)
    with serving(RECORDED, nothing_new_today(tmp_path)) as server:
        for command, shown in zip(blocks("sh"), blocks("text"), strict=True):
            name, group, *arguments = shlex.split(command)
            assert (name, group) == ("review", "literature")
            done = run_literature(tmp_path, *arguments, at=server.base)
            assert done.code == 0, done.err
            assert shown.replace(SHOWN_DAY, f"{utc_now():%Y-%m-%d}") in done.out


def test_the_clinic_is_that_of_the_other_document():
    adding = (PROJECT / "docs" / "adding.md").read_text("utf-8")
    for line in [*NAMES.splitlines(), *PROPOSITIONS.splitlines()]:
        assert f"   {line}\n" in adding


@pytest.fixture(scope="module")
def action():
    (text,) = blocks("yaml")
    # By YAML 1.1 the key `on` would be true: read as text, it is what GitHub reads.
    return yaml.load(text, yaml.BaseLoader)


@pytest.fixture
def place(tmp_path):
    """A folder with a command that ends as the test says."""
    command = tmp_path / "evidence-review" / ".venv" / "bin" / "review"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "asked: $*"\nexit "$CODE"\n', "utf-8")
    command.chmod(0o755)
    return tmp_path


def test_the_action_runs_by_itself_and_may_tell(action):
    assert re.fullmatch(r"\d+ \d+ \* \* \d", action["on"]["schedule"][0]["cron"])
    assert action["permissions"] == {"contents": "write", "issues": "write"}
    steps = {step.get("name"): step for step in action["jobs"]["watch"]["steps"]}
    assert set(steps["Ask"]["env"]) == {"REVIEW_CONTACT", "NCBI_API_KEY"}
    assert "== '12'" in steps["Tell"]["if"]


@pytest.mark.parametrize("code", [0, 10, 12])
def test_the_action_hands_on_how_the_watch_ended(action, place, code):
    (step,) = (step for step in action["jobs"]["watch"]["steps"] if step.get("id") == "ask")
    output = place / "output"
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=place / "evidence-review",
        env={**os.environ, "CODE": str(code), "GITHUB_OUTPUT": str(output)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert output.read_text("utf-8") == f"code={code}\n"
    assert is_a_command(done.stdout)


@pytest.mark.parametrize("code", [0, 10, 12])
def test_the_line_for_cron_prints_only_where_there_is_something_to_tell(place, code):
    (table,) = blocks("cron")
    *settings, line = table.splitlines()
    assert [setting.partition("=")[0] for setting in settings] == ["MAILTO", "REVIEW_CONTACT"]
    fields = line.split(" ", 5)
    assert all(re.fullmatch(r"\d+|\*", field) for field in fields[:5])
    # In the command of a table a per cent sign would end it.
    assert "%" not in fields[5]
    done = subprocess.run(
        ["sh", "-c", fields[5]],
        env={**os.environ, "HOME": str(place), "CODE": str(code)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert bool(done.stdout) is (code != 0)
    assert not code or is_a_command(done.stdout)


def is_a_command(printed):
    """Whether what was run can be typed: the group, a command of it, and options that it has."""
    group, name, *options = printed.removeprefix("asked: ").split()
    known = {spelt for option in literature.commands[name].params for spelt in option.opts}
    return group == "literature" and set(options) <= known
