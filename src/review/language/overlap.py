"""How far stretches of text coincide: what counts as finding a claim."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from review.language.sentences import Span

HALF = 0.5
"""A stretch finds a claim when what both share is at least half of what both cover together."""


def overlap(a: Span, b: Span) -> float:
    """The characters that two stretches share, as a part of those that they cover together."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared / (max(a.end, b.end) - min(a.start, b.start)) if shared > 0 else 0.0


def pairing(found: Sequence[Span], marked: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """The largest set of pairs (index found, index marked) at half-overlap, each index used once."""
    if not found or not marked:
        return ()
    meets = np.array([[overlap(a, b) >= HALF for b in marked] for a in found])
    partner = maximum_bipartite_matching(csr_array(meets), perm_type="column")
    return tuple((i, int(j)) for i, j in enumerate(partner) if j >= 0)
