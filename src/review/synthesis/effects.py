"""Effect sizes and their sampling variances from what a paper reports.

The formulas are those of metafor's `escalc` with its default settings, so that every number here can
be checked there: MD, SMD, RR, OR, MN and PLO. Ratios and proportions are on the log or logit scale.
"""

import math
from dataclasses import dataclass

from review.synthesis.numerics import log_gamma, normal_quantile

LARGEST = 1e30
"""Effects beyond this, and variances beyond this or its inverse, are slips of the pen."""
CONTINUITY = 0.5
"""Added to every cell of a table that holds a zero, and to no other table."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One study's effect `yi` and its sampling variance `vi`, in the square of the unit of `yi`."""

    study: str
    yi: float
    vi: float

    def __post_init__(self) -> None:
        if not self.study.strip():
            raise ValueError("an effect needs the name of its study")
        if not (math.isfinite(self.yi) and math.isfinite(self.vi)):
            raise ValueError(f"{self.study}: effect and variance must be finite numbers")
        if self.vi <= 0:
            raise ValueError(f"{self.study}: the variance must be above zero, not {self.vi:g}")
        if abs(self.yi) > LARGEST or not 1 / LARGEST <= self.vi <= LARGEST:
            raise ValueError(f"{self.study}: effect or variance is beyond {LARGEST:g} or its inverse")

    @property
    def ci(self) -> tuple[float, float]:
        """The 95 per cent interval of this study alone, of the normal distribution."""
        reach = normal_quantile(0.975) * math.sqrt(self.vi)
        return self.yi - reach, self.yi + reach


def design_effect(cluster_size: float, icc: float) -> float:
    """By how much clustering widens a variance: 1 + (mean size of a cluster - 1) * its correlation.

    Kerry and Bland (1998, PMC1113123); that it widens the variance of a trial that was analysed without
    regard to clusters: Cochrane Handbook 5.1, 16.3.6. Raises ValueError for clusters of less than one
    person and for a correlation outside 0 to 1.
    """
    if not 1 <= cluster_size < math.inf:
        raise ValueError(f"clusters have 1 person or more, not {cluster_size:g}")
    if not 0 <= icc <= 1:
        raise ValueError(f"the correlation within clusters lies between 0 and 1, not at {icc:g}")
    return 1 + (cluster_size - 1) * icc


@dataclass(frozen=True, slots=True)
class Arm:
    """One group of people and a measurement in them: how many, mean, standard deviation."""

    n: int
    mean: float
    sd: float

    def __post_init__(self) -> None:
        if self.n < 2:
            raise ValueError(f"a standard deviation needs at least 2 people, not {self.n}")
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise ValueError("the mean must be finite and the standard deviation above zero")


@dataclass(frozen=True, slots=True)
class Events:
    """One group of people and how many of them had the event."""

    n: int
    events: int

    def __post_init__(self) -> None:
        if self.n < 1 or not 0 <= self.events <= self.n:
            raise ValueError(f"{self.events} events cannot happen in {self.n} people")


def mean_difference(study: str, first: Arm, second: Arm) -> Effect:
    """The mean of the first group less that of the second, in the unit of the outcome.

    The variances of the groups are not assumed equal.
    """
    return Effect(study, first.mean - second.mean, first.sd**2 / first.n + second.sd**2 / second.n)


def standardised_mean_difference(study: str, first: Arm, second: Arm) -> Effect:
    """Hedges' g: the mean difference in pooled standard deviations, corrected for small samples.

    The correction is the exact one with gamma functions (Hedges 1981); the variance is the large-sample
    one, 1/n1 + 1/n2 + g²/(2(n1 + n2)).
    """
    degrees = first.n + second.n - 2
    pooled_variance = ((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / degrees
    # The gamma function itself is too large for a float from 172 on.
    correction = math.exp(log_gamma(degrees / 2) - log_gamma((degrees - 1) / 2))
    g = correction / math.sqrt(degrees / 2) * (first.mean - second.mean) / math.sqrt(pooled_variance)
    return Effect(study, g, 1 / first.n + 1 / second.n + g**2 / (2 * (first.n + second.n)))


def log_risk_ratio(study: str, first: Events, second: Events) -> Effect:
    """The logarithm of the risk in the first group over that in the second."""
    a, b, c, d = _cells(first, second)
    yi = math.log(a / (a + b)) - math.log(c / (c + d))
    return Effect(study, yi, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def log_odds_ratio(study: str, first: Events, second: Events) -> Effect:
    """The logarithm of the odds in the first group over those in the second."""
    a, b, c, d = _cells(first, second)
    return Effect(study, math.log(a / b) - math.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d)


def _cells(first: Events, second: Events) -> tuple[float, float, float, float]:
    cells = (first.events, first.n - first.events, second.events, second.n - second.events)
    added = 0.0 if all(cells) else CONTINUITY
    a, b, c, d = (cell + added for cell in cells)
    return a, b, c, d


def single_mean(study: str, arm: Arm) -> Effect:
    """The mean of one group, in the unit of the outcome."""
    return Effect(study, arm.mean, arm.sd**2 / arm.n)


def logit_proportion(study: str, group: Events) -> Effect:
    """The logarithm of the odds of the event in one group; `proportion` turns it back."""
    with_event, without = group.events, group.n - group.events
    added = 0.0 if with_event and without else CONTINUITY
    a, b = with_event + added, without + added
    return Effect(study, math.log(a / b), 1 / a + 1 / b)


def proportion(logit: float) -> float:
    """The proportion, 0 to 1, whose logarithm of the odds this is."""
    # The exponential of a large number would be too large for a float; that of its negative is not.
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
