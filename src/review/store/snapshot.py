"""Evidence as it is at one moment, and held, so that many runs see the same, whatever is edited."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from review.model.errors import ReviewError
from review.model.records import Evidence
from review.store.layout import CAPTURES, ORIGINALS, PACK_SHELVES, PAGES, SHELVES
from review.store.read import read_evidence as read_now

_PLACES = ("", PAGES, CAPTURES, ORIGINALS, *(shelf.folder for shelf in (*SHELVES, *PACK_SHELVES)))
"""Where evidence lies in a folder."""
_MOST_READINGS = 5
"""How often evidence is read again that somebody writes meanwhile."""
_held: dict[tuple[str, ...], Evidence] = {}


def read_evidence(folders: Sequence[Path]) -> Evidence:
    """The evidence of `folders`, later ones adding to earlier ones; as it is held, if it is.

    Raises InputError when a folder or file cannot be read, EvidenceError when a rule is broken; both
    list every problem met, each with file, line and remedy.
    """
    return _held.get(_key(folders)) or _read_at_rest(folders)


def _last_changes(folders: Sequence[Path]) -> list[int]:
    """When a name was last added, replaced or taken away in each folder where evidence lies.

    Every file that is written whole changes that.
    """
    found = []
    for folder in folders:
        for name in _PLACES:
            with suppress(OSError):
                found.append(os.stat(folder / name).st_mtime_ns)
    return found


def _read_at_rest(folders: Sequence[Path]) -> Evidence:
    """Read until nobody put files in place meanwhile: some would be old and some new."""
    for _ in range(_MOST_READINGS - 1):
        before = _last_changes(folders)
        try:
            evidence = read_now(folders)
        except ReviewError:
            if _last_changes(folders) == before:
                raise
        else:
            if _last_changes(folders) == before:
                return evidence
    return read_now(folders)


@contextmanager
def held(evidence: Iterable[tuple[Sequence[Path], Evidence]]) -> Iterator[None]:
    """Let `read_evidence` give these for their folders, here and in copies of this process."""
    _held.update((_key(folders), read) for folders, read in evidence)
    try:
        yield
    finally:
        _held.clear()


def _key(folders: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(Path(folder).absolute()) for folder in folders)
