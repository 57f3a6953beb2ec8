"""Matches a claim to the proposition that it affirms or denies, or to none.

Candidates come from the likeness of words and letters to the statements and to the claims known for
each proposition; a small model ranks them. What cannot be the same is never matched: another species,
condition, product or substance, or other figures of the same unit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import expit
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from review.language.cues import is_opposite
from review.language.figures import Figure, figures
from review.language.finding import Marked, Place, TooLittleToLearnError, places_of
from review.language.subjects import subjects
from review.language.synonyms import in_one_word
from review.records import Proposition
from review.vocabulary import Polarity

Numbers = NDArray[np.float64]
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
STEM = 5
"""Words that begin with the same letters, this many, are taken for one."""
_WORD = re.compile(r"[^\W_]+")
# Words that tell how much or when, or that something is done and seen, but not what.
_SMALL = ENGLISH_STOP_WORDS | frozenset(
    "minute minutes hour hours day days week weeks month months year years per cent percent half seven "
    "thirty hundred treatment treatments therapy session sessions procedure results result effect "
    "take takes taken last lasts show shows seen first".split()
)
_ABSENT = re.compile(r"\b(?:no|without)\s+\w+", re.IGNORECASE)


class Match(StrEnum):
    """How sure it is that a claim makes a proposition that the library holds."""

    KNOWN = "known"
    PERHAPS = "perhaps"
    NEW = "new"


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


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names and which figures it gives."""

    subjects: Mapping[str, frozenset[str]]
    figures: frozenset[Figure]
    words: frozenset[str]


