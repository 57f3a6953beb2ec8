"""What a text names: the products, substances, conditions and species of a subject, and names unknown.

A name that stands in no list is one all the same: a word with a trade mark, or one that keeps its
capital where ordinary words have none, counts as a product of which nothing is known.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import Stemmer

from review.language.figures.numbers import WORD_NUMBERS
from review.model.knowledge.packs import SpeciesCue
from review.model.knowledge.phrases import lower_finder
from review.model.knowledge.subject import Subject
from review.model.vocabulary import Market, NameKind, YesNo

PRODUCT, SUBSTANCE, CONDITION, SPECIES = "product", "substance", "condition", "species"
_KINDS = {
    PRODUCT: (NameKind.PRODUCT, NameKind.BRAND, NameKind.DEVICE, NameKind.PROCEDURE),
    SUBSTANCE: (NameKind.SUBSTANCE,),
    CONDITION: (NameKind.CONDITION,),
}
LONGEST = 40
"""No name is longer, but for the end of its last word."""
UNKNOWN = "an unknown name"
_EDGE = re.compile(r"\b|\Z")
_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MARKED = re.compile(r"([^\W_][\w-]*)\s?[®™]")
_CAPITALS_OF_A_TITLE = 0.6
"""A line with more capitals among its words is a title, whose capitals tell nothing."""
_SMALL = frozenset("and the for with from that".split())
_LINE = re.compile(r"([^\n.!?]+)(\.?)")


class Names:
    """Finds what texts name, by the names of a subject and the words for species.

    `ordinary` are words that are written in small letters somewhere, so that a capital does not make
    them a name.
    """

    def __init__(
        self, subject: Subject, species: Iterable[SpeciesCue], ordinary: Iterable[str] = ()
    ) -> None:
        self._patterns: dict[str, dict[str, re.Pattern[str]]] = {
            kind: {name.name: lower_finder(name.phrases) for name in subject.of_kind(*kinds)}
            for kind, kinds in _KINDS.items()
        }
        self._patterns[SPECIES] = {str(cue.species): lower_finder(cue.phrases) for cue in species}
        self._known = lower_finder(phrase for name in subject.names.values() for phrase in name.phrases)
        self._ordinary = frozenset(_STEMMER.stemWords([word.lower() for word in ordinary]))
        self._owned = lower_finder(
            phrase for name in subject.names.values() if name.own is YesNo.YES for phrase in name.phrases
        )
        self._approved = [
            (lower_finder(name.phrases), name.approved)
            for name in subject.of_kind(*_KINDS[PRODUCT], NameKind.SUBSTANCE)
        ]
        self.kinds = tuple(self._patterns)
        self.in_text = lru_cache(maxsize=4096)(self._in_text)

    def _in_text(self, text: str) -> Mapping[str, frozenset[str]]:
        """What `text` names, by kind: product, substance, condition, species; every kind is there.

        Names in no list are among the products, as `unknown` gives them.
        """
        named = self.listed(text)
        return {**named, PRODUCT: named[PRODUCT] | self.unknown(text)}

    def listed(self, text: str) -> Mapping[str, frozenset[str]]:
        """What `text` names, by kind, of what is listed."""
        return {kind: self.named(text, kind) for kind in self.kinds}

    def named(self, text: str, kind: str) -> frozenset[str]:
        """What `text` names of one kind, of what is listed."""
        lower = text.lower()
        return frozenset(name for name, pattern in self._patterns[kind].items() if pattern.search(lower))

    def owned(self, text: str) -> bool:
        """Whether `text` names something that the pages under review offer."""
        return bool(self._owned.search(text.lower()))

    def others(self, text: str) -> bool:
        """Whether `text` names a product or a brand that the pages under review do not offer."""
        lower = text.lower()
        return any(
            pattern.search(lower) and not self._owned.search(name.lower())
            for name, pattern in self._patterns[PRODUCT].items()
        )

    def is_all_approved(self, text: str, market: Market) -> bool:
        """Whether `text` names products, each approved in `market` for the use under review."""
        lower = text.lower()
        named = [approved for pattern, approved in self._approved if pattern.search(lower)]
        return bool(named) and all(market in approved for approved in named)

    def unknown(self, text: str) -> frozenset[str]:
        """The names in `text` that no list holds, each said to be unknown."""
        return frozenset(f"{name} ({UNKNOWN})" for name in self.unlisted(text))

    def unlisted(self, text: str) -> frozenset[str]:
        """The names in `text` that no list holds, as they are written."""
        marked = {match[1] for match in _MARKED.finditer(text)}
        lines = (self._capitalised(line, bool(stop)) for line, stop in _LINE.findall(text))
        names = marked.union(*lines)
        return frozenset(name for name in names if not self._known.search(name.lower()))

    def _capitalised(self, line: str, is_sentence: bool) -> set[str]:
        words = _WORD.findall(line)
        # No title ends with a full stop: "Juvederm beats Restylane." has its capitals for names.
        if not is_sentence and _is_title(words):
            return set()
        return {word for word in words if self._is_name(word)}

    def _is_name(self, word: str) -> bool:
        """Whether the capitals of a word tell of a name: it is neither ordinary nor a short acronym."""
        rest = word[1:]
        # From four letters on a first capital tells, from five on capitals throughout.
        is_capitalised = word[0].isupper() and (rest == rest.lower() and len(word) > 3)
        has_inner_capitals = any(map(str.isupper, rest)) and any(map(str.islower, word))
        is_long_acronym = word.isupper() and len(word) > 4
        return (is_capitalised or has_inner_capitals or is_long_acronym) and not self._is_ordinary(word)

    def _is_ordinary(self, word: str) -> bool:
        """Whether a word, or the first part of one with a hyphen, is written small elsewhere."""
        first = re.split(r"[^\w]", word.lower())[0]
        # English makes such words of others at will: no list can hold them, and few names end so.
        is_derived = first.endswith(("ed", "ing", "tion", "ment", "ness", "ly")) and "-" not in word
        return is_derived or first in WORD_NUMBERS or _STEMMER.stemWord(first) in self._ordinary

    def on_page(self, text: str, kind: str) -> "NamedOn":
        """What any stretch of a page names of one kind, looked for once on the whole page."""
        return NamedOn(text, kind, self._patterns[kind])


def _is_title(words: Iterable[str]) -> bool:
    """Whether most words of a line begin with a capital."""
    # Words this short stay small in a title too, so they do not tell whether the line is one.
    telling = [word for word in words if len(word) > 2 and word not in _SMALL]
    return sum(word[0].isupper() for word in telling) > _CAPITALS_OF_A_TITLE * len(telling)


class NamedOn:
    """What any stretch of a page names of one kind, of what is listed."""

    def __init__(self, text: str, kind: str, patterns: Mapping[str, re.Pattern[str]]) -> None:
        lower = text.lower()
        if len(lower) != len(text):
            # A letter that becomes two in lower case would move what stands after it.
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self._text = lower
        self._patterns = patterns
        self._mentions = [
            (name, match.start(), match.end())
            for name, pattern in patterns.items()
            for match in pattern.finditer(lower)
        ]
        self.kind = kind
        self.names = frozenset(name for name, _, _ in self._mentions)

    def within(self, start: int, end: int) -> frozenset[str]:
        """What the stretch from `start` to `end` names; it ends between two words."""
        names = {name for name, at, stop in self._mentions if start <= at and stop <= end}
        # The stretch may begin within a word, and what is left of that word may be a name. What is
        # looked at ends between two words, since the beginning of one may be a name too.
        stop = _EDGE.search(self._text, start + LONGEST)
        first = self._text[start : min(end, stop.start() if stop else end)]
        return frozenset(
            names | {name for name, pattern in self._patterns.items() if pattern.search(first)}
        )
