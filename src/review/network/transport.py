"""One exchange over http or https, within bounds: the only module that uses the network.

The name of a server is looked up once, the numbers found are checked, and the connection is made to
the very number that was checked. No cookies, no passwords, no proxies, no redirects followed here.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto

from review.network.address import Url, is_public

MOVED = frozenset([301, 302, 303, 307, 308])
LATE = "it took longer than allowed"
_PIECE = 65_536


class FaultKind(Enum):
    """What kind of fault ended an exchange."""

    LATE = auto()
    UNKNOWN_SERVER = auto()
    NOT_PUBLIC = auto()
    UNPROVEN = auto()
    """The server has no certificate that proves its name."""
    NO_CONNECTION = auto()
    CUT = auto()
    TOO_LARGE = auto()
    PACKED = auto()
    """The body is packed in a way that was not asked for."""


class ExchangeError(Exception):
    """An exchange that came to nothing: its kind, and in words what happened, without the address."""

    def __init__(self, kind: FaultKind, fault: str) -> None:
        self.kind = kind
        self.fault = fault
        super().__init__(kind, fault)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an exchange may take: until when (`time.monotonic`), how many bytes, from which numbers."""

    until: float
    max_bytes: int
    allow_private: bool = False

    def left(self) -> float:
        """Seconds that are left. Raises ExchangeError when there are none."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise ExchangeError(FaultKind.LATE, LATE)
        return seconds


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent: the headers, and a body where there is one, which is posted."""

    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of what a server answered; its body is read by `content`."""

    answer: http.client.HTTPResponse
    bounds: Bounds

    @property
    def status(self) -> int:
        """The status, such as 200."""
        return self.answer.status

    @property
    def reason(self) -> str:
        """What the server says beside the status; not trusted."""
        return self.answer.reason

    @property
    def media_type(self) -> str:
        """The kind of the content in small letters, such as `text/html`."""
        return self.answer.headers.get_content_type()

    @property
    def charset(self) -> str:
        """The encoding that the server names; empty where it names none."""
        return self.answer.headers.get_content_charset() or ""

    def header(self, name: str) -> str:
        """A header by its name; empty where it is not there."""
        return self.answer.getheader(name) or ""

    def content(self) -> bytes:
        """The body, unpacked piece by piece so that no more than the limit is ever held.

        Raises ExchangeError where it is too large, cut, late, or packed in a way not asked for.
        """
        answer, bounds = self.answer, self.bounds
        if (declared := answer.length) is not None and declared > bounds.max_bytes:
            raise _too_large(bounds)
        packing = self.header("Content-Encoding").strip().lower()
        if packing not in ("identity", "", "gzip", "x-gzip", "deflate"):
            fault = f"the server packed its answer as {packing[:20]!r}, which was not asked for"
            raise ExchangeError(FaultKind.PACKED, fault)
        raw = bytearray()
        packed = packing not in ("identity", "")
        # 32 for a header of gzip or of zlib, whichever comes, and 15 for the largest window.
        unpacker = zlib.decompressobj(wbits=47) if packed else None
        received = 0
        # `read1` gives what has come, so that the time is looked at between two pieces.
        while piece := answer.read1(_PIECE):
            bounds.left()
            received += len(piece)
            while piece:
                raw += unpacker.decompress(piece, _PIECE) if unpacker else piece
                piece = unpacker.unconsumed_tail if unpacker else b""
                if len(raw) > bounds.max_bytes or received > bounds.max_bytes:
                    raise _too_large(bounds)
        # A body without a stated length looks whole when the connection was cut.
        bounds.left()
        if answer.length or (unpacker and (not unpacker.eof or unpacker.unused_data)):
            fault = "the answer ended before it was whole, or went on after it"
            raise ExchangeError(FaultKind.CUT, fault)
        return bytes(raw)


@contextmanager
def exchange(url: Url, sending: Sending, bounds: Bounds) -> Iterator[Reply]:
    """Send one request to a checked number and give the head of the answer, while the block lasts.

    Raises ExchangeError for whatever comes in between, also from within the block.
    """
    try:
        with _connection(url, bounds) as connection, _sent(connection, url, sending) as answer:
            yield Reply(answer, bounds)
    except ExchangeError as error:
        # What is met when the time was over comes of the connection being cut.
        late = time.monotonic() >= bounds.until
        raise ExchangeError(FaultKind.LATE, LATE) if late else error from None


@contextmanager
def _connection(url: Url, bounds: Bounds) -> Iterator[http.client.HTTPConnection]:
    """A connection to a checked number, cut when the time is over, whatever the server does."""
    numbers = _checked_numbers(url, bounds)
    connection = http.client.HTTPConnection(url.host, url.port)
    try:
        with _reached(numbers, url, bounds) as raw, _watched(raw, bounds):
            # With its socket in place http.client does not look the name up again.
            connection.sock = _encrypted(raw, url) if url.scheme == "https" else raw
            yield connection
    except TimeoutError:
        raise ExchangeError(FaultKind.LATE, LATE) from None
    except ssl.SSLCertVerificationError as error:
        fault = f"the server does not prove who it is: {error.verify_message}"
        raise ExchangeError(FaultKind.UNPROVEN, fault) from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)[:120] or type(error).__name__
        cut = isinstance(error, (http.client.IncompleteRead, zlib.error))
        fault = f"the connection to {url.host} failed: {reason}"
        raise ExchangeError(FaultKind.CUT if cut else FaultKind.NO_CONNECTION, fault) from None
    finally:
        connection.close()


@contextmanager
def _watched(raw: socket.socket, bounds: Bounds) -> Iterator[None]:
    """End a connection when the time is over, also in the middle of a read, and after use at once."""
    # Encryption takes the socket over, so a second handle on the same connection is kept.
    with raw.dup() as handle:
        watch = threading.Timer(bounds.left(), _cut, [handle])
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            _cut(handle)


def _reached(numbers: Sequence[str], url: Url, bounds: Bounds) -> socket.socket:
    """A connection to the first of the numbers that takes one."""
    for number in numbers[:-1]:
        # A server may have a number that cannot be reached from here; the last one has to be.
        with suppress(OSError):
            return socket.create_connection((number, url.port), timeout=bounds.left() / 2)
    return socket.create_connection((numbers[-1], url.port), timeout=bounds.left())


def _encrypted(raw: socket.socket, url: Url) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(raw, server_hostname=url.host)


def _cut(connection: socket.socket) -> None:
    # The server may have gone a moment before; then there is nothing left to cut.
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _checked_numbers(url: Url, bounds: Bounds) -> list[str]:
    """The numbers of the server, after all of them were found to be public."""
    numbers = _looked_up(url, bounds)
    private = [number for number in numbers if not is_public(number)]
    if private and not bounds.allow_private:
        fault = f"{url.host} leads to {private[0]}, which is not an address of the public network"
        raise ExchangeError(FaultKind.NOT_PUBLIC, f"{fault}: it is not fetched")
    return numbers


def _looked_up(url: Url, bounds: Bounds) -> list[str]:
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
    thread.join(bounds.left())
    if failed or not numbers:
        reason = f": {failed[0]}" if failed else ""
        fault = f"the server {url.host} is not found{reason}"
        raise ExchangeError(FaultKind.UNKNOWN_SERVER, fault)
    return numbers


def _sent(
    connection: http.client.HTTPConnection, url: Url, sending: Sending
) -> http.client.HTTPResponse:
    host = f"[{url.host}]" if ":" in url.host else url.host
    usual = url.port == (443 if url.scheme == "https" else 80)
    method = "POST" if sending.body else "GET"
    # Without these two, http.client sends a Host and an Accept-Encoding of its own.
    connection.putrequest(method, url.target, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", host if usual else f"{host}:{url.port}")
    for name, value in sending.headers.items():
        connection.putheader(name, value)
    connection.putheader("Accept-Encoding", "gzip, deflate")
    connection.putheader("Connection", "close")
    if sending.body:
        connection.putheader("Content-Length", str(len(sending.body)))
    connection.endheaders(sending.body or None)
    return connection.getresponse()


def _too_large(bounds: Bounds) -> ExchangeError:
    return ExchangeError(FaultKind.TOO_LARGE, f"the answer is larger than {bounds.max_bytes:,} bytes")
