"""A document as tagged PDF (PDF/UA-1), set by Typst from our template; all text goes in as data."""

import json
import re
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import matplotlib

from review.model.errors import InFile, OutputError
from review.model.visible import visible
from review.report.parts.document import (
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
    keeps_with_next,
    plain_text,
)
from review.report.parts.on_paper import on_paper
from review.store import children
from review.store.bounds import Bounds, ended_by

Data = dict[str, object]

TEMPLATE = "report.typ"
BOUNDS = Bounds(seconds=600, gigabytes=8)
"""For one document."""
WAIT = 900
"""Seconds on the clock after which Typst is ended, on a machine that is busy with other work."""
_FEWER = "Make several reports, each of fewer pages or topics (the parameters pages and topics)."
BREAK = "\uffff"
"""Where a long word may break; never a character of a text, because `visible` names it."""

# Addresses and digests break after a joint; what has none for 24 letters, such as a digest, every eight.
_LONG_WORD = re.compile(r"\S{12,}")
_JOINT = re.compile(r"(?<=[-/._:=&?@~+#%,;])(?=\w)")
_UNBROKEN = re.compile(r"\w{24,}")
_PIECE = 8
_UNBREAKABLE = re.compile(rf"[^\s{BREAK}-]+")


def report_pdf(document: Document, whole: bool = False) -> bytes:
    """`document` as PDF/UA-1, tagged, with bookmarks; the same bytes for the same document.

    What is too long for paper is shortened and says so, see `on_paper`, unless it is wanted `whole`, as
    sheets to be handed out are, whatever memory that takes. Links lead to addresses that begin with
    https:// or to anchors in the document; any other is shown as text. Fonts are those within Typst and
    within matplotlib, never those of the machine.
    Raises OutputError when Typst cannot make it, for instance from a picture that is no PNG.
    """
    paper = document if whole else on_paper(document)
    content = _Content(frozenset(paper.anchors()))
    data = content.document(paper)
    with TemporaryDirectory(prefix="review-") as folder:
        root = Path(folder)
        (root / TEMPLATE).write_bytes(
            (files("review.report.formats") / "templates" / TEMPLATE).read_bytes()
        )
        (root / "report.json").write_text(json.dumps(data), encoding="utf-8")
        for name, png in content.pictures.items():
            (root / name).write_bytes(png)
        return _compiled(root, datetime.fromisoformat(document.date).replace(tzinfo=UTC))


_COUNT = re.compile(rb"/Type/Pages/Count (\d+)")


def sheets(pdf: bytes) -> int:
    """How many pages a PDF of ours has. Its tree of pages is the one place that says so in clear."""
    return max(int(number) for number in _COUNT.findall(pdf))


def _compiled(root: Path, moment: datetime) -> bytes:
    """The page that lies in `root` as PDF, set in a process of its own.

    Typst keeps threads, and they do not come along when a process that has used it is copied: the copy
    would wait for them for ever. Raises OutputError when the page cannot be set.
    """
    program = Path(__file__).with_name("typeset.py")
    # DejaVu Sans for symbols comes with matplotlib, so that fonts of the machine change nothing.
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pdf = root / "report.pdf"
    arguments = (program, root / TEMPLATE, pdf, fonts, moment.isoformat())
    bounds = (BOUNDS.seconds, BOUNDS.gigabytes)
    try:
        done = children.run(children.python(*map(str, (*arguments, *bounds))), seconds=WAIT)
    except TimeoutError:
        raise _not_made(f"it was not set within {WAIT} seconds") from None
    for note in done.stdout.decode().splitlines():
        warnings.warn(note, stacklevel=3)
    if done.returncode:
        said = done.stderr.decode().strip() or f"Typst ended with exit code {done.returncode}"
        raise _not_made(ended_by(done.returncode, said, BOUNDS) or said)
    return pdf.read_bytes()


def _not_made(reason: str) -> OutputError:
    fault = f"the PDF cannot be made: {reason}"
    return OutputError.at(InFile("report.pdf"), fault, remedy=_FEWER)


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
            "compact": document.compact,
            "parts": [self._part(part) for part in document.parts],
        }

    def _part(self, part: Part) -> Data:
        return {
            "title": _words(part.title),
            "anchor": self._place(part.anchor),
            "landscape": part.landscape,
            "own_page": part.own_page,
            "blocks": self._blocks(part.blocks),
        }

    def _blocks(self, blocks: tuple[Block, ...]) -> list[Data]:
        return [
            {**self._block(block), "keep": keeps_with_next(block, following)}
            for block, following in zip_longest(blocks, blocks[1:])
        ]

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
                    "blocks": self._blocks(block.blocks),
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
                    "to-fill": row.to_fill,
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
                # The first piece goes on with the line that the stretch before has left open.
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
