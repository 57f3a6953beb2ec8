"""The door to the services: the only way out, and what keeps it polite."""

import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path

from review.literature.services.answer import Answer, NotAsked, State
from review.literature.services.cache import AnswerCache, Kept, sha256_of
from review.literature.services.forms import UnreadableError
from review.literature.services.pace import Pace
from review.literature.services.request import Request
from review.literature.services.requests_log import RequestsLog
from review.literature.services.states import state_of
from review.literature.services.terms import TERMS, Service
from review.literature.services.wire import Received, Wire, contact_of, keys_of, replay_of
from review.network.transport import ExchangeError, FaultKind
from review.store.cache import cache_folder
from review.store.clock import utc_now

RETRIES = 3
"""How often a question is put again after 429, 500 or 503."""
LONGEST_WAIT = 60.0
"""Seconds; a server that asks for more is left alone for the rest of the run."""
PATIENCE = 3
"""After so many questions in a row without an answer a service is left alone for the rest of the run."""
CACHE_NAME = "answers.sqlite"
REPLAY_NAME = "replay.sqlite"
"""Where answers of a replay server are kept: never beside those of the services."""
LOG_NAME = "requests.log"

_AGAIN = {429: NotAsked.REFUSED, 500: NotAsked.UNAVAILABLE, 503: NotAsked.UNAVAILABLE}
_OF_FAULT = {
    FaultKind.LATE: NotAsked.LATE,
    FaultKind.CUT: NotAsked.TRUNCATED,
    FaultKind.TOO_LARGE: NotAsked.TOO_LARGE,
    FaultKind.PACKED: NotAsked.WRONG_FORM,
}
"""Why there is no answer, by the fault of the transport; any other means that it was not reached."""
_FORBIDDEN = frozenset([401, 403])
_OF_SERVICE = frozenset(NotAsked) - {NotAsked.REJECTED, NotAsked.SERVICE_ERROR, NotAsked.TOO_LARGE}
"""Faults of a service rather than of one question: after some in a row it is left alone."""


class Reach(StrEnum):
    """How far a door opens."""

    KEPT = "kept"
    """Offline: nothing but what is kept. This is the default everywhere."""
    MISSING = "missing"
    """What is kept; a service is asked only for what is not."""
    RENEWED = "renewed"
    """Everything is asked anew, once a run; what was answered before comes as `Answer.earlier`."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the questions to one service in this run.

    `sent` counts questions for which something left the machine, `not_asked` those without an answer,
    by why; `oldest` is the moment of the oldest answer that was used.
    """

    service: Service
    found: int = 0
    not_found: int = 0
    sent: int = 0
    not_asked: Mapping[NotAsked, int] = field(default_factory=dict)
    oldest: datetime | None = None


class _NoAnswer(Exception):  # noqa: N818  (it never leaves this module)
    """Why a service gave no answer, in words, and whether it is then to be left alone in this run."""

    def __init__(self, why: NotAsked, fault: str, *, is_final: bool = False) -> None:
        self.why = why
        self.fault = fault
        self.is_final = is_final
        super().__init__(why, fault)


