"""How a batch goes on: a table that is kept up to date in a terminal, lines in a log or a pipe."""

import time
from collections.abc import Sequence
from itertools import islice
from typing import Self

import click
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from review.model.visible import visible

_SHOWN_WAITING = 5
"""How many of the runs that wait are named."""


class Lines:
    """The runs as they end, a line each, for logs and pipes."""

    def __init__(self) -> None:
        self.count = 0
        self._begun: dict[str, float] = {}
        self._waiting: dict[str, None] = {}
        self._workers = 1
        self._taken: list[float] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left on the screen that would have to go."""

    def begin(self, names: Sequence[str], workers: int) -> None:
        """These runs are about to be run."""
        self._waiting, self._workers = dict.fromkeys(names), workers

    def started(self, name: str) -> None:
        """A run has begun."""
        del self._waiting[name]
        self._begun[name] = time.monotonic()

    def ended(self, name: str, problem: str) -> None:
        """A run has ended; `problem` says why it failed, empty when it did not."""
        self._taken.append(time.monotonic() - self._begun.pop(name))
        self.count += 1
        outcome = f"failed: {problem.splitlines()[0]}" if problem else "done"
        every = self.count + len(self._begun) + len(self._waiting)
        self._show(f"{self.count}/{every} {name} {outcome}{self._left()}")

    def tick(self) -> None:
        """A moment has passed."""

    def note(self, text: str) -> None:
        """Something that the user should know."""
        self._show(text)

    def _show(self, line: str) -> None:
        click.echo(visible(line))

    def _left(self) -> str:
        """The time that the rest will take if it goes on like this."""
        rest = len(self._begun) + len(self._waiting)
        if not rest or not self._taken:
            return ""
        seconds = sum(self._taken) / len(self._taken) * rest / min(self._workers, rest)
        return f" (about {seconds:.0f} s left)"


class LiveTable(Lines):
    """The same lines, and below them a table of what runs and what waits, with the time of each."""

    def __init__(self) -> None:
        super().__init__()
        # This process is going to be copied: no thread draws, and nobody's output is redirected.
        self._live = Live(
            console=Console(highlight=False),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the table away."""
        self._live.stop()

    def started(self, name: str) -> None:
        """A run has begun."""
        super().started(name)
        self.tick()

    def tick(self) -> None:
        """Show the time that has passed."""
        self._live.update(self._screen(), refresh=True)

    def _show(self, line: str) -> None:
        self.tick()
        self._live.console.print(Text(visible(line)))

    def _screen(self) -> Group:
        """The table with a line below it; nothing when there is nothing left to run."""
        if not self._begun and not self._waiting:
            return Group()
        return Group(self._table(), Text(f"{self.count} ended{self._left()}"))

    def _table(self) -> Table:
        table = Table("run", "state", "time", box=None, pad_edge=False)
        now = time.monotonic()
        for name, begun in self._begun.items():
            table.add_row(Text(visible(name)), "running", f"{now - begun:.0f} s")
        for name in islice(self._waiting, _SHOWN_WAITING):
            table.add_row(Text(visible(name)), "waiting", "")
        more = len(self._waiting) - _SHOWN_WAITING
        if more > 0:
            table.add_row(f"{more} more", "waiting", "")
        return table
