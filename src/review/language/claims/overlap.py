"""How far stretches of text coincide: what counts as finding a claim."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from review.language.sentences import Span

HALF = 0.5
"""A stretch finds a claim when what both share is at least half of what both cover together."""


def overlaps(a: Sequence[Span], b: Sequence[Span]) -> NDArray[np.float64]:
    """For each of `a` and each of `b`: the characters both share, as a part of those both cover."""
    # Without spans an array has no second axis.
    left, right = (np.array(spans, dtype=float).reshape(-1, 2) for spans in (a, b))
    starts, ends = left[:, :1], left[:, 1:]
    shared = np.minimum(ends, right[:, 1]) - np.maximum(starts, right[:, 0])
    covered = np.maximum(ends, right[:, 1]) - np.minimum(starts, right[:, 0])
    return np.where(shared > 0, shared / np.where(covered > 0, covered, 1.0), 0.0)


def pairing(stretches: Sequence[Span], marked: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """The largest set of pairs of a stretch and a mark, as indices, at half-overlap; each used once."""
    if not stretches or not marked:
        return ()
    meets = csr_array(overlaps(stretches, marked) >= HALF)
    partner = maximum_bipartite_matching(meets, perm_type="column")
    return tuple((i, int(j)) for i, j in enumerate(partner) if j >= 0)
