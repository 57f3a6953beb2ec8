"""A folder that appears with all its files at once, or not at all."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from review.model.errors import InFile, OutputError
from review.store.files.whole_file import lock_beside, locked, make_like, real

_FRESH, _OLD = ".review-new", ".review-old"
"""How the names end that a folder has, hidden beside its place, before and after it stands there."""
_AT_WORKING_FOLDER, _EXCHANGE = -100, 2
"""Linux, renameat2(2): AT_FDCWD, RENAME_EXCHANGE. macOS, renamex_np(2): RENAME_SWAP is 2 as well."""


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


def check_own_folder(
    path: Path, kind: str, is_own: Callable[[Path], bool], left: frozenset[str]
) -> None:
    """Raises OutputError when `path` is something else than a new or empty folder, or one of `kind`.

    A folder is empty as long as it holds only what is in `left`, and folders that are empty.
    """
    if path.exists() and not path.is_dir():
        fault = "this is a file"
    elif path.is_dir() and any(_fills(child, left) for child in path.iterdir()) and not is_own(path):
        fault = f"the folder holds something that is not {kind}"
    else:
        return
    raise OutputError.at(InFile(str(path)), fault, remedy="Name a new or empty folder.")


def _fills(child: Path, left: frozenset[str]) -> bool:
    is_empty = child.is_dir() and not child.is_symlink() and not any(child.iterdir())
    return child.name not in left and not is_empty


def write_new_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files of `contents`, named from `folder` on, into a new or empty folder.

    Raises OutputError when they cannot be written; then nothing is there.
    """
    replace_folder(folder, contents, "folder", check_new_folder)


def replace_folder(
    folder: Path, contents: Mapping[str, bytes], named: str, check: Callable[[Path], None]
) -> None:
    """Write the files of `contents`, named from `folder` on, in place of all that is in `folder`.

    `check` raises what forbids it, and is asked when nobody else can write there any more. The files are
    written beside `folder` and put in place together: a process that dies leaves what was there before
    or all of them. Where a link stands, the folder that it leads to is replaced. What was there before
    gives its mode and group to what stands in its place. Raises OutputError, for a `named` thing, when
    they cannot be written; then all is as it was.
    """
    try:
        with _held(real(folder)) as place:
            check(folder)
            _put(place, contents)
    except OSError as error:
        fault = f"the {named} cannot be written: {error.strerror}"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Free space or name another.") from error


def clear_left_over(parent: Path) -> None:
    """Put right what processes that died left of folders below `parent`, where nobody writes now."""
    for end in (_FRESH, _OLD):
        for left in parent.glob(f".*{end}"):
            _put_right(parent / left.name.removeprefix(".").removesuffix(end))


@contextmanager
def _held(place: Path) -> Iterator[Path]:
    """The place of a folder, held alone, and without what a process that died left there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with locked(lock_beside(place)):
        _put_right(place)
        yield place


def _put_right(place: Path) -> None:
    fresh, old = _beside(place, _FRESH), _beside(place, _OLD)
    if old.exists() and not place.exists():
        os.rename(old, place)
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)


def _beside(place: Path, end: str) -> Path:
    return place.with_name(f".{place.name}{end}")


def _put(place: Path, contents: Mapping[str, bytes]) -> None:
    fresh = _beside(place, _FRESH)
    try:
        fresh.mkdir()
        for name, content in sorted(contents.items()):
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if (place / name).exists():
                make_like(path, place / name)
        if place.exists():
            make_like(fresh, place)
        _swap(fresh, place)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, place: Path) -> None:
    """Put `fresh` at `place`; what was there is gone afterwards."""
    if not place.exists():
        os.rename(fresh, place)
    elif not _exchanged(fresh, place):
        # A process that dies between the two leaves nothing at `place`; the next one puts it back.
        old = _beside(place, _OLD)
        os.rename(place, old)
        os.rename(fresh, place)
        shutil.rmtree(old)


def _exchanged(a: Path, b: Path) -> bool:
    """Exchange two folders in one step; gives False where the system or the disk cannot do that."""
    library = ctypes.CDLL(None)
    first, second = os.fsencode(a), os.fsencode(b)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        here = _AT_WORKING_FOLDER
        return bool(library.renameat2(here, first, here, second, _EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        return bool(library.renamex_np(first, second, _EXCHANGE) == 0)
    return False
