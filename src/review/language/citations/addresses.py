"""Identifiers and links in a text: DOI, PubMed and PMC numbers, registered trials, addresses."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from review.language.citations.found import PrintedParts
from review.language.sentences import Span

# Numbers of ClinicalTrials.gov, ISRCTN, ANZCTR, ChiCTR, UMIN, CTRI and the EU register.
_REGISTRATION = (
    r"NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|ChiCTR[\w-]{8,20}|UMIN\d{9}"
    r"|CTRI/\d{4}/\d\d/\d{6}|20\d\d-\d{6}-\d\d"
)
_FOUND = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"“”|›]{1,1500}(?: › [^\s›]{1,50}){0,9}"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}/[^\s<>\"“”|›]{1,1500})"
    r"|(?P<doi>\b(?:doi:?\s{0,2})?10\.\d{4,9}/[^\s<>\"“”]{1,1500})"
    r"|\b(?:PMID|PubMed)(?: ID)?[:#]?\s{0,2}(?P<pmid>[1-9]\d{4,7})\b"
    r"|\b(?P<pmcid>PMC ?\d{4,8})\b"
    rf"|\b(?P<registration>{_REGISTRATION})\b",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID_OF_ADDRESS = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/([1-9]\d{0,7})(?!\d)", re.I
)
_PMCID_OF_ADDRESS = re.compile(r"/(PMC\d{4,8})(?!\d)", re.IGNORECASE)
_REGISTERED = re.compile(rf"(?<!\w)(?:{_REGISTRATION})(?!\w)", re.IGNORECASE)
_DOI_RESOLVER = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/", re.IGNORECASE)
_CLOSING = ".,;:!?'’”\"]}>"


class Address(NamedTuple):
    """An identifier or a link: where it stands, and what it is."""

    span: Span
    parts: PrintedParts


def addresses(text: str) -> Iterator[Address]:
    """Every identifier and link of `text`, in reading order; the marks after one are no part of it."""
    for match in _FOUND.finditer(text):
        end = match.start() + len(_without_closing(match[0]))
        printed = text[match.start() : end]
        yield Address(Span(match.start(), end), _parts(match, printed))


def _parts(match: re.Match[str], printed: str) -> PrintedParts:
    if match["doi"]:
        return PrintedParts(doi=_doi_in(printed))
    if match["pmid"]:
        return PrintedParts(pmid=match["pmid"])
    if match["pmcid"]:
        return PrintedParts(pmcid=match["pmcid"].replace(" ", "").upper())
    if match["registration"]:
        return PrintedParts(registration=match["registration"])
    pmid, pmcid = _PMID_OF_ADDRESS.search(printed), _PMCID_OF_ADDRESS.search(printed)
    registered = _REGISTERED.search(printed)
    return PrintedParts(
        # The address of a publisher may hold the DOI of something else.
        doi=_doi_in(printed) if _DOI_RESOLVER.match(printed) else "",
        pmid=pmid[1] if pmid else "",
        pmcid=pmcid[1].upper() if pmcid else "",
        registration=registered[0] if registered else "",
        address=printed,
    )


def _doi_in(printed: str) -> str:
    found = _DOI.search(printed)
    return _without_closing(found[0]) if found else ""


def _without_closing(printed: str) -> str:
    """The address without what closes the sentence or the bracket around it."""
    bare = printed.rstrip(_CLOSING)
    # A DOI may hold brackets of its own, as 10.1016/S0140-6736(18)31202-9 does.
    while bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1].rstrip(_CLOSING)
    return bare
