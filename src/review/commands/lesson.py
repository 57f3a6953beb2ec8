"""The commands of a class: lesson mark."""

import click

from review.commands import lesson_mark


@click.group()
def lesson() -> None:
    """Make exercises from the evidence and mark what learners hand in."""


lesson.add_command(lesson_mark.mark)
