"""Decisions: what one rests on, whether it may be taken, and which of a claim's decisions holds.

A decision holds as long as what it rests on is the same. `basis_digest` names exactly that; a change
elsewhere in the evidence leaves it alone. Nothing here decides: a person does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum

from review.model.digest import digest_of
from review.model.errors import InField, ParameterError, Problem
from review.model.fields import iso_date
from review.model.record import Record
from review.model.records import Claim, Decision, Evidence, Proposition
from review.model.vocabulary import NOT_APPLICABLE, DecisionKind, DecisionScope
from review.people.entries import Entered, date_problems, day_problems, line_problems, prose_problems

FORM = "1"
"""The form of the basis; part of every digest, so that another form never passes for this one."""


def basis_digest(evidence: Evidence, claim: str) -> str:
    """The SHA-256 of what a decision on `claim` rests on. Raises KeyError for an unknown claim."""
    return digest_of(basis(evidence, claim))


def basis(evidence: Evidence, claim: str) -> dict[str, object]:
    """What a decision on `claim` rests on, as plain data.

    That is the claim's row without its offsets, the paragraph it stands in, its proposition with
    certainty record and search, the links to it, and of every linked study its file, appraisal,
    reference and notices. Not in it: other claims and studies, other decisions, the rules.
    White space makes no difference outside the claim and its paragraph. Raises KeyError for an unknown
    claim.
    """
    quoted = evidence.claims[claim]
    return {
        "form": FORM,
        "claim": quoted.model_dump(mode="json", exclude={"start", "end"}),
        "paragraph": _paragraph(evidence.pages[quoted.page].text, quoted),
        "proposition": _statement(evidence.propositions[quoted.proposition]),
        **_evidence_on(evidence, quoted.proposition),
    }


def wording_digest(evidence: Evidence, proposition: str) -> str:
    """The SHA-256 of what a public wording rests on: the statement and all evidence on it.

    Raises KeyError for an unknown proposition.
    """
    statement = _statement(evidence.propositions[proposition])
    return digest_of({"form": FORM, "proposition": statement, **_evidence_on(evidence, proposition)})


def outdated_wordings(evidence: Evidence) -> Mapping[str, str]:
    """The propositions whose public wording was written on other evidence, with today's digest."""
    return {
        key: wording_digest(evidence, key)
        for key, record in evidence.propositions.items()
        if record.public_wording is not None and not is_wording_current(evidence, key)
    }


def _statement(record: Proposition) -> object:
    """A proposition without the wording that rests on it, and without its weight among others."""
    own = ("importance", "public_wording", "wording_by", "wording_rests_on")
    return _content(record.model_copy(update=dict.fromkeys(own)))


def is_wording_current(evidence: Evidence, proposition: str) -> bool:
    """Whether the public wording of a proposition was written on the evidence as it is now."""
    record = evidence.propositions[proposition]
    rests_on = record.wording_rests_on
    return rests_on is not None and rests_on == wording_digest(evidence, proposition)


def _evidence_on(evidence: Evidence, key: str) -> dict[str, object]:
    """What is recorded on a proposition beside its own row."""
    links = [link for link in evidence.links.values() if link.proposition == key]
    studies = sorted({link.study for link in links})
    notices = [_content(notice) for notice in evidence.notices if notice.study in studies]
    effect = _contents([evidence.baseline_risks.get(key), evidence.thresholds.get(key)])
    return {
        # Left out where there is none: both came later, and a digest made before them still holds.
        **({"effect": effect} if effect else {}),
        "certainty": _contents([evidence.certainties.get(key)]),
        "search": _contents(evidence.searches.get(key, ())),
        "links": _contents(links),
        "studies": _contents(evidence.studies.get(study) for study in studies),
        "appraisals": _contents(evidence.appraisals.get(study) for study in studies),
        "references": _contents(evidence.references.get(study) for study in studies),
        # A notice has no id to be sorted by.
        "notices": sorted(notices, key=digest_of),
    }


def _paragraph(text: str, claim: Claim) -> str:
    """The lines of the page that the quote stands in: the rest of the page may change."""
    start = text.rfind("\n", 0, claim.start) + 1
    end = text.find("\n", claim.end)
    return text[start : end if end >= 0 else len(text)]


def _contents(records: Iterable[Record | None]) -> list[object]:
    return [_content(record) for record in records if record is not None]


def _content(record: Record) -> object:
    """The fields that are given: one added to the form of a file later changes no digest."""
    return _on_one_line(record.model_dump(mode="json", exclude_defaults=True))


def _on_one_line(data: object) -> object:
    if isinstance(data, str):
        return " ".join(data.split())
    if isinstance(data, list):
        return [_on_one_line(item) for item in data]
    if isinstance(data, dict):
        return {key: _on_one_line(value) for key, value in data.items()}
    return data


@dataclass(frozen=True, slots=True)
class Draft:
    """A decision as somebody enters it, before anything is checked.

    `wording` is empty unless the claim is reworded, `date` is empty for today in UTC. `seen` is the
    digest of what the reviewer was shown, where a form showed it. `scope` is empty for the claim alone;
    `owner`, `due` and `countersigned` may be left empty.
    """

    claim: str
    decision: str
    reason: str
    reviewer: str
    role: str
    wording: str = ""
    date: str = ""
    seen: str = ""
    scope: str = ""
    owner: str = ""
    due: str = ""
    countersigned: str = ""


