"""Pages as JSON lines, packed with gzip or not: one object a line with `url`, and `html` or `text`."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from review.model.errors import InFile, Problem
from review.scan.corpora.parts import Cut
from review.scan.corpora.record import MAX_BYTES, StoredPage, Unread

MAX_LINE = 4 * MAX_BYTES
"""How long a line may be: JSON may write one character as six."""
_CHUNK = 1 << 20
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def cuts(path: Path, pages: int) -> Iterator[Cut | Problem]:
    """The file in cuts of `pages` lines, by the bytes at which they begin and end when unpacked.

    Of a damaged archive the part before the damage is cut, and the damage is given as a problem.
    """
    with _opened(path) as file:
        start = at = lines = first = 0
        digest, holds_any = hashlib.sha256(), False
        try:
            # A line without an end comes in chunks, so that it is never in memory whole.
            while chunk := file.readline(_CHUNK):
                at += len(chunk)
                lines += chunk.endswith(b"\n")
                holds_any = holds_any or bool(chunk.strip())
                digest.update(chunk)
                if chunk.endswith(b"\n") and lines - first == pages:
                    if holds_any:
                        yield Cut(start, at, first, digest.hexdigest())
                    start, first, digest, holds_any = at, lines, hashlib.sha256(), False
        except DAMAGED as error:
            yield _damage(path, lines + 1, error)
        if holds_any:
            yield Cut(start, at, first, digest.hexdigest())


def records(path: Path, cut: Cut) -> Iterator[StoredPage | Unread]:
    """The pages of a cut in their order."""
    with _opened(path) as file:
        file.seek(cut.start)
        number = cut.first
        while file.tell() < cut.stop:
            number += 1
            line = file.readline(min(MAX_LINE, cut.stop - file.tell()))
            # Cut off before its end, and not at the end of the cut: the line is too long.
            if not line.endswith(b"\n") and file.tell() < cut.stop:
                _skip_line(file, cut.stop)
                fault = f"the line is longer than {MAX_LINE:,} bytes"
                remedy = "Read this page by itself, with review ingest."
                yield Unread(InFile(path.name, number).problem(fault, remedy=remedy))
            elif line.strip():
                yield _record(path.name, number, line)


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def _skip_line(file: IO[bytes], stop: int) -> None:
    while file.tell() < stop and not file.readline(min(_CHUNK, stop - file.tell())).endswith(b"\n"):
        pass


def _record(name: str, number: int, line: bytes) -> StoredPage | Unread:
    remedy = 'Write one object a line: {"url": …, "html": …} or {"url": …, "text": …}.'
    try:
        data: Any = json.loads(line)
    except (ValueError, RecursionError):
        return Unread(InFile(name, number).problem("this is no line of JSON", remedy=remedy))
    if not isinstance(data, dict) or not isinstance(data.get("url"), str):
        return Unread(InFile(name, number).problem("there is no text under `url`", remedy=remedy))
    content = data.get("html", data.get("text"))
    if not isinstance(content, str):
        fault = "there is no text under `html` or `text`"
        return Unread(InFile(name, number).problem(fault, remedy=remedy))
    return StoredPage(InFile(name, number), data["url"], content, is_html="html" in data)


def _damage(path: Path, line: int, error: Exception) -> Problem:
    fault = f"the archive is damaged here ({error}); nothing after this was read"
    return InFile(path.name, line).problem(fault, remedy="Fetch the file again, and scan again.")
