"""Passages that pages share, verbatim, reworded or paraphrased, each with every place where it stands.

Who copied is left open. The pages of a group of clinics are copies of one another: what is nearly all of
an earlier page is laid beside that page and beside no other, so that the work grows with the pages and
not with the pairs of them, and a passage is told once for each wording.
"""

import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

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
COPY = 0.80
"""A page is a copy of another from this share of its clauses on that the other has (our convention)."""
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


class Place(NamedTuple):
    """Where a passage stands."""

    page: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage letter for letter, and every place where it stands so, in the order of the pages."""

    quote: str
    places: tuple[Place, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages on which it stands, each once."""
        return tuple(dict.fromkeys(place.page for place in self.places))


@dataclass(frozen=True, slots=True)
class Lineage:
    """One passage on several pages, in one wording or in two: in how many parts both agree, and how
    alike their words are, 0 to 1.
    """

    wordings: tuple[Wording, ...]
    similarity: float
    parts: int

    @property
    def kind(self) -> str:
        """Verbatim when all words are the same, reworded when most are, paraphrased otherwise."""
        if self.similarity >= VERBATIM:
            return "verbatim"
        return "reworded" if self.similarity >= ALIKE else "paraphrased"

    @property
    def pages(self) -> frozenset[str]:
        """The pages that share it."""
        return frozenset(page for wording in self.wordings for page in wording.pages)


def lineages(pages: Mapping[str, PageWords], first: Collection[str] = ()) -> tuple[Lineage, ...]:
    """The passages shared by pages, each from its first part to its last, in the order of their places.

    A chain of three or more parts that agree in words or in what they state, in one order on both
    pages, is one passage; so is a sentence that both have in nearly the same words. A page of which four
    in five clauses stand in another one is laid beside that one alone; the pages of `first` are the last
    to be taken for such copies.
    """
    order = sorted(pages, key=lambda page: (page not in first, page))
    return _by_wording(_Comparison([_Read.of(page, pages[page]) for page in order]))


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


class _Clause(NamedTuple):
    """A clause of a page and its words in lower case."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A page, or what is left of it, as it is compared: its clauses, and what it states outside
    headings and questions.
    """

    page: str
    text: str
    clauses: tuple[_Clause, ...]
    stated: tuple[Stated, ...]

    @classmethod
    def of(cls, page: str, words: PageWords) -> "_Read":
        prose = [segment for segment in segments(words.text) if segment.kind in _PROSE]
        clauses = tuple(clause for segment in prose for clause in _clauses(words.text, segment))
        stated = tuple(s for s in words.stated if any(x.start <= s.start < x.end for x in prose))
        return cls(page, words.text, clauses, stated)

    @property
    def content(self) -> tuple[object, ...]:
        """Everything that is compared: pages of one content share the same passages."""
        return self.text, self.clauses, self.stated


def _clauses(text: str, segment: Segment) -> Iterator[_Clause]:
    """The parts of a segment between semicolons that are long enough to be compared."""
    for part in re.finditer(r"[^;]+", segment.span.of(text)):
        start, end = segment.start + part.start(), segment.start + part.end()
        clause = Span(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip()))
        if len(re.findall(r"\w+", clause.of(text))) >= MIN_WORDS:
            yield _Clause(clause, _words(clause.of(text)))


class _Shared(NamedTuple):
    """A passage that two pages share, as each has it, in how many parts."""

    places: tuple[Place, Place]
    quotes: tuple[str, str]
    parts: int


class _Copied(NamedTuple):
    """A stretch of a page that stands in a copy of it: the copy's text, and where it stands there."""

    stretch: Place
    text: str
    place: Place


