"""What a search found: how many, which of them stand on this page, and where the next page is."""

from dataclasses import dataclass

from review.literature.services.request import Request


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what a search found.

    `count` is how many the service says there are, which may be more than come. `ids` are what the
    service calls them. `next` asks for the next page; None on the last. `translated` is the search as
    the service understood it, and `warnings` what it said of words that it did not know.
    """

    count: int
    ids: tuple[str, ...]
    next: Request | None = None
    translated: str = ""
    warnings: tuple[str, ...] = ()
