"""A report as a document: parts of blocks, before any format.

HTML, PDF, DOCX, CSV and XLSX are all written from these blocks and from nothing else, so that rows,
notes, captions, figures and references are the same in each. All text is plain text: a writer escapes
it, and shows a line feed within a run as a line break.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `link` is an address (https://…), `#` and an anchor, or `./…`."""

    text: str
    strong: bool = False
    soft: bool = False
    """Secondary, shown smaller or paler."""
    quoted: bool = False
    """Third-party words, shown in quotation marks that the writer adds."""
    link: str = ""


Inline = tuple[Run, ...]


def text(words: object) -> Inline:
    """Plain words as the content of a cell or a paragraph."""
    return (Run(str(words)),)


def plain_text(inline: Inline) -> str:
    """The words of `inline` as every format must show them, with quotation marks round quotes."""
    return "".join(f"“{run.text}”" if run.quoted else run.text for run in inline)


class Kind(StrEnum):
    """What a paragraph is."""

    NORMAL = "normal"
    LEAD = "lead"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Inline
    kind: Kind = Kind.NORMAL


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered if `ordered`."""

    items: tuple[Inline, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is its share of the table's width, relative to the others.

    `order` holds the words that its cells begin with in the order of their meaning, by which it is
    sorted; what begins with none of them comes last. Of cells with `several` values each stands on a
    line of its own, and one can filter by any of them; else by the first line.
    """

    key: str
    title: str
    width: int = 10
    is_number: bool = False
    order: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. The first cell names the row; `verdict` colours it; `muted` greys it."""

    cells: tuple[Inline, ...]
    anchor: str = ""
    verdict: str = ""
    muted: bool = False

    @property
    def to_fill(self) -> bool:
        """Whether a cell of spaces alone is to be filled in by hand, and needs room for it."""
        return any(plain_text(cell).isspace() for cell in self.cells)


def table_row(*cells: object, anchor: str = "", verdict: str = "", muted: bool = False) -> Row:
    """A row of `cells`, each an `Inline` or what is shown as plain words."""
    inlines = (cell if isinstance(cell, tuple) else text(cell) for cell in cells)
    return Row(tuple(inlines), anchor, verdict, muted)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and its note below; `filters` names the columns to filter by."""

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as PNG, the words that say the same, and the width it is meant to be shown in.

    Raises ValueError without alternative text or caption: nobody who does not see it is left out.
    """

    anchor: str
    caption: str
    alt: str
    png: bytes
    width_mm: int = 170

    def __post_init__(self) -> None:
        if not self.alt.strip() or not self.caption.strip():
            raise ValueError(f"the figure {self.anchor!r} needs alternative text and a caption")


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that ends with a stretch of a page: its short number, symbol, verdict and reason."""

    claim: str
    number: str
    symbol: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a page's own text; `verdict` is that of the worst claim on it, empty for none."""

    text: str
    is_claim: bool
    verdict: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """The whole text of a page, verbatim, with its claims marked; each mark leads to `#<claim>`."""

    page: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled section within a part or a section; a writer may fold a `folded` one."""

    title: str
    anchor: str
    blocks: tuple["Block", ...]
    folded: bool = False


Block = Paragraph | Bullets | Table | Picture | AnnotatedText | Section


def keeps_with_next(block: Block, following: Block | None) -> bool:
    """Whether no page may end between the two: a paragraph that leads to a list or to small print."""
    if not isinstance(block, Paragraph):
        return False
    is_small_print = isinstance(following, Paragraph) and following.kind is Kind.SOFT
    return is_small_print or isinstance(following, Bullets)


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the report; a `landscape` one is printed on paper turned sideways, and one of its
    `own_page` begins a new sheet.
    """

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `running_head` stands on every printed page; `date` is the day it speaks of.

    The date is empty where there is none, as in the summary of a batch in which no run came to an end.
    A `compact` one is set small and close, to be handed round on a sheet of paper.
    """

    title: str
    subtitle: str
    running_head: str
    date: str
    parts: tuple[Part, ...]
    compact: bool = False

    def tables(self) -> Iterator[Table]:
        """Every table, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Table))

    def pictures(self) -> Iterator[Picture]:
        """Every figure, in reading order."""
        return (block for block in self.blocks() if isinstance(block, Picture))

    def anchors(self) -> tuple[str, ...]:
        """Every place that a link can lead to, each once; figures come last."""
        anchors = [part.anchor for part in self.parts]
        for block in self.blocks():
            if isinstance(block, Section | Table):
                anchors.append(block.anchor)
            if isinstance(block, Table):
                anchors += [row.anchor for row in block.rows]
        anchors += [picture.anchor for picture in self.pictures()]
        return tuple(dict.fromkeys(anchor for anchor in anchors if anchor))

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, a section before its own blocks."""
        for part in self.parts:
            yield from _unfolded(part.blocks)


def _unfolded(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _unfolded(block.blocks)
