"""The process that reads one source: `python -m review.ingest.worker FORMAT NAME CHARSET SECONDS`.

It takes the bytes from standard input and writes the reading, or the problems, as JSON.
"""

import json
import logging
import resource
import sys
from dataclasses import asdict
from typing import Protocol

from review.ingest.reading import Reading
from review.model.errors import ReviewError
from review.model.vocabulary import PageFormat

MEMORY = 2 * 1024**3


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


def bound(seconds: int) -> None:
    """Let this process use so many more seconds of processor time, and no more than MEMORY bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    # The limit counts whole seconds of the process's life, those of its start included.
    stop = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (stop, stop))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(format_name: str, name: str, charset: str, seconds: str) -> None:
    """Read standard input, and write the reading or its problems as JSON."""
    # The last line on standard error is told to the user, so no library may write there.
    logging.disable()
    read = reader_of(PageFormat(format_name))
    bound(int(seconds))
    try:
        answer = asdict(read(sys.stdin.buffer.read(), name, charset))
    except ReviewError as error:
        answer = {"problems": [asdict(problem) for problem in error.problems]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
