"""`python -m benchmarks.coverage [SETS]`: how often intervals of pooled effects hold what is true.

Prints the table of docs/synthesis.md, whose numbers are of 3,000 sets a row and take some ten minutes.
A set has k studies. Each has a true effect drawn around 0.3 with the standard deviation tau, a variance
drawn from 0.02 to 0.5 with a uniform logarithm, as log ratios of small and middling trials have it, and
an effect drawn around its true one. A prediction is right where it holds the true effect of one more
study.
"""

import math
import sys

import numpy as np

from review.synthesis import Effect, IntervalMethod, Method, Pooled, Prediction, pooled

SEED = 20261130
MEAN = 0.3
VARIANCES = (0.02, 0.5)
STUDIES, TAUS = (2, 3, 5, 10), (0.0, 0.3, 0.6)
NORMAL = 1.959963984540054
COLUMNS = (
    "Wald",
    "Hartung-Knapp",
    "corrected",
    "corrected is wider",
    "normal",
    "t(k − 1), Hartung-Knapp",
    "t(k − 2), Hartung-Knapp",
    "t(k − 1), corrected",
    "t(k − 2), corrected",
)

Interval = tuple[float, float]


def holds(interval: Interval | None, value: float) -> float:
    """1 where the interval holds the value, 0 where not; not a number where there is no interval."""
    return math.nan if interval is None else float(interval[0] <= value <= interval[1])


def drawn(random: np.random.Generator, k: int, tau: float) -> list[Effect]:
    """The effects of one set."""
    low, high = np.log(VARIANCES)
    variances = np.exp(random.uniform(low, high, k))
    effects = random.normal(random.normal(MEAN, tau, k), np.sqrt(variances))
    pairs = zip(effects, variances, strict=True)
    return [Effect(f"S{n}", float(y), float(v)) for n, (y, v) in enumerate(pairs)]


def results(effects: list[Effect], following: float) -> list[float]:
    """What holds in one set, in the order of COLUMNS; `following` is the true effect of a new study."""

    def by(interval: IntervalMethod, prediction: Prediction) -> Pooled:
        return pooled(effects, Method.REML, interval=interval, prediction=prediction)

    wald = by(IntervalMethod.WALD, Prediction.K_MINUS_1)
    plain = [by(IntervalMethod.HARTUNG_KNAPP, prediction) for prediction in reversed(Prediction)]
    corrected = [by(IntervalMethod.CORRECTED, prediction) for prediction in reversed(Prediction)]
    reach = NORMAL * math.hypot(wald.se, math.sqrt(wald.tau2))
    normal = wald.estimate - reach, wald.estimate + reach
    return [
        *(holds(result.ci, MEAN) for result in (wald, plain[0], corrected[0])),
        float(corrected[0].se > plain[0].se),
        holds(normal, following),
        *(holds(result.prediction_interval, following) for result in (*plain, *corrected)),
    ]


def main(sets: int) -> None:
    """Print one row for each number of studies and each tau."""
    print(f"| k | tau | {' | '.join(COLUMNS)} |")
    print("| --- " * (len(COLUMNS) + 2) + "|")
    for k in STUDIES:
        for tau in TAUS:
            random = np.random.default_rng([SEED, k, round(10 * tau)])
            rows = [results(drawn(random, k, tau), random.normal(MEAN, tau)) for _ in range(sets)]
            shares = np.mean(rows, axis=0)
            cells = ["–" if math.isnan(share) else f"{share:.3f}" for share in shares]
            print(f"| {k} | {tau:g} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
