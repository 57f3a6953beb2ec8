"""Where a text mentions the words of a long list, such as conditions, too many for any pattern."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from review.language.sentences import Span

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
# What may stand between two words of one term.
_JOINT = re.compile(r"[\s\-‐‑–’'/]{1,3}")
# Endings of a plural, each with what the singular has there; the longest first.
_PLURALS = (("ies", "y"), ("ses", "sis"), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word of a text: its place, as it is written, and the forms by which a list may hold it.

    `is_joined` tells whether it stands next to the word before it.
    """

    start: int
    end: int
    word: str
    forms: tuple[str, ...]
    is_joined: bool

    @property
    def as_acronym(self) -> tuple[str, ...]:
        """The word as an acronym, and without what makes a plural: NSAIDs, NSAIDS."""
        return (self.word, self.word[:-1]) if self.word.endswith(("s", "S")) else (self.word,)


def spelt(text: str) -> tuple[Spelt, ...]:
    """The words of a text, in reading order."""
    words: list[Spelt] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        lower = match[0].lower().replace("’", "'")
        is_joined = bool(words) and bool(_JOINT.fullmatch(text, last, start))
        words.append(Spelt(start, end, match[0], (lower, *_singulars(lower)), is_joined))
        last = end
    return tuple(words)


def _singulars(word: str) -> Iterator[str]:
    for plural, singular in _PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 2:
            yield word.removesuffix(plural) + singular


class WordList:
    """Finds the terms of a list, each a few plain words; a plural of the last word is the same term.

    A term that is one word in capitals, such as an acronym, is met in capitals alone.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        words = [tuple(_WORD.findall(term)) for term in terms]
        self._acronyms = frozenset(term[0] for term in words if _is_acronym(term))
        self._terms = frozenset(tuple(map(str.lower, term)) for term in words if not _is_acronym(term))
        self._firsts = frozenset(term[0] for term in self._terms)
        self._longest = max(map(len, self._terms), default=1)

    def spans(self, words: Sequence[Spelt], forms: Collection[str] = ()) -> Iterator[Span]:
        """Where the terms stand, the longest where several begin alike, in reading order.

        `forms` are all forms and acronyms of the words, where they are known: of most lists a short
        text holds nothing, which they tell at once.
        """
        if forms and self._firsts.isdisjoint(forms) and self._acronyms.isdisjoint(forms):
            return
        at = 0
        while at < len(words):
            size = self._size(words, at)
            if size:
                yield Span(words[at].start, words[at + size - 1].end)
            at += size or 1

    def _size(self, words: Sequence[Spelt], at: int) -> int:
        """How many of the words from `at` on make a term, 0 where they begin none."""
        first = words[at]
        if not self._firsts.isdisjoint(first.forms):
            stop = at + 1
            while stop < len(words) and stop - at < self._longest and words[stop].is_joined:
                stop += 1
            for size in range(stop - at, 0, -1):
                head = tuple(word.forms[0] for word in words[at : at + size - 1])
                if any((*head, form) in self._terms for form in words[at + size - 1].forms):
                    return size
        return int(not self._acronyms.isdisjoint(first.as_acronym))


def _is_acronym(term: tuple[str, ...]) -> bool:
    return len(term) == 1 and term[0].isupper() and len(term[0]) > 1
