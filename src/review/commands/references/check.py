"""The command that asks witnesses about every reference."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option
from review.model.visible import visible
from review.model.witness_words import Side, Silence, Witness

if TYPE_CHECKING:
    from review.literature.witnesses.asking import Outcome
    from review.model.records import Evidence


@click.command()
@evidence_option
@click.option("--refresh", is_flag=True, help="Ask every witness anew.")
@click.option("--missing", is_flag=True, help="Ask only where no answer is kept.")
@click.option(
    "--witness",
    "names",
    multiple=True,
    type=click.Choice([str(witness) for witness in Witness]),
    help="Ask this witness only; again for more.",
)
@click.option(
    "--contact",
    default="",
    metavar="MAIL",
    help="Your address, for services that ask for one; none is sent unless it is given.",
)
def check(
    folders: tuple[Path, ...], refresh: bool, missing: bool, names: tuple[str, ...], contact: str
) -> None:
    """Hold every reference against what witnesses say of it, and record their answers.

    Nothing is sent without --refresh or --missing: then what is kept or recorded of earlier answers is
    told again.
    Only DOIs, PubMed numbers and trial numbers are sent. The exit code is 11 where a notice speaks
    against a study or a new one was found, else 10 where a witness was not asked.
    """
    from review.literature.services.door import Reach, open_door
    from review.literature.services.terms import TERMS
    from review.literature.witnesses.checking import check_references
    from review.model.errors import NoticeError, ServiceError

    chosen = tuple(Witness(name) for name in names) or tuple(Witness)
    reach = Reach.RENEWED if refresh else Reach.MISSING if missing else Reach.KEPT
    if reach is not Reach.KEPT:
        hosts = ", ".join(terms.host for terms in TERMS.values())
        click.echo(f"DOIs, PubMed numbers and trial numbers go to {hosts}; it takes a while")
    with open_door(reach, contact=contact) as door:
        checked = check_references(folders, door, chosen)
    for line in _lines(checked.evidence, checked.outcomes):
        click.echo(line)
    if checked.notices:
        raise NoticeError([*checked.notices, *checked.not_asked])
    if checked.not_asked:
        raise ServiceError(checked.not_asked)


def _lines(evidence: "Evidence", outcomes: Sequence["Outcome"]) -> Iterator[str]:
    """What came of this run, and what is on record after it."""
    from review.literature.witnesses.checking import some_of
    from review.literature.witnesses.comparison import all_differences
    from review.model.asked import all_asked, not_asked_of_any, told_of_asking

    yield f"references {len(evidence.references)}"
    for witness in Witness:
        if own := [outcome for outcome in outcomes if outcome.witness is witness]:
            yield _tally(witness, own)
    yield from _notice_lines(evidence)
    differing = list(all_differences(evidence.references, evidence.witness_records))
    yield f"fields that differ {len(differing)}"
    for each in differing:
        yield visible(f"  {each.study}, {each}")
    silent = not_asked_of_any(all_asked(evidence))
    yield f"references that nobody was asked about {len(silent)}{some_of(silent)}"
    yield told_of_asking(evidence)


def _tally(witness: Witness, outcomes: Sequence["Outcome"]) -> str:
    answers = Counter(str(o.testimony.answer) for o in outcomes if o.is_answered and o.testimony)
    whys = Counter(outcome.why for outcome in outcomes if outcome.why)
    days = [o.testimony.asked for o in outcomes if o.is_answered and o.testimony]
    by_why = ", ".join(f"{why.spoken} {whys[why]}" for why in Silence if why in whys)
    oldest = f"; oldest answer {min(days)}" if days else ""
    return (
        f"{witness}: found {answers['found']}, not found {answers['not-found']}, "
        f"not asked {whys.total()}{f' ({by_why})' if by_why else ''}{oldest}"
    )


def _notice_lines(evidence: "Evidence") -> Iterator[str]:
    from review.model.asked import told_notices

    found = told_notices(evidence)
    kinds = Counter(str(notice.kind) for notice, _ in found)
    counted = f" ({', '.join(f'{kind} {kinds[kind]}' for kind in sorted(kinds))})" if kinds else ""
    yield f"notices that witnesses name {len(found)}{counted}"
    for notice, by in found:
        yield f"  {notice.study}: {notice.kind.spoken}, {notice.date}, {notice.source} ({', '.join(by)})"
    for row in evidence.witness_notices:
        if row.side is Side.NOTICE:
            of = f" of {', '.join(row.notice)}" if row.notice else ""
            yield f"  {row.study}: itself a notice of {row.kind.spoken}{of}: cite the work"
        elif not row.witness.knows_retractions:
            marks = f"{row.witness.full_name} marks it: {row.kind.spoken}"
            yield f"  {row.study}: {marks}; it repeats others, and is no witness of its own"
