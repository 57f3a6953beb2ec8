"""Forest plots of the groups of studies that can be pooled."""

import math
import sys
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, NullLocator, StrMethodFormatter

from review.report.evidence.model import Forest
from review.report.model import Report
from review.report.parts.document import Block, Column, Paragraph, Picture, Row, Run, Table, table_row
from review.report.pictures.canvas import SMALLEST, cited, drawn, fitted, panel
from review.report.pictures.certainty_chart import BLUE, GREY, INK, PALE, VERMILION

_WIDTH, _CITATION, _PLOT, _TOP, _AXIS = 240.0, 62.0, 112.0, 7.0, 11.0
_PITCH, _LEAST_PITCH, _PLOT_HEIGHT, _SUMMARY = 4.6, 2.9, 126.0, 3
_NUMBERS = _CITATION + _PLOT + 4
_SIZE = 7.0
Interval = tuple[float, float]


def forest_blocks(report: Report) -> tuple[Block, ...]:
    """One figure and one table a pooled group, or why nothing is pooled."""
    if not report.forests:
        words = report.not_pooled or "This report is written without the evidence, so nothing is pooled."
        return (Paragraph((Run(words),)),)
    return tuple(block for forest in report.forests for block in (_picture(forest), _table(forest)))


def _picture(forest: Forest) -> Picture:
    height = _TOP + _pitch(forest) * (len(forest.rows) + _SUMMARY) + _AXIS
    studies = "; ".join(
        f"{row.citation} {_estimate(row.effect, row.ci)}, weight {row.weight:.1f}%"
        for row in forest.rows
    )
    return Picture(
        anchor=f"figure-forest-{forest.key}",
        caption=(
            f"Forest plot of {len(forest.rows)} studies, {_measure(forest)}: {forest.statement} "
            f"{_how(forest)}"
        ),
        alt=(
            f"Forest plot of {_measure(forest)} for: {forest.statement} {studies}. Pooled: "
            f"{_estimate(forest.effect, forest.ci)}; prediction interval {_predicted(forest)}; "
            f"I² {forest.i2:.1f}%."
        ),
        png=drawn(_WIDTH, height, lambda sheet: _draw(sheet, forest)),
        width_mm=int(_WIDTH),
    )


def _pitch(forest: Forest) -> float:
    """The height of a line in mm: less where many studies would not fit on a page turned sideways."""
    return min(_PITCH, max(_LEAST_PITCH, _PLOT_HEIGHT / (len(forest.rows) + _SUMMARY)))


def _measure(forest: Forest) -> str:
    return f"{forest.measure} ({forest.unit})" if forest.unit else forest.measure


def _how(forest: Forest) -> str:
    """How the pooled numbers were made."""
    return (
        f"Random effects: tau² by {forest.method}; 95% interval by {forest.interval}; prediction "
        f"interval by {forest.prediction}."
    )


def _predicted(forest: Forest) -> str:
    return _interval(forest.prediction_interval) if forest.prediction_interval else "needs 3 studies"


def _number(value: float) -> str:
    """Three significant digits, never fewer than those before the point, with a true minus sign."""
    size = abs(value)
    # "z": what rounds to nought has no sign.
    if size >= 1e6:
        return f"{value:.0e}".replace("-", "−").replace("+", "")
    digits = f"{value:z.0f}" if size >= 100 else f"{value:z.1f}" if size >= 10 else f"{value:z.2f}"
    return digits.replace("-", "−")


def _interval(interval: Interval) -> str:
    return f"{_number(interval[0])} to {_number(interval[1])}"


def _estimate(effect: float, interval: Interval) -> str:
    return f"{_number(effect)} ({_interval(interval)})"


def _draw(sheet: Axes, forest: Forest) -> None:
    lines = len(forest.rows) + _SUMMARY
    sheet.text(1, _TOP - 2, "study", weight="bold", size=_SIZE)
    sheet.text(_NUMBERS, _TOP - 2, "effect (95% interval)", weight="bold", size=_SIZE)
    sheet.text(_WIDTH - 1, _TOP - 2, "weight", weight="bold", size=_SIZE, ha="right")
    pitch = _pitch(forest)
    plot = panel(sheet, _CITATION, _TOP, _PLOT, pitch * lines)
    _prepare(plot, forest, lines)
    heaviest = max(row.weight for row in forest.rows)
    for place, row in enumerate(forest.rows):
        y, area = place + 0.5, 45 * row.weight / heaviest + 4
        plot.plot(row.ci, [y, y], color=INK, linewidth=0.9)
        plot.scatter([row.effect], [y], s=area, marker="s", color=BLUE, zorder=3)
        label = (cited(row.citation, _CITATION - 2), _estimate(row.effect, row.ci), f"{row.weight:.1f}%")
        _write(sheet, pitch * (place + 0.5), label)
    _draw_pooled(sheet, plot, forest)


