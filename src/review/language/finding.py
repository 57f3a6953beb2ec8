"""Finds the claims of a page with models trained on pages whose claims have been marked.

A stretch between two clause gaps gets the probability that a reader would mark it; of stretches that
overlap, those that together promise most are kept. Nothing is drawn at random and nothing is stored:
the same marked pages always give the same models.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claim_features import Features, form_features, topic_features
from review.language.clauses import Candidate, candidates
from review.language.cues import ABOUT_THE_PAGE, wording
from review.language.overlap import overlaps, pairing
from review.language.segments import Segment, segments
from review.language.sentences import Span
from review.language.subjects import subjects
from review.records import Claim
from review.vocabulary import Category, Wording, YesNo

Numbers = NDArray[np.float64]

CLOSE = 0.8
"""A stretch is an example of a claim when it overlaps a marked one this far (best in our trials)."""
WORTHS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""What a stretch must promise to be kept: the one that finds most on pages left out is used."""
STRETCH_FREEDOM, TOPIC_FREEDOM = 3.0, 3.0
"""How freely the models may follow their examples (inverse of the penalty; best of a few tried)."""
TOLD_BEFORE = 400
"""How many characters around a claim may name what it is about."""
BATCH = 5_000
"""How many stretches are looked at together, which bounds the memory used."""
OWN_PRODUCT = "exosomes"
"""What the marked pages sell; claims that name no product are mostly about it."""
LEAST_CLAIMS = 50
LEAST_PAGES = 2


class TooLittleToLearnError(ValueError):
    """The marked pages do not hold what a model could be trained on."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A page and the claims that a reader marked on it."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch found to be a claim, with what its words and its place say of it.

    `checkworthy` is the probability that a reader would mark it and call it worth checking.
    """

    start: int
    end: int
    place: "Place"
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


@dataclass(frozen=True, slots=True)
class Place:
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


class _Words:
    """Features and words of texts as one sparse matrix, with the vocabulary of the first texts."""

    def __init__(self, features: Sequence[Features], texts: Sequence[str], letters: bool) -> None:
        self._features = DictVectorizer().fit(features)
        self._parts = [
            TfidfVectorizer(ngram_range=(1, 2), min_df=1 if letters else 2, sublinear_tf=True)
        ]
        if letters:
            self._parts.append(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), min_df=3, sublinear_tf=True)
            )
        for part in self._parts:
            part.fit(texts)

    def __call__(self, features: Sequence[Features], texts: Sequence[str]) -> csr_array:
        parts = [self._features.transform(features), *(part.transform(texts) for part in self._parts)]
        return csr_array(hstack(parts))


def _fitted(x: csr_array | Numbers, y: NDArray[np.generic], c: float) -> LogisticRegression | None:
    """A model of `y`; None where there is nothing to tell apart."""
    if (y == y[0]).all():
        return None
    return LogisticRegression(C=c, max_iter=2000).fit(x, y)


def _yes(model: LogisticRegression | None, x: csr_array | Numbers) -> Numbers:
    """The probability of yes; one where the model never saw a no."""
    return np.ones(x.shape[0]) if model is None else np.asarray(model.predict_proba(x)[:, 1])


