"""Which way trials with counted events are pooled, and why.

Cochrane Handbook 5.1, 16.9.1 and 16.9.5, after Bradburn and others (2007). Below 1 event in 100 people,
with groups of like size and an effect that is not exceptionally large, Peto's odds ratio was the least
biased; else, of rare events, the Mantel-Haenszel odds ratio without halves. Inverse variances, which
need a half in each empty cell, were among the most biased, and can be so up to a risk of 1 in 10. Which
sizes are alike and which effect is exceptionally large the Handbook does not say: the limits are ours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.synthesis.counts import CommonMethod, Trial, peto

RARE = 0.01
"""The risk in the second groups below which Peto's odds ratio did best."""
AFFECTED = 0.10
"""The risk up to which halves in empty cells can mislead."""
LARGEST_IMBALANCE = 2.0
"""Of the larger group of a trial to the smaller."""
LARGEST_RATIO = 2.0
"""Of the odds in one group to those in the other, whichever is larger."""


SURE_TO_DIFFER = 0.10
"""Of the p of Q: below it no common effect is supposed. Q finds little among few studies."""


class Why(StrEnum):
    """Why a way was chosen."""

    NOT_RARE = "the event is not rare"
    DIFFERENT = "the event is rare, but effects differ beyond chance, so there is no common one"
    ONE_SIDED = (
        "all events lie in one group, so that only Peto's odds ratio has an estimate; it is drawn "
        "towards no effect"
    )
    EMPTY_CELLS = "studies have an empty cell, and no half need be added to it"
    UNBALANCED = "the event is rare, but groups are of unlike size, by which Peto's odds ratio is biased"
    LARGE_EFFECT = "the event is rare, but the effect large, by which Peto's odds ratio is biased"
    RARE_AND_BALANCED = "the event is rare, groups are of like size and the effect is not very large"


@dataclass(frozen=True, slots=True)
class Choice:
    """How to pool trials: under a common effect, or by inverse variances where `method` is None."""

    method: CommonMethod | None
    why: Why
    risk: float


def choice_for(trials: Sequence[Trial]) -> Choice:
    """The way that suits the risk, the empty cells, the groups, and the size and spread of the effect.

    The risk is that of all second groups together; the rest is asked of informative trials. Raises
    ValueError as `peto` does.
    """
    supposed = peto(trials)
    informative = [trial for trial in trials if trial.is_informative]
    risk = sum(trial.second.events for trial in trials) / sum(trial.second.n for trial in trials)
    if risk > AFFECTED or (risk >= RARE and not any(t.has_empty_cell for t in informative)):
        return Choice(None, Why.NOT_RARE, risk)
    if supposed.q_p < SURE_TO_DIFFER:
        return Choice(None, Why.DIFFERENT, risk)
    if 0 in (sum(t.first.events for t in trials), sum(t.second.events for t in trials)):
        return Choice(CommonMethod.PETO, Why.ONE_SIDED, risk)
    if risk >= RARE:
        return Choice(CommonMethod.MANTEL_HAENSZEL, Why.EMPTY_CELLS, risk)
    if any(trial.imbalance > LARGEST_IMBALANCE for trial in informative):
        return Choice(CommonMethod.MANTEL_HAENSZEL, Why.UNBALANCED, risk)
    if abs(supposed.estimate) > math.log(LARGEST_RATIO):
        return Choice(CommonMethod.MANTEL_HAENSZEL, Why.LARGE_EFFECT, risk)
    return Choice(CommonMethod.PETO, Why.RARE_AND_BALANCED, risk)
