"""The code that this package is made of, as a digest: other code may give other results."""

import hashlib
from pathlib import Path

from review.model.digest import digest_of


def code_digest() -> str:
    """The digest of every file of this package."""
    root = Path(__file__).resolve().parents[1]
    paths = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return digest_of({path.relative_to(root).as_posix(): file_digest(path) for path in paths})


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
