"""Corpora in the text of PubMed and its kin (`.nbib`): four letters, a hyphen, and what they mean.

The tags are those of PubMed's help; ERIC exports the same form without a PubMed number.
"""

import re

from review.literature.identifiers import doi_in, pmid_in, whole_pmid
from review.literature.notices import MEDLINE_TAGS, Relation
from review.literature.paper import named
from review.literature.readers.entries import Entries
from review.literature.readers.names import cited_name
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
            Relation(*MEDLINE_TAGS[tag], "".join(named("pmid", pmid_in(value))))
            for tag, value in record.fields
            if tag in MEDLINE_TAGS
        ],
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
