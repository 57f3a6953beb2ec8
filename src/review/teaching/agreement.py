"""How far raters agree: statistics with their intervals, bands and reservations.

All are computed here, from their published formulas: the libraries that have them are large, under the
GNU GPL, or pin versions from 2024, so they check these figures in the tests instead. `docs/agreement.md`
lists the published examples against which all of them are checked.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.special import ndtri, stdtrit

from review.teaching.ratings import Counts, Ratings, RatingTable, Scale

CONFIDENCE = 0.95
RESAMPLES = 2_000
SEED = 20_240_229
"""Of every bootstrap: the same ratings give the same interval."""

FEW_UNITS = 20
"""Below which an interval is called rough (our convention)."""


class Statistic(StrEnum):
    """The statistics, in the order in which they are given."""

    PERCENT = "percent agreement"
    KAPPA = "Cohen's kappa"
    KAPPA_LINEAR = "weighted kappa, linear"
    KAPPA_QUADRATIC = "weighted kappa, quadratic"
    FLEISS = "Fleiss' kappa"
    AC1 = "Gwet's AC1"
    AC2_LINEAR = "Gwet's AC2, linear"
    AC2_QUADRATIC = "Gwet's AC2, quadratic"
    ALPHA_NOMINAL = "Krippendorff's alpha, nominal"
    ALPHA_ORDINAL = "Krippendorff's alpha, ordinal"


@dataclass(frozen=True, slots=True)
class Band:
    """What a convention calls a value, and whose convention it is."""

    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One statistic of a table of ratings.

    `value` is None where the statistic is undefined, and `low` and `high` where its interval is; `note`
    then says why. `units` are those that the statistic uses, `interval` names its method.
    """

    statistic: Statistic
    value: float | None
    low: float | None
    high: float | None
    interval: str
    units: int
    raters: int
    band: Band | None
    note: str


LANDIS_KOCH = "Landis and Koch 1977"
_LANDIS_KOCH = (
    (0.80, "almost perfect"), (0.60, "substantial"), (0.40, "moderate"), (0.20, "fair"),
)  # fmt: skip
KRIPPENDORFF = "Krippendorff 2004"


def band(statistic: Statistic, value: float) -> Band | None:
    """What convention calls `value`; percent agreement has no band, as chance is not taken out of it.

    The bands of Landis and Koch were proposed for kappa, with two decimals; each goes on here to the
    next. Krippendorff asks for .800, and for .667 where tentative conclusions will do.
    """
    if statistic is Statistic.PERCENT:
        return None
    if statistic in (Statistic.ALPHA_NOMINAL, Statistic.ALPHA_ORDINAL):
        name = "reliable" if value >= 0.8 else "tentative" if value >= 0.667 else "not reliable"
        return Band(name, KRIPPENDORFF)
    if value < 0:
        return Band("poor", LANDIS_KOCH)
    return Band(next((name for above, name in _LANDIS_KOCH if value > above), "slight"), LANDIS_KOCH)


def agreement(ratings: Ratings, scale: Scale, resamples: int = RESAMPLES) -> tuple[Agreement, ...]:
    """Every statistic that fits the number of raters and the scale, in a fixed order.

    `ratings` are units by raters; a pandas frame with a row per unit gives them as
    `frame.to_dict("index")`. Cohen's kappas are for two raters, Fleiss' for more; weighted kappas, AC2
    and ordinal alpha are for ordered scales. The order of units and raters makes no difference.
    Where an interval comes from `resamples` of the units, nought of them gives none.
    Raises ValueError for a rating that is not on the scale, or fewer than two raters.
    """
    table = RatingTable(ratings, scale, resamples)
    return tuple(_FORMULAS[statistic](table, statistic) for statistic in _fitting(table))


def _fitting(table: RatingTable) -> list[Statistic]:
    two, ordered = len(table.raters) == 2, table.scale.ordered
    weighted = {Statistic.KAPPA_LINEAR, Statistic.KAPPA_QUADRATIC}
    unfit: set[Statistic] = {Statistic.FLEISS} if two else {Statistic.KAPPA, *weighted}
    if not ordered:
        unfit |= {*weighted, Statistic.AC2_LINEAR, Statistic.AC2_QUADRATIC, Statistic.ALPHA_ORDINAL}
    return [statistic for statistic in Statistic if statistic not in unfit]


_ONE_CATEGORY = "undefined: every rating is the same category, so chance alone would agree as well"
_NO_PAIRS = "undefined: no unit has two ratings"
_NO_VARIANCE = 1e-12  # below which a variance is rounding and nothing else
_FEW = "no interval: fewer than two units"
_NO_SPREAD = "the data do not vary, so the interval has no width; that is no proof of certainty"


def _percent(table: RatingTable, statistic: Statistic) -> Agreement:
    counts = table.pairable
    if not len(counts):
        return _undefined(table, statistic, 0, _NO_PAIRS)
    agreeing = _agreeing_share(counts, np.eye(counts.shape[1]))
    if len(table.raters) == 2:
        # With two raters each unit agrees or does not, so it is a share; with more it is a mean.
        limits = wilson(agreeing.sum(), len(counts))
        return _given(table, statistic, agreeing.mean(), limits, "Wilson", len(counts))
    return _resampled(table, statistic, counts, lambda _, draws: draws @ agreeing / draws.sum(axis=1))


