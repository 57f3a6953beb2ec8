"""The picture of the first page: how many claims have which verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from review.model.vocabulary import Verdict
from review.report.counted import counted
from review.report.model import Report, VerdictCount
from review.report.parts.document import Block, Column, Paragraph, Picture, Run, Table, table_row
from review.report.pictures.canvas import drawn, portions, width_of, wrapped
from review.report.pictures.certainty_chart import (
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PAPER,
    SKY,
    VERMILION,
    YELLOW,
)

COLOURS = {
    Verdict.SUBSTANTIATED: GREEN,
    Verdict.OVERSTATED: ORANGE,
    Verdict.UNSUPPORTED: SKY,
    Verdict.CONTRADICTED: VERMILION,
    Verdict.NOT_LOOKED_FOR: YELLOW,
    Verdict.SET_ASIDE: PALE,
}
"""Light enough for dark text on each; the symbol of the verdict stands beside every colour."""
BARS = 17
"""Bars of one figure, so that it fits on a page without being made smaller."""
_WIDTH, _LEFT, _RIGHT = 170.0, 44.0, 154.0
_PITCH, _BAR, _TOP, _LEGEND = 12.0, 8.0, 4.0, 6.0
_SWATCH = _GAP = 4.0
_SIZE, _SMALL = 9.0, 7.0
_ABOVE = 1.2


@dataclass(frozen=True, slots=True)
class _Bar:
    """The verdicts of one page, or of all of them."""

    name: str
    counts: tuple[VerdictCount, ...]

    @property
    def total(self) -> int:
        return sum(count.count for count in self.counts)


def verdict_blocks(report: Report) -> tuple[Block, ...]:
    """One bar a page, cut by verdict, in figures of `BARS` at most, and the table of its numbers."""
    if not report.shows_verdicts:
        return (Paragraph((Run("This report is written without verdicts."),)),)
    bars = _bars(report)
    if not any(bar.total for bar in bars):
        return (Paragraph((Run("There is no claim, so there are no verdicts to draw."),)),)
    sheets = portions(bars, BARS)
    pictures = (_picture(sheet, number, len(sheets)) for number, sheet in enumerate(sheets, start=1))
    return (*pictures, _table(bars))


def _bars(report: Report) -> tuple[_Bar, ...]:
    pages = tuple(_Bar(page.title, page.counts) for page in report.pages)
    return pages if len(pages) == 1 else (_Bar(f"All {len(pages)} pages", report.counts), *pages)


def _picture(bars: Sequence[_Bar], number: int, sheets: int) -> Picture:
    legend = _legend_lines(bars[0].counts)
    above = _TOP + _PITCH * len(bars)
    height = above + _LEGEND * len(legend)

    def draw(sheet: Axes) -> None:
        for place, bar in enumerate(bars):
            _draw_bar(sheet, bar, _TOP + place * _PITCH)
        _draw_legend(sheet, legend, above)

    place = f" ({number} of {sheets})" if sheets > 1 else ""
    return Picture(
        anchor="figure-verdicts" if number == 1 else f"figure-verdicts-{number}",
        caption=f"The verdicts on the claims{place}; every bar is the whole of its page.",
        alt=" ".join(["Bars of the verdicts on the claims.", *_sentences(bars)]),
        png=drawn(_WIDTH, height, draw),
        width_mm=int(_WIDTH),
    )


def _sentences(bars: Sequence[_Bar]) -> Iterator[str]:
    for bar in bars:
        counts = ", ".join(f"{count.count} {count.verdict.spoken}" for count in bar.counts)
        yield f"{bar.name}, {counted(bar.total, 'claim')}: {counts}."


def _draw_bar(sheet: Axes, bar: _Bar, top: float) -> None:
    middle = top + _BAR / 2
    sheet.text(_LEFT - 2, middle, wrapped(bar.name, _LEFT - 3, 2, 8), ha="right", va="center", size=8)
    claims = counted(bar.total, "claim")
    sheet.text(_RIGHT + 1, middle, claims, va="center", size=_SMALL, color=GREY)
    left, free = _LEFT, _LEFT
    for count in bar.counts:
        if not count.count:
            continue
        width = (_RIGHT - _LEFT) * count.count / bar.total
        colour = COLOURS[count.verdict]
        sheet.barh(middle, width, _BAR, left, color=colour, edgecolor=PAPER, linewidth=0.8)
        free = _draw_label(sheet, f"{count.symbol} {count.count}", (left, width), (top, free))
        left += width


def _draw_label(
    sheet: Axes, label: str, segment: tuple[float, float], room: tuple[float, float]
) -> float:
    """Write the label into its segment or, where that is too narrow, above it.

    `room` is the top of the bar and where the space above it is still free; gives where it is then.
    """
    (left, width), (top, free) = segment, room
    centre = left + width / 2
    if width_of(label, _SIZE) + 1 <= width:
        sheet.text(centre, top + _BAR / 2, label, ha="center", va="center", size=_SIZE)
        return free
    needed = width_of(label, _SMALL)
    start = min(max(free, centre - needed / 2), _WIDTH - needed)
    sheet.plot([centre, centre], [top, top - _ABOVE / 2], color=GREY, linewidth=0.6)
    sheet.text(start, top - _ABOVE / 2, label, va="bottom", size=_SMALL)
    return start + needed + 1.5


def _draw_legend(sheet: Axes, lines: Sequence[Sequence[VerdictCount]], top: float) -> None:
    for place, line in enumerate(lines):
        middle, left = top + (place + 0.5) * _LEGEND, (_WIDTH - _needed(line)) / 2
        for count in line:
            sheet.barh(middle, _SWATCH, 3, left, color=COLOURS[count.verdict])
            sheet.text(left + _SWATCH + 1, middle, _named(count), va="center", size=_SMALL)
            left += _entry(count) + _GAP


def _legend_lines(counts: Sequence[VerdictCount]) -> list[list[VerdictCount]]:
    """The verdicts of the legend, in as many lines as their names need."""
    lines: list[list[VerdictCount]] = [[]]
    for count in counts:
        if lines[-1] and _needed([*lines[-1], count]) > _WIDTH:
            lines.append([])
        lines[-1].append(count)
    return lines


def _needed(line: Sequence[VerdictCount]) -> float:
    return sum(map(_entry, line)) + _GAP * (len(line) - 1)


def _entry(count: VerdictCount) -> float:
    return _SWATCH + 1 + width_of(_named(count), _SMALL)


def _named(count: VerdictCount) -> str:
    return f"{count.symbol} {count.verdict.spoken}"


def _table(bars: Sequence[_Bar]) -> Table:
    verdicts = bars[0].counts
    columns = (
        Column("page", "Page", 26),
        *(
            Column(count.verdict, f"{count.symbol} {count.verdict.spoken}", 16, is_number=True)
            for count in verdicts
        ),
        Column("claims", "Claims", 9, is_number=True),
    )
    rows = tuple(
        table_row(
            bar.name,
            *(count.count for count in bar.counts),
            bar.total,
        )
        for bar in bars
    )
    meanings = "; ".join(f"{count.verdict.spoken}: {count.meaning}" for count in verdicts)
    return Table("table-verdicts", "The numbers of the figure.", columns, rows, f"{meanings}.")
