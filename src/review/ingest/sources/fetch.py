"""One page over http or https, within bounds: the only module that uses the network.

The name of a server is looked up once, the numbers found are checked, and the connection is made to
the very number that was checked. No cookies, no passwords, no proxies, no content but the page.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin

from review.ingest.reading import one_line
from review.ingest.sources.address import Url, is_public, parsed_url
from review.ingest.sources.source import CONTENT_TYPES, MAX_BYTES, Source
from review.model.errors import InputError, InSource
from review.model.version import __version__

MAX_REDIRECTS = 5
MAX_SECONDS = 30.0
_PIECE = 65_536
_MOVED = frozenset([301, 302, 303, 307, 308])
_LATE = "it took longer than allowed"
_LATER = "Try again later, or save the page in a browser and give the file."


@dataclass(slots=True)
class _Way:
    """One fetch from beginning to end: the address it began with, its bounds, what it met."""

    began: str
    allow_private: bool
    until: float
    notes: list[str] = field(default_factory=list)

    def problem(self, fault: str, *, remedy: str = _LATER) -> InputError:
        """A problem of this fetch; one met when the time was over comes of the connection being cut."""
        if time.monotonic() >= self.until:
            fault, remedy = _LATE, _LATER
        return InputError.at(InSource(self.began), fault, remedy=remedy)

    def left(self) -> float:
        """Seconds that are left. Raises InputError when there are none."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise self.problem(_LATE)
        return seconds


def fetched(address: str, allow_private: bool = False, seconds: float = MAX_SECONDS) -> Source:
    """The page at an address, after at most five redirects, within `seconds` in all.

    Raises InputError for an address that is not public (unless `allow_private`), an answer that is
    too large, too slow, cut off, of an unknown kind or no page at all.
    """
    url = parsed_url(address)
    way = _Way(str(url), allow_private, time.monotonic() + seconds)
    for _ in range(MAX_REDIRECTS + 1):
        with _connection(url, way) as connection, _request(connection, url) as answer:
            if answer.status not in _MOVED:
                return _source(answer, url, way)
            url = _next(answer, url, way)
    raise way.problem(f"it redirected more than {MAX_REDIRECTS} times")


def _next(answer: http.client.HTTPResponse, url: Url, way: _Way) -> Url:
    location = answer.getheader("Location")
    if not location:
        raise way.problem("the server redirected to nowhere")
    following = parsed_url(urljoin(str(url), location))
    downgraded = url.scheme == "https" and following.scheme == "http"
    way.notes.append(f"redirected to {following}{', which is not encrypted' if downgraded else ''}")
    return following


@contextmanager
def _connection(url: Url, way: _Way) -> Iterator[http.client.HTTPConnection]:
    """A connection to a checked number, cut when the time is over, whatever the server does."""
    numbers = _checked_numbers(url, way)
    connection = http.client.HTTPConnection(url.host, url.port)
    try:
        with _reached(numbers, url, way) as raw, _watched(raw, way):
            # With its socket in place http.client does not look the name up again.
            connection.sock = _encrypted(raw, url) if url.scheme == "https" else raw
            yield connection
    except TimeoutError:
        raise way.problem(_LATE) from None
    except ssl.SSLCertVerificationError as error:
        fault = f"the server does not prove who it is: {error.verify_message}"
        raise way.problem(fault, remedy="Check the address.") from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)[:120] or type(error).__name__
        raise way.problem(f"the connection to {url.host} failed: {reason}") from None
    finally:
        connection.close()


@contextmanager
def _watched(raw: socket.socket, way: _Way) -> Iterator[None]:
    """End a connection when the time is over, also in the middle of a read, and after use at once."""
    # Encryption takes the socket over, so a second handle on the same connection is kept.
    with raw.dup() as handle:
        watch = threading.Timer(way.left(), _cut, [handle])
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            _cut(handle)


def _reached(numbers: Sequence[str], url: Url, way: _Way) -> socket.socket:
    """A connection to the first of the numbers that takes one."""
    for number in numbers[:-1]:
        # A server may have a number that cannot be reached from here; the last one has to be.
        with suppress(OSError):
            return socket.create_connection((number, url.port), timeout=way.left() / 2)
    return socket.create_connection((numbers[-1], url.port), timeout=way.left())


