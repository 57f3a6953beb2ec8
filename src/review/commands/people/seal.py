"""Commands for the signing of a report: sign, verify."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from review.report.seal import Seal

_folder = click.argument("folder", type=click.Path(path_type=Path))


@click.command()
@_folder
@click.option("--reviewer", default="", metavar="NAME", help="Who signs.")
@click.option("--role", default="", metavar="ROLE", help="In what role.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="When, if not today.")
@click.option("--statement", default="", metavar="TEXT", help="What is signed for, in your words.")
def sign(folder: Path, reviewer: str, role: str, day: str, statement: str) -> None:
    """Seal the report in FOLDER against change; a second signer adds a signature.

    It writes signature.json with the digest of every file. This is a seal against change, not a
    qualified electronic signature.
    """
    from review.report.seal import Signer
    from review.report.seal import sign as seal_report

    _print_seal(seal_report(folder, Signer(reviewer, role, day, statement), date.today()))


@click.command()
@_folder
def verify(folder: Path) -> None:
    """Say whether anything in FOLDER changed since it was signed; the exit code is 0 if nothing did."""
    from review.report.seal import verify as verified

    _print_seal(verified(folder))


def _print_seal(seal: "Seal") -> None:
    from review.model.visible import visible

    click.echo(f"{len(seal.files)} files are as they were signed")
    for signature in seal.signatures:
        statement = f": {signature.statement}" if signature.statement else ""
        who = f"{signature.date.isoformat()} {signature.reviewer}, {signature.role}"
        click.echo(visible(f"{who}, {signature.open_claims} claims open{statement}"))
        click.echo(f"  digest {signature.digest}")
    click.echo(seal.notice)
