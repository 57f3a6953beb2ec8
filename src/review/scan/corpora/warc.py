"""Pages as WARC: the responses that are HTML or plain text, and the texts of WET files."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from review.model.errors import InFile, Problem
from review.scan.corpora.packed import PackedError, unchunked, unpacked
from review.scan.corpora.parts import Cut
from review.scan.corpora.record import MAX_BYTES, StoredPage, Unread
from review.scan.corpora.warc_records import Damage, WarcRecord, parsed_head, warc_records

_PAGES = ("response", "resource", "conversion")
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_NO_PAGES = frozenset("dns file ftp metadata ntp urn whois".split())
"""Schemes of addresses under which a crawler keeps its log, its arguments, and what it looked up."""
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_CHUNK = 1 << 20
NAMED = 5
"""How many kinds of responses are named where none is a page."""


def cuts(path: Path, pages: int) -> Iterator[Cut | Problem]:
    """The file in cuts of `pages` records that can be pages, by the bytes at which they begin.

    What is damaged is a problem each, and so is a file without a page.
    """
    size = path.stat().st_size
    start = first = count = here = 0
    others: Counter[str] = Counter()
    with path.open("rb") as file:
        for record in warc_records(file, 0, size):
            if isinstance(record, Damage):
                yield _damage(path, record)
                continue
            if record.kind not in _PAGES:
                continue
            if count - first == pages:
                # Without a page there is nothing to scan.
                if here:
                    yield Cut(start, record.start, first, _digest(path, start, record.start))
                start, first, here = record.start, count, 0
            count += 1
            answer = _Answer(record)
            here += not answer.not_page
            others[answer.not_page] += 1
    if here:
        yield Cut(start, size, first, _digest(path, start, size))
    if not others.pop("", 0):
        met = ", ".join(f"{number} {kind}" for kind, number in others.most_common(NAMED))
        fault = f"there is no page in this WARC file{met and f', but responses: {met}'}"
        yield InFile(path.name).problem(fault, remedy="Give files with pages as HTML or plain text.")


def records(path: Path, cut: Cut) -> Iterator[StoredPage | Unread]:
    """The pages of a cut in their order. What is neither HTML nor plain text is passed over."""
    number = cut.first
    with path.open("rb") as file:
        for record in warc_records(file, cut.start, cut.stop):
            # Damage is told once, where the file is cut.
            if isinstance(record, WarcRecord) and record.kind in _PAGES:
                number += 1
                answer = _Answer(record)
                if not answer.not_page:
                    yield _page(InFile(path.name, number), record, answer)


class _Answer:
    """What a record holds: the headers that tell of its content, the body, and why it is no page."""

    def __init__(self, record: WarcRecord) -> None:
        self.headers: Mapping[str, str] = record.headers
        self.body = record.block
        status = b"200"
        # The text of a WET file, and what was fetched otherwise, have no headers of a server.
        if record.kind == "response":
            line = _STATUS.match(record.block)
            end = _END_OF_HEAD.search(record.block)
            status = line[1] if line else b""
            head = record.block[: end.start()] if end else record.block
            self.headers = parsed_head(head.partition(b"\n")[2])
            self.body = record.block[end.end() :] if end else b""
        kind, _, self.parameters = self.headers.get("content-type", "").partition(";")
        self.kind = kind.partition(",")[0].strip().lower()
        # Without a type a browser looks at the content.
        if not self.kind and self.body[:256].lstrip().lower().startswith((b"<!doctype html", b"<html")):
            self.kind = _HTML[0]
        # Wget puts the address in angle brackets, as the grammar of WARC 1.0 has it.
        self.address = record.headers.get("warc-target-uri", "").strip("<>")
        scheme = self.address.partition(":")[0].lower()
        if scheme in _NO_PAGES:
            self.not_page = f"of {scheme}:"
        elif not status:
            self.not_page = "without a server's answer"
        elif status != b"200":
            self.not_page = f"with status {status.decode()}"
        else:
            self.not_page = "" if self.kind in (*_HTML, _TEXT) else self.kind[:60] or "without a type"


def _page(place: InFile, record: WarcRecord, answer: _Answer) -> StoredPage | Unread:
    if record.length > len(record.block):
        fault = f"the page is larger than {MAX_BYTES:,} bytes"
        return Unread(place.problem(fault, remedy="Read it by itself, with review ingest."))
    body = answer.body
    try:
        if answer.headers.get("transfer-encoding", "").lower().endswith("chunked"):
            body = unchunked(body)
        body = unpacked(body, answer.headers.get("content-encoding", ""))
    except PackedError as error:
        fault = f"the page cannot be unpacked: {error}"
        return Unread(place.problem(fault, remedy="Read it by itself, with review ingest."))
    charset = answer.parameters.partition("charset=")[2].strip(" \"'").partition(";")[0]
    return StoredPage(
        place,
        answer.address,
        body,
        is_html=answer.kind in _HTML,
        charset=charset,
        cut_short=record.headers.get("warc-truncated", ""),
    )


def _damage(path: Path, damage: Damage) -> Problem:
    fault = f"at byte {damage.start:,}: {damage.fault}; what follows is read from the next record on"
    return InFile(path.name).problem(fault, remedy=damage.remedy)


def _digest(path: Path, start: int, stop: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(start)
        while start < stop and (chunk := _read(file, stop - start)):
            digest.update(chunk)
            start += len(chunk)
    return digest.hexdigest()


def _read(file: IO[bytes], most: int) -> bytes:
    return file.read(min(_CHUNK, most))
