"""Options that several commands share."""

from pathlib import Path

import click

evidence_option = click.option(
    "--evidence",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    default=(Path("evidence"),),
    show_default="evidence",
    help="An evidence folder; give it again to add another.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
