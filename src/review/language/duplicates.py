"""Groups texts that say nearly the same, over many pages.

MinHash (Broder, 1997) finds the pairs worth comparing; the exact Jaccard similarity decides. Hashes
have a fixed seed, so the same texts in the same order always give the same groups.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rensa import RMinHash, RMinHashLSH

HASHES, BANDS = 128, 32
"""With four hashes a band, a pair as alike as 0.7 is compared in 9,998 of 10,000 cases, one as alike as
0.5 in 87 of 100."""
SEED = 20191206
_WORD = re.compile(r"\w+")


def near_duplicates(texts: Sequence[str], threshold: float = 0.7) -> tuple[tuple[int, ...], ...]:
    """The groups of two or more near-duplicates among `texts`, as indices in their order.

    Every member is at least `threshold` alike to the first of its group, by the Jaccard similarity of
    their words and pairs of neighbouring words; upper and lower case are the same. A text joins the
    most similar group that was there before it. Raises ValueError for a threshold not above 0 and up
    to 1.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"{threshold} is not a similarity above 0 and up to 1")
    index = RMinHashLSH(threshold, HASHES, BANDS)
    groups: dict[int, list[int]] = {}
    first_of: dict[frozenset[str], int] = {}
    for number, text in enumerate(texts):
        words = shingles(text)
        first = first_of.get(words)
        if first is None:
            hashed = RMinHash(HASHES, SEED)
            hashed.update(sorted(words))
            # The index gives texts that may be alike. Of equally close ones the earliest, hence the
            # minus.
            close = [(jaccard(words, shingles(texts[other])), -other) for other in index.query(hashed)]
            best = max(close, default=(0.0, 0))
            first = -best[1] if best[0] >= threshold else number
            if first == number:
                # Only firsts are indexed: members are alike to the first of their group, not along a
                # chain.
                index.insert(number, hashed)
            first_of[words] = first
        groups.setdefault(first, []).append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def shingles(text: str) -> frozenset[str]:
    """The words of `text` in lower case, and its pairs of neighbouring words."""
    words = _WORD.findall(text.lower())
    return frozenset([*words, *(" ".join(pair) for pair in pairwise(words))])


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """What two sets share, as a part of what they hold together; 1 for two empty ones."""
    return len(a & b) / len(a | b) if a or b else 1.0
