"""A document as tagged PDF (PDF/UA-1), set by Typst from our template; all text goes in as data."""

import json
import os
import re
import subprocess
import sys
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib
import typst

from review.errors import OutputError, Problem
from review.report.document import (
    AnnotatedText,
    Block,
    Bullets,
    Document,
    Inline,
    Paragraph,
    Part,
    Picture,
    Row,
    Run,
    Section,
    Stretch,
    Table,
    plain_text,
)
from review.visible import visible

Data = dict[str, object]

TEMPLATE = "report.typ"
BREAK = "\uffff"
"""Where a long word may break; never a character of a text, because `visible` names it."""

_LONG_WORD = re.compile(r"\S{12,}")
_JOINT = re.compile(r"(?<=[-/._:=&?@~+#%,;])(?=\w)")
_UNBROKEN = re.compile(r"\w{24,}")
_PIECE = 8
_UNBREAKABLE = re.compile(rf"[^\s{BREAK}-]+")


def report_pdf(document: Document) -> bytes:
    """`document` as PDF/UA-1, tagged, with bookmarks; the same bytes for the same document.

    Links lead to addresses that begin with https:// or to anchors in the document; any other is shown
    as text. Fonts are those within Typst and within matplotlib, never those of the machine.
    Raises OutputError when Typst cannot make it, for instance from a picture that is no PNG.
    """
    content = _Content(frozenset(_anchors(document)))
    data = content.document(document)
    with TemporaryDirectory(prefix="review-") as folder:
        root = Path(folder)
        (root / TEMPLATE).write_bytes((files("review.report") / "templates" / TEMPLATE).read_bytes())
        (root / "report.json").write_text(json.dumps(data), encoding="utf-8")
        for name, png in content.pictures.items():
            (root / name).write_bytes(png)
        return _compiled(root, datetime.fromisoformat(document.date).replace(tzinfo=UTC))


_USED_IN: set[int] = set()
"""The processes that have set a page. A copy of one lacks Typst's threads and would wait for ever."""

_APART = """
import sys
from datetime import datetime
from pathlib import Path
from review.report.pdf import _compiled
root, moment = sys.argv[1:]
Path(root, "report.pdf").write_bytes(_compiled(Path(root), datetime.fromisoformat(moment)))
"""


def _compiled(root: Path, moment: datetime) -> bytes:
    if _USED_IN - {os.getpid()}:
        return _compiled_apart(root, moment)
    _USED_IN.add(os.getpid())
    try:
        pdf, notes = typst.compile_with_warnings(
            str(root / TEMPLATE),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=moment,
        )
    except typst.TypstError as error:
        what = f"the PDF cannot be made: {error.message}"
        remedy = "; ".join(error.hints) or "Ask for the report without PDF."
        raise OutputError([Problem("report.pdf", 0, what, remedy)]) from error
    for note in notes:
        warnings.warn(note, stacklevel=3)
    return pdf


