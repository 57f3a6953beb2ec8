"""Time stamps of an authority (RFC 3161): asked for and checked by `openssl ts`; nothing is sent."""

import base64
import binascii
import re
from datetime import UTC, datetime
from pathlib import Path

from review.report.seal.program import kept, run

_PROGRAM = "openssl"
_TIME = re.compile(r"^Time stamp: (.+) GMT$", re.M)


def request(digest: str) -> bytes:
    """The question for an authority: a time stamp of a SHA-256, with its certificate.

    Raises RunError where OpenSSL is not there.
    """
    return run(_PROGRAM, "ts", "-query", "-digest", digest, "-sha256", "-cert").stdout


def stamped_at(answer: bytes, digest: str, authority: Path) -> datetime | None:
    """The time at which an authority saw `digest`, by its `answer`; None where that is not shown.

    `authority` holds the certificates that are trusted. Raises RunError where OpenSSL is not there.
    """
    with kept(answer) as file:
        trusted = ("-CAfile", str(authority.absolute()))
        done = run(_PROGRAM, "ts", "-verify", "-digest", digest, "-in", file, *trusted)
        if done.returncode:
            return None
        text = run(_PROGRAM, "ts", "-reply", "-in", file, "-text").stdout.decode(errors="replace")
    found = _TIME.search(text)
    if not found:
        return None
    # A fraction of a second is left out: RFC 3161 allows one, and a signature has none.
    words = re.sub(r"\.\d+", "", found[1])
    return datetime.strptime(words, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)


def text_of(answer: bytes) -> str:
    """An answer as a seal keeps it."""
    return base64.b64encode(answer).decode()


def answer_in(text: str) -> bytes:
    """An answer as it was received; empty where the text holds none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
