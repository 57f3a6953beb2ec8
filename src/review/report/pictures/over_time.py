"""Certainty through the years, one small chart a proposition."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from review.report.evidence.model import OverTime, YearRow
from review.report.model import Report
from review.report.parts.document import Block, Column, Paragraph, Picture, Run, Table, table_row
from review.report.pictures.canvas import SMALLEST, drawn, panel, portions, wrapped
from review.report.pictures.certainty_chart import (
    GREY,
    PALE,
    RUNGS,
    Point,
    draw_point,
    signs_of,
    stretches,
)

CHARTS = 6
_ACROSS = 3
_WIDTH, _CELL, _PITCH = 257.0, 85.6, 55.0
_TITLE, _LEFT, _PLOT_WIDTH, _PLOT_HEIGHT, _LEGEND = 11.0, 16.0, 67.0, 33.0, 7.0


def over_time_blocks(report: Report) -> tuple[Block, ...]:
    """Charts of at most `CHARTS` propositions a figure, and the table of every step."""
    if not report.over_time:
        words = "No proposition is graded on evidence in people, so there is no certainty to follow."
        return (Paragraph((Run(words),)),)
    sheets = portions(report.over_time, CHARTS)
    pictures = (_picture(rows, number, len(sheets)) for number, rows in enumerate(sheets, start=1))
    return (*pictures, _table(report.over_time))


def _picture(charts: Sequence[OverTime], number: int, sheets: int) -> Picture:
    place = f" ({number} of {sheets})" if sheets > 1 else ""
    lines = -(-len(charts) // _ACROSS)
    return Picture(
        anchor=f"figure-over-time-{number}",
        caption=(
            f"GRADE certainty at the end of each year{place}, with the number of studies that count at "
            "each change. Each chart begins in the year before its first change."
        ),
        alt=" ".join(_sentences(charts)),
        png=drawn(_WIDTH, lines * _PITCH + _LEGEND, lambda sheet: _draw(sheet, charts)),
        width_mm=int(_WIDTH),
    )


def _sentences(charts: Sequence[OverTime]) -> Iterator[str]:
    years = [row.year for row in charts[0].years]
    kind = "Line chart" if len(charts) == 1 else f"{len(charts)} line charts"
    yield f"{kind} of GRADE certainty at the end of each year, {years[0]} to {years[-1]}."
    for number, chart in enumerate(charts, start=1):
        yield f"{number}. {chart.statement}"
        yield from stretches(_points(chart.years))


def _points(rows: Sequence[YearRow]) -> list[Point]:
    """The standing of every year: a year that is not among the rows is as the one before."""
    points = []
    for before, after in pairwise(rows):
        points += [_point(before, year) for year in range(before.year, after.year)]
    return [*points, _point(rows[-1], rows[-1].year)]


def _point(row: YearRow, year: int) -> Point:
    return Point(
        year=year,
        direction=row.direction,
        certainty=row.certainty or None,
        studies=row.studies,
        standing=row.standing,
        basis=row.basis,
    )


def _draw(sheet: Axes, charts: Sequence[OverTime]) -> None:
    for place, chart in enumerate(charts):
        left, top = place % _ACROSS * _CELL, place // _ACROSS * _PITCH
        title = wrapped(chart.statement, _CELL - 5, 2, 7.5)
        sheet.text(left + 1, top + _TITLE - 1.5, title, va="bottom", size=7.5)
        _draw_chart(panel(sheet, left + _LEFT, top + _TITLE, _PLOT_WIDTH, _PLOT_HEIGHT), chart)
    signs = signs_of([_point(row, row.year) for chart in charts for row in chart.years])
    figure = sheet.get_figure()
    assert figure is not None, "a sheet is the axes of a figure"
    figure.legend(handles=signs, loc="lower center", ncols=len(signs), frameon=False, fontsize=7)


def _draw_chart(axes: Axes, chart: OverTime) -> None:
    points = [_point(row, row.year) for row in chart.years]
    # Before the first change nothing happens: the chart begins in the last of those years.
    first = points[1].year - 1 if len(points) > 1 else points[0].year
    points = [_point(chart.years[0], first), *points[1:]]
    years, rungs = [p.year for p in points], [p.rung for p in points]
    axes.plot(years, rungs, color=GREY, linewidth=0.8, drawstyle="steps-post", zorder=1)
    for point in points:
        draw_point(axes, point, SMALLEST)
    margin = max(0.5, 0.04 * (years[-1] - years[0]))
    axes.set_xlim(years[0] - margin, years[-1] + margin)
    axes.set_ylim(-0.5, len(RUNGS) - 0.3)
    axes.set_yticks(range(len(RUNGS)), RUNGS)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    axes.tick_params(labelsize=SMALLEST, length=2, width=0.5)
    axes.grid(axis="y", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _table(charts: Sequence[OverTime]) -> Table:
    columns = (
        Column("statement", "Statement", 36),
        Column("year", "Year", 7, True),
        Column("certainty", "Certainty", 12),
        Column("direction", "Points", 12),
        Column("studies", "Studies that count", 10, True),
        Column("standing", "Standing", 18),
        Column("basis", "Basis", 18),
    )
    rows = tuple(
        table_row(
            (Run(chart.statement, link=f"#evidence-{chart.proposition}"),),
            row.year,
            row.certainty.spoken if row.certainty else RUNGS[0],
            row.direction,
            row.studies,
            row.standing,
            row.basis,
        )
        for chart in charts
        for row in chart.years
    )
    note = (
        "Shown are the propositions graded on evidence in people that most claims make, at most twelve; "
        "of each the first year, the last, and every year in which something changed. A recorded "
        "judgement holds for the studies it names; for earlier years stands what the rules suggest. A "
        "study without a year counts from the day on which it was recorded here."
    )
    return Table("table-over-time", "Every change of certainty.", columns, rows, note)
