"""Passages that two pages share, verbatim or reworded. Who copied from whom is left open."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, process

from review.language.sentences import Span, sentence_spans

MIN_WORDS = 6
"""Shorter sentences are alike by chance."""
REWORDED = 0.70
"""Similarity of two sentences, from 0 to 1, from which they count as one passage (our convention)."""
VERBATIM = 0.9995
"""From this similarity on, which is given with three decimals, all words are taken for the same."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where one side of a shared passage stands."""

    page: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """One passage on two pages, with the similarity of its words from 0 to 1."""

    a: Passage
    b: Passage
    similarity: float

    @property
    def kind(self) -> str:
        """Verbatim when all words are the same, reworded otherwise."""
        return "verbatim" if self.similarity >= VERBATIM else "reworded"


def lineages(texts: Mapping[str, str]) -> tuple[Lineage, ...]:
    """The passages shared by any two of `texts` (page id to text), best first within a pair of pages.

    Sentences are compared by the edit distance of their words; each is paired with its best match.
    """
    prepared = {page: comparable(text) for page, text in sorted(texts.items())}
    shared: list[Lineage] = []
    for a, b in combinations(prepared, 2):
        shared += _shared(a, b, texts, prepared[a], prepared[b])
    return tuple(shared)


def comparable(text: str) -> list[tuple[Span, str]]:
    """The sentences of a page that are long enough to be compared, with their words in lower case."""
    pairs = [(span, _words(span.of(text))) for span in sentence_spans(text)]
    return [(span, words) for span, words in pairs if words.count(" ") + 1 >= MIN_WORDS]


def _words(sentence: str) -> str:
    return " ".join(re.findall(r"[a-z0-9α-ω]+", sentence.lower()))


def _shared(
    a: str,
    b: str,
    texts: Mapping[str, str],
    left: Sequence[tuple[Span, str]],
    right: Sequence[tuple[Span, str]],
) -> Iterator[Lineage]:
    choices = [words for _, words in right]
    for span, words in left:
        best = process.extractOne(words, choices, scorer=fuzz.ratio, score_cutoff=100 * REWORDED)
        if best is not None:
            other = right[best[2]][0]
            yield Lineage(
                _passage(a, texts[a], span), _passage(b, texts[b], other), round(best[1] / 100, 3)
            )


def _passage(page: str, text: str, span: Span) -> Passage:
    return Passage(page, span.start, span.end, span.of(text))
