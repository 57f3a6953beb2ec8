"""The one way in which this program starts another: nothing is looked for in the working folder.

Files of strangers lie there: pages to ingest, notebooks to mark. Python puts the folder it is started in
first in its search path (docs.python.org, `sys.path`, `-P`), so that a `signal.py` among them would run.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

_SEARCHED = ("PATH", "PYTHONPATH")


def python(*arguments: str) -> list[str]:
    """The command that starts this Python with `arguments`."""
    # -P beside the variable below: a process that is looked at shows what it was started with.
    return [sys.executable, "-P", *arguments]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a child: that of this process and `more`, with no path to where it stands."""
    return {**os.environ, **_without_here(), **(more or {})}


@contextmanager
def isolated() -> Iterator[None]:
    """While this is open, what libraries start in our name has that environment, too."""
    changed = _without_here()
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def run(
    command: Sequence[str],
    given: bytes = b"",
    seconds: float | None = None,
    more: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """What a command gives, with `given` on its standard input and `more` in its environment.

    Raises TimeoutError when it takes longer than `seconds`, and is ended; OSError when there is no
    such command.
    """
    try:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=seconds,
            check=False,
            env=environment(more),
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None


def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A command that runs beside this process; its standard input and output are pipes."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())


def _without_here() -> dict[str, str]:
    """The variables by which a child would look into the working folder, as they should be.

    An empty entry of a path, and a dot, mean the working folder; others may have been given on purpose,
    and are made absolute.
    """
    paths = {
        name: os.pathsep.join(
            os.path.abspath(folder)
            for folder in os.environ[name].split(os.pathsep)
            if os.path.normpath(folder or ".") != "."
        )
        for name in _SEARCHED
        if name in os.environ
    }
    return {**paths, "PYTHONSAFEPATH": "1"}
