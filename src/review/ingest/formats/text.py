"""Plain text to a page: the lines as they stand."""

from review.ingest.formats.encoding import decoded
from review.ingest.reading import Reading, canonical_text


def read_text(content: bytes, name: str, charset: str = "") -> Reading:
    """The lines of a plain text, kept as they are; nothing is joined or left out.

    Raises InputError for what is not text in the encoding it should be in.
    """
    raw, note = decoded(content, name, charset)
    text, notes = canonical_text(raw, name)
    return Reading(text, "the lines of the file", notes=(note, *notes))
