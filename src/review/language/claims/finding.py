"""Finds the claims of a page with models trained on pages whose claims have been marked.

A stretch between two clause gaps gets the probability that a reader would mark it; of stretches that
overlap, those that together promise most are kept. Nothing is drawn at random and nothing is stored:
the same marked pages always give the same models.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, islice, repeat
from math import inf
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from review.language.claims.clauses import Candidate, candidates
from review.language.claims.features import Features, form_features, topic_features
from review.language.claims.models import (
    Numbers,
    TooLittleToLearnError,
    Words,
    fitted,
    log_odds,
    probability,
    yes,
)
from review.language.claims.overlap import overlaps, pairing
from review.language.claims.places import Marked, Place, Topic, place_of, places_of, topic_of, topics_on
from review.language.claims.recent import MOST, Recent
from review.language.claims.segments import Kind, Segment, segments
from review.language.cues import ABOUT_THE_PAGE, wording
from review.language.lexicon import Lexicon
from review.language.sentences import Span
from review.model.vocabulary import Category, Wording, YesNo

CLOSE = 0.8
"""A stretch is an example of a claim when it overlaps a marked one this far (best in our trials)."""
WORTHS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""What a stretch must promise to be kept: the one that finds most on pages left out is used."""
STRETCH_FREEDOM, TOPIC_FREEDOM = 3.0, 3.0
"""How freely the models may follow their examples (inverse of the penalty; best of a few tried)."""
PLACE = "place"
"""The feature that says where on its page a stretch stands, from 0 to 1."""
LEAST_CLAIMS = 50
LEAST_PAGES = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch found to be a claim, with what its words and its place say of it.

    `checkworthy` is the probability that a reader would mark it and call it worth checking.
    """

    start: int
    end: int
    place: Place
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


class _Said(NamedTuple):
    """A segment's own words, and what else its promises depend on."""

    words: str
    kind: Kind
    is_under_question: bool
    has_column: bool


class _Chosen(NamedTuple):
    """A stretch taken to be a claim, its segment, and the probability that it is one."""

    segment: Segment
    span: Span
    promise: float


