"""Matches a claim to the proposition that it affirms or denies, or to none.

Candidates come from the likeness of words and letters to the statements and to the claims known for
each proposition; a small model ranks them. What cannot be the same is never matched: another species,
condition, product or substance, or other figures of the same unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator
from scipy.sparse import csr_array
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.claims.learning.learnt import Learnt, Linear, Numbers, Terms, widths_agree
from review.language.claims.learning.models import STEPS, TooLittleToLearnError
from review.language.claims.places import ClaimPlace, Marked, places_of
from review.language.claims.recent import Recent
from review.language.cues import is_opposite
from review.language.lexicon import Lexicon
from review.language.matching.mentions import (
    Mentions,
    agreements,
    all_mentions,
    clash,
    listed,
    listed_figures,
    mentions_of,
    subjects_of,
    unnamed_product,
)
from review.model.records import Proposition
from review.model.vocabulary import Match, Polarity

Bools = NDArray[np.bool_]

KNOWN = 0.7
"""From this probability on a match is called known."""
PERHAPS = 0.4
"""From this probability on a match is called possible; below it the claim is new."""
RANKED = 8
"""How many candidates a claim gets."""
BATCH = 500
"""How many claims are compared with the library at once, which bounds the memory used."""
STIFFNESS = 0.005
"""How freely the ranking may follow its few examples; looser was worse on pages left out."""
SURROUNDINGS = 0.3
"""What the likeness of surroundings counts, beside 1 for that of words or of letters."""
SHORT = 25
"""A quote of fewer characters is short."""
QUOTES_ENOUGH = 5
"""From this many quotes on a proposition counts as well known."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The proposition a claim makes, if any, how sure that is, and why; polarity is the claim's.

    `probability` is that of the closest proposition being right, also where it was too low to match.
    """

    proposition: str
    match: Match
    probability: float
    polarity: Polarity
    reason: str


class _ClaimWords(NamedTuple):
    """All of a claim's place that its match depends on, but for the products that its page names."""

    quote: str
    whole: str
    around: str


@dataclass(frozen=True, slots=True)
class _KnownQuotes:
    """The quotes known for the propositions, those of one page left out where it is to be read as new.

    `ordered` holds the numbers of the quotes, those of one proposition together; `makes` the
    propositions that have quotes and `starts` where theirs begin. `of` and `named` are by proposition:
    the numbers of its quotes, and all that these name together.
    """

    ordered: NDArray[np.int64]
    makes: NDArray[np.int64]
    starts: NDArray[np.int64]
    of: Sequence[NDArray[np.int64]]
    named: Sequence[Mentions]


class _Closest(NamedTuple):
    """By claim: the closest propositions, how close all are, their cosines, and those to all quotes."""

    ranked: NDArray[np.int64]
    closeness: Numbers
    cosines: Numbers
    letters: Numbers


class _Candidates(NamedTuple):
    """The propositions that come closest to a claim, their features, and what forbids each."""

    ranked: NDArray[np.int64]
    features: Numbers
    clashes: list[str]


class Ranking(Learnt):
    """What was learnt for matching: how rare words and letters are, and how what agrees is weighed.

    `mean` and `spread` are those of what is weighed; `scale` turns the log-odds of the closest
    proposition into those of its being right.
    """

    words: Terms
    letters: Terms
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    model: Linear
    scale: Linear

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not len(self.mean) == len(self.spread) == len(self.model.weights):
            raise ValueError("what is weighed has not as many means, spreads and weights")
        if not widths_agree(1, [self.scale]):
            raise ValueError("the scale needs one number")
        return self


