"""The door to the services: the only way out, and what keeps it polite."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from review.literature.services.answer import Answer, NotAsked
from review.literature.services.request import Request
from review.literature.services.terms import Service


class Reach(StrEnum):
    """How far a door opens."""

    KEPT = "kept"
    """Offline: nothing but what is kept. This is the default everywhere."""
    MISSING = "missing"
    """What is kept; a service is asked only for what is not."""
    RENEWED = "renewed"
    """A service is asked for everything anew; what it answered before comes as `Answer.earlier`."""


class Door:
    """Asks services on behalf of one run, never faster than they allow, and keeps what they answer."""

    def ask(self, request: Request) -> Answer:
        """The answer to a question: what is kept, or what the service says now, as far as it may be asked."""
        raise NotImplementedError

    def tallies(self) -> tuple["Tally", ...]:
        """What came of everything that was asked so far, one a service that was asked, in their order."""
        raise NotImplementedError

    def close(self) -> None:
        """Close what is kept."""

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the questions to one service in this run.

    `sent` counts requests that left the machine, `not_asked` the questions without an answer by why,
    `oldest` is the moment of the oldest answer that was used.
    """

    service: Service
    found: int = 0
    not_found: int = 0
    sent: int = 0
    not_asked: Mapping[NotAsked, int] = field(default_factory=dict)
    oldest: datetime | None = None


def open_door(
    reach: Reach = Reach.KEPT,
    *,
    services: Collection[Service] = tuple(Service),
    contact: str = "",
    base: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    sleep: Callable[[float], None] | None = None,
) -> Door:
    """A door as a command opens it: its cache and its log lie in `folder`, else where caches lie.

    `services` are those that may be asked, `contact` a mail address to be sent with each question
    (else the variable REVIEW_CONTACT; none where both are empty). `base` sends everything to a replay
    server, such as `http://127.0.0.1:8765` (else the variable REVIEW_SERVICES_AT). `environment` stands
    for that of the process in tests. Raises InputError where the cache cannot be used.
    """
    raise NotImplementedError
