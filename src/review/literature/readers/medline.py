"""Corpora in the text of PubMed and its kin (`.nbib`): four letters, a hyphen, and what they mean.

The tags are those of PubMed's help; ERIC exports the same form without a PubMed number.
"""

import re
from collections.abc import Iterator, Sequence

from review.literature.dates import date_in, iso_date, years_in
from review.literature.details import Details, Person
from review.literature.identifiers import doi_in, pmid_in, whole_pmid
from review.literature.notices import MEDLINE_TAGS, Relation, Update
from review.literature.paper import named
from review.literature.readers.entries import Entries
from review.literature.readers.names import cited_name, people
from review.literature.readers.tagged import Record, Tagging, tagged_records

_TAG = re.compile(r"([A-Z]{2,4}) {0,2}- ?(.*)$")
_DOI = " [doi]"


def _split(line: str) -> tuple[str, str] | None:
    match = _TAG.match(line)
    return (match[1], match[2].strip()) if match else None


_MEDLINE = Tagging(_split, frozenset({"PMID", "OWN"}))


def read_medline(text: str, name: str) -> Entries:
    """The records of `text`, keyed by their PubMed number; one that was cut is told."""
    entries = Entries(name)
    last = None
    for last in tagged_records(text, _MEDLINE, entries):
        _add(entries, last)
    # The source is the last field that PubMed writes.
    if last and last.first("PMID") and not last.first("SO"):
        remedy = "Export the file again."
        entries.problem(last.line, "the file was cut within this record", remedy=remedy)
    return entries


def _add(entries: Entries, record: Record) -> None:
    pmid = whole_pmid(record.first("PMID"))
    updates = tuple(_updates(record))
    title = record.first("TI")
    if not title or title.startswith(NOT_AVAILABLE):
        title = record.first("TT", "BTI", "CTI") or title
    entries.add(
        record.line,
        pmid or record.first("OID"),
        title,
        record.first("AB", "OAB"),
        authors=_authors(record),
        year=record.first("DP", "DEP"),
        container=record.first("TA", "JT", "BTI", "PB"),
        publication_types=record.every("PT"),
        doi=_doi(record),
        pmid=pmid,
        relations=[
            Relation(update.side, update.kind, "".join(update.others))
            for update in updates
            if update.kind
        ],
        details=_details(record, updates),
    )


def _details(record: Record, updates: Sequence[Update]) -> Details:
    dates = [date for tag in ("DP", "DEP") if (date := _date(record.first(tag)))]
    return Details(
        people=_people(record),
        published=dates[0] if dates else "",
        years=years_in(*dates),
        journal=record.first("JT", "BTI"),
        volume=record.first("VI"),
        issue=record.first("IP"),
        pages=record.first("PG"),
        language=record.first("LA"),
        pmcid=record.first("PMC"),
        registrations=tuple(value.rpartition("/")[2] for value in record.every("SI")),
        updates=tuple(updates),
    )


def _date(printed: str) -> str:
    """A date as PubMed prints it: `2010 Feb 6`, `1998 Dec-1999 Jan`, or `20100206`."""
    if re.fullmatch(r"[12][0-9]{7}", printed):
        return iso_date(printed[:4], printed[4:6], printed[6:])
    return date_in(printed)


def _updates(record: Record) -> Iterator[Update]:
    for tag, value in record.fields:
        if tag in MEDLINE_TAGS:
            side, kind = MEDLINE_TAGS[tag]
            others = named("pmid", pmid_in(value))
            yield Update(side, tag, kind, others, date_in(value), "pubmed", reference=value)


def _people(record: Record) -> tuple[Person, ...]:
    full = ("FAU",) if record.first("FAU") else ("AU",)
    found = [(tag, value) for tag, value in record.fields if tag in (*full, "CN") and value.strip()]
    return tuple(
        Person(value.strip(), is_body=True) if tag == "CN" else people([value])[0]
        for tag, value in found
    )


NOT_AVAILABLE = "[Not Available]"
"""What PubMed has for a title that was never put into English."""


def _authors(record: Record) -> list[str]:
    """People by their full names where these are given, bodies whole, all in the record's order."""
    people = ("FAU",) if record.first("FAU") else ("AU",)
    fields = [(tag, value) for tag, value in record.fields if tag in (*people, "CN")]
    names = [value if tag == "CN" else cited_name(value) for tag, value in fields]
    return names or [cited_name(value) for value in record.every("FED", "ED")]


def _doi(record: Record) -> str:
    """The DOI among the identifiers, of which each names its kind; another kind may look like one."""
    given = [
        value for value in record.every("LID", "AID") if value.endswith(_DOI) or "doi.org/" in value
    ]
    return next(filter(None, map(doi_in, given)), "")
