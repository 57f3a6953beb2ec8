"""Programs of others that a seal may use: OpenSSH's ssh-keygen and openssl, each run for one answer."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from review.model.errors import InCommand, RunError
from review.store import children

SECONDS = 120
"""How long a program may take: somebody may have to type a passphrase, or to touch a key."""


def run(name: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program `name` with `given` as its input, in words that do not hang on the language.

    Raises RunError where it is not installed, or does not end in time.
    """
    try:
        return children.run([name, *arguments], given, SECONDS, {"LC_ALL": "C"})
    except FileNotFoundError:
        fault, remedy = "it is not installed", "Install it: OpenSSH or OpenSSL, as it is named."
        raise RunError.at(InCommand(name), fault, remedy=remedy) from None
    except TimeoutError:
        fault = f"it did not end within {SECONDS} seconds"
        raise RunError.at(InCommand(name), fault, remedy="Unlock the key first.") from None


def reason(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a program said last before it failed."""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else f"exit code {done.returncode}"


@contextmanager
def kept(content: bytes) -> Iterator[str]:
    """A file that holds `content` for as long as a program needs it; gives its path."""
    with tempfile.TemporaryDirectory(prefix="review-seal-") as folder:
        path = Path(folder) / "content"
        path.write_bytes(content)
        yield str(path)
