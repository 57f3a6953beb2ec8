"""Pages as WARC: the responses that are HTML or plain text, and the texts of WET files."""

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from review.model.errors import InFile, Problem
from review.scan.corpora.parts import Cut
from review.scan.corpora.record import MAX_BYTES, StoredPage, Unread

# The reader of archives meets an AttributeError where the head of a record is cut off.
DAMAGED = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    AttributeError,
    EOFError,
    ValueError,
    zlib.error,
)
_PAGES = ("response", "resource", "conversion")
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_CHUNK = 1 << 20


def cuts(path: Path, pages: int) -> Iterator[Cut | Problem]:
    """The file in cuts of `pages` records that can be pages, by the bytes at which they begin."""
    start = first = count = at = 0
    with path.open("rb") as file:
        archive = ArchiveIterator(file)
        try:
            for record in archive:
                at = archive.offset
                if record.rec_type not in _PAGES:
                    continue
                if count - first == pages:
                    yield Cut(start, at, first, _digest(path, start, at))
                    start, first = at, count
                count += 1
        except DAMAGED as error:
            yield _damage(path, error)
    stop = path.stat().st_size
    if count > first:
        yield Cut(start, stop, first, _digest(path, start, stop))
    elif not count:
        fault = "there is no page in this WARC file"
        yield InFile(path.name).problem(fault, remedy="Give files with responses or texts.")


def records(path: Path, cut: Cut) -> Iterator[StoredPage | Unread]:
    """The pages of a cut in their order. What is neither HTML nor plain text is passed over."""
    number = cut.first
    with path.open("rb") as file:
        file.seek(cut.start)
        archive = ArchiveIterator(file)
        try:
            for record in archive:
                if archive.offset >= cut.stop:
                    return
                if record.rec_type in _PAGES:
                    number += 1
                    page = _record(path.name, number, record)
                    if page is not None:
                        yield page
        except DAMAGED:
            # It is told once, where the file is cut.
            return


def _record(name: str, number: int, record: Any) -> StoredPage | Unread | None:
    headers = record.http_headers
    # The text of a WET file has no headers of a server.
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind, _, rest = kind.partition(";")
    kind = kind.strip().lower()
    if kind not in (*_HTML, _TEXT) or (headers and headers.get_statuscode() != "200"):
        return None
    place = InFile(name, number)
    content = record.content_stream().read(MAX_BYTES + 1)
    # What is left of the length that the record states: the file ends before it.
    left = getattr(record.raw_stream, "limit", 0)
    if left and len(content) <= MAX_BYTES:
        fault = f"the record ends {left:,} bytes too early"
        remedy = "Fetch the file again, and scan again."
        return Unread(InFile(name, number).problem(fault, remedy=remedy))
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    charset = rest.partition("charset=")[2].strip(" \"'").partition(";")[0]
    # Wget puts the address in angle brackets, as the grammar of WARC 1.0 has it.
    return StoredPage(place, url.strip("<>"), content, is_html=kind in _HTML, charset=charset)


def _damage(path: Path, error: Exception) -> Problem:
    fault = f"the archive is damaged ({' '.join(str(error).split())[:120]}); what follows was not read"
    return InFile(path.name).problem(fault, remedy="Fetch the file again, and scan again.")


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
