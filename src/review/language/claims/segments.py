"""A page into segments, the pieces in which it is read: headings, labels, points, cells, sentences.

Every character that is no blank stands in exactly one segment, so that nothing a page says is missed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby, zip_longest
from typing import NamedTuple

from review.language.sentences import Span, sentence_spans

MAX_HEADING_WORDS = 14
"""A line of its own without a full stop is a heading or a label up to this many words."""
LEAST_COLUMNS = 3
"""A table has row headings in its first column from this many columns on."""
MAX_HEADING = 200
"""How many characters of a heading are kept with the segments under it."""

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"(?<!\S)\|(?!\S)|\t")
_ANSWER = re.compile(r"(?:yes|no|absolutely|sure|certainly|of course|not at all)[.!,]?", re.IGNORECASE)
_POINT = re.compile(r"\s*(?:[•◦▪‣·*–—-]|\(?\d{1,2}[.)])\s")
# Unicode categories: symbols such as emoji, their skin tones, variation selectors and joiners, then
# dashes and other punctuation.
_SIGNS = frozenset(["So", "Sk", "Mn", "Cf", "Pd", "Po"])
# Of these, what a sentence may begin or end with.
_SPOKEN = frozenset(".!?…%&#@*\"'’/:;,")
_DIGIT = re.compile(r"\d")
_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


class SegmentKind(StrEnum):
    """What a segment is on its page.

    A heading opens what stands under it, as the first row and column of a table do; a label is a short
    line that opens nothing, such as a number with its caption or one of a row of cards.
    """

    SENTENCE = "sentence"
    QUESTION = "question"
    HEADING = "heading"
    LABEL = "label"
    POINT = "point"
    CELL = "cell"


_OPENS = (SegmentKind.HEADING, SegmentKind.LABEL, SegmentKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: where it stands, what it is, the heading or question above it, its row and column.

    `row` and `column` are the headings of a cell, empty for all else.
    """

    start: int
    end: int
    kind: SegmentKind
    heading: str
    row: str = ""
    column: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class _Line(NamedTuple):
    """A line: the spans of each of its cells, what kind of line it is, and whether it is short."""

    cells: list[list[Span]]
    kind: SegmentKind
    is_short: bool


def segments(text: str) -> Iterator[Segment]:
    """The segments of `text` in reading order.

    A line break and a bar between blanks always end one; a full stop does where a sentence ends. A
    bare "Yes." or "No." belongs to the sentence it opens.
    """
    heading = ""
    lines = [_line(text, *line.span()) for line in _LINE.finditer(text) if line[0].strip()]
    for is_table, group in groupby(zip_longest(lines, lines[1:]), _is_of_table):
        if is_table:
            yield from _table(text, [line.cells for line, _ in group], heading)
            continue
        for line, after in group:
            spans = list(chain.from_iterable(line.cells))
            for span in spans:
                kind = _kind(span.of(text), line, after)
                yield Segment(span.start, span.end, kind, heading)
                if kind in _OPENS and len(spans) == 1:
                    heading = span.of(text)[:MAX_HEADING]


def without_marks(text: str, span: Span) -> Span:
    """`span` without the marks around its words: bullets, numbers of points, emoji, brackets, blanks."""
    start, end = span
    point = _POINT.match(text, start, end)
    if point:
        start = point.end()
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]) and text[end - 1] not in ")”’\"'":
        end -= 1
    return Span(start, end)


def _is_mark(character: str) -> bool:
    is_sign = unicodedata.category(character) in _SIGNS and character not in _SPOKEN
    return character.isspace() or is_sign or character == "|"


def _line(text: str, start: int, end: int) -> _Line:
    cells = [list(_spans(text, cell)) for cell in _cells(text, start, end)]
    kind = _kind_of_line(text[start:end])
    words = cells[0][0].of(text) if len(cells) == len(cells[0]) == 1 else ""
    is_short = 0 < len(words.split()) <= MAX_HEADING_WORDS and not _END.search(words)
    return _Line(cells, kind, is_short=kind is SegmentKind.SENTENCE and is_short)


def _is_of_table(line: tuple[_Line, _Line | None]) -> bool:
    return line[0].kind is SegmentKind.CELL


def _table(text: str, rows: Sequence[Sequence[Sequence[Span]]], heading: str) -> Iterator[Segment]:
    """The cells of a table with the headings of their row and column.

    The first row holds headings unless it is the only one or holds figures; the first column does where
    there are enough columns.
    """
    names = [_words(text, cell) for cell in rows[0]]
    has_names = len(rows) > 1 and not any(map(_DIGIT.search, names))
    for number, row in enumerate(rows):
        named = _words(text, row[0]) if len(row) >= LEAST_COLUMNS else ""
        for place, cell in enumerate(row):
            is_name = (has_names and number == 0) or (bool(named) and place == 0)
            column = names[place] if has_names and not is_name and place < len(names) else ""
            for span in cell:
                words = span.of(text)
                kind = SegmentKind.QUESTION if _asks(words) else SegmentKind.CELL
                kind = SegmentKind.HEADING if is_name else kind
                yield Segment(span.start, span.end, kind, heading, "" if is_name else named, column)


def _words(text: str, cell: Sequence[Span]) -> str:
    # The bar stays with the cell on its left, and is no part of what the cell says.
    return " ".join(span.of(text).rstrip("| ") for span in cell)[:MAX_HEADING]


def _spans(text: str, cell: Span) -> Iterator[Span]:
    opening: Span | None = None
    for inner in sentence_spans(cell.of(text)):
        span = Span(cell.start + inner.start, cell.start + inner.end)
        if opening is not None:
            span = Span(opening.start, span.end)
            opening = None
        elif _ANSWER.fullmatch(span.of(text)) and span.end < cell.end:
            opening = span
            continue
        yield span
    if opening is not None:
        yield opening


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """The cells of a line: a tab or a bar between blanks parts them; the bar stays with its left."""
    at = start
    for bar in _BAR.finditer(text[start:end]):
        yield Span(at, start + bar.end())
        at = start + bar.end()
    yield Span(at, end)


def _kind_of_line(line: str) -> SegmentKind:
    if _BAR.search(line.strip()) or " | " in line:
        return SegmentKind.CELL
    is_point = _POINT.match(line) or _is_mark(line.lstrip()[:1] or "x")
    return SegmentKind.POINT if is_point else SegmentKind.SENTENCE


def _kind(words: str, line: _Line, after: _Line | None) -> SegmentKind:
    if _asks(words):
        return SegmentKind.QUESTION
    if not line.is_short:
        return line.kind
    return SegmentKind.HEADING if after is not None and not after.is_short else SegmentKind.LABEL


def _asks(words: str) -> bool:
    return words.rstrip("\"'”’) |").endswith("?")
