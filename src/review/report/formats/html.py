"""A report document as one HTML file: no outside request, one script that filters and sorts tables.

All text is escaped. The content policy allows the one style sheet and the one script by their digests
and pictures that stand in the file itself, and nothing else.
"""

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from review.model.visible import visible
from review.report.parts.document import Column, Document, Picture, Run, Table, plain_text

# No part of a path begins with a dot, so that no link leads out of the folder.
_FILE_BELOW = re.compile(r"\.(/[A-Za-z0-9][A-Za-z0-9._-]*)+(#[A-Za-z0-9._-]+)?")


def report_html(document: Document, sheet: str = "") -> str:
    """The whole document as HTML, the same bytes for the same document.

    `sheet` is the JSON of the sheet on which one decides, see `deciding.sheet`; it may be empty.
    """
    # One style and one script, because the content policy allows each by its digest.
    style = _read("report.css") + _width_rules(document)
    script = _read("report.js") + (_read("decide.js") if sheet else "")
    return (
        _environment()
        .get_template("report")
        .render(
            document=document,
            anchors=frozenset(document.anchors()),
            style=Markup(style),
            script=Markup(script),
            # Its own maker has escaped it: as text of a script element it is read letter by letter.
            sheet=Markup(sheet),
            style_digest=_digest(style),
            script_digest=_digest(script),
        )
    )


def _read(name: str) -> str:
    return (files("review.report.formats") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({"report": _read("report.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name stops the run, and is not an empty place
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_made_visible,
    )
    environment.filters["type"] = lambda block: type(block).__name__
    environment.filters["widths"] = _width_classes
    environment.filters["address"] = _address
    environment.filters["data"] = _data_address
    environment.filters["values"] = _filter_values
    environment.filters["plain"] = plain_text
    environment.filters["order"] = _order
    return environment


def _made_visible(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _address(run: Run, anchors: frozenset[str]) -> str:
    """Where a run leads: into this document, to a file below it or an https page; else empty."""
    if _FILE_BELOW.fullmatch(run.link):
        return run.link
    if run.link.startswith("#"):
        return run.link if run.link[1:] in anchors else ""
    return run.link if run.link.startswith("https://") else ""


def _data_address(picture: Picture) -> str:
    return "data:image/png;base64," + base64.b64encode(picture.png).decode()


def _width_classes(table: Table) -> list[str]:
    """A class for each column: its share of the table in whole percent; styles stand in no attribute."""
    total = sum(column.width for column in table.columns)
    return [f"w{round(100 * column.width / total)}" for column in table.columns]


def _width_rules(document: Document) -> str:
    # The content policy lets no element have a style of its own.
    used = {name for table in document.tables() for name in _width_classes(table)}
    return "".join(f"col.{name} {{ width: {name[1:]}%; }}\n" for name in sorted(used))


def _order(column: Column) -> str:
    """The words of a column in the order of their meaning, as the script of the page reads them."""
    return json.dumps(column.order)


def _filter_values(table: Table, key: str) -> list[str]:
    """The words that a reader can filter a column by, each once, in the order of their meaning."""
    index = [column.key for column in table.columns].index(key)
    column = table.columns[index]
    cells = (plain_text(row.cells[index]).strip().split("\n") for row in table.rows)
    found = {line for lines in cells for line in (lines if column.several else lines[:1])}
    return sorted(found, key=lambda value: (_rank(value, column.order), value))


def _rank(value: str, order: tuple[str, ...]) -> int:
    return next((at for at, word in enumerate(order) if value.startswith(word)), len(order))
