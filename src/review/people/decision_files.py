"""Files of decisions, as a report saves them: what stands in one, and what several say together.

Two people may decide on the same claims. Where they agree, the first of them decides and the second has
countersigned; where they differ, nothing is decided until somebody settles it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field

from review.model.errors import InPart, Problem
from review.model.vocabulary import DecisionScope
from review.people.decisions import Draft
from review.people.entries import LONGEST_LINE, LONGEST_PROSE

FORM = "1"
MOST = 50_000
"""Decisions of one file, and claims of one decision."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SavedDecision(_Strict):
    """One decision: the claims that it holds for, each with the digest of what was decided upon."""

    claims: dict[str, str] = Field(min_length=1, max_length=MOST)
    decision: str = Field(max_length=LONGEST_LINE)
    wording: str = Field(max_length=LONGEST_PROSE)
    reason: str = Field(max_length=LONGEST_PROSE)
    owner: str = Field(max_length=LONGEST_LINE)
    due: str = Field(max_length=LONGEST_LINE)
    at: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")


class DecisionFile(_Strict):
    """What one person decided on a report, as the report saved it."""

    form: str = Field(pattern=f"^{FORM}$")
    evidence: str
    reviewer: str
    role: str
    countersigned: str
    decisions: tuple[SavedDecision, ...] = Field(max_length=MOST, strict=False)


@dataclass(frozen=True, slots=True)
class Merged:
    """What several files say together: a draft for each claim, and what keeps a claim from one."""

    drafts: tuple[Draft, ...]
    conflicts: tuple[Problem, ...]


def merged(files: Iterable[tuple[str, DecisionFile]]) -> Merged:
    """The drafts of named files by claim, in the order of the files.

    Within one file the last decision on a claim holds. A claim on which two people decided differently
    has no draft.
    """
    by_claim: dict[str, list[tuple[str, Draft]]] = {}
    for name, file in files:
        for claim, draft in {draft.claim: draft for draft in _drafts(file)}.items():
            by_claim.setdefault(claim, []).append((name, draft))
    drafts = [draft for given in by_claim.values() for draft in _agreed(given)]
    conflicts = [_conflict(claim, given) for claim, given in by_claim.items() if not _agreed(given)]
    return Merged(tuple(drafts), tuple(conflicts))


def _drafts(file: DecisionFile) -> Iterator[Draft]:
    for saved in file.decisions:
        for claim, digest in saved.claims.items():
            yield Draft(
                claim=claim,
                decision=saved.decision,
                reason=saved.reason,
                reviewer=file.reviewer,
                role=file.role,
                wording=saved.wording,
                date=saved.at[:10],
                seen=digest,
                scope=str(DecisionScope.SENTENCE),
                owner=saved.owner,
                due=saved.due,
                countersigned=file.countersigned,
            )


def _agreed(given: Sequence[tuple[str, Draft]]) -> Sequence[Draft]:
    """The decision that all take, by the first of them; empty where they differ."""
    drafts = [draft for _, draft in given]
    first = drafts[0]
    if len({(draft.decision, draft.wording.strip()) for draft in drafts}) > 1:
        return ()
    others = (draft.reviewer for draft in drafts if draft.reviewer != first.reviewer)
    return (replace(first, countersigned=first.countersigned or next(others, "")),)


def _conflict(claim: str, given: Sequence[tuple[str, Draft]]) -> Problem:
    told = "; ".join(f"{_decided(draft)} by {draft.reviewer} in {name}" for name, draft in given)
    remedy = "Settle it between you: one file decides on it, the other no longer does."
    return InPart("claim", claim).problem(f"it is decided in two ways: {told}", remedy=remedy)


def _decided(draft: Draft) -> str:
    return f"{draft.decision} to “{draft.wording}”" if draft.wording else draft.decision
