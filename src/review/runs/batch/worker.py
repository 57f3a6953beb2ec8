"""Inside a worker of a cluster: runs are handed to clean processes, which are kept for the next ones."""

import json
import shutil
import subprocess
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from review.runs.made_of import unlike
from review.store import children

BLOBS = "blobs"
"""The folder of a server for the contents that a job names, each under its digest."""
_TO_END = 5.0
"""Seconds that a server has to end when it is asked to."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run gave: why it failed, empty when it did not, and then the log, what it had executed,
    and the files of its report by name.
    """

    problem: str
    log: str = ""
    partial: str | None = None
    report: Mapping[str, bytes] = field(default_factory=dict)


class _ServerGone(Exception):  # noqa: N818 - it is told as an outcome
    """The process that was to make a report has ended."""


class _ServerProcess:
    """A clean process that makes reports, one at a time."""

    def __init__(self) -> None:
        self._process = children.start(children.python("-m", "review.runs.batch.server"))
        self._hello: dict[str, Any] = {}

    @property
    def lives(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def run(
        self, job: Mapping[str, Any], blobs: Mapping[str, bytes], made_of: Mapping[str, str]
    ) -> RunOutcome:
        """Do a job. Raises _ServerGone when the process ends meanwhile."""
        self._hello = self._hello or self._read()
        different = unlike(self._hello["made_of"], made_of)
        if different:
            return RunOutcome(f"the worker is not like this machine: {'; '.join(different)}")
        for digest, content in blobs.items():
            path = Path(self._hello["folder"]) / BLOBS / digest
            if not path.exists():
                path.write_bytes(content)
        self._write(job)
        answer = self._read()
        folder = Path(answer["report"])
        report = {} if answer["problem"] else {p.name: p.read_bytes() for p in folder.iterdir()}
        return RunOutcome(answer["problem"], answer["log"], answer["partial"], report)

    def _write(self, job: Mapping[str, Any]) -> None:
        try:
            self._input.write(json.dumps(job).encode() + b"\n")
            self._input.flush()
        except (OSError, ValueError):
            raise _ServerGone from None

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise _ServerGone
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Have it kill what runs and end, at the latest after some seconds."""
        with suppress(OSError, ValueError):
            self._input.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_TO_END)
        self._process.kill()
        if self._hello:
            shutil.rmtree(self._hello["folder"], ignore_errors=True)


@dataclass(slots=True)
class _Servers:
    """The processes of one batch in this worker."""

    idle: list[_ServerProcess] = field(default_factory=list)
    busy: list[_ServerProcess] = field(default_factory=list)
    stopped: bool = False


_batches: defaultdict[str, _Servers] = defaultdict(_Servers)
_lock = threading.Lock()


def run_shipped(
    batch: str, made_of: Mapping[str, str], job: Mapping[str, Any], digests: Sequence[str], *blobs: bytes
) -> RunOutcome:
    """Make a report in a process of this worker; `blobs` are the contents of `digests`.

    `batch` tells the batches apart that use this worker; `made_of` is what the code here must be.
    """
    with _lock:
        servers = _batches[batch]
        if servers.stopped:
            return RunOutcome("the run was stopped")
        servers.idle = [server for server in servers.idle if server.lives]
        server = servers.idle.pop() if servers.idle else _ServerProcess()
        servers.busy.append(server)
    try:
        return server.run(job, dict(zip(digests, blobs, strict=True)), made_of)
    except _ServerGone:
        return RunOutcome("the process that made the report was killed")
    finally:
        with _lock:
            servers.busy.remove(server)
            if not servers.stopped:
                servers.idle.append(server)


def stop_runs(batch: str) -> None:
    """Kill what runs in this worker for a batch, and let nothing more begin."""
    with _lock:
        servers = _batches[batch]
        servers.stopped = True
        # All at once: each may take some seconds, and the batch waits for only a few.
        for server in (*servers.idle, *servers.busy):
            threading.Thread(target=server.close).start()
        servers.idle.clear()