class ClaimFinder:
    """Finds claims; trained on marked pages when it is made.

    Raises TooLittleToLearnError when fewer than `LEAST_CLAIMS` claims on `LEAST_PAGES` pages are marked.
    """

    def __init__(self, pages: Sequence[Marked]) -> None:
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

    def find(self, text: str) -> tuple[Found, ...]:
        """The claims of a page in reading order; none overlaps another."""
        stretches = _stretches(text)
        if not stretches:
            return ()
        chosen = _kept(stretches, self._promises(text, stretches), self.worth)
        if not chosen:
            return ()
        places = [place_of(text, one.segment, one.span) for one, _ in chosen]
        x = _log_odds(np.array([promise for _, promise in chosen]), self.checkworthy(places))
        worth = [float(p) for p in _yes(self._scale, x)]
        categories = self.categories(places)
        return tuple(
            Found(*one.span, place, category, wording(place.quote), p)
            for (one, _), place, category, p in zip(chosen, places, categories, worth, strict=True)
        )

    def categories(self, places: Sequence[Place]) -> list[Category]:
        """The category that each claim most likely has."""
        return [Category(label) for label in self._category.predict(self._topic(*_topics(places)))]

    def checkworthy(self, places: Sequence[Place]) -> Numbers:
        """The probability of each claim, taken to be one, that a reader calls it worth checking."""
        return _yes(self._check, self._topic(*_topics(places)))

    def _promises(self, text: str, stretches: Sequence[Candidate]) -> Numbers:
        batches = (stretches[at : at + BATCH] for at in range(0, len(stretches), BATCH))
        return np.concatenate(
            [_yes(self._stretch, self._form(*_forms(text, batch))) for batch in batches]
        )

    def _learn_stretches(self, pages: Sequence[Marked]) -> list[tuple[list[Candidate], Numbers]]:
        """Learn what a claim looks like; gives the promises of each page when it was left out."""
        stretches = [_stretches(page.text) for page in pages]
        forms = [_forms(page.text, found) for page, found in zip(pages, stretches, strict=True)]
        features = list(chain.from_iterable(features for features, _ in forms))
        texts = list(chain.from_iterable(texts for _, texts in forms))
        self._form = _Words(features, texts, letters=False)
        x = self._form(features, texts)
        labels = [_is_claim(page, found) for page, found in zip(pages, stretches, strict=True)]
        y, of_page = np.concatenate(labels), _numbers([len(found) for found in stretches])
        self._stretch = _fitted(x, y, STRETCH_FREEDOM)
        unseen = []
        for number, found in enumerate(stretches):
            own = of_page == number
            unseen.append((found, _yes(_fitted(x[~own], y[~own], STRETCH_FREEDOM), x[own])))
        self.worth = max(WORTHS, key=lambda worth: (_f1(pages, unseen, worth), -worth))
        return unseen

    def _learn_claims(self, pages: Sequence[Marked]) -> None:
        """Learn categories, and which claims are worth checking, also with each page left out."""
        claims = [claim for page in pages for claim in page.claims]
        features, quotes = _topics([place for page in pages for place in places_of(page)])
        self._topic = _Words(features, quotes, letters=True)
        x = self._topic(features, quotes)
        labels = np.array([str(claim.category) for claim in claims])
        self._category = LogisticRegression(C=TOPIC_FREEDOM, max_iter=2000).fit(x, labels)
        worth = np.array([claim.checkworthy is YesNo.YES for claim in claims])
        self._check = _fitted(x, worth, TOPIC_FREEDOM)
        of_page = _numbers([len(page.claims) for page in pages])
        self._unseen_checks = [
            _fitted(x[of_page != number], worth[of_page != number], TOPIC_FREEDOM)
            for number in range(len(pages))
        ]

    def _learn_checkworthy(
        self, pages: Sequence[Marked], unseen: Sequence[tuple[list[Candidate], Numbers]]
    ) -> None:
        """Platt's scaling, on what was found on pages left out: two log-odds in, one probability out."""
        inputs, right = [np.zeros((0, 2))], []
        for page, (found, promises), check in zip(pages, unseen, self._unseen_checks, strict=True):
            chosen = _kept(found, promises, self.worth)
            if not chosen:
                continue
            places = [place_of(page.text, one.segment, one.span) for one, _ in chosen]
            checks = _yes(check, self._topic(*_topics(places)))
            inputs.append(_log_odds(np.array([promise for _, promise in chosen]), checks))
            worth = [Span(c.start, c.end) for c in page.claims if c.checkworthy is YesNo.YES]
            met = {index for index, _ in pairing([one.span for one, _ in chosen], worth)}
            right += [index in met for index in range(len(chosen))]
        self._scale = _fitted(np.vstack(inputs), np.array(right), 1.0) if right else None


