"""The real services, held to the shapes that are recorded: for whoever has a network.

    python -m benchmarks.live

Asks each service a question or two of which an answer lies in `tests/literature/recorded`, and tells
what the recorded answer has and the real one has not. Nothing is kept. Ends with 0 where every shape
holds, with 1 where one does not, and with 10 where a service could not be asked.
"""

import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from review.literature.services import (
    crossref,
    europe_pmc,
    openalex,
    pubmed,
    retraction_watch,
    trials,
)
from review.literature.services.answer import State
from review.literature.services.door import Reach, open_door
from review.literature.services.replay import question_of, recorded
from review.literature.services.request import Form, Request
from review.model.errors import ServiceError

RECORDED = Path(__file__).resolve().parents[1] / "tests" / "literature" / "recorded"
DOI = "10.1016/s0140-6736(97)11096-0"

QUESTIONS = (
    pubmed.by_doi(DOI),
    pubmed.records(["9500320"]),
    pubmed.records(["20137807"]),
    crossref.work("10.1021/am300292v"),
    europe_pmc.by_pmid("9500320"),
    openalex.by_doi(DOI),
    trials.study("NCT00009113"),
    retraction_watch.index(),
)


def shape(form: Form, content: bytes) -> frozenset[str]:
    """Everything that an answer has, by its place: keys of JSON with their types, elements, columns."""
    if form is Form.XML:
        return frozenset(_elements(etree.fromstring(content)))
    if form is Form.CSV:
        first = content[:5_000].decode("utf-8-sig", "replace").partition("\n")[0]
        return frozenset(next(csv.reader([first])))
    return frozenset(_values("", json.loads(content)))


def _elements(element: etree._Element, place: str = "") -> Iterator[str]:
    place = f"{place}/{element.tag}"
    yield place
    yield from (f"{place}@{name}" for name in element.attrib)
    for child in element.iterchildren("*"):
        yield from _elements(child, place)


def _values(place: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _values(f"{place}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(f"{place}[]", inner)
    else:
        yield f"{place}: {type(value).__name__}"


def missing(request: Request, content: bytes) -> list[str]:
    """What the recorded answers to a question have and this one has not."""
    bodies = {answer.question: answer.body for answer in recorded([RECORDED]) if answer.status == 200}
    of_question = bodies.get(question_of(request.text)) or bodies[_LED_TO[request.text]]
    return sorted(shape(request.form, of_question) - shape(request.form, content))


_LED_TO = {trials.study("NCT00009113").text: question_of(trials.study("NCT00010647").text)}
"""The questions that are led on to another."""


def main(
    environment: Mapping[str, str] = os.environ, sleep: Callable[[float], None] = time.sleep
) -> int:
    """Ask, tell, and give the exit code."""
    code = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        open_door(Reach.RENEWED, folder=Path(folder), environment=environment, sleep=sleep) as door,
    ):
        for request in QUESTIONS:
            answer = door.ask(request)
            told = f"{answer.state}: {answer.fault}" if answer.fault else str(answer.state)
            if answer.state is State.NOT_ASKED:
                code = ServiceError.exit_code
            elif lacking := missing(request, answer.content) if answer.content else ["an answer"]:
                told += f"; it has no {', no '.join(lacking)}"
                code = code or 1
            print(f"{request.text[:90]}: {told}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
