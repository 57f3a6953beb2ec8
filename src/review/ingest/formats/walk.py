"""A walk over an HTML page in the order of its elements, which keeps every block that is its text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element as Element

from review.ingest.formats.aside import SILENT, is_aside, is_question
from review.ingest.reading import Block, BlockKind, joined, squashed

_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BLOCKS = _HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr legend li main menu nav ol optgroup option p pre "
    "search section summary table tbody td tfoot th thead tr ul".split()
)
# The pluses and arrows that a folded part shows behind its title.
_SIGNS_AT_END = re.compile(r"(?<!\s)\s+[+\-−–×›»▸▾▼▲⌄⌃]+$")
_SEEN = etree.XPath(".//text()[not(ancestor::svg or ancestor::script or ancestor::style)]")
# Values of Bootstrap's `data-bs-toggle` (before version 5 `data-toggle`) that fold a part.
_FOLDING = frozenset(["collapse", "tab", "pill"])


@dataclass(frozen=True, slots=True)
class Walked:
    """The lines of a page by block, and those that were set aside."""

    text: str
    set_aside: tuple[str, ...]
    unread: Mapping[str, int]


@dataclass(slots=True)
class _BlockLines:
    """Blocks as they come; those within one cell are put on its line with semicolons between them."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cells: list[str] | None = None
    item: bool = False

    def end_block(self) -> None:
        """Close the block; inside a table row it goes on in the same cell."""
        if self.cells is not None:
            self.words.append("\n")
            return
        if text := "\n".join(self._lines()):
            self.blocks.append(Block(BlockKind.ITEM if self.item else BlockKind.TEXT, text))
            self.item = False
        self.words = []

    def _lines(self) -> list[str]:
        lines = (squashed(line) for line in "".join(self.words).split("\n"))
        return [line for line in lines if line]

    def end_cell(self) -> None:
        """Close the cell of a table row."""
        if self.cells is not None:
            self.cells.append("; ".join(self._lines()))
            self.words = []

    def end_row(self) -> None:
        """Close the row of a table."""
        if self.cells is not None:
            if self._lines():
                self.end_cell()
            if any(self.cells):
                self.blocks.append(Block(BlockKind.ROW, " | ".join(self.cells)))
            self.cells, self.words = None, []


def walk(root: Element) -> Walked:
    """The text of the page below `root`, with what was set aside and a count of what has no words.

    A folded part stands after the words that open it, wherever these stand on the page. A table whose
    cells hold tables or headings is read as blocks, any other row by row.
    """
    lines, aside = _BlockLines(), _BlockLines()
    openers = _openers(root)
    labels = {panel: opener for opener, panel in openers.items()}
    events = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in events:
        if element is skipped:
            # An element without children comes to its end even where it is skipped.
            continue
        if event == "end":
            _end(element, lines)
            lines.words.append(_flat(element.tail, element.getparent()))
            continue
        if element in openers or _is_left_out(element, labels):
            if element not in openers and element.tag not in SILENT:
                _set_aside(element, aside)
            events.skip_subtree()
            skipped = element
            lines.words.append(_between(element) + _flat(element.tail, element.getparent()))
            continue
        if (opener := labels.pop(element, None)) is not None:
            _add_question(_opening_words(opener), lines)
        _start(element, lines, aside)
        lines.words.append(_flat(element.text, element))
    lines.end_block()
    for opener in labels.values():
        _set_aside(opener, aside)
    return Walked(joined(lines.blocks), tuple(block.text for block in aside.blocks), _unread(root))


def _is_left_out(element: Element, labels: Mapping[Element, Element]) -> bool:
    return element.tag in SILENT or (is_aside(element) and not _is_folded_part(element, labels))


def _is_folded_part(element: Element, labels: Mapping[Element, Element]) -> bool:
    return element in labels and element.tag not in ("nav", "dialog") and element.get("role") != "dialog"


def _start(element: Element, lines: _BlockLines, aside: _BlockLines) -> None:
    tag = element.tag
    if tag == "br":
        lines.words.append("\n" if lines.cells is None else " ")
    elif tag == "img":
        aside.blocks += _words_for_picture(element)
    if tag in _BLOCKS or is_question(element):
        lines.end_block()
    if tag == "li":
        lines.item = lines.cells is None
    elif tag in _HEADINGS or tag == "dt" or is_question(element):
        lines.item = False
    elif tag == "tr" and lines.cells is None and _is_data(element):
        lines.cells = []


