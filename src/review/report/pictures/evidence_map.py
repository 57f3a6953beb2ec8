"""The evidence map: propositions against study designs, with the empty cells in sight."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from review.model.vocabulary import spoken
from review.report.counted import counted
from review.report.evidence.model import EvidenceMap, MapRow
from review.report.model import Report
from review.report.parts.document import Block, Column, Paragraph, Picture, Run, Table, table_row
from review.report.pictures.canvas import drawn, wrapped
from review.report.pictures.certainty_chart import GREY, PALE, PAPER

LINES = 25
"""Lines of one figure, headings among them: it fits below the headings of a page turned sideways."""
_TOGETHER = 4
_MIDDLE = {1: "center_baseline", 2: "center"}
"""How one line, and two lines, are centred in a row."""
SHADES = (PAPER, "#D6E6F4", "#ABD0E6", "#6AAED6")
"""Of a cell in which no study, one, two or three, and four or more count."""
_STEPS = (1, 2, 4)
_WIDTH, _HEAD, _PITCH = 257.0, 31.0, 4.0
_STATEMENT, _CELL = 122.0, 8.9
_GRID = _STATEMENT + 1


def evidence_map_blocks(report: Report) -> tuple[Block, ...]:
    """The map in figures of at most `LINES` lines, by topic, and one table of all its numbers."""
    evidence = report.evidence_map
    if not evidence.rows:
        return (
            Paragraph((Run("No statement is shown that evidence could answer, so there is no map."),)),
        )
    sheets = list(_sheets(evidence.rows))
    pictures = [
        _picture(evidence.groups, rows, number, len(sheets))
        for number, rows in enumerate(sheets, start=1)
    ]
    return (*pictures, _table(evidence))


def _sheets(rows: Sequence[MapRow]) -> Iterator[tuple[MapRow, ...]]:
    """The rows of each figure; no topic starts with fewer than `_TOGETHER` rows at the end of one."""
    sheet: list[MapRow] = []
    for _, group in groupby(rows, key=lambda row: row.topic):
        block = list(group)
        if sheet and _lines([*sheet, *block[:_TOGETHER]]) > LINES:
            yield tuple(sheet)
            sheet = []
        for row in block:
            if _lines([*sheet, row]) > LINES:
                yield tuple(sheet)
                sheet = []
            sheet.append(row)
    yield tuple(sheet)


def _lines(rows: Sequence[MapRow]) -> int:
    return sum(map(_depth, rows)) + len({row.topic for row in rows})


def _depth(row: MapRow) -> int:
    """The lines that a row takes: two where its statement is too long for one."""
    return 1 + _statement(row).count("\n")


def _statement(row: MapRow) -> str:
    return wrapped(row.statement, _STATEMENT - 2, 2)


def _picture(groups: Sequence[str], rows: Sequence[MapRow], number: int, sheets: int) -> Picture:
    height = _HEAD + _PITCH * _lines(rows) + 1
    place = f" ({number} of {sheets})" if sheets > 1 else ""
    return Picture(
        anchor=f"figure-evidence-map-{number}",
        caption=(
            f"Evidence map{place}: the studies behind each statement by design. A number alone counts; "
            "after the plus sign stand the further studies that are linked and do not count."
        ),
        alt=" ".join(_sentences(groups, rows)),
        png=drawn(_WIDTH, height, lambda sheet: _draw(sheet, groups, rows)),
        width_mm=int(_WIDTH),
    )


def _sentences(groups: Sequence[str], rows: Sequence[MapRow]) -> Iterator[str]:
    """What the figure comes to; the table holds every cell."""
    topics = "; ".join(dict.fromkeys(spoken(row.topic) for row in rows))
    bare = sum(not any(row.counted) for row in rows)
    yield f"Grid of {counted(len(rows), 'statement')} on {topics} against {len(groups)} study designs."
    yield f"For {bare} of the {len(rows)} statements no study counts."
    sums = [sum(row.counted[place] for row in rows) for place in range(len(groups))]
    met = [f"{name} {total}" for name, total in zip(groups, sums, strict=True) if total]
    empty = [name for name, total in zip(groups, sums, strict=True) if not total]
    if met:
        yield f"Studies that count, each as often as it is linked to a statement: {'; '.join(met)}."
    if empty:
        yield f"Columns in which no study counts: {'; '.join(empty)}."


def _draw(sheet: Axes, groups: Sequence[str], rows: Sequence[MapRow]) -> None:
    for place, name in enumerate(groups):
        middle = _GRID + (place + 0.5) * _CELL
        head = wrapped(name, 28, 2)
        sheet.text(middle, _HEAD - 1.5, head, rotation=90, ha="center", va="bottom", linespacing=1)
    _draw_legend(sheet)
    line = 0
    for _, group in groupby(rows, key=lambda row: row.topic):
        block = list(group)
        top = _HEAD + line * _PITCH
        sheet.text(0.5, top + _PITCH / 2, spoken(block[0].topic), va="center", weight="bold", size=7)
        _draw_block(sheet, block, top + _PITCH)
        line += _lines(block)


def _draw_legend(sheet: Axes) -> None:
    meanings = ("no study counts", "one study counts", "two or three count", "four or more count")
    for place, (shade, meaning) in enumerate(zip(SHADES, meanings, strict=True)):
        middle = _HEAD - 3 - (len(SHADES) - 1 - place) * _PITCH
        sheet.barh(middle, 5, 3, 1.5, color=shade, edgecolor=PALE, linewidth=0.4)
        sheet.text(8.5, middle, meaning, va="center_baseline")
    sheet.text(
        45, _HEAD - 3 - _PITCH, "+1: one further study is linked, not counted", va="center_baseline"
    )
    sheet.text(45, _HEAD - 3, "· : nothing is linked", va="center_baseline")


def _draw_block(sheet: Axes, rows: Sequence[MapRow], top: float) -> None:
    """The rows of one topic; their cells are one mesh, and their empty cells one cloud of dots."""
    counted = np.array([row.counted for row in rows])
    linked = counted + np.array([row.others for row in rows])
    x = _GRID + _CELL * np.arange(counted.shape[1] + 1)
    y = top + _PITCH * np.cumsum([0, *map(_depth, rows)])
    middles = (y[:-1] + y[1:]) / 2
    shades = np.digitize(counted, _STEPS)
    sheet.pcolormesh(
        x, y, shades, cmap=ListedColormap(SHADES), vmin=0, vmax=len(SHADES) - 1, edgecolors=PALE, lw=0.4
    )
    empty_rows, empty_columns = np.nonzero(linked == 0)
    sheet.scatter(x[empty_columns] + _CELL / 2, middles[empty_rows], s=1.5, color=GREY, linewidths=0)
    for row, middle in zip(rows, middles, strict=True):
        sheet.text(1.5, middle, _statement(row), va=_MIDDLE[_depth(row)], linespacing=1.1)
        for left, label in zip(x[:-1], _labels(row), strict=True):
            if label != "0":
                sheet.text(left + _CELL / 2, middle, label, ha="center", va="center_baseline")


def _labels(row: MapRow) -> Iterable[str]:
    """What each cell says: the studies that count, and after a plus sign those that do not."""
    for number, others in zip(row.counted, row.others, strict=True):
        further = f"+{others}" if others else ""
        yield f"{number or ''}{further}" or "0"


def _designs(groups: Sequence[str], row: MapRow) -> str:
    """The cells of a row that are not empty, in words."""
    filled = [
        f"{group} {label}" for group, label in zip(groups, _labels(row), strict=True) if label != "0"
    ]
    return "; ".join(filled) or "none"


def _table(evidence: EvidenceMap) -> Table:
    columns = (
        Column("statement", "Statement", 40),
        Column("topic", "Topic", 14),
        Column("designs", "Studies by design", 44),
        Column("counted", "Count in all", 8, True),
        Column("others", "Do not count", 8, True),
    )
    rows = tuple(
        table_row(
            (
                Run(row.statement, link=f"#evidence-{row.proposition}"),
                Run(f"\n{row.proposition}", soft=True),
            ),
            spoken(row.topic),
            _designs(evidence.groups, row),
            sum(row.counted),
            sum(row.others),
        )
        for row in evidence.rows
    )
    note = (
        "After each design stand the studies that count and, after a plus sign, those that are linked "
        "and do not; a design that is not named has none. Those that do not count are background, "
        "unverified, retracted, or in animals or cells where the statement is about people. "
        "A study stands in every row to which it is linked, and in a row once."
    )
    if evidence.set_aside:
        left_out = counted(evidence.set_aside, "statement")
        note += f" Left out as no evidence question, such as prices: {left_out}."
    caption = f"The numbers of the evidence map, {counted(len(rows), 'statement')}."
    return Table("table-evidence-map", caption, columns, rows, note, ("topic",))
