"""The form in JupyterLab on which a learner answers the items of a lesson and hands them in."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.model.errors import InField, ParameterError, ReviewError
from review.model.vocabulary import spoken
from review.people.entries import Entered
from review.teaching.answering.notebook import AskedItem
from review.teaching.answering.own_answers import answers_file, choose, hand_in, keep, own_answers
from review.teaching.answers import Response
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
        self._answers = own_answers(self._notebook)
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
        self.question = ipw.HTML()
        self.two_answers = ipw.HTML()
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
        parts = [ipw.HTML(STYLE), self.progress, self.about, self.question, self.two_answers]
        parts += [self.choices, self.words, self.reason, self.command, self.result, buttons]
        self.box = ipw.VBox(parts, layout=ipw.Layout(max_width="60em"))
        self.box.add_class("review-lesson")

    def _connect(self) -> None:
        for field, part in ((self.choices, "value"), (self.words, "value"), (self.reason, "reason")):
            field.observe(partial(self._on_entry, part), "value")
        self.command.observe(self._on_command, "value")
        for letter, button in self.buttons.items():
            button.on_click(lambda _, letter=letter: self.do(letter))

    # Showing it

    @property
    def _item(self) -> AskedItem:
        return self._answers.items[self._at]

    @property
    def _answer(self) -> Response:
        return self._answers.answer(self._item)

    def _first_open(self) -> int:
        items, answered = self._answers.items, self._answers.answered
        return next((at for at, item in enumerate(items) if item not in answered), 0)

    def _show(self, at: int) -> None:
        """Show an item with the answer that holds for it; nothing is written meanwhile."""
        # Setting a field below is a change like any other, and must not be taken for the learner's.
        self._showing, self._at = True, at
        item, answer, count = self._item, self._answer, len(self._answers.items)
        answered = f"{len(self._answers.answered)} of {count} answered."
        self.progress.value = status_html([answered]) + steps_html(self._answers, at)
        # A part of its own: within a group it is not drawn again, so whoever folds it finds it folded.
        self.about.value = about_html(item)
        self.question.value = asked_html(self._answers, at)
        self.two_answers.value = differs_html(self._answers, item)
        self.choices.options = [(f"{n} {spoken(c)}", c) for n, c in enumerate(item.choices, start=1)]
        self.choices.value = answer.value if answer.value in item.choices else None
        self.choices.layout.display = "" if item.choices else "none"
        self.words.layout.display = "none" if item.choices else ""
        self.words.value, self.reason.value = answer.value, answer.reason
        self._showing = False

    # Doing it

    def _on_entry(self, part: str, change: dict[str, Any]) -> None:
        if not self._showing and change["new"] is not None:
            self._do(lambda: self._keep(replace(self._answer, **{part: change["new"]})))

    def _on_command(self, change: dict[str, Any]) -> None:
        typed = change["new"]
        if typed.strip():
            # Emptied first, for the next command; that is a change as well, and no command.
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
            raise ParameterError.at(
                InField(Entered.COMMAND),
                f"there is no command {first!r}",
                remedy="Type h and Enter for all.",
            )

    def _choose_number(self, number: int, reason: str) -> None:
        choices = self._item.choices
        if not choices:
            raise ParameterError.at(
                InField(Entered.ANSWER),
                "this answer is in words",
                remedy="Type a, a space and your words.",
            )
        if not 0 < number <= len(choices):
            raise ParameterError.at(
                InField(Entered.ANSWER),
                f"there is no choice {number}",
                remedy=f"Use 1 to {len(choices)}.",
            )
        self._keep(Response(choices[number - 1], reason or self._answer.reason))

    def _do_a(self, more: str) -> None:
        if self._item.choices:
            raise ParameterError.at(
                InField(Entered.ANSWER),
                "this question has choices",
                remedy="Type the number of one of them.",
            )
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
            raise ParameterError.at(
                InField(Entered.QUESTION),
                f"{more!r} is no number",
                remedy="Type g, a space and a number.",
            )
        self._go(int(more) - 1)

    def _go(self, at: int) -> None:
        last = len(self._answers.items)
        if not 0 <= at < last:
            fault = f"there is no question {at + 1}"
            raise ParameterError.at(
                InField(Entered.QUESTION), fault, remedy=f"This lesson has questions 1 to {last}."
            )
        self.result.value = ""
        self._show(at)

    def _do_t(self, _: str) -> None:
        self._choose(typed=True)

    def _do_f(self, _: str) -> None:
        self._choose(typed=False)

    def _choose(self, typed: bool) -> None:
        if not self._answers.differs(self._item):
            raise ParameterError.at(
                InField(Entered.ANSWER),
                "there are no two answers here",
                remedy="Type h and Enter for help.",
            )
        self._answers = choose(self._notebook, self._item.item, typed)
        self._written()

    def _do_i(self, _: str) -> None:
        # Read anew: JupyterLab may have saved what was typed into cells meanwhile.
        self._answers = own_answers(self._notebook)
        self._show(min(self._at, len(self._answers.items) - 1))
        target, left = hand_in(self._notebook)
        lines = [f"Handed in: {target.name}, beside this notebook. Give that file to your teacher."]
        if left:
            numbers = ", ".join(map(str, left))
            lines.append(f"Still open: {numbers}. You can answer them and hand in again.")
        self.result.value = status_html(lines)

    def _do_h(self, _: str) -> None:
        number = Command("", "reason", "answer with the choice of that number")
        self.result.value = help_html({"number": number, **COMMANDS})

    def _keep(self, answer: Response) -> None:
        if answer == self._answer and self._item.item in self._answers.kept:
            return
        self._answers = keep(self._notebook, self._item.item, answer)
        self._written()

    def _written(self) -> None:
        self._show(self._at)
        answer = f"Question {self._at + 1}: {self._answer.value or 'no answer yet'}."
        self.result.value = status_html([answer, f"Written to {answers_file(self._notebook).name}."])


def _is_number(text: str) -> bool:
    # Only what `int` reads as a reader does: "²" is a digit, and int refuses it.
    return text.isascii() and text.isdigit() and len(text) < 6
