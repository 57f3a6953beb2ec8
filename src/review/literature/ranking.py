"""How well each paper of a corpus fits a claim: BM25 on stems and on letters, closeness in meaning.

The weights were fitted on the 809 train claims of SciFact by `python -m benchmarks.literature_fit`.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import bm25s
import numpy as np
from numpy.typing import NDArray

from review.literature.paper import Paper
from review.literature.stance import claim_shares
from review.literature.words import grams, stems, words

Scores = NDArray[np.float64]

K1, B = 1.5, 0.75
"""How fast a word that comes again counts less, and how far long papers are evened out: as in bm25s."""
CANDIDATES = 50
"""How many papers, the best by words and letters, are ranked by meaning too."""

LEXICAL = {"words": 0.36, "letters": 0.42}
SEMANTIC = {"words": 0.19, "letters": 0.22, "meaning": 4.8, "sentence": 8.54}
"""The weight of each signal: words and letters in standard deviations over the corpus, meaning and the
closest sentence as cosines."""

_DECIMALS = 4
"""What is left of a score: finer differences depend on the machine, and equal scores go by key."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close in meaning a paper is to a claim: as a whole, and each of its sentences (cosines)."""

    whole: float
    sentences: tuple[float, ...]


class Meaning(Protocol):
    """What tells how close papers are to a claim in meaning."""

    def closeness(self, claim: str, papers: Sequence[Paper]) -> Sequence[Closeness]:
        """One answer a paper, in their order."""


@dataclass(frozen=True, slots=True)
class RankedPaper:
    """A paper with its rank and why it has it.

    `signals` are what the weights were applied to; `matched` the claim's words that stand in it, in
    the claim's order; `sentence` the one of its sentences that is closest to the claim.
    """

    rank: int
    paper: Paper
    score: float
    signals: Mapping[str, float]
    matched: tuple[str, ...]
    sentence: str
    verbatim: bool


class Index:
    """A corpus made ready for many claims; the order of the papers given never matters."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.papers = tuple(sorted(papers, key=_by_key))
        self._words = _Field(self.papers, stems)
        self._letters = _Field(self.papers, grams)

    def hits(self, claim: str, top: int, meaning: Meaning | None = None) -> list[RankedPaper]:
        """The `top` papers for a claim, best first.

        Of the candidates one that holds the claim word for word comes first, whatever its scores;
        equal scores go by key. A paper without a word of the claim is left out unless meaning is
        compared too.
        """
        by_words = self._words.scores(claim)
        standard = {"words": _standard(by_words), "letters": _standard(self._letters.scores(claim))}
        order = _best_first(standard)
        if not meaning:
            order = order[by_words[order] > 0]
        near = order[: max(top, CANDIDATES)].tolist()
        close: Sequence[Closeness | None] = [None] * len(near)
        if meaning:
            close = meaning.closeness(claim, [self.papers[at] for at in near])
        spelt = _spelt(claim)
        scored = [
            _Scored(self.papers[at], {name: scores[at] for name, scores in standard.items()}, own, spelt)
            for at, own in zip(near, close, strict=True)
        ]
        scored.sort(key=lambda paper: (not paper.verbatim, -paper.score, *_by_key(paper.paper)))
        return [self._hit(claim, rank, paper) for rank, paper in enumerate(scored[:top], start=1)]

    def weight(self, stem: str) -> float:
        """How rare a stem is in the corpus: the inverse document frequency of BM25."""
        return self._words.weight(stem)

    def _hit(self, claim: str, rank: int, scored: "_Scored") -> RankedPaper:
        """A paper with what a reader wants to know of it."""
        paper, sentences = scored.paper, scored.paper.sentences
        near: Sequence[float] = claim_shares(claim, sentences, self.weight)
        if scored.close:
            near = scored.close.sentences
        closest = max(range(len(sentences)), key=lambda at: (round(near[at], _DECIMALS), -at))
        present = set(stems(f"{paper.title} {paper.abstract}"))
        matched = (word for word in words(claim) if not present.isdisjoint(stems(word)))
        return RankedPaper(
            rank=rank,
            paper=paper,
            score=scored.score,
            signals={name: round(value, _DECIMALS) for name, value in scored.signals.items()},
            matched=tuple(dict.fromkeys(matched)),
            sentence=sentences[closest],
            verbatim=scored.verbatim,
        )


def _by_key(paper: Paper) -> tuple[str, tuple[str, int, str]]:
    """What equal papers go by; two files may call different papers by one key."""
    return paper.key, paper.place.order


class _Scored:
    """A candidate with its score."""

    def __init__(
        self, paper: Paper, signals: Mapping[str, float], close: Closeness | None, spelt_claim: str
    ) -> None:
        self.paper = paper
        self.close = close
        self.signals = {name: float(value) for name, value in signals.items()}
        if close:
            self.signals |= {"meaning": close.whole, "sentence": max(close.sentences)}
        weights = SEMANTIC if close else LEXICAL
        score = sum(weight * self.signals[name] for name, weight in weights.items())
        self.score = round(score, _DECIMALS)
        self.verbatim = any(spelt_claim in _spelt(text) for text in (paper.title, paper.abstract))


class _Field:
    """The BM25 index of a corpus for one way of taking texts apart; titles count twice."""

    def __init__(self, papers: Sequence[Paper], parts_of: Callable[[str], list[str]]) -> None:
        self._parts_of = parts_of
        self._count = len(papers)
        self._numbers: dict[str, int] = {}
        self._holding: Counter[int] = Counter()
        self._index = bm25s.BM25(k1=K1, b=B, method="lucene")
        texts = list(map(self._numbered, papers))
        if self._numbers:
            self._index.index((texts, self._numbers), show_progress=False)

    def scores(self, claim: str) -> Scores:
        """The BM25 score of every paper; a part that a claim holds twice counts twice."""
        known = [self._numbers[part] for part in self._parts_of(claim) if part in self._numbers]
        if not known:
            return np.zeros(self._count)
        return np.asarray(self._index.get_scores_from_ids(known), np.float64)

    def weight(self, part: str) -> float:
        """The inverse document frequency of a part, after Lucene; above zero also where unknown."""
        holding = self._holding[self._numbers[part]] if part in self._numbers else 0
        return math.log(1 + (self._count - holding + 0.5) / (holding + 0.5))

    def _numbered(self, paper: Paper) -> "array[int]":
        parts = self._parts_of(f"{paper.title} {paper.title} {paper.abstract}")
        # Four bytes a number: a corpus has millions of them.
        numbers = array("i", (self._numbers.setdefault(part, len(self._numbers)) for part in parts))
        self._holding.update(set(numbers))
        return numbers


def _best_first(signals: Mapping[str, Scores]) -> NDArray[np.intp]:
    """The places of the papers in the order of their scores by words and letters, of equals by key."""
    fused = np.sum([weight * signals[name] for name, weight in LEXICAL.items()], axis=0)
    order: NDArray[np.intp] = np.argsort(-np.round(fused, _DECIMALS), kind="stable")
    return order


def _standard(scores: Scores) -> Scores:
    """Scores as standard deviations from the mean of the corpus; zeros where all are equal."""
    if not scores.size or np.ptp(scores) < _ALL_EQUAL:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / scores.std()
    return standard


_ALL_EQUAL = 1e-6
"""Scores less apart than this are equal: what is left is rounding, and would be made large."""


def _spelt(text: str) -> str:
    """A text for comparison word for word: small letters, blanks as one, no closing full stop."""
    return " ".join(text.casefold().split()).rstrip(".")
