"""One batch from the file of runs to the summary."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from review.model.errors import (
    ClusterError,
    InCommand,
    InPart,
    InputError,
    Problem,
    ReviewError,
    RunError,
)
from review.report.folder import write_folder
from review.runs.batch.folder import BatchFolder, changed_since
from review.runs.batch.one import hidden, keep_what_is_left, log_of, partial_of, run_here
from review.runs.batch.plan import BatchPlan, BatchRun, make_plan
from review.runs.batch.pool import STOPPING, Event, Happening, Stop, run_side_by_side
from review.runs.batch.rows import read_rows
from review.runs.batch.spread import Spread, jobs_for
from review.runs.batch.summary import Result, RunState, summary_files
from review.runs.cluster import LOCAL, cluster_client
from review.runs.execute import NO_LIMITS, Limits
from review.runs.fork_engine import preload
from review.runs.process import CAN_FORK
from review.runs.report_run import report_notebook
from review.store.files.whole_file import write_whole
from review.store.snapshot import held


class Watcher(Protocol):
    """Who is told how the batch goes on."""

    def begin(self, names: Sequence[str], workers: int) -> None:
        """These runs are about to be run."""

    def started(self, name: str) -> None:
        """A run has begun."""

    def ended(self, name: str, problem: str) -> None:
        """A run has ended; `problem` says why it failed, empty when it did not."""

    def tick(self) -> None:
        """A moment has passed, and nothing has happened."""

    def note(self, text: str) -> None:
        """Something that the user should know."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is run: on this machine, `workers` runs at a time (one if None), or on a cluster."""

    workers: int | None = None
    cluster: str = ""
    resume: bool = False
    limits: Limits = NO_LIMITS
    notebook: Path | None = None
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
    asked = read_rows(source)
    for remark in asked.remarks:
        watcher.note(str(remark))
    plan = make_plan(asked.rows, source.name, folders, report_notebook(options.notebook))
    with folder.taken():
        if options.resume:
            changed_since(folder, plan.runs, plan.evidence)
        reasons = {run.name: folder.why(run, plan.evidence[run.folders]) for run in plan.runs}
        if options.explain:
            for name, why in reasons.items():
                watcher.note(f"{name}: {'; '.join(why) or 'unchanged, not run again'}")
        folder.plan(plan.runs)
        results = {
            run.name: Result(run, RunState.NOT_RUN if reasons[run.name] else RunState.DONE)
            for run in plan.runs
        }
        stopped_by = _run_missing(plan, folder, results, options, watcher)
        every = list(results.values())
        for name, content in summary_files(every, folder).items():
            write_whole(folder.path / name, content)
    if plan.evidence_changed():
        watcher.note(
            "The evidence changed while the batch ran. Every report stands on the evidence as it was "
            "when the batch began; run the batch again to bring them up to date."
        )
    _raise_for(every, source, stopped_by)
    return every


def _check_system(options: Options) -> None:
    if options.cluster not in ("", LOCAL):
        return
    if not CAN_FORK:
        fault, remedy = "this system cannot copy a process", "Use Linux, macOS or WSL."
    elif options.limits.megabytes is not None and sys.platform != "linux":
        fault, remedy = "a memory limit can be set on Linux only", "Leave --memory-limit out."
    else:
        return
    raise InputError.at(InCommand("review batch"), fault, remedy=remedy)


def _run_missing(
    plan: BatchPlan, folder: BatchFolder, results: dict[str, Result], options: Options, watcher: Watcher
) -> tuple[Problem, ...]:
    """Run what is not done and note what becomes of it; gives why it could not be gone on with."""
    runs = [run for run in plan.runs if results[run.name].state is RunState.NOT_RUN]
    if not runs:
        return ()
    stop = Stop()
    was_told = False
    with _events(runs, plan, folder, options, stop, watcher) as events:
        try:
            for event in events:
                run = runs[event.index]
                if event.happening is Happening.STARTED:
                    watcher.started(run.name)
                elif event.happening is Happening.WAITED:
                    watcher.tick()
                else:
                    problem = _settled(run, plan, folder, event.problem)
                    state = RunState.FAILED if problem else RunState.DONE
                    results[run.name] = replace(results[run.name], state=state, problem=problem)
                    watcher.ended(run.name, problem)
                if stop.asked == 1 and not was_told:
                    was_told = True
                    watcher.note(STOPPING)
        except ClusterError as error:
            return error.problems
    return ()


@contextmanager
def _events(
    runs: Sequence[BatchRun],
    plan: BatchPlan,
    folder: BatchFolder,
    options: Options,
    stop: Stop,
    watcher: Watcher,
) -> Iterator[Iterator[Event]]:
    """What happens to `runs`, here or on a cluster; what they leave is in the folder of the batch."""
    names = [run.name for run in runs]
    if not options.cluster:
        preload()
        works = [partial(run_here, run, folder, options.limits) for run in runs]
        workers = options.workers or 1
        watcher.begin(names, workers)
        with held(plan.evidence.items()), stop.on_interrupt():
            yield run_side_by_side(works, workers, stop, options.limits.seconds)
        return
    with cluster_client(options.cluster, options.workers or 1) as client:
        threads = sum(client.nthreads().values())
        watcher.begin(names, min(threads, options.workers or threads))
        jobs, blobs = jobs_for(runs, plan, options.limits)
        spread = Spread(client, jobs, blobs, stop, options.workers)
        with stop.on_interrupt():
            yield _kept(spread, runs, folder)


def _kept(spread: Spread, runs: Sequence[BatchRun], folder: BatchFolder) -> Iterator[Event]:
    """What happens to runs on a cluster; what came back is put where a run of this machine puts it."""
    for event in spread.events():
        if event.happening is not Happening.ENDED:
            yield event
            continue
        run, outcome = runs[event.index], spread.outcomes.pop(event.index)
        problem = outcome.problem
        try:
            if problem:
                keep_what_is_left(run, folder, outcome.log, outcome.partial)
            else:
                write_folder(folder.report(run.name), outcome.report, folder.written(run.name))
        except (ReviewError, OSError) as error:
            problem = "\n".join(filter(None, (problem, _error_lines(error))))
        yield replace(event, problem=problem)


def _settled(run: BatchRun, plan: BatchPlan, folder: BatchFolder, problem: str) -> str:
    """Note what became of a run; gives why it failed, empty when it did not."""
    if not problem:
        try:
            folder.done(run, plan.evidence[run.folders])
        except (ReviewError, OSError) as error:
            problem = _error_lines(error)
    if problem:
        problem = hidden(problem, run, folder)
        try:
            log = f"{problem}\n\n{log_of(run, folder)}".rstrip() + "\n"
            folder.failure(run, log, partial_of(run, folder))
        except (ReviewError, OSError) as error:
            problem = f"{problem}\n{_error_lines(error)}"
    return problem


def _error_lines(error: Exception) -> str:
    return "\n".join(map(str, error.problems)) if isinstance(error, ReviewError) else str(error)


def _raise_for(results: Sequence[Result], source: Path, stopped_by: Sequence[Problem]) -> None:
    problems = [
        *stopped_by,
        *(
            InPart("run", result.run.name, source.name).problem(
                result.problem.partition("\n")[0].rstrip(".") or "it was not run",
                remedy="Use --resume to run what is missing.",
            )
            for result in results
            if result.state is not RunState.DONE
        ),
    ]
    if problems:
        raise RunError(problems)
