"""One page of a corpus as it was stored, before it is read."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from review.model.errors import InFile, InputError, Problem

MAX_BYTES = 2_000_000
"""What one page may hold; a longer one is listed and not read, which bounds time and memory."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it stands in the corpus, on the line, row or number of `place` in its file.

    `charset` is what its server said, `cut_short` why whoever fetched it did not fetch all of it.
    """

    place: InFile
    url: str
    content: str | bytes
    is_html: bool
    charset: str = ""
    cut_short: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that cannot be read, and why."""

    problem: Problem


def site_of(record: StoredPage) -> str:
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
        fault = f"the address {record.url[:200]!r} names no host"
        raise InputError.at(record.place, fault, remedy="Give each page its https:// address.")
    return host.removeprefix("www.")
