"""Nothing of a page, a reference, a decision or a parameter comes alive in any file of a report."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import nbformat
import openpyxl
import pikepdf
import pytest
from commands import run_review
from hostile_text import PAYLOADS, seen
from lxml import etree
from office_reader import csv_rows

from review.model.vocabulary import Audience
from review.workbench import open_review

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CALCULATED = re.compile(r"[\s]*[=+\-@]")


@pytest.fixture(params=Audience)
def files(hostile, request) -> dict[str, bytes]:
    """Every file of the hostile folder's report, suggested edits and hostile names included."""
    written = open_review([hostile]).report(
        request.param,
        reviewer=PAYLOADS[0],
        organisation=PAYLOADS[1],
        suggest_edits=True,
    )
    return written.files


def test_there_are_many_kinds():
    assert len(PAYLOADS) >= 24


def test_html_holds_no_live_element_and_no_foreign_address(files):
    found = seen(files["report.html"].decode())
    # The sheet on which a director decides is data within the page, and no script that runs.
    data = found.attributes.count(("type", "application/json"))
    assert found.elements.count("script") == 1 + data
    assert data == found.attributes.count(("id", "decide-sheet")) <= 1
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert name != "style"
        assert name != "href" or value.startswith(("#", "https://doi.org/", "https://pubmed"))
        assert name != "src" or value.startswith("data:image/png;base64,")


def word_files(files) -> list[ZipFile]:
    return [ZipFile(BytesIO(data)) for name, data in files.items() if name.endswith(".docx")]


def test_word_holds_no_field_but_page_numbers_and_no_foreign_address(files):
    for word in word_files(files):
        for name in word.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(word.read(name))
            fields = [node.text.strip() for node in root.iter(f"{W}instrText")]
            fields += [node.get(f"{W}instr").strip() for node in root.iter(f"{W}fldSimple")]
            assert set(fields) <= {"PAGE", "NUMPAGES"}, name
            for node in root.iter("{*}Relationship"):
                if node.get("TargetMode") == "External":
                    assert node.get("Target").startswith("https://"), name
                assert "attachedTemplate" not in node.get("Type")
                assert "oleObject" not in node.get("Type")
        assert not [name for name in word.namelist() if "vba" in name.lower()]


def test_the_workbook_calculates_nothing(files):
    book = openpyxl.load_workbook(BytesIO(files["claims.xlsx"]))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
    raw = ZipFile(BytesIO(files["claims.xlsx"]))
    assert not any(b"<f>" in raw.read(name) for name in raw.namelist() if "sheet" in name)
    assert not [name for name in raw.namelist() if "externalLink" in name or "vba" in name]


def test_csv_starts_no_cell_as_a_formula(files):
    text = files["claims.csv"].decode("utf-8-sig")
    for row in csv_rows(files["claims.csv"]):
        for cell in row:
            if CALCULATED.match(cell):
                assert f"'{cell[:10]}".replace('"', '""') in text


def test_the_pdf_runs_nothing_and_links_only_to_https(files):
    with pikepdf.open(BytesIO(files["report.pdf"])) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                action = note.get("/A", {})
                assert action.get("/S", "/GoTo") in ("/GoTo", "/URI")
                assert str(action.get("/URI", "https://")).startswith("https://")


def test_files_for_programs_hold_no_tag_and_no_direction_mark(files):
    for name, data in files.items():
        if name.endswith(".jsonld"):
            text = data.decode()
            json.loads(text)
            assert "<script" not in text
            assert "\u202e" not in text


def test_no_invisible_character_reaches_a_reader(files):
    for name in ("report.html", "claims.csv"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0e-\x1f]", files[name].decode())
    for word in word_files(files):
        assert "\u202e" not in word.read("word/document.xml").decode()


def test_a_real_run_keeps_the_notebook_dead_too(hostile, tmp_path):
    """Parameters with code in them are text in the notebook; its outputs hold no live element."""
    payload = '"); import os; os.abort()  # <script>alert(1)</script>'
    out = tmp_path / "out"
    asked = ("report", "--evidence", hostile, "--out", out, "-p", "reviewer", payload)
    done = run_review(*asked, "-p", "organisation", "{{7*7}}")
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(out / "4-report.ipynb", as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get("text/html", "")
            assert not set(seen(shown).elements) & {"script", "img", "iframe", "svg", "form", "meta"}
            assert not [name for name, _ in seen(shown).attributes if name.startswith("on")]
