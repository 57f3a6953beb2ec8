"""The form in JupyterLab on which an analyst goes through the claims suggested for a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as ipw

from review.dossier.suggestions import BY_RULE, suggestions
from review.language.claims.stretches import word_starts
from review.language.sentences import Span
from review.model.errors import InField, InFile, InputError, ParameterError, ReviewError
from review.model.records import Evidence, Proposition
from review.model.vocabulary import (
    NOT_REPORTED,
    Category,
    FoundBy,
    OutcomeKind,
    Polarity,
    Question,
    Species,
    Wording,
    YesNo,
    spoken,
)
from review.people.entries import Entered
from review.people.triage import By, Change, ClaimDraft, Session, Suggested, TriageItem, TriageState
from review.store.additions.triage import record_triage, triage_session
from review.store.clock import utc_now
from review.store.read import read_claims
from review.widgets.commands import COMMANDS, help_html, parsed
from review.widgets.page_view import STYLE, lines_around, page_html, whole_page_html
from review.widgets.parts import ENTRY, WIDE, Form, problems_html, text_html, textarea
from review.widgets.triage_item import item_html, label, list_html
from review.workbench import Review, open_review

CHOICES = {"category": Category, "wording": Wording, "checkworthy": YesNo, "polarity": Polarity}
"""The fields of a claim that hold a word of a vocabulary."""
NEW_CHOICES: Mapping[str, Iterable[str]] = {
    "question": Question,
    "species": Species,
    "outcome_kind": OutcomeKind,
}
"""Those of a proposition; its topic is one of the subject's."""

Suggest = Callable[[str, Review], tuple[Suggested, ...]]
"""What is suggested for the text of a page, by what a review holds."""


