"""Learns from pages whose claims have been marked what a claim looks like and what it is about.

Nothing is drawn at random: the same marked pages always teach the same.
"""

from collections.abc import Sequence
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from review.language.claims.clauses import Candidate
from review.language.claims.features import Features, form_features
from review.language.claims.finding import PLACE, LearntClaims, kept, read_topics, stretches_of
from review.language.claims.learning.learnt import Choice, Linear, Numbers
from review.language.claims.learning.models import (
    STEPS,
    TooLittleToLearnError,
    Words,
    fitted,
    log_odds,
    yes,
)
from review.language.claims.learning.named_weights import NamedWeights
from review.language.claims.overlap import overlaps, pairing
from review.language.claims.places import Marked, place_of, places_of, topic_of
from review.language.claims.segments import segments
from review.language.lexicon import Lexicon
from review.language.sentences import Span
from review.model.vocabulary import YesNo

CLOSE = 0.8
"""A stretch is an example of a claim when it overlaps a marked one this far (best in our trials)."""
WORTHS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
"""What a stretch must promise to be kept: the one that finds most on pages left out is used."""
STRETCH_FREEDOM, TOPIC_FREEDOM = 3.0, 3.0
"""How freely the models may follow their examples (inverse of the penalty; best of a few tried)."""
LEAST_CLAIMS = 50
LEAST_PAGES = 2


class _Unseen(NamedTuple):
    """The stretches of a page, and what each promises to a model that has not seen the page."""

    stretches: list[Candidate]
    promises: Numbers


class _Topics(NamedTuple):
    """What was learnt of topics; `unseen_checks` are the models of checks that miss one page each."""

    words: Words
    category: Choice
    check: Linear | None
    unseen_checks: list[Linear | None]


def learnt_claims(pages: Sequence[Marked], lexicon: Lexicon) -> LearntClaims:
    """What the marked pages teach.

    Raises TooLittleToLearnError when fewer than `LEAST_CLAIMS` claims on `LEAST_PAGES` pages are marked,
    or when all of them have one category.
    """
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
    stretches, unseen = _stretches(pages, lexicon)
    # Of equally good ones the lowest, which keeps more.
    worth = max(WORTHS, key=lambda worth: (_f1(pages, unseen, worth), -worth))
    topics = _topics(pages, lexicon)
    return LearntClaims(
        stretches=stretches,
        worth=worth,
        topic=topics.words,
        category=topics.category,
        check=topics.check,
        scale=_scale(pages, unseen, worth, topics, lexicon),
    )


def _stretches(pages: Sequence[Marked], lexicon: Lexicon) -> tuple[NamedWeights | None, list[_Unseen]]:
    """What a claim looks like, and what the stretches of each page promise when it is left out."""
    by_page = [_stretches_on(page.text) for page in pages]
    forms = [
        _forms(page.text, stretches, lexicon) for page, stretches in zip(pages, by_page, strict=True)
    ]
    features = list(chain.from_iterable(features for features, _ in forms))
    texts = list(chain.from_iterable(texts for _, texts in forms))
    words = Words.of(features, texts, letters=False)
    x = words(features, texts)
    labels = [_is_claim(page, stretches) for page, stretches in zip(pages, by_page, strict=True)]
    y, of_page = np.concatenate(labels), _numbers([len(stretches) for stretches in by_page])
    model = fitted(x, y, STRETCH_FREEDOM)
    unseen = []
    for number, stretches in enumerate(by_page):
        own = of_page == number
        unseen.append(_Unseen(stretches, yes(fitted(x[~own], y[~own], STRETCH_FREEDOM), x[own])))
    return words.named(model) if model else None, unseen


def _topics(pages: Sequence[Marked], lexicon: Lexicon) -> _Topics:
    """The category of a claim, and whether it is worth checking, also with each page left out."""
    claims = [claim for page in pages for claim in page.claims]
    places = [place for page in pages for place in places_of(page, lexicon)]
    features, quotes = read_topics([topic_of(place, lexicon) for place in places], lexicon)
    words = Words.of(features, quotes, letters=True)
    x = words(features, quotes)
    labels = np.array([str(claim.category) for claim in claims])
    worth = np.array([claim.checkworthy is YesNo.YES for claim in claims])
    of_page = _numbers([len(page.claims) for page in pages])
    return _Topics(
        words,
        Choice.of(LogisticRegression(C=TOPIC_FREEDOM, max_iter=STEPS).fit(x, labels)),
        fitted(x, worth, TOPIC_FREEDOM),
        [
            fitted(x[of_page != number], worth[of_page != number], TOPIC_FREEDOM)
            for number in range(len(pages))
        ],
    )


def _scale(
    pages: Sequence[Marked],
    unseen: Sequence[_Unseen],
    worth: float,
    topics: _Topics,
    lexicon: Lexicon,
) -> Linear | None:
    """Platt's scaling, on what was found on pages left out: two log-odds in, one probability out."""
    inputs, right = [np.zeros((0, 2))], []
    for page, (stretches, promises), check in zip(pages, unseen, topics.unseen_checks, strict=True):
        chosen = kept([stretch.span for stretch in stretches], promises, worth)
        if not chosen:
            continue
        places = [place_of(page.text, stretches[i].segment, stretches[i].span, lexicon) for i in chosen]
        read = read_topics([topic_of(place, lexicon) for place in places], lexicon)
        checks = yes(check, topics.words(*read))
        inputs.append(log_odds(promises[chosen], checks))
        marked = [Span(c.start, c.end) for c in page.claims if c.checkworthy is YesNo.YES]
        met = {index for index, _ in pairing([stretches[i].span for i in chosen], marked)}
        right += [index in met for index in range(len(chosen))]
    return fitted(np.vstack(inputs), np.array(right), 1.0) if right else None


def _numbers(counts: Sequence[int]) -> NDArray[np.int64]:
    """The number of the page of each thing, given how many things each page has."""
    return np.repeat(np.arange(len(counts)), counts)


def _stretches_on(text: str) -> list[Candidate]:
    return [stretch for segment in segments(text) for stretch in stretches_of(text, segment)]


def _forms(
    text: str, stretches: Sequence[Candidate], lexicon: Lexicon
) -> tuple[list[Features], list[str]]:
    """The features of the stretches of a page, their place on it among them, and their words."""
    features: list[Features] = []
    for _, of_segment in groupby(stretches, attrgetter("segment")):
        own = list(of_segment)
        for stretch, form in zip(own, form_features(text, own, lexicon), strict=True):
            features.append(form | {PLACE: stretch.start / len(text)})
    return features, [stretch.span.of(text) for stretch in stretches]


def _is_claim(page: Marked, stretches: Sequence[Candidate]) -> NDArray[np.bool_]:
    marked = [Span(claim.start, claim.end) for claim in page.claims]
    return np.asarray(
        overlaps([stretch.span for stretch in stretches], marked).max(axis=1, initial=0.0) >= CLOSE
    )


def _f1(pages: Sequence[Marked], left_out: Sequence[_Unseen], worth: float) -> float:
    right = chosen = marked = 0
    for page, (stretches, promises) in zip(pages, left_out, strict=True):
        every = [stretch.span for stretch in stretches]
        spans = [every[i] for i in kept(every, promises, worth)]
        claims = [Span(claim.start, claim.end) for claim in page.claims]
        right += len(pairing(spans, claims))
        chosen += len(spans)
        marked += len(claims)
    return 2 * right / (chosen + marked)
