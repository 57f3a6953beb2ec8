"""Records taken into an evidence folder: all of their references and drafts, or none."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from review.model.bibliography import read_bibliography, write_bibliography
from review.model.errors import EvidenceError
from review.model.records import Evidence, Reference, Study
from review.store.canonical import record_tree, shelf_text
from review.store.files.plain_file import read_plain
from review.store.files.together import changing, write_together
from review.store.layout import BIBLIOGRAPHY, SHELVES
from review.store.read import MAX_BYTES, read_evidence
from review.store.references import bibliography_of, name_to_write

_SHELF = next(shelf for shelf in SHELVES if shelf.record is Study)


class Addition(Protocol):
    """A reference and its study."""

    @property
    def reference(self) -> Reference:
        """The entry of `references.bib`."""

    @property
    def study(self) -> Study:
        """The file of `studies/`, of the same key."""


class Additions(Protocol):
    """What is to be added."""

    @property
    def taken(self) -> Sequence[Addition]:
        """References with their studies, each key new."""


Made = TypeVar("Made", bound=Additions)


def record_taken(
    folders: Sequence[Path], make: Callable[[Evidence], Made]
) -> tuple[Made, tuple[str, ...]]:
    """Add what `make` gives, for the evidence as it is now, to the last of `folders`.

    Evidence and references are read and written under one lock, so that of two people who take the same
    paper at once the second is told that it is there. Gives what was made and the files written. Raises
    InputError or EvidenceError where the evidence cannot be used, OutputError where it cannot be
    written; then nothing is changed.
    """
    own = folders[-1]
    with changing(*folders):
        evidence = read_evidence(folders)
        made = make(evidence)
        if not made.taken:
            return made, ()
        contents: dict[str, bytes | None] = {
            f"{_SHELF.folder}/{addition.study.study}.yml": study_text(addition.study, evidence).encode()
            for addition in made.taken
        }
        contents[name_to_write(own)] = _references(own, [a.reference for a in made.taken])
        write_together(own, contents)
    written = [own / name for name in contents if name.startswith(_SHELF.folder)]
    # As the folder was named: what stands beside it is found by its links.
    is_own = bibliography_of(own).parent == own
    references = (own if is_own else own.parent) / BIBLIOGRAPHY
    return made, tuple(path.as_posix() for path in (references, *written))


def study_text(study: Study, evidence: Evidence) -> str:
    """The canonical text of a study's file."""
    tree = record_tree(study, _SHELF.key)
    # Left out where it is empty, as people do.
    if not tree["included_designs"]:
        del tree["included_designs"]
    return shelf_text(tree, _SHELF, evidence.packs.tools)


def study_file(study: str) -> str:
    """The name of a study's file within its folder."""
    return f"{_SHELF.folder}/{study}.yml"


def _references(folder: Path, added: Sequence[Reference]) -> bytes:
    path = bibliography_of(folder)
    known = {}
    if path.exists():
        text = read_plain(path, MAX_BYTES, path.as_posix(), within=path.parent).decode("utf-8")
        bibliography = read_bibliography(text.removeprefix("\ufeff"), path.name)
        if bibliography.problems:
            raise EvidenceError(bibliography.problems)
        known = bibliography.references
    return write_bibliography({**known, **{reference.key: reference for reference in added}}).encode()
