"""`review search` as a user types it."""

import json
import os
import subprocess
import sys

import pytest
from commands import run_review
from corpora import FORMATS


def run(*arguments, cwd):
    return run_review("search", *arguments, cwd=cwd)


def test_the_evidence_is_the_default_corpus(project):
    done = run("Exosomes regrow hair", "--top", "4", "--json", cwd=project)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    assert all(row["checked"] and row["sentence"] and row["matched"] for row in rows)
    again = subprocess.run(
        [sys.executable, "-m", "review", "search", "Exosomes regrow hair", "--top", "4", "--json"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert again.stdout == done.stdout


def test_a_table_says_what_was_read_and_leaves_the_stance_open(project):
    done = run("Exosomes regrow hair", "--top", "1", cwd=project)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("  1  ")
    assert [line.split()[0] for line in lines[2:8]] == ["why", "score", "kind", "read", "says", "stance"]
    assert lines[-1].endswith(" papers")


OTHER_TEA = """TY  - JOUR
ID  - Tea2020
TI  - Black tea for the scalp
ER  -
"""


def test_other_corpora_together(tmp_path):
    for name, text in {**FORMATS, "other.ris": OTHER_TEA}.items():
        (tmp_path / name).write_text(text, "utf-8")
    files = ("--corpus", "a.bib", "--corpus", "a.xml", "--corpus", "other.ris")
    done = run("tea", *files, "--json", cwd=tmp_path)
    assert done.returncode == 0
    rows = {row["place"]: row for row in map(json.loads, done.stdout.splitlines())}
    # One paper of two files, and another that a third file calls by the same key.
    assert {place: row["key"] for place, row in rows.items()} == {
        "a.bib:1": "Tea2020",
        "other.ris:1": "Tea2020",
    }
    assert rows["a.bib:1"]["also_at"] == ["a.xml:4"]
    assert rows["a.bib:1"]["pmid"] == "11"
    assert rows["a.bib:1"]["suggested_kind"] == "trial"
    assert rows["a.bib:1"]["checked"] is None
    assert done.stderr.splitlines() == [
        "1 entry repeats a paper that stands before it, and was joined with it:",
        "  a.bib:1: Tea2020 also at a.xml:4",
    ]


def test_what_cannot_be_read_is_told_after_what_can(tmp_path):
    (tmp_path / "a.bib").write_text(f"{FORMATS['a.bib']}@misc{{b, title = {{No end}}\n", "utf-8")
    (tmp_path / "b.ris").write_text(OTHER_TEA.replace("TI", "T9"), "utf-8")
    done = run("tea", "--corpus", "a.bib", "--corpus", "b.ris", cwd=tmp_path)
    assert done.returncode == 5
    assert done.stdout.splitlines()[-1] == "1 of 2 papers"
    assert done.stderr.splitlines() == [
        "2 problems",
        "a.bib:12: the entry cannot be read. Check its braces, commas and quotes.",
        "b.ris:1: 'Tea2020' has no title. Give the title.",
    ]


def test_a_retracted_paper_says_so_first(tmp_path):
    text = OTHER_TEA.replace("Black", "RETRACTED: Black")
    (tmp_path / "a.ris").write_text(text, "utf-8")
    done = run("Black tea helps the scalp", "--corpus", "a.ris", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert lines[2].split(maxsplit=1) == ["notice", "retracted or withdrawn"]
    assert "stance none: retracted or withdrawn" in lines[-2]


def test_papers_that_stand_more_than_once_are_counted_where_they_are_many(tmp_path):
    entry = "TY  - JOUR\nTI  - Tea number {0}\nDO  - 10.1234/tea.{0}\nER  -\n"
    (tmp_path / "a.ris").write_text("".join(entry.format(n) * 2 for n in range(25)), "utf-8")
    done = run("tea", "--corpus", "a.ris", cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert lines[0].startswith("25 entries repeat a paper that stands before them, ")
    assert len(lines) == 22
    assert lines[-1] == "  and 5 papers more"


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
