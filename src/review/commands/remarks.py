"""What is told beside a result: how a file was read, and what of it was not."""

from collections.abc import Iterable

import click

from review.model.errors import Problem
from review.model.visible import visible


def tell(remarks: Iterable[Problem]) -> None:
    """Print remarks where they do not mix with the result."""
    for remark in remarks:
        click.echo(visible(f"note: {remark}"), err=True)
