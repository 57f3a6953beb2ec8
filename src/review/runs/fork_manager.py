"""The outside of a forked run: the kernels that nbclient starts are copies of this process.

A kernel's command, environment, folder and limits come here as they come to an ordinary kernel. What a
copy cannot honour is run by an ordinary kernel, and that is told.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import Empty
from typing import IO, Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from papermill.log import logger
from traitlets.config import Config

from review.runs.process import forked, kill_group
from review.store import children

NAME = "review-fork"
_KERNEL_COMMAND = ("-m", "ipykernel_launcher")
_OF_DEBUGGER = ("-X", "frozen_modules=off")
"""What a kernel's command says for the sake of a debugger, which no notebook run has."""
_TIED_TO_SHELL = ("matplotlib_inline.backend_inline", "tqdm.auto", "tqdm.autonotebook")
"""Modules that look for a shell when they are imported, and so have to be imported again."""
_LOOK = 0.002
"""Seconds between two looks whether a process has ended."""
_LONGEST_SOCKET = 100
"""Bytes that the path of a local socket may have on every system, its number included."""
_SUBSCRIBED = 0.02
"""Seconds after which what a kernel publishes should have come."""
_PATIENCE = 5.0
"""Seconds that a kernel has to listen before whoever waits for it asks it."""
_MEGABYTE = 1_000_000
_MARGIN = 100 * _MEGABYTE
"""How far beyond its limit memory is given, so that a run which is refused some has passed the limit."""


@dataclass(slots=True)
class ForkedRun:
    """One run of a notebook: what it needs and may take, and what became of its kernel.

    `packages` are what its cells import, `prepare` loads of them what a copy of this process is to have,
    `printed` keeps what the cell prints that runs. Seconds are those of the run, megabytes those of
    address space that it may add to what is loaded when its kernel is ready (Linux).
    """

    kernel_name: str
    packages: frozenset[str]
    prepare: Callable[[], None]
    printed: IO[bytes]
    seconds: float | None = None
    megabytes: int | None = None
    end: float = float("inf")
    exit_code: int | None = None
    passed_memory_limit: bool = False
    _memory_limit: float = field(default=float("inf"), init=False)

    def begin(self, process: int | None) -> None:
        """Count from here on, as the kernel in `process` is ready to run cells.

        Raises ValueError for a memory limit where nobody knows the process.
        """
        if self.seconds is not None:
            self.end = time.monotonic() + self.seconds
        if self.megabytes is not None:
            if process is None:
                raise ValueError("a memory limit cannot be set for a kernel that is no process of ours")
            import resource

            limit = _address_space(process, "VmSize") + self.megabytes * _MEGABYTE
            resource.prlimit(process, resource.RLIMIT_AS, (limit + _MARGIN, limit + _MARGIN))
            # What it had for a moment while it started is not held against the run.
            self._memory_limit = max(limit, _address_space(process, "VmPeak"))

    @property
    def is_late(self) -> bool:
        """Whether the run has no time left."""
        return time.monotonic() >= self.end

    def look_at(self, process: int) -> None:
        """Note whether the kernel in `process` has ever had more memory than it may."""
        if self.megabytes is not None and not self.passed_memory_limit:
            self.passed_memory_limit = _address_space(process, "VmPeak") > self._memory_limit

    def last_words(self) -> Iterator[tuple[str, str]]:
        """What the last cell printed, piece by piece, each with its stream."""
        self.printed.seek(0)
        for line in self.printed:
            # The kernel may have been killed while it wrote.
            with suppress(ValueError):
                name, text = json.loads(line)
                yield name, text


def _address_space(process: int, which: str) -> int:
    """The address space of a process in bytes: VmSize what it has, VmPeak the most that it has had.

    0 for a process that has ended. Linux only (proc_pid_status(5)).
    """
    with suppress(OSError, StopIteration), open(f"/proc/{process}/status", encoding="ascii") as file:
        return 1024 * next(int(line.split()[1]) for line in file if line.startswith(f"{which}:"))
    return 0


