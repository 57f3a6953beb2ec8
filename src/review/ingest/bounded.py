"""A source read by a process of its own, which has little time and memory and can do no harm."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from review.ingest.reading import Reading
from review.ingest.sources.source import Source
from review.model.errors import InputError, InSource, Problem
from review.model.vocabulary import PageFormat
from review.store import children
from review.store.bounds import Bounds, ended_by

BOUNDS = Bounds(seconds=5, gigabytes=2)
"""For one source, after the reader has started."""
WAIT = 60
"""Seconds on the clock after which a reader is ended, on a machine that is busy with other work."""


def read_source(source: Source, bounds: Bounds = BOUNDS) -> tuple[PageFormat, Reading]:
    """What a source is, and its reading, both made in a process with bounds on time and memory.

    Raises InputError with the reader's problems, or when it reached a bound or failed.
    """
    asked = (source.expected or "", source.name, source.charset, bounds.seconds, bounds.gigabytes)
    command = children.python("-m", "review.ingest.worker", *map(str, asked))
    try:
        done = children.run(command, source.content, WAIT)
    except TimeoutError:
        raise _failed(source.name, f"it was not read within {WAIT} seconds") from None
    # A reader that its bounds ended has written nothing.
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").splitlines()
        said = lines[-1][:160] if lines else f"the reader ended with code {done.returncode}"
        reason = ended_by(done.returncode, said, bounds) or f"it cannot be read: {said}"
        raise _failed(source.name, reason)
    answer = json.loads(done.stdout)
    if "problems" in answer:
        raise InputError([_problem(**problem) for problem in answer["problems"]])
    return PageFormat(answer["format"]), TypeAdapter(Reading).validate_python(answer["reading"])


def _problem(place: Mapping[str, Any], fault: str, remedy: str) -> Problem:
    """A problem of a reader, whose place is always in its source."""
    return InSource(**place).problem(fault, remedy=remedy)


def _failed(name: str, fault: str) -> InputError:
    remedy = "Give its text as plain text, or a smaller part of it."
    return InputError.at(InSource(name), fault, remedy=remedy)
