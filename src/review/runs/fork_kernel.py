"""The inside of a forked run: IPython's own kernel without sockets, its messages written to a pipe.

What a cell shows takes the same way through the same code as in an ordinary kernel; only the last step,
a socket, is a pipe here. What it prints goes to a file that outlives the process, so that nothing is
lost when the process is killed.
"""

import asyncio
import atexit
import base64
import importlib
import io
import json
import logging
import os
import random
import resource
import signal
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets.config import Config

INLINE_PLOTS = "module://matplotlib_inline.backend_inline"
"""Where an ordinary kernel lets matplotlib draw."""

_TIED_TO_SHELL = ("matplotlib_inline.backend_inline", "tqdm.auto", "tqdm.autonotebook")
"""Modules that look for a shell when they are imported, and so have to be imported again."""
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """A cell to run: its place in the notebook, and whether it is allowed to fail."""

    index: int
    source: str
    may_fail: bool


class _PipeSession(Session):
    """A session whose messages are lines of JSON in a pipe."""

    pipe: int = -1
    owner: int = -1

    def send(  # type: ignore[override]
        self,
        stream: object,  # noqa: ARG002 - the socket; the pipe stands for it
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: object = None,  # noqa: ARG002
        buffers: Sequence[bytes] | None = None,
        track: bool = False,  # noqa: ARG002
        header: Any = None,
        metadata: Any = None,
    ) -> dict[str, Any]:
        message = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else self.msg(msg_or_type, content, parent, header, metadata)
        )
        # A process that a cell has forked holds the pipe as well, and must not write into it.
        if os.getpid() == self.owner:
            coded = [base64.b64encode(buffer).decode() for buffer in buffers or ()]
            write_all(self.pipe, self.pack({**message, "buffers": coded}) + b"\n")
        return dict(message)


def write_all(pipe: int, data: bytes) -> None:
    """Write all of `data`, however little the pipe takes at a time."""
    left = memoryview(data)
    while left:
        left = left[os.write(pipe, left) :]


class _Printed(io.TextIOWrapper):
    """Standard output or error: straight into its file; a flush tells how far it has come."""

    def __init__(self, fd: int, name: str, session: _PipeSession) -> None:
        super().__init__(io.FileIO(fd, "w", closefd=False), "utf-8", "replace", write_through=True)
        self._name = name
        self._session = session

    def flush(self) -> None:
        super().flush()
        end = os.fstat(self.fileno()).st_size
        self._session.send(None, "printed", {"name": self._name, "end": end})

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def isatty(self) -> bool:
        return False


def run_cells(
    cells: Sequence[NotebookCell], pipe: int, printed: Mapping[str, int], memory_limit: int | None
) -> None:
    """Run `cells` in this process, one after the other until one fails that may not.

    Messages go to `pipe`, what is printed to the files `printed` (`stdout` and `stderr`), which must
    be open for appending. `memory_limit` is what the cells may take on top of what is loaded already,
    in megabytes of address space.
    """
    session = _fresh_process(pipe, printed)
    kernel = _kernel(session)
    if memory_limit is not None:
        limit = _address_space() + memory_limit * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    asyncio.run(_run(kernel, session, cells))
    # A copy ends without them; those there are now come from the cells.
    atexit._run_exitfuncs()
    session.send(None, "finished", {})


def _fresh_process(pipe: int, printed: Mapping[str, int]) -> _PipeSession:
    """Make this copy of a process look like one that has just started."""
    os.setsid()
    # What the copied process was to do at its end is not for its copy to do.
    atexit._clear()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Whoever copied this process may have been recording warnings or logs.
    importlib.reload(warnings)
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    # Otherwise every copy would draw the same numbers.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    os.environ.setdefault("MPLBACKEND", INLINE_PLOTS)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
    for name in _TIED_TO_SHELL:
        sys.modules.pop(name, None)
    if "pandas" in sys.modules:
        # What pandas shows where it was imported in a kernel and not, as here, before there was one.
        sys.modules["pandas"].set_option("display.max_columns", 20)
    session = _PipeSession()
    session.pipe, session.owner = pipe, os.getpid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for fd, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(printed[name], fd)
        setattr(sys, name, _Printed(fd, name, session))
    sys.argv = ["ipykernel_launcher.py"]
    if sys.path[:1] != [""]:
        sys.path.insert(0, "")
    return session


def _kernel(session: _PipeSession) -> IPythonKernel:
    # Nobody attaches a debugger here, and loading it would take longer than most runs.
    nothing = ModuleType("ipykernel.debugger")
    vars(nothing).update(_is_debugpy_available=False, Debugger=object)
    sys.modules[nothing.__name__] = nothing
    # The same settings with which nbclient starts a kernel: no history on disk.
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    # A cell or a notebook of the copied process may have made a kernel and its shell already.
    for singleton in (IPythonKernel, *IPythonKernel.shell_class.default_value._walk_mro()):
        singleton.clear_instance()
    kernel: IPythonKernel = IPythonKernel.instance(
        config=config,
        log=logging.getLogger(__name__),
        session=session,
        iopub_socket=session,
        shell_channel_thread=SimpleNamespace(parent_thread=None),
    )
    return kernel


def _address_space() -> int:
    """The address space of this process, in bytes; Linux only."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


async def _run(kernel: Any, session: _PipeSession, cells: Sequence[NotebookCell]) -> None:
    for cell in cells:
        header = session.msg_header("execute_request")
        parent = {"header": {**header, "msg_id": f"cell-{cell.index}"}, "metadata": {}}
        kernel.set_parent([], parent)
        count = kernel.execution_count
        session.send(None, "started", {"index": cell.index, "count": count}, parent)
        reply = await kernel.do_execute(cell.source, silent=False, store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        # A cell has asked its kernel to end: what has not said that it is finished counts as dead.
        if kernel.shell.exit_now:
            os._exit(0)
        answer = {key: reply.get(key) for key in ("status", "ename", "evalue", "traceback")}
        session.send(None, "replied", {"index": cell.index, **answer}, parent)
        if reply["status"] == "error" and not cell.may_fail:
            return


def message(line: bytes) -> dict[str, Any]:
    """The message in one line of the pipe."""
    read: dict[str, Any] = json.loads(line)
    read["buffers"] = [base64.b64decode(buffer) for buffer in read["buffers"]]
    return read
