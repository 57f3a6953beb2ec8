"""The command by which a person confirms facts that a machine read: confirm."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.errors import InOption, ParameterError
from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.model.records import Evidence, Study

EVERY = "all"
"""What is typed for all facts that wait."""


@click.command()
@click.argument("study", required=False)
@click.option("--fact", "facts", multiple=True, metavar="NAME", help="A fact that is right, or all.")
@click.option(
    "--set", "corrections", multiple=True, metavar="NAME=VALUE",
    help="What is right instead, of a finding as f1.outcome=pain; or a fact that was not read.",
)  # fmt: skip
@click.option("--leave-out", "left_out", multiple=True, metavar="NAME", help="A fact to be taken out.")
@click.option("--by", default="", metavar="TEXT", help="Who confirms, by name.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="When, if not today in UTC.")
@evidence_option
def confirm(
    study: str | None,
    facts: tuple[str, ...],
    corrections: tuple[str, ...],
    left_out: tuple[str, ...],
    by: str,
    day: str,
    folders: tuple[Path, ...],
) -> None:
    """Confirm, correct or leave out facts that a machine read in the abstract of STUDY.

    Without a STUDY all drafts are listed, without anything to be done its facts, each with its
    sentence. Read the abstract first: a fact counts from then on. notebooks/take.ipynb shows both
    side by side.
    """
    from review.people.confirming import Confirmation, Reader
    from review.store.additions.confirming import known_study, record_confirmation
    from review.store.clock import utc_now
    from review.store.snapshot import read_evidence

    if study is None or not (facts or corrections or left_out):
        evidence = read_evidence(folders)
        lines = _drafts(evidence) if study is None else _facts(known_study(evidence, study))
        for line in lines:
            click.echo(line)
        return
    if EVERY in facts:
        others = {*left_out, *(_parted(text)[0].partition(".")[0] for text in corrections)}
        shown = known_study(read_evidence(folders), study)
        waiting = shown.readings.open if shown.readings else ()
        facts = tuple(name for name in waiting if name not in others)
    done = Confirmation(facts, dict(map(_parted, corrections)), left_out)
    changed, path = record_confirmation(folders, study, done, Reader(by, day), utc_now())
    waits = changed.waiting
    click.echo(f"{on_one_line(path.as_posix())}: {study} is {changed.checked}")
    click.echo(f"facts that wait for a person {len(waits)}{': ' if waits else ''}{', '.join(waits)}")


def _parted(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        remedy = "Write NAME=VALUE, such as n=120."
        raise ParameterError.at(InOption("--set", text), "no value is given", remedy=remedy)
    return name.strip(), value.strip()


def _drafts(evidence: "Evidence") -> Iterator[str]:
    drafts = {key: study.waiting for key, study in evidence.studies.items() if study.waiting}
    for key, facts in drafts.items():
        yield f"{key}: {len(facts)} facts wait for a person"
    yield f"studies read by machine and not confirmed {len(drafts)}"


def _facts(study: "Study") -> Iterator[str]:
    from review.people.confirming import reading_text

    yield f"{study.study}, {study.checked}"
    findings = {finding.finding: finding for finding in study.findings}
    facts = study.readings.facts if study.readings else {}
    for name, fact in facts.items():
        value = reading_text(findings[name]) if name in findings else getattr(study, name)
        state = f"confirmed by {fact.confirmed_by}, {fact.confirmed}" if fact.is_confirmed else "waits"
        yield on_one_line(f"  {name}: {value} ({state})")
        yield on_one_line(f"    “{fact.sentence}”")
    for name in study.waiting:
        if name not in facts:
            yield f"  {name}: not read; say it with --set {name}=…"
    if study.readings:
        yield f"  read in {on_one_line(study.readings.source)}"
