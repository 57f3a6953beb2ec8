"""Runs on a cluster: everything that they need is sent, everything that they give comes back.

Every run is given to one worker, no more at a time than it has threads, so that it is known which run
a lost worker had. Dask sends, runs and tells; which run comes next is decided here.
"""

import hashlib
import queue
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from review.model.errors import ClusterError, InCommand, InOption, InputError
from review.runs.batch.parcel import packed
from review.runs.batch.plan import BatchPlan, BatchRun
from review.runs.batch.pool import WAITED, Asked, Event, Happening
from review.runs.batch.worker import RunOutcome, run_shipped, stop_runs
from review.runs.cluster import answer_of, different_workers
from review.runs.execute import Limits
from review.runs.made_of import made_of
from review.runs.report_run import own_files

if TYPE_CHECKING:
    from distributed import Client, Future

MOST_LOST = 2
"""How many workers a run may lose before it counts as the cause."""
_LOOK = 0.1
"""Seconds between two looks at the runs."""
_LOOK_AT_WORKERS = 1.0
_PATIENCE = 30.0
"""Seconds without an answer of the scheduler, or without a worker, after which the batch ends."""
_GRACE = 60.0
"""Seconds that a run has beyond its limit to come back, its worker's start included."""
_STOP = 6.0
"""Seconds from asking the workers to kill what runs to waiting no more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run as it is sent, and the contents that it needs, by their digests."""

    content: dict[str, Any]
    blobs: tuple[str, ...]


