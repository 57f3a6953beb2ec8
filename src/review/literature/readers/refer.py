"""Corpora in the tagged text of EndNote (`.enw`, refer): a percent sign and one character."""

import re

from review.literature.dates import date_in, years_in
from review.literature.details import Details
from review.literature.identifiers import doi_in, doi_of_address, pmid_in, whole_pmid
from review.literature.readers.entries import Entries
from review.literature.readers.names import cited_names, people
from review.literature.readers.tagged import Record, Tagging, tagged_records

_TAG = re.compile(r"\ufeff?%([0-9A-Z!@#$&*()+?<>\[\]^~=|{}])(?: (.*))?$")


def _split(line: str) -> tuple[str, str] | None:
    match = _TAG.match(line)
    return (match[1], (match[2] or "").strip()) if match else None


_REFER = Tagging(_split, frozenset({"0"}))


def read_refer(text: str, name: str) -> Entries:
    """The entries of `text`, parted by empty lines."""
    entries = Entries(name)
    for record in tagged_records(text, _REFER, entries):
        _add(entries, record)
    return entries


def _add(entries: Entries, record: Record) -> None:
    entries.add(
        record.line,
        record.first("F", "M", "L"),
        record.first("T"),
        record.first("X"),
        authors=cited_names(record.every("A") or record.every("E")),
        year=record.first("D", "8"),
        container=record.first("J", "B", "I"),
        publication_types=record.every("9"),
        doi=doi_in(record.first("R")) or doi_of_address(record.first("U")),
        pmid=whole_pmid(record.first("M"))
        if "pubmed" in record.first("~", "W").lower()
        else pmid_in(record.first("U")),
        details=Details(
            people=people(record.every("A") or record.every("E")),
            published=date_in(record.first("8")) or date_in(record.first("D")),
            years=years_in(date_in(record.first("D")), date_in(record.first("8"))),
            journal=record.first("J", "B"),
            volume=record.first("V"),
            issue=record.first("N"),
            pages=record.first("P"),
            language=record.first("G"),
        ),
    )