class TriageForm(Form):
    """Go through the suggested claims of a page: accept, edit, split, merge, refuse, link.

    Every action is written to the last folder at once. All of it can be done in the command field, by
    a letter and Enter; the buttons do the same. Choices are fields with suggestions and not lists:
    in a list, or on anything that is not typed into, JupyterLab takes letters and arrows for itself.
    """

    def __init__(
        self, folders: Sequence[str | Path], page: str = "", suggest: Suggest = suggestions
    ) -> None:
        self._folders = [Path(folder) for folder in folders]
        self._suggest = suggest
        self._learnt_from = self._folders[:-1] or self._folders
        self._suggested: dict[str, tuple[Suggested, ...]] = {}
        self._key = ""
        evidence = self._read()
        self._titles = {flag.flag: flag.title for flag in evidence.packs.flags}
        pages = self._pages(evidence)
        self._make_controls(evidence.subject.topic_order)
        self.page.options = pages
        self._open_page(page or pages[0])
        self._connect()

    def __repr__(self) -> str:
        return "A form to triage the claims suggested for a page. It works while this notebook runs."

    # Making it

    def _make_controls(self, topics: Sequence[str]) -> None:
        choices = {"topic": topics, **NEW_CHOICES}
        self.page = _chosen("Page")
        self.progress = ipw.HTML()
        self.list = ipw.HTML()
        self.go_to = _chosen("Go to")
        self.panel = ipw.HTML()
        self.command = ipw.Text(
            description="Command", placeholder="a letter and Enter; h shows all of them", **ENTRY
        )
        self.result = ipw.HTML()
        self.buttons = {
            letter: ipw.Button(
                description=f"{command.name} ({letter})", tooltip=command.does, layout=WIDE
            )
            for letter, command in COMMANDS.items()
            if command.name
        }
        self.words = textarea("Words", "the words of the page, letter by letter")
        self.fields = {name: _choice(name, kind) for name, kind in CHOICES.items()}
        self.proposition = _chosen("Proposition")
        self.split_at = _chosen("Split before")
        self.reason = textarea("Reason", "why it is refused, in words a colleague can check")
        self.reviewer = ipw.Text(description="Reviewer", **ENTRY)
        required = [name for name, of in Proposition.model_fields.items() if of.is_required()]
        self.new = {name: _cell(name, choices.get(name)) for name in required}
        self._blank = {name: field.value for name, field in self.new.items()}
        self.new_box = ipw.VBox(list(self.new.values()))
        self.whole = ipw.HTML()
        self.box = ipw.VBox(self._parts(), layout=ipw.Layout(max_width="70em"))
        self.box.add_class("review-triage")

    def _parts(self) -> list[Any]:
        row = ipw.Layout(flex_flow="row wrap")
        buttons = ipw.HBox(list(self.buttons.values()), layout=row)
        fields = ipw.HBox(list(self.fields.values()), layout=row)
        self.new_box.layout.display = "none"
        return [
            ipw.HTML(STYLE), self.page, self.progress, self.list, self.go_to, self.panel, self.command,
            self.result, buttons, self.words, fields, self.proposition, self.split_at, self.reason,
            self.reviewer, self.new_box, self.whole,
        ]  # fmt: skip

    def _connect(self) -> None:
        self.page.observe(self._on_page, "value")
        self.go_to.observe(self._on_go_to, "value")
        self.command.observe(self._on_command, "value")
        for letter, button in self.buttons.items():
            # As a default the letter is bound now: every button would do what the last one does.
            button.on_click(lambda _, letter=letter: self.do(letter))

    def _read(self) -> Evidence:
        """Pages, claims, propositions and the subject; a folder of one's own need not be there yet."""
        return read_claims([folder for folder in self._folders if folder.exists()] or self._folders)

    def _pages(self, evidence: Evidence) -> list[str]:
        """The pages, those of one's own folder first. Raises InputError where there is none."""
        own = f"{self._folders[-1].as_posix()}/"
        places = {page: evidence.places["page", page].path for page in evidence.pages}
        if not places:
            fault, remedy = "there is no page here", "Add a page to its pages.csv."
            raise InputError.at(InFile(own), fault, remedy=remedy)
        return sorted(places, key=lambda page: (not places[page].startswith(own), page))

    def _suggestions(self, page: str, text: str) -> tuple[Suggested, ...]:
        """What is suggested for a page: learnt from the folders before one's own, so that it stays the
        same while one works.
        """
        if page not in self._suggested:
            self._suggested[page] = self._suggest(text, open_review(self._learnt_from))
        return self._suggested[page]

    # Showing it

    def _open_page(self, page: str) -> None:
        """Show a page as the files have it now, with what is suggested for it."""
        self._session = triage_session(self._folders, page, ())
        self.page.value, self.result.value = page, ""
        offered = self._suggestions(page, self._session.page.text)
        self._session = replace(self._session, suggestions=offered)
        if any(suggestion.found_by is FoundBy.RULE for suggestion in offered):
            self.result.value = _status([BY_RULE])
        self._show(self._session.by_importance[0].key if self._session.items else "")

    def _show(self, key: str) -> None:
        """Show the session as it is now, with the item `key` chosen and nothing entered for it yet."""
        self._key = key
        items = self._session.items
        numbers = {item.key: number for number, item in enumerate(items, start=1)}
        self.progress.value = _status([self._session.progress])
        order = self._session.by_importance
        labels = [label(self._session, item, numbers[item.key]) for item in order]
        self.go_to.options, self.go_to.value = labels, ""
        self.list.value = list_html(labels, [item.key for item in order].index(key) if key else 0)
        text = self._session.page.text
        self.whole.value = whole_page_html(text, items, key)
        self._fill(self._session.item(key) if key else None)

    def _fill(self, item: TriageItem | None) -> None:
        """Show an item and put what it says into the fields."""
        draft = self._session.draft(item.key) if item else ClaimDraft(0, 0)
        text = self._session.page.text
        self.panel.value = (
            item_html(self._session, item, self._titles) if item else "Nothing is left on this page."
        )
        if item:
            around = page_html(
                text, self._session.items, item.key, lines_around(text, item.start, item.end)
            )
            self.panel.value = f'<div class="review-page">{around}</div>{self.panel.value}'
        self.words.value = text[draft.start : draft.end]
        for name, field in self.fields.items():
            field.value = getattr(draft, name)
        known = self._session.propositions
        self.proposition.options = [f"{key}: {row.statement}" for key, row in known.items()]
        self.proposition.value = draft.proposition
        self.split_at.options = [
            f"{number} {text[start : draft.end].split()[0]}"
            # Nothing can be split before its first word.
            for number, start in list(enumerate(self._word_starts(draft), start=1))[1:]
        ]
        self.split_at.value, self.reason.value = "", ""

    def _word_starts(self, draft: ClaimDraft) -> tuple[int, ...]:
        return word_starts(self._session.page.text, Span(draft.start, draft.end))

    def _on_page(self, change: dict[str, Any]) -> None:
        if change["new"] != self._session.page.page:
            self._do(lambda: self._open_page(change["new"]))

    def _on_go_to(self, change: dict[str, Any]) -> None:
        if change["new"]:
            self._do(lambda: self._do_g(change["new"].split()[0]))

    # Doing it

    def _on_command(self, change: dict[str, Any]) -> None:
        typed = change["new"]
        if typed.strip():
            self.command.value = ""
            self.do(typed)

    def do(self, typed: str) -> None:
        """Do what a command says: a letter, and what it needs."""

        def act() -> None:
            letter, more = parsed(typed)
            # `parsed` gives no letter but those of COMMANDS.
            getattr(self, f"_do_{letter}")(more)

        self._do(act)

    def _do(self, act: Callable[[], None]) -> None:
        """Do it, or show what forbids it; where the files changed meanwhile, show them as they are."""
        try:
            act()
        except ReviewError as error:
            self.result.value = problems_html(error.problems)
            if any(problem.place == InField(Entered.SUGGESTION) for problem in error.problems):
                self._reload()

    def _do_a(self, _: str) -> None:
        self._record(lambda session: session.accept(self._key, self._draft(session)))

    def _do_r(self, more: str) -> None:
        reason = more or self.reason.value
        if not reason.strip():
            self.reason.focus()
        self._record(lambda session: session.refuse(self._key, reason, self._by()))

    def _do_e(self, more: str) -> None:
        if not more:
            self.words.focus()
            self.result.value = _status(["Edit the words below, then accept: a and Enter."])
            return
        self.words.value = more
        self._do_a("")

    def _do_c(self, more: str) -> None:
        if more:
            self.words.value = more
        self._record(lambda session: session.add(self._draft(session)), adds=True)

    def _do_s(self, more: str) -> None:
        chosen = more or self.split_at.value
        if not chosen.strip():
            self.split_at.focus()
            self.result.value = _status(["Choose below the word that begins the second part."])
            return
        number = _whole(chosen.split()[0], Entered.SPLIT)

        def split(session: Session) -> Change:
            draft = self._draft(session)
            starts = self._word_starts(draft)
            at = starts[number - 1] if 0 < number <= len(starts) else draft.end
            return session.split(self._key, at, draft)

        self._record(split)

    def _do_m(self, more: str) -> None:
        keys = [item.key for item in self._session.items]
        # Numbers begin at 1, so this is that of the next item; without an item, one that there is not.
        number = _whole(more, Entered.MERGE) if more else [*keys, self._key].index(self._key) + 2
        other = keys[number - 1] if 0 < number <= len(keys) else self._key
        self._record(lambda session: session.merge(self._key, other, self._by(), self._draft(session)))

    def _do_l(self, more: str) -> None:
        named = more or self.proposition.value.partition(":")[0]
        if not named:
            self.proposition.focus()
        self._record(lambda session: session.link(self._key, named, self._draft(session)))

    def _do_n(self, _: str) -> None:
        if self.new_box.layout.display == "none":
            self.new_box.layout.display = ""
            self.new["proposition"].focus()
            self.result.value = _status(["Fill in the new proposition below, then n and Enter again."])
            return
        cells = {name: field.value for name, field in self.new.items()}
        self._record(lambda session: session.new_proposition(self._key, cells, self._draft(session)))
        self.new_box.layout.display = "none"
        for name, field in self.new.items():
            field.value = self._blank[name]

    def _do_j(self, _: str) -> None:
        self._go(1)

    def _do_k(self, _: str) -> None:
        self._go(-1)

    def _do_g(self, more: str) -> None:
        number, items = _whole(more, Entered.NUMBER), self._session.items
        if not 0 < number <= len(items):
            fault, remedy = f"there is no number {number}", f"Use 1 to {len(items)}."
            raise ParameterError.at(InField(Entered.NUMBER), fault, remedy=remedy)
        self.result.value = ""
        self._show(items[number - 1].key)

    def _do_h(self, _: str) -> None:
        self.result.value = help_html()

    def _go(self, step: int) -> None:
        keys = [item.key for item in self._session.by_importance]
        self.result.value = ""
        if keys:
            self._show(keys[(keys.index(self._key) + step) % len(keys)])

    def _by(self) -> By:
        return By(self.reviewer.value, utc_now().date())

    def _draft(self, session: Session) -> ClaimDraft:
        """What the fields say of the item; its place as it is unless other words were entered."""
        draft = session.draft(self._key) if self._key else ClaimDraft(0, 0)
        if self.words.value.split() != session.page.text[draft.start : draft.end].split():
            draft = session.words(draft, self.words.value)
        entered = {name: field.value for name, field in self.fields.items()}
        return replace(draft, **entered, proposition=self.proposition.value.partition(":")[0].strip())

    def _record(self, act: Callable[[Session], Change], adds: bool = False) -> None:
        """Write what `act` gives; then show the next that is open, in the order of the list.

        What `adds` a claim concerns no item, and shows what was added.
        """
        if not adds and not self._key:
            fault, remedy = "nothing is suggested on it", "Choose another, or claim words."
            raise ParameterError.at(InField(Entered.PAGE), fault, remedy=remedy)
        order = [item.key for item in self._session.by_importance]
        was_open = not adds and self._session.item(self._key).state is TriageState.OPEN
        key = "" if adds else self._key
        self._session, change = record_triage(self._folders, self._session, key, act)
        self.result.value = _status([*change.messages, f"Written to {self._folders[-1].as_posix()}."])
        self._show(self._next(order if was_open else [], change))

    def _next(self, order: Sequence[str], change: Change) -> str:
        """The next in `order` that is open after the one just done; else what was written."""
        left = {item.key for item in self._session.open}
        start = order.index(self._key) if order else 0
        later = [key for key in (*order[start:], *order) if key in left]
        there = {item.key for item in self._session.items}
        made = [row.claim for row in (*change.claims, *change.refusals) if row.claim in there]
        return next(iter([*later, *made, *there]))

    def _reload(self) -> None:
        """Show the files as they are now, which somebody else has changed."""
        self._session = triage_session(self._folders, self._session.page.page, self._session.suggestions)
        keys = [item.key for item in self._session.by_importance]
        self._show(self._key if self._key in keys else next(iter(keys), ""))


def _chosen(description: str, options: Sequence[str] = ()) -> Any:
    """A field that is typed into, with options to choose from."""
    return ipw.Combobox(description=description, options=options, ensure_option=False, **ENTRY)


def _choice(name: str, words: Iterable[str]) -> Any:
    """A field for one of some words."""
    return _chosen(spoken(name).capitalize(), [str(word) for word in words])


def _cell(name: str, words: Iterable[str] | None) -> Any:
    """A field for a column of a new proposition, for one of `words` where there are any."""
    if words is not None:
        return _choice(name, words)
    value = "" if name in ("proposition", "statement") else NOT_REPORTED
    described = "New id" if name == "proposition" else name.capitalize()
    return ipw.Text(description=described, value=value, **ENTRY)


def _status(lines: Sequence[str]) -> str:
    return f'<div role="status">{" ".join(text_html(line) for line in lines)}</div>'


def _whole(text: str, field: Entered) -> int:
    """The number that was typed. Raises ParameterError for anything else."""
    # A digit of another script, such as ², is none to `int`.
    if text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    raise ParameterError.at(InField(field), f"{text!r} is no number", remedy="Give a number, as shown.")
