"""The commands of references: references check, references index."""

import click

from review.commands.references.check import check
from review.commands.references.index import index


@click.group()
def references() -> None:
    """Ask witnesses whether references are what they are cited for, and still stand."""


references.add_command(check)
references.add_command(index)
