"""The folder of a report: all of it or nothing, and never over something else."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from review.model.errors import InFile, OutputError
from review.report.model import Report
from review.store.files.whole_folder import replace_folder

MANIFEST = "manifest.json"
SIGNATURE = "signature.json"


def manifest(
    report: Report,
    contents: Mapping[str, bytes],
    parameters: Mapping[str, object],
    versions: Mapping[str, str],
) -> bytes:
    """What a run was made from and what it made: digests, parameters, rule and package versions."""
    return _manifest_bytes(
        {
            "evidence_review": report.provenance.version,
            "rules": list(report.provenance.methods),
            "parameters": dict(sorted(parameters.items())),
            "packages": dict(sorted(versions.items())),
            "evidence_digest": report.provenance.evidence_digest,
            "inputs": dict(report.provenance.files),
            "outputs": {name: _digest(content) for name, content in sorted(contents.items())},
        }
    )


def manifest_of(contents: Mapping[str, bytes], evidence_digest: str) -> bytes:
    """The manifest of files that are no report: their digests and that of the evidence."""
    outputs = {name: _digest(content) for name, content in sorted(contents.items())}
    return _manifest_bytes({"evidence_digest": evidence_digest, "outputs": outputs})


def with_notebook(manifest: bytes, name: str, source: bytes, executed: bytes) -> bytes:
    """A manifest that also names a notebook: as it was run among the inputs, and what it became."""
    data = json.loads(manifest)
    for part, content in (("inputs", source), ("outputs", executed)):
        data[part] = dict(sorted({**data[part], name: _digest(content)}.items()))
    return _manifest_bytes(data)


def _manifest_bytes(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_target(folder: Path) -> None:
    """Raises OutputError when a report cannot be written to `folder`, before any work is done."""
    if folder.exists() and not folder.is_dir():
        remedy = "Name a folder for the report."
        raise OutputError.at(InFile(str(folder)), "this is a file", remedy=remedy)
    # Only what has a manifest is a report of ours; anything else is never written over.
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        fault = "the folder holds something that is not a report"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Name a new or empty folder.")
    if (folder / SIGNATURE).exists():
        fault = "the report here is signed, and a signed report is kept as it is"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Name another folder.")
    # The folder may not be there yet: the nearest one above it that is decides.
    parent = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not os.access(parent, os.W_OK):
        raise OutputError.at(InFile(str(folder)), "the folder cannot be written", remedy="Name another.")


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write all files of `contents` into `folder`, replacing an earlier report as a whole.

    A name may lead into a folder below. A run that dies leaves the earlier report or none, never half of
    one. Raises OutputError when it cannot.
    """
    check_target(folder)
    replace_folder(folder, contents, "report")
