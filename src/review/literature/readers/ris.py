"""Corpora in RIS, as reference managers and databases export them.

Tags as in the RIS specification of Research Information Systems: a line is two letters or a letter and
a digit, two blanks, a hyphen. Databases differ in what they put where: Embase and Scholar have authors
in A1, EBSCO has the DOI in L3, PsycINFO in M3, Ovid as an address, Cochrane the PubMed number in C3.
"""

import re

from review.literature.dates import date_in, years_in
from review.literature.details import Details
from review.literature.identifiers import doi_in, doi_of_address, pmid_in, whole_pmid
from review.literature.readers.entries import Entries
from review.literature.readers.names import cited_names, people
from review.literature.readers.tagged import Record, Tagging, tagged_records

_TAG = re.compile(r"\ufeff?(PMID|[A-Z][A-Z0-9])([ \u00a0]{1,2})-[ \t\u00a0]*(.*)$")
# A tag with a single blank is taken for one only where it is of the specification: a line of an
# abstract can begin with "UK - ".
_SPECIFIED = frozenset(
    "TY ER ID A1 A2 A3 A4 AU AB AD AN BT C1 C2 C3 CA CN CP CT CY DA DB DO DP ED EP ET IS J1 J2 JA JF JO "
    "KW L1 L2 L3 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TT U1 U2 UR "
    "VL Y1 Y2".split()
)


def _split(line: str) -> tuple[str, str] | None:
    match = _TAG.match(line)
    if match and (len(match[2]) == 2 or match[1] in _SPECIFIED):
        return match[1], match[3].strip()
    return None


_RIS = Tagging(_split, frozenset({"TY"}), "ER", titles=frozenset({"TI", "T1"}))


def read_ris(text: str, name: str) -> Entries:
    """The entries of `text`; what stands between them, such as a database's own head, is left out."""
    entries = Entries(name)
    for record in tagged_records(text, _RIS, entries):
        _add(entries, record)
    return entries


def _add(entries: Entries, record: Record) -> None:
    title = record.first("TI", "T1", "CT", "ST", "BT")
    entries.add(
        record.line,
        record.first("ID", "AN"),
        title,
        record.first("AB", "N2"),
        # Editors stand for authors where an entry, such as that of a book, has no others.
        authors=cited_names(record.every("AU", "A1") or record.every("A2", "ED")),
        year=record.first("PY", "Y1", "DA"),
        container=_container(record, title),
        publication_types=(t for t in record.every("M3", "PT") if not doi_in(t)),
        doi=_doi(record),
        pmid=_pmid(record),
        details=_details(record),
    )


def _details(record: Record) -> Details:
    dates = [date for tag in ("DA", "PY", "Y1") if (date := date_in(record.first(tag)))]
    # A day where one is given, and else the year alone.
    published = max(dates, key=len, default="")
    return Details(
        people=people(record.every("AU", "A1") or record.every("A2", "ED")),
        published=published,
        years=years_in(published, *dates),
        journal=record.first("JF", "T2", "JO", "JA"),
        volume=record.first("VL"),
        issue=record.first("IS"),
        pages="-".join(filter(None, (record.first("SP"), record.first("EP")))),
        language=record.first("LA"),
    )


def _container(record: Record, title: str) -> str:
    """Where the entry appeared; the title of a whole book stands in `BT` too and is no container."""
    container = record.first("JO", "JF", "T2", "JA", "J2", "BT")
    return container if container != title else record.first("PB")


def _doi(record: Record) -> str:
    named = record.every("DO", "DI", "L3", "M3")
    addresses = record.every("UR", "L1", "L2", "LK")
    return next(filter(None, [*map(doi_in, named), *map(doi_of_address, addresses)]), "")


def _pmid(record: Record) -> str:
    """The PubMed number: a field of its own, named as such, or the number of an entry from PubMed."""
    own = record.every("PMID")
    if any(word in record.first("DB", "DP").upper() for word in ("PUBMED", "MEDLINE", "NLM")):
        own += record.every("AN")
    named = record.every("AN", "C2", "C3", "N1", "U1", "UR")
    return next(filter(None, [*map(whole_pmid, own), *map(pmid_in, named)]), "")
