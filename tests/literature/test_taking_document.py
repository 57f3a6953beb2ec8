"""docs/taking.md is true: from a proposition without evidence to a grade, as a new user types it."""

import re
import shlex
from pathlib import Path
from textwrap import dedent

from commands import run_review
from peels import RECORDED, run_literature, write_peels

from review.literature.services.replay import serving
from review.store.clock import utc_now

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "taking.md").read_text("utf-8")
BLOCK = re.compile(r"(?:`([\w./-]+)`:\n\n)?^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)
SHOWN_DAY = "2026-11-30"


def ran(line, place, at):
    name, *arguments = shlex.split(line)
    assert name == "review"
    if arguments[0] == "literature":
        done = run_literature(place, *arguments[1:], at=at)
        assert done.code == 0, done.err
        return dedent(done.out)
    done = run_review(*arguments, cwd=place)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_a_proposition_without_evidence_to_a_grade(tmp_path, monkeypatch):
    write_peels(tmp_path)
    printed = ""
    with serving(RECORDED) as server:
        for path, kind, body in BLOCK.findall(TEXT):
            text = dedent(body)
            if path:
                (tmp_path / path).parent.mkdir(exist_ok=True)
                (tmp_path / path).write_text(text, "utf-8")
            elif kind == "sh":
                today = text.replace(SHOWN_DAY, f"{utc_now():%Y-%m-%d}")
                printed = "".join(ran(line, tmp_path, server.base) for line in today.splitlines())
            elif kind == "python":
                monkeypatch.chdir(tmp_path)
                exec(text, {})
            else:
                assert all(line.strip() in printed for line in text.splitlines()), text
