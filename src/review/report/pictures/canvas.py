"""What every picture is drawn on: a sheet in millimetres, text that fits, and the bytes of a PNG.

The same drawing gives the same bytes: settings of the machine have no influence, neither date nor
program is named, and only the typeface that comes with the drawing library is used.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TypeVar

import numpy as np
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from PIL import Image

from review.model.visible import visible
from review.report.pictures.certainty_chart import INK

_Row = TypeVar("_Row")
DPI = 200
SMALLEST = 6.5
"""Points; no text is drawn smaller."""
ELLIPSIS = "…"
_MM_IN_INCH = 25.4
_POINTS_IN_INCH = 72
_NEARLY_WHITE = 250
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_SETTINGS = {
    "font.family": ["DejaVu Sans"],
    "text.parse_math": False,  # a dollar sign on a page is a dollar sign
    "text.hinting": "none",
    "text.color": INK,
    "font.size": SMALLEST,
}


def drawn(width: float, height: float, draw: Callable[[Axes], None]) -> bytes:
    """The PNG of what `draw` puts on a sheet of `width` by `height` mm, its origin at the top left."""
    with style.context(["default", _SETTINGS]):
        figure = Figure(figsize=(width / _MM_IN_INCH, height / _MM_IN_INCH), dpi=DPI)
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        draw(axes)
        # As pixels: a PNG that matplotlib writes names the program and its version.
        raw = BytesIO()
        figure.savefig(raw, format="rgba")
    return _png(Image.frombytes("RGBA", canvas.get_width_height(), raw.getvalue()))


def _png(image: Image.Image) -> bytes:
    """The image with at most 128 colours, which take a quarter of the space, and with white as white."""
    few = image.convert("RGB").quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours = np.array(few.getpalette(), dtype=np.uint8).reshape(-1, 3)
    colours[(colours >= _NEARLY_WHITE).all(axis=1)] = 255
    few.putpalette(colours.tobytes())
    out = BytesIO()
    few.save(out, format="PNG", dpi=(DPI, DPI))
    return out.getvalue()


def panel(sheet: Axes, left: float, top: float, width: float, height: float) -> Axes:
    """Axes of their own on a part of the sheet, all in mm."""
    whole_width, whole_height = sheet.get_xlim()[1], sheet.get_ylim()[0]
    figure = sheet.get_figure()
    assert figure is not None, "a sheet is the axes of a figure"
    place = (left / whole_width, 1 - (top + height) / whole_height)
    return figure.add_axes((*place, width / whole_width, height / whole_height))


def portions(rows: Sequence[_Row], size: int) -> list[Sequence[_Row]]:
    """The rows in as few figures as hold `size` each, with as even numbers as can be."""
    sheets = -(-len(rows) // size)
    ends = [len(rows) * number // sheets for number in range(sheets + 1)]
    return [rows[start:end] for start, end in pairwise(ends)]


def drawable(text: str) -> str:
    """`text` on one line as the typeface can show it, with a sign for each character that it cannot."""
    known = _glyphs()
    line = " ".join(visible(text).split())
    return "".join(letter if ord(letter) in known else _UNKNOWN for letter in line)


def fitted(text: str, width: float, size: float = SMALLEST) -> str:
    """`text` on one line, cut with an ellipsis, preferably between words, if wider than `width` mm."""
    line = drawable(text)
    if width_of(line, size) <= width:
        return line
    room = width - width_of(ELLIPSIS, size)
    end, used = 0, 0.0
    for letter in line:
        used += width_of(letter, size)
        if used > room:
            break
        end += 1
    words = line[:end].rpartition(" ")[0] if line[end : end + 1] != " " else line[:end]
    kept = words if len(words) > end // 2 else line[:end]
    return kept.rstrip(" ,;:…") + ELLIPSIS


def cited(citation: str, width: float, size: float = SMALLEST) -> str:
    """A short citation that fits, with its year kept whatever else is cut."""
    names, _, year = drawable(citation).rpartition(" ")
    room = width - width_of(f" {year}", size)
    if not names or room < width / 2:
        return fitted(citation, width, size)
    return f"{fitted(names, room, size)} {year}"


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, lines: int, size: float = SMALLEST) -> str:
    """`text` on at most `lines` lines of `width` mm, the last one cut with an ellipsis."""
    rest = drawable(text).split(" ")
    made: list[str] = []
    while rest and len(made) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        made.append(fitted(" ".join(rest[:taken]), width, size))
        rest = rest[taken:]
    if rest:
        made.append(fitted(" ".join(rest), width, size))
    return "\n".join(made)


def width_of(text: str, size: float) -> float:
    """The width of drawable text in mm."""
    ems = sum(_advance(letter) for letter in text)
    return ems * size / _POINTS_IN_INCH * _MM_IN_INCH


@cache
def _advance(letter: str) -> float:
    """The width of a letter as a share of the type size."""
    font = get_font(_typeface())
    font.set_size(100, _POINTS_IN_INCH)
    # FreeType counts it in 65536ths, and the size is 100 at one pixel a point.
    return font.load_char(ord(letter), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(_typeface()).get_charmap())


def _typeface() -> str:
    return str(findfont(FontProperties(family="DejaVu Sans")))