def _encrypted(raw: socket.socket, url: Url) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=url.host)


def _cut(connection: socket.socket) -> None:
    # The server may have gone a moment before; then there is nothing left to cut.
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _checked_numbers(url: Url, way: _Way) -> list[str]:
    """The numbers of the server, after all of them were found to be public."""
    numbers = _looked_up(url, way)
    private = [number for number in numbers if not is_public(number)]
    if private and not way.allow_private:
        fault = f"{url.host} leads to {private[0]}, which is not an address of the public network"
        remedy = "Use --allow-private if it is a server of your own."
        raise way.problem(f"{fault}: it is not fetched", remedy=remedy)
    return numbers


def _looked_up(url: Url, way: _Way) -> list[str]:
    """The numbers of a server, looked up in a thread because a look-up cannot be given a time."""
    numbers: list[str] = []
    failed: list[str] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
            numbers.extend(str(answer[4][0]) for answer in answers)
        except (OSError, UnicodeError) as error:
            failed.append(getattr(error, "strerror", None) or str(error))

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(way.left())
    if failed or not numbers:
        reason = f": {failed[0]}" if failed else ""
        raise way.problem(f"the server {url.host} is not found{reason}", remedy="Check the address.")
    return numbers


def _request(connection: http.client.HTTPConnection, url: Url) -> http.client.HTTPResponse:
    headers = {
        "User-Agent": f"evidence-review/{__version__} (reads one page for a review of its claims)",
        "Accept": ", ".join(CONTENT_TYPES),
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    host = f"[{url.host}]" if ":" in url.host else url.host
    usual = url.port == (443 if url.scheme == "https" else 80)
    # Without these two, http.client sends a Host and an Accept-Encoding of its own.
    connection.putrequest("GET", url.target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", host if usual else f"{host}:{url.port}")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    return connection.getresponse()


def _source(answer: http.client.HTTPResponse, url: Url, way: _Way) -> Source:
    if answer.status != 200:
        fault = f"the server answered {answer.status} {one_line(answer.reason, 60)}"
        raise way.problem(fault, remedy="Check the address in a browser.")
    kind = answer.headers.get_content_type()
    if kind not in CONTENT_TYPES:
        fault = f"the server sent {kind}, which is not a page"
        raise way.problem(fault, remedy=f"It must be one of {', '.join(CONTENT_TYPES)}.")
    content = _content(answer, way)
    charset = one_line(answer.headers.get_content_charset() or "")
    address = str(url)
    return Source(content, CONTENT_TYPES[kind], address, address, charset, tuple(way.notes))


def _content(answer: http.client.HTTPResponse, way: _Way) -> bytes:
    """The body, unpacked piece by piece so that no more than the limit is ever held."""
    if (declared := answer.length) is not None and declared > MAX_BYTES:
        raise _too_large(way)
    packing = answer.getheader("Content-Encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise way.problem(f"the server packed the page as {packing[:20]!r}, which was not asked for")
    raw = bytearray()
    packed = packing not in ("identity", "")
    # 32 for a header of gzip or of zlib, whichever comes, and 15 for the largest window.
    unpacker = zlib.decompressobj(wbits=47) if packed else None
    received = 0
    # `read1` gives what has come, so that the time is looked at between two pieces.
    while piece := answer.read1(_PIECE):
        way.left()
        received += len(piece)
        while piece:
            raw += unpacker.decompress(piece, _PIECE) if unpacker else piece
            piece = unpacker.unconsumed_tail if unpacker else b""
            if len(raw) > MAX_BYTES or received > MAX_BYTES:
                raise _too_large(way)
    # A body without a stated length looks whole when the connection was cut.
    way.left()
    if answer.length or (unpacker and (not unpacker.eof or unpacker.unused_data)):
        raise way.problem("the answer ended before the page was whole, or went on after it")
    return bytes(raw)


def _too_large(way: _Way) -> InputError:
    remedy = "Give a part of it as a file."
    return way.problem(f"the page is larger than {MAX_BYTES:,} bytes", remedy=remedy)
