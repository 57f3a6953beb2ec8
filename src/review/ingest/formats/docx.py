"""DOCX to a page: every paragraph of the body, headings, lists, tables, boxes and notes."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

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
_SKIPPED = frozenset([f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK])
_MENDED = "Open it in a word processor, save it anew as DOCX, and give that file."


def read_docx(content: bytes, name: str, charset: str = "") -> Reading:  # noqa: ARG001
    """The text of a DOCX file, with its tracked insertions and without its tracked deletions.

    Footnotes and endnotes follow the body; headers, footers, comments and hidden words are set aside.
    Raises InputError for a file that is damaged or encrypted, or that unpacks to more than it may.
    """
    files = _files(content, name)
    if _BODY not in files:
        raise InputError.at(InSource(name), f"this ZIP file holds no {_BODY}", remedy=_MENDED)
    trees = {file: _tree(data, f"{name}, {file}") for file, data in sorted(files.items())}
    hidden: list[str] = []
    blocks = list(_blocks(trees[_BODY], hidden))
    aside: list[Block] = []
    for file, root in trees.items():
        if match := _OTHER.fullmatch(file):
            kept = blocks if match[1] in ("footnotes", "endnotes") else aside
            kept.extend(_blocks(root, hidden))
    text, notes = canonical_text(joined(blocks), name)
    title = trees["docProps/core.xml"].find(_TITLE) if "docProps/core.xml" in trees else None
    return Reading(
        text,
        "the paragraphs and tables of the document",
        one_line((title.text or "") if title is not None else ""),
        (*_tracked(trees[_BODY]), *notes),
        set_aside=passages([*(block.text for block in aside), *hidden]),
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
                if entry.filename in (_BODY, "docProps/core.xml") or _OTHER.fullmatch(entry.filename)
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


def _blocks(root: Element, hidden: list[str]) -> Iterator[Block]:
    """The paragraphs and table rows below `root`; a paragraph of a row stands in its cell.

    A text box stands after the paragraph it is tied to. Hidden words go to `hidden`.
    """
    rows = {row for row in root.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tr"), None) is None}
    for element in root.iter(f"{_W}p", f"{_W}tr"):
        row = next(element.iterancestors(f"{_W}tr"), None)
        if row is not None or next(element.iterancestors(_FALLBACK, f"{_W}del"), None) is not None:
            continue
        if element in rows:
            cells = ["; ".join(filter(None, _cell(cell, hidden))) for cell in element.iter(f"{_W}tc")]
            if any(cells):
                yield Block(BlockKind.ROW, " | ".join(cells))
        elif text := _paragraph(element, hidden):
            yield Block(BlockKind.ITEM if _is_item(element) else BlockKind.TEXT, text)


def _cell(cell: Element, hidden: list[str]) -> Iterator[str]:
    """The paragraphs of one cell, without those of a table within it, which has cells of its own."""
    for paragraph in cell.iter(f"{_W}p"):
        nearest = next(paragraph.iterancestors(f"{_W}tc"), None)
        if nearest is cell and next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield _paragraph(paragraph, hidden)


def _paragraph(paragraph: Element, hidden: list[str]) -> str:
    words = "".join(_words(paragraph, hidden))
    return "\n".join(line for line in (squashed(line) for line in words.split("\n")) if line)


def _words(paragraph: Element, hidden: list[str]) -> Iterator[str]:
    """The words of a paragraph itself, without those of the boxes that are tied to it."""
    events = etree.iterwalk(paragraph, events=("start",))
    for _, element in events:
        if element.tag in _SKIPPED or (element.tag == f"{_W}p" and element is not paragraph):
            events.skip_subtree()
        elif element.tag == f"{_W}r" and element.find(f"{_W}rPr/{_W}vanish") is not None:
            events.skip_subtree()
            if words := squashed("".join(t.text or "" for t in element.iter(f"{_W}t"))):
                hidden.append(words)
        elif element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            yield " " if element.tag == f"{_W}tab" else "-"
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"


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
