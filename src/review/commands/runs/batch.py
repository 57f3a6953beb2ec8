"""The command that runs many reports: batch."""

import sys
from pathlib import Path

import click

from review.commands.options import evidence_option, notebook_option
from review.model.visible import on_one_line


@click.command()
@click.argument("runs", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@evidence_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Runs at a time.  [default: 1, or as many as a cluster has room for]",
)
@click.option(
    "--cluster", default="", help="The address of a Dask scheduler, or `local` for processes of its own."
)
@click.option(
    "--resume", is_flag=True, help="Go on with the same batch: only what failed or is missing."
)
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds for one run.")
@click.option(
    "--memory-limit", type=click.IntRange(1), help="Megabytes for one run, beyond what is loaded."
)
@notebook_option
@click.option("--why", is_flag=True, help="Say for each run what changed, or that nothing did.")
def batch(
    runs: Path,
    out: Path,
    folders: tuple[Path, ...],
    workers: int | None,
    cluster: str,
    resume: bool,
    time_limit: float | None,
    memory_limit: int | None,
    notebook: Path | None,
    why: bool,
) -> None:
    """Run the report once for every row of RUNS, side by side, and write one summary.

    RUNS is CSV or XLSX with the columns run (a name) and any parameters of `review report`, or YAML
    with `runs:` (a list) or `grid:` (lists by parameter). What is done and unchanged is not run again.
    Ctrl-C lets what runs finish; twice kills it.
    """
    from review.commands.runs.live import Lines, LiveTable
    from review.runs.batch.run import Options, run_batch
    from review.runs.execute import Limits

    click.echo("Checking the runs and the evidence")
    limits = Limits(time_limit, memory_limit)
    options = Options(workers, cluster, resume=resume, limits=limits, notebook=notebook, explain=why)
    try:
        with LiveTable() if sys.stdout.isatty() else Lines() as screen:
            results = run_batch(runs, folders, out, Path.cwd(), options, screen)
        click.echo(f"{len(results)} runs are done; {screen.count} were run now")
    finally:
        # Also where runs have failed: the summary says why.
        if (out / "summary.html").exists():
            click.echo(f"The summary is {on_one_line((out / 'summary.html').as_posix())}")
