"""Commands that apply a rule to a file: grade, pool."""

import json
from pathlib import Path

import click

from review.model.errors import InOption, InputError
from review.store.bounds import Bounds, within

BOUNDS = Bounds(seconds=60, gigabytes=4)
"""For one file."""


@click.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--strict-upgrades", is_flag=True, help="Rate up only where nothing was rated down.")
@within(BOUNDS, InOption("CASES"), "Split the file.")
def grade(cases: Path, strict_upgrades: bool) -> None:
    """Add up the judgements of GRADE cases; one JSON object a line with id, certainty and steps.

    CASES is a JSON file with a list of cases, each with an id and its inputs. A case that cannot be read
    is told at the end; the others are answered all the same.
    """
    from review.grading.cases import case_answer
    from review.store.inputs.cases import read_cases

    read = read_cases(cases)
    for case in read.cases:
        answer = case_answer(case, strict_upgrades=strict_upgrades)
        click.echo(json.dumps(answer, ensure_ascii=False))
    if read.problems:
        raise InputError(read.problems)


@click.command()
@click.argument("effects", type=click.Path(path_type=Path))
@click.option(
    "--method",
    type=click.Choice(["reml", "dl", "pm"], case_sensitive=False),
    default="reml",
    show_default=True,
    help="Estimator of the variance between studies.",
)
@click.option("--knha", is_flag=True, help="Hartung-Knapp interval instead of Wald's.")
@within(BOUNDS, InOption("EFFECTS"), "Give a file of fewer studies.")
def pool(effects: Path, method: str, knha: bool) -> None:
    """Pool study effects under random effects and print the result as JSON.

    EFFECTS is a CSV or XLSX file with the columns study, yi (effect) and vi (its variance).
    """
    from review.commands.remarks import tell
    from review.store.inputs.effects import pooled_json, read_effects

    given = read_effects(effects)
    click.echo(json.dumps(pooled_json(given, method.upper(), knha=knha), indent=1))
    tell(given.remarks)
