"""Bounds of time and memory: for a process that reads what strangers wrote, or for one task of it."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from review.model.errors import InputError, Place

if sys.platform != "win32":
    import resource

GIGABYTE = 1024**3


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a task may take: whole seconds of processor time, and gigabytes that its process holds."""

    seconds: int
    gigabytes: int

    @property
    def out_of_time(self) -> str:
        """What is said where the time was not enough."""
        return f"it took more than {self.seconds} seconds of processor time"

    @property
    def out_of_memory(self) -> str:
        """What is said where the memory was not enough."""
        return f"it took more than {self.gigabytes} GB of memory, or than the machine has"


def bind(bounds: Bounds) -> None:
    """Hold the rest of this process to `bounds`; over its time it ends by SIGXCPU."""
    for kind, limit in _limits(bounds).items():
        # The hard one, a second or a byte later, is for a library that handles the signal of the first.
        resource.setrlimit(kind, (limit, limit + 1))


def ended_by(code: int, said: str, bounds: Bounds) -> str:
    """Which of its bounds ended a process, from its exit code and the last it said; empty if none."""
    if code == -signal.SIGXCPU:
        return bounds.out_of_time
    # Where there is no memory, Python raises, Rust and C++ abort, C stumbles, and Linux kills.
    gave_up = code in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL)
    return bounds.out_of_memory if gave_up or said.startswith("MemoryError") else ""


@contextmanager
def within(bounds: Bounds, place: Place, remedy: str) -> Iterator[None]:
    """Hold what is done while this is open to `bounds`.

    Raises InputError at `place`, with `remedy`, when one is reached. Nothing is bound where it cannot
    be: Python gives signals to the main thread alone, and Windows has no such limits.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    try:
        with _limited(bounds):
            yield
    except _OutOfTime:
        raise InputError.at(place, bounds.out_of_time, remedy=remedy) from None
    except MemoryError:
        raise InputError.at(place, bounds.out_of_memory, remedy=remedy) from None


class _OutOfTime(BaseException):
    """The time of a task is over; no `except Exception` of a library may keep that to itself."""


@contextmanager
def _limited(bounds: Bounds) -> Iterator[None]:
    """Lower the soft limits of this process for a while, and raise _OutOfTime at that of its time."""
    limits = _limits(bounds)
    before = {kind: resource.getrlimit(kind) for kind in limits}
    handler = signal.signal(signal.SIGXCPU, _over)
    try:
        for kind, limit in limits.items():
            resource.setrlimit(kind, (limit, before[kind][1]))
        yield
    finally:
        for kind, pair in before.items():
            resource.setrlimit(kind, pair)
        signal.signal(signal.SIGXCPU, handler)


def _over(*_: object) -> NoReturn:
    raise _OutOfTime


def _limits(bounds: Bounds) -> dict[int, int]:
    """The limits of this process by their kind, none above what it may have."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = {
        # Whole seconds of the process's life, those of its start included.
        resource.RLIMIT_CPU: int(used.ru_utime + used.ru_stime) + 1 + bounds.seconds,
        resource.RLIMIT_AS: bounds.gigabytes * GIGABYTE,
    }
    most = {kind: resource.getrlimit(kind)[1] for kind in wanted}
    return {
        kind: limit if most[kind] == resource.RLIM_INFINITY else min(limit, most[kind] - 1)
        for kind, limit in wanted.items()
    }