class Matcher:
    """Matches claims; learns from the claims of marked pages when it is made, unless it has before.

    Each training claim is matched to what the other pages say, so that the model meets claims as it
    will meet them on a new page. Propositions that no marked page states are known by their statement.
    `ranking` is what was learnt from the same propositions and pages. Raises TooLittleToLearnError where
    no two pages state the same proposition.
    """

    def __init__(
        self,
        propositions: Mapping[str, Proposition],
        pages: Sequence[Marked],
        lexicon: Lexicon,
        ranking: Ranking | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._keys = list(propositions)
        self._statements = [propositions[key].statement for key in self._keys]
        self._number = {key: index for index, key in enumerate(self._keys)}
        self._places = [place for page in pages for place in places_of(page, lexicon)]
        claims = [claim for page in pages for claim in page.claims]
        self._makes = np.array([self._number[claim.proposition] for claim in claims])
        self._page = np.repeat(np.arange(len(pages)), [len(page.claims) for page in pages])
        quotes = [place.quote for place in self._places]
        self._words, self._letters = _words(), _letters()
        if ranking:
            ranking.words.given_to(self._words)
            ranking.letters.given_to(self._letters)
        else:
            texts = [lexicon.in_one_word(text) for text in (*self._statements, *quotes)]
            self._words.fit(texts)
            self._letters.fit(texts)
        self._stated = [mentions_of(statement, lexicon) for statement in self._statements]
        self._names = [mentions_of(quote, lexicon) for quote in quotes]
        self._statement_vectors = self._vectors(self._statements)
        self._quote_vectors = self._vectors(quotes)
        around = [lexicon.in_one_word(_claim_words(place).around) for place in self._places]
        self._around = csr_array(self._letters.transform(around))
        self._all = self._knowing(np.arange(len(self._places)))
        self.ranking = ranking or self._learnt(len(pages))
        self._mean, self._spread = np.array(self.ranking.mean), np.array(self.ranking.spread)
        self._recent = Recent(self._matched)

    def match(self, places: Sequence[ClaimPlace]) -> list[Matched]:
        """What each claim makes, in the order given."""
        matches = self._recent.of([_claim_words(place) for place in places])
        return [self._doubted(match, place) for match, place in zip(matches, places, strict=True)]

    def _doubted(self, matched: Matched, place: ClaimPlace) -> Matched:
        """A match, doubted where the page of the claim does not name its product."""
        if matched.match is Match.NEW:
            return matched
        # The products of the page are no part of what `_recent` keeps, so the doubt comes after.
        missing = unnamed_product(place, self._stated[self._number[matched.proposition]])
        if not missing:
            return matched
        reason = f"{matched.reason} This page does not name {missing}."
        return replace(matched, match=Match.PERHAPS, reason=reason)

    def _matched(self, claims: Sequence[_ClaimWords]) -> list[Matched]:
        everything = np.ones(len(self._keys), dtype=bool)
        matched: list[Matched] = []
        for start in range(0, len(claims), BATCH):
            batch = claims[start : start + BATCH]
            closest = self._closest(self._likeness(batch), everything, self._all)
            candidates = [
                self._candidates(claim, closest, row, self._all) for row, claim in enumerate(batch)
            ]
            matched += self._best(batch, candidates)
        return matched

    def _knowing(self, numbers: NDArray[np.int64]) -> _KnownQuotes:
        """What is known of the propositions by the quotes of these numbers alone."""
        ordered = numbers[np.argsort(self._makes[numbers], kind="stable")]
        makes, starts = np.unique(self._makes[ordered], return_index=True)
        of = [np.zeros(0, dtype=np.int64) for _ in self._keys]
        for index, quotes in zip(makes, np.split(ordered, starts[1:]), strict=True):
            of[index] = quotes
        kinds = self._lexicon.names.kinds
        named = [all_mentions([self._names[quote] for quote in quotes], kinds) for quotes in of]
        return _KnownQuotes(ordered, makes, starts, of, named)

    def _vectors(self, texts: Sequence[str]) -> tuple[csr_array, csr_array]:
        plain = [self._lexicon.in_one_word(text) for text in texts]
        return csr_array(self._words.transform(plain)), csr_array(self._letters.transform(plain))

    def _likeness(self, claims: Sequence[_ClaimWords]) -> list[Numbers]:
        """Cosines, one matrix each: words and letters, to quotes and statements; surroundings."""
        words, letters = self._vectors([claim.quote for claim in claims])
        # Claims of one sentence have the same surroundings.
        number = {text: row for row, text in enumerate(dict.fromkeys(claim.around for claim in claims))}
        around = csr_array(self._letters.transform([self._lexicon.in_one_word(text) for text in number]))
        rows = [number[claim.around] for claim in claims]
        return [
            (words @ self._quote_vectors[0].T).toarray(),
            (letters @ self._quote_vectors[1].T).toarray(),
            (around @ self._around.T).toarray()[rows],
            (words @ self._statement_vectors[0].T).toarray(),
            (letters @ self._statement_vectors[1].T).toarray(),
            (around @ self._statement_vectors[1].T).toarray()[rows],
        ]

    def _closest(self, likeness: Sequence[Numbers], open_to: Bools, known: _KnownQuotes) -> _Closest:
        """For each claim, how close it is to every proposition, and the closest of those open to it."""
        # In the order of `_likeness`: three matrices to the quotes, then three to the statements.
        to_quotes = [self._most(cosines, known) for cosines in likeness[:3]]
        to_statements = likeness[3:]
        closeness = sum(to_quotes[:2]) + sum(to_statements[:2]) + SURROUNDINGS * to_quotes[2]
        # No cosine is negative, so what a claim may not be matched to comes last.
        ranked = np.argsort(-np.where(open_to, closeness, -1.0), axis=1, kind="stable")[:, :RANKED]
        cosines = np.stack([*to_quotes, *to_statements], axis=2)
        return _Closest(ranked, closeness, cosines, likeness[1])

    def _candidates(
        self, claim: _ClaimWords, closest: _Closest, row: int, known: _KnownQuotes
    ) -> _Candidates:
        """The closest propositions, their features, and what forbids each (empty where nothing does)."""
        ranked = closest.ranked[row]
        near = closest.closeness[row][ranked].tolist()
        cosines = closest.cosines[row][ranked].tolist()
        own = mentions_of(claim.whole, self._lexicon)
        around = subjects_of(self._lexicon.in_one_word(claim.around), self._lexicon)
        clashes, rows = [], []
        for rank, index in enumerate(ranked.tolist()):
            quotes = known.of[index]
            clashes.append(clash(own, around, self._stated[index], known.named[index]))
            nearest = quotes[np.argmax(closest.letters[row, quotes])] if len(quotes) else None
            quote = self._places[nearest].quote if nearest is not None else self._statements[index]
            length = sorted((len(claim.quote), len(quote)))
            rows.append(
                [
                    *cosines[rank],
                    cosines[rank][1] * cosines[rank][2],
                    near[rank],
                    rank == 0,
                    near[rank] - max([*near[:rank], *near[rank + 1 :]], default=0.0),
                    *agreements(own, around, self._stated[index], known.named[index]),
                    self._denies(claim.quote, self._statements[index]),
                    length[0] / length[1],
                    min(len(quotes), QUOTES_ENOUGH) / QUOTES_ENOUGH,
                    len(claim.quote) < SHORT,
                    bool(clashes[-1]),
                ]
            )
        return _Candidates(ranked, np.array(rows, dtype=float), clashes)

    def _most(self, cosines: Numbers, known: _KnownQuotes) -> Numbers:
        """How like each claim is to the quote of each proposition that is most like it."""
        most = np.zeros((len(cosines), len(self._keys)))
        # `reduceat` goes from each start to the next, hence the quotes in the order of their
        # propositions.
        most[:, known.makes] = np.maximum.reduceat(cosines[:, known.ordered], known.starts, axis=1)
        return most

    def _learnt(self, pages: int) -> Ranking:
        """How to rank, and the scale of the first candidate's odds on pages left out (Platt)."""
        claims = [_claim_words(place) for place in self._places]
        likeness = self._likeness(claims)
        rows, right, groups = [], [], []
        for page in range(pages):
            known = self._knowing(np.flatnonzero(self._page != page))
            elsewhere = np.isin(np.arange(len(self._keys)), known.makes)
            closest = self._closest(likeness, elsewhere, known)
            for number in np.flatnonzero(self._page == page).tolist():
                candidates = self._candidates(claims[number], closest, number, known)
                rows.append(candidates.features)
                right.append(candidates.ranked == self._makes[number])
                groups.append(page)
        of_page = np.repeat(groups, [len(part) for part in rows])
        x, y = np.vstack(rows), np.concatenate(right)
        if not y.any():
            raise TooLittleToLearnError(
                "no proposition is stated on two pages; matching cannot be learnt"
            )
        # A feature that is the same in every row has no spread, and would be divided by nothing.
        mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
        x = (x - mean) / spread
        whole = LogisticRegression(C=STIFFNESS, max_iter=STEPS).fit(x, y)
        odds = np.empty(len(y))
        for page in sorted(set(groups)):
            own = of_page == page
            model = LogisticRegression(C=STIFFNESS, max_iter=STEPS)
            model = model.fit(x[~own], y[~own]) if y[~own].any() else whole
            odds[own] = model.decision_function(x[own])
        ends = np.cumsum([len(part) for part in rows])
        firsts = [
            end - len(part) + int(np.argmax(odds[end - len(part) : end]))
            for end, part in zip(ends, rows, strict=True)
        ]
        scale = LogisticRegression().fit(odds[firsts].reshape(-1, 1), y[firsts])
        return Ranking(
            words=Terms.of(self._words),
            letters=Terms.of(self._letters),
            mean=mean.tolist(),
            spread=spread.tolist(),
            model=Linear.of(whole),
            scale=Linear.of(scale),
        )

    def _best(self, claims: Sequence[_ClaimWords], by_claim: Sequence[_Candidates]) -> list[Matched]:
        features = np.vstack([candidates.features for candidates in by_claim])
        model = self.ranking.model
        # Each row is summed by itself: a product of matrices may round by what stands beside it.
        every = ((features - self._mean) / self._spread * model.column).sum(axis=1)
        every += model.constant
        ends = np.cumsum([len(candidates.features) for candidates in by_claim])
        return [
            self._best_of(claim, candidates, odds)
            for claim, candidates, odds in zip(claims, by_claim, np.split(every, ends[:-1]), strict=True)
        ]

    def _best_of(self, claim: _ClaimWords, candidates: _Candidates, odds: Numbers) -> Matched:
        ranked, features, clashes = candidates
        allowed = [n for n in range(len(ranked)) if not clashes[n]]
        first = int(np.argmax(odds))
        best = max(allowed, key=lambda n: (odds[n], -n)) if allowed else first
        p = self._probability(float(odds[best])) if allowed else 0.0
        key, statement = self._keys[ranked[best]], self._statements[ranked[best]]
        polarity = Polarity.DENIES if self._denies(claim.quote, statement) else Polarity.AFFIRMS
        match = Match.KNOWN if p >= KNOWN else Match.PERHAPS if p >= PERHAPS else Match.NEW
        if match is Match.NEW:
            # Without a statement to turn round, the claim's own denials alone decide.
            denies = self._denies(claim.quote, "")
            polarity = Polarity.DENIES if denies else Polarity.AFFIRMS
            reason = why_new(statement, self._statements[ranked[first]], clashes[first])
            return Matched("", match, p, polarity, reason)
        reason = self._why(claim.whole, statement, features[best], polarity)
        return Matched(key, match, p, polarity, reason)

    def _denies(self, quote: str, statement: str) -> bool:
        return is_opposite(self._lexicon.in_one_word(quote), self._lexicon.in_one_word(statement))

    def _why(self, whole: str, statement: str, features: Numbers, polarity: Polarity) -> str:
        """What agreed, in words."""
        # The first six features are the cosines, in the order of `_likeness`.
        words, letters = max(features[0], features[3]), max(features[1], features[4])
        own, stated = mentions_of(whole, self._lexicon), mentions_of(statement, self._lexicon)
        parts = [f"Words {words:.2f} and letters {letters:.2f} alike (1 is the same)"]
        for kind, names in stated.subjects.items():
            if shared := own.subjects[kind] & names:
                parts.append(f"same {kind}: {listed(shared)}")
        if shared_figures := own.figures & stated.figures:
            parts.append(f"same figures: {listed_figures(set(shared_figures))}")
        if polarity is Polarity.DENIES:
            parts.append("one denies what the other says")
        return "; ".join(parts) + "."

    def _probability(self, odds: float) -> float:
        scale = self.ranking.scale
        return float(expit(odds * scale.weights[0] + scale.constant))


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[\w’'-]+")


def _letters() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)


def _claim_words(place: ClaimPlace) -> _ClaimWords:
    around = " ".join(filter(None, (place.heading, place.names, place.sentence)))
    return _ClaimWords(place.quote, place.whole, around)


def why_new(closest: str, first: str, why: str) -> str:
    """Why a claim is new: what came closest, and what forbids it."""
    if why:
        return f"Nothing matches; closest is “{first}”, but {why}."
    return f"Nothing is close enough; closest is “{closest}”"
