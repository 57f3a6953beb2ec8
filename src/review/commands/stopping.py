"""A command that is asked to stop: what was begun is cleared away, and nothing is said but that."""

import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, what a system sends before it kills, and a terminal that was closed."""
_PATIENCE = 10.0
"""Seconds for clearing away, in which being asked again changes nothing."""


class Stopped(SystemExit):
    """A signal has asked this process to end."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Raise Stopped, where the process is, when a signal asks it to end.

    Its code is the one that a shell gives, 130 for Ctrl-C.
    """
    asked = -_PATIENCE

    def stop(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if time.monotonic() - asked > _PATIENCE:
            asked = time.monotonic()
            # What libraries see break off while all is cleared away is no news.
            logging.disable()
            raise Stopped(128 + number)

    # What ignores a signal was started so: by nohup, or in the background.
    heard = [each for each in _SIGNALS if signal.getsignal(each) is not signal.SIG_IGN]
    after: dict[signal.Signals, Any] = {each: signal.signal(each, stop) for each in heard}
    try:
        yield
    except Stopped:
        # All that is left to do is to end, and nothing may break that off.
        after = dict.fromkeys(heard, signal.SIG_IGN)
        raise
    finally:
        for each, handler in after.items():
            signal.signal(each, handler)
