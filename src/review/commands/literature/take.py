"""The command that takes records into the evidence: references, and drafts of their studies."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.errors import InOption, InputError, ParameterError
from review.model.extras import require
from review.model.visible import on_one_line
from review.store.bounds import Bounds, within

if TYPE_CHECKING:
    from review.literature.taking.take import Takings
    from review.model.records import Evidence

BOUNDS = Bounds(seconds=600, gigabytes=8)
"""For all files together."""


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="KEYS|FILE...")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file that holds the KEYS: hits of review literature find, .ris, .bib, .nbib, .json (CSL), "
    ".jsonl, .xml (PubMed) and the other formats of review search.",
)
@evidence_option
@within(BOUNDS, InOption("--from"), "Give fewer files, or smaller ones.")
def take(what: tuple[str, ...], files: tuple[Path, ...], folders: tuple[Path, ...]) -> None:
    """Take records into the evidence: entries of references.bib, and drafts in studies/.

    KEYS are PubMed numbers, DOIs, numbers of registered trials, or the keys of a file named with
    --from; of a FILE all records are taken. What a draft says was read by machine, each fact with its
    sentence, and counts for nothing until a person confirms it: review literature confirm, or
    notebooks/take.ipynb. A record that the library holds already is told and not taken again.
    """
    require("pages", "review literature take")
    from review.literature.abstracts import AbstractReader
    from review.literature.readers import read_corpora
    from review.literature.readers.corpus import SUFFIXES
    from review.literature.taking.take import chosen, takings
    from review.literature.taking.trial_files import trials_in
    from review.store.additions.taking import record_taken
    from review.store.clock import utc_now

    named = [
        Path(word) for word in what if Path(word).suffix.lower() in SUFFIXES and Path(word).exists()
    ]
    keys = [word for word in what if Path(word) not in named]
    if not (files or named):
        remedy = "Name a file of records, or the file that holds the keys with --from."
        raise ParameterError.at(InOption("--from"), "no file is named", remedy=remedy)
    corpus = read_corpora([*files, *named])
    papers, problems = chosen(corpus.papers, keys)
    if problems:
        raise ParameterError(problems)
    trials, day = trials_in([*files, *named]), utc_now().date()

    def make(evidence: "Evidence") -> "Takings":
        reader = AbstractReader(evidence.packs.abstract_packs)
        return takings(papers, trials, evidence, reader, day)

    made, written = record_taken(folders, make)
    for line in _lines(made, written):
        click.echo(line)
    if corpus.problems:
        raise InputError(corpus.problems)


def _lines(made: "Takings", written: Sequence[str]) -> Iterator[str]:
    for paper, key in made.held:
        yield f"held already, not taken again: {on_one_line(paper.title)} is {key}"
    facts = 0
    for taken in made.taken:
        readings = taken.study.readings
        read = readings.facts if readings else {}
        facts += len(read)
        told = f"{len(read)} facts read by machine, {len(taken.study.findings)} of them effects"
        yield f"{taken.reference.key}: {on_one_line(taken.paper.title)}"
        yield f"  {told}, none of them confirmed"
        yield from (f"  note: {on_one_line(warning)}" for warning in taken.study.warnings)
    yield from (f"wrote {on_one_line(name)}" for name in written)
    yield f"taken {len(made.taken)}, held already {len(made.held)}, facts to be confirmed {facts}"
    if made.taken:
        first = made.taken[0].reference.key
        yield f"next: review literature confirm {first}, or notebooks/take.ipynb"
