"""The command `review`: arguments in, exit code out; only it and its commands print."""

import sys

from review.commands.names import help_page


def main() -> None:
    """Run the command; a mistake the user can mend is shown without a traceback, and so is a stop."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        # Loading what runs the commands would take longer than starting Python.
        sys.stdout.write(help_page())
        return
    from review.commands.stopping import Stopped, stopped_by_signals

    try:
        with stopped_by_signals():
            _run()
    except Stopped as stop:
        # In a terminal, ^C stands on the line already.
        start = "\n" if sys.stderr.isatty() else ""
        sys.stderr.write(f"{start}review: stopped\n")
        sys.exit(stop.code)


def _run() -> None:
    import click

    from review.commands.group import app
    from review.model.errors import ReviewError
    from review.model.visible import visible

    try:
        app()
    except ReviewError as error:
        click.echo(visible(str(error)), err=True)
        sys.exit(error.exit_code)
