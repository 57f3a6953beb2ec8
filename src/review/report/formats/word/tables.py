"""The tables of a Word report, cell by cell in one pass: python-docx searches a table for each cell."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from review.model.visible import visible
from review.report.counted import counted
from review.report.formats.word.styles import Styles, mark_style
from review.report.formats.word.text import TextWriter
from review.report.formats.word.xml import Element, add
from review.report.parts.document import Column, Row, Run, Table

_ROOM_TO_WRITE = 680
"""Least height, 12 mm, of a row with a cell to be filled in by hand."""


def write_table(parent: Element, table: Table, width: int, styles: Styles, text: TextWriter) -> None:
    """`table` with its caption above and its note below, `width` twentieths of a point wide."""
    text.paragraph(parent, (Run(table.caption),), "Caption", table.anchor)
    widths = column_widths(table.columns, width)
    element = add(parent, "tbl")
    form = add(element, "tblPr")
    add(form, "tblStyle", val=styles.id("Review Table"))
    add(form, "tblW", w=sum(widths), type="dxa")
    add(form, "tblLayout", type="fixed")
    add(
        form,
        "tblLook",
        val="06A0",  # the five switches below as older versions of Word read them
        firstRow=1,
        lastRow=0,
        firstColumn=1,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    add(form, "tblCaption", val=visible(table.caption))
    add(form, "tblDescription", val=visible(_description(table)))
    grid = add(element, "tblGrid")
    for column_width in widths:
        add(grid, "gridCol", w=column_width)
    _head(element, table.columns, widths, text)
    for row in table.rows:
        _row(element, row, table.columns, widths, text)
    if table.note:
        text.paragraph(parent, (Run(table.note),), "Review Note")


def column_widths(columns: Sequence[Column], width: int) -> list[int]:
    """`width` shared out by the columns' widths, to the last unit."""
    total = sum(column.width for column in columns)
    # The edges are rounded, not the widths, so that these add up to the width of the table.
    edges = [round(width * end / total) for end in accumulate(c.width for c in columns)]
    return [right - left for left, right in pairwise([0, *edges])]


def _description(table: Table) -> str:
    rows = counted(len(table.rows), "row")
    return f"{rows} below a header row. Columns: {', '.join(column.title for column in table.columns)}."


def _head(table: Element, columns: Sequence[Column], widths: Sequence[int], text: TextWriter) -> None:
    row = add(table, "tr")
    form = add(row, "trPr")
    add(form, "cantSplit")
    add(form, "tblHeader")
    for column, width in zip(columns, widths, strict=True):
        style = "Review Cell Head Number" if column.is_number else "Review Cell Head"
        text.paragraph(_cell(row, width), (Run(column.title),), style)


def _row(
    table: Element, row: Row, columns: Sequence[Column], widths: Sequence[int], text: TextWriter
) -> None:
    element = add(table, "tr")
    form = add(element, "trPr")
    add(form, "cantSplit")
    if row.to_fill:
        add(form, "trHeight", val=_ROOM_TO_WRITE, hRule="atLeast")
    muted = " Muted" if row.muted else ""
    mark = mark_style(row.verdict) if row.verdict else ""
    cells = zip(columns, widths, row.cells, strict=True)
    for position, (column, width, inline) in enumerate(cells):
        style = f"Review Cell{muted}{' Number' if column.is_number else ''}"
        anchor = "" if position else row.anchor
        coloured = mark if position == 0 or column.key == "verdict" else ""
        text.paragraph(_cell(element, width), inline, style, anchor, coloured)


def _cell(row: Element, width: int) -> Element:
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=width, type="dxa")
    return cell
