"""A process that makes reports for another one, which has threads and so cannot be copied itself.

It is started clean, loads the libraries once, and copies itself for every run. Jobs come as lines of
JSON on its standard input, answers go as lines of JSON to its standard output. All that it keeps is in
one folder, which goes with it: when its input is closed, it kills what runs and ends.
"""

import json
import os
import select
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from review.model.records import Evidence
from review.runs.batch.folder import BatchFolder
from review.runs.batch.one import hidden, log_of, partial_of, run_here
from review.runs.batch.parcel import unpacked
from review.runs.batch.plan import BatchRun
from review.runs.batch.pool import run_side_by_side
from review.runs.batch.worker import BLOBS
from review.runs.execute import Limits
from review.runs.fork_engine import preload
from review.runs.made_of import made_of
from review.runs.parameters import RunParameters
from review.runs.report_run import NOTEBOOK
from review.store.snapshot import held, read_evidence

_IDLE = 600_000
"""Milliseconds without a job after which nobody is thought to be there any more."""


@dataclass(slots=True)
class _Server:
    """What is kept from one run to the next."""

    folder: Path
    evidence: dict[str, tuple[tuple[Path, ...], Evidence]] = field(default_factory=dict)

    def answer(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Do a job; gives why it failed (empty when it did not), the log, the partial notebook, and
        the folder of its report.
        """
        here = self.folder / "job"
        shutil.rmtree(here, ignore_errors=True)
        notebook = here / NOTEBOOK
        notebook.parent.mkdir(parents=True)
        shutil.copyfile(self._blob(job["notebook"]), notebook)
        folders, evidence = self._evidence(job["evidence"])
        given = {**job["parameters"], **self._own_files(job["files"])}
        given["evidence"] = [str(folder) for folder in folders]
        run = BatchRun(job["run"], RunParameters.model_validate(given), notebook, {})
        batch = BatchFolder(here / "out")
        limits = Limits(job["seconds"], job["megabytes"])
        work = partial(run_here, run, batch, limits)
        problem = ""
        with held([(folders, evidence)]):
            for event in run_side_by_side([work], 1, _InputClosed(), limits.seconds):
                problem = event.problem or problem
        return {
            "problem": hidden(problem, run, batch),
            "log": log_of(run, batch),
            "partial": partial_of(run, batch),
            "report": str(batch.report(run.name)),
        }

    def _blob(self, digest: str) -> Path:
        return self.folder / BLOBS / digest

    def _evidence(self, digest: str) -> tuple[tuple[Path, ...], Evidence]:
        if digest not in self.evidence:
            folders = unpacked(self._blob(digest).read_bytes(), self.folder / "evidence" / digest)
            self.evidence[digest] = folders, read_evidence(folders)
        return self.evidence[digest]

    def _own_files(self, files: Mapping[str, tuple[str, str]]) -> dict[str, str]:
        """The files that the parameters name, each under the name that it had."""
        paths = {}
        for parameter, (digest, name) in files.items():
            path = self.folder / "files" / digest / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self._blob(digest), path)
            paths[parameter] = str(path)
        return paths


class _InputClosed:
    """Asks to stop at once when whoever sent the job has closed the input, or is gone."""

    def __init__(self) -> None:
        self._poll = select.poll()
        # No event is asked for: poll tells of a closed input all the same, and of nothing else.
        self._poll.register(0, 0)

    @property
    def asked(self) -> int:
        """2, which kills what runs, or 0."""
        return 2 if self._poll.poll(0) else 0


def serve() -> None:
    """Answer jobs until the input is closed."""
    # Ctrl-C is for whoever sends the jobs.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is printed goes to standard error from here on, so that it is never taken for an answer.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    with tempfile.TemporaryDirectory(prefix="review-server-") as folder:
        (Path(folder) / BLOBS).mkdir()
        server = _Server(Path(folder))
        preload()
        _tell(answers, {"folder": folder, "made_of": made_of()})
        waiting = select.poll()
        waiting.register(0, select.POLLIN)
        while waiting.poll(_IDLE):
            line = sys.stdin.readline()
            if not line.endswith("\n"):
                return
            _tell(answers, server.answer(json.loads(line)))


def _tell(answers: Any, content: Mapping[str, Any]) -> None:
    answers.write(json.dumps(content) + "\n")
    answers.flush()


if __name__ == "__main__":
    serve()
