"""One batch from the file of runs to the summary."""

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

import nbformat

from review.errors import InputError, Problem, ReviewError, RunError
from review.runs.batch.folder import BatchFolder, changed_since
from review.runs.batch.plan import Plan, Run, make_plan
from review.runs.batch.pool import Stop, run_side_by_side
from review.runs.batch.rows import read_rows
from review.runs.batch.summary import Result, State, summary_files
from review.runs.execute import NO_LIMITS, Limits, cleaned, hide_paths, notebook_text
from review.runs.fork_engine import preload
from review.runs.process import CAN_FORK
from review.runs.report_run import NOTEBOOK, own_paths, project_folder, write_report
from review.store import held
from review.store.whole_file import write_whole

_LOG = "log.txt"
_PARTIAL = "partial.ipynb"


class Watcher(Protocol):
    """Who is told how the batch goes on."""

    def begin(self, names: Sequence[str], workers: int) -> None:
        """These runs are about to be run."""

    def started(self, name: str) -> None:
        """A run has begun."""

    def ended(self, name: str, problem: str) -> None:
        """A run has ended; `problem` says why it failed, empty when it did not."""

    def note(self, text: str) -> None:
        """Something that the user should know."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is run."""

    workers: int = 1
    resume: bool = False
    limits: Limits = NO_LIMITS
    explain: bool = False


def run_batch(
    source: Path, folders: Sequence[Path], out: Path, cwd: Path, options: Options, watcher: Watcher
) -> list[Result]:
    """Run what the file `source` asks for into the folder `out`; gives what became of each run.

    Runs that are done, and depend on nothing that has changed, are not run again. Raises InputError,
    ParameterError, EvidenceError or OutputError with all problems before anything runs; RunError at the
    end, after the summary was written, when a run failed or was not run.
    """
    _check_system(options)
    folder = BatchFolder(cwd / out)
    folder.check()
    plan = make_plan(read_rows(source), source.name, folders, project_folder(cwd) / NOTEBOOK)
    with folder.taken():
        if options.resume:
            changed_since(folder, plan.runs, plan.evidence)
        reasons = {run.name: folder.why(run, plan.evidence[run.folders]) for run in plan.runs}
        if options.explain:
            for name, why in reasons.items():
                watcher.note(f"{name}: {'; '.join(why) or 'unchanged, not run again'}")
        folder.plan(plan.runs)
        results = {
            run.name: Result(run, State.NOT_RUN if reasons[run.name] else State.DONE)
            for run in plan.runs
        }
        _run_missing(plan, folder, results, options, watcher)
        found = list(results.values())
        for name, content in summary_files(found, folder).items():
            write_whole(folder.path / name, content)
    if plan.evidence_changed():
        watcher.note(
            "The evidence changed while the batch ran. Every report stands on the evidence as it was "
            "when the batch began; run the batch again to bring them up to date."
        )
    _raise_for(found, source)
    return found


def _check_system(options: Options) -> None:
    if not CAN_FORK:
        what, remedy = "this system cannot copy a process", "Use Linux, macOS or WSL."
    elif options.limits.megabytes is not None and sys.platform != "linux":
        what, remedy = "a memory limit can be set on Linux only", "Leave --memory-limit out."
    else:
        return
    raise InputError([Problem("review batch", 0, what, remedy)])


def _run_missing(
    plan: Plan, folder: BatchFolder, results: dict[str, Result], options: Options, watcher: Watcher
) -> None:
    runs = [run for run in plan.runs if results[run.name].state is State.NOT_RUN]
    if not runs:
        return
    preload()
    works = [partial(_work, run, plan.notebook, folder, options.limits) for run in runs]
    watcher.begin([run.name for run in runs], options.workers)
    stop = Stop()
    with held(plan.evidence.items()), stop.on_interrupt():
        told = 0
        for event in run_side_by_side(works, options.workers, stop, options.limits.seconds):
            run = runs[event.index]
            if event.what == "started":
                watcher.started(run.name)
            else:
                problem = _settled(run, plan, folder, event.problem)
                state = State.FAILED if problem else State.DONE
                results[run.name] = replace(results[run.name], state=state, problem=problem)
                watcher.ended(run.name, problem)
            if stop.asked > told:
                told = stop.asked
                watcher.note("Stopping: what runs is finished. Ctrl-C again kills it.")


def _work(run: Run, notebook: Path, folder: BatchFolder, limits: Limits) -> None:
    """What the process of a run does."""
    work = folder.work(run.name)
    work.mkdir(parents=True)
    tempfile.tempdir = str(work)
    log = os.open(work / _LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    write_report(
        notebook, run.parameters, folder.report(run.name), work / _PARTIAL, progress=False, forked=limits
    )


def _settled(run: Run, plan: Plan, folder: BatchFolder, problem: str) -> str:
    """Note what became of a run; gives why it failed, empty when it did not."""
    if not problem:
        try:
            folder.done(run, plan.evidence[run.folders])
        except (ReviewError, OSError) as error:
            problem = _told(error)
    if problem:
        problem = _hidden(problem, run, folder)
        try:
            folder.failure(
                run, f"{problem}\n\n{_log(run, folder)}".rstrip() + "\n", _partial(run, folder)
            )
        except (ReviewError, OSError) as error:
            problem = f"{problem}\n{_told(error)}"
    return problem


def _told(error: Exception) -> str:
    return "\n".join(map(str, error.problems)) if isinstance(error, ReviewError) else str(error)


def _hidden(text: str, run: Run, folder: BatchFolder) -> str:
    """`text` without the paths of this machine."""
    shown = {**own_paths(run.parameters), f"{folder.path}/": "", f"{project_folder(folder.path)}/": ""}
    for path in sorted(shown, key=len, reverse=True):
        text = text.replace(path, shown[path])
    return text


def _log(run: Run, folder: BatchFolder) -> str:
    try:
        return (folder.work(run.name) / _LOG).read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""


def _partial(run: Run, folder: BatchFolder) -> str | None:
    """What a failed run had executed: as it kept it, or as papermill saved it before it was killed."""
    work = folder.work(run.name)
    for path in (work / _PARTIAL, *sorted(work.glob("review-run-*/*.ipynb"))):
        with suppress(OSError, ValueError, nbformat.ValidationError):
            node = cleaned(nbformat.read(path, as_version=4))
            shown = {**own_paths(run.parameters), f"{work}/": ""}
            return notebook_text(hide_paths(node, shown))
    return None


def _raise_for(results: Sequence[Result], source: Path) -> None:
    problems = [
        Problem(
            f"{source.name}, run {result.run.name}",
            0,
            result.problem.partition("\n")[0].rstrip(".") or "it was not run",
            "Use --resume to run what is missing.",
        )
        for result in results
        if result.state is not State.DONE
    ]
    if problems:
        raise RunError(problems)
