"""The commands of a class: lesson make."""

import click

from review.commands import lesson_make


@click.group()
def lesson() -> None:
    """Make exercises from the evidence and mark what learners hand in."""


lesson.add_command(lesson_make.make)
