"""The papermill engine `review-fork`: notebooks run in a copy of this process, without start-up.

An ordinary run starts an interpreter, imports the libraries, opens sockets and waits for a kernel to
answer. Here a process that has the libraries loaded is copied (fork), and the copy runs the cells with
fresh state. Outputs are put together by the same code as ever: that of nbclient.
"""

import ast
import gc
import importlib
import io
import os
import selectors
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, papermill_engines
from papermill.log import logger

from review.runs.process import CAN_FORK, ending, forked, kill_group

NAME = "review-fork"
_KERNEL = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "review.runs.fork_kernel",
    "sqlite3",
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

_OWN_KERNELS = ("python3", "python")
_BEAT = 0.5
"""Seconds between two looks whether the process lives."""


class RunTimeoutError(CellTimeoutError):  # type: ignore[misc]
    """A run as a whole has taken longer than it may."""


def preload(packages: Iterable[str] = tuple(PRELOADED)) -> None:
    """Import these packages, so that every copy of this process has them already.

    One that is not installed is left to the cell that imports it.
    """
    there = [key for key in packages if key in PRELOADED and find_spec(key)]
    names = [*_KERNEL, *(name for key in there for name in PRELOADED[key])]
    fresh = [name for name in names if name not in sys.modules]
    for name in fresh:
        importlib.import_module(name)
    if "matplotlib.pyplot" in fresh:
        _draw_once()
    if fresh:
        # What is here now stays: left in its pages, it is shared by all copies.
        gc.collect()
        gc.freeze()


