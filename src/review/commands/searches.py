"""The command that shows what was searched."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import as_of_option, evidence_option, json_option
from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.report.evidence.model import SearchFlow


@click.command()
@evidence_option
@as_of_option
@json_option
def searches(folders: tuple[Path, ...], as_of: str | None, as_json: bool) -> None:
    """Show what was searched and what came of it, by the boxes of the PRISMA 2020 flow diagram.

    Only numbers that records hold: what is not recorded is said to be so, and never shown as nought.
    """
    from review.model.errors import InOption, ParameterError
    from review.model.vocabulary import SearchStage
    from review.report.evidence.search_flow import search_flow
    from review.report.search_words import number_rows, searched_text, unknown_of
    from review.workbench import open_review

    try:
        review = open_review(folders, as_of)
    except ValueError as error:
        raise ParameterError.at(InOption("--as-of"), str(error), remedy="Write YYYY-MM-DD.") from None
    flow = search_flow(review, [review.standing(key) for key in review.evidence.propositions])
    if as_json:
        _print_json(flow)
        return
    click.echo(unknown_of(flow))
    for words, number in number_rows(flow):
        click.echo(f"  {words}: {number}")
    for searched in flow.searches:
        query, who = on_one_line(searched.query), on_one_line(searched.who)
        click.echo(f"{on_one_line(searched.database)}, {searched.date}, by {who}: {query}")
        numbers = (f"{stage} {searched_text(searched, stage)}" for stage in SearchStage)
        click.echo(f"  {', '.join(numbers)}; statements {len(searched.propositions)}")


def _print_json(flow: "SearchFlow") -> None:
    """A row for each stage, one of the studies and of what nobody searched, and one for each search."""
    rows: list[dict[str, object]] = [{"row": "stage", **asdict(stage)} for stage in flow.stages]
    studies = ("library_only", "unsought", "linked", "included", "set_aside")
    rows.append({"row": "studies", **{name: getattr(flow, name) for name in studies}})
    rows += [{"row": "search", **asdict(search)} for search in flow.searches]
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))
