"""The form in JupyterLab on which a learner answers the items of a lesson and hands them in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.model.errors import ParameterError, Problem, ReviewError
from review.model.vocabulary import spoken
from review.teaching.answers import Answer
from review.teaching.marking.own_answers import answers_file, choose, hand_in, keep, own_answers
from review.teaching.sheet import Asked
from review.widgets.commands import Command, help_html
from review.widgets.lesson_item import (
    STYLE,
    about_html,
    asked_html,
    differs_html,
    status_html,
    steps_html,
)
from review.widgets.parts import ENTRY, WIDE, Form, problems_html, textarea

COMMANDS: Mapping[str, Command] = {
    "a": Command("", "words", "answer in these words, where the answer is in words"),
    "r": Command("", "words", "give this reason; alone, go to the field of the reason"),
    "b": Command("Back", "", "go to the question before"),
    "n": Command("Next", "", "go to the next question"),
    "g": Command("", "number", "go to the question of that number"),
    "t": Command("", "", "where there are two answers, take the one typed into the notebook"),
    "f": Command("", "", "where there are two answers, take the one of this form"),
    "i": Command("Hand in", "", "write the notebook to hand in"),
    "h": Command("Help", "", "show these commands"),
}


class LessonForm(Form):
    """Answer the items of a learner's notebook one by one, and hand in.

    Every answer is written beside the notebook at once. All of it can be done in the command field:
    the number of a choice, or a letter, and Enter. In a list of choices JupyterLab takes letters and
    arrows for itself.
    """

    def __init__(self, notebook: str | Path) -> None:
        self._notebook = Path(notebook)
        self._own = own_answers(self._notebook)
        self._at = 0
        self._showing = False
        self._make_controls()
        self._show(self._first_open())
        self._connect()

    def __repr__(self) -> str:
        return "A form to answer the items of this lesson. It works while this notebook runs."

    # Making it

    def _make_controls(self) -> None:
        self.progress = ipw.HTML()
        self.about = ipw.HTML()
        self.shown = ipw.HTML()
        self.two = ipw.HTML()
        self.choices = ipw.RadioButtons(description="Answer", options=[])
        self.words = textarea("Answer", "your answer, in words")
        # Layouts of their own: only one of the two is shown, and other fields share theirs.
        self.choices.layout, self.words.layout = ipw.Layout(width="auto"), ipw.Layout(width="auto")
        self.reason = textarea("Reason", "why, in a sentence")
        self.command = ipw.Text(description="Command", placeholder="h and Enter shows all", **ENTRY)
        self.result = ipw.HTML()
        self.buttons = {
            letter: ipw.Button(
                description=f"{command.name} ({letter})", tooltip=command.does, layout=WIDE
            )
            for letter, command in COMMANDS.items()
            if command.name
        }
        row = ipw.Layout(flex_flow="row wrap")
        buttons = ipw.HBox(list(self.buttons.values()), layout=row)
        parts = [
            ipw.HTML(STYLE), self.progress, self.about, self.shown, self.two, self.choices, self.words,
            self.reason, self.command, self.result, buttons,
        ]  # fmt: skip
        self.box = ipw.VBox(parts, layout=ipw.Layout(max_width="60em"))
        self.box.add_class("review-lesson")

    def _connect(self) -> None:
        self.choices.observe(self._on_choice, "value")
        self.words.observe(self._on_words, "value")
        self.reason.observe(self._on_reason, "value")
        self.command.observe(self._on_command, "value")
        for letter, button in self.buttons.items():
            button.on_click(lambda _, letter=letter: self.do(letter))

    # Showing it

    @property
    def _item(self) -> Asked:
        return self._own.items[self._at]

    @property
    def _answer(self) -> Answer:
        return self._own.answer(self._item)

    def _first_open(self) -> int:
        left = [at for at, item in enumerate(self._own.items) if item not in self._own.answered]
        return left[0] if left else 0

    def _show(self, at: int) -> None:
        """Show an item with the answer that holds for it; nothing is written meanwhile."""
        self._showing, self._at = True, at
        item, answer, count = self._item, self._answer, len(self._own.items)
        done = f"{len(self._own.answered)} of {count} answered."
        self.progress.value = status_html([done]) + steps_html(self._own, at)
        # A part of its own: within a group it is not drawn again, so whoever folds it finds it folded.
        self.about.value = about_html(item)
        self.shown.value = asked_html(self._own, at)
        self.two.value = differs_html(self._own, item)
        named = [(f"{n} {spoken(choice)}", choice) for n, choice in enumerate(item.choices, start=1)]
        self.choices.options = named
        self.choices.value = answer.value if answer.value in item.choices else None
        self.choices.layout.display = "" if item.choices else "none"
        self.words.layout.display = "none" if item.choices else ""
        self.words.value, self.reason.value = answer.value, answer.reason
        self._showing = False

    # Doing it

    def _on_choice(self, change: dict[str, Any]) -> None:
        if not self._showing and change["new"] is not None:
            self._do(lambda: self._keep(replace(self._answer, value=change["new"])))

    def _on_words(self, change: dict[str, Any]) -> None:
        if not self._showing:
            self._do(lambda: self._keep(replace(self._answer, value=change["new"])))

    def _on_reason(self, change: dict[str, Any]) -> None:
        if not self._showing:
            self._do(lambda: self._keep(replace(self._answer, reason=change["new"])))

    def _on_command(self, change: dict[str, Any]) -> None:
        typed = change["new"]
        if typed.strip():
            self.command.value = ""
            self.do(typed)

    def do(self, typed: str) -> None:
        """Do what a command says: the number of a choice, or a letter, and what follows it."""
        first, _, more = typed.strip().partition(" ")
        self._do(lambda: self._act(first.lower(), more.strip()))

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except ReviewError as error:
            self.result.value = problems_html(error.problems)

    def _act(self, first: str, more: str) -> None:
        if _is_number(first):
            self._choose_number(int(first), more)
        elif first in COMMANDS:
            getattr(self, f"_do_{first}")(more)
        else:
            raise _problem("command", f"there is no command {first!r}", "Type h and Enter for all.")

    def _choose_number(self, number: int, reason: str) -> None:
        choices = self._item.choices
        if not choices:
            raise _problem("answer", "this answer is in words", "Type a, a space and your words.")
        if not 0 < number <= len(choices):
            raise _problem("answer", f"there is no choice {number}", f"Use 1 to {len(choices)}.")
        self._keep(Answer(choices[number - 1], reason or self._answer.reason))

    def _do_a(self, more: str) -> None:
        if self._item.choices:
            raise _problem("answer", "this question has choices", "Type the number of one of them.")
        if not more:
            self.words.focus()
            return
        self._keep(replace(self._answer, value=more))

    def _do_r(self, more: str) -> None:
        if not more:
            self.reason.focus()
            return
        self._keep(replace(self._answer, reason=more))

    def _do_b(self, _: str) -> None:
        self._go(self._at - 1)

    def _do_n(self, _: str) -> None:
        self._go(self._at + 1)

    def _do_g(self, more: str) -> None:
        if not _is_number(more):
            raise _problem("question", f"{more!r} is no number", "Type g, a space and a number.")
        self._go(int(more) - 1)

    def _go(self, at: int) -> None:
        last = len(self._own.items)
        if not 0 <= at < last:
            what = f"there is no question {at + 1}"
            raise _problem("question", what, f"This lesson has questions 1 to {last}.")
        self.result.value = ""
        self._show(at)

    def _do_t(self, _: str) -> None:
        self._choose(typed=True)

    def _do_f(self, _: str) -> None:
        self._choose(typed=False)

    def _choose(self, typed: bool) -> None:
        if not self._own.differs(self._item):
            raise _problem("answer", "there are no two answers here", "Type h and Enter for help.")
        self._own = choose(self._notebook, self._item.item, typed)
        self._written()

    def _do_i(self, _: str) -> None:
        self._own = own_answers(self._notebook)
        self._show(min(self._at, len(self._own.items) - 1))
        target, left = hand_in(self._notebook)
        said = [f"Handed in: {target.name}, beside this notebook. Give that file to your teacher."]
        if left:
            items = ", ".join(str(number) for number in left)
            said.append(f"Still open: {items}. You can answer them and hand in again.")
        self.result.value = status_html(said)

    def _do_h(self, _: str) -> None:
        number = Command("", "reason", "answer with the choice of that number")
        self.result.value = help_html({"number": number, **COMMANDS})

    def _keep(self, answer: Answer) -> None:
        if answer == self._answer and self._item.item in self._own.kept:
            return
        self._own = keep(self._notebook, self._item.item, answer)
        self._written()

    def _written(self) -> None:
        self._show(self._at)
        said = f"Question {self._at + 1}: {self._answer.value or 'no answer yet'}."
        self.result.value = status_html([said, f"Written to {answers_file(self._notebook).name}."])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


def _problem(place: str, what: str, remedy: str) -> ParameterError:
    return ParameterError([Problem(place, 0, what, remedy)])
