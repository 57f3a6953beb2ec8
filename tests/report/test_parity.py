"""The same rows, notes, captions, figures and references in every format, cell by cell."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import html_reader
import openpyxl
import pytest
from docx import Document as Word
from office_reader import csv_rows, docx_tables, xlsx_tables
from pdf_reader import pdf_structure, pdf_tables

from review.model.visible import visible
from review.model.vocabulary import Audience
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.report.formats.table_files import claims_csv, workbook_xlsx
from review.report.formats.word import report_docx
from review.report.parts.compose import compose
from review.report.parts.document import Document, Table, plain_text

SPACES = re.compile(r"\s+")


def words(text: str) -> str:
    """Text without what a format may choose: the width of a space and where a line ends."""
    return SPACES.sub(" ", visible(text)).strip()


def grid(table: Table) -> list[list[str]]:
    titles = [column.title for column in table.columns]
    rows = [[plain_text(cell) for cell in row.cells] for row in table.rows]
    return [[words(cell) for cell in row] for row in [titles, *rows]]


@pytest.fixture(scope="module", params=[Audience.DIRECTOR, Audience.CLINIC, Audience.CLASS])
def document(request, review) -> Document:
    if request.param is Audience.DIRECTOR:
        return request.getfixturevalue("one_page_document")
    return compose(build_report(review.select(pages=["clinic-brochure"]), request.param))


@pytest.fixture(scope="module")
def expected(document) -> list[list[list[str]]]:
    return [grid(table) for table in document.tables()]


@pytest.fixture(scope="module")
def html(document) -> str:
    return report_html(document)


@pytest.fixture(scope="module")
def pdf(document) -> bytes:
    return report_pdf(document)


@pytest.fixture(scope="module")
def docx(document) -> bytes:
    return report_docx(document)


def normal(tables) -> list[list[list[str]]]:
    return [[[words(cell) for cell in row] for row in table] for table in tables]


def test_html_shows_every_cell(html, expected):
    assert normal([[t.titles, *t.rows] for t in html_reader.tables(html)]) == expected


def test_pdf_shows_every_cell(pdf, expected):
    assert normal(pdf_tables(pdf)) == expected


def test_docx_shows_every_cell(docx, expected):
    assert normal(docx_tables(docx)) == expected


def test_csv_holds_the_claim_table(document):
    claims = next(table for table in document.tables() if table.anchor == "table-claims")
    keys = [column.key for column in claims.columns]
    assert normal([csv_rows(claims_csv(claims))]) == [[keys, *grid(claims)[1:]]]


def test_the_workbook_holds_every_table_with_caption_and_note(document, expected):
    data = workbook_xlsx(document)
    sheets = list(xlsx_tables(data).values())[1:]
    assert normal(sheets) == expected
    book = openpyxl.load_workbook(BytesIO(data))
    for sheet, table in zip(book.worksheets[1:], document.tables(), strict=True):
        assert words(sheet["A1"].value) == words(table.caption)
        assert words(sheet["A2"].value or "") == words(table.note)


def test_json_holds_what_the_claim_table_shows(document, one_page):
    rows = {row.claim: row for row in one_page.claims}
    claims = next(table for table in document.tables() if table.anchor == "table-claims")
    keys = [column.key for column in claims.columns]
    for row in claims.rows:
        cells = dict(zip(keys, (plain_text(cell) for cell in row.cells), strict=True))
        model = rows[cells["claim"]]
        assert cells["quote"] == f"“{model.quote}”"
        if "verdict" in cells:
            assert cells["verdict"] == f"{model.symbol} {model.verdict.replace('-', ' ')}"
        if "reasons" in cells:
            assert all(reason.sentence in cells["reasons"] for reason in model.reasons)
            assert model.allowed_wording in cells["action"]


def test_captions_and_notes_stand_in_every_format(document, html, pdf, docx):
    in_pdf = words(pdf_structure(pdf).text)
    in_docx = words(" ".join(paragraph.text for paragraph in Word(BytesIO(docx)).paragraphs))
    for shown, table in zip(html_reader.tables(html), document.tables(), strict=True):
        assert words(shown.caption) == words(table.caption)
        assert words(shown.note) == words(table.note)
        for text in (table.caption, table.note):
            assert words(text) in in_docx
            assert words(text) in in_pdf


def test_the_same_figures_with_the_same_words(document, html, pdf, docx):
    wanted = [(p.caption, p.alt, p.png) for p in document.pictures()]
    assert html_reader.pictures(html) == wanted
    with ZipFile(BytesIO(docx)) as parts:
        media = {parts.read(name) for name in parts.namelist() if name.startswith("word/media/")}
        body = parts.read("word/document.xml").decode()
    assert media == {png for _, _, png in wanted}
    described = [unescape(text) for text in re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)]
    assert [words(text) for text in described] == [words(alt) for _, alt, _ in wanted]
    figures = [element.alt for element in pdf_structure(pdf).all("Figure")]
    assert [words(alt) for alt in figures] == [words(alt) for _, alt, _ in wanted]
