"""Corpora in the plain text of Web of Science (`savedrecs.txt`, `.ciw`): two letters and a blank.

A record begins with PT and ends with ER; a line that goes on begins with three blanks, and in a list,
such as that of the authors, it is the next of the list.
"""

import re

from review.literature.dates import date_in, years_in
from review.literature.details import Details
from review.literature.identifiers import doi_in, whole_pmid
from review.literature.readers.entries import Entries
from review.literature.readers.names import cited_names, people
from review.literature.readers.tagged import Record, Tagging, tagged_records

_TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*))?$")
_OF_FILE = frozenset({"FN", "VR", "EF"})


def _split(line: str) -> tuple[str, str] | None:
    match = _TAG.match(line)
    return (match[1], (match[2] or "").strip()) if match and match[1] not in _OF_FILE else None


_WEB_OF_SCIENCE = Tagging(_split, frozenset({"PT"}), "ER", "\n", frozenset({"TI"}))


def read_web_of_science(text: str, name: str) -> Entries:
    """The records of `text`, keyed by their accession number; a file without its end is told."""
    entries = Entries(name)
    for record in tagged_records(text, _WEB_OF_SCIENCE, entries):
        _add(entries, record)
    if "EF" not in text.rstrip()[-2:]:
        remedy = "Export the file again, or add the line EF if nothing is missing."
        entries.problem(text.count("\n") + 1, "the file has no end", remedy=remedy)
    return entries


def _add(entries: Entries, record: Record) -> None:
    entries.add(
        record.line,
        record.first("UT"),
        record.first("TI"),
        record.first("AB"),
        authors=[*_listed(record, "AU", "BA"), *record.first("CA", "GP").split("\n")],
        year=record.first("PY", "EY", "EA"),
        container=record.first("SO", "BS", "SE"),
        publication_types=(word for field in record.every("DT") for word in field.split(";")),
        doi=doi_in(record.first("DI", "D2")),
        pmid=whole_pmid(record.first("PM")),
        details=_details(record),
    )


def _details(record: Record) -> Details:
    year = date_in(record.first("PY", "EY"))
    exact = date_in(f"{year} {record.first('PD')}") if year else ""
    return Details(
        people=people(record.first("AF", "AU", "BA").split("\n")),
        published=exact or year,
        years=years_in(year),
        journal=record.first("SO", "BS"),
        volume=record.first("VL"),
        issue=record.first("IS"),
        pages="-".join(filter(None, (record.first("BP"), record.first("EP")))) or record.first("AR"),
        language=record.first("LA"),
    )


def _listed(record: Record, *tags: str) -> list[str]:
    return list(cited_names(record.first(*tags).split("\n")))
