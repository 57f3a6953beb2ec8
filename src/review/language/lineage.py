"""Passages that two pages share, verbatim, reworded or paraphrased. Who copied is left open."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from rapidfuzz import fuzz

from review.language.alignment import Chain, Element, chains
from review.language.claims.segments import Segment, SegmentKind, segments
from review.language.sentences import Span, sentence_spans

MIN_WORDS = 6
"""Shorter sentences are alike by chance."""
ALIKE = 0.60
"""Similarity of two clauses, from 0 to 1, from which they may be part of a chain (our convention)."""
ALONE = 0.90
"""Similarity from which one sentence is a passage by itself (our convention)."""
ALONE_STATED = 0.75
"""The same, where both are known to state the same (our convention)."""
VERBATIM = 0.9995
"""From this similarity on, which is given with three decimals, all words are taken for the same."""

_PROSE = (SegmentKind.SENTENCE, SegmentKind.POINT)
"""What tells something; headings, questions, labels and cells are alike on all pages of a subject."""


class Stated(NamedTuple):
    """Where a page states something; `statement` is the same word wherever the same is stated."""

    start: int
    end: int
    statement: str


@dataclass(frozen=True, slots=True)
class PageWords:
    """The text of a page, and what it states where that is known."""

    text: str
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one side of a shared passage stands."""

    page: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """One passage on two pages: in how many parts both agree, and how alike their words are, 0 to 1."""

    a: Passage
    b: Passage
    similarity: float
    parts: int

    @property
    def kind(self) -> str:
        """Verbatim when all words are the same, reworded when most are, paraphrased otherwise."""
        if self.similarity >= VERBATIM:
            return "verbatim"
        return "reworded" if self.similarity >= ALIKE else "paraphrased"


def lineages(pages: Mapping[str, PageWords]) -> tuple[Lineage, ...]:
    """The passages shared by any two pages, each once from its first part to its last, in the order of
    the first page.

    A chain of three or more parts that agree in words or in what they state, in one order on both
    pages, is one passage; so is a sentence that both have in nearly the same words.
    """
    read = {page: _Read.of(words) for page, words in sorted(pages.items())}
    shared: list[Lineage] = []
    for a, b in combinations(read, 2):
        made = [_lineage(a, b, read[a], read[b], chain) for chain in _chains(read[a], read[b])]
        shared += sorted(made, key=lambda passage: (passage.a.start, passage.b.start))
    return tuple(shared)


def comparable(text: str) -> list[tuple[Span, str]]:
    """The sentences of a page that are long enough to be compared, with their words in lower case."""
    pairs = [(span, _words(span.of(text))) for span in sentence_spans(text)]
    return [(span, words) for span, words in pairs if words.count(" ") + 1 >= MIN_WORDS]


def similarity(a: str, b: str) -> float:
    """How alike the words of two texts are, from 0 to 1: half in their order, half in any order."""
    left, right = _words(a), _words(b)
    return (fuzz.ratio(left, right) + fuzz.token_sort_ratio(left, right)) / 200


def _words(sentence: str) -> str:
    return " ".join(re.findall(r"[a-z0-9α-ω]+", sentence.lower()))


@dataclass(frozen=True, slots=True)
class _Read:
    """A page as it is compared: its clauses, and what it states outside headings and questions."""

    text: str
    clauses: tuple[Span, ...]
    stated: tuple[Stated, ...]

    @classmethod
    def of(cls, words: PageWords) -> "_Read":
        prose = [segment for segment in segments(words.text) if segment.kind in _PROSE]
        clauses = tuple(clause for segment in prose for clause in _clauses(words.text, segment))
        stated = tuple(s for s in words.stated if any(x.start <= s.start < x.end for x in prose))
        return cls(words.text, clauses, stated)


def _clauses(text: str, segment: Segment) -> Iterator[Span]:
    """The parts of a segment between semicolons that are long enough to be compared."""
    for part in re.finditer(r"[^;]+", segment.span.of(text)):
        start, end = segment.start + part.start(), segment.start + part.end()
        clause = Span(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        if len(re.findall(r"\w+", clause.of(text))) >= MIN_WORDS:
            yield clause


def _chains(a: _Read, b: _Read) -> list[Chain]:
    alike = [
        Element(left, right, alikeness)
        for left, right in product(a.clauses, b.clauses)
        if (alikeness := similarity(left.of(a.text), right.of(b.text))) >= ALIKE
    ]
    stated = [
        Element(left, right, similarity(left.of(a.text), right.of(b.text)), x.statement)
        for x, y in product(a.stated, b.stated)
        if x.statement == y.statement
        for left, right in [(Span(x.start, x.end), Span(y.start, y.end))]
    ]
    made = chains([*alike, *stated])
    long = [
        x
        for x in stated
        if all(len(_words(y).split()) >= MIN_WORDS for y in (x.a.of(a.text), x.b.of(b.text)))
    ]
    return [*made, *_alone([*alike, *long], made)]


def _alone(elements: Sequence[Element], made: Sequence[Chain]) -> Iterator[Chain]:
    """The sentences that are nearly the same and stand in no chain, each side with its best match."""
    taken = [(Span(x[0].a.start, x[-1].a.end), Span(x[0].b.start, x[-1].b.end)) for x in made]
    for element in sorted(elements, key=lambda e: (-e.similarity, e.a, e.b)):
        least = ALONE_STATED if element.statement else ALONE
        if element.similarity >= least and not any(_meet(element, other) for other in taken):
            taken.append((element.a, element.b))
            yield (element,)


def _meet(element: Element, taken: tuple[Span, Span]) -> bool:
    """Whether either side lies, in part, in a passage that was taken."""
    return any(
        side.start < other.end and other.start < side.end
        for side, other in zip((element.a, element.b), taken, strict=True)
    )


def _lineage(a: str, b: str, left: _Read, right: _Read, chain: Chain) -> Lineage:
    first = _passage(a, left.text, chain[0].a.start, chain[-1].a.end)
    other = _passage(b, right.text, chain[0].b.start, chain[-1].b.end)
    return Lineage(first, other, round(similarity(first.quote, other.quote), 3), len(chain))


def _passage(page: str, text: str, start: int, end: int) -> Passage:
    return Passage(page, start, end, text[start:end])
