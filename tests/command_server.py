"""Starts the command for the tests: each time a copy of this process, which is clean and has all loaded.

A copy of the tests' own process would lack the threads of the libraries that were used there, and wait
for them for ever. Reads one request a line as JSON: the `arguments` to start with, the `folder`, the
`environment` and where the output goes; or the id of a process to `look` for. Answers with the id, or
with how the process ended, as `subprocess` tells it; null while it runs.
"""

import json
import os
import signal
import sys
import tempfile
from pathlib import Path

from small_folder import write_small_folder

import review.literature.search
import review.scan.run  # noqa: F401
from review.cli import main
from review.report.explain import explained
from review.runs.fork_engine import preload
from review.workbench import open_review


def run(request):
    """Run the command as the leader of a group."""
    os.setsid()
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, request["stdout"]), (2, request["stderr"])):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["review", *request["arguments"]]
    main()


def start(request):
    """The id of a process that runs the command."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        run(request)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def look(process):
    """How a process has ended; None while it runs."""
    ended, status = os.waitpid(process, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def read_once():
    """Read what comes with the package, and compile its phrases, as every command does on its own."""
    with tempfile.TemporaryDirectory() as place:
        list(explained(open_review([write_small_folder(Path(place) / "clinic")]), "home-001"))


def serve():
    """Answer requests until there are none."""
    preload()
    read_once()
    for line in sys.stdin:
        request = json.loads(line)
        answer = look(request["look"]) if "look" in request else start(request)
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
