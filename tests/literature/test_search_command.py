"""`review search` as a user types it."""

import json
import os
import subprocess
import sys

import pytest
from corpora import FORMATS


def run(*arguments, cwd, **variables):
    return subprocess.run(
        [sys.executable, "-m", "review", "search", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )


def test_the_evidence_is_the_default_corpus(project):
    done = run("Exosomes regrow hair", "--top", "4", "--json", cwd=project)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert all(row["checked"] and row["sentence"] and row["matched"] for row in rows)
    again = run("Exosomes regrow hair", "--top", "4", "--json", cwd=project, PYTHONHASHSEED="7")
    assert again.stdout == done.stdout


def test_a_table_says_what_was_read_and_leaves_the_stance_open(project):
    done = run("Exosomes regrow hair", "--top", "1", cwd=project)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("  1  ")
    assert [line.split()[0] for line in lines[2:8]] == ["why", "score", "kind", "read", "says", "stance"]
    assert lines[-1].endswith(" papers")


def test_other_corpora_together(tmp_path):
    for name in ("a.bib", "a.xml"):
        (tmp_path / name).write_text(FORMATS[name], "utf-8")
    done = run("green tea", "--corpus", "a.bib", "--corpus", "a.xml", "--json", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["key"] for row in rows} == {"Tea2020", "11"}
    assert {row["place"] for row in rows} == {"a.bib:1", "a.xml:4"}
    (indexed,) = [row for row in rows if row["key"] == "11"]
    assert indexed["suggested_kind"] == "trial"
    assert indexed["checked"] is None


def test_what_cannot_be_seen_is_named(tmp_path):
    line = {"id": "a\u202eb", "title": "Hair \x1b[31m red", "abstract": "Hair\u0007."}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), "utf-8")
    done = run("hair", "--corpus", "a.jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "[U+202E]" in done.stdout
    assert "[U+001B]" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["the of", "--corpus", "a.bib"], 4, "CLAIM: there is no word to look for"),
        (["x" * 3000, "--corpus", "a.bib"], 4, "CLAIM: the claim has 3,000 characters"),
        (["tea", "--corpus", "none.bib"], 5, "none.bib: the file cannot be read"),
        (["tea", "--corpus", "a.bib", "--model", "."], 5, "model.safetensors: the file cannot be read"),
        (["tea", "--corpus", "a.bib", "--top", "0"], 2, "0 is not in the range"),
    ],
)
def test_mistakes_are_told_without_a_traceback(tmp_path, arguments, code, message):
    (tmp_path / "a.bib").write_text(FORMATS["a.bib"], "utf-8")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_without_the_extra_the_message_says_so(tmp_path):
    (tmp_path / "a.bib").write_text(FORMATS["a.bib"], "utf-8")
    blocked = (
        "import sys, importlib.util as u; real = u.find_spec; "
        "u.find_spec = lambda name, *more: None if name == 'tokenizers' else real(name, *more); "
        "sys.argv = ['review', 'search', 'tea', '--corpus', 'a.bib', '--semantic']; "
        "from review.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", blocked], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 5
    assert "--semantic: the package tokenizers is not installed. See docs/literature.md" in done.stderr
