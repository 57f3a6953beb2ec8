"""The form in JupyterLab on which one reviewer rates item by item, blind."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.errors import ParameterError, Problem, ReviewError
from review.rating import Item, Kind, items_of
from review.store import read_evidence
from review.store.sheet_file import record_rating, shown_rows
from review.visible import visible
from review.widgets.parts import ENTRY, NAMED, WIDE, problems_html, text_html, textarea

_CHOOSE = ("choose", "")


class RatingForm:
    """Choose an item, read what is to be judged, give a value and a reason, record.

    Nothing that was recorded of an item is shown, and no other reviewer's rating: only what is read, and
    what this sheet holds. Each rating is on disk at once, on the sheet that `review rate` makes and
    `review agree` reads. The controls are ordinary ones with labels, in reading order.
    """

    def __init__(self, folders: Sequence[str | Path], kind: str, sheet: str | Path) -> None:
        if kind not in list(Kind):
            what = f"{kind!r} is no kind of rating"
            raise ParameterError([Problem("kind", 0, what, f"Use one of {', '.join(Kind)}.")])
        self._sheet = Path(sheet)
        evidence = read_evidence([Path(folder) for folder in folders])
        self._items = {" ".join(item.key): item for item in items_of(evidence, Kind(kind))}
        self.item = ipw.Select(description="Item", rows=8, layout=WIDE, style=NAMED)
        self.shown = ipw.HTML()
        self.value = ipw.Dropdown(description="Value", options=[_CHOOSE], style=NAMED, layout=WIDE)
        self.reason = textarea("Reason", "what in the source makes you say so")
        self.reviewer = ipw.Text(description="Reviewer", **ENTRY)
        self.record = ipw.Button(description="Record the rating", button_style="primary", layout=WIDE)
        self.progress, self.result = ipw.HTML(), ipw.HTML()
        self._load()
        self.item.observe(self._on_item, "value")
        self.record.on_click(self._on_record)
        self._show()

    def __repr__(self) -> str:
        return (
            f"A form to rate {len(self._items)} items. It works while this notebook runs in JupyterLab."
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        bundle: dict[str, object] = self._box()._repr_mimebundle_()
        return {**bundle, "text/plain": repr(self)}

    def _box(self) -> Any:
        parts = [self.progress, self.item, self.shown, self.value, self.reason, self.reviewer]
        parts += [self.record, self.result]
        return ipw.VBox(parts, layout=ipw.Layout(max_width="60em"))

    def _load(self) -> None:
        """Read the sheet as it is now, and list the items with what it holds of each."""
        self._given = {
            " ".join((row.cells["kind"], row.cells["subject"], row.cells["item"])): row.cells
            for row in shown_rows(self._sheet)
            if row.cells["value"].strip()
        }
        chosen = self.item.value
        self.item.options = [(self._label(key), key) for key in self._items]
        if self._items:
            self.item.value = chosen or self._next_open(next(iter(self._items)))
        done = sum(key in self._given for key in self._items)
        self.progress.value = f'<div role="status">{done} of {len(self._items)} rated.</div>'
        if self._given and not self.reviewer.value:
            self.reviewer.value = next(iter(self._given.values()))["reviewer"].strip()

    def _label(self, key: str) -> str:
        given = self._given.get(key)
        item = self._items[key]
        state = f" [{given['value'].strip()}]" if given else ""
        return visible(f"{item.subject} {item.item.replace('_', ' ')}{state}")

    def _next_open(self, key: str) -> str:
        """The next item after `key` that is not rated, from the top again after the last; else `key`."""
        keys = list(self._items)
        at = keys.index(key)
        return next((one for one in (*keys[at:], *keys[:at]) if one not in self._given), key)

    def _chosen(self) -> Item | None:
        return self._items.get(self.item.value or "")

    def _show(self) -> None:
        """Show the chosen item, with what this sheet says of it."""
        item = self._chosen()
        if item is None:
            self.shown.value = "There is nothing to rate here."
            return
        given = self._given.get(" ".join(item.key), {})
        self.shown.value = f"<p>{text_html(item.shown)}</p>"
        self.value.options = [_CHOOSE, *((word, word) for word in item.scale)]
        value = given.get("value", "").strip()
        self.value.value = value if value in item.scale else ""
        self.reason.value = given.get("reason", "").strip()

    def _on_item(self, _: object) -> None:
        self.result.value = ""
        self._show()

    def _on_record(self, _: object) -> None:
        item = self._chosen()
        if item is None:
            return
        fields = {"value": self.value, "reason": self.reason, "reviewer": self.reviewer}
        entered = {name: field.value or "" for name, field in fields.items()}
        try:
            record_rating(self._sheet, list(self._items.values()), item, entered)
            self._load()
        except ReviewError as error:
            self.result.value = problems_html(error.problems)
            return
        self.item.value = self._next_open(" ".join(item.key))
        self._show()
        said = f"Recorded in {self._sheet.as_posix()}: {item.subject}, {item.item}: {entered['value']}."
        self.result.value = f'<div role="status">{text_html(said)}</div>'