class ClaimFinder:
    """Finds claims; trained on marked pages when it is made.

    Raises TooLittleToLearnError when fewer than `LEAST_CLAIMS` claims on `LEAST_PAGES` pages are marked.
    """

    def __init__(self, pages: Sequence[Marked], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        pages = [page for page in pages if page.claims]
        marked = sum(len(page.claims) for page in pages)
        if len(pages) < LEAST_PAGES or marked < LEAST_CLAIMS:
            raise TooLittleToLearnError(
                f"{marked} marked claims on {len(pages)} pages are too few to learn from; "
                f"{LEAST_CLAIMS} on {LEAST_PAGES} pages are needed"
            )
        if len({claim.category for page in pages for claim in page.claims}) < 2:
            raise TooLittleToLearnError(
                "all marked claims have one category; there is nothing to learn from"
            )
        unseen = self._learn_stretches(pages)
        self._learn_claims(pages)
        self._learn_checkworthy(pages, unseen)
        self._promised = lru_cache(maxsize=MOST)(self._promises)
        self._topics = Recent(self._judged)

    def find(self, text: str) -> tuple[Found, ...]:
        """The claims of a page in reading order; none overlaps another."""
        return self.find_all([text])[0]

    def find_all(self, texts: Sequence[str]) -> list[tuple[Found, ...]]:
        """The claims of each of several pages, as `find` gives them; together they take less time."""
        lexicon = self._lexicon
        chosen = [list(self._chosen(text)) for text in texts]
        placed = [
            [place_of(text, one.segment, one.span, lexicon) for one in of_page]
            for text, of_page in zip(texts, chosen, strict=True)
        ]
        starts = [[one.span.start for one in of_page] for of_page in chosen]
        places = list(chain.from_iterable(placed))
        if not places:
            return [() for _ in texts]
        topics = self._topics.of(
            list(chain.from_iterable(map(topics_on, texts, starts, placed, repeat(lexicon))))
        )
        promises = np.array([one.promise for of_page in chosen for one in of_page])
        worth = yes(self._scale, log_odds(promises, np.array([check for _, check in topics])))
        found = iter(
            [
                Found(*one.span, place, category, wording(place.quote), float(p))
                for one, place, (category, _), p in zip(
                    chain.from_iterable(chosen), places, topics, worth, strict=True
                )
            ]
        )
        return [tuple(islice(found, len(of_page))) for of_page in chosen]

    def categories(self, places: Sequence[Place]) -> list[Category]:
        """The category that each claim most likely has."""
        return [
            category
            for category, _ in self._topics.of([topic_of(place, self._lexicon) for place in places])
        ]

    def checkworthy(self, places: Sequence[Place]) -> Numbers:
        """The probability of each claim, taken to be one, that a reader calls it worth checking."""
        return np.array(
            [check for _, check in self._topics.of([topic_of(place, self._lexicon) for place in places])]
        )

    def _chosen(self, text: str) -> Iterator[_Chosen]:
        """The stretches of a page that are claims, segment by segment: no claim reaches into another."""
        for segment in segments(text):
            promised = self._promised(_said(text, segment))
            spans = [Span(segment.start + one.start, segment.start + one.end) for one in promised]
            promises = [
                probability(one.log_odds + self._by_place * span.start / len(text))
                for one, span in zip(promised, spans, strict=True)
            ]
            for index in _kept(spans, promises, self.worth):
                yield _Chosen(segment, spans[index], promises[index])

    def _promises(self, said: _Said) -> tuple[_Promise, ...]:
        """The stretches of a segment with what each promises."""
        heading, column = "?" if said.is_under_question else "", "x" if said.has_column else ""
        segment = Segment(0, len(said.words), said.kind, heading, column=column)
        stretches = list(_stretches_of(said.words, segment))
        return tuple(
            _Promise(one.start, one.end, self._odds(features, one.span.of(said.words)))
            for one, features in zip(
                stretches, form_features(said.words, stretches, self._lexicon), strict=True
            )
        )

    def _odds(self, features: Features, quote: str) -> float:
        return self._weights.log_odds(features, quote) if self._weights else inf

    def _judged(self, topics: Sequence[Topic]) -> list[tuple[Category, float]]:
        """The category of each claim, and the probability that a reader calls it worth checking."""
        x = self._topic(*self._topics_seen(topics))
        categories = self._category.predict(x)
        checks = yes(self._check, x)
        return [(Category(c), float(p)) for c, p in zip(categories, checks, strict=True)]

    def _topics_seen(self, topics: Sequence[Topic]) -> tuple[list[Features], list[str]]:
        features = [topic_features(*topic, self._lexicon) for topic in topics]
        return features, [topic.quote for topic in topics]

    def _forms(self, text: str, stretches: Sequence[Candidate]) -> tuple[list[Features], list[str]]:
        """The features of the stretches of a page, their place on it among them, and their words."""
        features: list[Features] = []
        for _, of_segment in groupby(stretches, attrgetter("segment")):
            own = list(of_segment)
            for stretch, form in zip(own, form_features(text, own, self._lexicon), strict=True):
                features.append(form | {PLACE: stretch.start / len(text)})
        return features, [stretch.span.of(text) for stretch in stretches]

    def _learn_stretches(self, pages: Sequence[Marked]) -> list[tuple[list[Candidate], Numbers]]:
        """Learn what a claim looks like; gives the promises of each page when it was left out."""
        stretches = [_stretches(page.text) for page in pages]
        forms = [self._forms(page.text, found) for page, found in zip(pages, stretches, strict=True)]
        features = list(chain.from_iterable(features for features, _ in forms))
        texts = list(chain.from_iterable(texts for _, texts in forms))
        self._form = Words(features, texts, letters=False)
        x = self._form(features, texts)
        labels = [_is_claim(page, found) for page, found in zip(pages, stretches, strict=True)]
        y, of_page = np.concatenate(labels), _numbers([len(found) for found in stretches])
        model = fitted(x, y, STRETCH_FREEDOM)
        self._weights = None if model is None else self._form.named(model)
        self._by_place = 0.0 if self._weights is None else self._weights.of(PLACE)
        unseen = []
        for number, found in enumerate(stretches):
            own = of_page == number
            unseen.append((found, yes(fitted(x[~own], y[~own], STRETCH_FREEDOM), x[own])))
        self.worth = max(WORTHS, key=lambda worth: (_f1(pages, unseen, worth), -worth))
        return unseen

    def _learn_claims(self, pages: Sequence[Marked]) -> None:
        """Learn categories, and which claims are worth checking, also with each page left out."""
        claims = [claim for page in pages for claim in page.claims]
        places = [place for page in pages for place in places_of(page, self._lexicon)]
        features, quotes = self._topics_seen([topic_of(place, self._lexicon) for place in places])
        self._topic = Words(features, quotes, letters=True)
        x = self._topic(features, quotes)
        labels = np.array([str(claim.category) for claim in claims])
        self._category = LogisticRegression(C=TOPIC_FREEDOM, max_iter=2000).fit(x, labels)
        worth = np.array([claim.checkworthy is YesNo.YES for claim in claims])
        self._check = fitted(x, worth, TOPIC_FREEDOM)
        of_page = _numbers([len(page.claims) for page in pages])
        self._unseen_checks = [
            fitted(x[of_page != number], worth[of_page != number], TOPIC_FREEDOM)
            for number in range(len(pages))
        ]

    def _learn_checkworthy(
        self, pages: Sequence[Marked], unseen: Sequence[tuple[list[Candidate], Numbers]]
    ) -> None:
        """Platt's scaling, on what was found on pages left out: two log-odds in, one probability out."""
        inputs, right = [np.zeros((0, 2))], []
        for page, (found, promises), check in zip(pages, unseen, self._unseen_checks, strict=True):
            chosen = _kept([one.span for one in found], promises, self.worth)
            if not chosen:
                continue
            places = [
                place_of(page.text, found[i].segment, found[i].span, self._lexicon) for i in chosen
            ]
            checks = yes(
                check,
                self._topic(*self._topics_seen([topic_of(place, self._lexicon) for place in places])),
            )
            inputs.append(log_odds(promises[chosen], checks))
            worth = [Span(c.start, c.end) for c in page.claims if c.checkworthy is YesNo.YES]
            met = {index for index, _ in pairing([found[i].span for i in chosen], worth)}
            right += [index in met for index in range(len(chosen))]
        self._scale = fitted(np.vstack(inputs), np.array(right), 1.0) if right else None


def _numbers(counts: Sequence[int]) -> NDArray[np.int64]:
    """The number of the page of each thing, given how many things each page has."""
    return np.repeat(np.arange(len(counts)), counts)


def _said(text: str, segment: Segment) -> _Said:
    under_question = segment.heading.endswith("?")
    return _Said(segment.span.of(text), segment.kind, under_question, bool(segment.column))


def _stretches(text: str) -> list[Candidate]:
    return [one for segment in segments(text) for one in _stretches_of(text, segment)]


def _stretches_of(text: str, segment: Segment) -> Iterator[Candidate]:
    if not ABOUT_THE_PAGE.match(text, segment.start, segment.end):
        yield from candidates(text, segment)


def _is_claim(page: Marked, stretches: Sequence[Candidate]) -> NDArray[np.bool_]:
    marked = [Span(claim.start, claim.end) for claim in page.claims]
    return np.asarray(
        overlaps([one.span for one in stretches], marked).max(axis=1, initial=0.0) >= CLOSE
    )


def _kept(spans: Sequence[Span], promises: Sequence[float] | Numbers, worth: float) -> list[int]:
    """The numbers of the stretches, none overlapping another, whose promises above `worth` are most."""
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


def _f1(
    pages: Sequence[Marked], left_out: Sequence[tuple[list[Candidate], Numbers]], worth: float
) -> float:
    right = kept = marked = 0
    for page, (stretches, promises) in zip(pages, left_out, strict=True):
        every = [one.span for one in stretches]
        spans = [every[i] for i in _kept(every, promises, worth)]
        claims = [Span(claim.start, claim.end) for claim in page.claims]
        right += len(pairing(spans, claims))
        kept += len(spans)
        marked += len(claims)
    return 2 * right / (kept + marked)
