"""A page into segments, the pieces in which it is read: headings, points, cells, questions, sentences.

Every character that is no blank stands in exactly one segment, so that nothing a page says is missed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from review.language.sentences import Span, sentence_spans

MAX_HEADING_WORDS = 14
"""A line of its own without a full stop is a heading up to this many words."""
MAX_HEADING = 200
"""How many characters of a heading are kept with the segments under it."""

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"(?<!\S)\|(?!\S)|\t")
_ANSWER = re.compile(r"(?:yes|no|absolutely|sure|certainly|of course|not at all)[.!,]?", re.IGNORECASE)
_POINT = re.compile(r"\s*(?:[•◦▪‣·*–—-]|\(?\d{1,2}[.)])\s")
_SIGNS = frozenset(["So", "Sk", "Mn", "Cf", "Pd", "Po"])
_SPOKEN = frozenset(".!?…%&#@*\"'’/:;,")
_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


class Kind(StrEnum):
    """What a segment is on its page."""

    SENTENCE = "sentence"
    QUESTION = "question"
    HEADING = "heading"
    POINT = "point"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: where it stands, what it is, and the heading or question above it."""

    start: int
    end: int
    kind: Kind
    heading: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def segments(text: str) -> Iterator[Segment]:
    """The segments of `text` in reading order.

    A line break and a bar between blanks always end one; a full stop does where a sentence ends. A
    bare "Yes." or "No." belongs to the sentence it opens.
    """
    heading = ""
    for line in _LINE.finditer(text):
        spans = list(_spans_of_line(text, line.start(), line.end()))
        of_line = _kind_of_line(line[0])
        for span in spans:
            kind = _kind(span.of(text), of_line, len(spans) == 1)
            yield Segment(span.start, span.end, kind, heading)
            if kind in (Kind.HEADING, Kind.QUESTION) and len(spans) == 1:
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
    return character.isspace() or is_sign


def _spans_of_line(text: str, start: int, end: int) -> Iterator[Span]:
    opening: Span | None = None
    for cell in _cells(text, start, end):
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
            opening = None


def _cells(text: str, start: int, end: int) -> Iterator[Span]:
    """The cells of a line: a tab or a bar between blanks parts them; the bar stays with its left."""
    at = start
    for bar in _BAR.finditer(text[start:end]):
        yield Span(at, start + bar.end())
        at = start + bar.end()
    yield Span(at, end)


def _kind_of_line(line: str) -> Kind:
    if _POINT.match(line) or _is_mark(line.lstrip()[:1] or "x"):
        return Kind.POINT
    return Kind.CELL if " | " in line or "\t" in line.strip() else Kind.SENTENCE


def _kind(words: str, of_line: Kind, is_alone: bool) -> Kind:
    if words.rstrip("\"'”’) ").endswith("?"):
        return Kind.QUESTION
    is_short = is_alone and not _END.search(words) and len(words.split()) <= MAX_HEADING_WORDS
    return Kind.HEADING if of_line is Kind.SENTENCE and is_short else of_line
