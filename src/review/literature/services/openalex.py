"""OpenAlex: one work by its DOI or PubMed number, the form that costs nothing.

What it says of retractions is derived from Retraction Watch: it is never a witness of its own.
"""

from dataclasses import dataclass

from review.literature.paper import Paper
from review.literature.services.request import Request


@dataclass(frozen=True, slots=True)
class Work:
    """A work of OpenAlex: the paper, and what OpenAlex says of it."""

    openalex: str
    paper: Paper
    is_retracted: bool | None
    kind: str = ""
    is_open: bool | None = None


def by_doi(doi: str) -> Request:
    """The work of a DOI."""
    raise NotImplementedError


def by_pmid(pmid: str) -> Request:
    """The work of a PubMed number."""
    raise NotImplementedError


def read_work(content: bytes) -> Work:
    """The work of an answer."""
    raise NotImplementedError
