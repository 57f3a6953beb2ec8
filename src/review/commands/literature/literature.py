"""The commands on literature services: find, take, watch."""

import click

from review.commands.literature.find import find
from review.commands.literature.watch import watch


@click.group()
def literature() -> None:
    """Find literature for a proposition, take it into the evidence, and watch for what is new."""


literature.add_command(find)
literature.add_command(watch)
