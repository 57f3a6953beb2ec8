"""A folder that appears with all its files at once, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from review.model.errors import InFile, OutputError


def check_new_folder(folder: Path) -> None:
    """Raises OutputError where `folder` cannot be made: it is not empty, or no folder can be there."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError.at(InFile(str(folder)), "this is no folder", remedy="Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        fault = "the folder is not empty"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Name a new or an empty folder.")
    parent = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputError.at(InFile(str(folder)), "the folder cannot be written", remedy="Name another.")


def write_new_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of `contents`, named from `folder` on, into a new or empty folder.

    Raises OutputError when they cannot be written; then nothing is there.
    """
    check_new_folder(folder)
    _put_folder(folder, contents, "folder", Path.replace)


def replace_folder(folder: Path, contents: Mapping[str, bytes], named: str) -> None:
    """Write the files of `contents`, named from `folder` on, in place of all that is in `folder`.

    Raises OutputError, for a `named` thing, when they cannot be written; then all is as it was.
    """
    _put_folder(folder, contents, named, _swap)


def _put_folder(
    folder: Path, contents: Mapping[str, bytes], named: str, place: Callable[[Path, Path], object]
) -> None:
    """Write the files beside `folder` and move them into place together, as `place` does it: a process
    that dies leaves what was there before or all of them.
    """
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in sorted(contents.items()):
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            # A temporary folder can be read by its owner alone.
            fresh.chmod(0o755)
            place(fresh, folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        fault = f"the {named} cannot be written: {error.strerror}"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Free space or name another.") from error


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / folder.name)
    fresh.rename(folder)
    shutil.rmtree(old)
