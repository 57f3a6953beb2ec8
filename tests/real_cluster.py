"""A real scheduler of Dask with real workers, each a process of this machine."""

import json
import os
import subprocess
import sys
import time

import psutil

DASK = ("-P", "-m", "dask")


def wait_for(condition, seconds=150):
    """Wait until `condition` gives something, and give it."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
    return found


class Cluster:
    """A scheduler and its workers, each a process of this machine with a folder of its own."""

    def __init__(self, folder, program=DASK):
        self.folder = folder
        self.workers = []
        self.scheduler = self._start("scheduler", program, "scheduler", "--port", "0")
        self.address = wait_for(self._address)

    def _start(self, name, program, *command, **environment):
        (self.folder / name).mkdir()
        options = ("--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", "scheduler.json")
        with open(self.folder / name / "log.txt", "wb") as log:
            return subprocess.Popen(
                [sys.executable, *program, *command, *options],
                cwd=self.folder,
                env={**os.environ, "TMPDIR": str(self.folder / name), **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _address(self):
        try:
            return json.loads((self.folder / "scheduler.json").read_text("utf-8"))["address"]
        except (OSError, ValueError):
            return ""

    def add_worker(self, **environment):
        name = f"worker-{len(self.workers)}"
        # A worker that nobody starts again.
        command = ("worker", "--no-nanny", "--nthreads", "1", "--local-directory", name)
        self.workers.append(self._start(name, DASK, *command, **environment))
        return self.workers[-1]

    def with_workers(self, number):
        """This cluster, with that many workers that live."""
        while sum(worker.poll() is None for worker in self.workers) < number:
            self.add_worker()
        for place, worker in enumerate(self.workers):
            log = self.folder / f"worker-{place}" / "log.txt"
            wait_for(lambda: worker.poll() is not None or b"Registered to" in log.read_bytes())  # noqa: B023
        return self

    def stop(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def worker_of(self, process):
        """The worker that has begun a process."""
        ancestors = {parent.pid for parent in psutil.Process(process).parents()}
        return next(worker for worker in self.workers if worker.pid in ancestors)

    def left(self):
        """What servers of runs have left in the folders of the workers."""
        return [path.name for path in self.folder.glob("worker-*/review-*")]