class Door:
    """Asks services on behalf of one run, never faster than they allow, and keeps what they answer."""

    def __init__(
        self,
        reach: Reach,
        services: Collection[Service],
        cache: AnswerCache,
        wire: Wire,
        pace: Pace,
    ) -> None:
        self._reach = reach
        self._services = frozenset(services)
        self._cache = cache
        self._wire = wire
        self._pace = pace
        self._renewed: set[str] = set()
        self._left_alone: dict[Service, _NoAnswer] = {}
        self._in_a_row: Counter[Service] = Counter()
        self._sent: Counter[Service] = Counter()
        self._answers: defaultdict[Service, list[Answer]] = defaultdict(list)

    def ask(self, request: Request) -> Answer:
        """The answer to a question: what is kept, or what the service says now, if it may be asked.

        Raises InputError where what is kept is broken, and OutputError where the log of requests cannot
        be written; a fault of a service is an answer.
        """
        try:
            answer = self._answer(request)
        except _NoAnswer as no_answer:
            earlier = self._kept(request)
            answer = Answer(
                request,
                State.NOT_ASKED,
                self._wire.now(),
                why=no_answer.why,
                fault=no_answer.fault,
                earlier=earlier,
            )
        # For the tallies, which need no content.
        self._answers[request.service].append(replace(answer, content=b"", earlier=None))
        return answer

    def keep(self, request: Request, content: bytes, asked: datetime) -> Answer:
        """Keep a file that the user puts down as the answer to a question, if it is in its form.

        The door must not be one that is only `KEPT`: ValueError. Raises InputError where what is kept
        is broken.
        """
        try:
            state = state_of(request, content)
        except UnreadableError as error:
            now = self._wire.now()
            return Answer(request, State.NOT_ASKED, now, why=error.why, fault=error.fault)
        self._cache.keep(request, 200, content, asked)
        return Answer(request, state, asked, content, sha256_of(content), 200, kept=True)

    @property
    def is_replay(self) -> bool:
        """Whether a server on this machine stands for the services: then nothing here is a fact."""
        return self._wire.replay is not None

    def tallies(self) -> tuple[Tally, ...]:
        """What came of everything asked so far, one for each service that was asked, in their order."""
        return tuple(
            _tally(service, self._answers[service], self._sent[service])
            for service in Service
            if self._answers[service]
        )

    def close(self) -> None:
        """Close what is kept."""
        self._cache.close()

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self, request: Request) -> Answer:
        title = TERMS[request.service].title
        if request.cannot_be_asked:
            raise _NoAnswer(NotAsked.CANNOT_BE_ASKED, f"{title} has no way to take this question")
        kept = self._kept(request)
        may_ask = self._reach is not Reach.KEPT and request.service in self._services
        anew = self._reach is Reach.RENEWED and request.digest not in self._renewed
        if kept and not (may_ask and anew):
            return kept
        if not may_ask:
            raise _NoAnswer(NotAsked.OFFLINE, f"{title} was not asked: nothing was to be sent")
        if left_alone := self._left_alone.get(request.service):
            raise left_alone
        return self._asked(request, kept)

    def _kept(self, request: Request) -> Answer | None:
        kept = self._cache.latest(request)
        if kept is None:
            return None
        try:
            return _answer_of(request, kept)
        except UnreadableError:
            # What an earlier version took for an answer is none today, and may be asked anew.
            return None

    def _asked(self, request: Request, earlier: Answer | None) -> Answer:
        service = request.service
        self._sent[service] += 1
        try:
            received = self._persistently(request)
            state = _state(request, received)
        except _NoAnswer as no_answer:
            self._in_a_row[service] += no_answer.why in _OF_SERVICE
            if no_answer.is_final or self._in_a_row[service] >= PATIENCE:
                self._left_alone[service] = no_answer
            raise
        self._in_a_row[service] = 0
        if _is_spent(service, received):
            fault = f"{TERMS[service].title} gives no more today"
            self._left_alone[service] = _NoAnswer(NotAsked.BUDGET_SPENT, fault)
        asked = self._wire.now()
        self._cache.keep(request, received.status, received.content, asked)
        self._renewed.add(request.digest)
        sha256 = sha256_of(received.content)
        return Answer(request, state, asked, received.content, sha256, received.status, earlier=earlier)

    def _persistently(self, request: Request) -> Received:
        """What came, after waiting as long as the server asks, at most `RETRIES` times.

        Raises _NoAnswer.
        """
        for attempt in range(RETRIES + 1):
            self._pace.wait(request)
            try:
                received = self._wire.received(request)
            except ExchangeError as error:
                why = _OF_FAULT.get(error.kind, NotAsked.NO_CONNECTION)
                raise _NoAnswer(why, f"{TERMS[request.service].title}: {error.fault}") from None
            self._pace.heed(request.service, received.headers)
            if received.status not in _AGAIN:
                return received
            if _is_spent(request.service, received):
                fault = f"{TERMS[request.service].title} gives no more today"
                raise _NoAnswer(NotAsked.BUDGET_SPENT, fault, is_final=True)
            wait = _wait(received, attempt, self._wire.now())
            if attempt == RETRIES or wait > LONGEST_WAIT:
                break
            self._pace.pause(wait)
        fault = f"{TERMS[request.service].title} answered {received.status}"
        raise _NoAnswer(_AGAIN[received.status], fault, is_final=wait > LONGEST_WAIT)


