"""The folder of a scan: what is done is told by digests alone, and nothing in it is half written."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review.model.errors import InFile, OutputError
from review.scan.corpora.parts import CorpusPart
from review.scan.tables import PART_TABLES, part_schemas, write_table
from review.store.files.whole_file import locked, write_whole
from review.store.files.whole_folder import check_own_folder

PLAN = "scan.json"
_LOCK = ".lock"
_WORK = ".work"
_PARTS = "parts"
_PART = re.compile(r"part-\d{5,}")
"""What a part is called."""
_SAYS_SO = b'{"holds": "a scan"}\n'
"""What stands in `scan.json`."""


def check_scan_folder(path: Path) -> None:
    """Raises OutputError when `path` is something else than a new, an empty or a scan's folder."""
    check_own_folder(path, "a scan", _is_scan, frozenset((_LOCK, _WORK)))


def _is_scan(path: Path) -> bool:
    return (path / PLAN).is_file() and (path / PLAN).read_bytes() == _SAYS_SO


@dataclass(frozen=True, slots=True)
class ScanFolder:
    """The folder of a scan, in which `counts` are counted of every page."""

    path: Path
    counts: tuple[str, ...]

    @property
    def work(self) -> Path:
        """Where is kept what is gone when the scan ends."""
        return self.path / _WORK

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the folder for one scan alone; what a scan that was killed left over is gone.

        Raises OutputError when it cannot be written or another scan works in it.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with locked(self.path / _LOCK):
                write_whole(self.path / PLAN, _SAYS_SO)
                for folder in (*PART_TABLES, _PARTS):
                    (self.path / folder).mkdir(exist_ok=True)
                self._clear()
                self.work.mkdir()
                try:
                    yield
                finally:
                    self._clear()
        except OSError as error:
            fault = f"the folder cannot be written: {error.strerror}"
            remedy = "Free space, or name another."
            raise OutputError.at(InFile(str(self.path)), fault, remedy=remedy) from None

    def _clear(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        # What `write_whole` and `growing` had begun when a scan was killed.
        for folder in (self.path, *(self.path / name for name in (*PART_TABLES, _PARTS))):
            for left in folder.glob(".*.new"):
                left.unlink()

    def table(self, part: CorpusPart, name: str) -> Path:
        """Where a table of a part is."""
        return self.path / name / f"{part.name}.parquet"

    def write_part(self, part: CorpusPart, key: str, tables: Mapping[str, Sequence[Any]]) -> None:
        """Write the tables of a part, and at last the record that it is done.

        Raises OutputError when they cannot be written.
        """
        schemas = part_schemas(self.counts)
        for name, rows in tables.items():
            write_table(self.table(part, name), rows, schemas[name])
        files = {name: _digest(self.table(part, name)) for name in PART_TABLES}
        content = json.dumps({"key": key, "files": files}, sort_keys=True) + "\n"
        write_whole(self._record(part), content.encode())

    def is_done(self, part: CorpusPart, key: str) -> bool:
        """Whether a part was scanned with exactly this `key` and its tables are as they were written."""
        try:
            record = json.loads(self._record(part).read_bytes())
            return record["key"] == key and all(
                _digest(self.table(part, name)) == record["files"][name] for name in PART_TABLES
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def remove_others(self, parts: Sequence[CorpusPart]) -> None:
        """Remove what parts left that the corpus does not have any more."""
        known = {part.name for part in parts}
        for folder, ending in (*((name, ".parquet") for name in PART_TABLES), (_PARTS, ".json")):
            for path in (self.path / folder).glob(f"part-*{ending}"):
                # Only what a part can be called is a scan's; whatever else lies there is kept.
                if _PART.fullmatch(path.stem) and path.stem not in known:
                    path.unlink()

    def _record(self, part: CorpusPart) -> Path:
        return self.path / _PARTS / f"{part.name}.json"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
