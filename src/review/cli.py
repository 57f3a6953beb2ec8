"""The command `review`: arguments in, exit code out; only it and its commands print."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from review.commands.names import help_page

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, what a system sends before it kills, and a terminal that was closed."""
_PATIENCE = 10.0
"""Seconds for clearing away, in which being asked to stop again changes nothing."""


def main() -> None:
    """Run the command; a mistake the user can mend is shown without a traceback, and so is a stop."""
    if sys.argv[1:] in (["--help"], ["-h"]):
        # Loading what runs the commands would take longer than starting Python.
        sys.stdout.write(help_page())
        return
    try:
        with _stopped_by_signals():
            _run()
    except _Stopped as stop:
        sys.stderr.write("\nreview: stopped\n" if sys.stderr.isatty() else "review: stopped\n")
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


class _Stopped(SystemExit):
    """A signal has asked this process to end; what was begun is cleared away on the way out."""


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    asked = -_PATIENCE

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if time.monotonic() - asked > _PATIENCE:
            asked = time.monotonic()
            _hush()
            # As a shell tells it: 130 for Ctrl-C.
            raise _Stopped(128 + number)

    # What ignores a signal was started so: by nohup, or in the background.
    heard = [each for each in _STOPPING if signal.getsignal(each) is not signal.SIG_IGN]
    before: dict[signal.Signals, Any] = {each: signal.signal(each, stop) for each in heard}
    try:
        yield
    except _Stopped:
        # What is left to do is to end, and nothing may break that off.
        before = dict.fromkeys(heard, signal.SIG_IGN)
        raise
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _hush() -> None:
    """Let libraries log nothing more: what breaks off while all is cleared away is no news."""
    import logging

    logging.disable()
