"""The terms that phrases name, such as `<condition>` and `<treats>`, as they hold in one market."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from review.language.flags.mentions import WordList
from review.language.sentences import Span
from review.model.knowledge.packs import TermSet
from review.model.knowledge.phrases import inner, term_finder, terms_named
from review.model.vocabulary import Market

# A mention of a long list is written over with one private sign, so that a phrase can ask for it.
_FIRST_SIGN = 0xE000
_BRACKETS = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Finder:
    """What finds some phrases, with the lists whose mentions have to be written over by a sign before.

    Without a mention of each list that is `required`, nothing can be found.
    """

    pattern: re.Pattern[str]
    listed: tuple[tuple[str, WordList], ...]
    required: tuple[tuple[str, WordList], ...]


class Terms:
    """What stands for each term in one market; without a market, what holds in all of them."""

    def __init__(self, sets: Iterable[TermSet], market: Market | None) -> None:
        self._market = market
        held = [s for s in sets if not s.markets or market in s.markets]
        self._differ = frozenset(s.term for s in sets if s.markets)
        self._signs: dict[str, str] = {}
        self._patterns: dict[str, str] = {}
        self._lists: dict[str, WordList] = {}
        self._only_listed: frozenset[str] = frozenset()
        for number, term in enumerate(sorted({s.term for s in sets})):
            own = [s for s in held if s.term == term]
            words = [word for s in own for word in s.words.split(",") if word.strip()]
            patterns = [inner(phrase) for s in own for phrase in s.phrases]
            if words and not patterns:
                self._only_listed |= {term}
            if words:
                self._signs[term] = chr(_FIRST_SIGN + number)
                self._lists[term] = _word_list(tuple(words))
                sign = self._signs[term]
                # One mention whole: no part of it is taken for another.
                patterns.append(f"(?<!{sign}){sign}++")
            self._patterns[term] = "|".join(patterns) or r"(?!)"
        self.finders = lru_cache(maxsize=None)(self._finders)
        self.differing = lru_cache(maxsize=None)(self._differing)

    def _differing(self, phrases: tuple[str, ...]) -> bool:
        """Whether the phrases name a term that is not the same in every market."""
        return any(terms_named(phrase) & self._differ for phrase in phrases)

    def _finders(self, phrases: tuple[str, ...]) -> tuple["Finder", ...]:
        """What finds the phrases, those together that name the same terms."""
        groups: dict[tuple[frozenset[str], frozenset[str]], list[str]] = {}
        for phrase in phrases:
            named = terms_named(phrase) & self._only_listed
            required = terms_named(_outside_brackets(phrase)) & self._only_listed
            marked_first = terms_named(phrase).intersection(self._lists)
            groups.setdefault((frozenset(marked_first), frozenset(named & required)), []).append(phrase)
        return tuple(
            Finder(term_finder(own, self._patterns), self._listed(names), self._listed(required))
            for (names, required), own in groups.items()
        )

    def _listed(self, terms: Iterable[str]) -> tuple[tuple[str, WordList], ...]:
        """The sign that stands for each of these terms, and its list."""
        return tuple((self._signs[term], self._lists[term]) for term in sorted(terms))


def _outside_brackets(phrase: str) -> str:
    """The phrase without what may be missing, or may be something else."""
    shorter = _BRACKETS.sub("", phrase)
    return shorter if shorter == phrase else _outside_brackets(shorter)


def marked(text: str, signed: Iterable[tuple[str, Iterable[Span]]]) -> str:
    """The text, as long as before, with every mention written over by the sign of its list."""
    written = list(_PRIVATE.sub(" ", text))
    for sign, spans in signed:
        for start, end in spans:
            written[start:end] = sign * (end - start)
    return "".join(written)


@lru_cache(maxsize=32)
def terms_in(sets: tuple[TermSet, ...], market: Market | None) -> Terms:
    """The terms of one market, whose patterns are compiled once for everybody who asks."""
    return Terms(sets, market)


@lru_cache(maxsize=64)
def _word_list(words: tuple[str, ...]) -> WordList:
    return WordList(words)