def places_of(page: Marked) -> Iterator[Place]:
    """The places of the marked claims of a page, in their order."""
    found = list(segments(page.text))
    starts = [segment.start for segment in found]
    for claim in page.claims:
        segment = found[max(bisect_right(starts, claim.start) - 1, 0)]
        yield place_of(page.text, segment, Span(claim.start, claim.end))


def place_of(text: str, segment: Segment, span: Span) -> Place:
    """A stretch with what stands around it."""
    before = text[max(0, span.start - TOLD_BEFORE) : span.start]
    start, end = max(segment.start, span.start - TOLD_BEFORE), min(segment.end, span.end + TOLD_BEFORE)
    names = " ".join(filter(None, (segment.row, segment.column)))
    return Place(span.of(text), text[start:end], segment.heading, before, names, products_of(text))


@lru_cache(maxsize=8)
def products_of(text: str) -> frozenset[str]:
    """The products that a page names anywhere."""
    return subjects(text)["product"]


def _numbers(counts: Sequence[int]) -> NDArray[np.int64]:
    """The number of the page of each thing, given how many things each page has."""
    return np.repeat(np.arange(len(counts)), counts)


def _topics(places: Sequence[Place]) -> tuple[list[Features], list[str]]:
    features = [
        topic_features(one.quote, one.sentence, f"{one.heading} {one.names}".rstrip(), one.before)
        | _of_own_product(one)
        for one in places
    ]
    return features, [one.quote for one in places]


def _of_own_product(place: Place) -> Features:
    """What stands for the product of the marked pages on a page that sells another."""
    named = subjects(f"{place.sentence} {place.heading} {place.names}")["product"]
    if place.products is None or OWN_PRODUCT in place.products or named:
        return {}
    return {OWN_PRODUCT: 0.5, f"sentence {OWN_PRODUCT}": 0.5, f"before {OWN_PRODUCT}": 0.5}


def _stretches(text: str) -> list[Candidate]:
    return [
        one
        for segment in segments(text)
        if not ABOUT_THE_PAGE.match(text, segment.start, segment.end)
        for one in candidates(text, segment)
    ]


def _forms(text: str, stretches: Sequence[Candidate]) -> tuple[list[Features], list[str]]:
    return [form_features(text, one) for one in stretches], [one.span.of(text) for one in stretches]


def _is_claim(page: Marked, stretches: Sequence[Candidate]) -> NDArray[np.bool_]:
    marked = [Span(claim.start, claim.end) for claim in page.claims]
    return np.asarray(
        overlaps([one.span for one in stretches], marked).max(axis=1, initial=0.0) >= CLOSE
    )


def _kept(
    stretches: Sequence[Candidate], promises: Numbers, worth: float
) -> list[tuple[Candidate, float]]:
    """The stretches, none overlapping another, whose promises above `worth` sum up to most."""
    order = sorted(range(len(stretches)), key=lambda i: (stretches[i].end, stretches[i].start))
    ends = [stretches[i].end for i in order]
    best, previous = [0.0], []
    for number, i in enumerate(order):
        before = bisect_right(ends, stretches[i].start, 0, number)
        gain = best[before] + float(promises[i]) - worth
        previous.append(before if gain > best[-1] else -1)
        best.append(max(gain, best[-1]))
    chosen = []
    number = len(order)
    while number > 0:
        number -= 1
        if previous[number] >= 0:
            chosen.append((stretches[order[number]], float(promises[order[number]])))
            number = previous[number]
    return chosen[::-1]


def _f1(
    pages: Sequence[Marked], left_out: Sequence[tuple[list[Candidate], Numbers]], worth: float
) -> float:
    right = kept = marked = 0
    for page, (stretches, promises) in zip(pages, left_out, strict=True):
        spans = [one.span for one, _ in _kept(stretches, promises, worth)]
        claims = [Span(claim.start, claim.end) for claim in page.claims]
        right += len(pairing(spans, claims))
        kept += len(spans)
        marked += len(claims)
    return 2 * right / (kept + marked)


def _log_odds(*probabilities: Numbers) -> Numbers:
    clipped = np.clip(np.column_stack(probabilities), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped / (1 - clipped)))
