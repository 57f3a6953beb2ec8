"""The commands on literature: find, take, confirm, watch."""

import click

from review.commands.literature.confirm import confirm
from review.commands.literature.find import find
from review.commands.literature.take import take
from review.commands.literature.watch import watch


@click.group()
def literature() -> None:
    """Find literature for a proposition, take it into the evidence, and watch for what is new."""


literature.add_command(confirm)
literature.add_command(find)
literature.add_command(take)
literature.add_command(watch)
