"""Several files of an evidence folder changed together: all of them or none, whatever happens."""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from review.model.errors import InFile, InputError, OutputError

STAGED = ".staged"
READY = ".ready"


def write_together(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write the files of `contents`, named from `folder` on, and remove those given as None.

    All are written to a hidden folder first, which is then renamed; that one step decides. A run that
    dies before it leaves the old files, one that dies after it is finished by `finish_writing`. Raises
    OutputError when the files cannot be written; then nothing is changed.
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
            target = folder / path.relative_to(ready)
            if path.name.endswith(_GONE):
                target.with_name(path.name.removesuffix(_GONE)).unlink(missing_ok=True)
                path.unlink()
            else:
                target.parent.mkdir(exist_ok=True)
                path.replace(target)
        shutil.rmtree(ready)
    except OSError as error:
        raise _unwritten(folder, error) from None


def refuse_unfinished(folder: Path) -> None:
    """Raises InputError when a run died between making files ready and putting them in place."""
    if (folder / READY).is_dir():
        fault = "an earlier run died while it wrote here, and some files are old and some new"
        remedy = "Run that command again: it finishes first."
        raise InputError.at(InFile(str(folder)), fault, remedy=remedy)


def _unwritten(folder: Path, error: OSError) -> OutputError:
    fault = f"the folder cannot be written: {error.strerror}"
    return OutputError.at(InFile(str(folder)), fault, remedy="Free space, or check its rights.")
