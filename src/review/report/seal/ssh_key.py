"""Signatures by OpenSSH keys: made and checked by `ssh-keygen -Y`, see ssh-keygen(1)."""

import re
from datetime import datetime
from pathlib import Path

from review.model.errors import InOption, ParameterError
from review.report.seal.program import kept, reason, run

NAMESPACE = "evidence-review"
"""What the signatures are for, so that one made for something else never passes for one of a report."""
_PROGRAM = "ssh-keygen"
_FINGERPRINT = re.compile(r" key (SHA256:\S+)")


def signed_with(key: Path, message: bytes) -> str:
    """The signature of `message` by the key in the file `key`, or by its half that an agent holds.

    Raises ParameterError where it cannot sign, RunError where OpenSSH is not there.
    """
    done = run(_PROGRAM, "-Y", "sign", "-n", NAMESPACE, "-f", str(key.absolute()), given=message)
    if done.returncode:
        fault = f"it cannot sign: {reason(done)}"
        remedy = "Name a private key, and unlock it: type its passphrase, or add it to ssh-agent."
        raise ParameterError.at(InOption("--key", key.name), fault, remedy=remedy)
    return done.stdout.decode().strip()


def fingerprint(signature: str, message: bytes) -> str | None:
    """The fingerprint of the key that made `signature` of `message`; None where none did.

    Raises RunError where OpenSSH is not there.
    """
    with kept(f"{signature}\n".encode()) as file:
        done = run(_PROGRAM, "-Y", "check-novalidate", "-n", NAMESPACE, "-s", file, given=message)
    found = _FINGERPRINT.search(done.stdout.decode(errors="replace"))
    return found[1] if found and not done.returncode else None


def is_of(signer: str, signature: str, message: bytes, signers: Path, moment: datetime) -> bool:
    """Whether `signature` is by a key that the file `signers` lists for `signer` at that moment.

    The file is one of allowed signers, see ssh-keygen(1). Raises RunError where OpenSSH is not there.
    """
    # No program can be given it, and no list holds it.
    if "\0" in signer:
        return False
    when = f"verify-time={moment:%Y%m%d%H%M%S}Z"
    with kept(f"{signature}\n".encode()) as file:
        done = run(
            _PROGRAM, "-Y", "verify", "-O", when, "-f", str(signers.absolute()), "-I", signer,
            "-n", NAMESPACE, "-s", file, given=message,
        )  # fmt: skip
    return done.returncode == 0
