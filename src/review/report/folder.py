"""The folder of a report: all of it or nothing, and never over something else."""

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from pydantic import BaseModel, ValidationError

from review.model.errors import InFile, OutputError, Problem
from review.report.formats.exports.crate import CRATE
from review.report.model import Report
from review.store.files.whole_folder import replace_folder

MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
MOST_NAMED = 20
"""How many files that stand in the way of a report are named."""
_LARGEST_MANIFEST = 20_000_000
"""Bytes of a manifest; a larger one is none of ours."""
_REMEDY = "Move it away, or name another folder."


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
        data[part] = dict(sorted({**data.get(part, {}), name: _digest(content)}.items()))
    return _manifest_bytes(data)


def with_outputs(manifest: bytes, contents: Mapping[str, bytes]) -> bytes:
    """A manifest that also names the files of `contents`, but itself and the crate, which names it."""
    data = json.loads(manifest)
    named = {
        name: _digest(content) for name, content in contents.items() if name not in (MANIFEST, CRATE)
    }
    data["outputs"] = dict(sorted({**data.get("outputs", {}), **named}.items()))
    return _manifest_bytes(data)


def _manifest_bytes(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def check_target(folder: Path, own: Collection[str] = ()) -> None:
    """Raises OutputError when a report cannot be written to `folder`, before any work is done.

    What stands there is replaced only where its manifest names every file, each as it is: whatever else
    is there was put or changed there by somebody, and is named. Files whose names are `own` may have
    changed.
    """
    if folder.exists() and not folder.is_dir():
        remedy = "Name a folder for the report."
        raise OutputError.at(InFile(str(folder)), "this is a file", remedy=remedy)
    if (folder / SIGNATURE).exists():
        fault = "the report here is signed, and a signed report is kept as it is"
        raise OutputError.at(InFile(str(folder)), fault, remedy="Name another folder.")
    if folder.exists() and (problems := list(islice(_not_ours(folder, own), MOST_NAMED + 1))):
        if len(problems) > MOST_NAMED:
            fault = "it holds more that is no part of a report"
            problems[-1] = InFile(str(folder)).problem(fault, remedy="Name another folder.")
        raise OutputError(problems)
    # The folder may not be there yet: the nearest one above it that is decides.
    parent = next(path for path in folder.absolute().parents if path.exists())
    if not all(os.access(path, os.W_OK) for path in (folder, parent) if path.exists()):
        raise OutputError.at(InFile(str(folder)), "the folder cannot be written", remedy="Name another.")


def _not_ours(folder: Path, own: Collection[str]) -> Iterator[Problem]:
    """What is below `folder` and is not as a report with the manifest that lies there wrote it."""
    ours = {**dict.fromkeys(own, ""), **_written(folder)}
    for path in _entries(folder):
        name = path.relative_to(folder).as_posix()
        if name not in ours or path.is_symlink() or not path.is_file():
            fault = "it is no part of a report that could be replaced"
        elif name not in own and _digest_in(path) != ours[name]:
            fault = "it was changed since it was written"
        else:
            continue
        yield InFile(str(path)).problem(fault, remedy=_REMEDY)


def _entries(folder: Path) -> Iterator[Path]:
    """Every file and link below `folder`, and the folders that hold nothing or cannot be read."""
    unread: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unread.append):
        here = Path(parent)
        # os.walk counts a link to a folder among the folders.
        yield from (
            here / name for name in (*files, *folders) if name in files or (here / name).is_symlink()
        )
        if not files and not folders and here != folder:
            yield here
    yield from (Path(error.filename) for error in unread)


class _Manifest(BaseModel):
    outputs: dict[str, str]


def _written(folder: Path) -> dict[str, str]:
    """The files that were written together with the manifest in `folder`, with their digests."""
    path = folder / MANIFEST
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LARGEST_MANIFEST:
            return {}
        content = path.read_bytes()
        outputs = _Manifest.model_validate_json(content).outputs
    except (OSError, ValidationError):
        return {}
    own = {MANIFEST: _digest(content)}
    # The crate names the manifest, so that the manifest cannot name the crate.
    crate = folder / CRATE
    if crate.is_file() and own[MANIFEST].encode() in crate.read_bytes():
        own[CRATE] = _digest_in(crate)
    return {**outputs, **own}


def _digest_in(path: Path) -> str:
    """The digest of a file; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def write_folder(folder: Path, contents: Mapping[str, bytes], own: Collection[str] = ()) -> None:
    """Write all files of `contents` into `folder`, replacing an earlier report as a whole.

    A name may lead into a folder below; the manifest among them names them all. A run that dies leaves
    the earlier report or the new one, never half of one. Raises OutputError when it cannot, as
    `check_target` does.
    """
    named = {**contents, MANIFEST: with_outputs(contents[MANIFEST], contents)}
    replace_folder(folder, named, "report", partial(check_target, own=own))
