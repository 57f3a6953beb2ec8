"""Files that several processes change: one at a time, and written whole or not at all."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from review.model.errors import InFile, InputError, OutputError

WAIT = 60.0
"""Seconds after which a lock that another process holds is given up."""
_LOOK = 0.02
"""Seconds between two tries for a lock."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which nobody else holds meanwhile and which is gone afterwards.

    Waits for its turn. Raises InputError when there is no such folder, OutputError when the folder
    cannot be written or the lock is not free within a minute.
    """
    handle = _held(path)
    try:
        yield
    finally:
        # Removed before it is let go: whoever waits for it then finds it gone and makes a new one.
        path.unlink(missing_ok=True)
        os.close(handle)


def _held(path: Path) -> int:
    give_up = time.monotonic() + WAIT
    while True:
        handle = _opened(path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still_there(handle, path):
                return handle
        except BlockingIOError:
            if time.monotonic() > give_up:
                os.close(handle)
                fault = "another process is writing here and does not end"
                remedy = "Try again later."
                raise OutputError.at(InFile(str(path.parent)), fault, remedy=remedy) from None
            time.sleep(_LOOK)
        os.close(handle)


def _opened(path: Path) -> int:
    folder = str(path.parent)
    try:
        # O_NOFOLLOW: a link that lies there in place of the lock is an error.
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except (FileNotFoundError, NotADirectoryError):
        remedy = "Correct the path."
        raise InputError.at(InFile(folder), "there is no such folder", remedy=remedy) from None
    except OSError as error:
        fault = f"the folder cannot be written: {error.strerror}"
        raise OutputError.at(InFile(folder), fault, remedy="Check its rights.") from None


def _is_still_there(handle: int, path: Path) -> bool:
    """Whether the locked file is the one at `path`, and not one that its last holder removed."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def check_own_folder(path: Path, kind: str, sign: str, left: frozenset[str]) -> None:
    """Raises OutputError when `path` is something else than a new or empty folder, or one of `what`.

    A folder of that kind holds the file `sign`. What is in `left` may lie there without it.
    """
    if path.exists() and not path.is_dir():
        fault = "this is a file"
    elif (
        path.is_dir()
        and (names := {child.name for child in path.iterdir()} - left)
        and sign not in names
    ):
        fault = f"the folder holds something that is not {kind}"
    else:
        return
    raise OutputError.at(InFile(str(path)), fault, remedy="Name a new or empty folder.")


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file at `path` in one step: a run that dies leaves the old content or the new one.

    To be called with the lock held. Raises OutputError when it cannot be written.
    """
    # Where a link stands, the file that it leads to is replaced, and the link stays.
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        try:
            with fresh.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        fault = f"it cannot be written: {error.strerror}"
        remedy = "Free space, or check the rights."
        raise OutputError.at(InFile(path.name), fault, remedy=remedy) from error
