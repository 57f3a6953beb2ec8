"""How firmly a sentence puts its claim, against how firmly GRADE's statements allow it to be put.

GRADE guidelines 26 (Santesso and others, 2020) tie verbs to certainty: high "is, does", moderate
"likely, probably", low "may", very low "the evidence is very uncertain". The ranks 4 to 1 are ours.
"""

import re
from collections.abc import Mapping
from enum import IntEnum

from review.model.vocabulary import Certainty, Wording


class Firmness(IntEnum):
    """How firmly something is put; comparable with what a certainty allows."""

    UNCERTAIN = 1
    MAY = 2
    LIKELY = 3
    FACT = 4


ALLOWED: Mapping[Certainty, Firmness] = {
    Certainty.HIGH: Firmness.FACT,
    Certainty.MODERATE: Firmness.LIKELY,
    Certainty.LOW: Firmness.MAY,
    Certainty.VERY_LOW: Firmness.UNCERTAIN,
}

FIRMNESS_WORDS: Mapping[Firmness, str] = {
    Firmness.FACT: "as a fact",
    Firmness.LIKELY: "as likely",
    Firmness.MAY: "as a possibility",
    Firmness.UNCERTAIN: "as uncertain",
}

_UNCERTAIN = re.compile(
    r"\b(too early to say|hard to say|very uncertain|not (?:yet )?known|unclear|time will tell)\b", re.I
)
_LIKELY = re.compile(r"\b(likely|probabl[ey]|usually|typically|generally|often|most)\b", re.I)
_MAY = re.compile(r"\b(may|might|could|can|possibl[ey]|potential(?:ly)?|perhaps|seems?)\b", re.I)


_OPEN = re.compile(r"\b(may|might|could|possibl[ey]|perhaps|seems?)\b", re.I)


def is_openly_hedged(quote: str) -> bool:
    """Whether the sentence itself says *may*, *might*, *could* or the like.

    Promise and potential are not enough: they are what such a sentence asserts.
    """
    return bool(_OPEN.search(quote))


def firmness(quote: str, wording: Wording) -> Firmness:
    """How firmly a claim is put: a fact if a reader recorded it as asserted, else by its hedge.

    A hedge of possibility wins over one of likelihood in the same sentence, because the weaker word
    is the one a reader is left with.
    """
    if wording is Wording.ASSERTED:
        return Firmness.FACT
    if _UNCERTAIN.search(quote):
        return Firmness.UNCERTAIN
    if _LIKELY.search(quote) and not _MAY.search(quote):
        return Firmness.LIKELY
    return Firmness.MAY
