"""The commands on literature services: find, take, watch."""

import click

from review.commands.literature.find import find


@click.group()
def literature() -> None:
    """Find literature for a proposition, take it into the evidence, and watch for what is new."""


literature.add_command(find)
