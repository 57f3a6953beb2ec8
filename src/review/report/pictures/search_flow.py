"""From searches to included studies, as the boxes of PRISMA 2020 and as the tables of their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from review.model.vocabulary import NOT_REPORTED, SearchStage, spoken
from review.report.counted import counted
from review.report.evidence.model import SearchedRow, SearchFlow
from review.report.model import Report
from review.report.parts.document import Block, Column, Paragraph, Picture, Run, Table, table_row
from review.report.pictures.canvas import drawn, wrapped
from review.report.pictures.certainty_chart import GREY, INK, PAPER
from review.report.search_words import (
    INCLUDED,
    LINKED,
    SET_ASIDE,
    WORDS,
    number_rows,
    searched_text,
    stage_text,
    unknown_of,
)

DATABASES = 5
"""How many searches the first box names; the table has all."""
PRISMA = "Page and others, PRISMA 2020, BMJ 2021;372:n71, https://doi.org/10.1136/bmj.n71"
_WIDTH = 170.0
_MAIN, _SIDE = (26.0, 74.0), (110.0, 59.5)
"""Left edge and width of the two columns of boxes, in mm; the phases are named at their left."""
_LINE, _MARGIN, _GAP = 3.4, 2.2, 6.0


def search_flow_blocks(report: Report) -> tuple[Block, ...]:
    """What is not known of the searches, the diagram, its numbers, and every search that is recorded."""
    flow = report.search_flow
    if flow is None or not (flow.searches or flow.linked):
        words = "No search of a database is recorded, and no study is linked to a statement."
        return (Paragraph((Run(words),)),)
    searches = (_search_table(flow.searches),) if flow.searches else ()
    return (Paragraph((Run(unknown_of(flow)),)), _picture(flow), _number_table(flow), *searches)


def _number_table(flow: SearchFlow) -> Table:
    columns = (Column("stage", "What is counted", 40), Column("number", "How many", 30, is_number=True))
    rows = tuple(table_row(words, number) for words, number in number_rows(flow))
    caption = "From searches to included studies, after PRISMA 2020 (item 16a)."
    note = (
        f"{PRISMA}. A number stands only where a record holds it; what is not recorded is not nought. "
        "Full texts sought in vain are not recorded. A study may be set aside for several reasons."
    )
    return Table("table-search-flow", caption, columns, rows, note)


def _search_table(searches: Sequence[SearchedRow]) -> Table:
    columns = (
        Column("database", "Database", 14),
        Column("date", "Day", 10),
        Column("who", "By", 12),
        Column("query", "Words", 34),
        *(Column(str(stage), stage.spoken.capitalize(), 10, is_number=True) for stage in SearchStage),
        Column("statements", "Statements", 10, is_number=True),
    )
    rows = tuple(
        table_row(
            row.database,
            row.date,
            spoken(row.who) if row.who == NOT_REPORTED else row.who,
            (Run(row.query, quoted=True),),
            *(searched_text(row, stage) for stage in SearchStage),
            len(row.propositions),
        )
        for row in searches
    )
    caption = f"{counted(len(rows), 'search', 'searches')} of databases and registers."
    return Table("table-searches", caption, columns, rows)


@dataclass(frozen=True, slots=True)
class _Step:
    """One row of the diagram: its phase, the box in the main column, and the one beside it, if any."""

    phase: str
    main: tuple[str, ...]
    side: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        return max(_height(self.main), _height(self.side))


def _steps(flow: SearchFlow) -> tuple[_Step, ...]:
    numbers = {row.stage: f"{WORDS[row.stage]}: {stage_text(row)}" for row in flow.stages}
    named = [
        f"{row.database}, {row.date}: {searched_text(row, SearchStage.IDENTIFIED)}"
        for row in flow.searches[:DATABASES]
    ]
    more = len(flow.searches) - DATABASES
    others = [f"and {counted(more, 'search', 'searches')} more"] if more > 0 else []
    reasons = [f"{why}: {number}" for why, number in flow.set_aside]
    side = [f"{SET_ASIDE}: {flow.linked - flow.included}", *reasons]
    return (
        _step(
            "Identification",
            [numbers[SearchStage.IDENTIFIED], *named, *others],
            [numbers[SearchStage.DUPLICATES]],
        ),
        _step("Screening", [numbers[SearchStage.SCREENED]], [numbers[SearchStage.EXCLUDED]]),
        _step("", [numbers[SearchStage.KEPT]]),
        _step("Included", [f"{LINKED}: {flow.linked}"], side),
        _step("", [f"{INCLUDED}: {flow.included}"]),
    )


def _step(phase: str, main: Sequence[str], side: Sequence[str] = ()) -> _Step:
    return _Step(phase, _lines(main, _MAIN[1]), _lines(side, _SIDE[1]))


def _lines(texts: Sequence[str], width: float) -> tuple[str, ...]:
    room = width - 2 * _MARGIN
    return tuple(line for text in texts for line in wrapped(text, room, 3).split("\n"))


def _height(lines: Sequence[str]) -> float:
    return _LINE * len(lines) + 2 * _MARGIN


def _picture(flow: SearchFlow) -> Picture:
    steps = _steps(flow)
    height = sum(step.height for step in steps) + _GAP * (len(steps) - 1) + 1
    numbers = "; ".join(f"{words}: {number}" for words, number in number_rows(flow))
    return Picture(
        anchor="figure-search-flow",
        caption="Flow diagram after PRISMA 2020, with the numbers that records hold.",
        alt=f"Flow diagram from top to bottom. {numbers}.",
        png=drawn(_WIDTH, height, lambda sheet: _draw(sheet, steps)),
        width_mm=int(_WIDTH),
    )


def _draw(sheet: Axes, steps: Sequence[_Step]) -> None:
    top = 0.5
    for place, step in enumerate(steps):
        middle = top + step.height / 2
        sheet.text(0.5, middle, step.phase, va="center_baseline", weight="bold")
        _draw_box(sheet, _MAIN, top, step.main, step.height)
        if step.side:
            _draw_box(sheet, _SIDE, top, step.side, step.height)
            _draw_arrow(sheet, (_MAIN[0] + _MAIN[1], middle), (_SIDE[0], middle))
        if place + 1 < len(steps):
            # Which study came from which record is not recorded: between the two nothing flows.
            joins = not (step.phase == "" and steps[place + 1].phase)
            bottom, x = top + step.height, _MAIN[0] + _MAIN[1] / 2
            _draw_arrow(sheet, (x, bottom), (x, bottom + _GAP), "-" if joins else ":")
        top += step.height + _GAP


def _draw_box(
    sheet: Axes, column: tuple[float, float], top: float, lines: Sequence[str], height: float
) -> None:
    left, width = column
    sheet.add_patch(
        Rectangle((left, top), width, height, facecolor=PAPER, edgecolor=GREY, linewidth=0.7)
    )
    first = top + (height - _LINE * (len(lines) - 1)) / 2
    for number, line in enumerate(lines):
        sheet.text(left + _MARGIN, first + number * _LINE, line, va="center_baseline")


def _draw_arrow(
    sheet: Axes, start: tuple[float, float], end: tuple[float, float], line: str = "-"
) -> None:
    look = {
        "arrowstyle": "-|>",
        "color": INK,
        "linewidth": 0.7,
        "linestyle": line,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    sheet.annotate("", end, start, arrowprops=look)
