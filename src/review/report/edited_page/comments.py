"""The comment on a claim in an edited page: verdict, reasons, what to do, studies, decision."""

from collections.abc import Iterator

from review.model.vocabulary import DecisionKind, Polarity, Stance, spoken
from review.report.model import ClaimRow, Report

_TITLES = {
    Stance.SUPPORTS: "Evidence for it",
    Stance.CONTRADICTS: "Evidence against it",
    Stance.MIXED: "Evidence both ways",
}


def comment_on(report: Report, row: ClaimRow, note: str) -> str:
    """What a reader of the page has to know about one claim, a line each.

    Studies are named where the report holds the evidence profile, and only those that count. `note`
    says what became of the claim's change; empty for nothing to say.
    """
    lines = [*_verdict(row), *_studies(report, row), *_decision(row), note]
    return "\n".join(line for line in lines if line)


def _verdict(row: ClaimRow) -> Iterator[str]:
    yield f"{row.symbol} {spoken(row.verdict)} ({row.claim})"
    if row.reasons:
        yield " ".join(reason.sentence for reason in row.reasons)
    if row.allowed_wording:
        yield f"Allowed wording: {row.allowed_wording}"
    if row.action:
        yield f"What to do: {row.action}"


def _studies(report: Report, row: ClaimRow) -> Iterator[str]:
    """Citations by what they say of the claim, which may deny the statement they are linked to."""
    findings = [
        finding
        for profile in report.profiles
        if profile.proposition == row.proposition
        for finding in profile.findings
        if finding.does_count
    ]
    for stance in _TITLES:
        title = _TITLES[stance.opposite if row.polarity is Polarity.DENIES else stance]
        if cited := sorted({finding.citation for finding in findings if finding.stance is stance}):
            yield f"{title}: {'; '.join(cited)}."


def _decision(row: ClaimRow) -> Iterator[str]:
    if not row.decisions:
        return
    taken = row.decisions[-1]
    yield f"Decision: {taken.decision}, by {taken.reviewer}, {taken.role}, on {taken.date}."
    if taken.decision is DecisionKind.REWORD:
        yield f"Decided wording: {taken.wording}"
    yield f"Reason given: {taken.reason}"
    if taken.on_earlier_evidence:
        yield "The evidence has changed since this decision was taken; look at it again."
