"""The text of a stored page, read as `review ingest` reads one."""

from review.ingest.formats.encoding import decoded
from review.ingest.formats.html import read_html
from review.ingest.reading import canonical_text
from review.model.errors import InputError
from review.scan.corpora.record import MAX_BYTES, StoredPage


def page_text(record: StoredPage) -> str:
    """The text of a page in the form in which pages are kept.

    Raises InputError for what is too long, no text, or in no known encoding.
    """
    if len(record.content) > MAX_BYTES:
        fault = f"the page is larger than {MAX_BYTES:,} bytes"
        raise InputError.at(record.place, fault, remedy="Read it by itself, with review ingest.")
    name = str(record.place)
    if record.is_html:
        if isinstance(record.content, bytes):
            return read_html(record.content, name, record.charset).text
        # JSON can hold half of a surrogate pair, which no bytes stand for.
        return read_html(record.content.encode("utf-8", "replace"), name, "utf-8").text
    raw = record.content
    if isinstance(raw, bytes):
        raw, _ = decoded(raw, name, record.charset)
    return canonical_text(raw, name)[0]