class Matcher:
    """Matches claims; trained on the claims of marked pages when it is made.

    Each training claim is matched to what the other pages say, so that the model meets claims as it
    will meet them on a new page. Propositions that no marked page states are known by their statement.
    Raises TooLittleToLearnError where no two pages state the same proposition.
    """

    def __init__(self, propositions: Mapping[str, Proposition], pages: Sequence[Marked]) -> None:
        self._keys = list(propositions)
        self._statements = [propositions[key].statement for key in self._keys]
        number = {key: index for index, key in enumerate(self._keys)}
        self._places = [place for page in pages for place in places_of(page)]
        claims = [claim for page in pages for claim in page.claims]
        self._makes = np.array([number[claim.proposition] for claim in claims])
        self._page = np.repeat(np.arange(len(pages)), [len(page.claims) for page in pages])
        quotes = [place.quote for place in self._places]
        texts = [in_one_word(text) for text in (*self._statements, *quotes)]
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"[\w’'-]+")
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2
        )
        self._words.fit(texts)
        self._letters.fit(texts)
        self._said = [_named(statement) for statement in self._statements]
        self._known = [_named(quote) for quote in quotes]
        self._statement_vectors = self._vectors(self._statements)
        self._quote_vectors = self._vectors(quotes)
        self._around = self._letters.transform([_around(place) for place in self._places])
        self._learn()

    def match(self, places: Sequence[Place]) -> list[Matched]:
        """What each claim makes, in the order given."""
        everything = np.ones(len(self._keys), dtype=bool)
        matched = []
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            likeness = self._likeness(batch)
            for row, place in enumerate(batch):
                found = self._candidates(place, likeness, row, everything, None)
                matched.append(self._best(place, found))
        return matched

    def _vectors(self, texts: Sequence[str]) -> tuple[csr_array, csr_array]:
        told = [in_one_word(text) for text in texts]
        return csr_array(self._words.transform(told)), csr_array(self._letters.transform(told))

    def _likeness(self, places: Sequence[Place]) -> list[Numbers]:
        """Cosines, one matrix each: words and letters, to quotes and statements; surroundings."""
        words, letters = self._vectors([place.quote for place in places])
        around = csr_array(self._letters.transform([_around(place) for place in places]))
        return [
            (words @ self._quote_vectors[0].T).toarray(),
            (letters @ self._quote_vectors[1].T).toarray(),
            (around @ csr_array(self._around).T).toarray(),
            (words @ self._statement_vectors[0].T).toarray(),
            (letters @ self._statement_vectors[1].T).toarray(),
            (around @ self._statement_vectors[1].T).toarray(),
        ]

    def _candidates(
        self, place: Place, likeness: Sequence[Numbers], row: int, open_to: Bools, page: int | None
    ) -> tuple[NDArray[np.int64], Numbers, list[str]]:
        """The closest propositions, their features, and what forbids each (empty where nothing does).

        `open_to` says which propositions may be matched, `page` whose quotes must not be seen.
        """
        seen = self._page != page if page is not None else np.ones(len(self._page), dtype=bool)
        to_quotes = [self._most(likeness[n][row], seen) for n in range(3)]
        to_statements = [likeness[n][row] for n in range(3, 6)]
        closeness = sum(to_quotes[:2]) + sum(to_statements[:2]) + 0.3 * to_quotes[2]
        ranked = np.argsort(-np.where(open_to, closeness, -1.0), kind="stable")[:RANKED]
        own, sentence = _named(place.whole), _named(_around(place))
        clashes, rows = [], []
        for rank, index in enumerate(ranked):
            quotes = np.flatnonzero(seen & (self._makes == index))
            known = [self._known[quote] for quote in quotes]
            clashes.append(_clash(own, sentence, self._said[index], known))
            rest = np.delete(closeness[ranked], rank)
            nearest = quotes[np.argmax(likeness[1][row, quotes])] if len(quotes) else None
            quote = self._places[nearest].quote if nearest is not None else self._statements[index]
            length = sorted((len(place.quote), len(quote)))
            rows.append(
                [
                    *(cosines[index] for cosines in (*to_quotes, *to_statements)),
                    to_quotes[1][index] * to_quotes[2][index],
                    closeness[index],
                    rank == 0,
                    closeness[index] - (rest.max() if len(rest) else 0.0),
                    *_agreements(own, sentence, self._said[index], known),
                    _denies(place.quote, self._statements[index]),
                    length[0] / length[1],
                    min(len(quotes), 5) / 5,
                    len(place.quote) < 25,
                    bool(clashes[-1]),
                ]
            )
        return ranked, np.array(rows, dtype=float), clashes

    def _most(self, cosines: Numbers, seen: Bools) -> Numbers:
        most = np.zeros(len(self._keys))
        np.maximum.at(most, self._makes[seen], cosines[seen])
        return most

    def _learn(self) -> None:
        """Learn to rank, then scale the first candidate's odds on pages left out (Platt)."""
        likeness = self._likeness(self._places)
        rows, right, groups = [], [], []
        for number, place in enumerate(self._places):
            page = int(self._page[number])
            elsewhere = np.isin(np.arange(len(self._keys)), self._makes[self._page != page])
            ranked, features, _ = self._candidates(place, likeness, number, elsewhere, page)
            rows.append(features)
            right.append(ranked == self._makes[number])
            groups.append(page)
        of_page = np.repeat(groups, [len(part) for part in rows])
        x, y = np.vstack(rows), np.concatenate(right)
        if not y.any():
            raise TooLittleToLearnError(
                "no proposition is stated on two pages; matching cannot be learnt"
            )
        self._mean, self._spread = x.mean(axis=0), x.std(axis=0) + 1e-9
        x = (x - self._mean) / self._spread
        self._model = LogisticRegression(C=STIFFNESS, max_iter=2000).fit(x, y)
        odds = np.empty(len(y))
        for page in sorted(set(groups)):
            own = of_page == page
            model = LogisticRegression(C=STIFFNESS, max_iter=2000)
            model = model.fit(x[~own], y[~own]) if y[~own].any() else self._model
            odds[own] = model.decision_function(x[own])
        ends = np.cumsum([len(part) for part in rows])
        firsts = [
            end - len(part) + int(np.argmax(odds[end - len(part) : end]))
            for end, part in zip(ends, rows, strict=True)
        ]
        self._scale = LogisticRegression().fit(odds[firsts].reshape(-1, 1), y[firsts])

    def _best(self, place: Place, found: tuple[NDArray[np.int64], Numbers, list[str]]) -> Matched:
        ranked, features, clashes = found
        odds = _odds(self._model, (features - self._mean) / self._spread)
        allowed = [n for n in range(len(ranked)) if not clashes[n]]
        first = int(np.argmax(odds))
        best = max(allowed, key=lambda n: (odds[n], -n)) if allowed else first
        p = float(expit(_odds(self._scale, odds[[[best]]])[0])) if allowed else 0.0
        key, statement = self._keys[ranked[best]], self._statements[ranked[best]]
        polarity = Polarity.DENIES if _denies(place.quote, statement) else Polarity.AFFIRMS
        missing = _unnamed(place, self._said[ranked[best]])
        sure = Match.PERHAPS if missing else Match.KNOWN
        match = sure if p >= KNOWN else Match.PERHAPS if p >= PERHAPS else Match.NEW
        if match is Match.NEW:
            denies = _denies(place.quote, "")
            polarity = Polarity.DENIES if denies else Polarity.AFFIRMS
            reason = _why_new(statement, self._statements[ranked[first]], clashes[first])
            return Matched("", match, p, polarity, reason)
        reason = _why(place, statement, features[best], polarity)
        if missing:
            reason += f" This page does not name {missing}."
        return Matched(key, match, p, polarity, reason)


