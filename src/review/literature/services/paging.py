"""A search to its end: page after page, in parts by date where there are more than a service gives."""

from collections.abc import Callable
from dataclasses import dataclass

from review.literature.services.answer import Answer
from review.literature.services.door import Door
from review.literature.services.hits import Hits
from review.literature.services.request import Request


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a search gave in all.

    `count` is what the service says there are, `ids` are those that came, each once. `is_whole` says
    that the search was followed to its end; else `answers` ends with the one that was not asked, or
    `limit` stopped it. `answers` are all pages, of which `read_records` gives the papers.
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
    """Every page of a search, until `limit` ids."""
    raise NotImplementedError
