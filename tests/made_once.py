"""What several files of tests look at, made by one process of a run and read by the others."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

FOLDER = "REVIEW_TESTS_DIR"
"""The environment variable that names the folder of a run, in which nothing was before."""

_Made = TypeVar("_Made")


def made_once(name: str, make: Callable[[], _Made]) -> _Made:
    """What `make` gives: the process that comes first makes it, and any other waits and reads it."""
    # The folder is new with every run, so nothing in it was made by other code or from other evidence.
    path = Path(os.environ[FOLDER]) / f"{name}.pickle"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())