@cache
def fresh_path(python_path: str | None) -> tuple[str, ...]:  # noqa: ARG001 - the interpreter reads it
    """Where an interpreter looks for modules that starts with this PYTHONPATH, its folder left out."""
    done = children.run(children.python("-c", "import sys; print(*sys.path, sep='\\0', end='')"))
    return tuple(os.fsdecode(done.stdout).split("\0"))


def _not_for_copies(path: Sequence[str]) -> Iterator[str]:
    """The modules that a kernel imports for itself: they are the program's, or look for a shell."""
    yield from _TIED_TO_SHELL
    own = tuple(os.path.join(place, "") for place in path)
    foreign = tuple(os.path.join(os.path.abspath(place), "") for place in sys.path if place not in path)
    for name, module in sys.modules.items():
        file = getattr(module, "__file__", None) or ""
        if file.startswith(foreign) and not file.startswith(own):
            yield name


class _ForkedProcess:
    """A copy of this process, with as much of `subprocess.Popen` as a provisioner asks for."""

    stdin = stdout = stderr = None

    def __init__(self, work: Callable[[], None]) -> None:
        self.pid = forked(work)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while the process runs; what it started in its group ends with it."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
                kill_group(self.pid)
        return self.returncode

    def wait(self) -> int | None:
        """The exit code of a process that has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to a process that runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class KernelStart:
    """What a copy of this process needs to become a kernel: the arguments of a kernel's command, its
    environment and folder, where it looks for modules and which it has to import for itself, and a file
    open for appending, which keeps what it prints.
    """

    arguments: tuple[str, ...]
    env: Mapping[str, str]
    cwd: str | None
    path: tuple[str, ...]
    forgotten: tuple[str, ...]
    printed: int


class ForkProvisioner(LocalProvisioner):
    """Starts kernels as copies of this process, and as ordinary processes where that is not possible."""

    run: ForkedRun
    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a kernel with a command; gives how to connect to it."""
        reason = _why_not(self.run.kernel_name, cmd, bool(self.kernel_spec.env), kwargs)
        reason = reason or _shadowed(self.run.packages, kwargs.get("cwd"))
        if reason:
            tell_fallback(reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.run.prepare()
        env = {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())}
        path = fresh_path(env.get("PYTHONPATH"))
        start = KernelStart(
            arguments=tuple(cmd[cmd.index(_KERNEL_COMMAND[1]) + 1 :]),
            env=env,
            cwd=kwargs.get("cwd"),
            path=path,
            # Looked for here: a copy would have to copy most of the memory for it.
            forgotten=tuple(_not_for_copies(path)),
            printed=self.run.printed.fileno(),
        )
        listening, telling = os.pipe()

        def work() -> None:
            from review.runs.fork_kernel import run_kernel

            os.close(listening)
            run_kernel(start, ready=lambda: os.close(telling))

        self.process = _ForkedProcess(work)
        os.close(telling)
        self.pid = self.pgid = self.process.pid
        self.cwd = start.cwd or os.getcwd()
        # Whoever connects before a kernel listens has to wait for the next attempt.
        await _closed(listening)
        return self.connection_info

    async def poll(self) -> int | None:
        """The exit code, or None while the kernel runs."""
        code = await super().poll()
        if self.process:
            self.run.look_at(self.process.pid)
            self.run.exit_code = code
        return code

    async def wait(self) -> int | None:
        """Wait for the end of the kernel; gives its exit code."""
        while self.process and await self.poll() is None:
            await asyncio.sleep(_LOOK)
        return await super().wait()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """The kernel has been asked to end; it mostly does so at once."""
        end = time.monotonic() + self.get_shutdown_wait_time() / 2
        while await self.poll() is None and time.monotonic() < end:
            await asyncio.sleep(_LOOK)
        await super().shutdown_requested(restart)

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel; whenever it is to end, one comes first."""
        if self.process:
            self.run.look_at(self.process.pid)
        await super().send_signal(signum)


def local_sockets(folder: str) -> Config:
    """Settings with which a kernel talks over sockets in `folder`, which must be its own alone.

    No port is opened for others to read, and no two kernels meet at one. Windows has no such sockets,
    and a long path does not fit into their names: there the kernel talks over ports.
    """
    ip = f"{folder}/kernel"
    # A kernel has five sockets, kernel-1 to kernel-5.
    if sys.platform == "win32" or len(os.fsencode(ip)) + len("-5") > _LONGEST_SOCKET:
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": ip}})


def tell_fallback(reason: str) -> None:
    """Say why a notebook is not run in a copy of this process."""
    logger.warning(f"{NAME}: {reason}; the notebook runs in an ordinary kernel")


async def _closed(pipe: int) -> None:
    """Wait until the other end of a pipe is closed, or for some seconds."""
    loop = asyncio.get_running_loop()
    closed = asyncio.Event()
    loop.add_reader(pipe, closed.set)
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(closed.wait(), _PATIENCE)
    finally:
        loop.remove_reader(pipe)
        os.close(pipe)


def _why_not(name: str, command: Sequence[str], has_env: bool, options: Iterable[str]) -> str:
    """Why a copy of this process cannot be the kernel that a command starts; empty when it can."""
    python, *words = command
    flags = words[: words.index("-m")] if "-m" in words else words
    flags_of_debugger = "".join(flags) in ("", "".join(_OF_DEBUGGER))
    same = os.path.abspath(shutil.which(python) or python) == os.path.abspath(sys.executable)
    if not (same and flags_of_debugger and words[len(flags) :][:2] == list(_KERNEL_COMMAND)):
        return f"the kernel {name} is not this Python"
    if has_env:
        return f"the kernel {name} has an environment of its own"
    others = sorted(set(options) - {"cwd", "env"})
    if others:
        return f"the kernel {name} is started with {', '.join(others)}"
    return ""


def _shadowed(packages: Iterable[str], cwd: str | None) -> str:
    """What a fresh kernel would import from its folder and a copy has from elsewhere, in words."""
    for name in packages:
        for path in (Path(cwd or "", f"{name}.py"), Path(cwd or "", name, "__init__.py")):
            if path.exists():
                spec = find_spec(name)
                if spec is None or spec.origin != str(path.absolute()):
                    return f"{name} stands beside the notebook"
    return ""


class ForkKernelClient(AsyncKernelClient):
    """A client that does not wait for a kernel to fall silent before it uses it."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers, and what it publishes comes.

        Raises RuntimeError when it dies, or has not answered after `timeout` seconds.
        """
        end = time.monotonic() + (float("inf") if timeout is None else timeout)
        while await self.is_alive():
            self.kernel_info()
            with suppress(Empty):
                await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=_SUBSCRIBED)
                break
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")
        else:
            raise RuntimeError("Kernel died before replying to kernel_info")
        assert isinstance(self.parent, ForkKernelManager)
        self.parent.begin()


class ForkKernelManager(AsyncKernelManager):
    """A kernel manager whose kernels are copies of this process wherever that is possible."""

    run: ForkedRun
    client_factory = ForkKernelClient

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start a kernel."""
        try:
            spec = self.kernel_spec
        except NoSuchKernel:
            tell_fallback(f"the kernel {self.kernel_name} is not this Python")
            raise
        if spec is not None and self.provisioner is None:
            if spec.metadata.get("kernel_provisioner"):
                tell_fallback(f"the kernel {self.kernel_name} is started by a provisioner of its own")
            else:
                self.kernel_id = self.kernel_id or str(uuid.uuid4())
                self.provisioner = ForkProvisioner(
                    parent=self, kernel_id=self.kernel_id, kernel_spec=spec
                )
                self.provisioner.run = self.run
        await super().start_kernel(**kwargs)

    def begin(self) -> None:
        """The kernel is ready to run cells."""
        provisioner = self.provisioner
        self.run.begin(provisioner.pid if isinstance(provisioner, ForkProvisioner) else None)


def kernel_manager_of(run: ForkedRun) -> type[ForkKernelManager]:
    """The class of the kernel manager for a run; nbclient makes the manager itself."""
    return type(ForkKernelManager.__name__, (ForkKernelManager,), {"run": run})
