"""The inside of a forked run: a copy of a loaded process becomes an IPython kernel.

The kernel is ipykernel's own application, with its sockets and threads, its magics and start-up files.
Only what an interpreter would have found at its start is put in order here first.
"""

import asyncio
import atexit
import contextvars
import ctypes
import faulthandler
import gc
import importlib
import json
import logging
import os
import random
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from ipykernel.iostream import OutStream
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Application

from review.runs.fork_manager import KernelStart

_LAUNCHER = "ipykernel_launcher"
_DEBUGGER = "debugpy"
_M_ARENA_MAX = -8
"""Of mallopt(3): how many heaps there may be."""
_PATIENCE = 1.0
"""Seconds that the thread which was asked to end the kernel has to answer."""


class KeptStream(OutStream):
    """Standard output or error of a kernel; what it takes is in a file before it is on its way.

    An ordinary kernel that is killed takes with it what it printed within the last moments.
    """

    file = -1

    def write(self, string: str) -> int:
        """Take text, as the stream of an ordinary kernel does."""
        # Whatever is wrong with the file or the text, what a cell prints must not fail for it.
        with suppress(OSError, TypeError, ValueError):
            os.write(self.file, f"{json.dumps([self.name, string])}\n".encode())
        return super().write(string)  # type: ignore[return-value]


class _AtEnd:
    """What this copy has to do at its end, and nothing of what the copied process was to do."""

    def __init__(self) -> None:
        self._works: list[tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]] = []
        atexit.register = self._register  # type: ignore[assignment]
        atexit.unregister = self._unregister

    def _register(self, work: Callable[..., object], *args: Any, **kwargs: Any) -> Callable[..., object]:
        self._works.append((work, args, kwargs))
        return work

    def _unregister(self, work: Callable[..., object]) -> None:
        self._works = [entry for entry in self._works if entry[0] != work]

    def run(self) -> None:
        """Do it, the last registered first; what fails is told and stops nothing."""
        while self._works:
            work, args, kwargs = self._works.pop()
            try:
                work(*args, **kwargs)
            except Exception:  # noqa: BLE001 - as the interpreter does at its end
                traceback.print_exc()


def run_kernel(start: KernelStart, ready: Callable[[], None]) -> None:
    """Be an IPython kernel in this process, a copy made for it, until the kernel is told to end.

    `ready` is called when the kernel listens.
    """
    # A loop or a client of the copied process would be found in its context.
    contextvars.Context().run(_run, start, ready)


def _run(start: KernelStart, ready: Callable[[], None]) -> None:
    # What was copied stays: never looked through for garbage, it is not written to and not copied again.
    gc.freeze()
    _one_heap()
    at_end = _AtEnd()
    _fresh_process(start.env, start.cwd)
    _fresh_modules(start.path, start.forgotten)
    launcher = find_spec(_LAUNCHER)
    sys.argv = [launcher.origin if launcher and launcher.origin else _LAUNCHER, *start.arguments]
    KeptStream.file = start.printed
    kernel_app: Any = IPKernelApp.instance(
        parent_handle=int(start.env["JPY_PARENT_PID"]),
        outstream_class=f"{__name__}.{KeptStream.__name__}",
    )
    with _without_debugger():
        kernel_app.initialize(list(start.arguments))
    kernel_app.shell.events.register("pre_run_cell", lambda _: os.ftruncate(start.printed, 0))
    _draw_in_cells()
    ready()
    kernel_app.start()
    # The thread that was asked to end the kernel flushes what was printed, and waits ten seconds when
    # the thread that sends it has been ended before, as without this line in one copy of fifty.
    kernel_app.control_thread.join(_PATIENCE)
    at_end.run()


@contextmanager
def _without_debugger() -> Iterator[None]:
    """Have no debugger loaded meanwhile: nobody attaches one, and it takes longer than most runs."""
    before = sys.modules.pop(_DEBUGGER, None)
    sys.modules[_DEBUGGER] = None  # type: ignore[assignment]
    yield
    del sys.modules[_DEBUGGER]
    if before is not None:
        sys.modules[_DEBUGGER] = before
    # What the debugger does in an ordinary kernel while nobody is attached.
    sys.breakpointhook = lambda *_, **__: None


def _one_heap() -> None:
    """Have all threads share a heap: glibc would reserve 64 to 128 MB of address space for that of each,
    and whether this falls before or after the count for a limit begins is chance (mallopt(3)).
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _fresh_process(env: Mapping[str, str], cwd: str | None) -> None:
    """Make this copy of a process look like one that has just started."""
    os.setsid()
    os.environ.clear()
    os.environ.update(env)
    if cwd:
        os.chdir(cwd)
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    faulthandler.disable()
    asyncio.set_event_loop(None)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    # Whoever copied this process may have put something else in place of these.
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc] # noqa: SIM115
    for fd, name in ((1, "stdout"), (2, "stderr")):
        stream = open(fd, "w", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.excepthook = sys.__excepthook__
    sys.displayhook = sys.__displayhook__
    # Or have been recording warnings or logs.
    importlib.reload(warnings)
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    # Otherwise every copy would draw the same numbers.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _fresh_modules(path: Iterable[str], forgotten: Iterable[str]) -> None:
    """Have modules found as by a fresh interpreter, and those of the copied program forgotten."""
    # A notebook or a shell may be what was copied.
    for singleton in (Application, Kernel, InteractiveShell):
        if singleton.initialized():
            type(singleton.instance()).clear_instance()
    for name in forgotten:
        sys.modules.pop(name, None)
    sys.path[:] = path
    if "pandas" in sys.modules:
        # What pandas shows where it was imported in a kernel and not, as here, before there was one.
        sys.modules["pandas"].set_option("display.max_columns", 20)


def _draw_in_cells() -> None:
    """Have matplotlib draw where a kernel does, also when it was loaded before the kernel was."""
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        # The copied program may have drawn, with another backend and figures of its own.
        pyplot.close("all")
        pyplot.switch_backend(os.environ["MPLBACKEND"])
