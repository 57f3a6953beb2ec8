"""Other processes that do our work: a Dask cluster, on this machine or on many.

Nothing of Dask is loaded before a cluster is asked for; it is an extra.
"""

import asyncio
import importlib
import logging
import platform
import signal
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any, TypeVar

from review.model.errors import ClusterError, InOption, InPart
from review.runs.made_of import made_of, unlike
from review.store import children

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""The cluster that is started for the time of one command, on this machine."""
PATIENCE = 10.0
"""Seconds within which a scheduler answers, and at least one worker has come."""
_TO_CLOSE = 2.0
"""Seconds that saying goodbye to a scheduler may take, which may be lost."""
_TO_LOAD = 60.0
"""Seconds within which a worker has loaded this package."""

_LANGUAGE = ("distributed", "msgpack", "cloudpickle", "tornado", "dask")
"""The packages by which the parts of a cluster understand each other."""
_INSTALL = "pip install 'evidence-review[cluster]'"

Answer = TypeVar("Answer")


@contextmanager
def cluster_client(where: str, workers: int = 1, patience: float = PATIENCE) -> Iterator["Client"]:
    """A client of the cluster `where`: `local`, which is that many new processes of this machine, or
    the address of a scheduler. Every worker that is there is made of the same as this process.

    Raises ClusterError when Dask is not installed, nobody answers at the address within `patience`
    seconds, no worker comes within as many, or the scheduler or a worker has other versions or code.
    """
    _load()
    with _local(workers) if where == LOCAL else _remote(where, patience) as client:
        _check_scheduler(client, where, patience)
        _wait_for_worker(client, where, patience)
        _check_workers(client, where)
        yield client


def answer_of(client: "Client", ask: Callable[[], Awaitable[Answer]], seconds: float) -> Answer:
    """What the coroutine function `ask` gives in the loop of the client.

    Raises TimeoutError when it takes longer than `seconds`, OSError when the scheduler is lost.
    """
    answer: Answer = client.sync(ask, callback_timeout=seconds)
    return answer


def _load() -> None:
    try:
        importlib.import_module("distributed")
        importlib.import_module("cryptography")
    except ImportError:
        fault = "Dask is not installed"
        raise ClusterError.at(InOption("--cluster"), fault, remedy=f"Install it: {_INSTALL}.") from None
    # What is wrong is told by this package, in its own words.
    for name in ("distributed", "distributed.client", "distributed.nanny", "distributed.worker"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def _local(workers: int) -> Iterator["Client"]:
    """A cluster of this machine. Its certificates keep out other users of the machine."""
    from distributed import Client, LocalCluster
    from distributed.security import Security

    with tempfile.TemporaryDirectory(prefix="review-cluster-") as folder, children.isolated():
        # Ctrl-C is for this process to decide on: its workers, started by threads begun here, are
        # born with the signal blocked. Their tracker lifts the block when it starts, so it does so now.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address=None,
                worker_dashboard_address=None,
                local_directory=folder,
                silence_logs=logging.CRITICAL + 1,
                security=Security.temporary(),
                # No limit by Dask, which would end the worker and not the run.
                memory_limit=0,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        with cluster, Client(cluster, set_as_default=False) as client:
            yield client


@contextmanager
def _remote(address: str, patience: float) -> Iterator["Client"]:
    from distributed import Client
    from distributed.versions import VersionMismatchWarning

    try:
        asyncio.run(_knock(address, patience))
        with warnings.catch_warnings():
            # Versions are compared below, and then nothing runs.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ImportError, ValueError, TypeError) as error:
        raise _unreached(address, error, patience) from None
    try:
        yield client
    finally:
        with suppress(OSError):
            client.close(timeout=_TO_CLOSE)


async def _knock(address: str, patience: float) -> None:
    """Open a connection once and close it: a client that fails at this does not end cleanly."""
    from distributed.comm import connect
    from distributed.security import Security

    how = Security().get_connection_args("client")
    comm = await connect(address, timeout=patience, **how)
    await comm.close()


def _unreached(address: str, error: Exception, patience: float) -> ClusterError:
    if isinstance(error, OSError):
        fault = f"no scheduler answers there within {patience:g} seconds"
        remedy = "Start one with `dask scheduler`, or correct the address."
    elif isinstance(error, ImportError):
        fault = "the scheduler has another version of Dask"
        remedy = f"Install the same packages there: {_INSTALL}."
    else:
        fault = f"this is no address of a scheduler: {error}"
        remedy = "Write it like tcp://10.0.0.5:8786, or write `local`."
    return ClusterError.at(InOption("--cluster", address), fault, remedy=remedy)


def _check_scheduler(client: "Client", where: str, patience: float) -> None:
    """Raises ClusterError when the scheduler speaks for another version of Dask or Python."""
    try:
        packages = answer_of(client, client.get_versions, patience)["scheduler"]["packages"]
    except OSError as error:
        raise _unreached(where, error, patience) from None
    theirs = {"python": _python(packages["python"]), **{name: packages[name] for name in _LANGUAGE}}
    ours = {"python": platform.python_version(), **{name: version(name) for name in _LANGUAGE}}
    _refuse("scheduler", {where: unlike(theirs, ours)})


def _wait_for_worker(client: "Client", where: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        fault = f"the scheduler has no worker, and none came within {patience:g} seconds"
        remedy = "Start workers with `dask worker ADDRESS`."
        raise ClusterError.at(InOption("--cluster", where), fault, remedy=remedy) from None
    except OSError as error:
        raise _unreached(where, error, patience) from None


def _check_workers(client: "Client", where: str) -> None:
    """Raises ClusterError for every worker that is not made of the same as this process."""
    try:
        different = different_workers(client, made_of())
    except OSError:
        fault = f"a worker did not answer within {_TO_LOAD:g} seconds, or the scheduler was lost"
        remedy = "Look at their logs."
        raise ClusterError.at(InOption("--cluster", where), fault, remedy=remedy) from None
    _refuse("worker", different)


def _refuse(kind: str, machines: Mapping[str, Sequence[str]]) -> None:
    """Raises ClusterError for the machines, by address, in which anything differs."""
    remedy = "Install there what is installed here."
    problems = [
        InPart(kind, address).problem("; ".join(differences), remedy=remedy)
        for address, differences in machines.items()
        if differences
    ]
    if problems:
        raise ClusterError(problems)


def different_workers(
    client: "Client", ours: Mapping[str, str], workers: Sequence[str] | None = None
) -> dict[str, list[str]]:
    """Those of `workers` (or of all) that are not made of `ours`, with what differs in each.

    Raises TimeoutError when one does not answer, OSError when the scheduler is lost.
    """

    async def ask() -> Mapping[str, Any]:
        answers: Mapping[str, Any] = await client.run(made_of, workers=workers, on_error="return")
        return answers

    different = {}
    for address, answer in answer_of(client, ask, _TO_LOAD).items():
        if isinstance(answer, OSError):
            different[address] = ["it does not answer"]
        elif isinstance(answer, Exception):
            different[address] = ["this package is not installed there, or cannot be loaded"]
        elif differences := unlike(answer, ours):
            different[address] = differences
    return different


def _python(full: str) -> str:
    """The version of Python, of which Dask tells more: 3.11.2 of 3.11.2.final.0."""
    return ".".join(full.split(".")[:3])
