"""What came of a question: found, not found, or not asked, which never looks like either."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from review.literature.services.request import Request


class State(StrEnum):
    """What a service answered."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    """The service answered in its form that it has no such record, or that nothing fits the words."""
    NOT_ASKED = "not-asked"
    """There is no answer that could be read: nothing whatever follows of the question."""


class NotAsked(StrEnum):
    """Why there is no answer."""

    OFFLINE = "offline"
    """Nothing is kept of this question, and nobody said that the service may be asked."""
    CANNOT_BE_ASKED = "cannot-be-asked"
    """The service has no way to take this question, such as a DOI with a comma in a filter."""
    NO_CONNECTION = "no-connection"
    """The server was not found, not reached, did not prove who it is, or is not a public one."""
    LATE = "late"
    REFUSED = "refused"
    """429 after the waits that it asked for, 401 or 403: it does not want to be asked."""
    BUDGET_SPENT = "budget-spent"
    """The allowance of the day is used up: it is not asked again."""
    UNAVAILABLE = "unavailable"
    """500, 502, 503 or 504, after the waits that it asked for."""
    REJECTED = "rejected"
    """Any other status, such as 400 or 422, and a redirect to elsewhere."""
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    WRONG_FORM = "wrong-form"
    """Not the form expected: HTML for JSON, another document, bytes that are no text."""
    SERVICE_ERROR = "service-error"
    """The service reports a fault of its own in an answer of status 200."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question.

    `content` are the bytes as they came, empty where it was not asked. `asked` is the moment (UTC) at
    which the service gave it, which is long ago where it was kept. `sha256` is that of the bytes.
    `why` tells why there is no answer, `fault` the same in words for a person, without a secret.
    `earlier` is what the service answered the time before, where that is kept.
    """

    request: Request
    state: State
    asked: datetime
    content: bytes = b""
    sha256: str = ""
    status: int = 0
    kept: bool = False
    why: NotAsked | None = None
    fault: str = ""
    earlier: "Answer | None" = None

    def age(self, now: datetime) -> int:
        """Whole days since the service gave this answer."""
        return max(0, (now - self.asked).days)
