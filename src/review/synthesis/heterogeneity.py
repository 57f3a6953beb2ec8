"""How far studies differ beyond chance: Q, tau², I², and the interval of tau².

Three estimators of the between-study variance tau²: DerSimonian and Laird (1986), restricted maximum
likelihood, Paule and Mandel (1982). The interval is the Q profile (Viechtbauer 2007). I² is what
metafor gives: tau² as a share of tau² and the typical sampling variance (Higgins and Thompson 2002).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from review.synthesis.numerics import chi2_quantile, root

Numbers = NDArray[np.float64]


class Method(StrEnum):
    """How tau² is estimated, spelled as in metafor."""

    DL = "DL"
    REML = "REML"
    PM = "PM"


@dataclass(frozen=True, slots=True)
class Sample:
    """Effects `y` with sampling variances `v`, at least two, sorted so that their order is no input."""

    y: Numbers
    v: Numbers

    @property
    def k(self) -> int:
        """How many studies there are."""
        return len(self.y)

    def weights(self, tau2: float) -> Numbers:
        """The inverse of each study's total variance."""
        return 1 / (self.v + tau2)

    def mean(self, tau2: float) -> float:
        """The weighted mean effect."""
        return _mean_and_residuals(self.y, self.weights(tau2))[0]

    def q(self, tau2: float = 0.0) -> float:
        """The weighted sum of squares around the mean: Cochran's Q when tau² is zero."""
        w = self.weights(tau2)
        return float(np.sum(w * _mean_and_residuals(self.y, w)[1] ** 2))

    @property
    def typical_variance(self) -> float:
        """The sampling variance that the studies have in common (Higgins and Thompson 2002, eq. 9)."""
        return (self.k - 1) / float(np.sum(_freedom(self.weights(0.0))))

    @property
    def squared_range(self) -> float:
        """The squared distance of the farthest effects; no estimate of tau² here can exceed it."""
        return float(self.y.max() - self.y.min()) ** 2


def _mean_and_residuals(y: Numbers, w: Numbers) -> tuple[float, Numbers]:
    # Distances from the heaviest study keep their digits when effects are large and close together.
    base = float(y[np.argmax(w)])
    distance = y - base
    shift = float(np.sum(w * distance) / np.sum(w))
    return base + shift, distance - shift


def _freedom(w: Numbers) -> Numbers:
    # w·(1 - w/W) without the loss of digits when one study has nearly all the weight W.
    total = np.cumsum(w)
    others = np.concatenate(([0.0], total[:-1])) + np.concatenate((np.cumsum(w[::-1])[::-1][1:], [0.0]))
    return np.asarray(w * others / total[-1], dtype=np.float64)


def tau2_of(sample: Sample, method: Method) -> float:
    """The between-study variance, never below zero, in the square of the unit of the effects."""
    if sample.squared_range == 0:
        return 0.0
    if method is Method.DL:
        excess = sample.q() - (sample.k - 1)
        return max(0.0, excess / float(np.sum(_freedom(sample.weights(0.0)))))
    if method is Method.PM:
        return _tau2_at(sample, sample.k - 1)
    return _restricted_maximum_likelihood(sample)


def tau2_interval(sample: Sample, level: float) -> tuple[float, float]:
    """The Q-profile interval of tau²: where Q takes its upper and its lower quantile.

    (0, 0) stands for the empty set that the profile gives when studies agree better than chance allows,
    as metafor prints it.
    """
    tail, degrees = (1 - level) / 2, sample.k - 1
    return (
        _tau2_at(sample, chi2_quantile(1 - tail, degrees)),
        _tau2_at(sample, chi2_quantile(tail, degrees)),
    )


def i2_at(sample: Sample, tau2: float) -> float:
    """The share of tau² in the total variance of a typical study, in percent."""
    return 100 * tau2 / (sample.typical_variance + tau2)


def _tau2_at(sample: Sample, target: float) -> float:
    # Q falls as tau² grows, and is below (k - 1)·range²/tau²; so the root lies under the bound.
    scale = sample.squared_range
    if scale == 0 or sample.q() <= target:
        return 0.0
    bound = 2 * (sample.k - 1) / target
    return scale * root(lambda share: sample.q(share * scale) - target, 0.0, max(1.0, bound))


def _restricted_maximum_likelihood(sample: Sample) -> float:
    # The likelihood can have several hills: the slope is searched for every change from up to down on
    # a grid from zero to the squared range, above which it always falls, and the highest hill is taken.
    scale = sample.squared_range
    # Eight points to each power of ten.
    grid = [0.0, *np.geomspace(1e-10, 1.0, 81).tolist()]
    slopes = [_slope(sample, share * scale) for share in grid]
    tops = [
        scale * root(lambda share: _slope(sample, share * scale), low, high)
        for low, high, before, after in zip(grid, grid[1:], slopes, slopes[1:], strict=False)
        if before > 0 >= after
    ]
    return max([0.0, *tops], key=lambda tau2: _restricted_log_likelihood(sample, tau2))


def _slope(sample: Sample, tau2: float) -> float:
    """Twice how steeply the restricted log-likelihood rises."""
    w = sample.weights(tau2)
    squares = (w * _mean_and_residuals(sample.y, w)[1]) ** 2
    return float(np.sum(squares) - np.sum(_freedom(w)))


def _restricted_log_likelihood(sample: Sample, tau2: float) -> float:
    """Twice the logarithm, without its constant: only which is higher is asked."""
    w = sample.weights(tau2)
    return float(np.sum(np.log(w)) - np.log(np.sum(w)) - sample.q(tau2))
