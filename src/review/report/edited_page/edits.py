"""What an edited page changes and what it says of each sentence, before any format.

A change follows the last decision on a claim; where nobody has decided it may follow what the whole
sentence needs, and then says that it is only suggested.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from review.model.vocabulary import Action, Verdict
from review.report.edited_page.changes import Change, changes_of
from review.report.edited_page.coherence import settle
from review.report.edited_page.comments import Commented, comment_on
from review.report.edited_page.outline import Passage
from review.report.edited_page.plan import SUGGESTED, UNDECIDED, Decided, Plan, plan_of
from review.report.model import ClaimRow, PageSection, Report

__all__ = [
    "SUGGESTED",
    "UNDECIDED",
    "Comment",
    "Edits",
    "accepted",
    "edits_of",
    "new_text",
    "page_text",
    "planned",
]


@dataclass(frozen=True, slots=True)
class Comment:
    """What is said of a stretch of the page, of the claims in it and of what becomes of it."""

    start: int
    end: int
    claims: tuple[str, ...]
    text: str
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Edits:
    """The changes of a page and the comments on it, each in the order of the text.

    Changes never overlap, and neither do comments on sentences.
    """

    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]


def page_text(page: PageSection) -> str:
    """The whole text of a page, verbatim."""
    return "".join(segment.text for segment in page.segments)


def edits_of(report: Report, page: PageSection, suggest: bool) -> Edits:
    """What is done with the sentences of `page`.

    A person's decision on a claim changes the words of the claim, and the whole sentence where the
    claim is all of it and is taken out. With `suggest`, each other sentence gets what it needs, and what
    cannot stand without its neighbours goes with them; a sentence that warns is never taken out.
    There is a comment for each sentence that needs something, that is decided or that changes.
    """
    plan = planned(report, page, suggest)
    comments = sorted(_comments(report, page, plan), key=lambda comment: (comment.start, comment.end))
    return Edits(changes_of(plan), tuple(comments))


def planned(report: Report, page: PageSection, suggest: bool) -> Plan:
    """What becomes of each sentence of `page`; see `edits_of`."""
    plan = plan_of(report, page.page, page_text(page), suggest)
    if suggest:
        settle(plan.outline, report.as_of)
    return plan


def new_text(report: Report, page: PageSection, suggest: bool) -> str:
    """The text of `page` with every change of `edits_of` accepted."""
    return accepted(page_text(page), edits_of(report, page, suggest).changes)


def accepted(text: str, changes: tuple[Change, ...]) -> str:
    """`text` with its changes made."""
    parts, at = [], 0
    for change in changes:
        parts += [text[at : change.start], change.new]
        at = change.end
    return "".join((*parts, text[at:]))


def _comments(report: Report, page: PageSection, plan: Plan) -> Iterator[Comment]:
    claims = {row.claim: row for row in report.claims if row.page == page.page}
    decided = {taken.row.claim: taken for taken in plan.decided}
    held: set[str] = set()
    for passage in plan.outline.passages:
        if passage.row is not None:
            held.update(passage.row.claims)
            rows = [claims[key] for key in passage.row.claims if key in claims]
            if _is_worth_it(passage, rows, decided):
                yield _comment(report, passage, rows, decided)
        elif passage.note:
            yield _plain_comment(passage)
    for key, row in claims.items():
        if key not in held and (key in decided or _fails(row)):
            yield _claim_comment(report, row, decided.get(key))


def _is_worth_it(passage: Passage, rows: list[ClaimRow], decided: dict[str, Decided]) -> bool:
    row = passage.row
    needs = row is not None and row.action is not Action.MAY_STAND
    return needs or bool(passage.note) or any(claim.claim in decided for claim in rows)


def _comment(
    report: Report, passage: Passage, rows: list[ClaimRow], decided: dict[str, Decided]
) -> Comment:
    taken = [decided[row.claim] for row in rows if row.claim in decided]
    about = Commented(tuple(rows), passage.row, passage.note, _notes(taken))
    claims = tuple(row.claim for row in rows)
    text = comment_on(report, about)
    if taken:
        last = max(taken, key=lambda taking: (taking.decision.date, taking.row.start))
        author, date = last.author, last.decision.date
    else:
        changes = not passage.is_kept or passage.is_cut
        author, date = (SUGGESTED if changes else UNDECIDED), report.as_of
    return Comment(passage.start, passage.end, claims, text, author, date)


def _plain_comment(passage: Passage) -> Comment:
    """On a sentence without a claim that changes for its neighbours' sake."""
    author = SUGGESTED if not passage.is_kept or passage.is_cut else UNDECIDED
    return Comment(passage.start, passage.end, (), passage.note, author, passage.date)


def _claim_comment(report: Report, row: ClaimRow, taken: Decided | None) -> Comment:
    """On a claim that no sentence holds."""
    notes = _notes([taken] if taken else [])
    text = comment_on(report, Commented((row,), None, "", notes))
    author, date = (taken.author, taken.decision.date) if taken else (UNDECIDED, report.as_of)
    return Comment(row.start, row.end, (row.claim,), text, author, date)


def _notes(taken: list[Decided]) -> dict[str, str]:
    """By claim, why its decided change is not made; only those that are not."""
    return {
        meant.row.claim: f"Not changed here: words of this claim change with {meant.first.claim}, which "
        "comes first."
        for meant in taken
        if meant.is_meant and meant.first is not None
    }


def _fails(row: ClaimRow) -> bool:
    """Whether the evidence asks for other words than the claim's own."""
    return isinstance(row.verdict, Verdict) and not row.verdict.may_stand
