"""Finds the claims of a page with what was learnt from pages whose claims have been marked.

A stretch between two clause gaps gets the probability that a reader would mark it; of stretches that
overlap, those that together promise most are kept.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, repeat
from math import inf
from typing import NamedTuple, Self

import numpy as np
from pydantic import model_validator

from review.language.claims.clauses import Candidate, candidates
from review.language.claims.features import Features, form_features, topic_features
from review.language.claims.learning.learnt import Choice, Learnt, Linear, Numbers, widths_agree
from review.language.claims.learning.models import Words, log_odds, probability, yes
from review.language.claims.learning.named_weights import NamedWeights
from review.language.claims.places import ClaimPlace, TopicCues, place_of, topic_of, topics_on
from review.language.claims.recent import MOST, Recent
from review.language.claims.segments import Segment, SegmentKind, segments
from review.language.cues import ABOUT_THE_PAGE, wording
from review.language.lexicon import Lexicon
from review.language.sentences import Span
from review.model.vocabulary import Category, Wording

PLACE = "place"
"""The feature that says where on its page a stretch stands, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class DetectedClaim:
    """A stretch found to be a claim, with what its words and its place say of it.

    `checkworthy` is the probability that a reader would mark it and call it worth checking.
    """

    start: int
    end: int
    place: ClaimPlace
    category: Category
    wording: Wording
    checkworthy: float

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def quote(self) -> str:
        """Its words."""
        return self.place.quote


class _Promise(NamedTuple):
    """A stretch of a segment, counted from the segment's start, and the log-odds that it is a claim.

    What its place on the page adds is not in them.
    """

    start: int
    end: int
    log_odds: float


class _SegmentWords(NamedTuple):
    """A segment's own words, and what else its promises depend on."""

    words: str
    kind: SegmentKind
    is_under_question: bool
    has_column: bool


class _Chosen(NamedTuple):
    """A stretch taken to be a claim, its segment, and the probability that it is one."""

    segment: Segment
    span: Span
    promise: float


class LearntClaims(Learnt):
    """What marked pages teach of claims: what a stretch promises, what it is about, how sure that is.

    `worth` is what a stretch must promise to be kept. `check` is asked which claims are worth checking,
    and `scale` for the probability that such a claim stands there; each is None where all were alike.
    """

    stretches: NamedWeights | None
    worth: float
    topic: Words
    category: Choice
    check: Linear | None
    scale: Linear | None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not widths_agree(self.topic.width, [*self.category.models, self.check]):
            raise ValueError("the models of topics have other columns than their words")
        if not widths_agree(2, [self.scale]):
            raise ValueError("the scale needs two log-odds")
        return self


