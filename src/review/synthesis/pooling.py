"""Random-effects pooling: the mean of the studies' effects, how sure it is, what a new study may show.

The default is what Cochrane has taken for RevMan (methods.cochrane.org, "Random-effects meta-analysis
methods for Intervention Reviews"), tau² by REML and the interval by Hartung and Knapp, with the
correction that keeps it from being narrower than Wald's. Every number is held to R's metafor,
`rma(yi, vi, method=…, test="adhoc", "knha" or "z")`; docs/synthesis.md tells how. Wald's standard error
is the textbook one, the root of one over the sum of the weights, which takes tau² as known.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from review.synthesis.effects import Effect
from review.synthesis.heterogeneity import Method, Sample, i2_at, tau2_interval, tau2_of
from review.synthesis.numerics import chi2_above, normal_quantile, t_quantile

Interval = tuple[float, float]
LEVEL = 0.95


class IntervalMethod(StrEnum):
    """How the interval of the mean is made.

    - Hartung-Knapp (2001): the error by how far the effects lie from their mean, and t with k - 1
      degrees of freedom. Where they happen to lie close together it can be far too narrow.
    - the same, corrected: its error is never below Wald's; metafor's `adhoc`, which names Jackson and
      others 2017, section 4.3. Röver and others (2015, PMC4647507) advise it for few studies of unlike
      precision.
    - Wald: the error as if tau² were known, and the normal distribution; too narrow with few studies
    """

    CORRECTED = "hartung-knapp-corrected"
    HARTUNG_KNAPP = "hartung-knapp"
    WALD = "wald"

    @property
    def spoken(self) -> str:
        """The method as a sentence names it."""
        return {
            IntervalMethod.CORRECTED: "Hartung-Knapp, its error never below Wald's",
            IntervalMethod.HARTUNG_KNAPP: "Hartung-Knapp, uncorrected",
            IntervalMethod.WALD: "Wald",
        }[self]


class Prediction(StrEnum):
    """The degrees of freedom of the prediction interval for `k` studies.

    - k - 2: Higgins and others (2009); Partlett and Riley (2017) with the error of Hartung and Knapp.
      There is none for two studies.
    - k - 1: metafor's default (Viechtbauer, help page of `predict.rma`, version 3.8-1): the prediction
      interval is then the interval of the mean where tau² is zero
    """

    K_MINUS_2 = "k-2"
    K_MINUS_1 = "k-1"

    @property
    def spoken(self) -> str:
        """The distribution as a sentence names it."""
        return f"t with {self.replace('-', ' − ')} degrees of freedom"

    def degrees(self, k: int) -> int:
        """The degrees of freedom, zero for two studies under k - 2."""
        return k - (2 if self is Prediction.K_MINUS_2 else 1)


@dataclass(frozen=True, slots=True)
class Pooled:
    """The result of pooling `k` studies; effects are in the unit of the studies, I² in percent.

    `prediction_interval` is None where there are too few studies for one.
    """

    method: Method
    interval: IntervalMethod
    prediction: Prediction
    k: int
    estimate: float
    se: float
    ci: Interval
    prediction_interval: Interval | None
    tau2: float
    tau2_ci: Interval
    q: float
    q_p: float
    i2: float
    i2_ci: Interval


def pooled(
    effects: Sequence[Effect],
    method: Method = Method.REML,
    *,
    interval: IntervalMethod = IntervalMethod.CORRECTED,
    prediction: Prediction = Prediction.K_MINUS_2,
    level: float = LEVEL,
) -> Pooled:
    """The random-effects mean of at least two studies, with its intervals and its heterogeneity.

    Raises ValueError for fewer than two studies, for a study that stands twice, for a level outside 0
    to 1, and for the uncorrected Hartung-Knapp interval when all effects are equal.
    """
    if not 0 < level < 1:
        raise ValueError(f"the level of an interval lies between 0 and 1, not at {level:g}")
    sample = sample_of(effects)
    tau2 = tau2_of(sample, method)
    estimate = sample.mean(tau2)
    se = _standard_error(sample, tau2, interval)
    upper = (1 + level) / 2
    is_wald = interval is IntervalMethod.WALD
    quantile = normal_quantile(upper) if is_wald else t_quantile(upper, sample.k - 1)
    tau2_ci = tau2_interval(sample, level)
    degrees = prediction.degrees(sample.k)
    reach = math.hypot(se, math.sqrt(tau2))
    return Pooled(
        method=method,
        interval=interval,
        prediction=prediction,
        k=sample.k,
        estimate=estimate,
        se=se,
        ci=around(estimate, quantile * se),
        prediction_interval=around(estimate, t_quantile(upper, degrees) * reach) if degrees else None,
        tau2=tau2,
        tau2_ci=tau2_ci,
        q=sample.q(),
        q_p=chi2_above(sample.q(), sample.k - 1),
        i2=i2_at(sample, tau2),
        i2_ci=(i2_at(sample, tau2_ci[0]), i2_at(sample, tau2_ci[1])),
    )


def leave_one_out(
    effects: Sequence[Effect],
    method: Method = Method.REML,
    *,
    interval: IntervalMethod = IntervalMethod.CORRECTED,
    prediction: Prediction = Prediction.K_MINUS_2,
    level: float = LEVEL,
) -> tuple[tuple[str, Pooled], ...]:
    """Each study's name with the result of pooling all the others, in the order of the studies.

    Raises ValueError for fewer than three studies, as `pooled` does for what remains.
    """
    if len(effects) < 3:
        raise ValueError("leaving one out needs at least 3 studies, for 2 must remain")
    return tuple(
        (
            left.study,
            pooled(
                _without(effects, place), method, interval=interval, prediction=prediction, level=level
            ),
        )
        for place, left in enumerate(effects)
    )


def sample_of(effects: Iterable[Effect]) -> Sample:
    """The numbers of at least two different studies. Raises ValueError for fewer or repeated ones."""
    ordered = sorted(effects, key=lambda effect: (effect.yi, effect.vi))
    if len(ordered) < 2:
        raise ValueError(f"pooling needs at least 2 studies, not {len(ordered)}: state the one as it is")
    refuse_repeated(effect.study for effect in ordered)
    return Sample(np.array([e.yi for e in ordered]), np.array([e.vi for e in ordered]))


def refuse_repeated(studies: Iterable[str]) -> None:
    """Raises ValueError with every study that stands twice."""
    repeated = sorted(name for name, count in Counter(studies).items() if count > 1)
    if repeated:
        raise ValueError(f"{', '.join(repeated)}: effects of one study are not independent")


def _standard_error(sample: Sample, tau2: float, interval: IntervalMethod) -> float:
    wald = 1 / math.sqrt(float(np.sum(sample.weights(tau2))))
    if interval is IntervalMethod.WALD:
        return wald
    ratio = math.sqrt(sample.q(tau2) / (sample.k - 1))
    if interval is IntervalMethod.CORRECTED:
        return wald * max(1.0, ratio)
    if ratio == 0:
        raise ValueError("all effects are equal: the uncorrected Hartung-Knapp interval has no width")
    return wald * ratio


def around(centre: float, reach: float) -> Interval:
    """The interval that reaches as far on both sides."""
    return centre - reach, centre + reach


def _without(effects: Sequence[Effect], place: int) -> list[Effect]:
    return [*effects[:place], *effects[place + 1 :]]
