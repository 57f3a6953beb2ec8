"""The summary of a scan: one page and the same sums as JSON, the same bytes for the same scan."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from review.model.knowledge.packs import Flag
from review.model.vocabulary import Match, Verdict
from review.report.formats.html import report_html
from review.report.parts.document import (
    Bullets,
    Column,
    Document,
    Inline,
    Kind,
    Paragraph,
    Part,
    Row,
    Run,
    Table,
)
from review.scan.totals import IN_SUMMARY, Totals

SUMMARY_PAGE, SUMMARY_DATA = "summary.html", "summary.json"
SUGGESTED = (
    "Every claim and every verdict here is a machine's suggestion that nobody has accepted. "
    "Before anything is said of a site, a named person reads its page."
)


def summary_files(
    totals: Totals, parts: int, made_from: Mapping[str, Any], flags: Sequence[Flag]
) -> dict[str, bytes]:
    """The summary of a scan by file name."""
    data = {"notice": SUGGESTED, "parts": parts, **asdict(totals), "made_from": made_from}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    page = report_html(_document(totals, parts, made_from, flags))
    return {SUMMARY_PAGE: page.encode(), SUMMARY_DATA: text.encode()}


def _document(
    totals: Totals, parts: int, made_from: Mapping[str, Any], flags: Sequence[Flag]
) -> Document:
    return Document(
        title="Scan of a crawl",
        subtitle=f"{totals.pages:,} pages of {totals.sites:,} sites. Evidence known on "
        f"{made_from['as_of']}. Suggested by machine, accepted by nobody.",
        running_head="Scan of a crawl. Every claim and verdict is a machine's suggestion.",
        date=made_from["as_of"],
        parts=(
            Part("What was found", "answer", tuple(_answer(totals, flags))),
            Part("Sites to look at first", "sites", (_sites(totals),), landscape=True),
            Part("Passages that sites share", "lineage", (_lineage(totals),)),
            Part("What could not be read", "problems", tuple(_problems(totals))),
            Part("What it was made from", "made-from", (_made_from(parts, made_from),)),
        ),
    )


def _text(text: object) -> Inline:
    return (Run(f"{text:,}" if isinstance(text, int) else str(text)),)


def _answer(totals: Totals, flags: Sequence[Flag]) -> Iterator[Paragraph | Table]:
    counts = totals.counts
    lead = (
        f"{counts['claims']:,} claims are suggested on {totals.pages:,} pages of {totals.sites:,} sites."
    )
    yield Paragraph(_text(lead), Kind.LEAD)
    yield Paragraph(_text(SUGGESTED))
    matches = {
        Match.KNOWN: "the evidence has judged what it says",
        Match.PERHAPS: "a person must say whether it is the same",
        Match.NEW: "nothing in the evidence says this",
    }
    verdict = "suggested verdict, if it is what it matches"
    rows = [
        *((f"match: {match}", meaning, counts[str(match)]) for match, meaning in matches.items()),
        *((suggested.spoken, verdict, counts[suggested]) for suggested in Verdict),
        *((flag.flag, flag.title, counts[flag.flag]) for flag in flags),
    ]
    yield Table(
        "table-counts",
        "Claims by match, suggested verdict and flag",
        (
            Column("what", "What", 18),
            Column("meaning", "It means", 34),
            Column("n", "Claims", 8, is_number=True),
        ),
        tuple(Row(tuple(_text(cell) for cell in row)) for row in rows),
        "Verdicts are counted of claims whose match is known; the others have none.",
    )


_SITE_COLUMNS = (
    ("pages", "Pages"),
    ("claims", "Claims"),
    (str(Match.KNOWN), "Known"),
    *((str(verdict), verdict.spoken.capitalize()) for verdict in Verdict),
)


def _sites(totals: Totals) -> Table:
    columns = (
        Column("site", "Site", 24),
        *(Column(key, title, 9, is_number=True) for key, title in _SITE_COLUMNS),
    )
    rows = tuple(
        Row((_text(site["site"]), *(_text(site[key]) for key, _ in _SITE_COLUMNS)))
        for site in totals.worst_sites
    )
    note = f"The first {IN_SUMMARY} by suggested verdicts; sites.parquet has all."
    caption = "Sites with most claims that are contradicted or overstated, if they are what they match"
    return Table("table-sites", caption, columns, rows, note)


def _lineage(totals: Totals) -> Table:
    columns = (
        Column("quote", "The passage begins", 50),
        Column("sites", "Sites", 8, is_number=True),
        Column("pages", "Pages", 8, is_number=True),
    )
    rows = tuple(
        Row(((Run(str(group["quote"]), quoted=True),), _text(group["sites"]), _text(group["pages"])))
        for group in totals.largest_groups
    )
    note = f"The widest {IN_SUMMARY}; lineage.parquet has all. Who copied from whom is left open."
    caption = f"{totals.groups:,} sentences stand, word for word, on more than one site"
    return Table("table-lineage", caption, columns, rows, note)


def _problems(totals: Totals) -> Iterator[Paragraph | Table]:
    if not totals.problems:
        yield Paragraph(_text("Everything was read."))
        return
    columns = (
        Column("place", "Place", 16),
        Column("what", "What is wrong", 30),
        Column("remedy", "Remedy", 24),
    )
    rows = tuple(
        Row(tuple(_text(problem[column.key]) for column in columns)) for problem in totals.first_problems
    )
    note = f"The first {IN_SUMMARY}; problems.parquet has all. Nothing is known of what was not read."
    yield Table("table-problems", f"{totals.problems:,} problems", columns, rows, note)


def _made_from(parts: int, made_from: Mapping[str, Any]) -> Bullets:
    lines: Sequence[str] = [
        f"Parts of the corpus: {parts:,}",
        f"Evidence: {made_from['evidence']}",
        f"Code of this package: {made_from['code']}",
    ]
    return Bullets(tuple(_text(line) for line in lines))
