"""Crossref's REST API: works by DOI, searches, and notices from both ends."""

from datetime import date

from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Request


def work(doi: str) -> Request:
    """The work of a DOI."""
    raise NotImplementedError


def updates_of(doi: str) -> Request:
    """The notices that name a DOI; it cannot be asked where the DOI holds a comma."""
    raise NotImplementedError


def search(words: str, since: date | None = None, size: int = 100) -> Request:
    """Works by the words of a citation; `since` bounds the day on which a record was made."""
    raise NotImplementedError


def read_records(content: bytes) -> Records:
    """The works of an answer: of one work that one, of a list those of this page."""
    raise NotImplementedError


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a list, with the DOIs as ids."""
    raise NotImplementedError
