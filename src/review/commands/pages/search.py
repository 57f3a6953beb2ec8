"""The command that finds literature for a claim: search."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option, json_option
from review.model.errors import InOption, InputError
from review.model.extras import require
from review.model.visible import visible
from review.store.bounds import Bounds, within

if TYPE_CHECKING:
    from review.literature.readers import Corpus
    from review.literature.search import SearchResult

BOUNDS = Bounds(seconds=600, gigabytes=8)
"""For all files together."""


@click.command()
@click.argument("claim")
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of papers instead of the evidence: .bib, .ris, .nbib, .ciw, .enw, .txt, .json (CSL, "
    "Crossref), .jsonl, .xml (PubMed).",
)
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many.")
@click.option("--semantic", is_flag=True, help="Compare meaning too; needs the extra [semantic].")
@click.option("--model", type=click.Path(path_type=Path), help="The folder of the model's files.")
@evidence_option
@json_option
@within(BOUNDS, InOption("--corpus"), "Give fewer files, or smaller ones.")
def search(
    claim: str,
    corpora: tuple[Path, ...],
    top: int,
    semantic: bool,
    model: Path | None,
    folders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Rank the studies of the evidence, or the papers of other files, for CLAIM.

    The kind of a study and the stance are suggestions; the sentence is there to be read. What could not
    be read of the files is told after the papers, and the command then fails.
    """
    require("pages", "review search")
    from review.literature.search import answers, corpus_of

    corpus = corpus_of(corpora, folders)
    meaning = None
    if semantic or model:
        from review.literature.minilm import load_model

        meaning = load_model(model)
    results = answers(claim, corpus.papers, top, meaning)
    for result in results:
        click.echo(json.dumps(result.fields, ensure_ascii=False) if as_json else _paper_lines(result))
    if not as_json:
        click.echo(f"{len(results)} of {len(corpus.papers)} papers")
    if corpus.joined:
        click.echo(visible("\n".join(_joined_lines(corpus))), err=True)
    if corpus.problems:
        raise InputError(corpus.problems)


SHOWN = 20
"""How many papers that stand more than once are listed; of those found, `--json` gives every place."""


def _joined_lines(corpus: "Corpus") -> Iterator[str]:
    """That papers stand more than once, which, and where."""
    again = corpus.count - len(corpus.papers)
    if again == 1:
        yield "1 entry repeats a paper that stands before it, and was joined with it:"
    else:
        yield f"{again} entries repeat a paper that stands before them, and were joined with it:"
    for paper in corpus.joined[:SHOWN]:
        yield f"  {paper.place}: {paper.key} also at {', '.join(map(str, paper.also))}"
    if len(corpus.joined) > SHOWN:
        yield f"  and {len(corpus.joined) - SHOWN} papers more"


def _paper_lines(result: "SearchResult") -> str:
    """A paper on a few lines: what it is, why it stands here, and what it says."""
    signals = ", ".join(f"{name} {value:.2f}" for name, value in result.hit.signals.items())
    rows: tuple[tuple[str, object], ...] = (
        ("why", ", ".join(result.hit.matched) or "no word of the claim"),
        ("score", f"{result.hit.score:.2f} ({signals})"),
        ("kind", result.kind_text),
        ("read", result.fields["checked"] or "not in the evidence"),
        ("says", f"“{result.hit.sentence}”"),
        ("stance", result.stance_text),
    )
    paper = result.hit.paper
    if paper.notices.label:
        rows = (("notice", paper.notices.label), *rows)
    head = f"{result.hit.rank:>3}  {paper.key}  {paper.citation}\n     {paper.title}"
    lines = [head, *(f"       {name:<7}{' '.join(str(value).split())}" for name, value in rows)]
    return visible("\n".join(lines))
