"""Egger's regression test: whether small studies show other effects than large ones.

Egger and others (1997), as metafor's `regtest(yi, vi, model="lm")`. Its default there is another test,
a mixed-effects regression, which is not given here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from review.synthesis.effects import Effect
from review.synthesis.numerics import t_two_sided
from review.synthesis.pooling import sample_of

LEAST_STUDIES = 10
"""Below this the test cannot tell chance from asymmetry (Sterne and others 2011)."""
ROUNDING = 1e-20
"""A sum of squares that is no larger part of the whole is what rounding leaves of zero."""


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """Egger's test: `intercept` over its error `se` is `t`; `limit` is the effect at no error at all."""

    intercept: float
    se: float
    t: float
    degrees: int
    p: float
    limit: float


def egger(effects: Sequence[Effect]) -> Asymmetry:
    """The regression of effect over standard error on precision, one over the standard error.

    Raises ValueError for fewer than 10 studies, for studies that are all equally precise and for
    effects that lie on the line without scatter: the test then says nothing.
    """
    if len(effects) < LEAST_STUDIES:
        raise ValueError(f"Egger's test needs at least {LEAST_STUDIES} studies, not {len(effects)}")
    sample = sample_of(effects)
    precision = 1 / np.sqrt(sample.v)
    ratio = sample.y * precision
    across = precision - precision.mean()
    spread = float(np.sum(across**2))
    if spread <= ROUNDING * float(np.sum(precision**2)):
        raise ValueError("all studies are equally precise: Egger's test has nothing to compare")
    limit = float(np.sum(across * ratio)) / spread
    intercept = float(ratio.mean() - limit * precision.mean())
    scatter = float(np.sum((ratio - intercept - limit * precision) ** 2))
    if scatter <= ROUNDING * float(np.sum(ratio**2)):
        raise ValueError("the effects lie on a line without scatter: Egger's test says nothing")
    degrees = sample.k - 2
    se = math.sqrt(scatter / degrees * (1 / sample.k + float(precision.mean()) ** 2 / spread))
    t = intercept / se
    return Asymmetry(intercept, se, t, degrees, t_two_sided(t, degrees), limit)
