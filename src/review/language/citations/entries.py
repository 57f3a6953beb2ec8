"""The references that a page prints: lists under a heading, and lines in the form of a reference."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from review.language.citations.addresses import addresses
from review.language.citations.found import PrintedParts
from review.language.citations.parts import has_form, parts_of
from review.language.citations.words import CitationWords
from review.language.sentences import Span

LONGEST = 2_000
"""Characters of a line that may be one reference; a longer one is a paragraph."""
LONGEST_HEADING = 60
"""Characters of a heading that opens a list."""
LEAST_WORDS = 3
"""Words of a point that may be a reference without any form."""
_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*[•◦▪‣·*–—-]\s+")
_LABEL = re.compile(
    r"\s*(?:\[(\d{1,3})\][.:]?\s*|\((\d{1,3})\)\s*|(\d{1,3})[.)]\s+|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*"
    r"|(\d{1,3})\s+(?=[A-ZÀ-Þ\"“]))"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_QUOTES = "\"“”'‘’«»"
_IN_QUOTES = re.compile(rf"[{_QUOTES}].{{8,}}[{_QUOTES}][.,;]?\s*$")


class Entry(NamedTuple):
    """A reference as it is printed: where it stands without its number, its line, its number, its parts.

    `is_listed` tells that it stands in a list under a heading; `label` is 0 where none is printed.
    """

    span: Span
    line: Span
    label: int
    parts: PrintedParts
    is_listed: bool


class References:
    """The references that a page prints, in reading order, to be found by number and by author."""

    def __init__(self, text: str, words: CitationWords) -> None:
        self.entries = tuple(_entries(text, words))
        labelled = {entry.label: entry for entry in reversed(self.entries) if entry.label}
        # In a list without numbers a mark counts.
        listed = enumerate((entry for entry in self.entries if entry.is_listed), start=1)
        self._by_label = labelled or dict(listed)
        self._by_author: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for author in entry.parts.authors[:1]:
                self._by_author[author.casefold()].append(entry)

    def numbered(self, label: int) -> Entry | None:
        """The entry that a number means, the first that bears it."""
        return self._by_label.get(label)

    def by(self, family: str, year: str) -> Entry | None:
        """The entry of a first author and of a year, if one is given; None if several could be meant."""
        meant = [e for e in self._by_author.get(family.casefold(), ()) if year in ("", e.parts.year)]
        return meant[0] if len(meant) == 1 else None


def _entries(text: str, words: CitationWords) -> Iterator[Entry]:
    is_list = False
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        if _is_heading(line[0], words):
            is_list = True
            continue
        entry = _entry(text, Span(*line.span()), words, is_list=is_list)
        # What is no reference ends the list.
        is_list = is_list and entry is not None
        if entry:
            yield entry


def _is_heading(line: str, words: CitationWords) -> bool:
    bare = line[: 2 * LONGEST_HEADING].strip(" \t#*_:.-–—")
    return len(bare) <= LONGEST_HEADING and bool(words.headings.fullmatch(bare))


def _entry(text: str, line: Span, words: CitationWords, *, is_list: bool) -> Entry | None:
    if line.end - line.start > LONGEST:
        return None
    bullet = _BULLET.match(text, line.start, line.end)
    start = bullet.end() if bullet else line.start
    number = _LABEL.match(text, start, line.end)
    label = int(number[number.lastindex].translate(_RAISED)) if number and number.lastindex else 0
    printed = text[number.end() if number else start : line.end].strip()
    if not printed:
        return None
    at = text.index(printed, line.start)
    parts = parts_of(printed, words)
    if not (has_form(parts) or (is_list and _is_item(printed, has_mark=bool(bullet or number)))):
        return None
    if is_list and parts.is_empty and _IN_QUOTES.match(printed):
        parts = PrintedParts(title=printed.strip(f" .,;{_QUOTES}"))
    return Entry(Span(at, at + len(printed)), line, label, parts, is_list)


def _is_item(printed: str, *, has_mark: bool) -> bool:
    """Whether a line under the heading of a list is one of its entries."""
    if _IN_QUOTES.match(printed) or next(addresses(printed), None):
        return True
    return has_mark and len(printed.split()) >= LEAST_WORDS