def _odds(model: LogisticRegression, x: Numbers) -> Numbers:
    """The log-odds of yes; scikit-learn's own checks of its input cost more than the sum."""
    return np.asarray(x @ model.coef_[0] + model.intercept_[0])


def _around(place: Place) -> str:
    return in_one_word(" ".join(filter(None, (place.heading, place.names, place.sentence))))


def _denies(quote: str, statement: str) -> bool:
    return is_opposite(in_one_word(quote), in_one_word(statement))


def _named(text: str) -> _Named:
    """What a text names; what it says is absent ("no surgery") is not what it is about."""
    return _Named(subjects(_ABSENT.sub(" ", text)), figures(text), _content(text))


def _content(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about: no figures, times or small words."""
    words = _WORD.findall(in_one_word(text).lower())
    return frozenset(word[:STEM] for word in words if word not in _SMALL and not word.isdigit())


def _clash(own: _Named, around: _Named, said: _Named, known: Sequence[_Named]) -> str:
    """What forbids a match, in words; empty where nothing does."""
    for kind, names in said.subjects.items():
        theirs = names.union(*(other.subjects[kind] for other in known))
        mine = own.subjects[kind]
        if mine and theirs and not mine & theirs:
            return f"{kind}: {_listed(mine)} here, {_listed(theirs)} there"
    named = own.subjects["species"] | around.subjects["species"]
    if "animals" in said.subjects["species"] and "animals" not in named:
        return "species: nothing said of animals here, animals there"
    allowed = said.figures.union(*(other.figures for other in known))
    units = {figure.unit for figure in own.figures} & {figure.unit for figure in said.figures}
    for unit in sorted(units):
        mine_figures = {figure for figure in own.figures if figure.unit == unit}
        if not mine_figures & allowed:
            theirs_figures = {figure for figure in said.figures if figure.unit == unit}
            return f"figures: {_shown(mine_figures)} here, {_shown(theirs_figures)} there"
    if own.words and not own.words & said.words.union(*(other.words for other in known)):
        return "they share no word but figures and times"
    return ""


def _unnamed(place: Place, said: _Named) -> str:
    """The products that a statement is about, where the claim's page names none of them; else nothing.

    What is known of one product is then no verdict on another.
    """
    about = said.subjects["product"]
    if place.products is None or not about or about & place.products:
        return ""
    return " or ".join(sorted(about))


def _agreements(own: _Named, around: _Named, said: _Named, known: Sequence[_Named]) -> Iterator[float]:
    """Figures in common; for each kind of subject, what is shared and what only one side names."""
    yield float(bool(own.figures & said.figures.union(*(other.figures for other in known))))
    for kind, names in said.subjects.items():
        theirs = names.union(*(other.subjects[kind] for other in known))
        yield float(bool(own.subjects[kind] & theirs))
        yield float(bool(own.subjects[kind] - theirs))
        yield float(bool(names - own.subjects[kind] - around.subjects[kind]))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _shown(found: set[Figure]) -> str:
    return ", ".join(
        f"{figure.low:g} {figure.unit}"
        if figure.low == figure.high
        else f"{figure.low:g} to {figure.high:g} {figure.unit}"
        for figure in sorted(found)
    )


def _why(place: Place, statement: str, features: Numbers, polarity: Polarity) -> str:
    """What agreed, in words."""
    words, letters = max(features[0], features[3]), max(features[1], features[4])
    own, said = _named(place.whole), _named(statement)
    parts = [f"Words {words:.2f} and letters {letters:.2f} alike (1 is the same)"]
    for kind, names in said.subjects.items():
        if shared := own.subjects[kind] & names:
            parts.append(f"same {kind}: {_listed(shared)}")
    if shared_figures := own.figures & said.figures:
        parts.append(f"same figures: {_shown(set(shared_figures))}")
    if polarity is Polarity.DENIES:
        parts.append("one denies what the other says")
    return "; ".join(parts) + "."


def _why_new(closest: str, first: str, clash: str) -> str:
    if clash:
        return f"Nothing matches; closest is “{first}”, but {clash}."
    return f"Nothing is close enough; closest is “{closest}”"
