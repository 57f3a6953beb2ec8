"""A document as it can be set on paper: whole where it is small, else shorter, and it says so.

A page setter holds the whole of a document in memory, and nobody prints a thousand pages. What a group
of clinics says again and again is told once, with where else it stands; long lists, and in the end long
tables, are cut. Every cut is told at its place, and the beginning names the files that leave out
nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from review.report.counted import counted
from review.report.parts.document import (
    AnnotatedText,
    Block,
    Bullets,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Table,
    plain_text,
    text,
)

WHOLE = 45_000
"""Stretches of text up to which a document is set as it is: some 3 GB of memory for setting it."""
LISTED = 6
"""How many links of a list are shown where a document is shortened."""
CLAIMS = "table-claims"
ELSEWHERE = "report.html, claims.xlsx and report.json"


def on_paper(document: Document, whole: int = WHOLE) -> Document:
    """`document` if it has no more than `whole` stretches of text, else as much of it as that allows.

    In a shortened document claims in the same words with the same answer are one row, the same text of
    several pages stands once, a list shows its first links, and cells link to nothing in the document.
    If that is not enough, tables and texts
    end where there is no room left for them: each part may take what the parts before it have left, and
    an even share of the rest at most.
    """
    if sum(_size(part.blocks) for part in document.parts) <= whole:
        return document
    paper = _Paper()
    told_once = [replace(part, blocks=tuple(paper.blocks(part.blocks))) for part in document.parts]
    parts = list(_within(told_once, whole))
    notice = Paragraph(text(_NOTICE), Kind.SOFT)
    first = replace(parts[0], blocks=(notice, *parts[0].blocks))
    return replace(document, parts=(first, *parts[1:]))


_NOTICE = (
    "This file is shorter than the review, which is too long to be set on paper: claims in the same "
    "words with the same answer stand in one row, the same text of several pages stands once, long "
    "lists and tables are cut where they say so, and what a table names is no link. Everything stands "
    f"in {ELSEWHERE}."
)


def _size(blocks: Iterable[Block]) -> int:
    """How many stretches of text there are to be set."""
    return sum(map(_stretches, blocks))


def _stretches(block: Block) -> int:
    match block:
        case Paragraph():
            return len(block.text)
        case Bullets():
            return sum(map(len, block.items))
        case Table():
            return sum(map(_length, block.rows))
        case AnnotatedText():
            return sum(1 + len(stretch.marks) for stretch in block.stretches)
        case Section():
            return _size(block.blocks)
        case _:
            return 1


def _length(row: Row) -> int:
    return sum(map(len, row.cells))


# What is told once


@dataclass(slots=True)
class _Paper:
    """What was told so far: the pages by their text and marks."""

    pages: dict[tuple[object, ...], str] = field(default_factory=dict)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, of which each says again what stands before it in a few words."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield replace(block, text=_shortened(block.text))
                case Bullets():
                    yield replace(block, items=tuple(map(_shortened, block.items)))
                case Table():
                    rows = _alike_once(block) if block.anchor == CLAIMS else block.rows
                    yield replace(block, rows=tuple(map(_shortened_row, rows)))
                case AnnotatedText():
                    yield self._page(block)
                case Section():
                    yield replace(block, blocks=tuple(self.blocks(block.blocks)))
                case _:
                    yield block

    def _page(self, page: AnnotatedText) -> Block:
        content = tuple(
            (stretch.text, stretch.verdict, *((mark.symbol, mark.number) for mark in stretch.marks))
            for stretch in page.stretches
        )
        before = self.pages.setdefault(content, page.page)
        if before == page.page:
            return page
        return Paragraph(
            (
                Run("Word for word the text of "),
                Run(before, link=f"#page-{before}"),
                Run(", marked alike."),
            )
        )


def _shortened_row(row: Row) -> Row:
    return replace(row, cells=tuple(_unlinked(_shortened(cell)) for cell in row.cells))


def _unlinked(inline: Inline) -> Inline:
    """The words without links into the document: each has its cell set twice, and kept in memory."""
    return tuple(replace(run, link="") if run.link.startswith("#") else run for run in inline)


def _shortened(inline: Inline) -> Inline:
    """The words up to the last of the first links; how many more there are stands in their place."""
    linked = [place for place, run in enumerate(inline) if run.link]
    if len(linked) <= 2 * LISTED:
        return inline
    end = linked[LISTED - 1] + 1
    after = inline[linked[-1] + 1 :]
    return (*inline[:end], Run(f" and {len(linked) - LISTED} more", soft=True), *after)


def _alike_once(table: Table) -> Iterator[Row]:
    """The rows of the claims, those that say the same of the same words in one, with the other ids."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    own = [place for place, column in enumerate(table.columns) if column.key not in ("claim", "page")]
    for row in table.rows:
        # The words may name claims of the sentence by their ids, which begin with the page.
        page = row.anchor.rpartition("-")[0] + "-"
        alike.setdefault(tuple(plain_text(row.cells[at]).replace(page, "") for at in own), []).append(
            row
        )
    for first, *others in alike.values():
        if others:
            named = ", ".join(row.anchor for row in others[:LISTED])
            more = f" and {len(others) - LISTED} more" if len(others) > LISTED else ""
            same = Run(f"\nThe same: {named}{more}", soft=True)
            yield replace(first, cells=((*first.cells[0], same), *first.cells[1:]))
        else:
            yield first


# What there is room for


def _within(parts: Sequence[Part], room: int) -> Iterator[Part]:
    """The parts in as much room as there is, none with more than its share of what is left."""
    sizes = [_size(part.blocks) for part in parts]
    shares = _shares(sizes, room)
    for part, size, share in zip(parts, sizes, shares, strict=True):
        yield part if size <= share else replace(part, blocks=tuple(_cut(part.blocks, share)))


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """What each part may take: the small ones what they need, the others even shares of the rest."""
    shares = [0] * len(sizes)
    left = len(sizes)
    for place in sorted(range(len(sizes)), key=lambda place: sizes[place]):
        shares[place] = min(sizes[place], room // left)
        room -= shares[place]
        left -= 1
    return shares


def _cut(blocks: Iterable[Block], room: int) -> Iterator[Block]:
    """The blocks until there is no room left, and for each that is cut what is left out of it."""
    for block in blocks:
        size = _stretches(block)
        if size <= room:
            yield block
        elif isinstance(block, Section):
            yield replace(block, blocks=tuple(_cut(block.blocks, room)))
        elif isinstance(block, Table):
            yield from _cut_table(block, room)
        else:
            yield Paragraph(text(f"Left out here; see {ELSEWHERE}."), Kind.SOFT)
        room = max(room - size, 0)


def _cut_table(table: Table, room: int) -> Iterator[Block]:
    rows: list[Row] = []
    for row in table.rows:
        room -= _length(row)
        if room < 0:
            break
        rows.append(row)
    left_out = counted(len(table.rows) - len(rows), "row")
    notice = f"{left_out} of {len(table.rows)} left out here; see {ELSEWHERE}."
    if rows:
        yield replace(table, rows=tuple(rows), note=f"{table.note} {notice}".strip())
    else:
        yield Paragraph(text(f"{table.caption} {notice}"), Kind.SOFT)
