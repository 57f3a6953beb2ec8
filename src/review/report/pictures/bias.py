"""Risk of bias and quality, study by study: one figure and one table a tool."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from review.model.vocabulary import AnswerMeaning
from review.report.counted import counted
from review.report.evidence.model import BiasRow, BiasTable
from review.report.model import Report
from review.report.parts.document import Block, Column, Paragraph, Picture, Run, Table, table_row
from review.report.pictures.canvas import cited, drawn, fitted, portions, width_of
from review.report.pictures.certainty_chart import BLUE, GREY, INK, PALE, PAPER, VERMILION, YELLOW


@dataclass(frozen=True, slots=True)
class Light:
    """How a judgement is shown: a symbol, the colour of its disc and its own, and what it says."""

    symbol: str
    face: str
    ink: str
    word: str
    meaning: str


LIGHTS: Mapping[AnswerMeaning, Light] = {
    AnswerMeaning.FAVOURABLE: Light("+", BLUE, PAPER, "favourable", "low risk, yes, full points"),
    AnswerMeaning.PARTLY: Light(
        "!", YELLOW, INK, "in between", "some concerns, moderate, partial yes, one point"
    ),
    AnswerMeaning.UNFAVOURABLE: Light(
        "−", VERMILION, INK, "unfavourable", "high or serious risk, no, no points"
    ),
    AnswerMeaning.CRITICAL: Light("×", INK, PAPER, "critical", "critical risk"),
    AnswerMeaning.UNKNOWN: Light("?", PALE, INK, "open", "unclear, no information, left open"),
    AnswerMeaning.NOT_READ: Light("·", PAPER, GREY, "not read", "not in what was read"),
    AnswerMeaning.NOT_APPLICABLE: Light("n/a", PAPER, GREY, "not applicable", "does not apply"),
}
"""How each meaning is shown, in the order in which they are told."""

STUDIES = 30
# In mm: A4 turned sideways leaves 257 by 146 for a figure.
_WIDTH, _CITATION, _DOMAIN, _ITEM, _OVERALL = 257.0, 68.0, 19.0, 7.4, 10.0
_HEAD, _PITCH, _LEGEND = 6.0, 4.4, 6.0
_DISC = 3.4
_BOLD = FontProperties(family="DejaVu Sans", weight="bold")
_POINTS_IN_MM = 72 / 25.4


def bias_blocks(report: Report) -> tuple[Block, ...]:
    """For each tool its figures of at most `STUDIES` studies, and the table of every judgement."""
    if not report.bias:
        return (Paragraph((Run("No study shown has been appraised for bias."),)),)
    return tuple(block for table in report.bias for block in _blocks(table))


def _blocks(table: BiasTable) -> Iterator[Block]:
    yield from _pictures(table)
    yield _table(table)


def _pictures(table: BiasTable) -> Iterator[Picture]:
    sheets = portions(table.rows, STUDIES)
    for number, rows in enumerate(sheets, start=1):
        place = f", part {number} of {len(sheets)}" if len(sheets) > 1 else ""
        columns = "domains" if table.has_domains else "items"
        height = _HEAD + _PITCH * len(rows) + _LEGEND
        yield Picture(
            anchor=f"figure-bias-{table.tool}-{number}",
            caption=(
                f"{table.title}: judgement of {len(table.items)} {columns} in "
                f"{counted(len(rows), 'study', 'studies')}{place}. The sign of the overall judgement is "
                "the concern on one scale for all tools, by our convention where the tool has none."
            ),
            alt=" ".join(_sentences(table, rows)),
            png=drawn(_WIDTH, height, partial(_draw, table=table, rows=rows)),
            width_mm=int(_WIDTH),
        )


def _sentences(table: BiasTable, rows: Sequence[BiasRow]) -> Iterator[str]:
    yield f"Grid of {counted(len(rows), 'study', 'studies')} appraised with {table.title}."
    yield f"Overall: {_counted_lights(row.signs[-1] for row in rows)}."
    for place, item in enumerate(table.items):
        name = item.name if table.has_domains else f"Item {item.name}"
        judged = _counted_lights(row.signs[place] for row in rows)
        yield f"{name[:1].upper()}{name[1:]}: {judged}."


def _counted_lights(signs: Iterator[AnswerMeaning]) -> str:
    met = Counter(signs)
    return ", ".join(f"{met[sign]} {light.word}" for sign, light in LIGHTS.items() if met[sign])


def _draw(sheet: Axes, table: BiasTable, rows: Sequence[BiasRow]) -> None:
    cell = _DOMAIN if table.has_domains else _ITEM
    overall = _CITATION + cell * len(table.items) + _OVERALL / 2
    for place, item in enumerate(table.items):
        x = _CITATION + cell * (place + 0.5)
        sheet.text(x, _HEAD - 2, fitted(item.name, cell), ha="center")
    sheet.text(overall - 3, _HEAD - 2, "overall", weight="bold")
    spots: dict[Light, list[tuple[float, float]]] = {}
    for number, row in enumerate(rows):
        y = _HEAD + _PITCH * (number + 0.5)
        sheet.text(0.5, y, cited(row.citation, _CITATION - 2), va="center_baseline")
        sheet.text(
            overall + 3.5, y, fitted(row.overall, _WIDTH - overall - 4), va="center_baseline", color=GREY
        )
        sheet.axhline(y + _PITCH / 2, color=PALE, linewidth=0.3)
        for place, sign in enumerate(row.signs[:-1]):
            spots.setdefault(LIGHTS[sign], []).append((_CITATION + cell * (place + 0.5), y))
        spots.setdefault(LIGHTS[row.signs[-1]], []).append((overall, y))
    for light, where in spots.items():
        _draw_lights(sheet, light, where)
    met = [light for light in LIGHTS.values() if light in spots]
    _draw_legend(sheet, met, _HEAD + _PITCH * len(rows) + _LEGEND / 2)


def _draw_lights(sheet: Axes, light: Light, where: Sequence[tuple[float, float]]) -> None:
    """All discs of one light, and all its symbols: two drawings, however many there are."""
    x, y = zip(*where, strict=True)
    if light.face != PAPER:
        sheet.scatter(x, y, s=(_DISC * _POINTS_IN_MM) ** 2, color=light.face, linewidths=0, zorder=2)
    path = _path(light.symbol)
    # A marker is scaled to its largest coordinate, so the area is chosen to undo that.
    size = 2 * float(np.abs(np.asarray(path.vertices)).max())
    sheet.scatter(x, y, s=size**2, marker=path, color=light.ink, linewidths=0, zorder=3)


@cache
def _path(symbol: str) -> Path:
    """The outline of a symbol in points, around its middle."""
    # Three characters in one disc: the smallest type that is drawn.
    size = 6.5 if symbol == "n/a" else 9
    path = TextPath((0, 0), symbol, size=size, prop=_BOLD)
    box = path.get_extents()
    centred = Affine2D().translate(-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2)
    return path.transformed(centred)


def _draw_legend(sheet: Axes, lights: Sequence[Light], middle: float) -> None:
    left = 2.5
    for light in lights:
        _draw_lights(sheet, light, [(left, middle)])
        sheet.text(left + 3, middle, light.meaning, va="center_baseline")
        left += 3 + width_of(light.meaning, 6.5) + 5


def _table(table: BiasTable) -> Table:
    width = 14 if table.has_domains else 4
    columns = (
        Column("study", "Study", 22),
        *(Column(f"item-{place}", item.name, width) for place, item in enumerate(table.items, start=1)),
        Column("overall", "Overall", 22 if table.has_domains else 26),
        Column("concern", "Concern", 10),
    )
    rows = tuple(
        table_row(
            (Run(row.citation, link=f"#ref-{row.study}"),),
            *row.judgements,
            row.overall,
            row.concern,
        )
        for row in table.rows
    )
    return Table(
        f"table-bias-{table.tool}",
        f"{table.title}: every judgement, {counted(len(rows), 'study', 'studies')}.",
        columns,
        rows,
        _note(table),
    )


def _note(table: BiasTable) -> str:
    """What the codes and the numbers of the columns stand for."""
    met = {judgement for row in table.rows for judgement in row.judgements}
    codes = [f"{code}: {words}" for code, words in table.codes if code in met]
    is_open = [f"“{words}”" for words in sorted(met) if words.endswith(" at best")]
    left = [f"{', '.join(is_open)}: what was not read leaves it open"] if is_open else []
    asked = [f"{item.name}. {item.question}" for item in table.items if item.question]
    legend = "; ".join([*codes, *left])
    return " ".join([*([f"{legend}."] if legend else []), *asked])
