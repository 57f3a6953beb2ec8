"""Quantiles, tail probabilities and a root finder: the only place that asks SciPy, with types."""

from collections.abc import Callable

from scipy import optimize, special  # type: ignore[import-untyped]


def normal_quantile(probability: float) -> float:
    """The value below which a standard normal variable falls with this probability."""
    return float(special.ndtri(probability))


def t_quantile(probability: float, degrees: int) -> float:
    """The value below which Student's t with these degrees of freedom falls with this probability."""
    return float(special.stdtrit(degrees, probability))


def t_two_sided(value: float, degrees: int) -> float:
    """The probability that Student's t is at least as far from zero as `value`."""
    return float(2 * special.stdtr(degrees, -abs(value)))


def chi2_quantile(probability: float, degrees: int) -> float:
    """The value below which chi-squared with these degrees of freedom falls with this probability."""
    # SciPy's `chdtri` takes the probability above, not below.
    return float(special.chdtri(degrees, 1 - probability))


def chi2_above(value: float, degrees: int) -> float:
    """The probability that chi-squared with these degrees of freedom exceeds `value`."""
    return float(special.chdtrc(degrees, value))


def log_gamma(value: float) -> float:
    """The logarithm of the gamma function at a positive value."""
    return float(special.gammaln(value))


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where `function` is zero between `low` and `high`, at which it must have opposite signs."""
    return float(optimize.brentq(function, low, high, xtol=1e-15, rtol=1e-14, maxiter=500))
