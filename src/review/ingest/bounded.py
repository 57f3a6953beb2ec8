"""A source read by a process of its own, which has little time and memory and can do no harm."""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Protocol

from pydantic import TypeAdapter

from review.errors import InputError, Problem, ReviewError
from review.ingest.docx import read_docx
from review.ingest.html import read_html
from review.ingest.markdown import read_markdown
from review.ingest.pdf import read_pdf
from review.ingest.reading import Reading
from review.ingest.source import Source
from review.ingest.text import read_text
from review.vocabulary import PageFormat

SECONDS = 5
"""Processor time for one source, after the reader has started."""
WAIT = 60
"""Seconds on the clock after which a reader is ended, on a machine that is busy with other work."""
MEMORY = 2 * 1024**3


class Reader(Protocol):
    """What reads one format: bytes, the name for problems, the charset the server named."""

    def __call__(self, content: bytes, name: str, charset: str = "") -> Reading:
        """The reading. Raises InputError with the problems of what cannot be read."""
        ...


READERS: Mapping[PageFormat, Reader] = {
    PageFormat.HTML: read_html,
    PageFormat.PDF: read_pdf,
    PageFormat.DOCX: read_docx,
    PageFormat.MARKDOWN: read_markdown,
    PageFormat.TEXT: read_text,
}


def read_source(source: Source) -> Reading:
    """The reading of a source, made in a process with bounds on time and memory.

    Raises InputError with the reader's problems, or when it ran out of time or memory or failed.
    """
    command = [sys.executable, "-m", __name__, source.format, source.name, source.charset]
    try:
        done = subprocess.run(
            command, input=source.content, capture_output=True, timeout=WAIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise _failed(source.name, f"it was not read within {WAIT} seconds") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").splitlines()
        reason = f": {lines[-1][:160]}" if lines else f" in {SECONDS} seconds and {MEMORY >> 30} GiB"
        raise _failed(source.name, f"it cannot be read{reason}")
    answer = json.loads(done.stdout)
    if "problems" in answer:
        raise InputError([Problem(**problem) for problem in answer["problems"]])
    return TypeAdapter(Reading).validate_python(answer)


def _failed(name: str, what: str) -> InputError:
    return InputError([Problem(name, 0, what, "Give its text as plain text, or a smaller part of it.")])


def bound(seconds: int) -> None:
    """Let this process use so many more seconds of processor time, and no more than MEMORY bytes."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    stop = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (stop, stop))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _answer(format_name: str, name: str, charset: str) -> None:
    """Read standard input, and write the reading or its problems as JSON."""
    logging.disable()
    bound(SECONDS)
    try:
        reading = READERS[PageFormat(format_name)](sys.stdin.buffer.read(), name, charset)
        answer = asdict(reading)
    except ReviewError as error:
        answer = {"problems": [asdict(problem) for problem in error.problems]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    _answer(*sys.argv[1:])
