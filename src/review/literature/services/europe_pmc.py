"""Europe PMC's REST interface: searches and whole records in one answer.

Parameters: https://europepmc.org/RestfulWebService. Synonyms are off unless asked for; a page without a
cursor, or with the same again, is the last, whatever the number of hits says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from review.literature.dates import date_in, years_in
from review.literature.details import Details, Person, with_labels
from review.literature.identifiers import doi_in, whole_pmid
from review.literature.notices import PUBMED_REFERENCES, Relation, Side, Update
from review.literature.paper import named
from review.literature.readers.entries import Entries, text_of
from review.literature.readers.markup import html_sections, without_markup
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import (
    UnreadableError,
    json_object,
    part,
    parts,
    texts,
    whole_number,
)
from review.literature.services.hits import Hits
from review.literature.services.records import Records
from review.literature.services.request import Request
from review.literature.services.terms import Service

_LAST_DAY = date(3000, 12, 31)


def search(words: str, since: date | None = None, until: date | None = None, size: int = 100) -> Request:
    """A search; `since` and `until` bound the day on which a record was first indexed."""
    query = words
    if since or until:
        bounds = f"[{since or date(1900, 1, 1)} TO {until or _LAST_DAY}]"
        query = f"({words}) AND (FIRST_IDATE:{bounds})"
    parameters = (
        ("query", query),
        ("resultType", "core"),
        ("format", "json"),
        ("pageSize", str(min(size, 1_000))),
        ("cursorMark", "*"),
    )
    return Request(Service.EUROPE_PMC, "/search", parameters, is_list=True)


def by_doi(doi: str) -> Request:
    """The records of a DOI, which must stand in quotation marks there."""
    return search(f'DOI:"{doi}"', size=25)


def by_pmid(pmid: str) -> Request:
    """The record of a PubMed number."""
    return search(f"EXT_ID:{pmid} AND SRC:MED", size=25)


def state(request: Request, content: bytes) -> State:
    """What an answer says. Raises UnreadableError, also where hits are counted and none comes."""
    answer = json_object(content)
    if "errCode" in answer or "errMsg" in answer:
        raise UnreadableError(NotAsked.SERVICE_ERROR, "it reports a fault of its own")
    count = whole_number(answer, "hitCount")
    if count is None:
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no count")
    first = dict(request.parameters)["cursorMark"] == "*"
    if count and first and not list(_results(answer)):
        raise UnreadableError(NotAsked.SERVICE_ERROR, "it counts records and gives none")
    return State.FOUND if count else State.NOT_FOUND


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search, with ids such as `MED:12345` and `PPR:PPR678`."""
    answer = json_object(content)
    ids = tuple(f"{text_of(r, 'source')}:{text_of(r, 'id')}" for r in _results(answer))
    asked = dict(request.parameters)
    cursor = text_of(answer, "nextCursorMark")
    more = ids and cursor and cursor != asked["cursorMark"]
    following = replace(request, parameters=tuple({**asked, "cursorMark": cursor}.items()))
    translated = text_of(part(answer, "request"), "queryString")
    return Hits(whole_number(answer, "hitCount") or 0, ids, following if more else None, translated)


def read_records(content: bytes) -> Records:
    """The records of one page, each keyed by its source and number."""
    entries = Entries(Service.EUROPE_PMC)
    for number, result in enumerate(_results(json_object(content)), start=1):
        _add(entries, number, result)
    return Records(tuple(entries.papers), tuple(entries.problems))


def _add(entries: Entries, number: int, result: Mapping[str, object]) -> None:
    updates = tuple(_updates(result))
    details = _details(result, updates)
    journal = part(result, "journalInfo", "journal")
    entries.add(
        number,
        f"{text_of(result, 'source')}:{text_of(result, 'id')}",
        text_of(result, "title"),
        with_labels(details.sections) or text_of(result, "abstractText"),
        authors=(person.family for person in details.people),
        year=details.published or text_of(result, "pubYear"),
        container=text_of(journal, "isoabbreviation", "medlineAbbreviation", "title")
        or text_of(part(result, "bookOrReportDetails"), "publisher"),
        publication_types=texts(part(result, "pubTypeList"), "pubType"),
        doi=doi_in(text_of(result, "doi")),
        pmid=whole_pmid(text_of(result, "pmid")),
        relations=[Relation(u.side, u.kind, "".join(u.others)) for u in updates if u.kind],
        details=details,
    )


def _details(result: Mapping[str, object], updates: tuple[Update, ...]) -> Details:
    issue = part(result, "journalInfo")
    dates = (
        date_in(text_of(issue, "printPublicationDate")) or text_of(result, "pubYear"),
        date_in(text_of(result, "firstPublicationDate")),
        date_in(text_of(result, "electronicPublicationDate")),
    )
    title = text_of(result, "title")
    return Details(
        people=tuple(_people(result)),
        published=next(filter(None, dates), ""),
        years=years_in(*dates),
        marked_title=title if without_markup(title) != title else "",
        journal=text_of(part(issue, "journal"), "title"),
        volume=text_of(issue, "volume"),
        issue=text_of(issue, "issue"),
        pages=text_of(result, "pageInfo"),
        language=text_of(result, "language"),
        pmcid=text_of(result, "pmcid"),
        sections=html_sections(text_of(result, "abstractText")),
        updates=updates,
        preprints=tuple(_other_forms(result, "preprintin")),
        articles=tuple(_other_forms(result, "preprintof")),
    )


def _people(result: Mapping[str, object]) -> Iterator[Person]:
    for author in parts(part(result, "authorList"), "author"):
        if body := text_of(author, "collectiveName"):
            yield Person(body, is_body=True)
        elif family := text_of(author, "lastName"):
            yield Person(family, text_of(author, "firstName", "initials"))


def _updates(result: Mapping[str, object]) -> Iterator[Update]:
    """The notices that the record names, in PubMed's words with blanks: `Retraction in`."""
    for comment in parts(part(result, "commentCorrectionList"), "commentCorrection"):
        word = text_of(comment, "type")
        known = _REFERENCES.get(_joined(word))
        if known or any(mark in _joined(word) for mark in _MARKS):
            side, kind = known or (Side.SUBJECT, None)
            reference = text_of(comment, "reference", "note")
            yield Update(
                side, word, kind, _other(comment), date_in(reference), "europe-pmc", reference=reference
            )


def _other_forms(result: Mapping[str, object], word: str) -> Iterator[str]:
    """The other form of the same work: a preprint of an article, an article of a preprint."""
    for comment in parts(part(result, "commentCorrectionList"), "commentCorrection"):
        if _joined(text_of(comment, "type")) == word:
            yield from _other(comment)


def _other(comment: Mapping[str, object]) -> tuple[str, ...]:
    kind = {"MED": "pmid", "PPR": "ppr"}.get(text_of(comment, "source"), "")
    return named(kind, text_of(comment, "id")) if kind else ()


def _joined(word: str) -> str:
    return word.replace(" ", "").lower()


_REFERENCES = {word.lower(): meaning for word, meaning in PUBMED_REFERENCES.items()}
_MARKS = ("retract", "withdraw", "concern", "errat", "correct", "reinstat")
"""A kind of comment with one of these is about a notice, also where it is not known here."""


def _results(answer: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    return parts(part(answer, "resultList"), "result")
