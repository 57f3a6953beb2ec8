"""What an edited page would get: the same evidence, with the accepted text in place of the page's.

The claims of sentences that stay keep their ids; a sentence that is replaced becomes the claims that its
new words make, on the propositions of those that asked for them. Nothing is written.
"""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from review.dossier.dossier import Dossier
from review.model.records import Claim
from review.model.vocabulary import Action
from review.report.edited_page.changes import Change, changes_of
from review.report.edited_page.edits import accepted, page_text, planned
from review.report.edited_page.outline import Fate, Passage
from review.report.model import ActionCount, AfterRow, ClaimRow, PageSection, Report
from review.verdicts.wording import as_claim


def with_after(review: Dossier, report: Report) -> Report:
    """The report of `review`, each page with what it would get after its edits."""
    edited = after(review, report)
    pages = tuple(replace(page, after=_row(review, edited, page.page)) for page in report.pages)
    return replace(report, pages=pages)


def after(review: Dossier, report: Report) -> Dossier:
    """The review of the same pages after every decided and every suggested change of them."""
    pages, claims = dict(review.evidence.pages), dict(review.evidence.claims)
    for page in report.pages:
        plan = planned(report, page, suggest=True)
        changes = changes_of(plan)
        text = accepted(page_text(page), changes)
        digest = hashlib.sha256(text.encode()).hexdigest()
        pages[page.page] = pages[page.page].model_copy(update={"text": text, "sha256": digest})
        old = [claim for claim in claims.values() if claim.page == page.page]
        for claim in old:
            del claims[claim.claim]
        new = (*_kept(old, plan.outline.passages, changes, text), *_new(review, report, page, changes))
        claims.update({claim.claim: claim for claim in new})
    evidence = replace(review.evidence, pages=pages, claims=dict(sorted(claims.items())))
    return replace(review, evidence=evidence)


def _kept(
    claims: Sequence[Claim], passages: Sequence[Passage], changes: Sequence[Change], text: str
) -> Iterator[Claim]:
    """The claims whose words stay or are changed by a decision, where they stand in the new text."""
    going = [(p.start, p.end) for p in passages if not p.is_kept]
    place = _Places(changes)
    for claim in claims:
        if any(start <= claim.start and claim.end <= end for start, end in going):
            continue
        start, end = place.first(claim.start), place.last(claim.end)
        quote = text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        if quote:
            yield _with_words(claim, start, quote)


def _with_words(claim: Claim, start: int, quote: str) -> Claim:
    placed = {"start": start, "end": start + len(quote), "quote": quote}
    return claim.model_copy(update=placed)


def _new(
    review: Dossier, report: Report, page: PageSection, changes: Sequence[Change]
) -> Iterator[Claim]:
    """The claims that suggested words make."""
    place = _Places(changes)
    rows = {row.claim: row for row in report.claims}
    for passage in planned(report, page, suggest=True).outline.passages:
        if passage.fate is Fate.REPLACED and passage.row is not None:
            asking = [rows[key] for key in passage.row.claims if key in rows]
            decisive = rows.get(passage.row.decided_by, asking[0])
            for row, quote in _own_words(passage, asking, decisive):
                start = place.first(passage.start) + passage.new.index(quote)
                claim = _with_words(review.evidence.claims[row.claim], start, quote)
                read = as_claim(quote, review.proposition(row.proposition))
                fields = ("category", "wording", "polarity")
                yield claim.model_copy(update={field: getattr(read, field) for field in fields})


def _own_words(
    passage: Passage, asking: Sequence[ClaimRow], decisive: ClaimRow
) -> Iterator[tuple[ClaimRow, str]]:
    """Each claim that asked for the new words, with the part of them that is its own."""
    owners: dict[str, ClaimRow] = {}
    for row in asking:
        quote = row.allowed_wording.removesuffix(".")
        if quote and quote in passage.new:
            owners.setdefault(quote, row)
    if not owners:
        yield decisive, passage.new
    for quote, row in owners.items():
        yield row, quote


class _Places:
    """Where a place of the old text is in the new one."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._starts = [change.start for change in changes]
        self._changes = changes
        self._shifts = [0]
        for change in changes:
            self._shifts.append(self._shifts[-1] + len(change.new) - len(change.old))

    def first(self, at: int) -> int:
        """Where words that began at `at` begin; within a change, where the new words begin."""
        number = bisect_right(self._starts, at)
        if number and at < self._changes[number - 1].end:
            return self._changes[number - 1].start + self._shifts[number - 1]
        return at + self._shifts[number]

    def last(self, at: int) -> int:
        """Where words that ended before `at` end; within a change, where the new words end."""
        number = bisect_right(self._starts, at - 1)
        if number and at < self._changes[number - 1].end:
            return self._changes[number - 1].end + self._shifts[number]
        return at + self._shifts[number]


def _row(now: Dossier, edited: Dossier, page: str) -> AfterRow:
    counts = [Counter(s.action for s in review.sentences if s.page == page) for review in (now, edited)]
    blocked = [
        sum(j.is_blocked for j in review.judged if j.claim.page == page) for review in (now, edited)
    ]
    return AfterRow(
        actions=tuple(ActionCount(action, counts[0][action], counts[1][action]) for action in Action),
        blocked_now=blocked[0],
        blocked_after=blocked[1],
        left_out=edited.impression(page).left_out,
        commented=sum(number for action, number in counts[1].items() if action is not Action.MAY_STAND),
    )
