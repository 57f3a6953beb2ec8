"""A source as it came, from a file here or from what a server answered; nobody has looked into it."""

from dataclasses import dataclass
from pathlib import Path

from review.ingest.reading import one_line
from review.model.errors import InFile, InputError
from review.model.vocabulary import PageFormat

MAX_BYTES = 10_000_000
SUFFIXES = {
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


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a source, what they are called, and where they came from.

    `expected` is the format that its name or its server gives it, None where neither does. `name` is the
    file's name or the address that answered, `url` the address or empty, `charset` what the server said
    of the encoding, `notes` what else is to be said of the way here.
    """

    content: bytes
    expected: PageFormat | None
    name: str
    url: str = ""
    charset: str = ""
    notes: tuple[str, ...] = ()


def file_source(path: Path) -> Source:
    """The source in a file.

    Raises InputError when it cannot be read, or is too large.
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
    expected = SUFFIXES.get(path.suffix.lower())
    return Source(content, expected, one_line(path.name) or "file")
