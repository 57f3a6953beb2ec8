"""The command that compares two reviews: diff."""

from pathlib import Path

import click

from review.commands.options import evidence_option


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@evidence_option
@click.option("--markdown", "form", flag_value="markdown", help="A comment for a pull request.")
@click.option("--json", "form", flag_value="json", help="One JSON object with everything.")
@click.option("--exit-code", is_flag=True, help="End with 1 where a person should look again.")
def diff(
    old: str, new: str | None, folders: tuple[Path, ...], form: str | None, exit_code: bool
) -> None:
    """Tell what changed from OLD to NEW, and why: verdicts, standings, decisions.

    Each is a report folder, an evidence folder, or a git revision of the evidence; without NEW, the
    evidence as it lies in the working tree.
    """
    from review.differences.compare import compared
    from review.differences.formats import FORMS

    comparison = compared(old, new, folders)
    click.echo(FORMS[form or "plain"](comparison), nl=False)
    if exit_code and comparison.needs_a_look:
        raise SystemExit(1)
