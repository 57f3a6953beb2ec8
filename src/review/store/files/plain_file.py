"""A plain file read whole, and never more than it may hold: no pipe, no device, no endless file."""

import os
import stat
from pathlib import Path

from review.model.errors import InFile, InputError


def read_plain(path: Path, most: int, name: str = "", within: Path | None = None) -> bytes:
    """The bytes of a plain file, of which there may be `most`; `name` stands in the problems.

    Links are followed; where `within` is given, only to what lies in that folder. Raises InputError when
    the file cannot be read, is no plain file, is larger, or lies elsewhere.
    """
    place = InFile(name or path.name)
    try:
        # Before it is opened: a pipe keeps whoever opens it waiting, and a device may act on it.
        if not stat.S_ISREG(path.stat().st_mode):
            fault = "the file cannot be read: this is no plain file"
            raise InputError.at(place, fault, remedy="Put a plain file there.")
        if within is not None and not _lies_in(path, within):
            fault = "this is a link to something outside of its folder, which is not read"
            raise InputError.at(place, fault, remedy="Put the file itself there.")
        with path.open("rb") as file:
            # One byte more tells a file that is too large, whatever its size claims.
            content = file.read(most + 1)
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        raise InputError.at(place, fault, remedy="Check that it exists and may be read.") from None
    if len(content) > most:
        fault = f"the file is larger than {most:,} bytes"
        raise InputError.at(place, fault, remedy="Split it.")
    return content


def _lies_in(path: Path, folder: Path) -> bool:
    real, around = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([real, around]) == around
