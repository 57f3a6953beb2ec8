"""Crossref's REST API: works by DOI, searches, and notices from both ends.

Shapes: https://www.crossref.org/documentation/retrieve-metadata/rest-api/. `updated-by` stands on the
work, `update-to` on the notice, and `filter=updates:DOI` asks for the notices that name a work.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from review.literature.readers.entries import text_of
from review.literature.readers.json_files import read_csl
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import UnreadableError, json_object, part, parts, whole_number
from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Request, segment
from review.literature.services.terms import Service


def work(doi: str) -> Request:
    """The work of a DOI."""
    return Request(Service.CROSSREF, f"/works/{segment(doi)}", is_record=True)


def updates_of(doi: str) -> Request:
    """The notices that name a DOI; of one with a comma, which parts filters, it cannot be asked."""
    parameters = (("filter", f"updates:{doi}"), ("rows", "100"))
    return Request(Service.CROSSREF, "/works", parameters, is_list=True, cannot_be_asked="," in doi)


def search(words: str, since: date | None = None, size: int = 100) -> Request:
    """Works by the words of a citation; `since` bounds the day on which a record was made."""
    parameters = [("query.bibliographic", words)]
    if since:
        parameters.append(("filter", f"from-created-date:{since.isoformat()}"))
    parameters += [("rows", str(min(size, 1_000))), ("cursor", "*")]
    return Request(Service.CROSSREF, "/works", tuple(parameters), is_list=True)


def state(request: Request, content: bytes) -> State:
    """What an answer says. Raises UnreadableError."""
    message = _message(content)
    if request.is_record:
        if not text_of(message, "DOI"):
            raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no work")
        return State.FOUND
    if whole_number(message, "total-results") is None:
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no count")
    return State.FOUND if whole_number(message, "total-results") else State.NOT_FOUND


def read_records(content: bytes) -> Records:
    """The works of an answer: of one work that one, of a list those of this page."""
    entries = read_csl(content.decode("utf-8", "replace"), Service.CROSSREF)
    return Records(tuple(entries.papers), tuple(entries.problems))


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a list, with the DOIs as ids; a page without works is the last."""
    message = _message(content)
    ids = tuple(text_of(item, "DOI").lower() for item in parts(message, "items"))
    asked = dict(request.parameters)
    cursor = text_of(message, "next-cursor")
    more = ids and "cursor" in asked and cursor and cursor != asked["cursor"]
    following = replace(request, parameters=tuple({**asked, "cursor": cursor}.items()))
    return Hits(whole_number(message, "total-results") or 0, ids, following if more else None)


def _message(content: bytes) -> Mapping[str, object]:
    answer = json_object(content)
    if answer.get("status") != "ok":
        why = NotAsked.SERVICE_ERROR if "status" in answer else NotAsked.WRONG_FORM
        raise UnreadableError(why, "its answer reports no success")
    return part(answer, "message")
