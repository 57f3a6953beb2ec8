"""The edited page in LibreOffice: accepting and rejecting its changes gives exactly the two texts.

Needs LibreOffice Writer and a Python that can talk to it (Debian: libreoffice-writer-nogui and
python3-uno). Where they are missing these tests are reported as not run; with `CI` set they fail.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sample_pages import HARD, report_of_hard

from review.model.visible import visible
from review.report.edited_page.edited_page import edited_page_docx
from review.report.edited_page.edits import edits_of, new_text, page_text

SCRIPT = Path(__file__).parent / "redlines.py"


def speaks_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0


def missing() -> str:
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed (Debian: libreoffice-writer-nogui)"
    if python_with_uno() is None:
        return "no Python can talk to LibreOffice (Debian: python3-uno)"
    return ""


def python_with_uno() -> str | None:
    return next((p for p in ("/usr/bin/python3", sys.executable) if speaks_uno(p)), None)


@pytest.fixture(scope="module")
def pages(whole) -> dict:
    """Every page by name: the report it is in, and its section."""
    found = {page.page: (whole, page) for page in whole.pages}
    for hard in HARD:
        sample = report_of_hard(hard)
        found[hard.name] = (sample, sample.pages[0])
    return found


@pytest.fixture(scope="module")
def seen(pages, tmp_path_factory) -> dict:
    """What LibreOffice makes of every page; one start serves them all."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(f"not run: {reason}")
    folder = tmp_path_factory.mktemp("office")
    files = {name: folder / f"{name}.docx" for name in pages}
    for name, (report, page) in pages.items():
        files[name].write_bytes(edited_page_docx(report, page, suggest=True))
    profile = tmp_path_factory.mktemp("profile")
    command = [python_with_uno(), str(SCRIPT), str(profile), *map(str, files.values())]
    run = subprocess.run(command, capture_output=True, timeout=250)
    assert run.returncode == 0, run.stderr.decode()
    found = dict(zip(files, json.loads(run.stdout), strict=True))
    for name, file in files.items():
        for word in ("accepted", "rejected"):
            found[name][word] = exported(file.with_suffix(f".{word}.txt"))
    return found


def exported(file: Path) -> str:
    """The text as LibreOffice wrote it, without the byte order mark and the last paragraph's end."""
    return file.read_bytes().decode("utf-8-sig").removesuffix("\n")


NAMES = [
    "clinic-brochure",
    "clinic-faq",
    "patient-guide",
    "referral-blog",
    "surgeon-blog",
    *(hard.name for hard in HARD),
]


def test_no_page_is_left_out(pages):
    assert sorted(pages) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_rejecting_all_gives_the_page(pages, seen, name):
    assert seen[name]["rejected"] == visible(page_text(pages[name][1]))


@pytest.mark.parametrize("name", NAMES)
def test_accepting_all_gives_the_new_text(pages, seen, name):
    assert seen[name]["accepted"] == visible(new_text(*pages[name], suggest=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_change_and_every_comment_is_seen(pages, seen, name):
    edits = edits_of(*pages[name], suggest=True)
    comments = Counter((comment.author, visible(comment.text)) for comment in edits.comments)
    assert Counter(map(tuple, seen[name]["comments"])) == comments
    made = edits.changes
    expected = {("Delete", edit.author) for edit in made}
    expected |= {("Insert", edit.author) for edit in made if edit.new}
    assert set(map(tuple, seen[name]["changes"])) == expected


@pytest.mark.parametrize("name", NAMES[:5])
def test_a_replacement_is_one_insertion(pages, seen, name):
    made = edits_of(*pages[name], suggest=True).changes
    inserted = sum(kind == "Insert" for kind, _ in seen[name]["changes"])
    assert inserted == sum(bool(change.new) for change in made)
