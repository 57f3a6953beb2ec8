"""Random-effects pooling: the mean of the studies' effects, how sure it is, what a new study may show.

Every number follows R's metafor, `rma(yi, vi, method=…, test="z" or "knha")`; docs/synthesis.md tells
how that was checked. The standard error under REML is the textbook one, the root of one over the sum of
the weights, which takes tau² as known.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from review.synthesis.effects import Effect
from review.synthesis.heterogeneity import Method, Sample, i2_at, tau2_interval, tau2_of
from review.synthesis.numerics import chi2_above, normal_quantile, t_quantile

Interval = tuple[float, float]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Pooled:
    """The result of pooling `k` studies; effects are in the unit of the studies, I² in percent."""

    method: Method
    knha: bool
    k: int
    estimate: float
    se: float
    ci: Interval
    prediction_interval: Interval
    tau2: float
    tau2_ci: Interval
    q: float
    q_p: float
    i2: float
    i2_ci: Interval


def pooled(
    effects: Sequence[Effect], method: Method = Method.REML, *, knha: bool = False, level: float = LEVEL
) -> Pooled:
    """The random-effects mean of at least two studies, with its intervals and its heterogeneity.

    `knha` takes the standard error and the t distribution of Hartung and Knapp (2001) instead of the
    Wald interval. The prediction interval is metafor's default: the normal quantile without `knha`, t
    with k - 1 degrees of freedom with it; the form of Higgins, t with k - 2, is not given.
    Raises ValueError for fewer than two studies, for a study that stands twice, for a level outside 0
    to 1, and for `knha` when all effects are equal.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, not at {level:g}")
    sample = sample_of(effects)
    tau2 = tau2_of(sample, method)
    estimate = sample.mean(tau2)
    se = _standard_error(sample, tau2, knha)
    upper = (1 + level) / 2
    quantile = t_quantile(upper, sample.k - 1) if knha else normal_quantile(upper)
    tau2_ci = tau2_interval(sample, level)
    return Pooled(
        method=method,
        knha=knha,
        k=sample.k,
        estimate=estimate,
        se=se,
        ci=_around(estimate, quantile * se),
        prediction_interval=_around(estimate, quantile * math.hypot(se, math.sqrt(tau2))),
        tau2=tau2,
        tau2_ci=tau2_ci,
        q=sample.q(),
        q_p=chi2_above(sample.q(), sample.k - 1),
        i2=i2_at(sample, tau2),
        i2_ci=(i2_at(sample, tau2_ci[0]), i2_at(sample, tau2_ci[1])),
    )


def leave_one_out(
    effects: Sequence[Effect], method: Method = Method.REML, *, knha: bool = False, level: float = LEVEL
) -> tuple[tuple[str, Pooled], ...]:
    """Each study's name with the result of pooling all the others, in the order of the studies.

    Raises ValueError for fewer than three studies, as `pooled` does for what remains.
    """
    if len(effects) < 3:
        raise ValueError("leaving one out needs at least 3 studies, for 2 must remain")
    return tuple(
        (left.study, pooled(_without(effects, place), method, knha=knha, level=level))
        for place, left in enumerate(effects)
    )


def sample_of(effects: Iterable[Effect]) -> Sample:
    """The numbers of at least two different studies. Raises ValueError for fewer or repeated ones."""
    ordered = sorted(effects, key=lambda effect: (effect.yi, effect.vi))
    if len(ordered) < 2:
        raise ValueError(f"pooling needs at least 2 studies, not {len(ordered)}: state the one as it is")
    times = Counter(effect.study for effect in ordered)
    repeated = sorted(name for name, count in times.items() if count > 1)
    if repeated:
        raise ValueError(f"{', '.join(repeated)}: effects of one study are not independent")
    return Sample(np.array([e.yi for e in ordered]), np.array([e.vi for e in ordered]))


def _standard_error(sample: Sample, tau2: float, knha: bool) -> float:
    plain = 1 / math.sqrt(float(np.sum(sample.weights(tau2))))
    if not knha:
        return plain
    se = plain * math.sqrt(sample.q(tau2) / (sample.k - 1))
    if se == 0:
        raise ValueError("all effects are equal: the Hartung-Knapp interval would have no width")
    return se


def _around(centre: float, reach: float) -> Interval:
    return centre - reach, centre + reach


def _without(effects: Sequence[Effect], place: int) -> list[Effect]:
    return [*effects[:place], *effects[place + 1 :]]
