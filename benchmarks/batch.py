"""Runs a minute of one notebook: the engine that copies a process, and the usual ways beside it.

`python -m benchmarks.batch kills` kills a batch at 50 random moments instead, and compares the bytes;
`engines` and `suites` compare what papermill's own engine and ours give.
"""

import importlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

import nbformat
import papermill
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.batch_engines import compare_engines
from benchmarks.batch_suites import compare_suites, fetch_sources
from review.runs import fork_engine
from review.runs.batch.plan import make_plan
from review.runs.batch.pool import Happening, Stop
from review.runs.batch.rows import RunRow
from review.runs.batch.spread import Spread, jobs_for
from review.runs.cluster import LOCAL, cluster_client
from review.runs.execute import NO_LIMITS
from review.runs.process import forked
from review.runs.report_run import NOTEBOOK

PROJECT = Path(__file__).resolve().parents[1]
KILLS = 50
CELLS = (
    "size = 1000",
    "import bibtexparser\nimport pandas as pd",
    "frame = pd.DataFrame({'group': [n % 7 for n in range(size)], 'x': range(size)})\nframe.head()",
    "frame.groupby('group').x.mean()",
    "import matplotlib.pyplot as plt\nplt.plot(frame.x)",
)
"""A light notebook of the usual kind: a table, a group-by, one plot."""
LEAST_REPORT = """import pathlib
pathlib.Path(out).mkdir()
(pathlib.Path(out) / "manifest.json").write_text('{}')"""
RUNS_ON_DASK = 40
RUNS_OF_PAPERMILL = 6
ROUNDS = 3
"""How often each way is measured in turn: what else the machine does then meets all of them alike."""


