"""Figures of a review, each with the words that say the same to who does not see it.

Colours are those of Okabe and Ito, which stay apart in every common kind of colour vision, and grey; a
symbol or a word always says the same as a colour. Settings of the machine have no influence on a figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from textwrap import fill, shorten

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from review.dossier.frame import Table
from review.model.vocabulary import Certainty, Direction
from review.verdicts.standing import Basis

BLUE, SKY, GREEN, YELLOW = "#0072B2", "#56B4E9", "#009E73", "#F0E442"
ORANGE, VERMILION, PURPLE = "#E69F00", "#D55E00", "#CC79A7"
GREY, PALE, INK, PAPER = "#595959", "#D9D9D9", "#1A1A1A", "#FFFFFF"
SIGNS = {
    Direction.SUPPORTS: ("^", BLUE, "supports"),
    Direction.CONTRADICTS: ("v", VERMILION, "contradicts"),
    Direction.MIXED: ("D", PURPLE, "mixed"),
    Direction.NONE: ("o", GREY, "no direction"),
}
"""Marker, colour and word of each direction."""
_NO_CERTAINTY = 0
RUNGS = ("none given", *(certainty.spoken for certainty in reversed(Certainty)))


@dataclass(frozen=True, slots=True)
class Point:
    """The standing at the end of one year."""

    year: int
    direction: Direction
    certainty: Certainty | None
    studies: int
    standing: str
    basis: Basis

    @property
    def rung(self) -> int:
        """Where the certainty stands among `RUNGS`."""
        return _NO_CERTAINTY if self.certainty is None else self.certainty.level

    @property
    def is_recorded(self) -> bool:
        """Whether the certainty rests on a recorded judgement."""
        return self.basis is Basis.RECORDED


def certainty_over_time(table: Table, statement: str) -> Figure:
    """The certainty of `statement` year by year, with the number of studies printed at each point.

    `table` is what `over_time` gives. The symbol tells the direction; it is filled where a judgement is
    recorded, hollow otherwise. `alt_text` is set as the figure's label and must stand beside it
    wherever it is shown. Raises ValueError for a table without a year.
    """
    points = _points(table)
    with style.context("default"):
        figure = Figure(figsize=(9.0, 4.6), dpi=100)
        FigureCanvasAgg(figure)
        figure.set_label(alt_text(table, statement))
        axes = figure.add_axes((0.13, 0.24, 0.85, 0.6))
        _draw(axes, points)
        _name_axes(axes, points)
        _explain_symbols(figure, points)
        title = fill(shorten(statement, 180, placeholder=" …"), 95)
        figure.text(0.13, 0.97, title, va="top", fontsize=11, parse_math=False)
    return figure


def alt_text(table: Table, statement: str) -> str:
    """What the figure shows, in sentences: first and last year, then each stretch without a change.

    Raises ValueError for a table without a year.
    """
    points = _points(table)
    first, last = points[0].year, points[-1].year
    opening = (
        f"Line chart of GRADE certainty at the end of each year, {first} to {last}, for: {statement}"
    )
    return " ".join([opening, *stretches(points)])


def svg(figure: Figure) -> str:
    """The figure as SVG, with its label as title: the same figure gives the same bytes.

    Identifiers are salted with a fixed word, and neither date nor program is named.
    """
    out = StringIO()
    with style.context(["default", {"svg.hashsalt": "review", "svg.fonttype": "path"}]):
        figure.savefig(
            out,
            format="svg",
            metadata={"Date": None, "Creator": None, "Title": str(figure.get_label())},
        )
    return out.getvalue()


def _points(table: Table) -> tuple[Point, ...]:
    if not len(table):
        raise ValueError("there is no year to show")
    return tuple(
        Point(
            year=int(year),
            direction=Direction(row["direction"]),
            certainty=Certainty(row["certainty"]) if isinstance(row["certainty"], str) else None,
            studies=int(row["studies"]),
            standing=str(row["standing"]),
            basis=Basis(row["basis"]),
        )
        for year, row in table.sort_index().iterrows()
    )


def _draw(axes: Axes, points: tuple[Point, ...]) -> None:
    years = [point.year for point in points]
    axes.plot(years, [p.rung for p in points], color=GREY, linewidth=1, drawstyle="steps-mid", zorder=1)
    for point in points:
        draw_point(axes, point)


def draw_point(axes: Axes, point: Point, size: float = 9) -> None:
    """The sign of one standing with its number of studies above; `size` is that of both, in points.

    The marker tells the direction, and is filled where a judgement is recorded.
    """
    marker, colour, _ = SIGNS[point.direction]
    axes.plot(
        [point.year],
        [point.rung],
        linestyle="none",
        marker=marker,
        markersize=size,
        markeredgecolor=colour,
        markeredgewidth=1.6 * size / 9,
        markerfacecolor=colour if point.is_recorded else "white",
    )
    axes.annotate(
        str(point.studies),
        (point.year, point.rung),
        xytext=(0, size),
        textcoords="offset points",
        ha="center",
        fontsize=size,
    )


def _name_axes(axes: Axes, points: tuple[Point, ...]) -> None:
    axes.set_xlim(points[0].year - 0.7, points[-1].year + 0.7)
    axes.set_ylim(-0.4, len(RUNGS) - 0.4)
    axes.set_yticks(range(len(RUNGS)), RUNGS)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True, min_n_ticks=1))
    axes.set_xlabel("standing at the end of the year; the number of studies that count is at each point")
    axes.set_ylabel("GRADE certainty")
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _explain_symbols(figure: Figure, points: tuple[Point, ...]) -> None:
    signs = signs_of(points)
    figure.legend(handles=signs, loc="lower center", ncols=len(signs), frameon=False, fontsize=9)


def signs_of(points: Sequence[Point]) -> list[Line2D]:
    """The entries of a legend that explains the signs of `points`."""
    met = {point.direction for point in points}
    signs = [_sign(*SIGNS[direction], "white") for direction in Direction if direction in met]
    if any(point.is_recorded for point in points):
        signs.append(_sign("s", "black", "filled: recorded judgement", "black"))
    if not all(point.is_recorded for point in points):
        signs.append(_sign("s", "black", "hollow: suggestion or rule", "white"))
    return signs


def _sign(marker: str, colour: str, name: str, face: str) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markeredgecolor=colour,
        markeredgewidth=1.6,
        markerfacecolor=face,
        label=name,
    )


def stretches(points: Sequence[Point]) -> Iterator[str]:
    """One sentence for each run of years that differ in the number of studies at most."""
    for (rung, standing, direction, basis), group in groupby(
        points, key=lambda point: (point.rung, point.standing, point.direction, point.basis)
    ):
        run = list(group)
        when = _span([point.year for point in run])
        studies = _span(sorted({point.studies for point in run}))
        noun = "study" if studies == "1" else "studies"
        way = SIGNS[direction][2]
        yield f"{when}: certainty {RUNGS[rung]}, {way}, {studies} {noun} ({standing}; {basis})."


def _span(numbers: list[int]) -> str:
    return str(numbers[0]) if numbers[0] == numbers[-1] else f"{numbers[0]} to {numbers[-1]}"
