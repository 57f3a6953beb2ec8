"""The seal of a signed report: what every file of it was, who signed, and whether it still is so.

A seal against change, not a qualified electronic signature: it shows that a file changed, and proves
nobody's identity. Whoever can write the folder can also make a new seal; a digest noted elsewhere tells
the two apart.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, ValidationError

from review.model.digest import digest_of
from review.model.errors import InField, InFile, InputError, ParameterError, Problem, SealError
from review.model.fields import IsoDate, Sha256, Text, Whole, iso_date
from review.model.record import Record
from review.model.visible import visible
from review.model.vocabulary import Action
from review.people.entries import Entered, day_problems, line_problems, optional_prose_problems
from review.report.folder import MANIFEST, SIGNATURE
from review.store.files.whole_file import locked, write_whole

NOTICE = "A seal against change, not a qualified electronic signature."
REPORT = "report.json"


class Signature(Record):
    """Who signed, when, with what words, and how many claims were still open.

    `digest` covers the files, the earlier signatures and this one: see `Seal.digest_at`.
    """

    reviewer: Text
    role: Text
    date: IsoDate
    statement: str
    open_claims: Whole
    digest: Sha256


class Seal(Record):
    """The files of a report with their SHA-256, by path below its folder, and who signed them."""

    notice: str
    files: dict[str, Sha256]
    signatures: Annotated[tuple[Signature, ...], Field(min_length=1)]

    def digest_at(self, number: int) -> str:
        """What the digest of signature `number` must be: that of the seal as it was when it was made."""
        data = self.model_dump(mode="json")
        data["signatures"] = data["signatures"][: number + 1]
        del data["signatures"][number]["digest"]
        return digest_of(data)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as entered: a date left empty is today, a statement may be left out."""

    reviewer: str
    role: str
    date: str = ""
    statement: str = ""