def wilson(count: float, of: int) -> tuple[float, float]:
    """The interval of a share after Wilson 1927. Raises ZeroDivisionError for a share of nothing."""
    share, reach = count / of, float(ndtri((1 + CONFIDENCE) / 2))
    middle = share + reach**2 / (2 * of)
    half = reach * math.sqrt(share * (1 - share) / of + reach**2 / (4 * of**2))
    whole = 1 + reach**2 / of
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)


def _kappa(table: RatingTable, statistic: Statistic) -> Agreement:
    cross = table.cross
    units = int(cross.sum())
    if not units:
        return _undefined(table, statistic, 0, _NO_PAIRS)
    if cross.max() == units and cross.diagonal().sum() == units:
        return _undefined(table, statistic, units, _ONE_CATEGORY)
    value, error = cohens_kappa(cross, _weights(len(cross), statistic))
    reach = float(ndtri((1 + CONFIDENCE) / 2)) * error
    return _given(table, statistic, value, (value - reach, value + reach), "large-sample", units)


def cohens_kappa(cross: Counts, weights: Counts) -> tuple[float, float]:
    """Weighted kappa and its large-sample standard error, after Fleiss, Cohen and Everitt 1969.

    `cross` counts two raters' categories against each other; `weights` say how far each two of these
    agree, from 0 to 1. With 1 on the diagonal and 0 elsewhere it is the kappa of Cohen 1960.
    """
    shares = cross / cross.sum()
    first, second = shares.sum(axis=1), shares.sum(axis=0)
    by_chance = first @ weights @ second
    value = ((weights * shares).sum() - by_chance) / (1 - by_chance)
    expected = np.add.outer(weights @ second, first @ weights)
    spread = (shares * (weights - expected * (1 - value)) ** 2).sum()
    variance = (spread - (value - by_chance * (1 - value)) ** 2) / ((1 - by_chance) ** 2 * cross.sum())
    # A variance of nought comes out as a tiny number of either sign.
    return float(value), math.sqrt(variance) if variance > _NO_VARIANCE else 0.0


def _fleiss(table: RatingTable, statistic: Statistic) -> Agreement:
    counts = table.complete
    if not len(counts):
        return _undefined(table, statistic, 0, "undefined: no unit was rated by every rater")
    kappa = _resampled(table, statistic, counts, _fleiss_kappas)
    left_out = len(table.counts) - len(counts)
    missing = f"{left_out} units that not every rater rated are left out" if left_out else ""
    return replace(kappa, note="; ".join(note for note in (kappa.note, missing) if note))


def _fleiss_kappas(counts: Counts, draws: Counts) -> Counts:
    """Fleiss 1971: the agreement of pairs beyond that by chance, of units that all raters rated."""
    units, used = draws.sum(axis=1), draws @ counts
    by_chance = np.square(used / used.sum(axis=1, keepdims=True)).sum(axis=1)
    observed = draws @ _agreeing_share(counts, np.eye(counts.shape[1])) / units
    kappas: Counts = (observed - by_chance) / (1 - by_chance)
    return kappas


def _gwet(table: RatingTable, statistic: Statistic) -> Agreement:
    """AC1 and AC2 with their variance over units, after Gwet 2008 and 2014, with missing ratings."""
    counts = table.counts[table.counts.sum(axis=1) > 0]
    weights = _weights(counts.shape[1], statistic)
    totals = counts.sum(axis=1)
    paired = totals >= 2
    if not paired.any():
        return _undefined(table, statistic, 0, _NO_PAIRS)
    shares = counts / totals[:, None]
    used = shares.mean(axis=0)
    spread = weights.sum() / (len(used) * (len(used) - 1))
    by_chance = spread * (used * (1 - used)).sum()
    agreeing = np.zeros(len(counts))
    agreeing[paired] = _agreeing_share(counts[paired], weights)
    value = (agreeing.sum() / paired.sum() - by_chance) / (1 - by_chance)
    if len(counts) < 2:
        return _given(table, statistic, value, None, "Gwet's variance over units", len(counts))
    scale_up = len(counts) / paired.sum()
    of_unit = np.where(paired, scale_up * (agreeing - by_chance) / (1 - by_chance), 0.0)
    chance_of_unit = spread * (shares * (1 - used)).sum(axis=1)
    linear = of_unit - 2 * (1 - value) * (chance_of_unit - by_chance) / (1 - by_chance)
    error = math.sqrt(((linear - value) ** 2).sum() / (len(counts) * (len(counts) - 1)))
    reach = float(stdtrit(len(counts) - 1, (1 + CONFIDENCE) / 2)) * error
    method = "Gwet's variance over units, t"
    return _given(table, statistic, value, (value - reach, value + reach), method, len(counts))


