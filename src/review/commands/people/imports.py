"""The command that brings recorded judgements in: import."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.commands.remarks import tell
from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.model.records import Evidence


@click.command("import")
@click.argument("profile", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", default="", metavar="TEXT", help="Who brings it in and answers for it.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="When, if not today in UTC.")
@click.option("--next-review", default="", metavar="YYYY-MM-DD", help="When to look at it again.")
@click.option("--replace", "replaces", is_flag=True, help="Also in the place of what is recorded.")
@evidence_option
def import_judgements(
    profile: Path, by: str, day: str, next_review: str, replaces: bool, folders: tuple[Path, ...]
) -> None:
    """Record the GRADE judgements of PROFILE, an evidence profile such as GRADEpro makes.

    PROFILE is CSV or XLSX with the columns of an evidence profile and a column `proposition`, or the
    same as JSON, such as our own summary-of-findings.json. Each row becomes a draft in certainty/ that
    names the file. All rows are recorded, or none.
    """
    from review.report.counted import counted
    from review.store.additions.imports import Entry, record_import
    from review.store.clock import utc_now

    entry = Entry(by, day, next_review, replaces)
    done = record_import(folders, profile, entry, utc_now(), _counted)
    tell(done.remarks)
    for file in done.files:
        click.echo(f"recorded in {on_one_line(file)}")
    number = counted(len(done.files), "judgement")
    click.echo(f"{number} recorded as draft, from {on_one_line(profile.name)}")


def _counted(evidence: "Evidence") -> Mapping[str, Sequence[str]]:
    """The studies that count for each graded proposition on the latest day that the evidence knows."""
    from review.dossier.dossier import Dossier
    from review.model.days import last_day

    dossier = Dossier(evidence, last_day(evidence))
    return {
        key: dossier.standing(key).body.studies
        for key, proposition in evidence.propositions.items()
        if proposition.question.is_graded
    }
