"""The command `review`: arguments in, exit code out; the only place that prints."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Protocol

import click

from review.errors import EvidenceError, InputError, ParameterError, Problem, ReviewError
from review.version import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="review")
def app() -> None:
    """Check the marketing claims of clinic pages against the literature, by published rules."""


def main() -> None:
    """Run the command; a mistake the user can mend is shown without a traceback."""
    try:
        app()
    except ReviewError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


_evidence_option = click.option(
    "--evidence",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    default=(Path("evidence"),),
    show_default="evidence",
    help="An evidence folder; give it again to add another.",
)
_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@app.command()
@_evidence_option
def check(folders: tuple[Path, ...]) -> None:
    """Check every evidence file and list all problems, or count what is there."""
    from review.coverage import gaps
    from review.store import read_evidence

    found = read_evidence(folders)
    findings = [finding for study in found.studies.values() for finding in study.findings]
    for name, number, split in (
        ("pages", len(found.pages), []),
        ("claims", len(found.claims), [c.page for c in found.claims.values()]),
        ("claims by category", len(found.claims), [c.category for c in found.claims.values()]),
        ("propositions", len(found.propositions), [p.question for p in found.propositions.values()]),
        ("studies", len(found.studies), [s.checked for s in found.studies.values()]),
        ("findings", len(findings), [f.checked for f in findings]),
        ("references", len(found.references), []),
        ("links", len(found.links), [link.stance for link in found.links.values()]),
        ("appraisals", len(found.appraisals), [a.tool for a in found.appraisals.values()]),
        ("ratings", len(found.certainties), [c.status for c in found.certainties.values()]),
        ("relations", len(found.relations), []),
        ("searches", len(found.searches), []),
        ("notices", len(found.notices), []),
        ("decisions", len(found.decisions), []),
    ):
        click.echo(f"{name} {number}{_split(split)}")
    for what, missing in gaps(found).items():
        more = ", …" if len(missing) > 5 else ""
        click.echo(f"{what} {len(missing)}{': ' if missing else ''}{', '.join(missing[:5])}{more}")
    click.echo("problems 0")


def _split(words: Iterable[object]) -> str:
    counts = Counter(str(word) for word in words)
    return f" ({', '.join(f'{word} {counts[word]}' for word in sorted(counts))})" if counts else ""


@app.command("format")
@_evidence_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if a file would change.")
def format_files(folders: tuple[Path, ...], only_check: bool) -> None:
    """Write every evidence file in its canonical form. Pages are never touched."""
    from review.store import canonical_files

    changed: dict[Path, str] = {}
    for folder in folders:
        if not folder.is_dir():
            raise InputError([Problem(str(folder), 0, "there is no such folder", "Correct the path.")])
        for path, present, canonical in canonical_files(folder):
            if present != canonical:
                changed[path] = canonical
    if only_check and changed:
        remedy = "Run review format."
        raise EvidenceError([Problem(p.as_posix(), 0, "not in canonical form", remedy) for p in changed])
    for path, canonical in changed.items():
        path.write_bytes(canonical.encode())
        click.echo(f"formatted {path.as_posix()}")
    click.echo(f"{len(changed)} files changed" if changed else "all files are in canonical form")


@app.command()
@click.option(
    "-p",
    "--parameter",
    "parameters",
    type=(str, str),
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter of the run; again for more. Lists are written with commas.",
)
@_evidence_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build/report"),
    show_default=True,
    help="The folder to write.",
)
def report(parameters: tuple[tuple[str, str], ...], folders: tuple[Path, ...], out: Path) -> None:
    """Run the report notebook and write report.html and report.json to a folder.

    Parameters: pages, topics, categories (all if not given), framework (grade, ocebm, both), as_of
    (YYYY-MM-DD), audience (director, clinic, class), reviewer, organisation, out.
    """
    from review.runs.report_run import run_report

    click.echo("Checking the parameters and the evidence")
    folder = run_report(parameters, folders, out, Path.cwd())
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    click.echo(f"The report is in {shown.as_posix()}: open {(shown / 'report.html').as_posix()}")


@app.command()
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--strict-upgrades", is_flag=True, help="Rate up only where nothing was rated down.")
def grade(cases: Path, strict_upgrades: bool) -> None:
    """Add up the judgements of GRADE cases; one JSON object a line with id, certainty and steps.

    CASES is a JSON file with a list of cases, each with an id and its inputs.
    """
    from review.grading.cases import case_answer
    from review.store.cases import read_cases

    for case in read_cases(cases):
        answer = case_answer(case, strict_upgrades=strict_upgrades)
        click.echo(json.dumps(answer, ensure_ascii=False))


@app.command()
@click.argument("effects", type=click.Path(path_type=Path))
@click.option(
    "--method",
    type=click.Choice(["reml", "dl", "pm"], case_sensitive=False),
    default="reml",
    show_default=True,
    help="Estimator of the variance between studies.",
)
@click.option("--knha", is_flag=True, help="Hartung-Knapp interval instead of Wald's.")
def pool(effects: Path, method: str, knha: bool) -> None:
    """Pool study effects under random effects and print the result as JSON.

    EFFECTS is a CSV file with the columns study, yi (effect) and vi (its variance).
    """
    from review.store.effects import pooled_json

    click.echo(json.dumps(pooled_json(effects, method.upper(), knha), indent=1))


@app.command()
@_evidence_option
@_json_option
def contradictions(folders: tuple[Path, ...], as_json: bool) -> None:
    """List the pairs of claims that cannot both be true, with both quotes."""
    from review.workbench import open_review

    pairs = open_review(folders).contradicting_claims
    for pair in pairs:
        _print_pair(pair.a, pair.b, {"topic": str(pair.topic), "why": pair.why}, as_json)
    if not as_json:
        click.echo(f"{len(pairs)} pairs")


@app.command()
@_evidence_option
@_json_option
def lineage(folders: tuple[Path, ...], as_json: bool) -> None:
    """List the passages that pages share, verbatim or reworded; who copied is left open."""
    from review.workbench import open_review

    passages = open_review(folders).shared_passages
    for shared in passages:
        more = {"kind": shared.kind, "similarity": shared.similarity}
        _print_pair(shared.a, shared.b, more, as_json)
    if not as_json:
        click.echo(f"{len(passages)} passages")


class _Quote(Protocol):
    """What has a page and stands on it: a claim or a passage."""

    @property
    def page(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def quote(self) -> str: ...


def _print_pair(a: _Quote, b: _Quote, more: Mapping[str, object], as_json: bool) -> None:
    """Two quotes and what is said of them, as one JSON object or as three lines."""
    if as_json:
        sides = {
            name: {"page": side.page, "start": side.start, "end": side.end, "quote": side.quote}
            for name, side in (("a", a), ("b", b))
        }
        click.echo(json.dumps({**sides, **more}, ensure_ascii=False))
        return
    click.echo(", ".join(str(value) for value in more.values()))
    for side in (a, b):
        click.echo(f"  {side.page} {side.start}-{side.end}: {side.quote}")


@app.command()
@click.argument("claim")
@_evidence_option
@click.option("--as-of", help="See the evidence at another date, YYYY-MM-DD.")
def explain(claim: str, folders: tuple[Path, ...], as_of: str | None) -> None:
    """Tell in plain words how CLAIM came to its verdict, every step with its source."""
    from review.explain import explained
    from review.workbench import open_review

    try:
        review = open_review(folders, as_of)
        lines = list(explained(review, claim))
    except ValueError as error:
        raise ParameterError([Problem("--as-of", 0, str(error), "Write YYYY-MM-DD.")]) from None
    except KeyError:
        close = get_close_matches(claim, review.evidence.claims, n=1)
        remedy = f"Did you mean {close[0]!r}?" if close else "See evidence/claims.csv."
        raise ParameterError([Problem("CLAIM", 0, f"there is no claim {claim!r}", remedy)]) from None
    for line in lines:
        click.echo(line)


@app.command()
def refresh() -> None:
    """Run the notebooks with their default parameters and store their outputs."""
    from review.runs.refresh import refresh_notebooks
    from review.runs.report_run import project_folder

    for path, changed in refresh_notebooks(project_folder(Path.cwd())):
        click.echo(f"{'changed  ' if changed else 'unchanged'} {path.name}")
