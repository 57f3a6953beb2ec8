"""What services answered, kept for good: SQLite, by the digest of the question, bytes by their own.

Nothing expires. Every answer stays beside those before it, so that what changed can be seen. A question
holds no secret, and neither does what is kept with it.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.literature.services.request import Request
from review.model.errors import InFile, InputError

_VERSION = 1
_WAIT = 30.0
"""Seconds to wait for another process that is writing."""
_TABLES = """
CREATE TABLE IF NOT EXISTS bodies (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
  digest TEXT NOT NULL, question TEXT NOT NULL, asked TEXT NOT NULL, status INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES bodies
);
CREATE INDEX IF NOT EXISTS answers_by_digest ON answers (digest, asked);
"""
_LATEST = """
SELECT asked, status, answers.sha256, content FROM answers LEFT JOIN bodies USING (sha256)
WHERE digest = ? ORDER BY asked DESC, answers.rowid DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept."""

    asked: datetime
    status: int
    content: bytes
    sha256: str


class AnswerCache:
    """The answers in a file; without a path they live as long as the process."""

    def __init__(self, path: Path | None, *, writable: bool) -> None:
        """Open the file, or make it where `writable`. Raises InputError where it cannot be used."""
        self._path = path
        self._writable = writable
        self._store: sqlite3.Connection | None = None
        if writable or (path and path.exists()):
            with self._told():
                self._store = _opened(path, writable)

    def latest(self, request: Request) -> Kept | None:
        """What was answered last to a question. Raises InputError where the file is broken."""
        if self._store is None:
            return None
        with self._told():
            row = self._store.execute(_LATEST, (request.digest,)).fetchone()
        if row is None:
            return None
        asked, status, sha256, content = row
        if not isinstance(content, bytes) or sha256_of(content) != sha256:
            raise self._problem("an answer in it is no longer what was kept")
        return Kept(datetime.fromisoformat(asked), status, content, sha256)

    def keep(self, request: Request, status: int, content: bytes, asked: datetime) -> None:
        """Keep an answer, whole or not at all. Raises InputError where the file is broken.

        Raises ValueError where the answers were not opened to be written.
        """
        if self._store is None or not self._writable:
            raise ValueError("the answers were opened to be read")
        sha256 = sha256_of(content)
        row = (request.digest, request.text, asked.isoformat(), status, sha256)
        with self._told(), self._store:
            self._store.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", (sha256, content))
            self._store.execute("INSERT INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise self._problem(f"it cannot be used: {error}") from None

    def _problem(self, fault: str) -> InputError:
        remedy = "Move it away, and ask the services anew; or name another folder with REVIEW_CACHE_DIR."
        name = self._path.as_posix() if self._path else "answers"
        return InputError.at(InFile(name), f"the kept answers: {fault}", remedy=remedy)


def _opened(path: Path | None, writable: bool) -> sqlite3.Connection:
    if path is None:
        store = sqlite3.connect(":memory:")
    elif writable:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = sqlite3.connect(path, timeout=_WAIT)
    else:
        # Not `ro`: what a process that was killed left half written could not be taken back then.
        store = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT)
    try:
        (version,) = store.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"it is of version {version}, not {_VERSION}")
        if writable and version == 0:
            store.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;")
    except sqlite3.Error:
        store.close()
        raise
    return store


def sha256_of(content: bytes) -> str:
    """SHA-256 of some bytes."""
    return hashlib.sha256(content).hexdigest()
