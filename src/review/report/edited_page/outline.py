"""A page as an editor sees it: its lines by kind, and the sentences on them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from review.language.sentences import sentence_spans
from review.model.vocabulary import Action
from review.report.model import SentenceRow

_MARKER = re.compile(
    r"[ \t\N{NO-BREAK SPACE}]*"
    r"(?:(?:[•◦▪‣·●○*\-–—]|\(?\d{1,2}[.)]|\(?[a-z]\))[ \t\N{NO-BREAK SPACE}]+|[•◦▪‣·●○])?"
    r"[ \t\N{NO-BREAK SPACE}]*"
)
_LONGEST_HEADING = 14  # words; a longer line without a full stop is a sentence that lacks it
_LONGEST_CELL, _FEWEST_CELLS = 8, 6  # words; lines in a row, for two or three titles may follow
_ENDS = re.compile(r"[.!?;,…][\"'”’)\]]*$")
_QUOTES = "\"'”’)]"

_Span: TypeAlias = tuple[int, int, SentenceRow | None]


class LineKind(Enum):
    """What a line of a page is for."""

    BLANK = "blank"
    HEADING = "heading"
    ITEM = "item"
    LEAD_IN = "lead-in"
    CELL = "cell"
    PROSE = "prose"


class Fate(Enum):
    """What becomes of a sentence."""

    KEPT = "kept"
    REPLACED = "replaced"
    GONE = "gone"


@dataclass(slots=True)
class Passage:
    """A sentence of a page and what becomes of it; `row` where it holds claims.

    The marker of a list item is no part of it. `cut` counts the characters taken off its beginning
    where it is kept, `within` is a stretch of it with what comes instead. A sentence that is `decided`
    is never touched by a suggestion; one that is `needed` leads to warnings; one that is `held` stays,
    for its neighbours would not read as English without it.
    """

    start: int
    end: int
    text: str
    line: int
    row: SentenceRow | None
    decided: bool = False
    needed: bool = False
    held: bool = False
    fate: Fate = Fate.KEPT
    new: str = ""
    cut: int = 0
    within: tuple[int, int, str] | None = None
    author: str = ""
    date: str = ""
    note: str = ""

    @property
    def must_stay(self) -> bool:
        """Whether no rule may take it out: it warns, a person has to see it, or somebody decided."""
        row = self.row
        return (
            self.decided
            or self.needed
            or self.held
            or (row is not None and (row.warns or row.action is Action.ESCALATE))
        )

    def hold(self, note: str) -> None:
        """Leave its words as they are, and say why."""
        self.fate, self.new, self.cut, self.within = Fate.KEPT, "", 0, None
        self.held, self.note = True, note

    @property
    def is_cut(self) -> bool:
        """Whether it stays without its linking words."""
        return self.is_kept and bool(self.cut or self.within)

    @property
    def is_kept(self) -> bool:
        """Whether its words stay, but for linking words at its beginning."""
        return self.fate is Fate.KEPT

    @property
    def is_gone(self) -> bool:
        """Whether it is taken out."""
        return self.fate is Fate.GONE


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line feed; `body` is where its words begin, behind the marker of an item.

    Lines that one sentence runs over are one.
    """

    start: int
    end: int
    body: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a page and its sentences, both in reading order."""

    text: str
    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]
    by_line: Mapping[int, Sequence[Passage]]

    def on_line(self, number: int) -> Sequence[Passage]:
        """The sentences that begin on a line."""
        return self.by_line.get(number, ())


def outline_of(text: str, rows: Sequence[SentenceRow]) -> Outline:
    """The outline of a page's text, whose sentences with claims are `rows`."""
    spans = list(_spans(text, rows))
    bare = tuple(_bare_lines(text, spans))
    starts = [line.start for line in bare]
    passages = []
    for start, end, row in spans:
        number = bisect_right(starts, start) - 1
        begin = max(start, bare[number].body)
        if begin < end:
            passages.append(Passage(begin, end, text[begin:end], number, row))
    by_line: dict[int, list[Passage]] = {}
    for passage in passages:
        by_line.setdefault(passage.line, []).append(passage)
    kinds = [_kind(text, line, by_line.get(number, ())) for number, line in enumerate(bare)]
    cells = set(_cells(text, bare, kinds))
    lines = tuple(
        replace(line, kind=LineKind.CELL if number in cells else kinds[number])
        for number, line in enumerate(bare)
    )
    return Outline(text, lines, tuple(passages), by_line)


def _cells(text: str, lines: Sequence[Line], kinds: Sequence[LineKind]) -> Iterator[int]:
    """The lines of a table that was read cell by cell: short ones without a stop, many in a row."""
    run: list[int] = []
    for number, line in enumerate(lines):
        words = text[line.start : line.end].strip()
        is_short = kinds[number] in (LineKind.HEADING, LineKind.PROSE) and not _ENDS.search(words)
        if is_short and ":" not in words and len(words.split()) <= _LONGEST_CELL:
            run.append(number)
        elif words:
            yield from run if len(run) >= _FEWEST_CELLS else ()
            run = []
    yield from run if len(run) >= _FEWEST_CELLS else ()


def _bare_lines(text: str, spans: Sequence[_Span]) -> Iterator[Line]:
    """The lines, of which those that one sentence runs over are one."""
    inside = {at for start, end, _ in spans for at in range(start, end) if text[at] == "\n"}
    ends = [at for at, character in enumerate(text) if character == "\n" and at not in inside]
    start = 0
    for end in (*ends, len(text)):
        marker = _MARKER.match(text, start, end)
        yield Line(start, end, marker.end() if marker else start, LineKind.BLANK)
        start = end + 1


def _spans(text: str, rows: Sequence[SentenceRow]) -> Iterator[_Span]:
    """Where the sentences stand: the rows as they are, and between them what else there is."""
    ordered = sorted(rows, key=lambda row: row.start)
    at = 0
    for row in ordered:
        yield from _between(text, at, row.start)
        yield row.start, row.end, row
        at = row.end
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[_Span]:
    for span in sentence_spans(text[start:end]):
        words = span.of(text[start:end])
        if any(character.isalnum() for character in words):
            yield start + span.start, start + span.end, None


def _kind(text: str, line: Line, passages: Sequence[Passage]) -> LineKind:
    words = text[line.body : line.end].strip().rstrip(_QUOTES)
    if not text[line.start : line.end].strip():
        return LineKind.BLANK
    if words.endswith(":"):
        return LineKind.LEAD_IN
    if text[line.start : line.body].strip():
        return LineKind.ITEM
    if words.endswith("?"):
        asks = all(passage.text.rstrip(_QUOTES).endswith("?") for passage in passages)
        return LineKind.HEADING if asks else LineKind.PROSE
    is_short = len(words.split()) <= _LONGEST_HEADING
    is_bare = not words.endswith((".", "!", ";", ",", "…")) and is_short
    return LineKind.HEADING if is_bare and not any(p.row for p in passages) else LineKind.PROSE
