"""Evidence at a revision of a git repository, read without touching the working tree or the index."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from review.model.errors import (
    EvidenceError,
    InCommand,
    InFile,
    InputError,
    InRevision,
    MissingRecord,
    Place,
    Problem,
)
from review.model.records import Evidence
from review.store import children
from review.store.layout import BIBLIOGRAPHY
from review.store.read import read_evidence

MAX_BYTES = 200_000_000
"""How much the evidence of one revision may hold, in bytes."""

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
"""Paths are no patterns, nothing is fetched, nothing is locked, nobody is asked."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the repository, and the name by which it was asked for."""

    name: str
    commit: str

    @property
    def label(self) -> str:
        """The name with the start of the commit's digest."""
        return f"{self.name} ({self.commit[:12]})"


def find_revision(name: str) -> Revision:
    """The commit that `name` (a branch, a tag, a digest) means in the repository here.

    Raises InputError when there is no git, no repository or no such commit. A name that begins with a
    hyphen or holds a control character is never handed on.
    """
    if not name or name.startswith("-") or re.search(r"[\x00-\x1f\x7f]", name):
        remedy = "Name a branch, a tag or a commit."
        raise InputError.at(InRevision(repr(name)), "this is no name of a revision", remedy=remedy)
    # An annotated tag is an object of its own: ^{commit} asks for the commit that it leads to.
    commit = _git(["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"])
    if commit is None and _git(["rev-parse", "--git-dir"]) is None:
        fault = "this is no folder with evidence or a report, and there is no git repository here"
        remedy = "Correct the path, or run inside the repository."
        raise InputError.at(InRevision(name), fault, remedy=remedy)
    if commit is None:
        fault = "this is no folder with evidence or a report, and no revision of the repository"
        raise InputError.at(InRevision(name), fault, remedy=_remedy())
    return Revision(name, commit.decode().strip())


def _remedy() -> str:
    is_shallow = _git(["rev-parse", "--is-shallow-repository"]) == b"true\n"
    fetch = " This clone is shallow: fetch the revision first." if is_shallow else ""
    return f"Correct the path or the name of the branch, tag or commit.{fetch}"


def revision_evidence(revision: Revision, folders: Sequence[Path]) -> Evidence:
    """The evidence that `folders` held at `revision`, with `references.bib` in or beside each.

    Raises InputError when a folder was not there or lies elsewhere, EvidenceError when the evidence of
    then breaks a rule of now; the problems name their place as REVISION:path.
    """
    top = Path((_git(["rev-parse", "--show-toplevel"]) or b"").decode().rstrip("\n"))
    within = [_within(revision, top, folder) for folder in folders]
    with tempfile.TemporaryDirectory(prefix="review-revision-") as temporary:
        root = Path(temporary) / (top.name or "repository")
        root.mkdir()
        for path, content in _files(revision, within):
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        problems = [
            place.problem("there is no such folder", remedy="Correct --evidence.")
            for place in (InRevision(revision.name, str(path)) for path in within)
            if not (root / place.path).is_dir()
        ]
        if problems:
            raise InputError(problems)
        try:
            return read_evidence([root / path for path in within])
        except EvidenceError as error:
            raise EvidenceError(list(_renamed(error, revision, f"{root.as_posix()}/"))) from None


LISTED = 10
"""How many broken rules of a revision are listed: nobody can mend what is recorded."""


def _renamed(error: EvidenceError, revision: Revision, root: str) -> Iterator[Problem]:
    """That the revision cannot be read, and the first reasons, consequences of others left out."""
    reasons = [p for p in error.problems if not isinstance(p, MissingRecord)] or error.problems
    fault = f"the evidence of this revision breaks rules of this version: {len(reasons)} in all"
    remedy = "Make its report with the version of that time, and compare the reports."
    yield InRevision(revision.name).problem(fault, remedy=remedy)
    for problem in reasons[:LISTED]:
        fault, remedy = (
            text.replace(root, f"{revision.name}:") for text in (problem.fault, problem.remedy)
        )
        yield _place_then(problem.place, revision, root).problem(fault, remedy=remedy)


def _place_then(place: Place, revision: Revision, root: str) -> Place:
    """The file of the revision of which a file below `root` is the copy."""
    if not isinstance(place, InFile):
        return place
    return InRevision(revision.name, place.path.removeprefix(root), place.line)


def _within(revision: Revision, top: Path, folder: Path) -> PurePosixPath:
    """The path of a folder inside the repository."""
    try:
        relative = folder.resolve().relative_to(top.resolve())
    except ValueError:
        fault = f"the folder lies outside the repository of {revision.name}"
        remedy = "Name a folder of the repository, or compare two folders."
        raise InputError.at(InFile(folder.as_posix()), fault, remedy=remedy) from None
    return PurePosixPath(relative.as_posix())


def _files(
    revision: Revision, folders: Sequence[PurePosixPath]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of the folders and the references beside them, byte for byte as they were recorded."""
    paths = {str(path) for folder in folders for path in (folder, folder.parent / BIBLIOGRAPHY)}
    wanted = [] if "." in paths else sorted(paths)
    listing = ["ls-tree", "-r", "-z", "-l", "--full-tree", revision.commit, "--", *wanted]
    entries = [_entry(revision, line) for line in _must(listing, revision).split(b"\0") if line]
    if sum(entry.size for entry in entries) > MAX_BYTES:
        fault = f"the evidence is larger than {MAX_BYTES:,} bytes"
        remedy = "Name the evidence folder alone with --evidence."
        raise InputError.at(InRevision(revision.name), fault, remedy=remedy)
    asked = "".join(f"{entry.blob}\n" for entry in entries).encode()
    answer, at = _must(["cat-file", "--batch"], revision, asked), 0
    # Each answer is a line that ends with the size, then the content, then a line feed.
    for entry in entries:
        start = answer.index(b"\n", at) + 1
        if answer[at:start].split()[-1:] != [str(entry.size).encode()]:
            raise _incomplete(revision)
        at = start + entry.size + 1
        yield entry.path, answer[start : at - 1]


@dataclass(frozen=True, slots=True)
class _TreeEntry:
    blob: str
    size: int
    path: PurePosixPath


def _entry(revision: Revision, line: bytes) -> _TreeEntry:
    """One line of the listing; only plain files with plain paths are read."""
    facts, _, name = line.partition(b"\t")
    mode, _, blob, size = facts.decode().split()  # the size of what is no file is a hyphen
    path = PurePosixPath(os.fsdecode(name))
    if mode not in ("100644", "100755") or {"..", ".git"} & set(path.parts) or path.is_absolute():
        place = InRevision(revision.name, str(path))
        remedy = "Keep plain files in the evidence folder."
        raise InputError.at(place, "this is no plain file", remedy=remedy)
    return _TreeEntry(blob, int(size), path)


def _must(arguments: list[str], revision: Revision, given: bytes = b"") -> bytes:
    answer = _git(arguments, given)
    if answer is None:
        raise _incomplete(revision)
    return answer


def _incomplete(revision: Revision) -> InputError:
    remedy = "Fetch it completely first."
    return InputError.at(InRevision(revision.name), "git cannot read this revision", remedy=remedy)


def _git(arguments: list[str], given: bytes = b"") -> bytes | None:
    """What git answers; None where it refuses."""
    try:
        done = children.run(["git", *arguments], given, more=_ENVIRONMENT)
    except FileNotFoundError:
        fault = "it is not installed, and revisions cannot be read without it"
        raise InputError.at(InCommand("git"), fault, remedy="Install git, or compare folders.") from None
    return done.stdout if done.returncode == 0 else None
