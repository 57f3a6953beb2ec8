"""The papermill engine `review-fork`: notebooks run in a copy of this process, without start-up.

An ordinary run starts an interpreter and imports the libraries before its kernel answers. Here a process
that has the libraries loaded is copied (fork), and the copy is the kernel. All else is papermill's and
nbclient's own: this is their engine, with another place to get kernels from.
"""

import ast
import gc
import importlib
import io
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.engines import Engine, NBClientEngine, papermill_engines

from review.runs.fork_manager import NAME as NAME
from review.runs.fork_manager import (
    ForkedRun,
    fresh_path,
    kernel_manager_of,
    local_sockets,
    tell_fallback,
)
from review.runs.process import CAN_FORK, ending

_KERNEL = (
    # Asked before a kernel is loaded: tqdm takes a loaded kernel for a notebook to draw in.
    "tqdm.auto",
    "IPython.core.application",
    "IPython.core.debugger",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "ipykernel.kernelspec",
    "psutil",
    "review.runs.fork_kernel",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
)
PRELOADED = {
    "bibtexparser": ("bibtexparser",),
    "ipywidgets": ("ipywidgets",),
    "matplotlib": (
        "matplotlib.backends.backend_agg",
        "matplotlib.pyplot",
        "pandas.plotting._matplotlib",
    ),
    "pandas": ("pandas", "pandas.io.formats.html", "pandas.io.formats.string"),
    "review": ("review.report.formats.files", "review.workbench"),
}
"""What may be imported before the copies are made, by the name that a cell imports; none of it does
anything but define."""

_OUT_OF_MEMORY = MemoryError.__name__
"""How the names end of the errors that Python and numpy raise where memory is refused."""
_LEAST = 0.001
"""Seconds that a cell gets when the run has none left; nbclient takes 0 for no limit."""
_REFUSED = (-signal.SIGABRT, -signal.SIGBUS, -signal.SIGSEGV)
"""How a process ends in a library that was refused memory, among other reasons."""


class RunTimeoutError(CellTimeoutError):  # type: ignore[misc]
    """A run as a whole has taken longer than it may."""


class RunMemoryError(Exception):
    """A run has taken more memory than it may; `cell` is the number of the cell that failed, if any."""

    def __init__(self, megabytes: int | None, cell: int | None = None, error: str = "") -> None:
        then = f", and then failed with {error}" if error else ""
        super().__init__(f"the run took more memory than its limit of {megabytes} MB{then}")
        self.cell = cell


def preload(packages: Iterable[str] = tuple(PRELOADED)) -> None:
    """Import these packages, so that every copy of this process has them already.

    One that is not installed is left to the cell that imports it.
    """
    there = [key for key in packages if key in PRELOADED and find_spec(key)]
    names = [*_KERNEL, *(name for key in there for name in PRELOADED[key])]
    fresh = [name for name in names if name not in sys.modules]
    if CAN_FORK:
        fresh_path(os.environ.get("PYTHONPATH"))
    for name in fresh:
        importlib.import_module(name)
    if "pandas" in fresh:
        _show_once()
    if "matplotlib.pyplot" in fresh:
        _draw_once()
    if fresh:
        # What is here now stays: left in its pages, it is shared by all copies.
        gc.collect()
        gc.freeze()


def _show_once() -> None:
    """Have pandas load what it loads with the first table that it makes and shows."""
    from pandas import DataFrame

    DataFrame({"group": ["a", "b"], "x": [0.5, 1]}).groupby("group").mean().to_html()