def light_notebook(path: Path) -> Path:
    """Write the notebook that all ways run."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(source) for source in CELLS]
    cells[0].metadata.tags = ["parameters"]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def by_papermill(engine: str | None) -> Callable[[Path, Path, int], None]:
    """Runs by papermill as a library, with one of its engines."""

    def run(notebook: Path, out: Path, number: int) -> None:
        papermill.execute_notebook(
            str(notebook), str(out), {"size": 1000 + number}, engine_name=engine, progress_bar=False
        )

    return run


def by_command(*command: str) -> Callable[[Path, Path, int], None]:
    """A command in a loop."""

    def run(notebook: Path, out: Path, _number: int) -> None:
        words = [word.format(notebook=notebook, out=out, name=out.stem) for word in command]
        subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True)

    return run


OURS = "review-fork"
WAYS = {
    OURS: (by_papermill(fork_engine.NAME), 30),
    "papermill, library": (by_papermill(None), RUNS_OF_PAPERMILL),
    "papermill, command": (by_command("papermill", "{notebook}", "{out}"), 4),
    "nbconvert --execute": (
        by_command("nbconvert", "--to", "notebook", "--execute", "{notebook}", "--output", "{name}"),
        4,
    ),
}
"""Each way with how many runs are timed."""


def per_minute(
    run: Callable[[Path, Path, int], None], notebook: Path, runs_of_each: int, workers: int
) -> float:
    """Runs a minute, with `workers` processes that share the runs."""
    runs = runs_of_each * workers
    begun = time.perf_counter()
    processes = []
    for worker in range(workers):

        def work(first: int = worker) -> None:
            for number in range(first, runs, workers):
                run(notebook, notebook.with_name(f"out-{number}.ipynb"), number)

        processes.append(forked(work))
    for process in processes:
        _, status = os.waitpid(process, 0)
        if status:
            raise RuntimeError("a run failed")
    return 60 * runs / (time.perf_counter() - begun)


def per_minute_by_dask(notebook: Path, runs_of_each: int, workers: int) -> float:
    """Runs a minute of papermill, spread by Dask over processes of this machine that are ready."""
    runs = runs_of_each * workers
    with cluster_client(LOCAL, workers) as client:
        client.run(importlib.import_module, "papermill")
        outs = [str(notebook.with_name(f"dask-{number}.ipynb")) for number in range(runs)]
        begun = time.perf_counter()
        run = partial(papermill.execute_notebook, str(notebook), progress_bar=False)
        client.gather(client.map(run, outs, pure=False))
        return 60 * runs / (time.perf_counter() - begun)


def report_notebook(path: Path) -> Path:
    """The light notebook with the parameters of a report, which writes one of a single file."""
    node = nbformat.read(PROJECT / NOTEBOOK, as_version=4)
    node.cells = [cell for cell in node.cells if "parameters" in cell.metadata.get("tags", [])]
    node.cells += [new_code_cell(source) for source in ("size = 1000", *CELLS[1:], LEAST_REPORT)]
    nbformat.write(node, path)
    return path


def per_minute_on_dask(notebook: Path, runs_of_each: int, workers: int) -> float:
    """Runs a minute on a Dask cluster of this machine, once every worker has made its first."""
    runs = runs_of_each * workers
    rows = [RunRow(number, f"run-{number}", {}) for number in range(runs + workers)]
    plan = make_plan(rows, "rows", [PROJECT / "evidence"], notebook)
    jobs, blobs = jobs_for(plan.runs, plan, NO_LIMITS)
    with cluster_client(LOCAL, workers) as client:
        spread = Spread(client, jobs, blobs, Stop())
        ends = [time.perf_counter() for event in spread.events() if event.happening is Happening.ENDED]
    if any(outcome.problem for outcome in spread.outcomes.values()):
        raise RuntimeError("a run failed")
    return 60 * runs / (ends[-1] - ends[workers - 1])


def timed(*command: str) -> float:
    """Seconds that a Python command takes."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=PROJECT, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print runs a minute on 1 and 2 workers, then a report alone and from the cache."""
    names = ("papermill", "nbconvert", "distributed")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(
        f"\nPython {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {versions}"
    )
    fork_engine.register()
    fork_engine.preload(("bibtexparser", "matplotlib", "pandas"))
    print("\n| runs a minute | 1 worker | 2 workers | ours / theirs, 1 | ours / theirs, 2 |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        notebook = light_notebook(Path(folder) / "light.ipynb")
        with_report = report_notebook(Path(folder) / NOTEBOOK.name)
        ways = {
            **{name: partial(per_minute, run, notebook, runs) for name, (run, runs) in WAYS.items()},
            "papermill, spread by Dask": partial(per_minute_by_dask, notebook, RUNS_OF_PAPERMILL),
            "review batch --cluster local": partial(per_minute_on_dask, with_report, RUNS_ON_DASK),
        }
        measured = [
            {name: [rate(workers) for workers in (1, 2)] for name, rate in ways.items()}
            for _ in range(ROUNDS)
        ]
        for name in ways:
            rates = [median(each[name][k] for each in measured) for k in (0, 1)]
            ratios = [median(each[OURS][k] / each[name][k] for each in measured) for k in (0, 1)]
            print(f"| {name} | {rates[0]:.1f} | {rates[1]:.1f} | {ratios[0]:.1f} | {ratios[1]:.1f} |")
        (Path(folder) / "runs.csv").write_text("run,pages\none,clinic-brochure\n", "utf-8")
        command = ("-m", "review", "batch", f"{folder}/runs.csv", "--out", f"{folder}/out")
        for what in ("one report by `review batch`, cold", "the same again, unchanged"):
            print(f"\n{what}: {timed(*command):.1f} s")
    review = Path(sys.executable).with_name("review")
    help_, nothing = (
        min(timed(*command) for _ in range(20)) for command in ((str(review), "--help"), ("-c", "pass"))
    )
    print(
        f"\nreview --help: {help_:.4f} s; python -c pass: {nothing:.4f} s; {help_ / nothing:.1f} times"
    )


def kills() -> None:
    """Kill a batch at many random moments; the seed stands in the test."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "0",
            "-q",
            "tests/runs/test_batch.py",
            "-k",
            "any_moment",
        ],
        cwd=PROJECT,
        env={**os.environ, "REVIEW_KILLS": str(KILLS)},
        check=True,
    )


def suites() -> None:
    """Run the tests of papermill and the notebooks of nbclient on both engines."""
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(fetch_sources(Path(folder)) or bool(compare_suites(Path(folder))))


def engines() -> None:
    """Compare what papermill's own engine and ours give."""
    sys.exit(not compare_engines())


WHAT = {"": main, "kills": kills, "engines": engines, "suites": suites}

if __name__ == "__main__":
    WHAT["".join(sys.argv[1:])]()
