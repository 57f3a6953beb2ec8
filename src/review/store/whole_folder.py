"""A folder that appears with all its files at once, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from review.errors import OutputError, Problem


def check_new_folder(folder: Path) -> None:
    """Raises OutputError where `folder` cannot be made: it is not empty, or no folder can be there."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise OutputError([Problem(str(folder), 0, "this is no folder", "Name a new folder.")])
    if folder.is_dir() and any(folder.iterdir()):
        what = "the folder is not empty"
        raise OutputError([Problem(str(folder), 0, what, "Name a new or an empty folder.")])
    parent = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputError([Problem(str(folder), 0, "the folder cannot be written", "Name another.")])


def write_new_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of `contents`, named from `folder` on, into a new or empty folder.

    They are written beside it and moved into place in one step. Raises OutputError when they cannot be
    written; then nothing is there.
    """
    check_new_folder(folder)
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in sorted(contents.items()):
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            fresh.chmod(0o755)
            fresh.replace(folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        what = f"the folder cannot be written: {error.strerror}"
        raise OutputError([Problem(str(folder), 0, what, "Free space or name another.")]) from error
