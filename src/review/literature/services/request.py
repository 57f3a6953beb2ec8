"""What is asked of a service: pure, without a secret, and the same in every run."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

from review.literature.services.terms import Service


class Form(StrEnum):
    """The form in which an answer is expected."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a service.

    `path` stands below the service's base; its parts are percent-encoded already. `parameters` hold the
    question alone: key, mail address and the name of this program are added where it is sent. `posted`
    sends them as a form, where they are long. `is_record` says that it names one record, of which 404
    says that there is none; `is_list` that it counts by the slower limit. `cannot_be_asked` marks a
    question that the service has no way to take; it is never sent, and its answer is not asked.
    """

    service: Service
    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    form: Form = Form.JSON
    posted: bool = False
    is_record: bool = False
    is_list: bool = False
    cannot_be_asked: bool = False

    @property
    def query(self) -> str:
        """The parameters as they are sent, in the order in which they were given."""
        return encoded(self.parameters)

    @property
    def text(self) -> str:
        """The question in one line, as it is kept: `pubmed GET /efetch.fcgi?db=pubmed&...`."""
        method = "POST" if self.posted else "GET"
        return f"{self.service} {method} {self.path}{f'?{self.query}' if self.parameters else ''}"

    @property
    def digest(self) -> str:
        """SHA-256 of the text, by which the answer is kept."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def segment(text: str) -> str:
    """A text as one part of a path: everything but letters, figures and `_.-~` percent-encoded."""
    return quote(text, safe="", errors="replace")


def encoded(parameters: Sequence[tuple[str, str]]) -> str:
    """Parameters as they are sent, also where a service gave one that holds half a character."""
    return urlencode(parameters, quote_via=quote, safe="*", errors="replace")
