"""The command as a user types it, for the tests: real processes, whose libraries are loaded once."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@cache
def _server():
    command = [sys.executable, str(Path(__file__).with_name("command_server.py"))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _asked(**request):
    _server().stdin.write(json.dumps(request) + "\n")
    _server().stdin.flush()
    return json.loads(_server().stdout.readline())


class Running:
    """A command that has begun, in a group of its own."""

    def __init__(self, *arguments, cwd=PROJECT, **environment):
        self._said = tempfile.TemporaryDirectory()
        self._files = {name: Path(self._said.name) / name for name in ("stdout", "stderr")}
        self._code = None
        self.arguments = [str(argument) for argument in arguments]
        self.pid = _asked(
            arguments=self.arguments,
            folder=str(cwd),
            environment=environment,
            **{name: str(path) for name, path in self._files.items()},
        )

    def poll(self):
        """How it has ended; None while it runs."""
        if self._code is None:
            self._code = _asked(look=self.pid)
        return self._code

    def so_far(self):
        """What it has said until now."""
        return "".join(path.read_text("utf-8") for path in self._files.values() if path.exists())

    def kill(self):
        """Kill the process, but nothing that it has started."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout=200):
        """Wait for the end; gives the exit code and what was said."""
        end = time.monotonic() + timeout
        while self.poll() is None:
            assert time.monotonic() < end, f"it took too long: {self.arguments}"
            time.sleep(0.02)
        said = {name: path.read_text("utf-8") for name, path in self._files.items()}
        return subprocess.CompletedProcess(self.arguments, self.poll(), **said)


def run_review(*arguments, cwd=PROJECT, **environment):
    """Run the command to its end; gives the exit code and what was said."""
    return Running(*arguments, cwd=cwd, **environment).wait()