def _draw_once() -> None:
    """Have matplotlib look for its fonts and letters, which it does at the first drawing."""
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot()
    figure.savefig(io.BytesIO())


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs the cells in a forked copy of this process; where that is not possible, in a kernel.

    Besides papermill's `execution_timeout`, seconds for one cell, it takes `time_limit`, seconds for
    the run, and `memory_limit`, megabytes that the run may add to what is loaded (Linux).
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        execution_timeout: float | None = None,
        time_limit: float | None = None,
        memory_limit: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run the notebook that `nb_man` holds; papermill calls this.

        Raises DeadKernelError when the process dies, CellTimeoutError when a cell takes longer than
        `execution_timeout`, RunTimeoutError when the run takes longer than `time_limit`, ValueError
        for a memory limit where none can be set.
        """
        if memory_limit is not None and sys.platform != "linux":
            raise ValueError("a memory limit can be set on Linux only")
        reason = _why_not(kernel_name)
        if reason:
            logger.warning(f"{NAME}: {reason}; the notebook runs in an ordinary kernel")
            return NBClientEngine.execute_managed_notebook(
                nb_man, kernel_name, execution_timeout=execution_timeout, **kwargs
            )
        preload(_imported(nb_man.nb))
        _save_whole(nb_man)
        logs = {key: kwargs.get(key) for key in ("log_output", "stdout_file", "stderr_file")}
        client = _ForkClient(nb_man, log=logger, timeout=execution_timeout, **logs)
        return client.run(time_limit, memory_limit)


def register() -> None:
    """Make the engine known to papermill in this process, where no entry point has done so."""
    papermill_engines.register(NAME, ForkEngine)


def _why_not(kernel_name: str) -> str:
    if not CAN_FORK:
        return "this system cannot fork"
    if kernel_name not in _OWN_KERNELS:
        return f"the kernel {kernel_name} is not this Python"
    return ""


def _save_whole(nb_man: Any) -> None:
    """Have every state of a notebook saved in one step, so that a run that is killed leaves one."""
    target = nb_man.output_path
    # No file of this machine: an address, or standard output.
    if not target or "://" in target or target == "-":
        return
    save = nb_man.save

    def save_whole(**kwargs: Any) -> None:
        nb_man.output_path = f"{target}.new.ipynb"
        try:
            save(**kwargs)
            os.replace(nb_man.output_path, target)
        finally:
            nb_man.output_path = target

    nb_man.save = save_whole


def _imported(nb: Any) -> set[str]:
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
    return packages


@contextmanager
def _printed_files() -> Iterator[dict[str, int]]:
    """Files without a name that keep what is printed, even when the process that prints is killed."""
    with ExitStack() as stack:
        files = {}
        # Opened for appending, as the processes that a cell starts write to the same file.
        for name in ("stdout", "stderr"):
            files[name] = stack.enter_context(tempfile.TemporaryFile("ab", buffering=0)).fileno()
        yield files


class _ForkClient(PapermillNotebookClient):  # type: ignore[misc]
    """nbclient's reading of messages, fed from the pipe of a forked process."""

    def run(self, time_limit: float | None, memory_limit: int | None) -> Any:
        """The executed notebook. Raises what `execute_managed_notebook` says."""
        self.reset_execution_trackers()
        # Output widgets answer their kernel; here nobody listens.
        # `id` takes whatever is sent, and does nothing.
        self.kc = SimpleNamespace(session=Session(), shell_channel=SimpleNamespace(send=id))
        self._time_limit = time_limit
        self._run_end = time.monotonic() + time_limit if time_limit else float("inf")
        self._cell_end = float("inf")
        self._index = next((i for i, c in enumerate(self.nb.cells) if c.cell_type == "code"), 0)
        self.clear_before_next_output = False
        self._failed = False
        self._read_to = {"stdout": 0, "stderr": 0}
        with _printed_files() as self._files, self._started(memory_limit) as (process, pipe):
            self._follow(process, pipe)
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        self.set_widgets_metadata()
        return self.nb

    @contextmanager
    def _started(self, memory_limit: int | None) -> Iterator[tuple[int, int]]:
        """The process that runs the cells, and its pipe; both are gone afterwards."""
        from review.runs.fork_kernel import NotebookCell, run_cells

        cells = [
            NotebookCell(
                index, cell.source, may_fail="raises-exception" in cell.metadata.get("tags", [])
            )
            for index, cell in enumerate(self.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        receiving, sending = os.pipe()

        def work() -> None:
            os.close(receiving)
            run_cells(cells, sending, self._files, memory_limit)

        process = forked(work)
        os.close(sending)
        try:
            yield process, receiving
        finally:
            kill_group(process)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
            os.close(receiving)

    def _follow(self, process: int, pipe: int) -> None:
        """Take in messages until the process is done, and all that it printed in any case."""
        try:
            for message in self._messages(process, pipe):
                self._take(message)
        except (DeadKernelError, CellTimeoutError):
            if self._failed:
                return
            self._take_printed()
            cell = self.nb.cells[self._index]
            self.nb_man.cell_exception(cell, cell_index=self._index)
            self.nb_man.cell_complete(cell, cell_index=self._index)
            raise

    def _messages(self, process: int, pipe: int) -> Iterator[dict[str, Any]]:
        """The messages of the process until it is finished."""
        from review.runs.fork_kernel import message

        begun = b""
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while True:
                ready = selector.select(min(self._left(), _BEAT))
                chunk = os.read(pipe, 1 << 20) if ready else b""
                *lines, begun = (begun + chunk).split(b"\n")
                for line in lines:
                    incoming = message(line)
                    if incoming["msg_type"] == "finished":
                        return
                    yield incoming
                if not chunk:
                    self._check_alive(process, closed=bool(ready))
                    self.nb_man.autosave_cell()

    def _left(self) -> float:
        """Seconds until a limit is reached. Raises CellTimeoutError when one is."""
        now = time.monotonic()
        if now >= self._run_end:
            raise RunTimeoutError(f"the run took longer than {self._time_limit:g} seconds")
        if now >= self._cell_end:
            raise CellTimeoutError(f"a cell ran for more than {self.timeout:g} seconds")
        return float(min(self._run_end, self._cell_end) - now)

    def _check_alive(self, process: int, closed: bool) -> None:
        """Raises DeadKernelError when the process has ended; one that closed its pipe is about to."""
        ended, status = os.waitpid(process, 0 if closed else os.WNOHANG)
        if ended:
            raise DeadKernelError(f"Kernel died: {ending(status)}")

    def _take(self, message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "started":
            self._start_cell(content["index"], content["count"])
        elif message["msg_type"] == "printed":
            self._take_printed(content["name"], content["end"])
        elif message["msg_type"] == "replied":
            self._end_cell(content)
        else:
            self._show(message)

    def _start_cell(self, index: int, count: int) -> None:
        self._index = index
        cell = self.nb.cells[index]
        if self.nb_man.pbar:
            # Cells without code are passed over, and counted here.
            self.nb_man.pbar.update(index - self.nb_man.pbar.n)
        self.nb_man.cell_start(cell, index)
        cell.outputs = []
        cell.execution_count = count
        self.clear_before_next_output = False
        self._cell_end = time.monotonic() + self.timeout if self.timeout else float("inf")

    def _end_cell(self, reply: dict[str, Any]) -> None:
        index = self._index
        cell = self.nb.cells[index]
        self._cell_end = float("inf")
        may_fail = "raises-exception" in cell.metadata.get("tags", [])
        if reply["status"] == "error" and not may_fail:
            self._failed = True
            error = CellExecutionError.from_cell_and_msg(cell, reply)
            self.nb_man.cell_exception(cell, cell_index=index, exception=error)
        self.nb_man.cell_complete(cell, cell_index=index)

    def _take_printed(self, only: str = "", end: int | None = None) -> None:
        """What was printed since the last time, to one stream up to `end`, or all of it."""
        for name, file in self._files.items():
            if only in ("", name):
                start = self._read_to[name]
                stop = os.fstat(file).st_size if end is None else end
                if stop > start:
                    text = os.pread(file, stop - start, start).decode("utf-8", "replace")
                    self._read_to[name] = stop
                    self._show(self._stream(name, text))

    def _stream(self, name: str, text: str) -> dict[str, Any]:
        return {
            "msg_type": "stream",
            "header": {"msg_type": "stream"},
            "parent_header": {"msg_id": f"cell-{self._index}"},
            "content": {"name": name, "text": text},
        }

    def _show(self, message: dict[str, Any]) -> None:
        cell = self.nb.cells[self._index]
        self.process_message(message, cell, self._index)
        _merge_streams(cell.get("outputs", []))


def _merge_streams(outputs: list[Any]) -> None:
    """Put the last output to the one before if both are of one stream, as a front end shows them."""
    if [output["output_type"] for output in outputs[-2:]] == ["stream", "stream"]:
        before, last = outputs[-2:]
        if before["name"] == last["name"]:
            before["text"] += last["text"]
            outputs.pop()
