"""A search to its end: page after page, in parts by date where there are more than a service gives."""

from collections.abc import Callable
from dataclasses import dataclass

from review.literature.services import pubmed
from review.literature.services.answer import Answer, State
from review.literature.services.door import Door
from review.literature.services.hits import Hits
from review.literature.services.request import Request
from review.literature.services.terms import Service


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a search gave in all.

    `count` is what the service says there are, which may be more than come; `ids` are those that came,
    each once. `is_whole` says that the search was followed to its end; else the last of the `answers`
    was not asked, or `limit` stopped it. Where `count` is 0 because it was not asked, the state of that
    answer says so. `answers` are all pages, of which `read_records` gives the papers.
    """

    count: int
    ids: tuple[str, ...]
    answers: tuple[Answer, ...]
    is_whole: bool
    translated: str = ""
    warnings: tuple[str, ...] = ()


def gathered(
    door: Door, request: Request, read: Callable[[Request, bytes], Hits], limit: int = 10_000
) -> Gathered:
    """Every page of a search, until `limit` ids; a search of PubMed that is too large in parts."""
    waiting, asked = [request], {request.digest}
    answers: list[Answer] = []
    pages: list[Hits] = []
    ids: dict[str, None] = {}
    is_whole = True
    while waiting:
        if len(ids) >= limit:
            is_whole = False
            break
        answer = door.ask(waiting.pop(0))
        answers.append(answer)
        if answer.state is State.NOT_ASKED:
            is_whole = False
            break
        # What a service says of a search that found nothing is told as well: words it did not know.
        if answer.state is State.NOT_FOUND and answer.status == 404:
            continue
        hits = read(answer.request, answer.content)
        pages.append(hits)
        if parts := _parts(answer.request, hits, limit):
            waiting[:0] = parts
            continue
        ids.update(dict.fromkeys(hits.ids))
        if hits.next and hits.next.digest not in asked:
            asked.add(hits.next.digest)
            waiting.insert(0, hits.next)
        elif request.service is Service.PUBMED and hits.count >= pubmed.LARGEST_PAGE:
            # The rest cannot be had without parts.
            is_whole = False
    kept = tuple(ids)[:limit]
    first = pages[0] if pages else Hits(0, ())
    whole = is_whole and len(kept) == len(ids)
    return Gathered(first.count, kept, tuple(answers), whole, first.translated, first.warnings)


def _parts(request: Request, hits: Hits, limit: int) -> tuple[Request, ...]:
    """The parts in which a search is to be asked that finds more than the service gives of one."""
    is_large = request.service is Service.PUBMED and min(hits.count, limit) > pubmed.MOST
    return (pubmed.halves(request) or ()) if is_large else ()
