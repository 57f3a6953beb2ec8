"""The command that marks what learners hand in: lesson mark."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.extras import require
from review.model.visible import visible

if TYPE_CHECKING:
    from review.teaching.marking.class_list import ClassList

_MOST_WORKERS = 4


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
    from review.teaching.marking.made import read_made
    from review.teaching.marking.mark_folder import SUMMARY, check_folders, mark_folder
    from review.teaching.marking.submissions import handed_in
    from review.workbench import open_review

    check_folders(submissions, out)
    drawn = read_made(made)
    count = len(handed_in(submissions))
    click.echo(f"Reading the evidence; {count} file{'' if count == 1 else 's'} to mark")
    marked = mark_folder(submissions, open_review(folders), out, workers, _bar, drawn)
    _tell(marked)
    click.echo(f"The summary is {(out / SUMMARY).as_posix()}")
    _raise_for(marked)


@contextmanager
def _bar(label: str, length: int) -> Iterator[Callable[[], object]]:
    with click.progressbar(length=length, label=f"{label:<8}", show_pos=True) as bar:
        yield lambda: bar.update(1)


def _tell(marked: "ClassList") -> None:
    from review.teaching.marking.mark_folder import files_with_problems

    for file, what in files_with_problems(marked):
        click.echo(visible(f"{file}: {what}"))
    states = Counter(str(paper.state) for paper in marked.papers)
    click.echo(", ".join(f"{count} {state}" for state, count in sorted(states.items())))


def _raise_for(marked: "ClassList") -> None:
    from review.model.errors import InputError, Problem

    problems = [
        Problem(paper.submission.file, 0, f"it is {paper.state}", "The summary says why.")
        for paper in marked.papers
        if paper.state.is_a_fault
    ]
    if problems:
        raise InputError(problems)
