"""What an edited page changes and what it says of each claim, before any format.

A change follows the last decision on a claim; where nobody has decided it may follow the wording that
the evidence allows, and then says that it is only suggested. Claims overlap, words change only once.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from review.model.vocabulary import DecisionKind, Verdict
from review.report.edited_page.comments import comment_on
from review.report.model import ClaimRow, DecisionRow, PageSection, Report
from review.verdicts.wording import as_clause

SUGGESTED = "suggested wording, not decided"
UNDECIDED = "not decided"

_BETWEEN = " \t\N{NO-BREAK SPACE}\"'“‘(-–•*"
"""What may stand between the beginning of a line or sentence and its first word."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One claim's words as they are and as they shall be, with a comment on them.

    `start` and `end` are offsets in the page's text, `end` exclusive. `new` is empty to delete and
    equal to `old` where there is only the comment. `date` is written YYYY-MM-DD.
    """

    claim: str
    start: int
    end: int
    old: str
    new: str
    comment: str
    author: str
    date: str

    @property
    def is_change(self) -> bool:
        """Whether the words change."""
        return self.new != self.old


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is meant for a claim before its neighbours are asked; `new` is its quote for no change."""

    row: ClaimRow
    decision: DecisionRow | None
    new: str

    @property
    def is_change(self) -> bool:
        return self.new != self.row.quote

    @property
    def precedence(self) -> tuple[bool, bool, int, int, int, str]:
        """Changes before comments, decisions before suggestions, then by urgency and place."""
        row = self.row
        urgency = row.verdict.urgency if row.verdict and _fails(row) else len(Verdict)
        return (not self.is_change, self.decision is None, urgency, row.start, -row.end, row.claim)

    def overlaps(self, other: "_Plan") -> bool:
        return self.row.start < other.row.end and other.row.start < self.row.end


def page_text(page: PageSection) -> str:
    """The whole text of a page, verbatim."""
    return "".join(segment.text for segment in page.segments)


def edits_of(report: Report, page: PageSection, suggest: bool) -> tuple[Edit, ...]:
    """What is done with the claims of `page`, in the order of the text.

    There is an edit for each claim that is decided, that does not stand, or whose words another
    claim's change touches. With `suggest`, claims that nobody has decided get their allowed wording.
    Changes never overlap: decisions come before suggestions, contradicted before unsupported before
    overstated; a claim that comes later keeps its comment, which names the claim that came first.
    Words that are decided to stay are not changed by a suggestion for another claim.
    """
    text = page_text(page)
    rows = [row for row in report.claims if row.page == page.page]
    plans = sorted(
        (_plan(row, text, suggest, report.proper_names) for row in rows),
        key=lambda plan: plan.precedence,
    )
    decided = [plan for plan in plans if plan.decision is not None]
    made: list[_Plan] = []
    edits: list[Edit] = []
    for plan in plans:
        first = _first_over(plan, made)
        # Words that a person decided to keep are no change, and yet no suggestion may touch them.
        if first is None and plan.is_change and plan.decision is None:
            first = _first_over(plan, decided)
        if plan.is_change and first is None:
            made.append(plan)
        if plan.decision is not None or _fails(plan.row) or first is not None:
            edits.append(_edit(report, plan, first))
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end, edit.claim)))


def new_text(report: Report, page: PageSection, suggest: bool) -> str:
    """The text of `page` with every change of `edits_of` accepted."""
    text = page_text(page)
    # From the end, so that the offsets of what comes before still hold.
    for edit in reversed(changes(edits_of(report, page, suggest))):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def changes(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that change words; they never overlap."""
    return tuple(edit for edit in edits if edit.is_change)


def _plan(row: ClaimRow, text: str, suggest: bool, proper: Collection[str]) -> _Plan:
    # The last decision holds; to keep or to escalate changes no word.
    if row.decisions:
        decision = row.decisions[-1]
        new = {DecisionKind.REWORD: decision.wording, DecisionKind.REMOVE: ""}
        return _Plan(row, decision, new.get(decision.decision, row.quote))
    if suggest and _fails(row) and row.allowed_wording:
        return _Plan(row, None, _fitted(row, text, proper))
    return _Plan(row, None, row.quote)


def _fails(row: ClaimRow) -> bool:
    """Whether the evidence asks for other words than the claim's own."""
    return isinstance(row.verdict, Verdict) and not row.verdict.may_stand


def _fitted(row: ClaimRow, text: str, proper: Collection[str]) -> str:
    """The allowed wording with the capital and the full stop that its place in a sentence asks for."""
    before = text[: row.start].rstrip(_BETWEEN)
    begins = not before or before[-1] in "\n.!?:"
    ends = row.quote[-1] in ".!?" or text[row.end : row.end + 1] in ("", "\n")
    wording = row.allowed_wording if begins else f"{as_clause(row.allowed_wording, proper)}."
    return wording if ends else wording.removesuffix(".")


def _first_over(plan: _Plan, others: Sequence[_Plan]) -> _Plan | None:
    return next((other for other in others if plan.overlaps(other)), None)


def _edit(report: Report, plan: _Plan, first: _Plan | None) -> Edit:
    row, decision = plan.row, plan.decision
    new = plan.new if first is None else row.quote
    if decision is not None:
        author, date = f"{decision.reviewer}, {decision.role}", decision.date
    else:
        author, date = (SUGGESTED if new != row.quote else UNDECIDED), report.as_of
    comment = comment_on(report, row, _note(plan, first))
    return Edit(row.claim, row.start, row.end, row.quote, new, comment, author, date)


def _note(plan: _Plan, first: _Plan | None) -> str:
    """Why the words of a claim change for another one's sake, or stay for it; empty if neither."""
    if first is None:
        return ""
    if not plan.is_change:
        return f"Words of this claim change with {first.row.claim}; read the two together."
    if first.is_change:
        return f"Not changed here: words of this claim change with {first.row.claim}, which comes first."
    return f"Not changed here: words of this claim stay as decided for {first.row.claim}."