class _Comparison:
    """Pages held against each other, one after the other; a copy only against what it is a copy of."""

    def __init__(self, read: Sequence[_Read]) -> None:
        self._alike = _alike({clause.words for page in read for clause in page.clauses})
        self._chains: dict[tuple[object, object], list[Chain]] = {}
        self._leaders: list[_Read] = []
        self._having: dict[str, list[int]] = {}
        """By clause and by statement the leaders that have it."""
        self.shared: list[_Shared] = []
        self.copied: dict[str, list[_Copied]] = {}
        waiting: deque[tuple[_Read, tuple[int, ...]]] = deque((page, ()) for page in read)
        while waiting:
            page, held = waiting.popleft()
            number = self._copied_by(page, held)
            leader = self._leaders[number] if number is not None else None
            chains = self._chains_of(leader, page) if leader else []
            if number is None or leader is None or not chains:
                self._lead(page, held)
                continue
            for chain in chains:
                self._add_copied(leader, page, chain)
            # What a copy has for itself may stand in a third page.
            left = self._own(page, leader, chains)
            if left.clauses or left.stated:
                waiting.append((left, (*held, number)))

    def _own(self, page: _Read, leader: _Read, chains: Iterable[Chain]) -> _Read:
        """What of a page is not told with these passages: what lies outside, or is no copy within."""
        told = [Span(chain[0].b.start, chain[-1].b.end) for chain in chains]
        same = {words for x in leader.clauses for words, alike in self._alike[x.words] if alike >= ALONE}
        stated = {x.statement for x in leader.stated}

        def is_told(start: int, end: int) -> bool:
            return any(start < span.end and span.start < end for span in told)

        return replace(
            page,
            clauses=tuple(x for x in page.clauses if not (x.words in same and is_told(*x.span))),
            stated=tuple(
                x for x in page.stated if not (x.statement in stated and is_told(x.start, x.end))
            ),
        )

    def _copied_by(self, page: _Read, held: Collection[int]) -> int | None:
        """The leader that has most clauses of this page in nearly the same words, if it has enough.

        Those against which the page was held already are left out.
        """
        having: Counter[int] = Counter()
        for clause in page.clauses:
            same = (words for words, alike in self._alike[clause.words] if alike >= ALONE)
            met = {number for words in same for number in self._having.get(words, ())}
            having.update(met.difference(held))
        number = min(having, key=lambda number: (-having[number], number), default=None)
        is_copy = number is not None and having[number] >= COPY * len(page.clauses)
        return number if is_copy else None

    def _lead(self, page: _Read, held: Collection[int]) -> None:
        """Compare a page with the earlier ones that share anything with it, and later ones with it."""
        words = {clause.words for clause in page.clauses}
        same = {other for each in words for other, _ in self._alike[each]}
        stated = {stated.statement for stated in page.stated}
        earlier = {number for each in same | stated for number in self._having.get(each, ())}
        for number in sorted(earlier.difference(held)):
            leader = self._leaders[number]
            self.shared += [_shared(leader, page, x) for x in self._chains_of(leader, page)]
        for each in words | stated:
            self._having.setdefault(each, []).append(len(self._leaders))
        self._leaders.append(page)

    def _add_copied(self, leader: _Read, page: _Read, chain: Chain) -> None:
        shared = _shared(leader, page, chain)
        self.shared.append(shared)
        # Places stand in the order of pages, and a page that was held back may lead an earlier one.
        stretch, place = sorted(shared.places, key=lambda place: place.page != leader.page)
        copied = _Copied(stretch, page.text, place)
        self.copied.setdefault(leader.page, []).append(copied)

    def _chains_of(self, a: _Read, b: _Read) -> list[Chain]:
        # Exact copies share all passages, which are then looked for once.
        key = a.content, b.content
        if key not in self._chains:
            self._chains[key] = _chains(a, b, self._alike)
        return self._chains[key]


_Alike = Mapping[str, Sequence[tuple[str, float]]]
"""By the words of a clause those of every clause like it, itself among them, with how alike they are."""


