"""The comment on a sentence of an edited page: what to do, its claims with verdict, reasons, studies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.model.vocabulary import Action, DecisionKind, Polarity, Stance, spoken
from review.report.model import ClaimRow, Report, SentenceRow

_TITLES = {
    Stance.SUPPORTS: "Evidence for it",
    Stance.CONTRADICTS: "Evidence against it",
    Stance.MIXED: "Evidence both ways",
}
_WORDS_STAY = {
    Action.LOOK_IT_UP: "The words stay here until somebody has looked it up.",
    Action.PRODUCE_DOCUMENT: "The words stay here until the document is there.",
    Action.ESCALATE: "The words stay here until a person of the profession has decided.",
}
_QUOTED = 60  # characters of a claim that is a part of its sentence


@dataclass(frozen=True, slots=True)
class Commented:
    """Of what a comment speaks: claims, their sentence if one holds them, and what became of both.

    `notes` says by claim why its decision is not followed here.
    """

    claims: tuple[ClaimRow, ...]
    sentence: SentenceRow | None
    note: str
    notes: Mapping[str, str]


def comment_on(report: Report, about: Commented) -> str:
    """What a reader of the page has to know about a sentence and the claims in it, a line each.

    Studies are named where the report holds the evidence profile, and only those that count.
    """
    lines: list[str] = []
    # What may stand for its own evidence may have to go with its neighbours, and then that counts.
    goes_along = about.note and about.sentence is not None and about.sentence.action is Action.MAY_STAND
    if about.sentence is not None and not goes_along:
        lines += _sentence(about.sentence)
    lines.append(about.note)
    for row in about.claims:
        lines += _verdict(row, about.sentence)
        lines += _studies(report, row)
        lines += _decision(row)
        lines.append(about.notes.get(row.claim, ""))
    return "\n".join(line for line in lines if line)


def _sentence(row: SentenceRow) -> Iterator[str]:
    yield row.plain
    if row.warns:
        yield "It warns the reader, so it stays."
    elif row.action is Action.REWORD and not row.wording:
        yield "No wording is known that may stand in its place; a person has to write it."
    else:
        yield _WORDS_STAY.get(row.action, "")


def _verdict(row: ClaimRow, sentence: SentenceRow | None) -> Iterator[str]:
    part = sentence is not None and len(row.quote) < len(sentence.text.strip(" .!?"))
    quote = f": “{_short(row.quote)}”" if part else ""
    yield f"{row.symbol} {spoken(row.verdict)} ({row.claim}){quote}"
    if row.reasons:
        yield " ".join(reason.sentence for reason in row.reasons)
    if sentence is None:
        yield f"Allowed wording: {row.allowed_wording}" if row.allowed_wording else ""
        yield f"What to do: {spoken(row.action)}" if row.action else ""


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]} …"


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
