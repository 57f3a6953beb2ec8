"""The form in JupyterLab on which one reviewer rates item by item, blind."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.model.errors import InField, ParameterError, ReviewError
from review.model.visible import visible
from review.model.vocabulary import spoken
from review.people.entries import Entered
from review.people.rating import MOST_WORDS, RatingKind, items_of
from review.store.files.sheet_file import record_rating, shown_sheet
from review.store.snapshot import read_evidence
from review.widgets.parts import ENTRY, WIDE, Form, problems_html, text_html, textarea


class RatingForm(Form):
    """Read what is to be judged, give a value and a reason, record; the next item comes up by itself.

    Nothing that was recorded of an item is shown, and no other reviewer's rating: only what is read, and
    what this sheet holds. Each rating is on disk at once, on the sheet that `review rate` makes and
    `review agree` reads. Every control has a label and is typed into: in a list to choose from,
    JupyterLab would take letters for its own commands.
    """

    def __init__(self, folders: Sequence[str | Path], kind: str, sheet: str | Path) -> None:
        if kind not in list(RatingKind):
            fault = f"{kind!r} is no kind of rating"
            remedy = f"Use one of {', '.join(RatingKind)}."
            raise ParameterError.at(InField(Entered.KIND), fault, remedy=remedy)
        self._sheet = Path(sheet)
        evidence = read_evidence([Path(folder) for folder in folders])
        self._items = {" ".join(item.key): item for item in items_of(evidence, RatingKind(kind))}
        self._key = ""
        self.go_to = ipw.Combobox(description="Go to", ensure_option=False, **ENTRY)
        self.panel = ipw.HTML()
        self.value = ipw.Combobox(description="Value", ensure_option=False, **ENTRY)
        self.reason = textarea("Reason", "what in the source makes you say so")
        self.reviewer = ipw.Text(description="Reviewer", **ENTRY)
        self.record = ipw.Button(description="Record the rating", button_style="primary", layout=WIDE)
        self.progress, self.result = ipw.HTML(), ipw.HTML()
        parts = [self.progress, self.go_to, self.panel, self.value, self.reason, self.reviewer]
        parts += [self.record, self.result]
        self.box = ipw.VBox(parts, layout=ipw.Layout(max_width="60em"))
        self._load()
        self.go_to.observe(self._on_go_to, "value")
        self.record.on_click(self._on_record)
        self._show(self._next_open(next(iter(self._items), "")))

    def __repr__(self) -> str:
        return (
            f"A form to rate {len(self._items)} items. It works while this notebook runs in JupyterLab."
        )

    def _load(self) -> None:
        """Read the sheet as it is now, and list the items with what it holds of each."""
        sheet = shown_sheet(self._sheet)
        self._given = {
            " ".join((row.cells["kind"], row.cells["subject"], row.cells["item"])): row.cells
            for row in sheet.rows
            if row.cells["value"].strip()
        }
        self.go_to.options = [self._label(key) for key in self._items]
        done = sum(key in self._given for key in self._items)
        notes = "".join(f"<br>Note: {text_html(str(remark))}" for remark in sheet.remarks)
        self.progress.value = f'<div role="status">{done} of {len(self._items)} rated.{notes}</div>'
        if self._given and not self.reviewer.value:
            self.reviewer.value = next(iter(self._given.values()))["reviewer"].strip()

    def _label(self, key: str) -> str:
        """An item in the list: its number, what it is, and what this sheet says of it."""
        given, item = self._given.get(key), self._items[key]
        state = f" [{given['value'].strip()}]" if given else ""
        number = list(self._items).index(key) + 1
        return visible(f"{number} {item.subject} {spoken(item.item)}{state}")

    def _next_open(self, key: str) -> str:
        """The next item from `key` on that is not rated, from the top after the last; else `key`."""
        keys = list(self._items)
        at = keys.index(key) if key else 0
        return next((other for other in (*keys[at:], *keys[:at]) if other not in self._given), key)

    def _show(self, key: str) -> None:
        """Show an item, with what this sheet says of it."""
        self._key = key
        if not key:
            self.panel.value = "There is nothing to rate here."
            return
        item, given = self._items[key], self._given.get(key, {})
        words = ", ".join(item.scale) if len(item.scale) <= MOST_WORDS else "the ids offered"
        lines = (
            f"<b>{text_html(self._label(key))}</b>",
            text_html(item.prompt),
            f"Values: {text_html(words)}.",
        )
        self.panel.value = "".join(f"<p>{line}</p>" for line in lines)
        self.value.options = item.scale
        self.value.value = given.get("value", "").strip()
        self.reason.value = given.get("reason", "").strip()

    def _on_go_to(self, change: dict[str, Any]) -> None:
        typed = change["new"].split()
        if not typed:
            return
        self.go_to.value = ""
        keys = list(self._items)
        # A digit of another script, such as ², is none to `int`; nine are enough for any number here.
        if typed[0].isascii() and typed[0].isdigit() and 0 < int(typed[0][:9]) <= len(keys):
            self.result.value = ""
            self._show(keys[int(typed[0]) - 1])
        else:
            fault, remedy = f"there is no item {typed[0]!r}", f"Use 1 to {len(keys)}."
            problem = InField(Entered.GO_TO).problem(fault, remedy=remedy)
            self.result.value = problems_html([problem])

    def _on_record(self, _: object) -> None:
        if not self._key:
            return
        item = self._items[self._key]
        fields = {"value": self.value, "reason": self.reason, "reviewer": self.reviewer}
        entered = {name: field.value or "" for name, field in fields.items()}
        try:
            record_rating(self._sheet, list(self._items.values()), item, entered)
            self._load()
        except ReviewError as error:
            self.result.value = problems_html(error.problems)
            return
        self._show(self._next_open(self._key))
        message = (
            f"Recorded in {self._sheet.as_posix()}: {item.subject}, {item.item}: {entered['value']}."
        )
        self.result.value = f'<div role="status">{text_html(message)}</div>'