def _draw_once() -> None:
    """Have matplotlib look for its fonts, letters and backends, which it does at the first drawing."""
    from matplotlib.figure import Figure
    from matplotlib.rcsetup import validate_backend

    validate_backend("inline")
    figure = Figure()
    figure.add_subplot()
    figure.savefig(io.BytesIO())


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs the cells in a forked copy of this process; where that is not possible, in a kernel.

    It takes every option of papermill's own engine, and of its own `time_limit`, seconds for the run,
    and `memory_limit`, megabytes that the run may add to what is loaded (Linux).
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        time_limit: float | None = None,
        memory_limit: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the notebook that `nb_man` holds; papermill calls this.

        Raises what papermill's own engine raises, RunTimeoutError when the run takes longer than
        `time_limit`, RunMemoryError when it fails after it took more memory than `memory_limit`,
        ValueError for a memory limit where none can be set.
        """
        packages = _imported(nb_man.nb)
        with (
            tempfile.TemporaryFile("a+b", buffering=0) as printed,
            tempfile.TemporaryDirectory(prefix="review-kernel-") as sockets,
        ):
            prepare = partial(preload, packages)
            run = ForkedRun(kernel_name, packages, prepare, printed, time_limit, memory_limit)
            options = {**kwargs, **_time_option(run, kwargs), **_kernels_option(run, kwargs, sockets)}
            try:
                NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            except (DeadKernelError, CellTimeoutError) as error:
                _mark_last_cell(nb_man, run)
                raise _what_ended(run, error) from None
        _raise_for_limits(run, nb_man.nb)
        return nb_man.nb


def register() -> None:
    """Make the engine known to papermill in this process, where no entry point has done so."""
    papermill_engines.register(NAME, ForkEngine)


def _kernels_option(run: ForkedRun, options: Mapping[str, Any], sockets: str) -> dict[str, Any]:
    """Where nbclient gets its kernels from: copies of this process, unless the caller brings kernels.

    The copies talk over sockets in the folder `sockets`, unless the caller says otherwise.
    """
    if run.megabytes is not None and sys.platform != "linux":
        raise ValueError("a memory limit can be set on Linux only")
    brought = next((n for n in ("km", "kernel_manager_class") if options.get(n) is not None), "")
    if CAN_FORK and not brought:
        config = local_sockets(sockets)
        config.merge(options.get("config") or {})
        return {"kernel_manager_class": kernel_manager_of(run), "config": config}
    if run.megabytes is not None:
        raise ValueError(f"a memory limit cannot be set where {brought} is given")
    tell_fallback(f"{brought} is given" if brought else "this system cannot fork")
    return {}


def _time_option(run: ForkedRun, options: Mapping[str, Any]) -> dict[str, Any]:
    """How long nbclient lets a cell run: as the caller says, and no longer than the run has left."""
    if run.seconds is None:
        return {}

    def seconds(cell: Any) -> float:
        of_cell = options.get("timeout_func")
        of_all = options.get("execution_timeout") or options.get("timeout")
        given = of_cell(cell) if of_cell else of_all
        left = max(run.end - time.monotonic(), _LEAST)
        return min(given, left) if given and given > 0 else left

    return {"timeout_func": seconds}


def _mark_last_cell(nb_man: Any, run: ForkedRun) -> None:
    """Mark the cell that ran as failed, with what it printed and its kernel could not send any more."""
    cells = enumerate(nb_man.nb.cells)
    begun = [
        i for i, c in cells if c.cell_type == "code" and c.metadata.papermill["start_time"] is not None
    ]
    if not begun:
        return
    cell = nb_man.nb.cells[begun[-1]]
    nb_man.cell_exception(cell, cell_index=begun[-1])
    for name in ("stdout", "stderr"):
        printed = "".join(text for stream, text in run.last_words() if stream == name)
        came = "".join(output.text for output in cell.outputs if output.get("name") == name)
        missing = printed.partition(came)[2] if came and came in printed else printed
        if missing:
            cell.outputs.append(new_output("stream", name=name, text=missing))


def _what_ended(run: ForkedRun, error: Exception) -> Exception:
    """The error to raise for a run whose kernel died, or that took too long."""
    if run.passed_memory_limit:
        return RunMemoryError(run.megabytes)
    if not isinstance(error, DeadKernelError):
        return _too_long(run) if run.is_late else error
    how = "" if run.exit_code is None else f": {ending(run.exit_code)}"
    limited = run.megabytes is not None and run.exit_code in _REFUSED
    hint = f", as where memory is refused; the run has a limit of {run.megabytes} MB" if limited else ""
    died: Exception = DeadKernelError(f"Kernel died{how}{hint}")
    return died


def _raise_for_limits(run: ForkedRun, nb: Any) -> None:
    """Raises RunMemoryError or RunTimeoutError when a cell failed for such a limit."""
    for cell in nb.cells:
        if cell.metadata.papermill["exception"]:
            errors = [output for output in cell.outputs if output.output_type == "error"]
            names = [error.ename for error in errors]
            refused = run.megabytes is not None and any(n.endswith(_OUT_OF_MEMORY) for n in names)
            if refused or run.passed_memory_limit:
                other = "" if refused else ", ".join(f"{e.ename}: {e.evalue}" for e in errors)
                raise RunMemoryError(run.megabytes, cell.execution_count, other)
            if run.is_late:
                raise _too_long(run)


def _too_long(run: ForkedRun) -> Exception:
    too_long: Exception = RunTimeoutError(f"the run took longer than {run.seconds:g} seconds")
    return too_long


def _imported(nb: Any) -> frozenset[str]:
    """The packages that the cells import, as far as they are plain Python."""
    packages = set()
    for cell in nb.cells:
        if cell.cell_type == "code":
            with suppress(SyntaxError, ValueError):
                for node in ast.walk(ast.parse(cell.source)):
                    if isinstance(node, ast.Import):
                        packages |= {alias.name.partition(".")[0] for alias in node.names}
                    elif isinstance(node, ast.ImportFrom):
                        packages.add((node.module or "").partition(".")[0])
    # A relative import names no package.
    return frozenset(packages - {""})
