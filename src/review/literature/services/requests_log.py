"""The log of what left this machine: one JSON object a line, for whoever wants to read it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from review.model.errors import InFile, OutputError


class RequestsLog:
    """Appends a line for every request; without a path, or before any request, nothing is written."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def prepare(self) -> None:
        """Make sure that it can be written. Raises OutputError: nothing is sent unlogged."""
        self._append(b"")

    def add(self, line: Mapping[str, object]) -> None:
        """Append a line. Raises OutputError where that is no longer possible."""
        self._append(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def _append(self, data: bytes) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # In one call and at the end of the file: two processes may write at the same time.
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, data)
            finally:
                os.close(handle)
        except OSError as error:
            fault = f"the log of requests cannot be written: {error.strerror}"
            remedy = "Name another folder with REVIEW_CACHE_DIR."
            raise OutputError.at(InFile(self._path.as_posix()), fault, remedy=remedy) from None
