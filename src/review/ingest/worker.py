"""The process that reads one source: `python -m review.ingest.worker`.

It takes the bytes from standard input and writes what they are and the reading, or the problems, as
JSON. Its arguments: the format that the name or the server gives the bytes, empty where neither does; a
name for problems; the charset of the server; seconds and gigabytes that the reading may take.
"""

import json
import logging
import sys
from dataclasses import asdict, replace
from typing import Protocol

from review.ingest.formats.recognised import format_of
from review.ingest.reading import Reading
from review.model.errors import ReviewError
from review.model.vocabulary import PageFormat
from review.store.bounds import Bounds, bind

TO_LOAD = 10
"""Seconds of processor time that a reader and its libraries may take to load."""


class Reader(Protocol):
    """What reads one format: bytes, the name for problems, the charset the server named."""

    def __call__(self, content: bytes, name: str, charset: str = "") -> Reading:
        """The reading. Raises InputError with the problems of what cannot be read."""
        ...


def reader_of(kind: PageFormat) -> Reader:
    """The reader of a format; only its own libraries are loaded."""
    if kind is PageFormat.HTML:
        from review.ingest.formats.html import read_html

        return read_html
    if kind is PageFormat.PDF:
        from review.ingest.formats.pdf import read_pdf

        return read_pdf
    if kind is PageFormat.DOCX:
        from review.ingest.formats.docx import read_docx

        return read_docx
    if kind is PageFormat.MARKDOWN:
        from review.ingest.formats.markdown import read_markdown

        return read_markdown
    from review.ingest.formats.text import read_text

    return read_text


def main(expected: str, name: str, charset: str, seconds: str, gigabytes: str) -> None:
    """Read standard input, and write what it is and its reading, or the problems, as JSON."""
    # The last line on standard error is told to the user, so no library may write there.
    logging.disable()
    bounds = Bounds(int(seconds), int(gigabytes))
    # Before the first byte; what it takes to load a reader is not counted against its reading.
    bind(replace(bounds, seconds=bounds.seconds + TO_LOAD))
    content = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        kind = format_of(content, name, PageFormat(expected) if expected else None)
        read = reader_of(kind)
        bind(bounds)
        answer = {"format": kind, "reading": asdict(read(content, name, charset))}
    except ReviewError as error:
        answer = {"problems": [asdict(problem) for problem in error.problems]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
