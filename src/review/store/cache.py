"""What can be worked out again at any time, kept between runs in the cache folder of the user.

Nothing read from there is trusted: it is text, it is never run, and what is not whole is as good as
absent. A folder that cannot be used means that nothing is kept, never that a command fails.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "REVIEW_CACHE_DIR"
"""The environment variable that names the folder; where it is empty, nothing is kept."""
NEWEST = 8
"""How many entries stay, those used last."""
LARGEST = 50_000_000
"""Bytes of an entry; a larger file is none of ours."""

_NAME = "evidence-review"
_ENDING = ".kept"
_KEY = "[0-9a-f]" * 64


def kept(key: str) -> bytes | None:
    """What was kept under a digest; None where nothing is, or where it is no longer whole."""
    folder = cache_folder()
    if folder is None:
        return None
    path = folder / f"{key}{_ENDING}"
    try:
        if path.stat().st_size > LARGEST:
            return None
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != _digest(content):
        return None
    with suppress(OSError):
        os.utime(path)
    return content


def keep(key: str, content: bytes) -> None:
    """Keep `content` under a digest, whole or not at all; the entries used longest ago make way."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A name of its own for every writer: two processes may keep the same at the same time.
        handle, fresh = tempfile.mkstemp(prefix=key, suffix=f"{_ENDING}.new", dir=folder)
        try:
            with open(handle, "wb") as file:
                file.write(_digest(content) + b"\n" + content)
            os.replace(fresh, folder / f"{key}{_ENDING}")
        finally:
            with suppress(OSError):
                os.unlink(fresh)
        _forget(folder)


def cache_folder() -> Path | None:
    """Where it is kept: as the variable says, else by the rule of the XDG base directories.

    None where the variable is empty, or this user has no home.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return Path(base) / _NAME
    with suppress(RuntimeError):
        return Path.home() / ".cache" / _NAME
    return None


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _forget(folder: Path) -> None:
    """Remove all but the newest entries, with what a writer that died has left among the old ones."""
    used = {path: path.stat().st_mtime for path in folder.glob(f"{_KEY}*{_ENDING}*")}
    for path in sorted(used, key=lambda path: used[path], reverse=True)[NEWEST:]:
        path.unlink(missing_ok=True)
