"""Trials with counted events, pooled from the counts themselves: for events that are rare.

Both ways assume one effect common to all trials and add nothing to empty cells. Formulas: Mantel and
Haenszel (1959) with the variance of Robins, Breslow and Greenland (1986) for the odds ratio and of
Greenland and Robins (1985) for the risk ratio; Yusuf, Peto and others (1985). Numbers are held to
metafor's `rma.mh` and `rma.peto`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from review.model.vocabulary import Measure
from review.synthesis.effects import Effect, Events, log_odds_ratio, log_risk_ratio
from review.synthesis.numerics import chi2_above, normal_quantile
from review.synthesis.pooling import LEVEL, Interval, around, refuse_repeated

RATIOS = {Measure.RISK_RATIO: log_risk_ratio, Measure.ODDS_RATIO: log_odds_ratio}
"""The measures of two counted groups, and the function that gives each."""


class CommonMethod(StrEnum):
    """How counts are pooled under one common effect."""

    MANTEL_HAENSZEL = "Mantel-Haenszel"
    PETO = "Peto"


@dataclass(frozen=True, slots=True)
class Trial:
    """One study's two groups and the events in them."""

    study: str
    first: Events
    second: Events

    @property
    def events(self) -> int:
        """How many had the event in both groups."""
        return self.first.events + self.second.events

    @property
    def people(self) -> int:
        """How many there were in both groups."""
        return self.first.n + self.second.n

    @property
    def imbalance(self) -> float:
        """How many times as large the larger group is."""
        sizes = sorted((self.first.n, self.second.n))
        return sizes[1] / sizes[0]

    @property
    def is_informative(self) -> bool:
        """Whether some had the event and some had not.

        Without an event in either group, or with nothing but events, a trial says nothing of a ratio
        (Cochrane Handbook 5.1, 16.9.3).
        """
        return 0 < self.events < self.people

    @property
    def has_empty_cell(self) -> bool:
        """Whether in one group nobody had the event, or everybody."""
        return any(group.events in (0, group.n) for group in (self.first, self.second))


@dataclass(frozen=True, slots=True)
class Common:
    """The common effect of `k` informative trials, as a logarithm; `left_out` names the others."""

    method: CommonMethod
    measure: Measure
    k: int
    left_out: tuple[str, ...]
    estimate: float
    se: float
    ci: Interval
    q: float
    q_p: float


def effects_of(trials: Sequence[Trial], measure: Measure) -> tuple[Effect, ...]:
    """The effect of each informative trial, with a half in the cells of a table that has an empty one.

    `measure` is a risk ratio or an odds ratio.
    """
    return tuple(RATIOS[measure](t.study, t.first, t.second) for t in trials if t.is_informative)


def mantel_haenszel(trials: Sequence[Trial], measure: Measure, level: float = LEVEL) -> Common:
    """The odds ratio or risk ratio of Mantel and Haenszel.

    Raises ValueError for fewer than two informative trials, for a study that stands twice, and where all
    events, or all that was without, lie in one group, for no ratio can be told then.
    """
    a, b, c, d = _cells(trials)
    n = a + b + c + d
    is_odds = measure is Measure.ODDS_RATIO
    over, under = (a * d / n, b * c / n) if is_odds else (a * (c + d) / n, c * (a + b) / n)
    r, s = float(over.sum()), float(under.sum())
    if r == 0 or s == 0:
        raise ValueError(f"one group has all the events: the {measure.spoken} has no estimate")
    if is_odds:
        p, q = (a + d) / n, (b + c) / n
        variance = float((p * over).sum()) / (2 * r**2)
        variance += float((p * under + q * over).sum()) / (2 * r * s)
        variance += float((q * under).sum()) / (2 * s**2)
    else:
        variance = float(((a + b) * (c + d) * (a + c) / n**2 - a * c / n).sum()) / (r * s)
    estimate, effects = math.log(r / s), effects_of(trials, measure)
    q_total = sum((effect.yi - estimate) ** 2 / effect.vi for effect in effects)
    se = math.sqrt(variance)
    return _common(CommonMethod.MANTEL_HAENSZEL, measure, trials, estimate, se, q_total, level)


def peto(trials: Sequence[Trial], level: float = LEVEL) -> Common:
    """Peto's odds ratio: observed less expected events, over their variance if chance alone acted.

    Raises ValueError for fewer than two informative trials and for a study that stands twice.
    """
    a, b, c, d = _cells(trials)
    n = a + b + c + d
    beyond = a - (a + b) * (a + c) / n
    variance = (a + b) * (c + d) * (a + c) * (b + d) / (n**2 * (n - 1))
    total = float(variance.sum())
    estimate = float(beyond.sum()) / total
    q = float((variance * (beyond / variance - estimate) ** 2).sum())
    se = 1 / math.sqrt(total)
    return _common(CommonMethod.PETO, Measure.ODDS_RATIO, trials, estimate, se, q, level)


def _cells(trials: Sequence[Trial]) -> NDArray[np.float64]:
    """With and without the event in the first group, then in the second, of the informative trials."""
    refuse_repeated(trial.study for trial in trials)
    rows = [
        (t.first.events, t.first.n - t.first.events, t.second.events, t.second.n - t.second.events)
        for t in trials
        if t.is_informative
    ]
    if len(rows) < 2:
        raise ValueError(
            f"of {len(trials)} studies {len(rows)} had people with and people without the event, and "
            "pooling needs at least 2"
        )
    return np.array(rows, dtype=np.float64).T


def _common(
    method: CommonMethod,
    measure: Measure,
    trials: Sequence[Trial],
    estimate: float,
    se: float,
    q: float,
    level: float,
) -> Common:
    left_out = tuple(trial.study for trial in trials if not trial.is_informative)
    k = len(trials) - len(left_out)
    ci = around(estimate, normal_quantile((1 + level) / 2) * se)
    return Common(method, measure, k, left_out, estimate, se, ci, q, chi2_above(q, k - 1))
