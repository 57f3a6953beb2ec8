"""PubMed by the E-utilities of NCBI: searches by esearch, records by efetch.

Parameters and limits: https://www.ncbi.nlm.nih.gov/books/NBK25499/. No more than the first 9,999 records
of a search can be had; a larger one is asked in parts by the day of entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from review.literature.readers.pubmed import read_pubmed
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import (
    UnreadableError,
    json_object,
    part,
    texts,
    whole_number,
    xml_root,
)
from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Form, Request
from review.literature.services.terms import Service

MOST = 9_000
"""What one search may find before it is asked in parts: the service gives 9,999 at most."""
LARGEST_PAGE = 10_000
POSTED_FROM = 200
"""So many identifiers are sent as a form, as NCBI asks."""
LONG_WORDS = 500
"""Characters; a longer search is sent as a form, as NCBI asks of those of several hundred."""

_FIRST_DAY = date(1800, 1, 1)
_LAST_DAY = date(3000, 12, 31)
_SETS = ("PubmedArticleSet", "PubmedBookArticleSet")


def search(
    words: str, since: date | None = None, until: date | None = None, start: int = 0, size: int = 1_000
) -> Request:
    """A search; `since` and `until` bound the day on which a record entered PubMed (both included)."""
    parameters = {
        "db": "pubmed",
        "term": words,
        "retmode": "json",
        "retstart": str(start),
        "retmax": str(min(size, LARGEST_PAGE)),
    }
    if since or until:
        # One of the two alone is ignored: https://www.ncbi.nlm.nih.gov/books/NBK25499/
        parameters["datetype"] = "edat"
        parameters["mindate"] = f"{since or _FIRST_DAY:%Y/%m/%d}"
        parameters["maxdate"] = f"{until or _LAST_DAY:%Y/%m/%d}"
    return Request(
        Service.PUBMED,
        "/esearch.fcgi",
        tuple(parameters.items()),
        posted=len(words) > LONG_WORDS,
        is_list=True,
    )


def by_doi(doi: str) -> Request:
    """The PubMed numbers of a DOI."""
    return search(f'"{doi}"[doi]', size=20)


def records(pmids: Sequence[str]) -> Request:
    """The records of PubMed numbers, as a form where they are many."""
    parameters = (("db", "pubmed"), ("id", ",".join(pmids)), ("retmode", "xml"))
    posted = len(pmids) >= POSTED_FROM
    return Request(Service.PUBMED, "/efetch.fcgi", parameters, form=Form.XML, posted=posted)


def state(request: Request, content: bytes) -> State:
    """What an answer says. Raises UnreadableError."""
    if request.form is Form.XML:
        if b"<ERROR>" in content[:2_000]:
            raise UnreadableError(NotAsked.SERVICE_ERROR, "it reports a fault of its own")
        root = xml_root(content, *_SETS)
        found = any(True for _ in root.iter("PubmedArticle", "PubmedBookArticle"))
        return State.FOUND if found else State.NOT_FOUND
    return State.FOUND if _count(_result(content)) else State.NOT_FOUND


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search, with the PubMed numbers as ids."""
    result = _result(content)
    ids, count = texts(result, "idlist"), _count(result)
    asked = dict(request.parameters)
    start = int(asked["retstart"]) + len(ids)
    more = ids and start < min(count, LARGEST_PAGE - 1)
    following = replace(request, parameters=tuple({**asked, "retstart": str(start)}.items()))
    translated = result.get("querytranslation")
    return Hits(
        count,
        ids,
        following if more else None,
        translated if isinstance(translated, str) else "",
        tuple(_warnings(result)),
    )


def read_records(content: bytes) -> Records:
    """The articles and book chapters of an answer to `records`."""
    entries = read_pubmed(content, Service.PUBMED)
    return Records(tuple(entries.papers), tuple(entries.problems))


def halves(request: Request) -> tuple[Request, Request] | None:
    """A search in two parts by the day of entry; None where it is a single day already."""
    asked = dict(request.parameters)
    since = _day(asked["mindate"]) if "mindate" in asked else _FIRST_DAY
    until = _day(asked["maxdate"]) if "maxdate" in asked else _LAST_DAY
    if since >= until:
        return None
    middle = since + (until - since) // 2
    size = int(asked["retmax"])
    return (
        search(asked["term"], since, middle, size=size),
        search(asked["term"], middle + timedelta(days=1), until, size=size),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text.replace("/", "-"))


def _result(content: bytes) -> Mapping[str, object]:
    """What an esearch found. Raises UnreadableError where it reports a fault, also in a 200."""
    answer = json_object(content)
    result = part(answer, "esearchresult")
    if "error" in answer or "ERROR" in result:
        raise UnreadableError(NotAsked.SERVICE_ERROR, "it reports a fault of its own")
    if whole_number(result, "count") is None:
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no count")
    return result


def _count(result: Mapping[str, object]) -> int:
    return whole_number(result, "count") or 0


def _warnings(result: Mapping[str, object]) -> Iterator[str]:
    """Words and fields that PubMed did not know or left out: then it searched for something else."""
    for group in ("errorlist", "warninglist"):
        for name, values in part(result, group).items():
            # A single one may stand there as a text: cyanheads/pubmed-mcp-server, issue 96.
            found = [values] if isinstance(values, str) else values if isinstance(values, list) else []
            yield from (f"{_SPOKEN.get(name, name)}: {value}" for value in found)


_SPOKEN = {
    "phrasesnotfound": "not found",
    "fieldsnotfound": "no such field",
    "phrasesignored": "left out",
    "quotedphrasesnotfound": "not found as a phrase",
    "outputmessages": "PubMed says",
}
