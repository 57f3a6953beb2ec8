"""Where the claims of a page stand, and what tells their topic."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from review.language.claims.segments import Segment, segments
from review.language.lexicon import Lexicon
from review.language.names import PRODUCT, NamedOn
from review.language.sentences import Span
from review.model.records import Claim

TOLD_BEFORE = 400
"""How many characters around a claim may name what it is about."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A page and the claims that a reader marked on it."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """A quote with its sentence, its heading and what was said just before.

    `names` are the headings of the row and column of a cell, which belong to what it says; `products`
    are those that its page names anywhere, None where that is not known.
    """

    quote: str
    sentence: str
    heading: str
    before: str
    names: str = ""
    products: frozenset[str] | None = None

    @property
    def whole(self) -> str:
        """What the quote says with its row and column."""
        return f"{self.quote} {self.names}".rstrip()


class TopicCues(NamedTuple):
    """All of a claim's place that its topic depends on, as `topic_features` reads it.

    `heading` has the row and column of a cell, `before` the products named before the claim.
    """

    quote: str
    sentence: str
    heading: str
    before: frozenset[str]
    sells_another: bool


def places_of(page: Marked, lexicon: Lexicon) -> Iterator[ClaimPlace]:
    """The places of the marked claims of a page, in their order."""
    of_page = list(segments(page.text))
    starts = [segment.start for segment in of_page]
    for claim in page.claims:
        segment = of_page[max(bisect_right(starts, claim.start) - 1, 0)]
        yield place_of(page.text, segment, Span(claim.start, claim.end), lexicon)


def place_of(text: str, segment: Segment, span: Span, lexicon: Lexicon) -> ClaimPlace:
    """A stretch with what stands around it."""
    before = text[max(0, span.start - TOLD_BEFORE) : span.start]
    start, end = max(segment.start, span.start - TOLD_BEFORE), min(segment.end, span.end + TOLD_BEFORE)
    names = " ".join(filter(None, (segment.row, segment.column)))
    return ClaimPlace(
        span.of(text), text[start:end], segment.heading, before, names, _named_on(text, lexicon)
    )


@lru_cache(maxsize=8)
def _named_on(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The products that a page names anywhere, those in no list among them."""
    return _products_on(text, lexicon).names | lexicon.names.unknown(text)


@lru_cache(maxsize=8)
def _products_on(text: str, lexicon: Lexicon) -> NamedOn:
    return lexicon.names.on_page(text, PRODUCT)


def topic_of(place: ClaimPlace, lexicon: Lexicon) -> TopicCues:
    """What the topic of a claim at this place depends on."""
    return _topic(place, lexicon.names.named(place.before, PRODUCT), lexicon)


def topics_on(
    text: str, starts: Sequence[int], places: Sequence[ClaimPlace], lexicon: Lexicon
) -> Iterator[TopicCues]:
    """The topics of the claims of one page that begin at `starts`, as `topic_of` gives them."""
    products = _products_on(text, lexicon)
    for start, place in zip(starts, places, strict=True):
        yield _topic(place, products.within(max(0, start - TOLD_BEFORE), start), lexicon)


def _topic(place: ClaimPlace, before: frozenset[str], lexicon: Lexicon) -> TopicCues:
    heading = f"{place.heading} {place.names}".rstrip()
    sells_another = place.products is not None and lexicon.subject.own.isdisjoint(place.products)
    return TopicCues(place.quote, place.sentence, heading, before, sells_another=sells_another)
