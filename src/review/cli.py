"""The command `review`: arguments in, exit code out; only it and its commands print."""

import sys

import click

from review.commands import (
    agree,
    batch,
    decide,
    diff,
    evidence,
    ingest,
    lesson,
    rules,
    runs,
    scan,
    seal,
    search,
    suggest,
)
from review.errors import ReviewError
from review.version import __version__
from review.visible import visible


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="review")
def app() -> None:
    """Check the marketing claims of clinic pages against the literature, by published rules."""


for command in (
    evidence.check,
    evidence.format_files,
    evidence.contradictions,
    evidence.lineage,
    evidence.explain,
    diff.diff,
    ingest.ingest,
    suggest.suggest,
    rules.grade,
    rules.pool,
    runs.report,
    batch.batch,
    scan.scan,
    runs.refresh,
    decide.decide,
    decide.decisions,
    agree.rate,
    agree.agree,
    agree.adjudicate,
    seal.sign,
    seal.verify,
    search.search,
    lesson.lesson,
):
    app.add_command(command)


def main() -> None:
    """Run the command; a mistake the user can mend is shown without a traceback."""
    try:
        app()
    except ReviewError as error:
        click.echo(visible(str(error)), err=True)
        sys.exit(error.exit_code)
