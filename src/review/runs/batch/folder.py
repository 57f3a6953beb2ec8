"""The folder of a batch: what was asked, what is done and what failed, told by digests alone.

A run is done when its record says so, the record is whole, it was made from exactly what would be used
now, and every file of its report has the digest that the record names. Everything else is missing.
Each file here is put in place whole, so that a batch that is killed leaves nothing that lies.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review.model.digest import digest_of
from review.model.errors import InFile, InPart, InputError, OutputError
from review.model.records import Evidence
from review.report.folder import MANIFEST, check_target
from review.runs.batch.feeds import says_the_same
from review.runs.batch.plan import FORMAT, BatchRun
from review.store.code import file_digest
from review.store.files.whole_file import locked, write_whole
from review.store.files.whole_folder import check_own_folder, clear_left_over

PLAN = "batch.json"
FAILED_LOG = "log.txt"
FAILED_NOTEBOOK = "partial.ipynb"

_SAME_ON = "says_the_same_on"
"""In a record: the digest of later evidence, on which the report would say what it says."""
_LOCK = ".lock"
_WORK = ".work"


@dataclass(frozen=True, slots=True)
class BatchFolder:
    """The folder of a batch."""

    path: Path

    def report(self, name: str) -> Path:
        """Where the report of a run is."""
        return self.path / "reports" / name

    def failed(self, name: str) -> Path:
        """Where the log and the partial notebook of a failed run are."""
        return self.path / "failed" / name

    def work(self, name: str) -> Path:
        """Where a run keeps what is gone when the batch ends."""
        return self.path / _WORK / name

    def _record(self, name: str) -> Path:
        return self.path / "runs" / f"{name}.json"

    def check(self) -> None:
        """Raises OutputError when this is something else than a new, an empty or a batch's folder."""
        check_own_folder(self.path, "a batch", _is_batch, frozenset((_LOCK, _WORK)))

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold the folder for one batch alone; what a batch that was killed left over is gone.

        Raises OutputError when it cannot be written or another batch works in it.
        """
        try:
            for folder in ("reports", "runs", "failed"):
                (self.path / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fault = f"the folder cannot be written: {error.strerror}"
            raise OutputError.at(InFile(str(self.path)), fault, remedy="Name another.") from None
        with locked(self.path / _LOCK):
            self._clear()
            try:
                yield
            finally:
                self._clear()

    def _clear(self) -> None:
        shutil.rmtree(self.path / _WORK, ignore_errors=True)
        clear_left_over(self.path / "reports")
        # What `write_whole` had begun when a batch was killed.
        for pattern in (".*.new", "runs/.*.json.new", "failed/*/.*.new"):
            for left in self.path.glob(pattern):
                left.unlink()

    def planned(self) -> dict[str, str]:
        """The key of every run of the last batch here; empty where none can be read."""
        data = _read(self.path / PLAN)
        return dict(data["keys"]) if data else {}

    def plan(self, runs: Sequence[BatchRun]) -> None:
        """Note what the batch is to do."""
        _write(self.path / PLAN, {"keys": {run.name: run.key for run in runs}})

    def done(self, run: BatchRun, evidence: Evidence) -> None:
        """Note that a run is done, with the digests of what it wrote.

        Raises OutputError when its report does not stand on `evidence`.
        """
        folder = self.report(run.name)
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if manifest["evidence_digest"] != evidence.digest:
            fault = "the report does not stand on the evidence that the batch read"
            raise OutputError.at(InPart("run", run.name), fault, remedy="Run the batch again.")
        outputs = {path.name: file_digest(path) for path in sorted(folder.iterdir())}
        self._forget_failure(run.name)
        _write(self._record(run.name), {"made_from": run.made_from, "outputs": outputs})

    def failure(self, run: BatchRun, log: str, notebook: str | None) -> None:
        """Keep the log and the partial notebook of a failed run, and no report of its own.

        A report that is signed, or in whose folder somebody put or changed something, is left as it is.
        Raises OutputError when they cannot be kept.
        """
        with suppress(OutputError):
            check_target(self.report(run.name), self.written(run.name))
            shutil.rmtree(self.report(run.name), ignore_errors=True)
        self._record(run.name).unlink(missing_ok=True)
        self._forget_failure(run.name)
        try:
            self.failed(run.name).mkdir(exist_ok=True)
        except OSError as error:
            fault = f"the log cannot be kept: {error.strerror}"
            raise OutputError.at(InPart("run", run.name), fault, remedy="Free space.") from None
        if notebook is not None:
            write_whole(self.failed(run.name) / FAILED_NOTEBOOK, notebook.encode())
        # Last, as it tells that the run has failed.
        write_whole(self.failed(run.name) / FAILED_LOG, log.encode())

    def _forget_failure(self, name: str) -> None:
        for kept in (FAILED_LOG, FAILED_NOTEBOOK):
            (self.failed(name) / kept).unlink(missing_ok=True)
        # What somebody put beside them stays.
        with suppress(OSError):
            self.failed(name).rmdir()

    def written(self, name: str) -> frozenset[str]:
        """The files of the report of a run, which may be replaced even where they are damaged."""
        return frozenset(_read(self._record(name)).get("outputs", ()))

    def why(self, run: BatchRun, evidence: Evidence) -> list[str]:
        """Why a run has to be run, one reason a line; empty when it is done and its report would be the
        same.
        """
        if (self.failed(run.name) / FAILED_LOG).exists():
            return ["it failed the last time"]
        record = _read(self._record(run.name))
        if not record:
            is_there = self._record(run.name).exists()
            return ["its record is damaged or of another version" if is_there else "there is none yet"]
        damaged = [
            f"{name} is missing or damaged"
            for name, digest in record["outputs"].items()
            if file_digest(self.report(run.name) / name) != digest
        ]
        before, now = record["made_from"], run.made_from
        if before == now:
            return damaged
        changes = [*damaged, *_changes(before, now, self._inputs(run.name), evidence.files)]
        if damaged or {**before, "evidence": now["evidence"]} != now:
            return changes
        if record.get(_SAME_ON) == now["evidence"]:
            return []
        if not says_the_same(self.report(run.name), run, evidence):
            return changes
        content = {key: record[key] for key in ("made_from", "outputs")}
        _write(self._record(run.name), {**content, _SAME_ON: now["evidence"]})
        return []

    def stands_on(self, run: BatchRun) -> str:
        """The digest of the evidence that the report of a run was made from."""
        return str(json.loads((self.report(run.name) / MANIFEST).read_text("utf-8"))["evidence_digest"])

    def _inputs(self, name: str) -> dict[str, str]:
        """The evidence files of the last report of a run, with their digests."""
        try:
            return dict(json.loads((self.report(name) / MANIFEST).read_text("utf-8"))["inputs"])
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def _changes(
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    files_before: Mapping[str, str],
    files_now: Mapping[str, str],
) -> Iterator[str]:
    words = {
        "code": "the code of this package",
        "notebook": "the notebook",
        "format": "the form of records",
    }
    yield from (f"{words[name]} changed" for name in words if before.get(name) != now[name])
    for part, word in (("packages", "package"), ("parameters", "parameter"), ("files", "the file for")):
        old, new = before.get(part, {}), now[part]
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                values = "" if part == "files" else f" from {old.get(name)!r} to {new.get(name)!r}"
                yield f"{word} {name} changed{values}"
    if before.get("rules") != now["rules"]:
        yield f"the rules changed from {before.get('rules')} to {now['rules']}"
    if before.get("evidence") != now["evidence"]:
        names = {*files_before, *files_now}
        changed = sorted(name for name in names if files_before.get(name) != files_now.get(name))
        yield f"the evidence changed: {', '.join(changed) or 'its parts'}"


def _is_batch(path: Path) -> bool:
    """Whether a folder holds a batch: its plan, or, where that is damaged, the record of a run."""
    return bool(_whole(path / PLAN)) or any(map(_whole, (path / "runs").glob("*.json")))


def _write(path: Path, content: Mapping[str, Any]) -> None:
    data = {"format": FORMAT, **content}
    text = json.dumps({**data, "digest": digest_of(data)}, ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(path, f"{text}\n".encode())


def _read(path: Path) -> dict[str, Any]:
    """What stands in a file of a batch; empty when it is missing, damaged or of another form."""
    data = _whole(path)
    return data if data.get("format") == FORMAT else {}


def _whole(path: Path) -> dict[str, Any]:
    """What stands in a file of a batch of any form; empty when it is missing or damaged."""
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        digest = data.pop("digest")
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return {}
    return data if digest == digest_of(data) else {}


def changed_since(
    folder: BatchFolder, runs: Sequence[BatchRun], evidence: Mapping[Any, Evidence]
) -> None:
    """Raises InputError when `runs` are not those of the batch that is to be resumed.

    A batch that was killed before it noted what it was to do can be resumed with anything.
    """
    planned = folder.planned()
    problems = []
    for run in runs:
        reasons = folder.why(run, evidence[run.folders])
        if planned and planned.get(run.name) != run.key and reasons:
            fault = f"this run is not the one that was begun: {'; '.join(reasons)}"
            remedy = "Run without --resume: what changed is run again."
            problems.append(InPart("run", run.name).problem(fault, remedy=remedy))
    if problems:
        raise InputError(problems)
