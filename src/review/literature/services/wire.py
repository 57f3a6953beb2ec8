"""A request as it is sent: with the user's key and address, logged, and its answer as it came."""

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from review.literature.services.request import Form, Request, encoded
from review.literature.services.requests_log import RequestsLog
from review.literature.services.terms import TERMS, Service
from review.model.errors import InOption, InputError, InSource, ParameterError
from review.model.version import __version__
from review.network.address import Url, parsed_url
from review.network.transport import MOVED, Bounds, ExchangeError, Reply, Sending, exchange

PROGRAM = "evidence-review"
"""What a service is told this program is called."""
MAX_REDIRECTS = 3
CONTACT = "REVIEW_CONTACT"
"""The environment variable that holds the mail address to be sent."""
SERVICES_AT = "REVIEW_SERVICES_AT"
"""The environment variable that names a replay server on this machine, to which everything is sent."""

_READ = frozenset([200, 404])
"""The statuses whose body says something of the question."""
_HEEDED = ("Retry-After", "x-rate-limit-limit", "x-rate-limit-interval")
_ACCEPTED = {Form.JSON: "application/json", Form.XML: "application/xml, text/xml", Form.CSV: "text/*"}
_MAIL = re.compile(r"[^\s@<>()&=?]+@[^\s@<>()&=?]+\.[^\s@<>()&=?]+")
_HERE = frozenset(["127.0.0.1", "localhost", "::1"])


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: the status, the kind of content, the headers that are heeded, the bytes.

    A redirect that leads out of the service comes as it is.
    """

    status: int
    media_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Wire:
    """Sends requests in the name of one user.

    `contact` is the user's mail address or empty, `keys` are those that the user has, by service.
    `replay` is a server on this machine that stands for all services; no key is ever sent to it.
    """

    log: RequestsLog
    now: Callable[[], datetime]
    contact: str = ""
    keys: Mapping[Service, str] = field(default_factory=dict, repr=False)
    replay: Url | None = None

    def received(self, request: Request) -> Received:
        """What the service answers, after redirects within it.

        Raises ExchangeError where there is no whole answer, and OutputError where the log of requests
        cannot be written.
        """
        terms = TERMS[request.service]
        until = time.monotonic() + terms.seconds
        bounds = Bounds(until, terms.max_bytes, allow_private=self.replay is not None)
        base = self._base(request.service)
        url = self._url(base, request)
        for _ in range(MAX_REDIRECTS + 1):
            received, location = self._exchanged(url, request, bounds)
            following = _within(base, url, location) if received.status in MOVED else None
            if following is None:
                return received
            url = following
        return received

    def _exchanged(self, url: Url, request: Request, bounds: Bounds) -> tuple[Received, str]:
        """One exchange, logged whatever comes of it; and where it leads on."""
        status, count, fault = 0, 0, "interrupted"
        try:
            with exchange(url, self._sending(request), bounds) as reply:
                status = reply.status
                received = self._read(reply, request.service)
                count, fault = len(received.content), ""
                return received, reply.header("Location")
        except ExchangeError as error:
            fault = error.fault
            raise
        finally:
            self._add_to_log(url, request, status, count, fault)

    def _read(self, reply: Reply, service: Service) -> Received:
        names = (*_HEEDED, *TERMS[service].budget_headers)
        headers = {name.lower(): value for name in names if (value := reply.header(name))}
        content = reply.content() if reply.status in _READ else b""
        if key := self.keys.get(service):
            # A service may repeat what it was sent, and nothing of an answer may hold the key.
            content = content.replace(key.encode(), b"[key]")
        return Received(reply.status, reply.media_type, headers, content)

    def _add_to_log(self, url: Url, request: Request, status: int, count: int, fault: str) -> None:
        self.log.add(
            {
                "time": self.now().isoformat(),
                "service": request.service,
                "host": url.host,
                "method": "POST" if request.posted else "GET",
                "path": url.target.partition("?")[0],
                "parameters": dict(self._parameters(request, secrets=False)),
                "status": status,
                "bytes": count,
                "fault": fault,
            }
        )

    def _parameters(self, request: Request, *, secrets: bool) -> tuple[tuple[str, str], ...]:
        """The parameters with this program's name, the user's address and, if `secrets`, the key."""
        terms = TERMS[request.service]
        added = (
            (terms.tool_parameter, PROGRAM),
            (terms.contact_parameter, self.contact),
            (terms.key_parameter, self.keys.get(request.service, "") if secrets else ""),
        )
        return (*request.parameters, *((name, value) for name, value in added if name and value))

    def _query(self, request: Request) -> str:
        return encoded(self._parameters(request, secrets=True))

    def _url(self, base: Url, request: Request) -> Url:
        query = self._query(request)
        asked = f"?{query}" if query and not request.posted else ""
        return base._replace(target=f"{base.target}{request.path}{asked}")

    def _sending(self, request: Request) -> Sending:
        headers = {"User-Agent": f"{PROGRAM}/{__version__}", "Accept": _ACCEPTED[request.form]}
        if not request.posted:
            return Sending(headers)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Sending(headers, self._query(request).encode())

    def _base(self, service: Service) -> Url:
        """Where a service begins; its target ends without a slash."""
        if self.replay is not None:
            return self.replay._replace(target=f"/{service}")
        terms = TERMS[service]
        return Url("https", terms.host, 443, terms.base)


def _within(base: Url, url: Url, location: str) -> Url | None:
    """Where a redirect leads, if that is within the same service; else None."""
    try:
        following = parsed_url(urljoin(str(url), location)) if location else url
    except InputError:
        return None
    same = following._replace(target="") == base._replace(target="")
    return following if same and following.target.startswith(f"{base.target}/") else None


def contact_of(contact: str = "", environment: Mapping[str, str] = os.environ) -> str:
    """The user's mail address as given, else that of the environment, else none.

    Raises ParameterError for what is no address.
    """
    address = (contact or environment.get(CONTACT, "")).strip()
    if address and not _MAIL.fullmatch(address):
        place = InOption("--contact", contact) if contact else InOption(CONTACT)
        raise ParameterError.at(place, "this is no mail address", remedy="Give one, or none at all.")
    return address


def keys_of(environment: Mapping[str, str] = os.environ) -> dict[Service, str]:
    """The keys that the environment holds, by service."""
    found = {
        service: environment.get(terms.key_variable, "").strip()
        for service, terms in TERMS.items()
        if terms.key_variable
    }
    return {service: key for service, key in found.items() if key}


def replay_of(base: str, environment: Mapping[str, str] = os.environ) -> Url | None:
    """The replay server as given, else that of the environment; None for the services themselves.

    Raises InputError for a server that is not on this machine: no questions are ever sent elsewhere.
    """
    address = (base or environment.get(SERVICES_AT, "")).strip()
    if not address:
        return None
    url = parsed_url(address)
    if url.host not in _HERE:
        fault = f"{url.host} is not this machine, and only a server here may stand for the services"
        raise InputError.at(InSource(str(url)), fault, remedy="Give http://127.0.0.1 and its port.")
    return url
