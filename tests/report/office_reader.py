"""What stands in the tables of an office file, as the words of each cell, the column titles first."""

import csv
import re
from io import BytesIO, StringIO

import docx
import openpyxl

Rows = list[list[str]]

GUARDED = re.compile(r"''*(\t|\s*[=+\-@＝＋－＠])")


def docx_tables(data: bytes) -> list[Rows]:
    """Every table of a Word file, in reading order."""
    tables = docx.Document(BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def xlsx_tables(data: bytes) -> dict[str, Rows]:
    """Every sheet of a workbook by name, without the caption and the note above its table."""
    book = openpyxl.load_workbook(BytesIO(data))
    return {
        sheet.title: [[cell_text(cell) for cell in row] for row in sheet.iter_rows(min_row=3)]
        for sheet in book
    }


def cell_text(cell) -> str:
    """A cell as Excel shows it."""
    if isinstance(cell.value, int | float):
        decimals = len(cell.number_format.partition(".")[2])
        return f"{cell.value:.{decimals}f}"
    return cell.value or ""


def csv_rows(data: bytes) -> Rows:
    """The rows of a CSV file, the apostrophes taken away that keep a spreadsheet from calculating."""
    rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [[cell[1:] if GUARDED.match(cell) else cell for cell in row] for row in rows]
