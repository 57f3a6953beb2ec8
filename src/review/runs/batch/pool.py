"""Runs side by side, each in a copy of this process: started, watched, stopped when asked to."""

import json
import os
import selectors
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NoReturn, Protocol

from review.model.errors import InCommand, InFile, Problem, ReviewError
from review.runs.process import ending, forked

_LOOK = 0.1
"""Seconds between two looks at the runs."""
_GRACE = 10.0
"""Seconds that a run has beyond its limit to say itself that it took too long."""
_STOP = 2.0
"""Seconds from asking a run to stop to killing it."""
MOST_PROBLEMS = 20
"""How many problems of a run are told."""
_CHUNK = 1 << 16


class Happening(Enum):
    """What happens to a run."""

    STARTED = auto()
    ENDED = auto()
    WAITED = auto()
    """Nothing, for a moment."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a run; `problem` says why it failed, empty when it did not.

    When nothing has happened for a moment, that is told too, of no run.
    """

    index: int
    happening: Happening
    problem: str = ""


WAITED = Event(-1, Happening.WAITED)


STOPPING = "Stopping: what runs is finished. Ctrl-C again kills it."
"""What is said when somebody has asked to stop once."""


class Asked(Protocol):
    """How often somebody has asked to stop."""

    @property
    def asked(self) -> int:
        """Once lets what runs finish, twice kills it."""


@dataclass(slots=True)
class Stop:
    """How often the user has asked to stop: once lets what runs finish, twice kills it."""

    asked: int = 0

    @contextmanager
    def on_interrupt(self) -> Iterator[None]:
        """Count Ctrl-C instead of raising; SIGTERM, after which a system soon kills, counts twice."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._count) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _count(self, number: int, _frame: object) -> None:
        self.asked += 2 if number == signal.SIGTERM else 1


@dataclass(slots=True)
class _Running:
    index: int
    process: int
    pipe: int
    late: float
    message: bytearray = field(default_factory=bytearray)
    asked_to_stop: float = 0.0


def run_side_by_side(
    works: Sequence[Callable[[], None]], workers: int, stop: Asked, seconds: float | None
) -> Iterator[Event]:
    """Run each of `works` in a process of its own, `workers` at a time.

    What raises ReviewError or OSError, dies, or runs for much longer than `seconds` has failed, and the
    others go on. After `stop` was asked for once nothing new begins; after twice, what runs is killed.
    """
    running: list[_Running] = []
    try:
        yield from _run(list(enumerate(works)), running, workers, stop, seconds)
    finally:
        # Where nobody takes more events, because of an error, nothing goes on behind their back.
        for run in running:
            os.kill(run.process, signal.SIGKILL)
            os.waitpid(run.process, 0)
            os.close(run.pipe)


def _run(
    waiting: list[tuple[int, Callable[[], None]]],
    running: list[_Running],
    workers: int,
    stop: Asked,
    seconds: float | None,
) -> Iterator[Event]:
    with selectors.DefaultSelector() as selector:
        while running or (waiting and not stop.asked):
            while waiting and len(running) < workers and not stop.asked:
                index, work = waiting.pop(0)
                run = _started(index, work, seconds)
                running.append(run)
                selector.register(run.pipe, selectors.EVENT_READ, run)
                yield Event(index, Happening.STARTED)
            for key, _ in selector.select(_LOOK):
                chunk = os.read(key.data.pipe, _CHUNK)
                key.data.message += chunk
                if not chunk:
                    selector.unregister(key.data.pipe)
            yield WAITED
            _stop_late(running, stop)
            for run in list(running):
                process, status = os.waitpid(run.process, os.WNOHANG)
                if process:
                    running.remove(run)
                    if run.pipe in selector.get_map():
                        selector.unregister(run.pipe)
                    yield Event(run.index, Happening.ENDED, _outcome(run, status))


def _started(index: int, work: Callable[[], None], seconds: float | None) -> _Running:
    receiving, sending = os.pipe()

    def tell_problems(problems: Sequence[Problem]) -> None:
        os.write(sending, json.dumps([str(problem) for problem in problems[:MOST_PROBLEMS]]).encode())

    def tell() -> None:
        os.close(receiving)
        # Ctrl-C is for the process above to decide on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, _leave)
        try:
            with suppress(_Left):
                work()
        except ReviewError as error:
            tell_problems(error.problems)
        except OSError as error:
            place = InFile(str(error.filename)) if error.filename else InCommand("review batch")
            fault, remedy = str(error.strerror or error), "Free space, or check the rights."
            tell_problems([place.problem(fault, remedy=remedy)])

    process = forked(tell)
    os.close(sending)
    late = float("inf") if seconds is None else time.monotonic() + seconds + _GRACE
    return _Running(index, process, receiving, late)


class _Left(SystemExit):
    """The run was asked to stop: whoever asked knows, and tells it."""


def _leave(*_: object) -> NoReturn:
    # As an exception, so that what the run has begun is cleared away.
    raise _Left


def _stop_late(running: Sequence[_Running], stop: Asked) -> None:
    """Ask runs that took too long or are not wanted any more to stop; kill those that do not."""
    now = time.monotonic()
    for run in running:
        if run.asked_to_stop:
            if now > run.asked_to_stop + _STOP:
                os.kill(run.process, signal.SIGKILL)
        elif now > run.late or stop.asked > 1:
            run.asked_to_stop = now
            os.kill(run.process, signal.SIGTERM)


def _outcome(run: _Running, status: int) -> str:
    """Why a run that has ended has failed; empty when it has not."""
    while chunk := os.read(run.pipe, _CHUNK):
        run.message += chunk
    os.close(run.pipe)
    if run.message:
        return "\n".join(json.loads(run.message))
    if run.asked_to_stop:
        return "the run was stopped" if time.monotonic() < run.late else "the run took too long"
    return "" if status == 0 else ending(os.waitstatus_to_exitcode(status))
