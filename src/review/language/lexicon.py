"""All words that reading depends on: those of a subject, and those of the trade.

A lexicon is made from a subject and from packs, and is given to whatever reads a page. Nothing else in
this package knows a product, a condition or a unit.
"""

import re
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from review.language.citations.finding import CitationFinder
from review.language.citations.words import CitationWords
from review.language.figures.figures import Figures
from review.language.flags.screen import Screen
from review.language.names import Names
from review.language.senses import Senses
from review.model.knowledge.packs import Packs
from review.model.knowledge.phrases import finder, lower_finder
from review.model.knowledge.subject import Subject
from review.model.vocabulary import Category, Market, YesNo

# What has a meaning of its own in a phrase: such a spelling is a pattern and no word.
_SIGN = re.compile(r"[*#()\[\]|…\\]")
_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,}")


class Lexicon:
    """The words of a subject and of the packs, ready to be looked for.

    `texts` are whatever else was written on the subject; words that stand there in small letters are
    ordinary ones, and no names. The rules of `markets` are in force.
    """

    def __init__(
        self,
        subject: Subject,
        packs: Packs,
        texts: Iterable[str] = (),
        markets: Collection[Market] = tuple(Market),
    ) -> None:
        self.markets = tuple(market for market in Market if market in markets)
        self.subject = subject
        self.packs = packs
        self._texts = tuple(texts)
        self._cues = [(cue.category, lower_finder(cue.phrases)) for cue in packs.cues]
        synonyms = (*packs.synonyms, *subject.synonyms.values())
        self._same = [(finder((s.word,)), s.same_as) for s in synonyms]
        # Each lexicon has caches of its own: one on the method would keep every lexicon alive.
        self.cued = lru_cache(maxsize=4096)(self._cued)
        self.in_one_word = lru_cache(maxsize=4096)(self._in_one_word)

    @cached_property
    def names(self) -> Names:
        """What finds the things that a text names."""
        small = (word for text in self._texts for word in _SMALL_WORD.findall(text) if word.islower())
        return Names(self.subject, self.packs.species, self.packs.words.union(small))

    @cached_property
    def figures(self) -> Figures:
        """What finds figures with their units."""
        return Figures(self.packs.units)

    @cached_property
    def screen(self) -> Screen:
        """What finds advertising flags."""
        return Screen(self.packs, self.senses, self.names, self.markets)

    @cached_property
    def senses(self) -> Senses:
        """What tells what words do: how large, for whom, better than what, with which limits."""
        return Senses(self.packs.sense_packs.values())

    @cached_property
    def citations(self) -> CitationFinder:
        """What finds where a page names a source."""
        return CitationFinder(CitationWords(self.packs.citation_packs.values()))

    @cached_property
    def proper(self) -> frozenset[str]:
        """The words with which a proper name may begin, as they are written."""
        names = [name for name in self.subject.names.values() if name.proper is YesNo.YES]
        spellings = (spelling for name in names for spelling in name.phrases)
        return frozenset(spelling.split()[0] for spelling in spellings if not _SIGN.search(spelling))

    def _cued(self, text: str) -> tuple[Category, ...]:
        """The categories that the words of `text` speak for."""
        lower = text.lower()
        return tuple(category for category, cue in self._cues if cue.search(lower))

    def _in_one_word(self, text: str) -> str:
        """`text` with what is said in several ways told in one."""
        for pattern, same in self._same:
            text = pattern.sub(same, text)
        return text
