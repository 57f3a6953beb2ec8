"""The code that this package is made of, as a digest: other code may give other results."""

import hashlib
from pathlib import Path

from review.model.digest import digest_of


def code_digest() -> str:
    """The digest of every file of this package that a result can depend on.

    Not of its notebooks, which only an installed one holds, and of which the one that a run goes by is
    digested by itself; nor of what a new project begins with.
    """
    root = Path(__file__).resolve().parents[1]
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    names = {path.relative_to(root).as_posix(): path for path in paths}
    return digest_of({n: file_digest(p) for n, p in names.items() if not n.startswith(_BESIDE)})


_BESIDE = ("notebooks/", "starter/")


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
