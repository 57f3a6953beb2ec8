"""The summary of findings as a flat table: one row a question, with the columns of an evidence profile.

`review import` reads both files back as recorded judgements.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter

from review.model.vocabulary import Domain, Upgrade
from review.report.evidence.model import SummaryRating, SummaryRow
from review.report.formats.exports.text import json_text
from review.report.formats.table_files import claims_csv
from review.report.model import Report
from review.report.parts.document import Column, Table, table_row

SUMMARY_CSV, SUMMARY_JSON = "summary-of-findings.csv", "summary-of-findings.json"
Cell = str | int | float | None


def summary_json(report: Report) -> str:
    """The rows as JSON, numbers as numbers and null where there is none, with the day and the digest."""
    return json_text(
        {
            "title": "Summary of findings",
            "as_of": report.as_of,
            "evidence_digest": report.provenance.evidence_digest,
            "rows": [cells(row) for row in report.summary_of_findings.rows],
        }
    )


def summary_csv(report: Report) -> bytes:
    """The rows as CSV, in the form of the other tables; an empty cell is what is not known."""
    rows = [cells(row) for row in report.summary_of_findings.rows]
    columns = tuple(Column(name, name, is_number=name in _NUMBERS) for name in COLUMNS)
    table = Table(
        "table-summary-of-findings",
        "",
        columns,
        tuple(table_row(*(_written(row[name]) for name in COLUMNS)) for row in rows),
    )
    return claims_csv(table)


def _written(cell: Cell) -> str:
    return "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else str(cell)


def cells(row: SummaryRow) -> Mapping[str, Cell]:
    """What a question has in each column; None where nothing is known."""
    return {name: cell(row) for name, cell in _CELLS.items()}


def _of(part: str, name: str) -> Callable[[SummaryRow], Cell]:
    """A field of the effect, the absolute effect or the baseline, where the row has one."""
    read = attrgetter(name)

    def cell(row: SummaryRow) -> Cell:
        held = getattr(row, part)
        value: Cell = None if held is None else read(held)
        return value

    return cell


def _at(part: str, name: str, place: int) -> Callable[[SummaryRow], Cell]:
    """A limit of an interval, where the row has one."""

    def cell(row: SummaryRow) -> Cell:
        held = getattr(row, part)
        value: Cell = None if held is None else getattr(held, name)[place]
        return value

    return cell


def _rated(
    name: Domain | Upgrade, read: Callable[[SummaryRating], Cell]
) -> Callable[[SummaryRow], Cell]:
    """What a domain, or a reason to rate up, was given; None where it moved nothing and is not told."""
    return lambda row: next((read(rating) for rating in row.ratings if rating.name is name), None)


_PLAIN = "proposition question statement population intervention comparator outcome time claims studies"
_CELLS: Mapping[str, Callable[[SummaryRow], Cell]] = {
    **{name: attrgetter(name) for name in _PLAIN.split()},
    "study_keys": lambda row: "|".join(row.study_keys),
    "designs": lambda row: ", ".join(f"{design} ({number})" for design, number in row.designs),
    "participants": attrgetter("participants"),
    "people": attrgetter("people"),
    "measure": _of("effect", "measure"),
    "effect": _of("effect", "effect"),
    "ci_low": _at("effect", "ci", 0),
    "ci_high": _at("effect", "ci", 1),
    "unit": _of("effect", "unit"),
    "effect_studies": _of("effect", "studies"),
    "pooled_by": _of("effect", "method"),
    "no_effect": attrgetter("no_effect"),
    "findings": lambda row: " ".join(f"{f.citation}: {f.result}" for f in row.findings),
    "more_findings": attrgetter("more_findings"),
    "baseline_per_1000": _of("baseline", "per_thousand"),
    "baseline_of": _of("baseline", "population"),
    "baseline_time": _of("baseline", "time"),
    "baseline_source": _of("baseline", "source"),
    "with_per_1000": _of("absolute", "with_treatment"),
    "with_low": _at("absolute", "with_ci", 0),
    "with_high": _at("absolute", "with_ci", 1),
    "difference_per_1000": _of("absolute", "difference"),
    "difference_low": _at("absolute", "difference_ci", 0),
    "difference_high": _at("absolute", "difference_ci", 1),
    "no_absolute": attrgetter("no_absolute"),
    "size": attrgetter("size"),
    "start": attrgetter("start"),
    "start_reason": attrgetter("start_reason"),
    **{
        column: cell
        for domain in Domain
        for column, cell in (
            (str(domain), _rated(domain, attrgetter("concern"))),
            (f"{domain}_reason", _rated(domain, attrgetter("reason"))),
        )
    },
    **{
        column: cell
        for upgrade in Upgrade
        for column, cell in (
            (str(upgrade), _rated(upgrade, attrgetter("change"))),
            (f"{upgrade}_reason", _rated(upgrade, attrgetter("reason"))),
        )
    },
    "certainty": attrgetter("certainty"),
    "symbol": attrgetter("symbol"),
    "basis": attrgetter("basis"),
    "judged_by": attrgetter("judged_by"),
    "plain_words": attrgetter("plain"),
}
COLUMNS = tuple(_CELLS)
"""The columns of both files, in order."""
_NUMBERS = frozenset(
    "claims studies participants effect ci_low ci_high effect_studies more_findings baseline_per_1000 "
    "with_per_1000 with_low with_high difference_per_1000 difference_low difference_high".split()
) | {str(upgrade) for upgrade in Upgrade}
