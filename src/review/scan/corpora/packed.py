"""The body of a server's answer as it was sent, unpacked, and never to more than a page may hold."""

import re
import zlib

import brotli

from review.scan.corpora.record import MAX_BYTES

_WINDOWS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    # By RFC 9110 in the form of zlib; some servers leave its head out.
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
_GZIP = b"\x1f\x8b"
# A line end closes the chunk before.
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,1000})?\r?\n")


class PackedError(Exception):
    """A body cannot be unpacked, for the reason that its text gives."""


def unpacked(body: bytes, codings: str) -> bytes:
    """A body without its content codings, as the header Content-Encoding names them (RFC 9110, 8.4).

    Of what is longer than a page may be, the beginning. Raises PackedError where it cannot be unpacked.
    """
    named = [coding.strip().lower() for coding in codings.split(",")]
    # The last was applied last.
    for coding in reversed([coding for coding in named if coding not in ("", "identity")]):
        try:
            body = _without(body, coding)
        except PackedError:
            # Some crawlers store the page itself and leave the header as it was.
            if not body.lstrip().startswith(b"<"):
                raise
    return body


def unchunked(body: bytes) -> bytes:
    """A body without its division in chunks (RFC 9112, 7.1), or as it stands where it has none.

    Raises PackedError where it ends within a chunk.
    """
    parts: list[bytes] = []
    at = 0
    while True:
        head = _CHUNK.match(body, at)
        if not head and not parts:
            return body
        size = int(head[1], 16) if head else 0
        if not head or len(body) < head.end() + size:
            raise PackedError("it ends within a chunk")
        if not size:
            return b"".join(parts)
        at = head.end() + size
        parts.append(body[head.end() : at])


def _without(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return _from_brotli(body)
    if coding not in _WINDOWS:
        raise PackedError(f"nothing here unpacks {coding[:40]!r}")
    fault = ""
    for window in _WINDOWS[coding]:
        try:
            return _inflated(body, window)
        except zlib.error as error:
            fault = str(error)
    raise PackedError(fault)


def _inflated(body: bytes, window: int) -> bytes:
    content, is_whole = b"", False
    while len(content) <= MAX_BYTES and (not is_whole or body.startswith(_GZIP)):
        unpack = zlib.decompressobj(window)
        content += unpack.decompress(body, MAX_BYTES + 1 - len(content))
        # Several members may follow each other (RFC 1952, 2.2); what else follows is passed over.
        body, is_whole = unpack.unused_data, unpack.eof
        if not is_whole and len(content) <= MAX_BYTES:
            raise PackedError("it ends too early")
    return content


def _from_brotli(body: bytes) -> bytes:
    unpack = brotli.Decompressor()
    try:
        content: bytes = unpack.process(body, output_buffer_limit=MAX_BYTES + 1)
    except brotli.error as error:
        raise PackedError(str(error)) from None
    if not unpack.is_finished() and len(content) <= MAX_BYTES:
        raise PackedError("it ends too early")
    return content
