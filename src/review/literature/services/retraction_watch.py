"""The file of Retraction Watch, which Crossref gives out: one row a notice."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.literature.services.request import Request
from review.model.errors import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One notice. `nature` is the word of the file (Retraction, Reinstatement, ...), `raw` the whole row.

    `date` and `paper_date` are ISO days, empty where the file has none that can be read.
    """

    record: str
    nature: str
    date: str
    notice_doi: str
    notice_pmid: str
    paper_doi: str
    paper_pmid: str
    paper_date: str
    title: str
    journal: str
    reasons: tuple[str, ...]
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """All rows of a file and what is wrong with it; `replaced` counts bytes that were no UTF-8."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    replaced: int = 0

    def about(self, doi: str = "", pmid: str = "") -> tuple[Row, ...]:
        """The rows about a paper, by either of its identifiers, in the order of the file."""
        raise NotImplementedError


def index() -> Request:
    """The whole file, by name."""
    raise NotImplementedError


def read_index(content: bytes, name: str = "retraction_watch.csv") -> Index:
    """The rows of a file, downloaded or put down by the user."""
    raise NotImplementedError
