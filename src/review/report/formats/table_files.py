"""The tables of a report as files: one table as CSV, all of them as an Excel workbook.

Both hold the words that every other format shows, and nothing in them is ever calculated: a cell is
text, or a number in a column of numbers.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from review.model.visible import visible
from review.report.formats.colours import BAND, LINK, NO_VERDICT, SHADES, SOFT
from review.report.formats.fixed_zip import fixed_zip
from review.report.formats.unique_names import unique_names
from review.report.parts.document import Column, Document, Inline, Row, Table, plain_text

_NUMBER = re.compile(r"(?!-[0.]+$)(?=.{1,15}$)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
"""A number that Excel keeps to its last digit, with its sign."""
_STARTS_FORMULA = re.compile(r"'*(\t|\s*[=+\-@＝＋－＠])")
"""What a spreadsheet would take for a formula, or for one that was guarded already."""


def claims_csv(table: Table) -> bytes:
    """`table` as CSV (RFC 4180): UTF-8 with a byte order mark, lines ended by CR LF, keys as header.

    A cell that a spreadsheet would calculate gets an apostrophe in front, and so does one that already
    has apostrophes before such a start, so that taking one away gives the cell back. The starts are
    = + - @, also in their wide forms, after any white space, and a tab; a carriage return is shown by
    name. A number in a column of numbers stays as it is.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.key for column in table.columns)
    for row in table.rows:
        writer.writerow(_csv_cell(c, i) for c, i in zip(table.columns, row.cells, strict=True))
    # Without a byte order mark Excel takes the file for the local code page and spoils every accent.
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(column: Column, inline: Inline) -> str:
    text = visible(plain_text(inline))
    if column.is_number and _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


LONGEST_CELL = 32_767
"""Characters that Excel keeps in a cell."""
_CUT = " … [cut: too long for a cell]"
_LONGEST_SHEET_NAME = 31  # as Excel allows
_CONTENTS = "contents"
_RESERVED = (_CONTENTS, "history")  # Excel keeps "history" for itself
_HEAD = 2
"""Row of the column titles, from 0: the caption and the note stand above."""
_TABLE_WIDTH = 150
"""Width that the columns of a sheet share out, in characters."""
_NARROWEST, _WIDEST = 8, 70
_LONG_WORD = 24
"""Letters of the longest word that widens its column; a longer one is broken in its cell."""


def workbook_xlsx(document: Document) -> bytes:
    """Every table of `document` as a sheet of an Excel workbook, after a sheet that lists them.

    Caption, note and column titles are the first three rows of each sheet and stay in view. The bytes
    are the same for the same document. Text longer than `LONGEST_CELL` is cut, and says so.
    """
    out = BytesIO()
    tables = list(document.tables())
    names = sheet_names([table.anchor for table in tables])
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        created = datetime.fromisoformat(document.date)
        book.set_properties({"title": visible(document.title), "created": created})
        forms = _Forms(book)
        _write_contents(book.add_worksheet(_CONTENTS), document, tables, names, forms)
        for name, table in zip(names, tables, strict=True):
            sheet = book.add_worksheet(name)
            _write_frame(sheet, table.caption, table.note, table.columns, len(table.rows), forms)
            _set_widths(
                sheet, table.columns, [[plain_text(cell) for cell in row.cells] for row in table.rows]
            )
            for number, row in enumerate(table.rows, start=_HEAD + 1):
                _write_row(sheet, number, row, table.columns, forms)
    return fixed_zip(out.getvalue())


def sheet_names(anchors: Sequence[str]) -> list[str]:
    """A name that Excel allows for the sheet of each table, after its anchor."""
    stems = [re.sub(r"[^A-Za-z0-9 _.-]", "-", anchor.removeprefix("table-")) for anchor in anchors]
    return unique_names([stem.strip() or "table" for stem in stems], _LONGEST_SHEET_NAME, " ", _RESERVED)


