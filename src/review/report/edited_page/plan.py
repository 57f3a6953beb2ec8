"""What is meant for a page before its English is looked after: decisions first, then suggestions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.model.vocabulary import Action, DecisionKind, DecisionScope, Tier, Verdict
from review.report.edited_page.outline import Fate, LineKind, Outline, Passage, outline_of
from review.report.model import ClaimRow, DecisionRow, Report

SUGGESTED = "suggested wording, not decided"
UNDECIDED = "not decided"

FRAGMENT = "Suggested to be taken out: no whole sentence fits in here. What may be said elsewhere:"

_LABEL = re.compile(r"(?:[^\s:]+ ){0,5}[^\s:]+: +")
_EDGES = " \t\n.!?…\"'“”‘’()"


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim that a person decided on; `new` is its quote where the words stay.

    `first` is the claim whose change came before this one's and covers some of its words.
    """

    row: ClaimRow
    decision: DecisionRow
    new: str
    first: ClaimRow | None = None

    @property
    def is_meant(self) -> bool:
        """Whether the decision asks for other words."""
        return self.new != self.row.quote

    @property
    def is_made(self) -> bool:
        """Whether these words change for this decision."""
        return self.is_meant and self.first is None

    @property
    def author(self) -> str:
        """Who decided, and as what."""
        return f"{self.decision.reviewer}, {self.decision.role}"


@dataclass(frozen=True, slots=True)
class Plan:
    """The sentences of a page with what becomes of them, and the decisions on its claims."""

    outline: Outline
    decided: tuple[Decided, ...]


def plan_of(report: Report, page: str, text: str, suggest: bool) -> Plan:
    """The plan for a page: every decision, and with `suggest` what each other sentence needs."""
    rows = [row for row in report.claims if row.page == page]
    decided = tuple(_in_order(rows))
    outline = outline_of(text, [row for row in report.sentences if row.page == page])
    for passage in outline.passages:
        over = [d for d in decided if d.row.start < passage.end and passage.start < d.row.end]
        if over:
            passage.decided = True
            if sentence := _on_the_sentence(over):
                _apply(passage, sentence)
            else:
                _remove_whole(passage, over)
        elif suggest:
            passage.author, passage.date = SUGGESTED, report.as_of
            _suggest(passage, outline)
    return Plan(outline, decided)


def _in_order(rows: Iterable[ClaimRow]) -> Iterable[Decided]:
    """The decided claims, those that change words first; words change only once."""
    taken = sorted((_decided(row, row.decisions[-1]) for row in rows if row.decisions), key=_precedence)
    made: list[Decided] = []
    for decided in taken:
        first = next((earlier.row for earlier in made if _overlap(earlier.row, decided.row)), None)
        placed = Decided(decided.row, decided.decision, decided.new, first)
        if placed.is_made:
            made.append(placed)
        yield placed


def _decided(row: ClaimRow, decision: DecisionRow) -> Decided:
    # Only to reword or to remove changes words, and what is decided on a sentence changes no part of it.
    new = {DecisionKind.REWORD: decision.wording, DecisionKind.REMOVE: ""}
    kind = None if decision.scope is DecisionScope.SENTENCE else decision.decision
    return Decided(row, decision, row.quote if kind is None else new.get(kind, row.quote))


def _on_the_sentence(over: Sequence[Decided]) -> Decided | None:
    """The decision on the whole sentence; None where its claims are decided apart from each other."""
    first, *others = over
    meant = (first.decision.decision, first.decision.wording)
    is_one = all((d.decision.decision, d.decision.wording) == meant for d in others)
    is_whole = all(d.decision.scope is DecisionScope.SENTENCE for d in over)
    return first if is_one and is_whole else None


def _apply(passage: Passage, decided: Decided) -> None:
    """Do with a sentence what was decided on it, in the very words of whoever decided."""
    decision = decided.decision
    passage.author, passage.date = decided.author, decision.date
    if decision.decision is DecisionKind.REMOVE:
        passage.fate = Fate.GONE
    elif decision.decision is DecisionKind.REWORD and decision.wording != passage.text:
        passage.fate, passage.new = Fate.REPLACED, decision.wording


def _precedence(decided: Decided) -> tuple[bool, int, int, int, str]:
    """Changes before comments, then by urgency and place."""
    row = decided.row
    fails = isinstance(row.verdict, Verdict) and not row.verdict.may_stand
    urgency = row.verdict.urgency if row.verdict and fails else len(Verdict)
    return (not decided.is_meant, urgency, row.start, -row.end, row.claim)


def _overlap(a: ClaimRow, b: ClaimRow) -> bool:
    return a.start < b.end and b.start < a.end


def _remove_whole(passage: Passage, over: Sequence[Decided]) -> None:
    """A person took out a claim that is the whole sentence: the sentence goes, with its place."""
    if passage.row is None:
        return
    for decided in over:
        words = decided.row.quote.strip(_EDGES)
        if decided.is_made and not decided.new and words == passage.text.strip(_EDGES):
            passage.fate = Fate.GONE
            passage.author, passage.date = decided.author, decided.decision.date


def _suggest(passage: Passage, outline: Outline) -> None:
    """The change that the action of a sentence asks for.

    A warning is never taken out or replaced, nor is what promises nothing of what is offered: a cause
    of a disease less, or a denial less, can mislead more than the sentence did. A title is no sentence.
    """
    row = passage.row
    if row is None or row.warns or row.tier in (Tier.DOCUMENTS, Tier.BACKGROUND):
        return
    kind = outline.lines[passage.line].kind
    if row.action is Action.REMOVE and (kind is LineKind.ITEM or _ENDED.search(passage.text)):
        passage.fate = Fate.GONE
    elif row.action is Action.REWORD and row.wording:
        _replace(passage, row.wording, kind)


_ENDED = re.compile(r"[.!?;:…][\"'”’)]*$")


def _replace(passage: Passage, wording: str, kind: LineKind) -> None:
    """Put the wording in the sentence's place, behind the label that an item of a list begins with."""
    ends = passage.text.rstrip("\"'”’)").endswith((".", "!", "?", ";", ","))
    label = _LABEL.match(passage.text) if kind is LineKind.ITEM else None
    if kind in (LineKind.ITEM, LineKind.CELL) and not ends and label is None:
        # "Our clients: it is not known whether people like it" is what a list would say.
        passage.fate, passage.note = Fate.GONE, f"{FRAGMENT} {wording}"
        return
    is_bare = not ends and (kind is LineKind.HEADING or label is not None) and ". " not in wording
    new = f"{label[0] if label else ''}{wording.removesuffix('.') if is_bare else wording}"
    if new != passage.text:
        passage.fate, passage.new = Fate.REPLACED, new
