"""Commands for decisions on claims: decide, decisions."""

import json
from pathlib import Path
from typing import Any

import click

from review.commands.options import evidence_option, json_option
from review.model.visible import on_one_line


@click.command()
@click.argument("claim")
@click.option("--decision", default="", metavar="KIND", help="keep, reword, remove or escalate.")
@click.option("--reason", default="", metavar="TEXT", help="Why, in words a clinician can check.")
@click.option("--wording", default="", metavar="TEXT", help="The new words, where it is reworded.")
@click.option("--reviewer", default="", metavar="TEXT", help="Who decides.")
@click.option("--role", default="", metavar="TEXT", help="In what role.")
@click.option(
    "--date",
    "day",
    default="",
    metavar="YYYY-MM-DD",
    help="When, if not today in UTC.",
)
@evidence_option
def decide(
    claim: str,
    decision: str,
    reason: str,
    wording: str,
    reviewer: str,
    role: str,
    day: str,
    folders: tuple[Path, ...],
) -> None:
    """Record what a named person decides on CLAIM, in decisions.csv of the last evidence folder.

    Earlier decisions stay in the file; the last one holds.
    """
    from review.model.fields import utc_text
    from review.people.decisions import Draft
    from review.store.additions.decisions import record_decision
    from review.store.clock import utc_now

    draft = Draft(claim, decision, reason, reviewer, role, wording, day)
    now = utc_now()
    taken, path = record_decision(folders, draft, now)
    click.echo(
        f"{on_one_line(path.as_posix())}: {taken.claim} {taken.decision}, {taken.date.isoformat()}, "
        f"recorded {utc_text(now)}"
    )


@click.command()
@click.argument("claim", required=False)
@evidence_option
@json_option
def decisions(claim: str | None, folders: tuple[Path, ...], as_json: bool) -> None:
    """List the decisions taken, on CLAIM or on all claims: in force, superseded, on earlier evidence."""
    from review.model.errors import ParameterError
    from review.people.decisions import history, unknown_claim
    from review.store.snapshot import read_evidence

    evidence = read_evidence(folders)
    if claim is not None and claim not in evidence.claims:
        raise ParameterError([unknown_claim(evidence, claim)])
    claims = [claim] if claim is not None else sorted({d.claim for d in evidence.decisions})
    for taken in (taken for key in claims for taken in history(evidence, key)):
        row = {**taken.decision.model_dump(mode="json"), "state": str(taken.state)}
        row["against"] = [notice.model_dump(mode="json") for notice in taken.against]
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _print_row(row)


def _print_row(row: dict[str, Any]) -> None:
    from review.model.visible import visible
    from review.model.vocabulary import NOT_APPLICABLE, NoticeKind

    recorded = f", recorded {row['recorded']}" if row["recorded"] else ""
    lines = [f"{row['date']} {row['claim']}: {row['decision']}, {row['state']}{recorded}"]
    lines.append(f"by {row['reviewer']}, {row['role']}: {row['reason']}")
    if row["wording"] != NOT_APPLICABLE:
        lines.append(f"new wording: {row['wording']}")
    for notice in row["against"]:
        kind = NoticeKind(notice["kind"]).spoken
        lines.append(f"a study behind it, {notice['study']}: {kind}, {notice['date']}")
    click.echo(visible("\n".join(lines)).replace("\n", "\n  "))
