"""Several files of an evidence folder changed together: all of them or none, whatever happens."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from review.model.errors import InFile, InputError, OutputError
from review.store.files.whole_file import WAIT, is_locked, locked, real, write_whole

LOCK = ".lock"
"""The lock of an evidence folder: one for all who write there, whatever they write."""
STAGED = ".staged"
READY = ".ready"
_LOOK = 0.02
"""Seconds between two looks whether a writer has ended."""


BESIDE = ".beside"
"""Before the name of a file that stands beside the folder and not in it, such as a common list."""


@contextmanager
def changing(*folders: Path) -> Iterator[None]:
    """Hold evidence folders alone, in which all is in place that an earlier run made ready.

    What is read there meanwhile stays as it is until it is written. Raises InputError when there is no
    such folder, OutputError when it cannot be written or another process does not let go of it.
    """
    with ExitStack() as held:
        # In the same order everywhere: two who each hold what the other waits for would wait for ever.
        for folder in sorted({real(folder) for folder in folders}):
            held.enter_context(locked(folder / LOCK))
            finish_writing(folder)
            shutil.rmtree(folder / STAGED, ignore_errors=True)
        yield


def write_together(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write the files of `contents`, named from `folder` on, and remove those given as None.

    All are written to a hidden folder first, which is then renamed; that one step decides. A run that
    dies before it leaves the old files, one that dies after it is finished by `changing`, which must
    hold the folder. A name that begins with `BESIDE` is that of a file beside the folder.
    Raises OutputError when the files cannot be written; then nothing is changed.
    """
    finish_writing(folder)
    staged = folder / STAGED
    try:
        with suppress(FileNotFoundError):
            shutil.rmtree(staged)
        for name, content in contents.items():
            path = staged / (name if content is not None else f"{name}{_GONE}")
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content or b"")
                file.flush()
                # On the disk before the rename, which else could make empty files ready.
                os.fsync(file.fileno())
        staged.rename(folder / READY)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise _unwritten(folder, error) from None
    finish_writing(folder)


_GONE = ".gone"


def finish_writing(folder: Path) -> None:
    """Put the files in place that an earlier run made ready and did not get to put there.

    Raises OutputError when that fails; the files stay ready.
    """
    ready = folder / READY
    if not ready.is_dir():
        return
    try:
        for path in sorted(path for path in ready.rglob("*") if path.is_file()):
            target = _target(folder, path.relative_to(ready))
            if path.name.endswith(_GONE):
                target.with_name(path.name.removesuffix(_GONE)).unlink(missing_ok=True)
            else:
                target.parent.mkdir(exist_ok=True)
                # Written and not moved: the place may be a link, and has a mode of its own.
                write_whole(target, path.read_bytes())
            path.unlink()
        shutil.rmtree(ready)
    except OSError as error:
        raise _unwritten(folder, error) from None


def _target(folder: Path, name: Path) -> Path:
    """Where the file of that name in the folder stands, or the one beside the folder."""
    return real(folder).parent / name.name if name.parts[0] == BESIDE else folder / name


def settle(folder: Path) -> None:
    """Put in place what an earlier run made ready in a folder that may not be there, if it did.

    Raises OutputError as `changing` does.
    """
    if (folder / READY).is_dir():
        with changing(folder):
            pass


def refuse_unfinished(folder: Path) -> None:
    """Wait for a process that puts files in place here; one that died has left them ready.

    Raises InputError then, for some files are old and some new.
    """
    give_up = time.monotonic() + WAIT
    while (folder / READY).is_dir():
        lives = is_locked(folder / LOCK) and time.monotonic() < give_up
        # Looked at twice, as the process may have ended between the two.
        if not lives and (folder / READY).is_dir():
            fault = "an earlier run died while it wrote here, and some files are old and some new"
            remedy = "Run that command again, or another that writes here: it finishes first."
            raise InputError.at(InFile(str(folder)), fault, remedy=remedy)
        time.sleep(_LOOK)


def _unwritten(folder: Path, error: OSError) -> OutputError:
    fault = f"the folder cannot be written: {error.strerror}"
    return OutputError.at(InFile(str(folder)), fault, remedy="Free space, or check its rights.")
