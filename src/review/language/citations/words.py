"""The words of citations, ready to be looked for: those of all packs together."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from review.language.sentences import Span
from review.model.knowledge.citation_cues import WORDED, CitationKind, CitationPack
from review.model.knowledge.phrases import inner, term_finder

_UPPER = "A-ZÀ-ÖØ-Þ"
_FAMILY_WORD = rf"[{_UPPER}][\w’'‐-]{{1,30}}"
YEAR = r"(?:19|20)\d\d(?!\d)"


BUILT_IN = ("name", "capitals", "year", "month", "body")
"""The terms that phrases may name without any pack."""


class Cued(NamedTuple):
    """Words that name a source, and how."""

    kind: CitationKind
    span: Span


class CitationWords:
    """What finds the words of citations, by the packs of one or more languages."""

    def __init__(self, packs: Iterable[CitationPack]) -> None:
        packs = tuple(packs)
        patterns = _patterns(packs)
        cues = [cue for pack in packs for cue in pack.cues]
        self._cues = [
            (
                kind,
                term_finder([p for cue in cues if cue.kind is kind for p in cue.phrases], patterns),
                term_finder([p for cue in cues if cue.kind is kind for p in cue.unless], patterns),
            )
            for kind in WORDED
        ]
        self.headings = _all(packs, "headings")
        self.months = _all(packs, "months")
        self.others = _all(packs, "others")
        self.no_sources = _all(packs, "no_sources")
        joined, particles, introductions, before_addresses = (
            _either(phrase for pack in packs for phrase in getattr(pack, name))
            for name in ("conjunctions", "particles", "introductions", "before_addresses")
        )
        family = rf"(?:(?:{particles})\s){{0,3}}{_FAMILY_WORD}"
        others = self.others.pattern
        self.between_authors = re.compile(
            rf"\s*(?:[,;&]|{joined})(?:\s*(?:&|{joined}|…|\.{{3}})){{0,2}}\s*"
        )
        self.before_address = re.compile(rf"\[|(?<!\w)(?i:{before_addresses})")
        self.authors = re.compile(_authors_in_a_sentence(family, joined, others))
        self.cited = re.compile(_cited(family, joined, others, introductions))
        self.cued = lru_cache(maxsize=256)(self._cued)

    def _cued(self, text: str) -> tuple[Cued, ...]:
        """Every stretch whose words name a source, the kinds after each other."""
        return tuple(self._met(text))

    def _met(self, text: str) -> Iterator[Cued]:
        for kind, phrases, spared_by in self._cues:
            # Hits of one finder stand in order and apart.
            spared = deque(unless.span() for unless in spared_by.finditer(text))
            for match in phrases.finditer(text):
                while spared and spared[0][1] <= match.start():
                    spared.popleft()
                if not (spared and spared[0][0] < match.end()):
                    yield Cued(kind, Span(*match.span()))


def _all(packs: Iterable[CitationPack], field: str) -> re.Pattern[str]:
    return term_finder([phrase for pack in packs for phrase in getattr(pack, field)], {})


def _patterns(packs: tuple[CitationPack, ...]) -> dict[str, str]:
    """What stands for each term in phrases."""
    months = _either(phrase for pack in packs for phrase in pack.months)
    joiners = _either(phrase for pack in packs for phrase in pack.joiners)
    first = rf"[{_UPPER}](?:[\w&’'‐-]|\.(?=\w)){{0,30}}"
    later = rf"(?:\s(?:(?:{joiners})\s){{0,2}}(?:{first}|\d{{1,3}}(?!\w)))"
    patterns = {
        "name": rf"(?-i:(?!(?i:{months})\b){first}{later}{{0,7}})",
        "capitals": rf"(?-i:[{_UPPER}][{_UPPER}0-9-]{{1,11}}(?!\w))",
        "year": YEAR,
        "month": months,
        "body": _body(packs, first, joiners),
    }
    terms = [term for pack in packs for term in pack.terms]
    for name in {term.term for term in terms}:
        patterns[name] = _either(p for term in terms if term.term == name for p in term.phrases)
    return patterns


def _body(packs: tuple[CitationPack, ...], first: str, joiners: str) -> str:
    """An institution: one of those listed, or a name with a word for one."""
    acronyms = _any(word for pack in packs for word in pack.acronyms.split())
    words = _any(word for pack in packs for word in pack.body_words.split())
    before = rf"(?:{first}\s(?:(?:{joiners})\s){{0,2}}){{0,5}}"
    after = rf"(?:\s(?:{joiners})\s(?:(?:{joiners})\s)?{first}(?:\s{first}){{0,3}}){{0,2}}"
    named = rf"(?-i:{before}(?:{words})(?!\w){after})"
    listed = _either(phrase for pack in packs for phrase in pack.bodies)
    return rf"(?:(?-i:(?:{acronyms})(?!\w))|{named}|(?:{listed})(?:\s(?-i:{first})){{0,2}})"


def _authors_in_a_sentence(family: str, joined: str, others: str) -> str:
    """A pattern for `Rhodes and Girman (1998)` and for `Rhodes and colleagues`."""
    return (
        rf"(?<!\w)(?P<first>{family})(?P<second>\s(?:&|{joined})\s{family})?(?P<more>,?\s(?i:{others}))?"
        rf"(?:,?\s(?:\((?P<year>{YEAR})[a-z]?\)|(?P<bare>{YEAR})[a-z]?))?(?!\w)"
    )


def _cited(family: str, joined: str, others: str, introductions: str) -> str:
    """A pattern for one of those in the brackets of `(Rhodes et al., 1998; Kaufman, 1998)`."""
    return (
        rf"\s*(?:(?i:{introductions})\s)?(?P<first>{family})(?:,\s{family}){{0,6}}"
        rf"(?:,?\s(?:&|{joined})\s{family})?(?P<more>,?\s(?i:{others}))?,?\s(?P<year>{YEAR})[a-z]?\s*"
    )


def _either(phrases: Iterable[str]) -> str:
    return _any(map(inner, phrases))


def _any(patterns: Iterable[str]) -> str:
    # What no pack names is found nowhere, not everywhere.
    return "|".join(patterns) or r"(?!)"
