"""Processes forked from this one: they die with it, and what they leave is told."""

import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

CAN_FORK = hasattr(os, "fork")
"""Whether this system can copy a running process; Windows cannot."""

_PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal that a process gets when its parent dies."""
_LOOK = 0.2
"""Seconds between two looks at the parent where no signal tells of its death."""


def forked(work: Callable[[], None]) -> int:
    """Start `work` in a copy of this process; gives its id.

    The copy ends with `work`, with exit code 0, or 1 after an error, whose traceback goes to stderr;
    it runs nothing of what this process would have done next. It is killed when this process dies.
    """
    # What is left in the buffers would be printed by both.
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if not child:
        _alone(parent, work)
    return child


def _alone(parent: int, work: Callable[[], None]) -> NoReturn:
    code = 1
    try:
        _die_with(parent)
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - above it stands only the code of the other process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # The parent may have died before it was asked for.
        _die_if_orphaned(parent)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while True:
        _die_if_orphaned(parent)
        time.sleep(_LOOK)


def _die_if_orphaned(parent: int) -> None:
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def kill_group(leader: int) -> None:
    """Kill what is left of a group of processes whose leader has ended."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def ending(code: int) -> str:
    """How a process ended, from its exit code, or the number of a signal below zero, in words."""
    if code >= 0:
        return f"the process ended by itself with exit code {code}"
    return f"the process was killed by signal {-code} ({signal.Signals(-code).name})"
