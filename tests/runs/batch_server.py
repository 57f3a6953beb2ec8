"""Starts batches for the tests: each in a copy of this process, which is clean and has all loaded.

A copy of the tests' own process would lack the threads of the libraries that were used there, and wait
for them for ever. Reads one request a line as JSON: a `folder` and its `arguments` to start, or the id
of a process to `wait` for. Answers with the id, or with the status that `os.waitpid` gives.
"""

import json
import os
import signal
import sys
from pathlib import Path

from review.cli import main
from review.runs.fork_engine import preload


def run(folder: str, arguments: list[str]) -> None:
    """Run the command in `folder`, as the leader of a group; what it says goes to `said.txt`."""
    os.setsid()
    os.chdir(folder)
    said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["review", *arguments]
    main()


def start(folder: str, arguments: list[str]) -> int:
    """The id of a process that runs the command."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        run(folder, arguments)
        code = 0
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve() -> None:
    """Answer requests until there are none."""
    preload()
    for line in sys.stdin:
        request = json.loads(line)
        if "wait" in request:
            _, answer = os.waitpid(request["wait"], 0)
        else:
            answer = start(str(Path(request["folder"])), request["arguments"])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
