"""The sheet as data for the script of the report: everything that it shows and everything it saves."""

import json

from review.model.digest import digest_of
from review.model.visible import visible
from review.model.vocabulary import Action, DecisionKind, Tier, spoken
from review.report.deciding.groups import Group, decision_groups
from review.report.model import DecisionRow, Report

FORM = "1"
"""The form of the sheet and of the files that are saved from it."""
STANDS = str(Action.MAY_STAND)
"""Told beside the tiers: what may stay as it is."""
LETTERS = {
    DecisionKind.KEEP: "s",
    DecisionKind.REWORD: "w",
    DecisionKind.REMOVE: "x",
    DecisionKind.ESCALATE: "e",
    DecisionKind.ASK_FOR_DOCUMENT: "d",
}
"""The key of each decision; j and k go on and back, as in many programs, and are none of them."""


def sheet_json(report: Report) -> str:
    """The sheet of a report as JSON that may stand within a script element of a page.

    Empty where the audience does not decide, or where there is nothing to decide.
    """
    groups = decision_groups(report)
    if not report.shows_evidence or not groups:
        return ""
    digests = {row.claim: row.rests_on for group in groups for row in group.claims}
    sheet = {
        "form": FORM,
        # A name for what the browser keeps: another review of other evidence has another.
        "sheet": digest_of(digests),
        "evidence": report.provenance.evidence_digest,
        "as_of": report.as_of,
        "title": ", ".join(visible(page.title) for page in report.pages),
        "pages": {page.page: visible(page.title) for page in report.pages},
        "tiers": {str(tier): spoken(tier) for tier in Tier} | {STANDS: spoken(Action.MAY_STAND)},
        "kinds": [
            {"kind": str(kind), "label": spoken(kind), "letter": letter}
            for kind, letter in LETTERS.items()
        ],
        "groups": [_group(number, group) for number, group in enumerate(groups)],
    }
    # No element of a page can begin within it, whatever a page under review says.
    return json.dumps(sheet).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _group(number: int, group: Group) -> dict[str, object]:
    lead = group.lead
    return {
        "group": number,
        "tier": STANDS if group.stands else str(lead.tier),
        "action": spoken(lead.action),
        "suggested": str(group.suggested),
        "plain": visible(lead.plain),
        "wording": visible(lead.wording),
        "warns": lead.warns,
        "places": [
            {
                "page": sentence.page,
                "text": visible(sentence.text.strip()),
                "claim": sentence.decided_by,
            }
            for sentence in group.sentences
        ],
        "claims": {row.claim: row.rests_on for row in group.claims},
        "recorded": _recorded(group.decided),
    }


def _recorded(taken: DecisionRow | None) -> str:
    """The decision that holds already, as it is told; empty where there is none."""
    if taken is None:
        return ""
    return visible(f"{spoken(taken.decision)}, by {taken.reviewer} ({taken.role}), {taken.date}")
