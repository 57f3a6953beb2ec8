"""PubMed by the E-utilities of NCBI: searches by esearch, records by efetch.

Parameters and limits: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (retmax up to 10,000; no more than
the first 10,000 of a search can be had, so a larger one is split by the day of entry).
"""

from collections.abc import Sequence
from datetime import date

from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Request


def search(
    words: str, since: date | None = None, until: date | None = None, start: int = 0, size: int = 1_000
) -> Request:
    """A search; `since` and `until` bound the day on which a record entered PubMed (both included)."""
    raise NotImplementedError


def by_doi(doi: str) -> Request:
    """The PubMed numbers of a DOI."""
    raise NotImplementedError


def records(pmids: Sequence[str]) -> Request:
    """The records of PubMed numbers, as a form where they are many."""
    raise NotImplementedError


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search."""
    raise NotImplementedError


def read_records(content: bytes) -> Records:
    """The articles and book chapters of an answer to `records`."""
    raise NotImplementedError


def halves(request: Request) -> tuple[Request, Request] | None:
    """A search in two parts by the day of entry; None where it is one day already."""
    raise NotImplementedError
