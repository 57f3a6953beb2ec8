"""How strongly a sentence ties cause to effect, and whether a page says more than its source.

The scale of four levels is that of Yu and others (2019), as Wright and Augenstein (2021) used it on the
press releases of Sumner and others (2014). The cues, their weights and how far a hedge reaches are ours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """What a sentence says of two things: the higher, the closer to plain cause and effect."""

    NONE = 0
    CORRELATIONAL = 1
    CONDITIONAL = 2
    DIRECT = 3


class Exaggeration(StrEnum):
    """How a page's sentence stands to the sentence it draws on."""

    DOWNPLAYS = "downplays"
    SAME = "same"
    EXAGGERATES = "exaggerates"


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or construction that speaks for one level, and how much it weighs."""

    name: str
    pattern: re.Pattern[str]
    strength: Strength
    weight: int


@dataclass(frozen=True, slots=True)
class Fired:
    """A cue met in a sentence: its words, with the hedge or denial before them, and its vote."""

    cue: Cue
    words: str
    start: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence's strength and every cue met in it, in reading order."""

    strength: Strength
    fired: tuple[Fired, ...]

    @property
    def deciding(self) -> tuple[str, ...]:
        """The words that spoke for the level given; none where no cue was met."""
        return tuple(fired.words for fired in self.fired if fired.strength is self.strength)


def _cue(name: str, strength: Strength, weight: int, pattern: str) -> Cue:
    return Cue(name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), strength, weight)


# Verbs by the way they are inflected, so that each stands here once.
_VERBS_IN_E = (
    "activat aggravat alleviat attenuat compromis damag decreas delay?at diminish?at disrupt?at elevat "
    "eliminat enabl encourag enhanc exacerbat facilitat generat improv increas induc mediat minimi[sz] "
    "modulat motivat optimi[sz] produc promot reduc regulat reliev restor revers sav shap stimulat "
    "suppress?at accelerat eas halv doubl chang"
)
_VERBS = (
    "affect alter block boost curb delay destroy devastat diminish disrupt drain extend halt harm hinder "
    "impair inhibit kill lengthen limit lower maintain prevent prolong protect raise repress restrict "
    "reward slow strengthen suppress trigger uncouple undermine weaken worsen"
)
