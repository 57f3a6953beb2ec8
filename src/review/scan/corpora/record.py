"""One page of a corpus as it was stored, before it is read."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from review.model.errors import InputError, Problem

MAX_BYTES = 2_000_000
"""What one page may hold; a longer one is listed and not read, which bounds time and memory."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it stands in the corpus; `place` says where, `charset` what its server said."""

    place: str
    url: str
    content: str | bytes
    is_html: bool
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that cannot be read, and why."""

    problem: Problem


def site_of(record: Record) -> str:
    """The host name of a record's address in lower case, without a port and without `www.` before it.

    No list of public suffixes is used: `shop.clinic.example` and `clinic.example` are two sites. Raises
    InputError where the address names no host.
    """
    try:
        parts = urlsplit(record.url)
        host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        host = ""
    if not host:
        what = f"the address {record.url[:200]!r} names no host"
        raise InputError([Problem(record.place, 0, what, "Give each page its https:// address.")])
    return host.removeprefix("www.")


def unread(place: str, line: int, what: str, remedy: str) -> Unread:
    """A record that cannot be read."""
    return Unread(Problem(place, line, what, remedy))
