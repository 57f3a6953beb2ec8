"""In which register a sentence is worded: as advertising is, or as information for patients is.

Both speak of the same conditions and treatments, so lists of words for things cannot tell them apart;
the words around them can. Each word has a weight, learned from claims that regulators named as
unlawful and from sentences of patient information (see the source of the pack).
"""

import math
import re
from collections.abc import Iterable

from review.model.knowledge.packs import RegisterPack

_TOKEN = re.compile(r"[^\W_]+(?:'[a-z]+)?|[!%£$®™]")
_DIGITS = re.compile(r"\d+")


def tokens(text: str) -> frozenset[str]:
    """The words of a sentence as they are weighed: in small letters, every number the same."""
    return frozenset(_TOKEN.findall(_DIGITS.sub("9", text.lower().replace("’", "'"))))


class Register:
    """Weighs sentences by the packs of one or more languages; without a pack none informs."""

    def __init__(self, packs: Iterable[RegisterPack]) -> None:
        self._packs = tuple(packs)
        self._weights = [
            {word: each.weight for each in pack.weights for word in each.words.split()}
            for pack in self._packs
        ]

    def informs(self, sentence: str) -> bool:
        """Whether a sentence is worded as information for patients is, in one of the languages."""
        return any(
            score(sentence, weights, pack.bias) < pack.informs_below
            for pack, weights in zip(self._packs, self._weights, strict=True)
        )


def score(sentence: str, weights: dict[str, int], bias: int) -> float:
    """The log odds, in hundredths, that a sentence comes from advertising and not from information.

    The weights of its known words over the square root of their number, so that a long sentence weighs
    no more than a short one.
    """
    known = [weights[word] for word in tokens(sentence) if word in weights]
    return bias + sum(known) / math.sqrt(len(known) or 1)
