"""The command that runs many reports: batch."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from review.commands.options import evidence_option
from review.visible import visible


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
    why: bool,
) -> None:
    """Run the report once for every row of RUNS, side by side, and write one summary.

    RUNS is CSV or XLSX with the columns run (a name) and any parameters of `review report`, or YAML
    with `runs:` (a list) or `grid:` (lists by parameter). What is done and unchanged is not run again.
    Ctrl-C lets what runs finish; twice kills it.
    """
    from review.runs.batch.run import Options, run_batch
    from review.runs.execute import Limits

    click.echo("Checking the runs and the evidence")
    options = Options(workers, cluster, resume, Limits(time_limit, memory_limit), why)
    screen = LiveTable() if sys.stdout.isatty() else Lines()
    try:
        results = run_batch(runs, folders, out, Path.cwd(), options, screen)
        click.echo(f"{len(results)} runs are done; {screen.count} were run now")
    finally:
        if (out / "summary.html").exists():
            click.echo(f"The summary is {(out / 'summary.html').as_posix()}")


class Lines:
    """The runs as they begin and end, a line each, for logs and pipes."""

    def __init__(self) -> None:
        self.count = 0
        self._begun: dict[str, float] = {}
        self._names: Sequence[str] = ()
        self._workers = 1
        self._taken: list[float] = []

    def begin(self, names: Sequence[str], workers: int) -> None:
        """These runs are about to be run."""
        self._names, self._workers = names, workers

    def started(self, name: str) -> None:
        """A run has begun."""
        self._begun[name] = time.monotonic()

    def ended(self, name: str, problem: str) -> None:
        """A run has ended; `problem` says why it failed, empty when it did not."""
        self._taken.append(time.monotonic() - self._begun[name])
        self.count += 1
        said = f"failed: {problem.splitlines()[0]}" if problem else "done"
        self._show(f"{self.count}/{len(self._names)} {name} {said}{self._left()}")

    def note(self, text: str) -> None:
        """Something that the user should know."""
        click.echo(visible(text))

    def _show(self, line: str) -> None:
        click.echo(visible(line))

    def _left(self) -> str:
        """The time that the rest will take if it goes on like this."""
        rest = len(self._names) - self.count
        if not rest:
            return ""
        seconds = sum(self._taken) / len(self._taken) * rest / min(self._workers, rest)
        return f" (about {seconds:.0f} s left)"


class LiveTable(Lines):
    """The same, with what runs at the moment kept in view below the lines."""

    def __init__(self) -> None:
        super().__init__()
        self._running: list[str] = []
        self._drawn = 0

    def started(self, name: str) -> None:
        """A run has begun."""
        super().started(name)
        self._running.append(name)
        self._draw()

    def ended(self, name: str, problem: str) -> None:
        """A run has ended; `problem` says why it failed, empty when it did not."""
        self._running.remove(name)
        super().ended(name, problem)

    def note(self, text: str) -> None:
        """Something that the user should know."""
        self._show(text)

    def _show(self, line: str) -> None:
        self._erase()
        super()._show(line)
        self._draw()

    def _draw(self) -> None:
        self._erase()
        for name in self._running:
            click.echo(f"  running  {name}  {time.monotonic() - self._begun[name]:.0f} s")
        self._drawn = len(self._running)

    def _erase(self) -> None:
        if self._drawn:
            click.echo(f"\x1b[{self._drawn}A\x1b[J", nl=False)
        self._drawn = 0
