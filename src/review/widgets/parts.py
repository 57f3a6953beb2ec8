"""What the forms share: fields, texts shown and never run, problems."""

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as ipw

from review.model.errors import Problem
from review.model.visible import visible

SHORT = 70
"""How many characters of a quote stand in a list."""
WIDE = ipw.Layout(width="auto")
NAMED = {"description_width": "9em"}
ENTRY = {"layout": WIDE, "style": NAMED, "continuous_update": False}
"""Sent when the field is left, and whole: letters sent one by one would come after a button's click."""


class Form:
    """A form in a notebook: its `box` in JupyterLab, its text where no widget can be shown."""

    box: Any

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        bundle: dict[str, object] = self.box._repr_mimebundle_()
        return {**bundle, "text/plain": repr(self)}


def textarea(name: str, placeholder: str) -> Any:
    """A field of several lines."""
    return ipw.Textarea(description=name, placeholder=placeholder, rows=2, **ENTRY)


def text_html(text: str) -> str:
    """Any text as HTML that shows it and does nothing else."""
    return escape(visible(text)).replace("\n", "<br>")


def problems_html(problems: Sequence[Problem]) -> str:
    """Why nothing was recorded, as HTML that a screen reader tells at once."""
    items = "".join(f"<li>{text_html(str(problem))}</li>" for problem in problems)
    return f'<div role="alert">Nothing was recorded:<ul>{items}</ul></div>'
