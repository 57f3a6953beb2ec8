"""The documents are true: what they tell a reader to type works, and what they name is there."""

import re
import shlex
import subprocess
import sys
from pkgutil import resolve_name
from textwrap import dedent

import pytest
from commands import PROJECT, run_review

from review.grading.cases import case_answer
from review.store.inputs.cases import read_cases

ADDING = (PROJECT / "docs" / "adding.md").read_text("utf-8")
BLOCK = re.compile(r"(?:`([\w./-]+)`:\n\n)?^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)
DOCUMENTS = sorted([*PROJECT.glob("docs/*.md"), *PROJECT.glob("*.md"), PROJECT / "evidence/README.md"])


def blocks(heading):
    """The blocks of a section: the file that each is to be written to, its language, what it holds."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", ADDING, re.M | re.S)[1]
    return [(path, kind, dedent(body)) for path, kind, body in BLOCK.findall(section)]


def follow(heading, place):
    """Do in `place` what a section says: write its files, run its commands, hold what they print."""
    printed = ""
    for path, kind, body in blocks(heading):
        if path:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(body, "utf-8")
        elif kind == "sh":
            printed = "".join(ran(line, place) for line in body.splitlines())
        elif kind == "python":
            subprocess.run([sys.executable, "-c", body], cwd=place, check=True)
        else:
            assert kind == "text"
            assert body.strip() in printed


def ran(line, place):
    name, *arguments = shlex.split(line, comments=True)
    assert name == "review"
    done = run_review(*arguments, cwd=place)
    assert done.returncode == 0, done.stderr
    return dedent(done.stdout)


@pytest.fixture(scope="module")
def subject(tmp_path_factory):
    place = tmp_path_factory.mktemp("subject")
    follow("A subject", place)
    return place


def test_a_subject_comes_from_nothing_to_a_report_as_written(subject):
    assert (subject / "build/report/report.html").is_file()


def test_a_flag_is_added_and_met_as_written(subject):
    follow("A flag", subject)


def test_a_sense_is_added_and_met_as_written(subject):
    follow("A sense of words", subject)


def test_the_cases_of_the_document_are_answered_as_it_says(tmp_path):
    document = (PROJECT / "docs" / "grading.md").read_text("utf-8")
    ((_, kind, body),) = BLOCK.findall(document)
    assert kind == "json"
    path = tmp_path / "cases.json"
    path.write_text(body, "utf-8")
    read = read_cases(path)
    sleep, overall = map(case_answer, read.cases)
    assert read.problems == ()
    # Serious risk of bias, and one of two thresholds within the interval.
    assert (sleep["certainty"], overall["certainty"]) == ("low", "moderate")
    assert [note.partition(":")[0] for note in sleep["notes"]] == [
        "publication bias is not assessed",
        "the case expects moderate; its judgements give low",
    ]


def test_the_format_of_the_document_works_as_written(one_page_document):
    ((_, _, code),) = blocks("A report format")
    written = {}
    exec(code, written)
    table = next(table for table in one_page_document.tables() if table.anchor == "table-claims")
    lines = written["claims_txt"](table).splitlines()
    assert len(lines) == len(table.rows)
    assert "clinic-brochure-001" in lines[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_and_every_name_that_a_document_tells_is_there(document):
    text = document.read_text("utf-8")
    places = (PROJECT, PROJECT / "src/review", PROJECT / "notebooks")
    for path in re.findall(r"`([\w.-]+/[\w./-]+\.(?:py|typ|ipynb|md))`", text):
        assert any((place / path).exists() for place in places), path
    for path in re.findall(r"`((?:src|tests|docs|benchmarks|notebooks)/[\w./-]*)`", text):
        assert (PROJECT / path).exists(), path
    for name in re.findall(r"`(review(?:\.\w+)+)", text):
        assert resolve_name(name), name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document):
    for path, anchor in re.findall(
        r"\]\((?!https?:)([\w./-]*)(?:#([\w-]+))?\)", document.read_text("utf-8")
    ):
        target = document.parent / path if path else document
        assert target.exists() or path.startswith("build/"), path
        if anchor:
            assert anchor in anchors(target), f"{path}#{anchor}"


def anchors(document):
    """The anchors of a document, as they are made of its headings."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
