"""DOCX to a page: every paragraph of the body, headings, lists, tables, boxes and notes."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from lxml import etree
from lxml.etree import _Element as Element

from review.ingest.formats.formula import linear
from review.ingest.formats.raised import Shift, on_line
from review.ingest.formats.symbols import UNKNOWN, is_private, symbol
from review.ingest.reading import (
    Block,
    BlockKind,
    Reading,
    canonical_text,
    joined,
    one_line,
    passages,
    squashed,
)
from review.model.errors import InputError, InSource

MAX_FILES = 5_000
MAX_UNPACKED = 60_000_000
MAX_RATIO = 200
"""How many times the size of the file it may unpack to, beyond the first `FREE` bytes."""
FREE = 1_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_OTHER = re.compile(r"word/(footnotes|endnotes|header[0-9]*|footer[0-9]*|comments)\.xml")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
# What stands here for old programs stands beside it for new ones too.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_READ = (_BODY, _STYLES, _CORE)
_SHIFTS = {"superscript": Shift.UP, "subscript": Shift.DOWN}
_SKIPPED = frozenset([f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK])
_SIGNS = {f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}br": "\n", f"{_W}cr": "\n"}
_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
_MENDED = "Open it in a word processor, save it anew as DOCX, and give that file."


@dataclass(slots=True)
class _Document:
    """What is known of a document while it is read: its raised styles, and what is to be said."""

    shifts: Mapping[str, Shift]
    hidden: list[str] = field(default_factory=list)
    formulas: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        """What is said of formulas, and of signs that cannot be told."""
        if self.formulas:
            yield f"formulas, written on the line: {self.formulas}"
        for sign, count in sorted(self.unknown.items()):
            yield f"signs that cannot be told, {UNKNOWN} in the text: {count} × {sign}"

    def sign(self, font: str, code: int) -> str:
        """The character that a font shows for a code."""
        found = symbol(font, code)
        if found == UNKNOWN:
            self.unknown[f"{one_line(font, 40) or 'no font'} {code:04X}"] += 1
        return found


def read_docx(content: bytes, name: str, charset: str = "") -> Reading:  # noqa: ARG001
    """The text of a DOCX file, with its tracked insertions and without its tracked deletions.

    Footnotes and endnotes follow the body; headers, footers, comments and hidden words are set aside.
    Raises InputError for a file that is damaged or encrypted, or that unpacks to more than it may.
    """
    files = _files(content, name)
    if _BODY not in files:
        raise InputError.at(InSource(name), f"this ZIP file holds no {_BODY}", remedy=_MENDED)
    trees = {file: _tree(data, f"{name}, {file}") for file, data in sorted(files.items())}
    document = _Document(_shifted_styles(trees.get(_STYLES)))
    blocks = list(_blocks(trees[_BODY], document))
    aside: list[Block] = []
    for file, root in trees.items():
        if match := _OTHER.fullmatch(file):
            kept = blocks if match[1] in ("footnotes", "endnotes") else aside
            kept.extend(_blocks(root, document))
    text, notes = canonical_text(joined(blocks), name)
    title = trees[_CORE].find(_TITLE) if _CORE in trees else None
    return Reading(
        text,
        "the paragraphs and tables of the document",
        one_line((title.text or "") if title is not None else ""),
        (*_tracked(trees[_BODY]), *document.notes(), *notes),
        set_aside=passages([*(block.text for block in aside), *document.hidden]),
    )


def _files(content: bytes, name: str) -> dict[str, bytes]:
    """The parts that are read, unpacked within bounds that hold for the whole file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            # These are the sizes that the file states; `zipfile` reads no more of an entry than it
            # states.
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if (
                len(entries) > MAX_FILES
                or unpacked > MAX_UNPACKED
                or unpacked > MAX_RATIO * packed + FREE
            ):
                fault = f"it unpacks to {len(entries):,} files of {unpacked:,} bytes, more than it may"
                raise InputError.at(InSource(name), fault, remedy=_MENDED)
            wanted = {
                entry.filename: entry
                for entry in entries
                if entry.filename in _READ or _OTHER.fullmatch(entry.filename)
            }
            return {file: archive.read(entry) for file, entry in wanted.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        fault = f"the file is damaged: {squashed(str(error))[:120]}"
        raise InputError.at(InSource(name), fault, remedy=_MENDED) from None
    except (NotImplementedError, RuntimeError):
        fault = "the file is packed in a way that no word processor uses, or encrypted"
        raise InputError.at(InSource(name), fault, remedy=_MENDED) from None


def _tree(data: bytes, name: str) -> Element:
    # An entity could bring in a file of this machine, or grow without end.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        fault = f"this part is not readable as XML: {squashed(error.msg or '')[:120]}"
        raise InputError.at(InSource(name, error.lineno or 0), fault, remedy=_MENDED) from None


def _blocks(root: Element, document: _Document) -> Iterator[Block]:
    """The paragraphs and table rows below `root`; a paragraph of a row stands in its cell.

    A text box stands after the paragraph it is tied to. Hidden words go to `document`.
    """
    rows = {row for row in root.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tr"), None) is None}
    for element in root.iter(f"{_W}p", f"{_W}tr"):
        row = next(element.iterancestors(f"{_W}tr"), None)
        if row is not None or next(element.iterancestors(_FALLBACK, f"{_W}del"), None) is not None:
            continue
        if element in rows:
            cells = ["; ".join(filter(None, _cell(cell, document))) for cell in element.iter(f"{_W}tc")]
            if any(cells):
                yield Block(BlockKind.ROW, " | ".join(cells))
        elif text := _paragraph(element, document):
            yield Block(BlockKind.ITEM if _is_item(element) else BlockKind.TEXT, text)


def _cell(cell: Element, document: _Document) -> Iterator[str]:
    """The paragraphs of one cell, without those of a table within it, which has cells of its own."""
    for paragraph in cell.iter(f"{_W}p"):
        nearest = next(paragraph.iterancestors(f"{_W}tc"), None)
        if nearest is cell and next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield _paragraph(paragraph, document)


def _paragraph(paragraph: Element, document: _Document) -> str:
    words = "".join(_words(paragraph, document))
    return "\n".join(line for line in (squashed(line) for line in words.split("\n")) if line)


def _words(paragraph: Element, document: _Document) -> Iterator[str]:
    """The words of a paragraph itself, raised ones as raised characters, one stretch after another."""
    before = ""
    # Word cuts what is raised into several runs, as it likes.
    for shift, pieces in groupby(_pieces(paragraph, document), key=itemgetter(0)):
        text = "".join(piece for _, piece in pieces)
        before = on_line(text, before, shift) if shift else text
        yield before


def _pieces(paragraph: Element, document: _Document) -> Iterator[tuple[Shift | None, str]]:
    """The words of a paragraph, without those of the boxes that are tied to it, and where they stand."""
    events = etree.iterwalk(paragraph, events=("start",))
    shift, font = None, ""
    for _, element in events:
        if element.tag in _SKIPPED or (element.tag == f"{_W}p" and element is not paragraph):
            events.skip_subtree()
        elif element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None:
            events.skip_subtree()
            if words := squashed("".join(t.text or "" for t in element.iter(f"{_W}t"))):
                document.hidden.append(words)
        elif element.tag == f"{_W}r":
            shift, font = _shift(element, document.shifts), _value(element, "rFonts", "ascii")
        elif element.tag == f"{_M}oMath":
            events.skip_subtree()
            document.formulas += 1
            yield None, linear(element)
        elif text := _text(element, font, document):
            yield shift, text


def _text(element: Element, font: str, document: _Document) -> str:
    """The characters that an element of a run stands for."""
    if element.tag == f"{_W}t":
        return "".join(
            document.sign(font, ord(c)) if is_private(ord(c)) else c for c in element.text or ""
        )
    if element.tag == f"{_W}sym":
        code = element.get(f"{_W}char") or ""
        own = element.get(f"{_W}font") or font
        return document.sign(own, int(code, 16) if _CODE.fullmatch(code) else 0xFFFF)
    return _SIGNS.get(str(element.tag), "")


def _shift(run: Element, styles: Mapping[str, Shift]) -> Shift | None:
    """Where a run stands, by its own settings or else by its style."""
    own = _value(run, "vertAlign", "val")
    return _SHIFTS.get(own) if own else styles.get(_value(run, "rStyle", "val"))


def _shifted_styles(root: Element | None) -> dict[str, Shift]:
    """The styles of a document whose characters are raised or lowered."""
    styles = () if root is None else root.iter(f"{_W}style")
    shifts = {style.get(f"{_W}styleId") or "": _value(style, "vertAlign", "val") for style in styles}
    return {name: _SHIFTS[shift] for name, shift in shifts.items() if shift in _SHIFTS}


def _value(element: Element, setting: str, attribute: str) -> str:
    """A value of the settings that a run or a style has for its characters; empty where it has none."""
    found = element.find(f"{_W}rPr/{_W}{setting}")
    return "" if found is None else found.get(f"{_W}{attribute}") or ""


def _is_item(paragraph: Element) -> bool:
    styled = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = (styled.get(f"{_W}val") or "").lower() if styled is not None else ""
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return style.startswith("list") or (numbered and not style.startswith(("heading", "title")))


def _tracked(root: Element) -> Iterator[str]:
    for tag, label in (("ins", "tracked insertions, kept"), ("del", "tracked deletions, left out")):
        if count := sum(1 for _ in root.iter(f"{_W}{tag}")):
            yield f"{label}: {count}"
    pictures = sum(1 for _ in root.iter("{*}pic", "{*}imagedata"))
    if pictures:
        yield f"pictures that were not read: {pictures}"
    # Formulas of Word before 2007, charts and drawings made of words.
    objects = sum(1 for _ in root.iter(f"{_W}object", "{*}chart", "{*}relIds"))
    if objects:
        yield f"embedded objects that were not read: {objects}"