def _prepare(plot: Axes, forest: Forest, lines: int) -> None:
    """Scale, line of no effect, and ticks; on the scale of logarithms for ratios."""
    null = 1.0 if forest.is_ratio else 0.0
    plot.set_xlim(limits(forest, null))
    if forest.is_ratio:
        plot.set_xscale("log")
        plot.xaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5), numticks=12))
        plot.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        plot.xaxis.set_minor_locator(NullLocator())
        plot.xaxis.set_minor_formatter(NullFormatter())
    else:
        plot.xaxis.set_major_locator(MaxNLocator(nbins=7))
    plot.set_ylim(lines, 0)
    plot.set_yticks([])
    plot.axvline(null, color=GREY, linewidth=0.8, linestyle="--")
    plot.axhline(len(forest.rows) + 0.3, color=PALE, linewidth=0.8)
    plot.tick_params(labelsize=SMALLEST, length=2, width=0.5)
    plot.set_xlabel(fitted(_measure(forest), _PLOT, _SIZE), fontsize=_SIZE)
    plot.spines[["top", "left", "right"]].set_visible(False)


def limits(forest: Forest, null: float) -> Interval:
    """The ends of the axis: around the studies and no effect, with as much again for what is pooled.

    With two or three studies the intervals of t can be a hundred times as wide as those of the studies.
    """
    studies = [_scaled(end, forest) for row in forest.rows for end in row.ci] + [_scaled(null, forest)]
    pooled = [_scaled(end, forest) for end in (*forest.ci, *(forest.prediction_interval or ()))]
    low, high = min(studies), max(studies)
    width = high - low
    first = max(low - width, min([low, *pooled])) - 0.05 * width
    last = min(high + width, max([high, *pooled])) + 0.05 * width
    return (math.exp(first), math.exp(last)) if forest.is_ratio else (first, last)


def _scaled(value: float, forest: Forest) -> float:
    """Where the value lies on the axis; a ratio that is too small for a float at the least one."""
    return math.log(max(value, sys.float_info.min)) if forest.is_ratio else value


def _draw_pooled(sheet: Axes, plot: Axes, forest: Forest) -> None:
    """The diamond, the prediction interval below it, and the numbers of both."""
    y, pitch = len(forest.rows) + 1, _pitch(forest)
    low, high = _within(plot, forest.ci, y)
    plot.fill([low, forest.effect, high, forest.effect], [y, y - 0.38, y, y + 0.38], color=VERMILION)
    if forest.prediction_interval:
        predicted = _within(plot, forest.prediction_interval, y + 1)
        plot.plot(predicted, [y + 1, y + 1], color=VERMILION, linewidth=2.2)
    name = f"pooled, random effects ({forest.method}); I² {forest.i2:.1f}%"
    _write(sheet, pitch * y, (name, _estimate(forest.effect, forest.ci), "100.0%"), "bold")
    _write(sheet, pitch * (y + 1), ("prediction interval", _predicted(forest), ""))


def _within(plot: Axes, interval: Interval, y: float) -> Interval:
    """The interval as far as the axis shows it, with an arrow where it goes on."""
    first, last = plot.get_xlim()
    for end, marker, goes_on in ((first, "<", interval[0] < first), (last, ">", interval[1] > last)):
        if goes_on:
            plot.scatter([end], [y], marker=marker, s=26, color=VERMILION, clip_on=False, zorder=3)
    return max(first, interval[0]), min(last, interval[1])


def _write(sheet: Axes, below: float, label: Sequence[str], weight: str = "normal") -> None:
    name, numbers, share = label
    y = _TOP + below
    sheet.text(1, y, name, va="center_baseline", size=SMALLEST, weight=weight)
    sheet.text(_NUMBERS, y, numbers, va="center_baseline", size=SMALLEST, weight=weight)
    sheet.text(_WIDTH - 1, y, share, va="center_baseline", size=SMALLEST, weight=weight, ha="right")


def _table(forest: Forest) -> Table:
    columns = (
        Column("study", "Study", 40),
        Column("effect", "Effect", 14, True),
        Column("low", "95% from", 14, True),
        Column("high", "95% to", 14, True),
        Column("weight", "Weight, %", 14, True),
    )
    studies = tuple(
        _row(Run(row.citation, link=f"#ref-{row.study}"), row.effect, row.ci, f"{row.weight:.1f}")
        for row in forest.rows
    )
    pooled = _row(Run("Pooled", strong=True), forest.effect, forest.ci, "100.0")
    predicted = _row(Run("Prediction interval"), None, forest.prediction_interval, "")
    note = (
        f"{_how(forest)} tau² {forest.tau2:.4f}, I² {forest.i2:.1f}%. Intervals that were read are "
        "taken as 95% intervals."
    )
    return Table(
        f"table-forest-{forest.key}",
        f"The numbers of the forest plot, {_measure(forest)}.",
        columns,
        (*studies, pooled, predicted),
        note,
    )


def _row(name: Run, effect: float | None, interval: Interval | None, weight: str) -> Row:
    estimate = "" if effect is None else _number(effect)
    low, high = (_number(end) for end in interval) if interval else ("–", "–")
    return table_row((name,), estimate, low, high, weight)