def _end(element: Element, lines: _BlockLines) -> None:
    if element.tag in ("td", "th") and lines.cells is not None:
        lines.end_cell()
    elif element.tag == "tr" and lines.cells is not None:
        lines.end_row()
    elif element.tag in _BLOCKS or is_question(element):
        if lines.cells is None and is_question(element):
            lines.words = [_SIGNS_AT_END.sub("", "".join(lines.words).rstrip())]
        lines.end_block()
        if element.tag == "li":
            lines.item = False


def _is_data(row: Element) -> bool:
    table = next(row.iterancestors("table"), None)
    if table is None or table.get("role") == "presentation":
        return False
    return next(table.iterdescendants("table", *sorted(_HEADINGS), "details"), None) is None


def _openers(root: Element) -> dict[Element, Element]:
    """The elements that open a folded part, each with that part."""
    by_id: dict[str, Element] = {}
    for element in root.iter(etree.Element):
        if name := element.get("id"):
            # Of two elements with one id a browser takes the first, too.
            by_id.setdefault(name, element)
    panels: dict[Element, Element] = {}
    taken: set[Element] = set()
    for element in root.iter(etree.Element):
        panel = by_id.get(_target(element))
        if panel is None or panel in taken or not _opening_words(element):
            continue
        if (
            panel.tag in SILENT
            or panel.tag in ("nav", "html", "body")
            or panel.find(".//nav") is not None
        ):
            continue
        if panel is element or panel in element.iterancestors() or element in panel.iterancestors():
            continue
        panels[element] = panel
        taken.add(panel)
    return panels


def _target(element: Element) -> str:
    """The id of the part that an element opens, or nothing."""
    if name := element.get("aria-controls"):
        return str(name).strip()
    toggle = element.get("data-bs-toggle") or element.get("data-toggle")
    if toggle not in _FOLDING:
        return ""
    target = element.get("data-bs-target") or element.get("data-target") or element.get("href") or ""
    return str(target).strip().removeprefix("#")


def _opening_words(element: Element) -> str:
    words = squashed("".join(map(str, _SEEN(element))))
    return _SIGNS_AT_END.sub("", words) if any(c.isalnum() for c in words) else ""


def _add_question(words: str, lines: _BlockLines) -> None:
    lines.end_block()
    lines.item = False
    lines.words.append(words)
    lines.end_block()


def _set_aside(element: Element, aside: _BlockLines) -> None:
    """The lines of an element that is left out, each once."""
    for part in element.iter(etree.Element):
        if part.tag not in SILENT:
            if part.tag in _BLOCKS or part.tag in ("a", "button", "br"):
                aside.end_block()
            aside.words.append(_flat(part.text, part))
        if part.tag == "img":
            aside.blocks += _words_for_picture(part)
        if part is not element:
            aside.words.append(_flat(part.tail, part.getparent()))
    aside.end_block()


def _words_for_picture(picture: Element) -> list[Block]:
    alt = squashed(picture.get("alt") or "")
    return [Block(BlockKind.TEXT, f"words for a picture: {alt}")] if alt else []


def _between(element: Element) -> str:
    """What keeps the words before and after a left-out element apart."""
    return " " if element.tag in _BLOCKS or element.tag == "button" else ""


def _unread(root: Element) -> dict[str, int]:
    """How many pictures, frames and recordings the page holds."""
    kinds = {
        "pictures": ("img", "picture", "svg"),
        "frames": ("iframe", "object", "embed"),
        "recordings": ("audio", "video"),
    }
    counts = {kind: sum(1 for _ in root.iter(*tags)) for kind, tags in kinds.items()}
    return {kind: count for kind, count in counts.items() if count}


def _flat(text: str | None, within: Element | None) -> str:
    """Text between two marks: line breaks of the source are blanks, but for preformatted text."""
    if not text or (within is not None and within.tag == "pre"):
        return text or ""
    return text.replace("\n", " ").replace("\r", " ")
