"""CSV and XLSX hold the words of the tables, and nothing in them is calculated."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_reader import csv_rows, xlsx_tables
from sample_document import HOSTILE, claims, hostile_table, sample, text, words_of

from review.report.formats.table_files import LONGEST_CELL, claims_csv, sheet_names, workbook_xlsx
from review.report.parts.document import Column, Document, Part, Row, Table


def with_keys(table: Table) -> list[list[str]]:
    return [[column.key for column in table.columns], *words_of(table)[1:]]


@pytest.mark.parametrize("table", [claims(30), hostile_table()], ids=["claims", "hostile"])
def test_csv_holds_every_cell(table):
    assert csv_rows(claims_csv(table)) == with_keys(table)


def test_csv_is_made_for_excel_and_for_programs():
    data = claims_csv(claims(4))
    assert data.startswith(b"\xef\xbb\xbfclaim,quote,verdict,score,why\r\n")
    assert data.endswith(b"\r\n")
    frame = pandas.read_csv(BytesIO(data))
    assert list(frame.columns) == ["claim", "quote", "verdict", "score", "why"]
    assert list(frame["claim"]) == ["home-000", "home-001", "home-002", "home-003"]
    assert frame["why"][3] == "See the method\nline 3"


def test_no_csv_cell_starts_as_a_formula():
    cells = [cell for row in raw_rows(claims_csv(hostile_table())) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.strip()[:1] in tuple("=+-@＝＋－＠")]
    assert not [cell for cell in cells if cell.startswith(("\t", "\r"))]


def raw_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_numbers_stay_numbers_in_csv():
    assert [row[3] for row in raw_rows(claims_csv(claims(5)))] == [
        "score", "0.50", "-3", "12", "not known", "'-0.0",
    ]  # fmt: skip


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_any_text_comes_back_from_csv(words):
    table = Table("t", "c", (Column("a", "A"),), tuple(Row((text(word),)) for word in words))
    assert csv_rows(claims_csv(table))[1:] == [row or [""] for row in words_of(table)[1:]]


def test_the_workbook_holds_every_table():
    sheets = xlsx_tables(workbook_xlsx(sample(30)))
    assert list(sheets) == ["contents", "claims", "Claims 2"]
    assert sheets["claims"] == words_of(claims(30))
    assert sheets["Claims 2"] == words_of(hostile_table())
    assert sheets["contents"] == [
        ["Sheet", "Table", "Note", "Rows"],
        ["claims", "Claims of the page.", "Grey rows do not count.", "30"],
        ["Claims 2", "=1+1 is a caption", "@note", str(len(HOSTILE))],
    ]


def test_numbers_are_numbers_only_where_a_column_says_so():
    sheet = openpyxl.load_workbook(BytesIO(workbook_xlsx(sample(7))))["claims"]
    kinds = [sheet.cell(row, 4).data_type for row in range(4, 11)]
    assert kinds == ["n", "n", "n", "s", "s", "s", "s"]
    assert {sheet.cell(row, column).data_type for row in range(4, 11) for column in (1, 2, 3, 5)} == {
        "s"
    }


def test_nothing_in_the_workbook_is_calculated_or_leads_out():
    with ZipFile(BytesIO(workbook_xlsx(sample(30)))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<f>" not in content, name
            assert b"TargetMode" not in content, name


def test_a_sheet_is_ready_to_read():
    book = openpyxl.load_workbook(BytesIO(workbook_xlsx(sample(5))))
    sheet = book["claims"]
    assert sheet["A1"].value == "Claims of the page."
    assert sheet["A2"].value == "Grey rows do not count."
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:E8"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width
    assert sheet["B4"].alignment.wrap_text
    assert sheet["A4"].font.color.rgb == "FF00664B"
    assert [book["contents"].cell(row, 1).hyperlink.location for row in (4, 5)] == [
        "'claims'!A1", "'Claims 2'!A1",
    ]  # fmt: skip
    assert book.properties.title == "Review of <claims>"
    assert book.properties.created.isoformat() == "2026-11-21T00:00:00"


def test_a_text_too_long_for_a_cell_says_that_it_is_cut():
    table = Table("t", "c", (Column("a", "A"),), (Row((text("x" * (LONGEST_CELL + 1)),)),))
    document = Document("t", "", "", "2026-11-21", (Part("p", "p", (table,)),))
    (cell,) = xlsx_tables(workbook_xlsx(document))["t"][1]
    assert len(cell) == LONGEST_CELL
    assert cell.endswith("x … [cut: too long for a cell]")


@given(st.lists(st.text(max_size=50), max_size=8))
def test_sheet_names_are_what_excel_allows(anchors):
    names = sheet_names(anchors)
    assert len({name.casefold() for name in names}) == len(anchors)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.casefold() not in ("contents", "history")
