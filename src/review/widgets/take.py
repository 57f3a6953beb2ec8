"""The form in JupyterLab on which a person confirms what a machine read, beside the abstract."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.literature.readers import read_corpora
from review.literature.taking.drafts import digest_of
from review.model.errors import InField, ParameterError, ReviewError
from review.model.records import Evidence, Finding
from review.people.confirming import (
    FINDING_FIELDS,
    Confirmation,
    Reader,
    next_finding,
    reading_text,
)
from review.people.entries import Entered
from review.store.additions.confirming import known_study, record_confirmation
from review.store.clock import utc_now
from review.store.read import read_evidence
from review.widgets.commands import Command, help_html
from review.widgets.parts import ENTRY, WIDE, Form, problems_html, text_html

COMMANDS: Mapping[str, Command] = {
    "c": Command("Confirm", "", "the fact is right as it stands"),
    "e": Command("Correct", "value", "it is what follows, or what the fields below say"),
    "x": Command("Leave out", "", "it is no fact of this study: take it out"),
    "s": Command("", "name=value", "say a fact that was not read, such as n=120"),
    "n": Command("New finding", "", "say a finding that was not read; again to record it"),
    "j": Command("Next", "", "go to the next fact"),
    "k": Command("Previous", "", "go to the previous fact"),
    "g": Command("", "number", "go to the fact of that number"),
    "h": Command("Help", "", "show these commands"),
}
"""What is typed while confirming: a letter, and what it needs."""
STYLE = """<style>
.review-take .review-abstract { line-height: 1.6; overflow-wrap: anywhere; max-width: 70em; }
.review-take mark { color: #1a1a1a; background: #ffe9a8; padding: 0.1em 0; }
.review-take mark.shown { background: #ffd24d; box-shadow: 0 3px 0 #1a4f9c; font-weight: bold; }
.review-take.review-take.review-take :focus { outline: 3px solid #1a5fb4 !important; }
</style>"""
"""Colours with a contrast of at least 7 to 1 on light and dark themes alike."""


class TakeForm(Form):
    """Go through the facts that a machine read of a study: confirm, correct, leave out.

    Every step is written to the study's file at once. All of it can be done in the command field, by a
    letter and Enter; the buttons do the same. `corpora` are the files in which the abstracts stand.
    """

    def __init__(
        self, folders: Sequence[str | Path], corpora: Sequence[str | Path] = (), study: str = ""
    ) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._abstracts = _abstracts([Path(path) for path in corpora])
        evidence = read_evidence(self._folders)
        drafts = _drafts(evidence)
        if not (drafts or study):
            self.box = ipw.HTML("No study waits to be confirmed: review literature take makes drafts.")
            return
        self._make_controls(drafts)
        self._open(study or drafts[0])
        self._connect()

    def __repr__(self) -> str:
        return "A form to confirm what a machine read of a study. It works while this notebook runs."

    # Making it

    def _make_controls(self, drafts: Sequence[str]) -> None:
        self.study = ipw.Combobox(description="Study", options=drafts, ensure_option=False, **ENTRY)
        self.progress, self.abstract = ipw.HTML(), ipw.HTML()
        self.panel, self.result = ipw.HTML(), ipw.HTML()
        self.command = ipw.Text(
            description="Command", placeholder="a letter and Enter; h shows all of them", **ENTRY
        )
        self.buttons = {
            letter: ipw.Button(
                description=f"{command.name} ({letter})", tooltip=command.does, layout=WIDE
            )
            for letter, command in COMMANDS.items()
            if command.name
        }
        self.value = ipw.Text(description="Value", **ENTRY)
        self.fields = {
            name: ipw.Text(description=name.replace("_", " ").capitalize(), **ENTRY)
            for name in FINDING_FIELDS
        }
        # Boxes of their own, for entries share one layout: to hide one by it would hide them all.
        self.of_study = ipw.VBox([self.value])
        self.of_finding = ipw.VBox(list(self.fields.values()))
        self.reviewer = ipw.Text(description="Reviewer", **ENTRY)
        self.date = ipw.Text(description="Date", placeholder="YYYY-MM-DD, today if empty", **ENTRY)
        row = ipw.HBox(list(self.buttons.values()), layout=ipw.Layout(flex_flow="row wrap"))
        self.box = ipw.VBox(
            [
                ipw.HTML(STYLE), self.study, self.progress, self.abstract, self.panel, self.command,
                self.result, row, self.of_study, self.of_finding, self.reviewer, self.date,
            ],
            layout=ipw.Layout(max_width="80em"),
        )  # fmt: skip
        self.box.add_class("review-take")

    def _connect(self) -> None:
        self.study.observe(self._on_study, "value")
        self.command.observe(self._on_command, "value")
        for letter, button in self.buttons.items():
            # As a default the letter is bound now: every button would do what the last one does.
            button.on_click(lambda _, letter=letter: self.do(letter))

    # Showing it

    def _open(self, key: str) -> None:
        """Show a study as the files have it now, at the first fact that waits."""
        evidence = read_evidence(self._folders)
        self._study = known_study(evidence, key)
        self.study.options, self.study.value = _drafts(evidence), key
        self._show(next(iter(self._study.waiting), ""))

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts of the study, those read first, then those that a person must say."""
        read = self._study.readings.facts if self._study.readings else {}
        return tuple(dict.fromkeys([*read, *self._study.waiting]))

    def _show(self, name: str) -> None:
        """Show the fact of that name, or where it is empty that none is left."""
        self._name, self._adds = name or next(iter(self.facts), ""), ""
        waiting = self._study.waiting
        handled = len(self.facts) - len(waiting)
        state = "it counts" if not waiting else "it does not count yet"
        counted = f"{handled} of {len(self.facts)} facts handled; {state}."
        self.progress.value = f'<div role="status">{text_html(counted)}</div>'
        self.abstract.value = self._abstract_html()
        self.panel.value = self._fact_html()
        self._fill()

    def _abstract_html(self) -> str:
        """The abstract with the sentences of its facts marked; without it, those sentences."""
        readings = self._study.readings
        facts = readings.facts if readings else {}
        text = self._abstracts.get(readings.sha256 if readings else "")
        shown = facts[self._name].sentence if self._name in facts else ""
        marked = [fact.sentence for fact in facts.values()]
        if text is None:
            note = "The abstract is not at hand; these are the sentences of its facts."
            parts = "".join(f"<p>{_mark(s, s == shown)}</p>" for s in dict.fromkeys(marked))
            return f'<div class="review-abstract"><p>{note}</p>{parts}</div>'
        return f'<div class="review-abstract">{_marked(text, marked, shown)}</div>'

    def _fact_html(self) -> str:
        if not self._name:
            return "No fact was read of this study."
        readings = self._study.readings
        fact = readings.facts.get(self._name) if readings else None
        finding = self._finding
        value = reading_text(finding) if finding else str(getattr(self._study, self._name))
        state = "not read: say what it is"
        if fact is not None:
            state = "waits"
        if fact is not None and fact.is_confirmed:
            state = f"confirmed by {fact.confirmed_by}, {fact.confirmed}"
        number = self.facts.index(self._name) + 1
        return f"<p><b>{number} {text_html(self._name)}</b>: {text_html(value)} ({text_html(state)})</p>"

    @property
    def _finding(self) -> Finding | None:
        findings = self._study.findings
        return next((finding for finding in findings if finding.finding == self._name), None)

    def _fill(self) -> None:
        finding = self._finding
        self.of_finding.layout.display = "" if finding else "none"
        self.of_study.layout.display = "none" if finding else ""
        given = "" if finding or not self._name else str(getattr(self._study, self._name))
        self.value.value = given
        for name, field in self.fields.items():
            field.value = _written(finding, name) if finding else ""

    # Doing it

    def _on_study(self, change: dict[str, Any]) -> None:
        if change["new"] != self._study.study:
            self._do(lambda: self._open(change["new"]))

    def _on_command(self, change: dict[str, Any]) -> None:
        typed = change["new"]
        if typed.strip():
            self.command.value = ""
            self.do(typed)

    def do(self, typed: str) -> None:
        """Do what a command says: a letter, and what it needs."""

        def act() -> None:
            letter, _, more = typed.strip().partition(" ")
            if letter.lower() not in COMMANDS:
                fault, remedy = f"there is no command {letter!r}", "Type h and Enter for all."
                raise ParameterError.at(InField(Entered.COMMAND), fault, remedy=remedy)
            getattr(self, f"_do_{letter.lower()}")(more.strip())

        self._do(act)

    def _do(self, act: Callable[[], None]) -> None:
        """Do it, or show what forbids it; a study that changed meanwhile is shown as it is now."""
        try:
            act()
        except ReviewError as error:
            if any(problem.place == InField(Entered.STUDY) for problem in error.problems):
                self._open(self._study.study)
            self.result.value = problems_html(error.problems)

    def _do_c(self, _: str) -> None:
        self._record(Confirmation(confirmed=[self._name]))

    def _do_e(self, more: str) -> None:
        finding = self._finding
        if finding is None:
            self._record(Confirmation(corrected={self._name: more or self.value.value}))
            return
        entered = {name: field.value.strip() for name, field in self.fields.items()}
        if more:
            name, _, value = more.partition("=")
            entered = {name.strip(): value.strip()}
        changed = {
            f"{self._name}.{name}": value
            for name, value in entered.items()
            if name not in FINDING_FIELDS or value != _written(finding, name)
        }
        # Fields that say what stood there already are a confirmation.
        done = Confirmation(corrected=changed) if changed else Confirmation(confirmed=[self._name])
        self._record(done)

    def _do_x(self, _: str) -> None:
        self._record(Confirmation(left_out=[self._name]))

    def _do_s(self, more: str) -> None:
        name, sign, value = more.partition("=")
        if not sign:
            remedy = "Write name=value, such as n=120."
            raise ParameterError.at(InField(Entered.COMMAND), "no value is given", remedy=remedy)
        self._record(Confirmation(corrected={name.strip(): value.strip()}))

    def _do_n(self, _: str) -> None:
        name = next_finding(self._study)
        if self._adds != name:
            self._adds = name
            self.of_finding.layout.display = ""
            for field in self.fields.values():
                field.value = ""
            told = f"Fill in {name} below, its outcome and result at least, then n and Enter again."
            self.result.value = f'<div role="status">{text_html(told)}</div>'
            return
        entered = {f"{name}.{part}": field.value.strip() for part, field in self.fields.items()}
        self._record(Confirmation(corrected={part: value for part, value in entered.items() if value}))

    def _do_j(self, _: str) -> None:
        self._go(1)

    def _do_k(self, _: str) -> None:
        self._go(-1)

    def _do_g(self, more: str) -> None:
        numbers = {str(number): name for number, name in enumerate(self.facts, start=1)}
        if more not in numbers:
            remedy = f"Use 1 to {len(numbers)}."
            raise ParameterError.at(
                InField(Entered.NUMBER), f"there is no number {more!r}", remedy=remedy
            )
        self.result.value = ""
        self._show(numbers[more])

    def _do_h(self, _: str) -> None:
        self.result.value = help_html(COMMANDS)

    def _go(self, step: int) -> None:
        self.result.value = ""
        if self.facts:
            self._show(self.facts[(self.facts.index(self._name) + step) % len(self.facts)])

    def _record(self, done: Confirmation) -> None:
        """Write what was done, then show the next fact that waits."""
        reader = Reader(self.reviewer.value, self.date.value)
        before = self.facts
        at = before.index(self._name) if self._name in before else 0
        study, path = record_confirmation(
            self._folders, self._study.study, done, reader, utc_now(), self._study
        )
        self._study = study
        later = [name for name in (*before[at:], *before) if name in study.waiting]
        left = "" if study.waiting else " Nothing waits any more: what it says counts."
        self.result.value = (
            f'<div role="status">{text_html(f"Written to {path.as_posix()}.{left}")}</div>'
        )
        self._show(next(iter(later), next(iter(study.waiting), "")))


def _abstracts(paths: Sequence[Path]) -> Mapping[str, str]:
    """The abstracts of corpus files by their digest, each a section a line."""
    if not paths:
        return {}
    return {digest_of(paper): f"{paper.title}\n{paper.abstract}" for paper in read_corpora(paths).papers}


def _drafts(evidence: Evidence) -> list[str]:
    return [key for key, study in evidence.studies.items() if study.waiting]


def _mark(text: str, is_shown: bool) -> str:
    shown = ' class="shown"' if is_shown else ""
    return f"<mark{shown}>{text_html(text)}</mark>"


def _marked(text: str, sentences: Sequence[str], shown: str) -> str:
    """A text with sentences marked where they stand; blanks may differ, nothing of it is live."""
    flat = " ".join(text.split())
    places: list[tuple[int, int, bool]] = []
    for sentence in dict.fromkeys([*sentences]):
        start = flat.find(sentence)
        if start >= 0 and all(start >= end or start + len(sentence) <= at for at, end, _ in places):
            places.append((start, start + len(sentence), sentence == shown))
    pieces, seen = [], 0
    for start, end, is_shown in sorted(places):
        pieces += [text_html(flat[seen:start]), _mark(flat[start:end], is_shown)]
        seen = end
    return "".join([*pieces, text_html(flat[seen:])])


def _written(finding: Finding, name: str) -> str:
    """A field of a finding as its file has it; empty where it has none."""
    value = getattr(finding, name)
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
