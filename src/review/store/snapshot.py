"""Evidence that is read once and held, so that many runs see the same, whatever is edited meanwhile."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from review.model.records import Evidence
from review.store.read import read_evidence as read_now

_held: dict[tuple[str, ...], Evidence] = {}


def read_evidence(folders: Sequence[Path]) -> Evidence:
    """The evidence of `folders`, later ones adding to earlier ones; as it is held, if it is.

    Raises InputError when a folder or file cannot be read, EvidenceError when a rule is broken; both
    list every problem met, each with file, line and remedy.
    """
    return _held.get(_key(folders)) or read_now(folders)


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
