"""The command that marks what learners hand in: lesson mark."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.extras import require
from review.model.visible import on_one_line, visible
from review.report.counted import counted

if TYPE_CHECKING:
    from review.teaching.marking.mark import MarkedClass

_MOST_WORKERS = 4  # by default: a class of 30 gains little by a second one


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option(
    "--made",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The folder that lesson make wrote: check ids, questions and digests, list who is missing. "
    "Once for each lesson.",
)
@evidence_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=min(_MOST_WORKERS, os.cpu_count() or 1),
    show_default="processors, at most 4",
    help="Processes that read and write side by side.",
)
def mark(
    submissions: Path, out: Path, made: tuple[Path, ...], folders: tuple[Path, ...], workers: int
) -> None:
    """Mark the notebooks in the folder SUBMISSIONS and write feedback for each learner and the class.

    Nothing in a notebook is run. A file that cannot be marked is named with the reason, the others are
    marked, and the exit code is 5. A file that another one of the same learner makes needless is a note.
    """
    require("lab", "review lesson mark")
    # Behind the check: they load what only that extra installs.
    from review.teaching.marking.read import MarkingRequest
    from review.teaching.marking.run import mark_folder

    marked = mark_folder(MarkingRequest(submissions, out, folders, made, workers), _Progress())
    _tell(marked, out)


class _Progress:
    """How the marking goes on: how many files there are, and a bar for what is worked on."""

    def begin(self, files: int) -> None:
        """So many files are to be marked."""
        click.echo(f"Reading the evidence; {counted(files, 'file')} to mark")

    @contextmanager
    def bar(self, label: str, length: int) -> Iterator[Callable[[], object]]:
        """A bar of this length, which goes on by one whenever what it gives is called."""
        with click.progressbar(length=length, label=f"{label:<8}", show_pos=True) as bar:
            yield lambda: bar.update(1)


def _tell(marked: "MarkedClass", out: Path) -> None:
    """Say what came of each file. Raises InputError naming those without a mark that counts."""
    from review.model.errors import InFile, InputError
    from review.teaching.marking import SUMMARY

    for file, problem in sorted((p.submission.file, text) for p in marked.papers for text in p.problems):
        click.echo(visible(f"{file}: {problem}"))
    states = Counter(str(paper.state) for paper in marked.papers)
    click.echo(", ".join(f"{count} {state}" for state, count in sorted(states.items())))
    click.echo(f"The summary is {on_one_line((out / SUMMARY).as_posix())}")
    problems = [
        InFile(paper.submission.file).problem(f"it is {paper.state}", remedy="The summary says why.")
        for paper in marked.papers
        if paper.state.is_a_fault
    ]
    if problems:
        raise InputError(problems)