def open_door(
    reach: Reach = Reach.KEPT,
    *,
    services: Collection[Service] = tuple(Service),
    contact: str = "",
    base: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    sleep: Callable[[float], None] = time.sleep,
) -> Door:
    """A door as a command opens it: its cache and its log lie in `folder`, else where caches lie.

    `services` are those that may be asked, `contact` a mail address to be sent with each question
    (else the variable REVIEW_CONTACT; none where both are empty). `base` sends everything to a replay
    server, such as `http://127.0.0.1:8765` (else the variable REVIEW_SERVICES_AT). Raises InputError
    where the cache or the base cannot be used, ParameterError for a contact that is no address.
    """
    folder = folder or cache_folder()
    replay = replay_of(base, environment)
    keys = {} if replay else keys_of(environment)
    log = RequestsLog(folder / LOG_NAME if folder else None)
    wire = Wire(log, utc_now, contact_of(contact, environment), keys, replay)
    writable = reach is not Reach.KEPT
    if writable:
        log.prepare()
    name = REPLAY_NAME if replay else CACHE_NAME
    cache = AnswerCache(folder / name if folder else None, writable=writable)
    return Door(reach, services, cache, wire, Pace(time.monotonic, sleep, frozenset(keys)))


def _answer_of(request: Request, kept: Kept) -> Answer:
    state = State.NOT_FOUND if kept.status == 404 else state_of(request, kept.content)
    return Answer(request, state, kept.asked, kept.content, kept.sha256, kept.status, kept=True)


def _state(request: Request, received: Received) -> State:
    """What an answer says. Raises _NoAnswer for one that says nothing of the question."""
    title = TERMS[request.service].title
    if received.status == 404 and request.is_record:
        if received.media_type == "text/html":
            raise _NoAnswer(NotAsked.WRONG_FORM, f"{title} answered 404 with a web page")
        return State.NOT_FOUND
    if received.status in _FORBIDDEN:
        raise _NoAnswer(NotAsked.REFUSED, f"{title} answered {received.status}", is_final=True)
    if received.status in (502, 504):
        raise _NoAnswer(NotAsked.UNAVAILABLE, f"{title} answered {received.status}")
    if received.status != 200:
        raise _NoAnswer(NotAsked.REJECTED, f"{title} answered {received.status}")
    try:
        return state_of(request, received.content)
    except UnreadableError as error:
        raise _NoAnswer(error.why, f"{title}: {error.fault}") from None


def _is_spent(service: Service, received: Received) -> bool:
    """Whether the service says that nothing is left of the day's allowance."""
    left = (received.headers.get(name) for name in TERMS[service].budget_headers)
    return any(value is not None and _number(value) == 0 for value in left)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _wait(received: Received, attempt: int, now: datetime) -> float:
    """Seconds that the server asks to wait (RFC 9110, section 10.2.3), else 1, 2 and 4."""
    asked = received.headers.get("retry-after", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return float(2**attempt)
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _tally(service: Service, answers: Collection[Answer], sent: int) -> Tally:
    states = Counter(answer.state for answer in answers)
    return Tally(
        service,
        states[State.FOUND],
        states[State.NOT_FOUND],
        sent,
        Counter(answer.why for answer in answers if answer.why),
        min((answer.asked for answer in answers if answer.state is not State.NOT_ASKED), default=None),
    )
