"""One page over http or https, by the strict transport of `review.network`, as a source to be read."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

from review.ingest.reading import one_line
from review.ingest.sources.source import CONTENT_TYPES, MAX_BYTES, Source
from review.model.errors import InputError, InSource
from review.model.version import __version__
from review.network.address import Url, parsed_url
from review.network.transport import MOVED, Bounds, ExchangeError, FaultKind, Reply, Sending, exchange

MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
_SENT = Sending(
    {
        "User-Agent": f"evidence-review/{__version__} (reads one page for a review of its claims)",
        "Accept": ", ".join(CONTENT_TYPES),
    }
)
_LATER = "Try again later, or save the page in a browser and give the file."
_REMEDIES = {
    FaultKind.UNKNOWN_SERVER: "Check the address.",
    FaultKind.UNPROVEN: "Check the address.",
    FaultKind.NOT_PUBLIC: "Use --allow-private if it is a server of your own.",
    FaultKind.TOO_LARGE: "Give a part of it as a file.",
}
"""What mends a fault of the transport; for all others a later try."""


@dataclass(slots=True)
class _Way:
    """One fetch from beginning to end: the address it began with, and what it met."""

    began: str
    notes: list[str] = field(default_factory=list)

    def problem(self, fault: str, *, remedy: str = _LATER) -> InputError:
        """A problem of this fetch."""
        return InputError.at(InSource(self.began), fault, remedy=remedy)

    @contextmanager
    def reply(self, url: Url, bounds: Bounds) -> Iterator[Reply]:
        """What the server answers. Raises InputError for a fault of the transport."""
        try:
            with exchange(url, _SENT, bounds) as reply:
                yield reply
        except ExchangeError as error:
            remedy = _REMEDIES.get(error.kind, _LATER)
            raise self.problem(error.fault, remedy=remedy) from None


def fetched(address: str, allow_private: bool = False, seconds: float = MAX_SECONDS) -> Source:
    """The page at an address, after at most five redirects, within `seconds` in all.

    Raises InputError for an address that is not public (unless `allow_private`), an answer that is
    too large, too slow, cut off, of an unknown kind or no page at all.
    """
    url = parsed_url(address)
    way = _Way(str(url))
    bounds = Bounds(time.monotonic() + seconds, MAX_BYTES, allow_private)
    for _ in range(MAX_REDIRECTS + 1):
        with way.reply(url, bounds) as reply:
            if reply.status not in MOVED:
                return _source(reply, url, way)
            url = _next(reply, url, way)
    raise way.problem(f"it redirected more than {MAX_REDIRECTS} times")


def _next(reply: Reply, url: Url, way: _Way) -> Url:
    location = reply.header("Location")
    if not location:
        raise way.problem("the server redirected to nowhere")
    following = parsed_url(urljoin(str(url), location))
    downgraded = url.scheme == "https" and following.scheme == "http"
    way.notes.append(f"redirected to {following}{', which is not encrypted' if downgraded else ''}")
    return following


def _source(reply: Reply, url: Url, way: _Way) -> Source:
    if reply.status != 200:
        fault = f"the server answered {reply.status} {one_line(reply.reason, 60)}"
        raise way.problem(fault, remedy="Check the address in a browser.")
    if reply.media_type not in CONTENT_TYPES:
        fault = f"the server sent {reply.media_type}, which is not a page"
        raise way.problem(fault, remedy=f"It must be one of {', '.join(CONTENT_TYPES)}.")
    content = reply.content()
    address = str(url)
    expected = CONTENT_TYPES[reply.media_type]
    return Source(content, expected, address, address, one_line(reply.charset), tuple(way.notes))
