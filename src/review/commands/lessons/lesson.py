"""The commands of a class: lesson make, lesson mark."""

import click

from review.commands.lessons import make as lesson_make
from review.commands.lessons import mark as lesson_mark


@click.group()
def lesson() -> None:
    """Make exercises from the evidence and mark what learners hand in."""


lesson.add_command(lesson_make.make)
lesson.add_command(lesson_mark.mark)
