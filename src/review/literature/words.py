"""What of a text is compared: stems of its words, and the runs of four letters in them."""

import re
from functools import cache, lru_cache
from itertools import groupby

import Stemmer

GRAM = 4
"""Letters in a run; 3 to 5 were tried on the train claims of SciFact, 4 was best."""

_LONGEST = 60
_WORD = re.compile(rf"\w{{1,{_LONGEST}}}")
_IN_RUN = re.compile(r"[\w-]+")
_BETWEEN = re.compile(r"[^\w\s-]+")
_HALF = re.compile("[\ud800-\udfff]")
_STEMMER = Stemmer.Stemmer("english")


@cache
def _stopped() -> frozenset[str]:
    # Whoever only reads records has not installed what ranks them.
    from bm25s.stopwords import STOPWORDS_EN

    return frozenset(STOPWORDS_EN)


def is_text(text: str) -> bool:
    """Whether every code of a text is a character; half of a surrogate pair is none."""
    return not _HALF.search(text)


def words(text: str) -> list[str]:
    """The words of a text in small letters; a run without a break is cut after 60 letters."""
    return _WORD.findall(text.lower())


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order (Snowball's English stemmer)."""
    return [_stem(word) for word in telling(text)]


def telling(text: str) -> list[str]:
    """The words of a text that carry meaning, as they are written in small letters, in order."""
    stopped = _stopped()
    return [word for word in words(text) if word not in stopped]


def telling_runs(text: str) -> list[tuple[str, ...]]:
    """The words that carry meaning, in runs between the words that carry none and the other signs."""
    return [run for part in _BETWEEN.split(text.lower()) for run in _runs(part)]


def _runs(part: str) -> list[tuple[str, ...]]:
    stopped = _stopped()
    runs = groupby(_IN_RUN.findall(part), key=lambda word: word not in stopped)
    return [tuple(run) for is_telling, run in runs if is_telling]


def grams(text: str) -> list[str]:
    """Every run of four letters within a word, its ends marked by a blank.

    They join what stems keep apart: `microerythrocyte` and `erythrocytes`, `anti-inflammatory` and
    `antiinflammatory`.
    """
    return [gram for word in words(text) for gram in _grams_of(word)]


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


@lru_cache(maxsize=200_000)
def _grams_of(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    # A word of one letter with its two blanks is shorter than a run, and is one by itself.
    return tuple(marked[start : start + GRAM] for start in range(max(1, len(marked) - GRAM + 1)))