def jobs_for(
    runs: Sequence[BatchRun], plan: BatchPlan, limits: Limits
) -> tuple[list[Job], dict[str, bytes]]:
    """Each of `runs` as it is sent, and all contents by their SHA-256, each there once.

    Raises InputError when the evidence is not as it was when it was read.
    """
    blobs: dict[str, bytes] = {}

    def digest_of(content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        blobs[digest] = content
        return digest

    notebook = digest_of(plan.notebook.read_bytes())
    evidence = {
        folders: digest_of(packed(folders)) for folders in dict.fromkeys(r.folders for r in runs)
    }
    if plan.evidence_changed():
        fault = "the evidence changed before it was sent"
        raise InputError.at(InCommand("review batch"), fault, remedy="Run the batch again.")
    jobs = []
    for run in runs:
        files = {
            parameter: (digest_of(path.read_bytes()), path.name)
            for parameter, path in own_files(run.parameters).items()
        }
        content = {
            "run": run.name,
            "parameters": run.parameters.literals(),
            "notebook": notebook,
            "evidence": evidence[run.folders],
            "files": files,
            "seconds": limits.seconds,
            "megabytes": limits.megabytes,
        }
        needed = (notebook, evidence[run.folders], *(digest for digest, _ in files.values()))
        jobs.append(Job(content, tuple(dict.fromkeys(needed))))
    return jobs, blobs


@dataclass(frozen=True, slots=True)
class _SentRun:
    index: int
    worker: str
    future: "Future"
    late: float


class Spread:
    """Jobs given to the workers of a cluster, `most` at a time, or as many as these have threads.

    `outcomes` keeps what came back of each job that has ended, by its number.
    """

    def __init__(
        self,
        client: "Client",
        jobs: Sequence[Job],
        blobs: Mapping[str, bytes],
        stop: Asked,
        most: int | None = None,
    ) -> None:
        self.outcomes: dict[int, RunOutcome] = {}
        self._client, self._jobs, self._blobs, self._stop, self._most = client, jobs, blobs, stop, most
        self._name = uuid.uuid4().hex
        self._made_of = made_of()
        self._waiting = list(range(len(jobs)))
        self._running: dict[str, _SentRun] = {}
        self._ended: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._sent: dict[str, Future] = {}
        self._lost: Counter[int] = Counter()
        self._threads: dict[str, int] = {}
        self._known: dict[str, bool] = {}
        self._worker_seen = time.monotonic()
        self._stopped = float("inf")

    def events(self) -> Iterator[Event]:
        """Run the jobs; gives what happens to each.

        A job whose worker is lost begins again on another one, and has failed when that is lost too.
        Raises ClusterError when the scheduler is lost, or no worker is left and none comes.
        """
        looked = float("-inf")
        try:
            while self._running or (self._waiting and not self._stop.asked):
                if time.monotonic() > looked + _LOOK_AT_WORKERS:
                    self._look_at_workers()
                    looked = time.monotonic()
                    yield from self._without_worker()
                while self._waiting and not self._stop.asked and (worker := self._free_worker()):
                    yield from self._give(self._waiting.pop(0), worker)
                yield from self._come_back()
                yield from self._too_late()
        finally:
            self._kill_all()

    def _look_at_workers(self) -> None:
        """Take note of the workers that are there and like this machine."""
        try:
            threads = answer_of(self._client, self._client.nthreads, _PATIENCE)
        except OSError:
            raise _ended_early("the scheduler was lost") from None
        self._check_scheduler()
        fresh = [worker for worker in threads if worker not in self._known]
        if fresh:
            # Not like this machine until it has answered.
            self._known.update(dict.fromkeys(fresh, False))
            with suppress(OSError):
                different = different_workers(self._client, self._made_of, fresh)
                self._known.update({worker: worker not in different for worker in fresh})
        self._threads = {worker: n for worker, n in threads.items() if self._known[worker]}
        if self._threads:
            self._worker_seen = time.monotonic()
        elif time.monotonic() > self._worker_seen + _PATIENCE:
            raise _ended_early(f"no worker is left, and none came within {_PATIENCE:g} seconds")

    def _check_scheduler(self) -> None:
        """Raises ClusterError when the scheduler is lost."""
        if self._client.status != "running":
            raise _ended_early("the scheduler was lost")

    def _free_worker(self) -> str:
        """The worker with most threads that do nothing; empty when there is none."""
        if self._most is not None and len(self._running) >= self._most:
            return ""
        busy = Counter(run.worker for run in self._running.values())
        free = {worker: n - busy[worker] for worker, n in self._threads.items() if n > busy[worker]}
        return max(free, key=lambda worker: free[worker], default="")

    def _give(self, index: int, worker: str) -> Iterator[Event]:
        job = self._jobs[index]
        # A run that begins again is another task, or Dask would wait for the one that was lost.
        key = f"review-{self._name}-{index}-{self._lost[index]}"
        future = self._client.submit(
            run_shipped,
            self._name,
            self._made_of,
            job.content,
            job.blobs,
            *map(self._send, job.blobs),
            key=key,
            workers=[worker],
            allow_other_workers=False,
            pure=False,
        )
        seconds = job.content["seconds"]
        late = float("inf") if seconds is None else time.monotonic() + seconds + _GRACE
        self._running[key] = _SentRun(index, worker, future, late)
        future.add_done_callback(lambda done: self._ended.put(done.key))
        if not self._lost[index]:
            yield Event(index, Happening.STARTED)

    def _send(self, digest: str) -> "Future":
        """Some contents on the cluster, sent once."""
        from dask import config

        if digest not in self._sent:
            # As the result of a task, they are made again when the worker that has them is lost.
            with config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
                self._sent[digest] = self._client.submit(
                    bytes, self._blobs[digest], key=f"review-{digest}"
                )
        return self._sent[digest]

    def _come_back(self) -> Iterator[Event]:
        """What became of a job that has ended, if one does so within a moment."""
        try:
            run = self._running.get(self._ended.get(timeout=_LOOK))
        except queue.Empty:
            yield WAITED
            return
        if run is not None:
            outcome = self._outcome(run.future)
            yield from self._end(run, outcome) if outcome else self._begin_again(run)

    def _outcome(self, future: "Future") -> RunOutcome | None:
        """What a task gave; None when its worker was lost."""
        from distributed import CancelledError, KilledWorker

        self._check_scheduler()
        try:
            error = future.exception(timeout=_PATIENCE)
            outcome: RunOutcome | None = None if error else future.result(timeout=_PATIENCE)
        except (CancelledError, OSError):
            self._check_scheduler()
            return None
        if error is None or isinstance(error, KilledWorker):
            return outcome
        return RunOutcome(f"the worker could not run it: {type(error).__name__}: {error}")

    def _without_worker(self) -> Iterator[Event]:
        for run in list(self._running.values()):
            if run.worker not in self._threads:
                yield from self._begin_again(run)

    def _begin_again(self, run: _SentRun) -> Iterator[Event]:
        self._lost[run.index] += 1
        if self._lost[run.index] < MOST_LOST:
            self._forget(run)
            self._waiting.insert(0, run.index)
        else:
            yield from self._end(run, RunOutcome(f"{MOST_LOST} workers that ran it were lost"))

    def _too_late(self) -> Iterator[Event]:
        now = time.monotonic()
        if self._stop.asked > 1 and now < self._stopped:
            self._stopped = min(self._stopped, now)
            self._kill_all()
        for run in list(self._running.values()):
            if now > self._stopped + _STOP:
                yield from self._end(run, RunOutcome("the run was stopped"))
            elif now > run.late:
                yield from self._end(run, RunOutcome("the run took too long"))

    def _end(self, run: _SentRun, outcome: RunOutcome) -> Iterator[Event]:
        self._forget(run)
        self.outcomes[run.index] = outcome
        yield Event(run.index, Happening.ENDED, outcome.problem)

    def _forget(self, run: _SentRun) -> None:
        del self._running[run.future.key]
        run.future.cancel()

    def _kill_all(self) -> None:
        """Have the workers kill what runs for this batch, and the processes that they keep for it."""

        async def ask() -> None:
            await self._client.run(stop_runs, self._name, on_error="ignore")

        if self._client.status == "running":
            with suppress(OSError):
                answer_of(self._client, ask, _STOP)


def _ended_early(fault: str) -> ClusterError:
    remedy = "What is done is kept: start the cluster again, and the batch with --resume."
    return ClusterError.at(InOption("--cluster"), fault, remedy=remedy)
