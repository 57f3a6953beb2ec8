"""A source as it came: its bytes and its format, from a file here or from what a server answered."""

import re
from dataclasses import dataclass
from pathlib import Path

from review.ingest.reading import one_line
from review.model.errors import InFile, InputError, InSource
from review.model.vocabulary import PageFormat

MAX_BYTES = 10_000_000
_SUFFIXES = {
    ".html": PageFormat.HTML,
    ".htm": PageFormat.HTML,
    ".xhtml": PageFormat.HTML,
    ".pdf": PageFormat.PDF,
    ".docx": PageFormat.DOCX,
    ".md": PageFormat.MARKDOWN,
    ".markdown": PageFormat.MARKDOWN,
    ".txt": PageFormat.TEXT,
    ".text": PageFormat.TEXT,
}
CONTENT_TYPES = {
    "text/html": PageFormat.HTML,
    "application/xhtml+xml": PageFormat.HTML,
    "application/pdf": PageFormat.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": PageFormat.DOCX,
    "text/markdown": PageFormat.MARKDOWN,
    "text/plain": PageFormat.TEXT,
}
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
_MARKUP = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html[\s>])", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a source, what they are, and where they came from.

    `name` is the file's name or the address that answered, `url` the address or empty, `charset` what
    the server said of the encoding, `notes` what else is to be said of the way here.
    """

    content: bytes
    format: PageFormat
    name: str
    url: str = ""
    charset: str = ""
    notes: tuple[str, ...] = ()


def file_source(path: Path) -> Source:
    """The source in a file.

    Raises InputError when it cannot be read, is too large or of no known kind.
    """
    name = path.as_posix()
    try:
        if not path.is_file():
            fault = "this is a folder" if path.is_dir() else "there is no such file"
            raise InputError.at(InFile(name), fault, remedy="Name a file, or an address with https://.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        raise InputError.at(InFile(name), fault, remedy="Check its rights.") from None
    if len(content) > MAX_BYTES:
        fault = f"the file is larger than {MAX_BYTES:,} bytes"
        raise InputError.at(InFile(name), fault, remedy="Give the part that is to be reviewed.")
    expected = _SUFFIXES.get(path.suffix.lower())
    return Source(content, format_of(content, name, expected), one_line(path.name) or "file")


def format_of(content: bytes, name: str, expected: PageFormat | None) -> PageFormat:
    """What `content` is, which its first bytes decide before its name or its sender does.

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
    if _MARKUP.match(content[:4096]):
        return PageFormat.HTML
    if expected is None:
        remedy = f"Let its name end with one of {', '.join(_SUFFIXES)}."
        raise InputError.at(InSource(name), "it is not clear what this is", remedy=remedy)
    return expected
