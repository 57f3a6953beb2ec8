"""Tables in every form in which spreadsheets and editors save them."""

import csv
import io
from collections.abc import Callable, Sequence

import openpyxl
import xlsxwriter

Rows = Sequence[Sequence[str]]


def text(rows: Rows, delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def with_column(rows: Rows, at: int, name: str = "seen by", cell: str = "J. W.") -> Rows:
    return [[*row[:at], name if number == 0 else cell, *row[at:]] for number, row in enumerate(rows)]


def workbook(rows: Rows, formulas: Callable[[str], str | None] = lambda _: None) -> bytes:
    """A workbook as a spreadsheet saves it: `formulas` gives that of a cell, whose value is kept."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if formula := formulas(cell) if number else None:
                    sheet.write_formula(number, at, formula, None, cell)
                else:
                    sheet.write_string(number, at, cell)
    return out.getvalue()


def calculated(cell: str) -> str | None:
    return f'="{cell}"' if cell and len(cell) < 200 and '"' not in cell else None


def without_values(rows: Rows) -> bytes:
    """A workbook as a program writes it that calculates nothing."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for number, row in enumerate(rows):
        book.active.append([(calculated(cell) or cell) if number else cell for cell in row])
    book.save(out)
    return out.getvalue()


def two_sheets(rows: Rows) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    book.create_sheet("older").append(["something"])
    book.create_sheet("empty")
    book.save(out)
    return out.getvalue()


SAME: dict[str, Callable[[Rows], bytes]] = {
    "byte order mark": lambda rows: text(rows).encode("utf-8-sig"),
    "CR LF": lambda rows: text(rows, end="\r\n").encode(),
    "CR": lambda rows: text(rows, end="\r").encode(),
    "semicolons": lambda rows: text(rows, ";").encode(),
    "semicolons and a mark": lambda rows: text(rows, ";", "\r\n").encode("utf-8-sig"),
    "tabs": lambda rows: text(rows, "\t").encode(),
    "Unicode text": lambda rows: text(rows, "\t", "\r\n").encode("utf-16"),
    "sep=;": lambda rows: b"sep=;\r\n" + text(rows, ";", "\r\n").encode(),
    "blank lines": lambda rows: b"\n" + text(rows).encode().replace(b"\n", b"\n\n"),
    "rows of delimiters": lambda rows: text([*rows, [""] * len(rows[0])]).encode(),
    "an empty column": lambda rows: text(with_column(rows, 1, "", "")).encode(),
    "columns turned round": lambda rows: text([row[::-1] for row in rows]).encode(),
    "blanks in the header": lambda rows: text([[f" {c} " for c in rows[0]], *rows[1:]]).encode(),
}
"""What gives the same table, and nothing to be told."""

TOLD: dict[str, Callable[[Rows], bytes]] = {
    "a column of others first": lambda rows: text(with_column(rows, 0)).encode(),
    "a column of others between": lambda rows: text(with_column(rows, 1), ";").encode(),
    "a column of others last": lambda rows: text(with_column(rows, 99)).encode("utf-8-sig"),
    "two columns of one name": lambda rows: text(with_column(with_column(rows, 0), 2)).encode(),
    "Windows-1252": lambda rows: text(with_column(rows, 99, "remark", "Müller’s café")).encode("cp1252"),
    "Windows-1252, semicolons": lambda rows: text(with_column(rows, 1, "né", "€"), ";").encode("cp1252"),
}
"""What gives the same table, and something to be told of it."""

SHEETS: dict[str, Callable[[Rows], bytes]] = {
    "workbook": workbook,
    "formulas with their values": lambda rows: workbook(rows, calculated),
    "a row that holds nothing": lambda rows: workbook([rows[0], [], [""], *rows[1:]]),
}
"""What gives the same table to a reader of workbooks."""

REFUSED: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "formulas without their values": (without_values, "was saved without its value"),
    "an error": (lambda rows: workbook([*rows[:-1], ["#REF!", *rows[-1][1:]]]), "is the error #REF!"),
    "a workbook of before 2007": (lambda rows: b"\xd0\xcf\x11\xe0" + bytes(99), "not readable as XLSX"),
    "a damaged workbook": (lambda rows: workbook(rows)[:-99], "not readable as XLSX"),
}
"""What a reader of workbooks refuses, and why."""

BROKEN: dict[str, tuple[Callable[[Rows], bytes], str]] = {
    "a mixture of encodings": (
        lambda rows: text(with_column(rows, 99, "né", "x")).encode() + b"\nM\xfcller,,\n",
        "this is not UTF-8 text, and other lines are",
    ),
    "neither UTF-8 nor Windows-1252": (lambda rows: text(rows).encode() + b"\x8f", "not UTF-8 text"),
    "binary data": (lambda rows: text(rows).encode() + b"\0\0", "binary data"),
    "an error of a spreadsheet": (
        lambda rows: text([*rows[:-1], ["#N/A", *rows[-1][1:]]]).encode(),
        "is the error #N/A",
    ),
    "a quote that does not end": (lambda rows: text(rows).encode() + b'"open', "not readable as CSV"),
    "a cell too many": (lambda rows: text([*rows[:-1], [*rows[-1], "x"]]).encode(), "more cells than"),
    "a column without a name": (lambda rows: text(with_column(rows, 1, "")).encode(), "more cells than"),
    "a column twice": (lambda rows: text(with_column(rows, 0, rows[0][0])).encode(), "twice"),
    "a column missing": (lambda rows: text([row[1:] for row in rows]).encode(), "missing"),
    "nothing": (lambda rows: b"", "missing"),
}
"""What every reader refuses, and why."""
