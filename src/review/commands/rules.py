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
    type=click.Choice(["reml", "dl", "pm", "mh", "peto"], case_sensitive=False),
    help="Estimator of the variance between studies (reml for effects), or for counts a common effect "
    "by mh (Mantel-Haenszel) or peto; by default counts decide it, and the answer says why.",
)
@click.option(
    "--interval",
    type=click.Choice(["hartung-knapp-corrected", "hartung-knapp", "wald"]),
    default="hartung-knapp-corrected",
    show_default=True,
    help="Interval of random effects; corrected: its error is never below Wald's.",
)
@click.option(
    "--prediction",
    type=click.Choice(["k-2", "k-1"]),
    default="k-2",
    show_default=True,
    help="Degrees of freedom of the prediction interval.",
)
@click.option(
    "--measure",
    type=click.Choice(["rr", "or"], case_sensitive=False),
    help="Pool counts as risk ratios (the default) or odds ratios; of effects, what they are.",
)
@within(BOUNDS, InOption("EFFECTS"), "Give a file of fewer studies.")
def pool(effects: Path, method: str | None, interval: str, prediction: str, measure: str | None) -> None:
    """Pool effects or counts of studies; prints the result as JSON, with what was chosen and why.

    EFFECTS is a CSV or XLSX file with the columns study, yi (effect, of a ratio its logarithm) and vi
    (its variance) or sei (its error), or with counts: ai, n1i, ci and n2i, or ai, bi, ci and di. What
    R's metafor writes is read as it is.
    """
    from review.commands.remarks import tell
    from review.store.inputs.effects import read_effects
    from review.store.inputs.pooling import pooled_json

    given = read_effects(effects, counted=measure is not None or method in ("mh", "peto"))
    answer = pooled_json(
        given, method or "", interval=interval, prediction=prediction, measure=measure or ""
    )
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False))
    tell(given.remarks)