def entry_problems(draft: Draft, now: datetime) -> Iterator[Problem]:
    """What is wrong with `draft` whatever the evidence says."""
    yield from _kind_problems(draft)
    yield from prose_problems(InField(Entered.REASON), draft.reason)
    yield from line_problems(InField(Entered.REVIEWER), draft.reviewer)
    yield from line_problems(InField(Entered.ROLE), draft.role)
    if draft.date:
        yield from day_problems(InField(Entered.DATE), draft.date, now)
    yield from _optional_problems(draft)


def _optional_problems(draft: Draft) -> Iterator[Problem]:
    for entered, words in ((Entered.OWNER, draft.owner), (Entered.COUNTERSIGNED, draft.countersigned)):
        if words:
            yield from line_problems(InField(entered), words)
    if draft.countersigned and draft.countersigned == draft.reviewer:
        fault = f"{draft.reviewer!r} has decided already"
        yield InField(Entered.COUNTERSIGNED).problem(fault, remedy="Name a second person, or nobody.")
    if draft.due:
        yield from date_problems(InField(Entered.DUE), draft.due)
    scopes = [str(scope) for scope in DecisionScope]
    if draft.scope and draft.scope not in scopes:
        fault = f"{draft.scope!r} is nothing that can be decided on"
        yield InField(Entered.SCOPE).problem(fault, remedy=f"Use one of {', '.join(scopes)}.")


def _kind_problems(draft: Draft) -> Iterator[Problem]:
    wording = InField(Entered.WORDING)
    kinds = [str(kind) for kind in DecisionKind]
    given = draft.wording.strip() not in ("", NOT_APPLICABLE)
    if draft.decision not in kinds:
        fault = f"{draft.decision!r} is no decision" if draft.decision else "nothing is decided"
        yield InField(Entered.DECISION).problem(fault, remedy=f"Use one of {', '.join(kinds)}.")
    if draft.decision == DecisionKind.REWORD and not given:
        yield wording.problem("the new wording is missing", remedy="Write what the page shall say.")
    elif given:
        yield from prose_problems(wording, draft.wording)
    if given and draft.decision in kinds and draft.decision != DecisionKind.REWORD:
        fault = f"{draft.decision} has no wording of its own"
        yield wording.problem(fault, remedy="Leave it out, or decide to reword.")


def claim_problems(evidence: Evidence, draft: Draft) -> Iterator[Problem]:
    """What the evidence says against `draft`."""
    if draft.claim not in evidence.claims:
        yield unknown_claim(evidence, draft.claim)
    elif draft.seen and draft.seen != basis_digest(evidence, draft.claim):
        fault = "what it rests on has changed since it was shown"
        yield InField(Entered.CLAIM).problem(fault, remedy="Look at it again, then decide.")


def unknown_claim(evidence: Evidence, claim: str) -> Problem:
    """That there is no such claim, with the closest one there is."""
    close = get_close_matches(claim, evidence.claims, n=1)
    remedy = f"Did you mean {close[0]!r}?" if close else "See claims.csv."
    return InField(Entered.CLAIM).problem(f"there is no claim {claim!r}", remedy=remedy)


def decided(evidence: Evidence, draft: Draft, now: datetime) -> Decision:
    """The decision that `draft` asks for, recorded `now`, in UTC.

    Raises ParameterError with everything that forbids it.
    """
    problems = [*entry_problems(draft, now), *claim_problems(evidence, draft)]
    if problems:
        raise ParameterError(problems)
    return Decision(
        claim=draft.claim,
        decision=DecisionKind(draft.decision),
        wording=draft.wording.strip() or NOT_APPLICABLE,
        reviewer=draft.reviewer,
        role=draft.role,
        date=iso_date(draft.date or now.date()),
        reason=draft.reason,
        digest=basis_digest(evidence, draft.claim),
        recorded=now,
        scope=DecisionScope(draft.scope or DecisionScope.CLAIM),
        owner=draft.owner or None,
        due=iso_date(draft.due) if draft.due else None,
        countersigned=draft.countersigned or None,
    )


class DecisionState(StrEnum):
    """Where a decision stands today."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    ON_EARLIER_EVIDENCE = "on earlier evidence"


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that was taken: whether it is the claim's last, and on the evidence as it is now."""

    decision: Decision
    is_last: bool
    is_current: bool

    @property
    def state(self) -> DecisionState:
        """Superseded by a later one, else taken on earlier evidence, else in force."""
        if not self.is_last:
            return DecisionState.SUPERSEDED
        return DecisionState.IN_FORCE if self.is_current else DecisionState.ON_EARLIER_EVIDENCE


def history(evidence: Evidence, claim: str, as_of: date = date.max) -> tuple[Taken, ...]:
    """The decisions on `claim` taken up to `as_of`, in the order in which they were recorded.

    Empty where none was taken. The one recorded last holds, whatever day it says it was taken on.
    """
    taken = [d for d in evidence.decisions if d.claim == claim and d.date <= as_of]
    if not taken:
        return ()
    digest = basis_digest(evidence, claim)
    last = len(taken) - 1
    return tuple(
        Taken(decision, is_last=at == last, is_current=decision.digest == digest)
        for at, decision in enumerate(taken)
    )