class _Forms:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: object) -> Format:
        """The format with `properties`, in XlsxWriter's words."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def _write_frame(
    sheet: Worksheet, caption: str, note: str, columns: Sequence[Column], rows: int, forms: _Forms
) -> None:
    """Caption, note, column titles and all that is set for a sheet as a whole."""
    sheet.write_string(0, 0, _cut(visible(caption)), forms.get(bold=True))
    sheet.write_string(1, 0, _cut(visible(note)), forms.get(font_color=f"#{SOFT}"))
    for number, column in enumerate(columns):
        align = "right" if column.is_number else "left"
        head = forms.get(bold=True, text_wrap=True, bg_color=f"#{BAND}", bottom=1, align=align)
        sheet.write_string(_HEAD, number, visible(column.title), head)
    sheet.autofilter(_HEAD, 0, _HEAD + rows, len(columns) - 1)
    sheet.freeze_panes(_HEAD + 1, 1)
    sheet.repeat_rows(_HEAD)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # one page wide, as many as it takes long
    # Every cell of the sheet: a text that looks like a number is meant as text.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _set_widths(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Make each column as wide as its share, and as its longest word, so that no cell breaks a word."""
    total = sum(column.width for column in columns)
    for number, column in enumerate(columns):
        words = " ".join([column.title, *(row[number] for row in rows)]).split()
        longest = min(max(map(len, words), default=0), _LONG_WORD)
        share = _TABLE_WIDTH * column.width / total
        sheet.set_column(number, number, min(max(share, longest + 1, _NARROWEST), _WIDEST))


def _write_row(
    sheet: Worksheet, number: int, row: Row, columns: Sequence[Column], forms: _Forms
) -> None:
    for position, (column, inline) in enumerate(zip(columns, row.cells, strict=True)):
        look: dict[str, object] = {"font_color": f"#{SOFT}"} if row.muted else {}
        if row.verdict and (position == 0 or column.key == "verdict"):
            look |= {"font_color": f"#{SHADES.get(row.verdict, NO_VERDICT).ink}", "bold": True}
        text = visible(plain_text(inline))
        if column.is_number and _NUMBER.fullmatch(text):
            # With the decimals that the other formats show; Excel would drop zeros at the end.
            decimals = len(text.partition(".")[2])
            form = "0." + "0" * decimals if decimals else "0"
            sheet.write_number(number, position, float(text), forms.get(num_format=form, **look))
        else:
            _write_text(sheet, number, position, text, forms, look)


def _write_text(
    sheet: Worksheet, row: int, column: int, text: str, forms: _Forms, look: Mapping[str, object]
) -> None:
    # Excel would calculate such a text as soon as somebody edits the cell, unless it is marked.
    marked = {"quote_prefix": True} if _STARTS_FORMULA.match(text) else {}
    sheet.write_string(row, column, _cut(text), forms.get(text_wrap=True, **marked, **look))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT


def _write_contents(
    sheet: Worksheet, document: Document, tables: Sequence[Table], names: Sequence[str], forms: _Forms
) -> None:
    columns = (
        Column("sheet", "Sheet", 20),
        Column("table", "Table", 50),
        Column("note", "Note", 50),
        Column("rows", "Rows", 6, is_number=True),
    )
    _write_frame(sheet, document.title, document.subtitle, columns, len(tables), forms)
    _set_widths(sheet, columns, [(name, "", "", "") for name in names])
    link = forms.get(font_color=f"#{LINK}", underline=1)
    for number, (name, table) in enumerate(zip(names, tables, strict=True), start=_HEAD + 1):
        sheet.write_url(number, 0, f"internal:'{name}'!A1", link, name)
        _write_text(sheet, number, 1, visible(table.caption), forms, {})
        _write_text(sheet, number, 2, visible(table.note), forms, {})
        sheet.write_number(number, 3, len(table.rows), forms.get())
