"""Europe PMC's REST interface: searches and records in one answer."""

from datetime import date

from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Request


def search(words: str, since: date | None = None, size: int = 100) -> Request:
    """A search; `since` bounds the day of first publication."""
    raise NotImplementedError


def by_doi(doi: str) -> Request:
    """The records of a DOI."""
    raise NotImplementedError


def by_pmid(pmid: str) -> Request:
    """The record of a PubMed number."""
    raise NotImplementedError


def read_records(content: bytes) -> Records:
    """The records of one page."""
    raise NotImplementedError


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search, with ids such as `MED:12345` and `PPR:678`."""
    raise NotImplementedError
