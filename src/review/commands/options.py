"""Options that several commands share."""

from pathlib import Path

import click

from review.grading.settings import DEFAULTS
from review.model.vocabulary import Market, StartRule, Upgrading

evidence_option = click.option(
    "--evidence",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    default=(Path("evidence"),),
    show_default="evidence",
    help="An evidence folder; give it again to add another.",
)
notebook_option = click.option(
    "--notebook",
    type=click.Path(path_type=Path),
    help="A notebook of your own to run instead; its code runs with your rights.",
)
jurisdiction_option = click.option(
    "--jurisdiction",
    "jurisdictions",
    multiple=True,
    type=click.Choice([str(market) for market in Market]),
    help="A market whose rules of advertising apply; again for more. If not given, those that the "
    "evidence names.",
)
as_of_option = click.option("--as-of", help="See the evidence at another date, YYYY-MM-DD.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
start_rule_option = click.option(
    "--start-rule",
    type=click.Choice([str(rule) for rule in StartRule]),
    default=str(DEFAULTS.start_rule),
    show_default=True,
    help="Where GRADE starts for non-randomised evidence.",
)
upgrading_option = click.option(
    "--upgrading",
    type=click.Choice([str(way) for way in Upgrading]),
    default=str(DEFAULTS.upgrading),
    show_default=True,
    help="Whether certainty is rated up where something was rated down.",
)
information_size_option = click.option(
    "--information-size",
    type=click.IntRange(1, 1_000_000),
    default=DEFAULTS.information_size,
    show_default=True,
    help="Participants below which a suggested rating calls a body imprecise.",
)