def sign(folder: Path, signer: Signer, today: date) -> Seal:
    """Seal the report in `folder`, or add a signature to its seal; gives the seal.

    Earlier signatures stay as they are. Raises SealError when something changed since the last one,
    InputError when the folder is no report or its files are not those that its manifest names, and
    ParameterError when the entry of the signer is wrong; then nothing is written.
    """
    folder = folder.absolute()
    # Beside the folder and not in it, where it would be a file that nobody signed.
    with locked(folder.with_name(f".{folder.name}.lock")):
        files = _files(folder)
        entry = list(_entry_problems(signer, today))
        earlier = _seal_in(folder) if (folder / SIGNATURE).exists() else None
        if earlier:
            entry += _order_problems(signer, earlier, today)
            if changes := list(_changes(earlier, files)):
                raise SealError([*changes, *entry])
        if problems := list(_report_problems(folder, files)):
            raise InputError([*problems, *entry])
        if entry:
            raise ParameterError(entry)
        seal = _signed(earlier, files.digests, signer, _open_claims(folder), today)
        text = json.dumps(seal.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
        write_whole(folder / SIGNATURE, text.encode())
    return seal


def verify(folder: Path) -> Seal:
    """The seal of `folder` when nothing changed since it was signed.

    Raises SealError with every file that was changed, added or is missing, and every signature that was
    altered; InputError when there is no seal or it cannot be read.
    """
    files = _files(folder.absolute())
    seal = _seal_in(folder)
    if changes := list(_changes(seal, files)):
        raise SealError(changes)
    return seal


@dataclass(frozen=True, slots=True)
class _Files:
    """The files below a folder with their SHA-256, and the names of what cannot be sealed."""

    digests: Mapping[str, str]
    others: frozenset[str]

    @property
    def problems(self) -> Iterator[Problem]:
        """That something is there which cannot be sealed."""
        fault = "it is a link, or no ordinary file with an ordinary name"
        for name in self.others:
            # A name that is no UTF-8 could be neither written into a seal nor printed.
            spelled = visible(name.encode("utf-8", "backslashreplace").decode())
            yield InFile(spelled).problem(fault, remedy="Put the file itself there, or remove it.")


def _files(folder: Path) -> _Files:
    if not folder.is_dir():
        fault = "there is no such folder"
        raise InputError.at(InFile(folder.name), fault, remedy="Name the folder of a report.")
    digests: dict[str, str] = {}
    others = set()
    for path in _entries(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_file() or not _is_utf8(name):
            others.add(name)
        elif name != SIGNATURE:
            digests[name] = _digest(path)
    return _Files(dict(sorted(digests.items())), frozenset(others))


def _entries(folder: Path) -> Iterator[Path]:
    """Everything below `folder` but the subfolders themselves; links are given, never followed."""
    # os.walk counts a link to a folder among the folders, and does not say so.
    for parent, folders, files in os.walk(folder):
        for name in files + [name for name in folders if (Path(parent) / name).is_symlink()]:
            yield Path(parent) / name


def _is_utf8(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        fault = f"it cannot be read: {error.strerror}"
        raise InputError.at(InFile(visible(path.name)), fault, remedy="Check its rights.") from None


def _seal_in(folder: Path) -> Seal:
    if not (folder / SIGNATURE).is_file():
        remedy = "Sign the report with review sign."
        raise InputError.at(InFile(SIGNATURE), "the folder holds no signature", remedy=remedy)
    return _read(folder / SIGNATURE, Seal, "this is not a readable signature")


def _changes(seal: Seal, files: _Files) -> Iterator[Problem]:
    yield from files.problems
    for name in sorted({*seal.files, *files.digests}):
        signed, present = seal.files.get(name), files.digests.get(name)
        place = InFile(visible(name))
        if signed is None:
            yield place.problem("it was added since the report was signed", remedy="Take it out.")
        elif present is None and name not in files.others:
            yield place.problem("it is missing since the report was signed", remedy="Restore it.")
        elif present is not None and present != signed:
            yield place.problem("it was changed since the report was signed", remedy="Restore it.")
    for number, signature in enumerate(seal.signatures):
        if signature.digest != seal.digest_at(number):
            fault = f"signature {number + 1}, of {visible(signature.reviewer)}, was altered"
            yield InFile(SIGNATURE).problem(fault, remedy="Restore the file as it was signed.")


def _entry_problems(signer: Signer, today: date) -> Iterator[Problem]:
    yield from line_problems(InField(Entered.REVIEWER), signer.reviewer)
    yield from line_problems(InField(Entered.ROLE), signer.role)
    yield from optional_prose_problems(InField(Entered.STATEMENT), signer.statement)
    if signer.date:
        yield from day_problems(InField(Entered.DATE), signer.date, today)


def _order_problems(signer: Signer, earlier: Seal, today: date) -> Iterator[Problem]:
    last, place = earlier.signatures[-1].date, InField(Entered.DATE)
    if not list(day_problems(place, signer.date or today.isoformat(), today)):
        day = iso_date(signer.date or today)
        if day < last:
            fault = f"{day.isoformat()} is before the last signature, {last.isoformat()}"
            yield place.problem(fault, remedy="Give the day on which you sign.")


def _signed(
    earlier: Seal | None, files: Mapping[str, str], signer: Signer, open_claims: int, today: date
) -> Seal:
    signature = Signature(
        reviewer=signer.reviewer,
        role=signer.role,
        date=iso_date(signer.date or today),
        statement=signer.statement.strip(),
        open_claims=open_claims,
        digest="0" * 64,  # stands in until the own one is known, and is no part of it
    )
    before = earlier.signatures if earlier else ()
    notice = earlier.notice if earlier else NOTICE
    seal = Seal(notice=notice, files=dict(files), signatures=(*before, signature))
    own = signature.model_copy(update={"digest": seal.digest_at(len(before))})
    return seal.model_copy(update={"signatures": (*before, own)})


# What is read of a report's own files: only what signing asks for.


class _Manifest(BaseModel):
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


def _read(path: Path, model: type[_Model], fault: str) -> _Model:
    """The JSON file at `path` as `model`. Raises InputError, saying `fault`, when it is not that."""
    try:
        return model.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        remedy = "Restore the file, or make it anew."
        raise InputError.at(InFile(path.name), fault, remedy=remedy) from None


def _report_problems(folder: Path, files: _Files) -> Iterator[Problem]:
    yield from files.problems
    missing = [name for name in (MANIFEST, REPORT) if name not in files.digests]
    for name in missing:
        remedy = "Name a report's folder."
        yield InFile(name).problem("it is missing: this folder is no report", remedy=remedy)
    if missing:
        return
    outputs = _read(folder / MANIFEST, _Manifest, "this is no manifest of a report").outputs
    for name, digest in sorted({REPORT: "", **outputs}.items()):
        if files.digests.get(name) != digest:
            fault = "it is not the file that the manifest names"
            remedy = "Sign a report as it was written: make it anew."
            yield InFile(visible(name)).problem(fault, remedy=remedy)
    if not _read(folder / REPORT, _Report, "this is no report").shows_verdicts:
        remedy = "Sign the director's or the clinic's."
        yield InFile(REPORT).problem("this report hides its verdicts", remedy=remedy)


def _open_claims(folder: Path) -> int:
    """How many claims need a decision and have none that was taken on this evidence."""
    claims = _read(folder / REPORT, _Report, "this is no report").claims
    return sum(claim.needs_a_decision and not claim.is_decided for claim in claims)
