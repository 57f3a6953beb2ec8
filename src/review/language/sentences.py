"""Text into sentences, with offsets that count Unicode code points."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof vs etc e.g i.e cf fig no al ca approx st jr inc u.s u.k".split()
)
_LAST_WORD = 24
"""Characters before a full stop that are looked at: no abbreviation is as long."""
# The mark of a note after the end of a sentence is a part of it.
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍ"
_NOTE = rf"(?:[{_RAISED}][{_RAISED},–-]{{0,19}}|[*†‡§¶]{{1,4}}|\[[0-9][0-9,;– -]{{0,19}}\])?"
# The blank and the capital or figure asked for keep "0.5", "p.r.n." and "vs. placebo" whole. Only the
# first of several marks is tried: a thousand dots would be read a thousand times.
_BOUNDARY = re.compile(rf"(?<![.!?…])[.!?…]+[\"'”’)\]]*{_NOTE}(?=\s+[\"'“‘(\[]?[A-Z0-9Α-Ω])")


class Span(NamedTuple):
    """A stretch of a text: `start` inclusive, `end` exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The stretch itself."""
        return text[self.start : self.end]


def sentences(text: str) -> list[str]:
    """The sentences of one line or paragraph, without surrounding blanks."""
    return [span.of(text) for span in sentence_spans(text)]


def sentence_spans(text: str) -> Iterator[Span]:
    """Where the sentences of `text` stand; a line break always ends one.

    A full stop after a known abbreviation, a single letter or inside a number ends nothing.
    """
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for boundary in _BOUNDARY.finditer(text, line.start(), line.end()):
            if not _ends_an_abbreviation(text, start, boundary.start()):
                yield from _trimmed(text, start, boundary.end())
                start = boundary.end()
        yield from _trimmed(text, start, line.end())


def _ends_an_abbreviation(text: str, start: int, stop: int) -> bool:
    if text[stop] != ".":
        return False
    words = text[max(start, stop - _LAST_WORD) : stop].split()
    last = words[-1].lstrip("(\"'“‘[").lower() if words else ""
    return last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    right = len(stretch.rstrip())
    if right > left:
        yield Span(start + left, start + right)