def _krippendorff(table: RatingTable, statistic: Statistic) -> Agreement:
    counts = table.pairable
    if not len(counts):
        return _undefined(table, statistic, 0, _NO_PAIRS)
    nominal = statistic is Statistic.ALPHA_NOMINAL
    # Alpha knows only the values that were given; AC1 and AC2 take the whole scale.
    used = counts[:, counts.sum(axis=0) > 0]
    return _resampled(table, statistic, used, _nominal_alpha if nominal else _ordinal_alpha)


def _nominal_alpha(counts: Counts, draws: Counts) -> Counts:
    """Krippendorff 2011: one less the observed over the expected disagreement, of pairable values."""
    used, totals = draws @ counts, counts.sum(axis=1)
    size = used.sum(axis=1)
    observed = draws @ ((totals**2 - (counts**2).sum(axis=1)) / (totals - 1))
    alphas: Counts = 1 - observed * (size - 1) / (size**2 - (used**2).sum(axis=1))
    return alphas


def _ordinal_alpha(counts: Counts, draws: Counts) -> Counts:
    """The same with a distance: the square of how many values lie between, with half of each end's."""
    used, totals = draws @ counts, counts.sum(axis=1)
    middle = used.cumsum(axis=1) - used / 2
    apart = np.square(middle[:, :, None] - middle[:, None, :])
    together = np.einsum("uc,uk,u->uck", counts, counts, 1 / (totals - 1))
    observed = (np.tensordot(draws, together, axes=1) * apart).sum(axis=(1, 2))
    expected = np.einsum("rc,rck,rk->r", used, apart, used)
    alphas: Counts = 1 - observed * (used.sum(axis=1) - 1) / expected
    return alphas


def _agreeing_share(counts: Counts, weights: Counts) -> Counts:
    """Of each unit, the share of its pairs of ratings that agree, or as far as `weights` say."""
    totals = counts.sum(axis=1)
    share: Counts = (counts * (counts @ weights - 1)).sum(axis=1) / (totals * (totals - 1))
    return share


def _weights(size: int, statistic: Statistic) -> Counts:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    if statistic in (Statistic.KAPPA_LINEAR, Statistic.AC2_LINEAR):
        return 1 - apart
    if statistic in (Statistic.KAPPA_QUADRATIC, Statistic.AC2_QUADRATIC):
        return 1 - apart**2
    return np.eye(size)


_KAPPAS = (Statistic.KAPPA, Statistic.KAPPA_LINEAR, Statistic.KAPPA_QUADRATIC)
_GWET = (Statistic.AC1, Statistic.AC2_LINEAR, Statistic.AC2_QUADRATIC)
_ALPHAS = (Statistic.ALPHA_NOMINAL, Statistic.ALPHA_ORDINAL)
_FORMULAS: Mapping[Statistic, Callable[[RatingTable, Statistic], Agreement]] = {
    Statistic.PERCENT: _percent,
    **dict.fromkeys(_KAPPAS, _kappa),
    Statistic.FLEISS: _fleiss,
    **dict.fromkeys(_GWET, _gwet),
    **dict.fromkeys(_ALPHAS, _krippendorff),
}


def _resampled(
    table: RatingTable, statistic: Statistic, counts: Counts, formula: Callable[[Counts, Counts], Counts]
) -> Agreement:
    """The statistic with the percentile interval over resampled units.

    `formula` gives a value for each row of its second argument, which says how often each unit is drawn.
    Resamples in which every rating is the same category have no value and are left out.
    """
    if (counts.sum(axis=0) > 0).sum() < 2 and statistic is not Statistic.PERCENT:
        return _undefined(table, statistic, len(counts), _ONE_CATEGORY)
    method = f"bootstrap over units, {table.resamples:,} resamples, seed {SEED}"
    units = len(counts)
    value = formula(counts, np.ones((1, units)))[0]
    if units < 2 or not table.resamples:
        return _given(table, statistic, value, None, method, units)
    even = np.full(units, 1 / units)
    draws = np.random.default_rng(SEED).multinomial(units, even, size=table.resamples)
    # A resample of one category divides nought by nought; `nanquantile` leaves it out.
    with np.errstate(invalid="ignore", divide="ignore"):
        values = formula(counts, draws.astype(float))
    low, high = np.nanquantile(values, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return _given(table, statistic, value, (low, high), method, units)


def _given(
    table: RatingTable,
    statistic: Statistic,
    value: float,
    limits: tuple[float, float] | None,
    method: str,
    units: int,
) -> Agreement:
    value = float(value)
    if limits is None:
        low, high, note = None, None, _FEW
    else:
        # A large-sample interval may reach beyond what a coefficient can be.
        low, high = max(float(limits[0]), -1.0), min(float(limits[1]), 1.0)
        few = f"only {units} units: the interval is rough" if units < FEW_UNITS else ""
        note = _NO_SPREAD if math.isclose(low, high, abs_tol=1e-9) else few
    return Agreement(
        statistic, value, low, high, method, units, len(table.raters), band(statistic, value), note
    )


def _undefined(table: RatingTable, statistic: Statistic, units: int, note: str) -> Agreement:
    return Agreement(statistic, None, None, None, "none", units, len(table.raters), None, note)
