"""The commands on literature services: find, take, watch."""

import click


@click.group()
def literature() -> None:
    """Find literature for a proposition, take it into the evidence, and watch for what is new."""