class ClaimFinder:
    """Finds claims by what was learnt; see `learning.learnt_claims`."""

    def __init__(self, learnt: LearntClaims, lexicon: Lexicon) -> None:
        self._learnt = learnt
        self._lexicon = lexicon
        self._by_place = learnt.stretches.of(PLACE) if learnt.stretches else 0.0
        self._promised = lru_cache(maxsize=MOST)(self._promises)
        self._topics = Recent(self._judged)

    def find(self, text: str) -> tuple[DetectedClaim, ...]:
        """The claims of a page in reading order; none overlaps another."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[tuple[DetectedClaim, ...]]:
        """The claims of each of several pages, as `find` gives them; together they take less time."""
        lexicon = self._lexicon
        chosen = [list(self._chosen(text)) for text in texts]
        placed = [
            [place_of(text, claim.segment, claim.span, lexicon) for claim in of_page]
            for text, of_page in zip(texts, chosen, strict=True)
        ]
        starts = [[claim.span.start for claim in of_page] for of_page in chosen]
        places = list(chain.from_iterable(placed))
        if not places:
            return [() for _ in texts]
        of_pages = map(topics_on, texts, starts, placed, repeat(lexicon))
        topics = self._topics.of(list(chain.from_iterable(of_pages)))
        promises = np.array([claim.promise for of_page in chosen for claim in of_page])
        worth = yes(self._learnt.scale, log_odds(promises, np.array([check for _, check in topics])))
        detected = iter(
            [
                DetectedClaim(*claim.span, place, category, wording(place.quote), float(p))
                for claim, place, (category, _), p in zip(
                    chain.from_iterable(chosen), places, topics, worth, strict=True
                )
            ]
        )
        return [tuple(islice(detected, len(of_page))) for of_page in chosen]

    def categories(self, places: Sequence[ClaimPlace]) -> list[Category]:
        """The category that each claim most likely has."""
        return [category for category, _ in self._judged_at(places)]

    def checkworthy(self, places: Sequence[ClaimPlace]) -> Numbers:
        """The probability of each claim, taken to be one, that a reader calls it worth checking."""
        return np.array([check for _, check in self._judged_at(places)])

    def _judged_at(self, places: Sequence[ClaimPlace]) -> list[tuple[Category, float]]:
        return self._topics.of([topic_of(place, self._lexicon) for place in places])

    def _chosen(self, text: str) -> Iterator[_Chosen]:
        """The stretches of a page that are claims, segment by segment: no claim reaches into another."""
        for segment in segments(text):
            promised = self._promised(_segment_words(text, segment))
            # The place is added here and not in the promises, which are kept for segments with the same
            # words.
            spans = [
                Span(segment.start + stretch.start, segment.start + stretch.end) for stretch in promised
            ]
            promises = [
                probability(stretch.log_odds + self._by_place * span.start / len(text))
                for stretch, span in zip(promised, spans, strict=True)
            ]
            for index in kept(spans, promises, self._learnt.worth):
                yield _Chosen(segment, spans[index], promises[index])

    def _promises(self, own: _SegmentWords) -> tuple[_Promise, ...]:
        """The stretches of a segment with what each promises."""
        heading, column = "?" if own.is_under_question else "", "x" if own.has_column else ""
        segment = Segment(0, len(own.words), own.kind, heading, column=column)
        stretches = list(stretches_of(own.words, segment))
        forms = form_features(own.words, stretches, self._lexicon)
        return tuple(
            _Promise(stretch.start, stretch.end, self._odds(features, stretch.span.of(own.words)))
            for stretch, features in zip(stretches, forms, strict=True)
        )

    def _odds(self, features: Features, quote: str) -> float:
        weights = self._learnt.stretches
        # Where every stretch was marked there is nothing to tell apart: each is a claim for certain.
        return weights.log_odds(features, quote) if weights else inf

    def _judged(self, topics: Sequence[TopicCues]) -> list[tuple[Category, float]]:
        """The category of each claim, and the probability that a reader calls it worth checking."""
        x = self._learnt.topic(*read_topics(topics, self._lexicon))
        categories = self._learnt.category.chosen(x)
        checks = yes(self._learnt.check, x)
        return [(Category(c), float(p)) for c, p in zip(categories, checks, strict=True)]


def _segment_words(text: str, segment: Segment) -> _SegmentWords:
    return _SegmentWords(
        segment.span.of(text),
        segment.kind,
        is_under_question=segment.heading.endswith("?"),
        has_column=bool(segment.column),
    )


def read_topics(topics: Sequence[TopicCues], lexicon: Lexicon) -> tuple[list[Features], list[str]]:
    """The features of topics and their words, as a model of topics takes them."""
    return [topic_features(*topic, lexicon) for topic in topics], [topic.quote for topic in topics]


def stretches_of(text: str, segment: Segment) -> Iterator[Candidate]:
    """The stretches of a segment that can be claims; none where it is about the page itself."""
    if not ABOUT_THE_PAGE.match(text, segment.start, segment.end):
        yield from candidates(text, segment)


def kept(spans: Sequence[Span], promises: Sequence[float] | Numbers, worth: float) -> list[int]:
    """The numbers of the stretches, none overlapping another, whose promises above `worth` are most."""
    # Weighted interval scheduling: the best sum up to each end, then back along what was chosen.
    order = sorted(range(len(spans)), key=lambda i: (spans[i].end, spans[i].start))
    ends = [spans[i].end for i in order]
    best, previous = [0.0], []
    for number, i in enumerate(order):
        before = bisect_right(ends, spans[i].start, 0, number)
        gain = best[before] + float(promises[i]) - worth
        previous.append(before if gain > best[-1] else -1)
        best.append(max(gain, best[-1]))
    chosen = []
    number = len(order)
    while number > 0:
        number -= 1
        if previous[number] >= 0:
            chosen.append(order[number])
            number = previous[number]
    return chosen[::-1]
