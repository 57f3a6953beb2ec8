"""What a source is, by its first bytes; its name or its sender decides only where these say nothing."""

import re

from review.ingest.sources.source import SUFFIXES
from review.model.errors import InputError, InSource
from review.model.vocabulary import PageFormat

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file", "Save it as DOCX or PDF."),
    (b"\x89PNG", "a picture", "Give the text that it shows."),
    (b"\xff\xd8\xff", "a picture", "Give the text that it shows."),
    (b"GIF8", "a picture", "Give the text that it shows."),
    (b"RIFF", "a picture or a recording", "Give the text that it shows."),
    (b"{\\rtf", "an RTF file", "Save it as DOCX."),
    (b"MIME-Version:", "a web archive", "Save the page as HTML only."),
    (b"From: <Saved by", "a web archive", "Save the page as HTML only."),
    (b"\x1f\x8b", "a gzip file", "Unpack it."),
    (b"\x7fELF", "a program", "Give HTML, PDF, DOCX, Markdown or plain text."),
)
_FIRST = 4096
"""How many bytes are looked at for the beginning of an HTML page."""
# No part gives back what it took: comments in a row would be tried in every grouping otherwise.
_MARKUP = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def format_of(content: bytes, name: str, expected: PageFormat | None) -> PageFormat:
    """What `content` is, which its first bytes decide before `expected` does.

    Raises InputError where they say that it is something else, and where nothing says what it is.
    """
    for start, form, remedy in _FOREIGN:
        if content.startswith(start):
            raise InputError.at(InSource(name), f"this is {form}", remedy=remedy)
    if not content.strip():
        raise InputError.at(InSource(name), "it is empty", remedy="Give a source that holds text.")
    # Viewers take a file whose header stands anywhere in its first 1,024 bytes (PDF Reference 1.7, H.3).
    if b"%PDF-" in content[:1024]:
        return PageFormat.PDF
    if content.startswith(b"PK\x03\x04"):
        return PageFormat.DOCX
    if expected in (PageFormat.PDF, PageFormat.DOCX):
        fault = f"this is not a {expected.upper()} file, though it is called one"
        raise InputError.at(InSource(name), fault, remedy="Look into the file, and give the right one.")
    if _MARKUP.match(content[:_FIRST]):
        return PageFormat.HTML
    if expected is None:
        remedy = f"Let its name end with one of {', '.join(SUFFIXES)}."
        raise InputError.at(InSource(name), "it is not clear what this is", remedy=remedy)
    return expected
