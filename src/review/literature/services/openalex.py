"""OpenAlex: one work by its DOI or PubMed number, the form that costs nothing.

Costs and headers: https://developers.openalex.org/api-reference/authentication. What it says of
retractions is derived from Retraction Watch and lags behind: it is never a witness of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.literature.dates import date_in, years_in
from review.literature.details import Details, Person
from review.literature.identifiers import doi_in, pmid_in
from review.literature.paper import Paper
from review.literature.readers.entries import Entries, text_of
from review.literature.readers.names import people
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import UnreadableError, json_object, part, parts
from review.literature.services.request import Request, segment
from review.literature.services.terms import Service

LONGEST_ABSTRACT = 20_000
"""Words of a rebuilt abstract; a place beyond it is no place in an abstract."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of OpenAlex: the paper, and what OpenAlex says of it; None where it does not say."""

    openalex: str
    paper: Paper | None
    is_retracted: bool | None
    kind: str = ""
    is_open: bool | None = None


def by_doi(doi: str) -> Request:
    """The work of a DOI."""
    return Request(Service.OPENALEX, f"/works/doi:{segment(doi)}", is_record=True)


def by_pmid(pmid: str) -> Request:
    """The work of a PubMed number."""
    return Request(Service.OPENALEX, f"/works/pmid:{segment(pmid)}", is_record=True)


def state(request: Request, content: bytes) -> State:  # noqa: ARG001  (all services have one form)
    """What an answer says. Raises UnreadableError."""
    answer = json_object(content)
    if "error" in answer:
        raise UnreadableError(NotAsked.SERVICE_ERROR, "it reports a fault of its own")
    if not text_of(answer, "id"):
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no work")
    return State.FOUND


def read_work(content: bytes) -> Work:
    """The work of an answer; its paper is None where it has no title.

    The abstract is put together from an index of words: it is never to be quoted.
    """
    answer = json_object(content)
    entries = Entries(Service.OPENALEX)
    found = part(answer, "primary_location", "source")
    details = _details(answer, text_of(found, "display_name"))
    authorships = list(parts(answer, "authorships"))
    entries.add(
        1,
        text_of(answer, "id").rpartition("/")[2],
        text_of(answer, "display_name", "title"),
        _abstract(part(answer, "abstract_inverted_index")),
        authors=(person.family for person in details.people),
        # More are not given of one work: https://developers.openalex.org/api-reference/works
        more_authors=len(authorships) >= 100,
        year=details.published or text_of(answer, "publication_year"),
        container=text_of(found, "display_name"),
        publication_types=[text_of(answer, "type")],
        doi=doi_in(text_of(answer, "doi")),
        pmid=pmid_in(text_of(part(answer, "ids"), "pmid")),
        details=details,
    )
    return Work(
        text_of(answer, "id"),
        entries.papers[0] if entries.papers else None,
        _truth(answer, "is_retracted"),
        text_of(answer, "type"),
        _truth(part(answer, "open_access"), "is_oa"),
    )


def _details(answer: Mapping[str, object], journal: str) -> Details:
    place = part(answer, "biblio")
    published = date_in(text_of(answer, "publication_date")) or text_of(answer, "publication_year")
    pages = (text_of(place, "first_page"), text_of(place, "last_page"))
    return Details(
        people=tuple(_people(answer)),
        published=published,
        years=years_in(published),
        journal=journal,
        volume=text_of(place, "volume"),
        issue=text_of(place, "issue"),
        pages="-".join(dict.fromkeys(filter(None, pages))),
        language=text_of(answer, "language"),
        abstract_is_rebuilt=bool(part(answer, "abstract_inverted_index")),
    )


def _people(answer: Mapping[str, object]) -> Iterator[Person]:
    """The authors; OpenAlex gives a whole name, of which the last word counts as the family name."""
    for authorship in parts(answer, "authorships"):
        name = text_of(part(authorship, "author"), "display_name")
        whole = people([name])
        if whole and (whole[0].is_body or whole[0].given):
            yield whole[0]
        elif whole:
            given, _, family = whole[0].family.rpartition(" ")
            yield Person(family, given)


def _abstract(index: Mapping[str, object]) -> str:
    """The words of an index at their places; a place without a word is left out."""
    placed = [
        (place, word)
        for word, places in index.items()
        for place in (places if isinstance(places, list) else [])
        if isinstance(place, int) and 0 <= place < LONGEST_ABSTRACT
    ]
    return " ".join(word for _, word in sorted(placed))


def _truth(item: Mapping[str, object], name: str) -> bool | None:
    value = item.get(name)
    return value if isinstance(value, bool) else None
