"""Files that several processes change: one at a time, and written whole or not at all."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from review.model.errors import InFile, InputError, OutputError

WAIT = 60.0
"""Seconds after which a lock that the same process holds is given up."""
_LOOK = 0.02
"""Seconds between two tries for a lock."""


def real(path: Path) -> Path:
    """Where `path` leads to through links, which need not be there."""
    # Path.resolve raises RuntimeError for links in a circle; here the file is opened, and OSError tells.
    return Path(os.path.realpath(path))


def lock_beside(path: Path) -> Path:
    """The lock of a file or folder, beside it: the same by whatever links it is reached."""
    place = real(path)
    return place.with_name(f".{place.name}.lock")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which nobody else holds meanwhile and which is gone afterwards.

    Waits for its turn, however many wait. Raises InputError when there is no such folder, OutputError
    when the folder cannot be written or one and the same process holds the lock for a minute.
    """
    handle = _held(path)
    try:
        yield
    finally:
        # Removed before it is let go: whoever waits for it then finds it gone and makes a new one.
        path.unlink(missing_ok=True)
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Whether a process that lives holds the lock file at `path`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _held(path: Path) -> int:
    waited_for, give_up = (0, 0), 0.0
    while True:
        handle = _opened(path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still_there(handle, path):
                return handle
        except BlockingIOError:
            # Every holder makes a file of its own: as long as they change, the turn will come.
            status = os.fstat(handle)
            holder = status.st_ino, status.st_ctime_ns
            if holder != waited_for:
                waited_for, give_up = holder, time.monotonic() + WAIT
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


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in place of what the file at `path` holds, in one step: a run that dies leaves the
    old content or the new one.

    Where a link stands, the file that it leads to is written, and the link stays; a device or a pipe
    takes the content. A file keeps its mode and group, a new one has what the umask allows. To be called
    with the lock held. Raises OutputError when it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        with replacing(path) as fresh, fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        fault = f"it cannot be written: {error.strerror}"
        remedy = "Free space, or check the rights."
        raise OutputError.at(InFile(path.name), fault, remedy=remedy) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The name of a file to be made, which takes the place of the one at `path` when all went well.

    Raises OSError when that cannot be done; then the old file is there as it was.
    """
    target = real(path)
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    # Whoever may write the folder could replace the file all the same; that it is protected is meant.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    fresh = target.with_name(f".{target.name}.new")
    _remove(fresh)
    try:
        yield fresh
        if target.exists():
            make_like(fresh, target)
        os.replace(fresh, target)
        _keep_names(target.parent)
    finally:
        _remove(fresh)


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def make_like(fresh: Path, before: Path) -> None:
    """Give a file or folder the mode of the one `before`, and its owner and group as far as allowed."""
    status = before.stat()
    for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
        with suppress(PermissionError):
            os.chown(fresh, owner, group)
    # Last, as a change of the owner takes some modes away.
    fresh.chmod(status.st_mode & 0o7777)


def _keep_names(folder: Path) -> None:
    """Have the names in a folder on the disk, so that a power cut does not bring the old ones back."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        # Some file systems have nothing to do here, and say that it is an error.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