def _alike(clauses: Collection[str]) -> _Alike:
    """What clauses of all pages are alike: see `similarity`, which gives the same figures."""
    # By length, because what is alike has nearly as many letters.
    words = sorted(clauses, key=lambda clause: (len(clause), clause))
    in_any_order = [" ".join(sorted(clause.split())) for clause in words]
    alike: dict[str, list[tuple[str, float]]] = {clause: [] for clause in words}
    lengths = np.array([len(clause) for clause in words])
    for start in range(0, len(words), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        # Two texts of n and m letters are alike by at most 2 min(n, m) / (n + m).
        longest = lengths[rows][-1] * (2 - ALIKE) / ALIKE + 1
        columns = slice(start, int(np.searchsorted(lengths, longest, side="right")))
        table = cdist(words[rows], words[columns], scorer=fuzz.ratio, dtype=np.float64)
        table += cdist(in_any_order[rows], in_any_order[columns], scorer=fuzz.ratio, dtype=np.float64)
        for row, column in zip(*np.nonzero(table >= 200 * ALIKE), strict=True):
            if column >= row:
                one, other = words[start + row], words[start + column]
                alikeness = float(table[row, column]) / 200
                alike[one].append((other, alikeness))
                if one != other:
                    alike[other].append((one, alikeness))
    return alike


_AT_ONCE = 256
"""How many clauses are compared with all others in one table."""


def _chains(a: _Read, b: _Read, alike: _Alike) -> list[Chain]:
    of_words: dict[str, list[Span]] = {}
    for clause in b.clauses:
        of_words.setdefault(clause.words, []).append(clause.span)
    worded = [
        Element(clause.span, right, alikeness)
        for clause in a.clauses
        for words, alikeness in alike[clause.words]
        for right in of_words.get(words, ())
    ]
    of_statement: dict[str, list[Stated]] = {}
    for stated in b.stated:
        of_statement.setdefault(stated.statement, []).append(stated)
    stated_alike = [
        Element(left, right, similarity(left.of(a.text), right.of(b.text)), x.statement)
        for x in a.stated
        for y in of_statement.get(x.statement, ())
        for left, right in [(Span(x.start, x.end), Span(y.start, y.end))]
    ]
    made = chains([*worded, *stated_alike])
    long = [
        x
        for x in stated_alike
        if all(len(_words(y).split()) >= MIN_WORDS for y in (x.a.of(a.text), x.b.of(b.text)))
    ]
    return [*made, *_alone([*worded, *long], made)]


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


def _shared(a: _Read, b: _Read, chain: Chain) -> _Shared:
    """The passage from the first part of a chain to its last, that of the first page first."""
    sides = [
        (Place(read.page, start, end), read.text[start:end])
        for read, start, end in (
            (a, chain[0].a.start, chain[-1].a.end),
            (b, chain[0].b.start, chain[-1].b.end),
        )
    ]
    (left, quote), (right, other) = sorted(sides)
    return _Shared((left, right), (quote, other), len(chain))


def _by_wording(compared: _Comparison) -> tuple[Lineage, ...]:
    """The passages, each pair of wordings once with every place where either stands."""

    @cache
    def everywhere(place: Place, quote: str) -> frozenset[Place]:
        """Where a stretch of a page stands: there, and letter for letter in the copies of the page."""
        within = (
            (copied.place, copied.text.find(quote, copied.place.start, copied.place.end))
            for copied in compared.copied.get(place.page, ())
            if copied.stretch.start <= place.start and place.end <= copied.stretch.end
        )
        found = (Place(copy.page, at, at + len(quote)) for copy, at in within if at >= 0)
        return frozenset([place, *found])

    places: dict[frozenset[str], dict[str, set[Place]]] = {}
    parts: dict[frozenset[str], int] = {}
    for shared in compared.shared:
        key = frozenset(shared.quotes)
        parts.setdefault(key, shared.parts)
        standing = places.setdefault(key, {quote: set() for quote in shared.quotes})
        for place, quote in zip(shared.places, shared.quotes, strict=True):
            standing[quote] |= everywhere(place, quote)
    made = [_lineage(standing, parts[key]) for key, standing in places.items()]
    return tuple(sorted(made, key=_order))


def _lineage(standing: Mapping[str, Collection[Place]], parts: int) -> Lineage:
    wordings = [Wording(quote, tuple(sorted(places))) for quote, places in standing.items()]
    wordings.sort(key=lambda wording: wording.places)
    quotes = [wording.quote for wording in wordings]
    return Lineage(tuple(wordings), round(similarity(quotes[0], quotes[-1]), 3), parts)


def _order(lineage: Lineage) -> tuple[str, str, int, int]:
    """Where the passage stands first, page before page."""
    places = [place for wording in lineage.wordings for place in wording.places]
    first = places[0]
    second = places[1] if len(lineage.wordings) == 1 else lineage.wordings[1].places[0]
    return first.page, second.page, first.start, second.start
