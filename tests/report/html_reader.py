"""The tables, captions, notes and pictures of an HTML report, as a browser would show their text."""

import base64
from typing import NamedTuple

from lxml import html


class HtmlTable(NamedTuple):
    """A table as text: caption, note, column titles and rows of cells."""

    caption: str
    note: str
    titles: list[str]
    rows: list[list[str]]


def tables(page: str) -> list[HtmlTable]:
    """Every table in reading order."""
    return [_table(frame) for frame in html.fromstring(page).iterfind(".//div[@class='table']")]


def pictures(page: str) -> list[tuple[str, str, bytes]]:
    """Caption, alternative text and PNG of every picture in reading order."""
    return [
        (
            _text(figure.find("figcaption")),
            figure.find("img").get("alt"),
            base64.b64decode(figure.find("img").get("src").partition(",")[2]),
        )
        for figure in html.fromstring(page).iterfind(".//figure")
    ]


def _table(frame) -> HtmlTable:
    table = frame.find("table")
    note = frame.find("p")
    return HtmlTable(
        _text(table.find("caption")),
        "" if note is None else _text(note),
        [_text(cell) for cell in table.iterfind("./thead/tr/th")],
        [[_text(cell) for cell in row] for row in table.iterfind("./tbody/tr")],
    )


def _text(element) -> str:
    """The words of an element: a line break is a space, a quotation stands in its marks."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag == "q":
            parts.append(f"“{_text(child)}”")
        else:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
