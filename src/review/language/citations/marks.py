"""Marks in a text that lead to a list of references: [1], (1), raised numbers, (Rhodes et al., 1998)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from review.language.citations.entries import Entry, References
from review.language.citations.found import PrintedParts
from review.language.citations.words import CitationWords
from review.language.sentences import Span

WIDEST_RANGE = 30
"""How many entries a mark such as [3-9] may name."""
_SUPERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans(_SUPERS, "0123456789")
_RANGE = r"\d{1,3}(?:\s?[–-]\s?\d{1,3})?"
_NUMBERS = rf"{_RANGE}(?:\s?[,;]\s?{_RANGE}){{0,20}}"
_RAISED_RANGE = rf"[{_SUPERS}]{{1,3}}(?:[–⁻-][{_SUPERS}]{{1,3}})?"
_BRACKETED = re.compile(rf"\[({_NUMBERS})\]")
# In round brackets and after a full stop any number may stand: there it is a mark only with its entry.
_ROUND = re.compile(rf"(?<=[\w.,%”\"’)])\s?(\(({_NUMBERS})\))")
_AFTER_STOP = re.compile(rf"(?<=[^\W\d_][^\W\d_][^\W\d_][.,;])({_NUMBERS})(?=\s|$)")
# "hair²" bears a mark, "m²" and "10⁶" do not.
_SUPERSCRIPT = re.compile(
    r"(?:(?<=[^\W\d_][^\W\d_][^\W\d_])|(?<=[.,;:!?)”\"’]))"
    rf"({_RAISED_RANGE}(?:,{_RAISED_RANGE}){{0,20}})"
)
_INSIDE = re.compile(r"\(([^()]{3,200})\)")


class Mark(NamedTuple):
    """A mark: where it stands, the numbers or the parts it prints, the entries to which it leads."""

    span: Span
    labels: tuple[int, ...]
    parts: PrintedParts
    leads_to: tuple[Entry, ...]


def number_marks(text: str, references: References) -> Iterator[Mark]:
    """Numbers that lead to a list: in square brackets or raised; in other forms only if it has them."""
    for pattern, group, needs_entry in (
        (_BRACKETED, 0, False),
        (_SUPERSCRIPT, 1, False),
        (_ROUND, 1, True),
        (_AFTER_STOP, 1, True),
    ):
        for match in pattern.finditer(text):
            labels = _labels(match[group])
            found = tuple(entry for label in labels if (entry := references.numbered(label)))
            if labels and (len(found) == len(labels) or not needs_entry):
                yield Mark(Span(*match.span(group)), labels, PrintedParts(), found)


def author_marks(text: str, words: CitationWords, references: References) -> Iterator[Mark]:
    """Authors with a year, in brackets or in the sentence, and authors "and colleagues"."""
    for bracket in _INSIDE.finditer(text):
        yield from _in_brackets(text, bracket, words, references)
    yield from _in_sentence(text, words, references)


def _in_brackets(
    text: str, bracket: re.Match[str], words: CitationWords, references: References
) -> Iterator[Mark]:
    at = bracket.start(1)
    ends = [*(at + each.start() for each in re.finditer(";", bracket[1])), bracket.end(1)]
    starts = [at, *(end + 1 for end in ends)]
    cited = [words.cited.fullmatch(text, *bounds) for bounds in zip(starts, ends, strict=False)]
    found = [match for match in cited if match and not words.months.fullmatch(match["first"])]
    # "(Version 2018)" may be anything: one word and a year are authors only with a comma between.
    if len(found) < len(cited) or (len(bracket[1].split()) == 2 and "," not in bracket[1]):
        return
    whole = Span(*bracket.span())
    for match in found:
        span = whole if len(found) == 1 else Span(match.start("first"), match.end())
        yield _mark(span, match["first"], match["year"], bool(match["more"]), references)


def _in_sentence(text: str, words: CitationWords, references: References) -> Iterator[Mark]:
    for match in words.authors.finditer(text):
        year = match["year"] or match["bare"] or ""
        if not (match["more"] or year):
            continue
        mark = _mark(Span(*match.span()), match["first"], year, bool(match["more"]), references)
        # "Dermatol (2020)" may be anything: a name alone is one only with its entry.
        is_certain = match["more"] or (match["second"] and match["year"])
        if is_certain or mark.leads_to:
            yield mark


def _mark(span: Span, first: str, year: str, more: bool, references: References) -> Mark:
    family = " ".join(first.split())
    parts = PrintedParts(authors=(family,), more_authors=more, year=year)
    entry = references.by(family, year)
    return Mark(span, (), parts, (entry,) if entry else ())


def _labels(printed: str) -> tuple[int, ...]:
    plain = printed.translate(_RAISED).strip("[]()").replace("⁻", "-").replace("–", "-")
    labels: list[int] = []
    for part in re.split(r"\s?[,;]\s?", plain):
        first, dash, last = part.partition("-")
        numbers = (int(first), int(last) if dash else int(first))
        if not 0 < numbers[0] <= numbers[1] < numbers[0] + WIDEST_RANGE:
            return ()
        labels += range(numbers[0], numbers[1] + 1)
    return tuple(dict.fromkeys(labels))
