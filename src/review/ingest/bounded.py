"""A source read by a process of its own, which has little time and memory and can do no harm."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from review.ingest.reading import Reading
from review.ingest.sources.source import Source
from review.model.errors import InputError, InSource, Problem

SECONDS = 5
"""Processor time for one source, after the reader has started."""
WAIT = 60
"""Seconds on the clock after which a reader is ended, on a machine that is busy with other work."""


def read_source(source: Source, seconds: int = SECONDS) -> Reading:
    """The reading of a source, made in a process with bounds on time and memory.

    Raises InputError with the reader's problems, or when it ran out of time or memory or failed.
    """
    command = [sys.executable, "-m", "review.ingest.worker"]
    command += [source.format, source.name, source.charset, str(seconds)]
    try:
        done = subprocess.run(
            command, input=source.content, capture_output=True, timeout=WAIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise _failed(source.name, f"it was not read within {WAIT} seconds") from None
    # A reader that its bounds ended has written nothing.
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").splitlines()
        reason = lines[-1][:160] if lines else "it took more time or memory than a page may"
        raise _failed(source.name, f"it cannot be read: {reason}")
    answer = json.loads(done.stdout)
    if "problems" in answer:
        raise InputError([_problem(**problem) for problem in answer["problems"]])
    return TypeAdapter(Reading).validate_python(answer)


def _problem(place: Mapping[str, Any], fault: str, remedy: str) -> Problem:
    """A problem of a reader, whose place is always in its source."""
    return InSource(**place).problem(fault, remedy=remedy)


def _failed(name: str, fault: str) -> InputError:
    remedy = "Give its text as plain text, or a smaller part of it."
    return InputError.at(InSource(name), fault, remedy=remedy)
