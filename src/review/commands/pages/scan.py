"""The command that scans a crawl: scan."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.errors import InFile, InputError, InSource, Problem
from review.model.extras import require
from review.model.visible import on_one_line, visible

if TYPE_CHECKING:
    from review.scan.totals import Totals

NAMED = 20
"""How many problems are named where the scan ends; problems.parquet has all."""


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@evidence_option
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes at a time."
)
@click.option(
    "--part",
    "pages",
    type=click.IntRange(1, 100_000),
    default=500,
    show_default=True,
    help="Pages that are scanned, or taken up again, together.",
)
@click.option(
    "--cluster", default="", metavar="ADDRESS", help="Scan on this Dask cluster, or on a new one: local."
)
def scan(
    corpus: Path, out: Path, folders: tuple[Path, ...], workers: int, pages: int, cluster: str
) -> None:
    """Suggest and match the claims of every page of CORPUS; count them by site; find shared passages.

    CORPUS is a file, or a folder of files, of JSON lines (.jsonl, .jsonl.gz), Parquet (.parquet) or WARC
    (.warc, .wet, packed with gzip or not). The same command goes on where a scan was stopped.
    """
    require("scan", "review scan")
    from review.scan.corpora.corpus import check_corpus

    # Before what takes seconds to load.
    check_corpus(corpus)
    from review.scan.run import ScanOptions
    from review.scan.run import scan as scan_corpus

    totals = scan_corpus(corpus, folders, out, ScanOptions(pages, workers, cluster), ScanLines(pages))
    click.echo(
        f"{totals.pages} pages of {totals.sites} sites, {totals.counts['claims']} suggested claims, "
        f"{totals.groups} shared passages, {totals.problems} problems"
    )
    click.echo(f"The summary is {on_one_line((out / 'summary.html').as_posix())}")
    if totals.unread:
        raise InputError(list(_unread(totals, out)))


def _unread(totals: "Totals", out: Path) -> Iterator[Problem]:
    """What was not read, the first of it by name: nobody may take the sums for the whole corpus."""
    fault = f"{totals.unread} problems of what was not read, or not all of it"
    yield InFile((out / "problems.parquet").as_posix()).problem(fault, remedy="The sums leave it out.")
    for row in totals.first_problems[:NAMED]:
        yield InSource(str(row["place"])).problem(str(row["what"]), remedy=str(row["remedy"]))


class ScanLines:
    """How the scan goes on, a line for each step."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._parts = self._done = 0

    def begin(self, parts: int, missing: int) -> None:
        """The corpus has this many parts, of which so many are to be scanned."""
        self._parts, self._done = parts, parts - missing
        click.echo(f"{parts} parts of up to {self._pages} pages, {missing} to scan")

    def ended(self, parts: int, problem: str) -> None:
        """So many more parts are done, or have failed for the reason that `problem` gives."""
        if problem:
            click.echo(visible(f"failed: {problem.splitlines()[0]}"))
            return
        self._done += parts
        click.echo(f"{self._done}/{self._parts} parts")

    def note(self, text: str) -> None:
        """Something that the user should know."""
        click.echo(text)
