"""Commands for two reviewers: rate, agree, adjudicate."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review.commands.options import evidence_option, json_option
from review.commands.remarks import tell
from review.model.visible import on_one_line

if TYPE_CHECKING:
    from review.people.rating import Pair
    from review.teaching.agreement import Agreement
    from review.teaching.reviewers import Compared

CONFLICTS, STATISTICS = "conflicts.csv", "statistics.csv"
# Those of `RatingKind`, written out so that --help loads no rules; a test holds the two equal.
_KINDS = (
    "grade", "appraisal", "stance", "directness", "category", "wording", "polarity", "proposition",
)  # fmt: skip
_SHEET = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--out", type=_SHEET, required=True, help="The sheet to write, CSV or XLSX.")
@click.option("--only", multiple=True, metavar="ID", help="Only this record; give it again for another.")
@evidence_option
def rate(kind: str, out: Path, only: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Write a blank sheet on which a reviewer rates KIND, without anything that was recorded of it."""
    from review.model.errors import InOption, ParameterError
    from review.people.rating import COLUMNS, RatingKind, blank_rows, items_of
    from review.store.files.sheet_file import write_sheet
    from review.store.snapshot import read_evidence

    items = items_of(read_evidence(folders), RatingKind(kind))
    unknown = sorted(set(only) - {item.subject for item in items})
    if unknown or not items:
        remedy = "Name records that the evidence holds."
        faults = [f"{key!r} has nothing to rate for {kind}" for key in unknown]
        faults = faults or ["there is nothing to rate"]
        raise ParameterError([InOption("--only").problem(f, remedy=remedy) for f in faults])
    rows = blank_rows(item for item in items if not only or item.subject in only)
    write_sheet(out, rows, COLUMNS)
    click.echo(f"{on_one_line(out.as_posix())}: {len(rows)} items to rate")


@click.command()
@click.argument("a", type=_SHEET)
@click.argument("b", type=_SHEET)
@click.option("--by-item", is_flag=True, help="Statistics of every domain or answer by itself.")
@click.option("--out", type=click.Path(path_type=Path), help=f"A folder for {CONFLICTS}, {STATISTICS}.")
@evidence_option
@json_option
def agree(
    a: Path, b: Path, by_item: bool, out: Path | None, folders: tuple[Path, ...], as_json: bool
) -> None:
    """Compare the blind ratings A and B of two reviewers: how far they agree, where they conflict."""
    from review.store.additions.adjudications import read_pair
    from review.store.snapshot import read_evidence
    from review.teaching.reviewers import compared

    pair, remarks = read_pair(a, b, read_evidence(folders))
    tell(remarks)
    groups = compared(pair, by_item=by_item)
    if out is not None:
        _write(out, pair, groups)
    if as_json:
        _print_json(pair, groups)
    else:
        _print(pair, groups)
        if out is not None:
            click.echo(f"written to {on_one_line(out.as_posix())}: {CONFLICTS}, {STATISTICS}")


@click.command()
@click.argument("a", type=_SHEET)
@click.argument("b", type=_SHEET)
@click.argument("sheet", type=_SHEET, required=False)
@click.option("--role", default="", metavar="TEXT", help="In what role the adjudicator decides.")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="When, if not today in UTC.")
@evidence_option
def adjudicate(
    a: Path, b: Path, sheet: Path | None, role: str, day: str, folders: tuple[Path, ...]
) -> None:
    """Record the ratings A and B: what both gave alike, and what SHEET adjudicates where they differ.

    SHEET is the conflicts.csv of `review agree`, with value, reason and reviewer filled in. Without it
    only what both gave alike is recorded. Both ratings and their reasons stay in the record.
    """
    from review.people.rating.adjudicated import Adjudicator
    from review.store.additions.adjudications import record_adjudications
    from review.store.clock import utc_now

    done = record_adjudications(folders, a, b, sheet, Adjudicator(role, day), utc_now())
    tell(done.remarks)
    for file in done.files:
        click.echo(f"recorded in {on_one_line(file)}")
    summary = f"{len(done.ratings)} adjudicated, {len(done.alike)} given alike"
    if not done.files:
        summary += ", all recorded already: nothing was changed"
    click.echo(f"{summary}; {done.open_conflicts} conflicts left open")
    if done.without_place:
        click.echo(f"{done.without_place} given alike have no place in the evidence for two ratings")


def _write(out: Path, pair: "Pair", groups: "Sequence[Compared]") -> None:
    from review.people.rating import CONFLICT_COLUMNS
    from review.store.files.sheet_file import write_sheet

    write_sheet(out / CONFLICTS, [conflict.cells for conflict in pair.conflicts], CONFLICT_COLUMNS)
    rows = [_cells(group, statistic) for group in groups for statistic in group.statistics]
    write_sheet(out / STATISTICS, rows, tuple(rows[0]), replace=True)


def _cells(group: "Compared", statistic: "Agreement") -> dict[str, str]:
    return {
        "group": group.group,
        "statistic": str(statistic.statistic),
        **{name: _number(getattr(statistic, name)) for name in ("value", "low", "high")},
        "interval": statistic.interval,
        "units": str(statistic.units),
        "raters": str(statistic.raters),
        "band": statistic.band.name if statistic.band else "",
        "band_source": statistic.band.source if statistic.band else "",
        "note": statistic.note,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _print_json(pair: "Pair", groups: "Sequence[Compared]") -> None:
    for group in groups:
        for statistic in group.statistics:
            row = {"row": "statistic", "group": group.group, **asdict(statistic)}
            click.echo(json.dumps(row, ensure_ascii=False))
    for conflict in pair.conflicts:
        cells = {name: cell for name, cell in conflict.cells.items() if not name.startswith("shown")}
        click.echo(json.dumps({"row": "conflict", **cells}, ensure_ascii=False))


def _print(pair: "Pair", groups: "Sequence[Compared]") -> None:
    from review.model.visible import visible

    first, second = pair.reviewers
    lines = [f"{first} and {second}: {len(pair.both)} items rated by both"]
    lines += [
        f"{count} rated by {name} alone"
        for name, count in ((first, pair.only_a), (second, pair.only_b))
        if count
    ]
    for group in groups:
        lines += ["", f"{group.group}: items {group.items}, conflicts {group.conflicts}"]
        lines += [_statistic_line(statistic) for statistic in group.statistics]
    lines += ["", "Bands are conventions, not tests: read them with the interval."]
    lines += ["", f"Conflicts: {len(pair.conflicts)}"]
    for conflict in pair.conflicts:
        lines.append(f"  {' '.join(conflict.a.item.key)}")
        for rating in (conflict.a, conflict.b):
            lines.append(
                f"    {rating.reviewer}: {rating.value}. {' '.join(rating.reason.split())}".rstrip()
            )
    click.echo(visible("\n".join(lines)))


def _statistic_line(statistic: "Agreement") -> str:
    line = f"  {statistic.statistic:<30}"
    if statistic.value is None:
        return f"{line}      -  {statistic.note}"
    line += f" {statistic.value:6.3f}"
    if statistic.low is not None and statistic.high is not None:
        line += f"  95% {statistic.low:.3f} to {statistic.high:.3f}"
    if statistic.band:
        line += f"  {statistic.band.name} ({statistic.band.source})"
    return f"{line}\n      {statistic.note}" if statistic.note else line
