"""Commands for decisions on claims: decide, decisions."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option, json_option
from review.model.visible import on_one_line
from review.report.counted import counted

if TYPE_CHECKING:
    from review.people.decisions import Draft


@click.command()
@click.argument("claim", default="")
@click.option(
    "--from",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A file of decisions saved from a report; again for one of a second person.",
)
@click.option(
    "--decision", default="", metavar="KIND", help="keep, reword, remove, escalate, ask-for-document."
)
@click.option("--reason", default="", metavar="TEXT", help="Why, in words a clinician can check.")
@click.option("--wording", default="", metavar="TEXT", help="The new words, where it is reworded.")
@click.option(
    "--scope", default="", metavar="KIND", help="claim, or sentence: what the new words replace."
)
@click.option("--reviewer", default="", metavar="TEXT", help="Who decides.")
@click.option("--role", default="", metavar="TEXT", help="In what role.")
@click.option("--second", "countersigned", default="", metavar="TEXT", help="Who decides the same.")
@click.option("--owner", default="", metavar="TEXT", help="Who sees to it.")
@click.option("--due", default="", metavar="YYYY-MM-DD", help="Until when.")
@click.option(
    "--date",
    "date",
    default="",
    metavar="YYYY-MM-DD",
    help="When, if not today in UTC.",
)
@evidence_option
def decide(claim: str, files: tuple[Path, ...], folders: tuple[Path, ...], **entered: str) -> None:
    """Record what a named person decides on CLAIM, in decisions.csv of the last evidence folder.

    With --from, what was decided in a report and saved there. Earlier decisions stay in the file; the
    last one holds.
    """
    from review.people.decisions import Draft
    from review.store.clock import utc_now

    if files:
        _record_files(files, folders, [f"--{name}" for name, text in entered.items() if text], claim)
    else:
        _record_one(Draft(claim=claim, **entered), folders, utc_now())


def _record_one(draft: "Draft", folders: tuple[Path, ...], now: datetime) -> None:
    from review.model.fields import utc_text
    from review.store.additions.decisions import record_decision

    taken, path = record_decision(folders, draft, now)
    click.echo(
        f"{on_one_line(path.as_posix())}: {taken.claim} {taken.decision}, {taken.date.isoformat()}, "
        f"recorded {utc_text(now)}"
    )


def _record_files(
    files: tuple[Path, ...], folders: tuple[Path, ...], options: list[str], claim: str
) -> None:
    """Record what stands in files; what is not recorded is told, and in the exit code."""
    from review.model.errors import InOption, InputError, ParameterError
    from review.people.decision_files import merged
    from review.store.additions.decisions import record_decisions
    from review.store.clock import utc_now
    from review.store.inputs.decision_file import read_decision_files

    if options or claim:
        fault = f"it says what {claim or options[0]} says, too"
        raise ParameterError([InOption("--from").problem(fault, remedy="Give one or the other.")])
    together = merged(read_decision_files(files))
    recorded = record_decisions(folders, together.drafts, utc_now())
    path = on_one_line(recorded.path.as_posix())
    click.echo(f"{path}: {counted(len(recorded.added), 'claim')} decided, {recorded.known} known before")
    if problems := (*together.conflicts, *recorded.problems):
        raise InputError(problems)


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
        if as_json:
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _print_row(row)


def _print_row(row: dict[str, str]) -> None:
    from review.model.visible import visible
    from review.model.vocabulary import NOT_APPLICABLE

    recorded = f", recorded {row['recorded']}" if row["recorded"] else ""
    lines = [f"{row['date']} {row['claim']}: {row['decision']}, {row['state']}{recorded}"]
    lines.append(f"by {row['reviewer']}, {row['role']}: {row['reason']}")
    if row["wording"] != NOT_APPLICABLE:
        lines.append(f"new wording: {row['wording']}")
    lines += [
        f"{label}: {row[name]}"
        for name, label in (("countersigned", "decided too by"), ("owner", "owner"), ("due", "due"))
        if row[name]
    ]
    click.echo(visible("\n".join(lines)).replace("\n", "\n  "))
