"""One run in a process of its own, and what it leaves behind when it fails."""

import os
import re
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat

from review.runs.batch.folder import FAILED_NOTEBOOK, BatchFolder
from review.runs.batch.plan import BatchRun
from review.runs.execute import Limits, cleaned, hide_paths, notebook_text
from review.runs.report_run import own_paths, write_report

_LOG = "log.txt"
_PARTIAL = "partial.ipynb"
_OF_CHANCE = re.compile(
    r"review-(?:report|run)-\w{8}/|^\[IPKernelApp\] .*\n|^.*\bKernel is running over TCP\b.*\n",
    re.MULTILINE,
)
"""The folders in which a run works, which have another name every time, and what a kernel says of its
own way to talk, which hangs on the length of a path and on the moment at which it was ended.
"""


def run_here(run: BatchRun, folder: BatchFolder, limits: Limits) -> None:
    """Make the report of a run in this process, which does nothing else.

    What is printed goes to the log of the run, what it had executed when it fails to its partial
    notebook. Raises what `write_report` does.
    """
    work = folder.work(run.name)
    work.mkdir(parents=True)
    # What the run and its cells put aside lies here, and goes with the folder.
    tempfile.tempdir = str(work)
    log = os.open(work / _LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    write_report(
        run.notebook,
        run.parameters,
        folder.report(run.name),
        work / _PARTIAL,
        progress=False,
        forked=limits,
        own=folder.written(run.name),
    )


def log_of(run: BatchRun, folder: BatchFolder) -> str:
    """What a run has printed outside its cells, without the paths of this machine."""
    try:
        return hidden((folder.work(run.name) / _LOG).read_text("utf-8", "replace"), run, folder)
    except FileNotFoundError:
        return ""


def partial_of(run: BatchRun, folder: BatchFolder) -> str | None:
    """What a failed run had executed: as it kept it, or as papermill saved it before it was killed."""
    work = folder.work(run.name)
    for path in (work / _PARTIAL, *sorted(work.glob("review-run-*/*.ipynb"))):
        with suppress(OSError, ValueError, nbformat.ValidationError):
            node = cleaned(nbformat.read(path, as_version=4))
            names = {**own_paths(run.parameters), f"{work}/": ""}
            return hidden(notebook_text(hide_paths(node, names)), run, folder)
    return None


def keep_what_is_left(run: BatchRun, folder: BatchFolder, log: str, partial: str | None) -> None:
    """Put what a run left on another machine where a run of this machine leaves it."""
    work = folder.work(run.name)
    work.mkdir(parents=True, exist_ok=True)
    (work / _LOG).write_text(log, "utf-8")
    if partial is not None:
        (work / _PARTIAL).write_text(partial, "utf-8")


def hidden(text: str, run: BatchRun, folder: BatchFolder) -> str:
    """`text` without the paths of this machine; what had run is named where it is kept in the end."""
    names = {
        **dict.fromkeys(_places_of_python(), ""),
        **own_paths(run.parameters),
        f"{folder.path}/": "",
        str(run.notebook): "/".join(run.notebook.parts[-2:]),
        str(folder.work(run.name) / _PARTIAL): f"failed/{run.name}/{FAILED_NOTEBOOK}",
    }
    # The longest first: a path may begin like another.
    for path in sorted(names, key=len, reverse=True):
        text = text.replace(path, names[path])
    return _OF_CHANCE.sub("", text)


def _places_of_python() -> Iterator[str]:
    """Where Python, its packages and this one are, in full and as a traceback shortens it."""
    own = str(Path(__file__).resolve().parents[3])
    home = str(Path.home())
    for place in {own, *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))}:
        yield f"{place}/"
        if place.startswith(f"{home}/"):
            yield f"~{place.removeprefix(home)}/"
