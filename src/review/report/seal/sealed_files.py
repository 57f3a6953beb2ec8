"""The files below the folder of a report with their digests, and what of it no seal can hold."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from review.model.errors import InFile, InputError, Problem
from review.model.visible import on_one_line
from review.report.folder import SIGNATURE

_NO_FILE = "it is a link, or no ordinary file with an ordinary name"
_EMPTY = "it is an empty folder, which no seal can hold"


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """The files below a folder with their SHA-256, and what cannot be sealed, with the fault of each.

    Names and contents count. Times, rights and attributes do not: they change when a folder is copied,
    packed or mailed. `open_to_all` names the files that everybody on this computer can write.
    """

    digests: Mapping[str, str]
    faults: Mapping[str, str]
    open_to_all: tuple[str, ...]

    @property
    def problems(self) -> Iterator[Problem]:
        """That something is there which cannot be sealed."""
        for name, fault in self.faults.items():
            # A name that is no UTF-8 could be neither written into a seal nor printed.
            place = place_of(name.encode("utf-8", "backslashreplace").decode())
            yield place.problem(fault, remedy="Put the file itself there, or remove it.")

    def changes(self, sealed: Mapping[str, str]) -> Iterator[Problem]:
        """Everything that differs from what was sealed: changed, added, missing."""
        yield from self.problems
        for name in sorted({*sealed, *self.digests}):
            signed, present = sealed.get(name), self.digests.get(name)
            place = place_of(name)
            if signed is None:
                yield place.problem("it was added since the report was signed", remedy="Take it out.")
            elif present is None and name not in self.faults:
                yield place.problem("it is missing since the report was signed", remedy="Restore it.")
            elif present is not None and present != signed:
                yield place.problem("it was changed since the report was signed", remedy="Restore it.")


def place_of(name: str) -> InFile:
    """A file below the folder, by a name that can be printed on one line."""
    return InFile(on_one_line(name))


def sealed_files(folder: Path) -> SealedFiles:
    """The files below `folder` but the seal itself. Raises InputError where one cannot be read."""
    if not folder.is_dir():
        fault = "there is no such folder"
        raise InputError.at(place_of(folder.name), fault, remedy="Name the folder of a report.")
    digests: dict[str, str] = {}
    faults: dict[str, str] = {}
    open_to_all = []
    for path in _entries(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()) or not _is_utf8(name):
            faults[name] = _NO_FILE
        elif path.is_dir():
            faults[name] = _EMPTY
        elif name != SIGNATURE:
            digests[name] = _digest(path)
            if path.stat().st_mode & stat.S_IWOTH:
                open_to_all.append(name)
    return SealedFiles(dict(sorted(digests.items())), dict(sorted(faults.items())), tuple(open_to_all))


def _entries(folder: Path) -> Iterator[Path]:
    """Every file and link below `folder`, and every folder with nothing in it; no link is followed."""
    # os.walk counts a link to a folder among the folders, and does not say so.
    for parent, folders, files in os.walk(folder):
        for name in files + [name for name in folders if (Path(parent) / name).is_symlink()]:
            yield Path(parent) / name
        if not folders and not files and Path(parent) != folder:
            yield Path(parent)


def _is_utf8(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        fault = f"it cannot be read: {error.strerror}"
        raise InputError.at(place_of(path.name), fault, remedy="Check its rights.") from None
