"""What a report's own files say, as far as signing asks: only that is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from review.model.errors import InFile, InputError, Problem
from review.model.vocabulary import Action
from review.report.folder import MANIFEST
from review.report.seal.sealed_files import SealedFiles, place_of

REPORT = "report.json"
MAX_BYTES = 200_000_000
"""What a file that is read whole may hold."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A report made anew: the digest of its evidence, and the SHA-256 of every file that this gives.

    `otherwise` says what else than the evidence may make a difference; empty where nothing is known.
    """

    evidence: str
    files: Mapping[str, str]
    otherwise: str = ""

    def differences(self, digests: Mapping[str, str], outputs: Mapping[str, str]) -> Iterator[Problem]:
        """What the folder holds, or its manifest names, that this evidence does not give."""
        remedy = f"Make the report anew from this evidence, and read it again. {self.otherwise}".strip()
        for name in sorted({*self.files, *outputs}):
            if name not in self.files:
                yield place_of(name).problem("the evidence gives no such file", remedy=remedy)
            elif name not in digests:
                yield place_of(name).problem("the evidence gives it, and it is missing", remedy=remedy)
            elif digests[name] != self.files[name]:
                yield place_of(name).problem("it is not the file that the evidence gives", remedy=remedy)


class Manifest(BaseModel):
    """What `manifest.json` says of the files that were written."""

    outputs: dict[str, str]


class _Decision(BaseModel):
    on_earlier_evidence: bool


class _Claim(BaseModel):
    action: str
    decisions: tuple[_Decision, ...]

    @property
    def needs_a_decision(self) -> bool:
        """Whether it cannot stay on the page as it is without somebody deciding so."""
        return self.action != Action.MAY_STAND

    @property
    def is_decided(self) -> bool:
        """Whether its last decision was taken on the evidence of the report."""
        return bool(self.decisions) and not self.decisions[-1].on_earlier_evidence


class _Report(BaseModel):
    shows_verdicts: bool
    claims: tuple[_Claim, ...]


_Model = TypeVar("_Model", bound=BaseModel)


def read_json(path: Path, model: type[_Model], fault: str) -> _Model:
    """The JSON file at `path` as `model`. Raises InputError, saying `fault`, when it is not that."""
    try:
        if path.stat().st_size <= MAX_BYTES:
            return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        pass
    remedy = "Restore the file, or make it anew."
    raise InputError.at(InFile(path.name), fault, remedy=remedy) from None


def outputs_of(folder: Path) -> Mapping[str, str]:
    """The files that a report's manifest names, with their SHA-256. Raises InputError if unreadable."""
    return read_json(folder / MANIFEST, Manifest, "this is no manifest of a report").outputs


def report_problems(folder: Path, files: SealedFiles) -> Iterator[Problem]:
    """Why the folder cannot be signed: it is no report, or not the one that was written.

    Raises InputError where its manifest or its report cannot be read.
    """
    yield from files.problems
    missing = [name for name in (MANIFEST, REPORT) if name not in files.digests]
    for name in missing:
        remedy = "Name a report's folder."
        yield InFile(name).problem("it is missing: this folder is no report", remedy=remedy)
    if missing:
        return
    for name, digest in sorted({REPORT: "", **outputs_of(folder)}.items()):
        if files.digests.get(name) != digest:
            fault = "it is not the file that the manifest names"
            remedy = "Sign a report as it was written: make it anew."
            yield place_of(name).problem(fault, remedy=remedy)
    if not read_json(folder / REPORT, _Report, "this is no report").shows_verdicts:
        remedy = "Sign the director's or the clinic's."
        yield InFile(REPORT).problem("this report hides its verdicts", remedy=remedy)


def open_claims(folder: Path) -> int:
    """How many claims need a decision and have none that was taken on this evidence."""
    claims = read_json(folder / REPORT, _Report, "this is no report").claims
    return sum(claim.needs_a_decision and not claim.is_decided for claim in claims)
