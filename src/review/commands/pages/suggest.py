"""The command that suggests the claims of a page."""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option, json_option, jurisdiction_option
from review.model.errors import InFile, InOption, InputError, ParameterError
from review.model.extras import require
from review.model.visible import on_one_line, visible
from review.model.vocabulary import FoundBy
from review.report.counted import counted
from review.store.bounds import Bounds, within

if TYPE_CHECKING:
    from review.dossier.dossier import Dossier
    from review.dossier.suggested_citations import SuggestedCitation
    from review.dossier.suggestions import Suggestion

MAX_BYTES = 500_000
"""A longer page is refused: no web page reads like that."""
BOUNDS = Bounds(seconds=120, gigabytes=4)
"""For one page, and what is learnt from the others."""


@click.command()
@click.argument("page")
@evidence_option
@json_option
@jurisdiction_option
@click.option(
    "--report",
    "out",
    type=click.Path(path_type=Path),
    help="Write suggestions.html, .xlsx and .jsonl and citations.csv to this folder, with what to read.",
)
@click.option(
    "--citations",
    "only_citations",
    is_flag=True,
    help="List where the page names a source, in place of its claims.",
)
@within(BOUNDS, InOption("PAGE"), "Split the page into .txt files and suggest each of them.")
def suggest(
    page: str,
    folders: tuple[Path, ...],
    as_json: bool,
    jurisdictions: tuple[str, ...],
    out: Path | None,
    only_citations: bool,
) -> None:
    """Find the claims of PAGE, match them to known propositions, and find the sources that it names.

    The evidence stays as it is.

    PAGE is the id of a page of the evidence, which is then read as if it were new, or a .txt file.
    """
    require("pages", "review suggest")
    from review.dossier.suggested_citations import as_citation_row, suggested_citations
    from review.dossier.suggestions import BY_RULE, as_row, suggestions
    from review.language.sentences import Span
    from review.workbench import open_review

    if out is not None:
        from review.report.folder import check_target

        check_target(out)
    review = open_review(folders).select(jurisdictions=jurisdictions)
    text = _text(page, review)
    claims = suggestions(text, review)
    if any(claim.found_by is FoundBy.RULE for claim in claims):
        click.echo(BY_RULE, err=True)
    citations = suggested_citations(text, review, [Span(claim.start, claim.end) for claim in claims])
    if out is not None:
        from review.report.formats.suggested_files import write_suggestions

        write_suggestions(out, page, text, claims, citations, review)
        click.echo(
            f"{len(claims)} suggestions: open {on_one_line((out / 'suggestions.html').as_posix())}"
        )
        return
    if as_json:
        rows = map(as_citation_row, citations) if only_citations else map(as_row, claims)
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if not only_citations:
        for claim in sorted(claims, key=lambda claim: (-claim.importance, claim.start)):
            _print(claim, review)
    for citation in citations:
        _print_citation(citation)
    told = f"{counted(len(citations), 'place names', 'places name')} a source"
    if only_citations:
        click.echo(f"{told}; a named person decides")
    else:
        click.echo(f"{told}; {len(claims)} suggestions; a named person decides")


def _text(page: str, review: "Dossier") -> str:
    known = review.evidence.pages.get(page)
    if known is not None:
        return known.text
    if not page.endswith(".txt"):
        close = get_close_matches(page, review.evidence.pages, n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else "Give the id of a page or a .txt file."
        raise ParameterError.at(InOption("PAGE"), f"there is no page {page!r}", remedy=remedy)
    try:
        content = Path(page).read_bytes()
        if len(content) > MAX_BYTES:
            fault = f"this has {len(content)} bytes; {MAX_BYTES} are allowed"
            raise InputError.at(InFile(page), fault, remedy="Split it into pages.")
        return content.decode()
    except OSError as error:
        remedy = "Correct it."
        raise InputError.at(InFile(page), f"cannot be read: {error.strerror}", remedy=remedy) from None
    except UnicodeDecodeError:
        raise InputError.at(InFile(page), "this is not UTF-8 text", remedy="Save it as UTF-8.") from None


def _print(claim: "Suggestion", review: "Dossier") -> None:
    click.echo(f"{claim.importance:.2f}  {visible(' '.join(claim.quote.split()))}")
    about = [
        f"{claim.start}-{claim.end}",
        claim.category,
        claim.wording,
        f"checkworthy {claim.checkworthy:.2f}",
    ]
    click.echo("      " + ", ".join([*about, *claim.flags]))
    if claim.proposition:
        statement = review.proposition(claim.proposition).statement
        click.echo(f"      {claim.match} ({claim.probability:.2f}), {claim.polarity}: {statement}")
    else:
        click.echo(f"      {claim.match} ({1 - claim.probability:.2f}), {claim.polarity}")
    if claim.verdict:
        click.echo(f"      {claim.verdict}: {claim.standing}")
    click.echo(f"      {visible(claim.reason)}")


def _print_citation(citation: "SuggestedCitation") -> None:
    found = citation.found
    click.echo(f"cites {visible(' '.join(found.printed.split()))}")
    stands_for = {
        "page": "for the page",
        "sentence": f"for {counted(len(citation.claims), 'claim')} of its sentence",
        "mark": f"for {counted(len(citation.claims), 'claim')} by mark",
    }
    click.echo(f"      {found.start}-{found.end}, {found.kind}, {stands_for[citation.scope]}")
    for source in citation.sources:
        faults = "".join(f"; {fault.sentence}" for fault in source.faults)
        click.echo(f"      {' '.join(filter(None, (source.study, source.identity)))}{visible(faults)}")
    click.echo(f"      {visible(citation.reason)}")
