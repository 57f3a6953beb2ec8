"""Commands that look at the evidence: check, format, contradictions, lineage, explain."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import (
    as_of_option,
    evidence_option,
    information_size_option,
    json_option,
    jurisdiction_option,
    start_rule_option,
    upgrading_option,
)
from review.model.errors import EvidenceError, InFile, InOption, InputError, ParameterError
from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.language.lineage import Wording
    from review.model.records import Evidence
    from review.verdicts.contradictions.groups import Side

NAMED = 5
"""How many ids of what the evidence does not cover are named."""


@click.command()
@evidence_option
@as_of_option
@click.option("--pairs", "only_pairs", is_flag=True, help="List the pairs that nobody judged, as CSV.")
def check(folders: tuple[Path, ...], as_of: str | None, only_pairs: bool) -> None:
    """Check every evidence file and list all problems, or count what is there.

    What is due to be judged anew today, or on the day of --as-of, is listed and is no problem.
    """
    from review.model.days import days, notices_after
    from review.model.visible import visible
    from review.store.clock import utc_now
    from review.store.integrity import days_to_come
    from review.store.snapshot import read_evidence
    from review.verdicts.coverage import gaps

    given = _day(as_of) if as_of else None
    if only_pairs:
        _print_unjudged(folders)
        return
    evidence = read_evidence(folders)
    if to_come := list(days_to_come(evidence, utc_now())):
        raise EvidenceError(to_come)
    for name, number, split in _counts(evidence):
        click.echo(f"{name} {number}{_split(split)}")
    for gap, missing in gaps(evidence).items():
        more = ", …" if len(missing) > NAMED else ""
        click.echo(f"{gap} {len(missing)}{': ' if missing else ''}{', '.join(missing[:NAMED])}{more}")
    day = given or max(days(evidence), default=None)
    for line in _wordings(evidence, day):
        click.echo(line)
    for line in _due(evidence, given or utc_now().date()):
        click.echo(line)
    click.echo(f"day of the review {day or 'not known: no record carries one, so give it with --as-of'}")
    for notice in notices_after(evidence, day) if day else ():
        click.echo(f"known, later than this review: {notice.kind} of {notice.date} about {notice.study}")
    for remark in evidence.remarks:
        click.echo(visible(f"note: {remark}"))
    # Had there been one, reading would have raised it.
    click.echo("problems 0")


def _counts(evidence: "Evidence") -> Iterator[tuple[str, int, Sequence[str]]]:
    """What the evidence holds: how many of each kind, and by which words these are told apart."""
    from review.model.vocabulary import Raters

    searches = [search for rows in evidence.searches.values() for search in rows]
    findings = [finding for study in evidence.studies.values() for finding in study.findings]
    raters = [Raters.of(by) for c in evidence.certainties.values() for by in c.raters.values()]
    yield from (
        ("pages", len(evidence.pages), []),
        ("captures", len(evidence.captures), [c.format for c in evidence.captures.values()]),
        ("claims", len(evidence.claims), [c.page for c in evidence.claims.values()]),
        ("citations", len(evidence.citations), [c.identity for c in evidence.citations.values()]),
        (
            "recorded judgements on cited sources",
            len(evidence.fidelities),
            [f.fidelity for f in evidence.fidelities],
        ),
        ("claims by category", len(evidence.claims), [c.category for c in evidence.claims.values()]),
        (
            "propositions",
            len(evidence.propositions),
            [p.question for p in evidence.propositions.values()],
        ),
        ("studies", len(evidence.studies), [s.checked for s in evidence.studies.values()]),
        ("findings", len(findings), [f.checked for f in findings]),
        ("references", len(evidence.references), []),
        ("links", len(evidence.links), [link.stance for link in evidence.links.values()]),
        ("appraisals", len(evidence.appraisals), [a.tool for a in evidence.appraisals.values()]),
        ("ratings", len(evidence.certainties), [c.status for c in evidence.certainties.values()]),
        ("judgements", len(raters), raters),
        ("relations", len(evidence.relations), []),
        ("searches", len(searches), [search.kind for search in searches]),
        ("baseline risks", len(evidence.baseline_risks), []),
        ("thresholds of effects", len(evidence.thresholds), []),
        ("notices", len(evidence.notices), [n.kind for n in evidence.notices]),
        ("decisions", len(evidence.decisions), []),
        ("refusals", len(evidence.refusals), []),
    )


def _due(evidence: "Evidence", day: date) -> Iterator[str]:
    """How many recorded judgements were to be made anew by `day`, and each of them.

    They are no problems: what is due is still valid, and the exit code does not tell of it.
    """
    from review.model.days import due_for_review

    due = due_for_review(evidence, day)
    yield f"judgements due to be made anew by {day} {len(due)}"
    for record in due:
        yield f"  due since {record.next_review}: {record.proposition}, made {record.date_reviewed}"


def _wordings(evidence: "Evidence", day: date | None) -> Iterator[str]:
    """How many public wordings there are, and which are not suggested, with what would mend them."""
    from review.dossier.dossier import Dossier
    from review.people.decisions import outdated_wordings
    from review.verdicts.wording import stands

    written = {
        key: proposition.public_wording
        for key, proposition in evidence.propositions.items()
        if proposition.public_wording is not None
    }
    yield f"public wordings {len(written)}"
    for key, digest in outdated_wordings(evidence).items():
        yield f"  not suggested, written on other evidence: {key}; read again, it rests on {digest}"
    if day is None:
        return
    review = Dossier(evidence, day)
    for key, wording in written.items():
        if not stands(wording, review.standing(key), review.lexicon):
            yield f"  not suggested, the rules do not let it stand: {key}"


def _print_unjudged(folders: tuple[Path, ...]) -> None:
    """The pairs of propositions of one topic without a relation, the likeliest to quarrel first."""
    from review.store.snapshot import read_evidence
    from review.verdicts.contradictions.unjudged import unjudged

    evidence = read_evidence(folders)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("score", "proposition", "other", "statement", "other statement"))
    for pair in unjudged(evidence.propositions, evidence.relations.values()):
        sides = (pair.a.proposition, pair.b.proposition, pair.a.statement, pair.b.statement)
        out.writerow((f"{pair.score:.2f}", *sides))


def _day(written: str) -> date:
    from review.model.fields import iso_date

    try:
        return iso_date(written)
    except ValueError as error:
        raise ParameterError.at(InOption("--as-of"), str(error), remedy="Write YYYY-MM-DD.") from None


def _split(words: Iterable[object]) -> str:
    counts = Counter(str(word) for word in words)
    return f" ({', '.join(f'{word} {counts[word]}' for word in sorted(counts))})" if counts else ""


@click.command("format")
@evidence_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file would change.")
def format_files(folders: tuple[Path, ...], only_check: bool) -> None:
    """Write every evidence file in its canonical form. Pages are never touched."""
    from review.store.files.together import changing
    from review.store.files.whole_file import write_whole

    with nullcontext() if only_check else changing(*folders):
        changed = _not_canonical(folders)
        if only_check and changed:
            remedy = "Run review format."
            raise EvidenceError(
                [InFile(p.as_posix()).problem("not in canonical form", remedy=remedy) for p in changed]
            )
        # Nothing is written before every file of every folder was read.
        for path, canonical in changed.items():
            write_whole(path, canonical.encode())
            click.echo(f"formatted {on_one_line(path.as_posix())}")
    click.echo(f"{len(changed)} files changed" if changed else "all files are in canonical form")


def _not_canonical(folders: Sequence[Path]) -> dict[Path, str]:
    """The files that are not in canonical form, each with the text that is."""
    from review.store.canonical import canonical_files

    changed: dict[Path, str] = {}
    for folder in folders:
        if not folder.is_dir():
            remedy = "Correct the path."
            raise InputError.at(InFile(str(folder)), "there is no such folder", remedy=remedy)
        for path, present, canonical in canonical_files(folder, folders):
            if present != canonical:
                changed[path] = canonical
    return changed


@click.command()
@evidence_option
@json_option
def contradictions(folders: tuple[Path, ...], as_json: bool) -> None:
    """List the facts that are told in two ways, with the claims on both sides; as JSON, one a line."""
    from review.workbench import open_review

    facts = open_review(folders).contradiction_groups
    for number, fact in enumerate(facts, start=1):
        if as_json:
            record = {
                "fact": number,
                "topic": str(fact.topic),
                "why": fact.why,
                "within": fact.within,
                "pairs": fact.pairs,
                "a": _sides(fact.a),
                "b": _sides(fact.b),
            }
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            where = f"on one page: {', '.join(fact.within)}" if fact.within else "on different pages"
            click.echo(f"{fact.topic}, {where}: {fact.why}")
            _print_sides(fact.a)
            click.echo("  against")
            _print_sides(fact.b)
    if not as_json:
        within = sum(bool(fact.within) for fact in facts)
        click.echo(f"{len(facts)} facts, {within} of them within a page")


def _sides(sides: Iterable["Side"]) -> list[dict[str, object]]:
    return [
        {
            "proposition": side.literal.proposition,
            "polarity": str(side.literal.polarity),
            "claims": [
                {
                    "claim": claim.claim,
                    "page": claim.page,
                    "start": claim.start,
                    "end": claim.end,
                    "quote": claim.quote,
                }
                for claim in side.claims
            ],
        }
        for side in sides
    ]


def _print_sides(sides: Iterable["Side"]) -> None:
    for side in sides:
        click.echo(f"  {side.literal.polarity} {side.literal.proposition}")
        said: dict[str, list[str]] = {}
        for claim in side.claims:
            said.setdefault(claim.quote, []).append(claim.claim)
        for quote, claims in said.items():
            click.echo(f"    {', '.join(claims)}: {quote}")


@click.command()
@evidence_option
@json_option
def lineage(folders: tuple[Path, ...], as_json: bool) -> None:
    """List the passages that pages share, also in other words, with all places; who copied is left open.

    As JSON, one passage a line.
    """
    from review.workbench import open_review

    passages = open_review(folders).shared_passages
    for shared in passages:
        if as_json:
            record = {
                "kind": shared.kind,
                "similarity": shared.similarity,
                "parts": shared.parts,
                "wordings": [
                    {"quote": x.quote, "places": [place._asdict() for place in x.places]}
                    for x in shared.wordings
                ],
            }
            click.echo(json.dumps(record, ensure_ascii=False))
        else:
            click.echo(f"{shared.kind}, {shared.similarity}, {shared.parts}")
            for wording in shared.wordings:
                click.echo(f"  {_places(wording)}: {wording.quote}")
    if not as_json:
        click.echo(f"{len(passages)} passages")


def _places(wording: "Wording") -> str:
    return ", ".join(f"{place.page} {place.start}-{place.end}" for place in wording.places)


@click.command()
@click.argument("claim")
@evidence_option
@as_of_option
@start_rule_option
@upgrading_option
@information_size_option
@jurisdiction_option
def explain(
    claim: str,
    folders: tuple[Path, ...],
    as_of: str | None,
    start_rule: str,
    upgrading: str,
    information_size: int,
    jurisdictions: tuple[str, ...],
) -> None:
    """Tell in plain words how CLAIM came to its verdict, every step with its source.

    Instead of a claim, the id of an advertising rule such as US01 tells what that rule asks for, and
    where the pages meet it.
    """
    from review.report.explain import explained, explained_rule
    from review.workbench import open_review

    try:
        review = open_review(folders, as_of).graded_with(start_rule, upgrading, information_size)
        review = review.select(jurisdictions=jurisdictions)
        is_rule = claim in review.evidence.packs.rules
        lines = list(explained_rule(review, claim) if is_rule else explained(review, claim))
    except ValueError as error:
        raise ParameterError.at(InOption("--as-of"), str(error), remedy="Write YYYY-MM-DD.") from None
    except KeyError:
        close = get_close_matches(claim, review.evidence.claims, n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else "See evidence/claims.csv."
        fault = f"there is no claim {claim!r}"
        raise ParameterError.at(InOption("CLAIM"), fault, remedy=remedy) from None
    for line in lines:
        click.echo(line)
