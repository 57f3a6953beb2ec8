"""The records of a WARC file (ISO 28500), each by itself, so that one that is damaged hides no other."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from review.scan.corpora.record import MAX_BYTES

MAX_HEAD = 1 << 16
"""What the lines before a block may hold, in bytes."""
MAX_BLOCK = MAX_BYTES + MAX_HEAD
"""How much of a block is kept: the lines of a server, and a page."""
_CHUNK = 1 << 14
_BETWEEN = 64
"""So many bytes after a block are looked at; the standard puts two line ends there."""
_GZIP = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/[01]\.[0-9]{1,2}\r?\n")
_END_OF_HEAD = _END_OF_BLOCK = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record: the byte at which it begins, its headers, and its block as far as it is kept.

    `kind` and the names of headers are in lower case. `length` is that of the whole block.
    """

    start: int
    kind: str
    headers: Mapping[str, str]
    block: bytes
    length: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that is no whole record: where it begins, what is wrong, and the remedy."""

    start: int
    fault: str
    remedy: str


class _DamageError(Exception):
    """A record cannot be read."""

    def __init__(self, fault: str, remedy: str = "Fetch the file again, and scan again.") -> None:
        super().__init__(fault)
        self.fault, self.remedy = fault, remedy


def warc_records(file: IO[bytes], start: int, stop: int) -> Iterator[WarcRecord | Damage]:
    """The records that begin at the byte `start` and before the byte `stop` of a file, packed or not.

    What is damaged is passed over, up to the next place at which a record begins.
    """
    at = start
    while at < stop:
        try:
            record, at_next = _record(file, at)
        except _DamageError as error:
            yield Damage(at, error.fault, error.remedy)
            at = _next_start(file, at + 1, stop)
        else:
            yield record
            at = at_next


def parsed_head(lines: bytes) -> dict[str, str]:
    """The headers in `lines` by their names in lower case; what stands twice is joined by a comma."""
    headers: dict[str, str] = {}
    # A line that begins with a blank continues the one before.
    for line in re.sub(rb"\r?\n[ \t]+", b" ", lines).splitlines():
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            key, text = name.strip().lower(), value.strip()
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _record(file: IO[bytes], at: int) -> tuple[WarcRecord, int]:
    """The record at a byte of the file, and the byte after it."""
    file.seek(at)
    source = _Member(file, at) if file.read(len(_GZIP)) == _GZIP else _Bytes(file, at)
    head = source.peek(_CHUNK)
    if not (end := _END_OF_HEAD.search(head)):
        head = source.peek(MAX_HEAD)
        end = _END_OF_HEAD.search(head)
    if not (version := _VERSION.match(head)):
        raise _DamageError("this is no record")
    if not end:
        raise _DamageError("the head of the record does not end")
    headers = parsed_head(head[version.end() : end.start()])
    kind, stated = headers.get("warc-type", "").lower(), headers.get("content-length", "")
    # Two heads of which the first does not end state both twice.
    if not re.fullmatch("[0-9]{1,15}", stated) or not kind or "," in kind:
        raise _DamageError("the record does not state its type and its length")
    length = int(stated)
    source.take(end.end())
    block = source.take(min(length, MAX_BLOCK))
    missing = length - len(block) - source.skip(length - len(block))
    if missing:
        raise _DamageError(f"the record ends {missing:,} bytes too early")
    return WarcRecord(at, kind, headers, block, length), source.end()


class _Bytes:
    """The bytes of a file from a place on, taken one after the other."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        file.seek(at)
        self._file = file
        self._at = at
        self._ahead = bytearray()

    def peek(self, most: int) -> bytes:
        """What comes next, up to so many bytes."""
        while len(self._ahead) < most and (chunk := self._more()):
            self._ahead += chunk
        return bytes(self._ahead[:most])

    def take(self, most: int) -> bytes:
        """What comes next, up to so many bytes, which are gone then."""
        taken = self.peek(most)
        del self._ahead[: len(taken)]
        self._at += len(taken)
        return taken

    def skip(self, most: int) -> int:
        """Let up to so many bytes go; gives how many there were."""
        left = most
        while left and (taken := self.take(min(left, _CHUNK))):
            left -= len(taken)
        return most - left

    def end(self) -> int:
        """The byte after the line ends that come next, where the record must be over."""
        between = self.peek(_BETWEEN)
        after = between.lstrip(b"\r\n")
        # Some writers put one line end or none; whatever comes after two is not the record's fault.
        if after and not after.startswith(b"WARC/") and not _END_OF_BLOCK.match(between):
            raise _DamageError("the record does not end where it states")
        return self._at + len(between) - len(after)

    def _more(self) -> bytes:
        return self._file.read(_CHUNK)


class _Member(_Bytes):
    """The unpacked bytes of one member of a gzip file, which holds one record."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        super().__init__(file, at)
        self._unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""

    def end(self) -> int:
        """The byte after the member, which must be over."""
        rest = self.peek(_BETWEEN).lstrip(b"\r\n")
        if rest and not rest.startswith(b"WARC/"):
            raise _DamageError("the record does not end where it states")
        if rest:
            fault = "its records are not packed each by itself"
            raise _DamageError(fault, "Unpack it with gunzip, and scan what comes of it.")
        if not self._unpack.eof:
            raise _DamageError("the file ends within the record")
        return self._file.tell() - len(self._unpack.unused_data)

    def _more(self) -> bytes:
        try:
            while not self._unpack.eof:
                self._packed = self._packed or self._file.read(_CHUNK)
                if not self._packed:
                    break
                # No more at once, however much a few bytes unpack to.
                unpacked = self._unpack.decompress(self._packed, _CHUNK)
                self._packed = self._unpack.unconsumed_tail
                if unpacked:
                    return unpacked
        except zlib.error as error:
            raise _DamageError(f"the record cannot be unpacked: {error}") from None
        return b""


def _next_start(file: IO[bytes], at: int, stop: int) -> int:
    """The next byte from `at` on at which a record begins; `stop` where none does."""
    file.seek(at)
    place, ahead = at, b""
    while place < stop and (chunk := file.read(_CHUNK)):
        ahead += chunk
        for found in re.finditer(rb"\x1f\x8b\x08|WARC/", ahead):
            if _begins(file, place + found.start()):
                return min(place + found.start(), stop)
        file.seek(place + len(ahead))
        # What may be the beginning of such a mark is kept.
        kept = ahead[-len(b"WARC") :]
        place += len(ahead) - len(kept)
        ahead = kept
    return stop


def _begins(file: IO[bytes], at: int) -> bool:
    try:
        file.seek(at)
        source = _Member(file, at) if file.read(len(_GZIP)) == _GZIP else _Bytes(file, at)
        return bool(_VERSION.match(source.peek(_BETWEEN)))
    except _DamageError:
        return False
