"""A file that a command makes for a person to use: under a name of its own, its folder made with it."""

from itertools import count
from pathlib import Path

from review.model.errors import InFile, OutputError
from review.store.files.whole_file import lock_beside, locked, write_whole


def free_path(folder: Path, stem: str, suffix: str) -> Path:
    """The first path in a folder that no file has: the stem, then with -2, -3 and so on."""
    numbered = (folder / f"{stem}{'' if at == 1 else f'-{at}'}{suffix}" for at in count(1))
    return next(path for path in numbered if not path.exists())


def write_made(path: Path, content: bytes) -> None:
    """Write a file, and the folders above it where they are missing.

    Raises OutputError where that cannot be done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        place = InFile(path.parent.as_posix())
        fault = f"the folder cannot be made: {error.strerror}"
        raise OutputError.at(place, fault, remedy="Name another place.") from None
    with locked(lock_beside(path)):
        write_whole(path, content)