def _compiled_apart(root: Path, moment: datetime) -> bytes:
    """The same in a process of its own. Raises OutputError when that fails."""
    command = [sys.executable, "-c", _APART, str(root), moment.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        what = f"the PDF cannot be made: {done.stderr.strip().splitlines()[-1]}"
        raise OutputError([Problem("report.pdf", 0, what, "Ask for the report without PDF.")])
    return (root / "report.pdf").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _anchors(document: Document) -> set[str]:
    """Every place of the document that a link can lead to."""
    found = {part.anchor for part in document.parts}
    for block in document.blocks():
        if isinstance(block, Section | Table | Picture):
            found.add(block.anchor)
        if isinstance(block, Table):
            found.update(row.anchor for row in block.rows)
    return found - {""}


def _words(text: str) -> str:
    """`text` as the template takes it: nothing invisible, and breaks within long words."""
    return _LONG_WORD.sub(_breakable, visible(text).replace("\t", "    "))


def _breakable(word: re.Match[str]) -> str:
    pieces = _JOINT.sub(BREAK, word[0])
    return _UNBROKEN.sub(lambda run: re.sub(rf"(\w{{{_PIECE}}})(?=\w)", rf"\1{BREAK}", run[0]), pieces)


def _letters(table: Table, row: Row) -> int:
    """The letters of the fullest cell of `row`, as if it were as wide as the whole table.

    From this and the width on paper the template estimates how many lines the row wraps to.
    """
    whole = sum(column.width for column in table.columns)
    return max(
        len(plain_text(cell)) * whole // column.width
        for cell, column in zip(row.cells, table.columns, strict=True)
    )


def _longest_word(text: str) -> int:
    """How many letters the longest stretch of `text` has that can only be broken by a hyphen."""
    return max(map(len, _UNBREAKABLE.findall(_words(text))), default=0)


@dataclass(slots=True)
class _Content:
    """The data that the template reads, and the pictures by file name.

    A label may stand only once in a Typst document: the first place with an anchor gets it.
    """

    anchors: frozenset[str]
    placed: set[str] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def document(self, document: Document) -> Data:
        day = datetime.fromisoformat(document.date)
        return {
            "title": _words(document.title),
            "subtitle": _words(document.subtitle),
            "head": _words(document.running_head),
            "date": [day.year, day.month, day.day],
            "parts": [self._part(part) for part in document.parts],
        }

    def _part(self, part: Part) -> Data:
        return {
            "title": _words(part.title),
            "anchor": self._place(part.anchor),
            "landscape": part.landscape,
            "blocks": [self._block(block) for block in part.blocks],
        }

    def _block(self, block: Block) -> Data:
        match block:
            case Paragraph():
                return {"is": "paragraph", "kind": str(block.kind), "text": self._inline(block.text)}
            case Bullets():
                items = [self._inline(item) for item in block.items]
                return {"is": "bullets", "ordered": block.ordered, "items": items}
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case AnnotatedText():
                return {"is": "annotated", "lines": self._lines(block.stretches)}
            case Section():
                return {
                    "is": "section",
                    "title": _words(block.title),
                    "anchor": self._place(block.anchor),
                    "blocks": [self._block(inner) for inner in block.blocks],
                }

    def _table(self, table: Table) -> Data:
        return {
            "is": "table",
            "anchor": self._place(table.anchor),
            "caption": _words(table.caption),
            "note": _words(table.note),
            "columns": [
                {
                    "title": _words(column.title),
                    "longest": _longest_word(column.title),
                    "width": column.width,
                    "number": column.is_number,
                }
                for column in table.columns
            ],
            "rows": [
                {
                    "anchor": self._place(row.anchor),
                    "verdict": row.verdict,
                    "muted": row.muted,
                    "letters": _letters(table, row),
                    "feeds": max(plain_text(cell).count("\n") for cell in row.cells),
                    "cells": [
                        {"text": self._inline(cell), "longest": _longest_word(plain_text(cell))}
                        for cell in row.cells
                    ],
                }
                for row in table.rows
            ],
        }

    def _picture(self, picture: Picture) -> Data:
        name = f"picture-{len(self.pictures)}.png"
        self.pictures[name] = picture.png
        return {
            "is": "picture",
            "anchor": self._place(picture.anchor),
            "file": name,
            "caption": _words(picture.caption),
            "alt": visible(picture.alt),
            "width": picture.width_mm,
        }

    def _lines(self, stretches: tuple[Stretch, ...]) -> list[list[Data]]:
        """The page line by line; the marks of a claim follow the last of its words."""
        lines: list[list[Data]] = [[]]
        for stretch in stretches:
            for number, text in enumerate(stretch.text.split("\n")):
                if number:
                    lines.append([])
                if text:
                    piece = {"text": _words(text), "claim": stretch.is_claim, "verdict": stretch.verdict}
                    lines[-1].append(piece)
            lines[-1] += [
                {
                    "mark": visible(mark.symbol + mark.number),
                    "verdict": mark.verdict,
                    "link": self._target(f"#{mark.claim}"),
                }
                for mark in stretch.marks
            ]
        return lines

    def _inline(self, inline: Inline) -> list[Data]:
        return [self._run(run) for run in inline]

    def _run(self, run: Run) -> Data:
        return {
            "text": _words(plain_text((run,))),
            "strong": run.strong,
            "soft": run.soft,
            "link": self._target(run.link),
        }

    def _target(self, link: str) -> str:
        """`link` if it leads anywhere that a report may lead to, otherwise nothing."""
        leads = link[1:] in self.anchors if link.startswith("#") else link.startswith("https://")
        return visible(link) if leads else ""

    def _place(self, anchor: str) -> str:
        if anchor in self.placed:
            return ""
        self.placed.add(anchor)
        return visible(anchor)
