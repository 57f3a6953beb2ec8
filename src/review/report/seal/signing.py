"""Signing a report, and putting a time stamp on what was signed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import InField, InOption, InputError, ParameterError, Problem, SealError
from review.model.fields import utc_text
from review.model.vocabulary import Meaning
from review.people.entries import Entered, line_problems, optional_prose_problems
from review.report.folder import SIGNATURE
from review.report.seal.record import SKEW, Seal, Signature, unsigned
from review.report.seal.report_files import Rebuilt, open_claims, outputs_of, report_problems
from review.report.seal.sealed_files import SealedFiles, sealed_files
from review.report.seal.ssh_key import signed_with
from review.report.seal.time_stamp import request, stamped_at, text_of
from review.report.seal.verifying import check_files, seal_changes, seal_in
from review.store.files.whole_file import locked, write_whole


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as entered: the printed name, the role, what it means; a statement may be left out.

    `of` is how many are to sign in all, where that is said. `key` is the file of an OpenSSH key.
    """

    reviewer: str
    role: str
    meaning: str
    statement: str = ""
    of: int | None = None
    key: Path | None = None


def sign(folder: Path, signer: Signer, now: datetime, rebuilt: Rebuilt | None = None) -> Seal:
    """Seal the report in `folder`, or add a signature to its seal, at the moment `now`; gives the seal.

    Earlier signatures stay as they are. With the report `rebuilt` from its evidence, only what that
    gives is signed. Raises SealError when something changed since the last signature, InputError when
    the folder is no report or its files are not those that its manifest names or its evidence gives,
    ParameterError when the entry of the signer is wrong or the key cannot sign, RunError where OpenSSH
    is not there; then nothing is written.
    """
    folder = folder.absolute()
    with _locked(folder):
        earlier, files = _ready(folder, signer, now)
        if rebuilt and (problems := list(rebuilt.differences(files.digests, outputs_of(folder)))):
            raise InputError(problems)
        before = earlier or unsigned(files.digests)
        seal = before.with_signature(_signature(signer, open_claims(folder), now, rebuilt))
        if signer.key:
            own = seal.signatures[-1]
            signature = signed_with(signer.key, own.signed_bytes)
            seal = seal.with_last(own.model_copy(update={"key": signature}))
        write_whole(folder / SIGNATURE, seal.content)
    return seal


def check_signing(folder: Path, signer: Signer, now: datetime) -> None:
    """Raises what `sign` would, but for what the evidence and the key say; nothing is written."""
    folder = folder.absolute()
    # What another signer has half written is no fault of the report.
    with _locked(folder):
        _ready(folder, signer, now)


def _ready(folder: Path, signer: Signer, now: datetime) -> tuple[Seal | None, SealedFiles]:
    """The seal that is there already, and the files to sign. Raises whatever forbids to sign them."""
    files = sealed_files(folder)
    entry = list(_entry_problems(signer))
    earlier = seal_in(folder) if (folder / SIGNATURE).exists() else None
    if earlier:
        entry += _number_problems(signer, earlier)
        if changes := list(seal_changes(folder, earlier, files, now)):
            raise SealError([*changes, *entry])
    if problems := list(report_problems(folder, files)):
        raise InputError([*problems, *entry])
    if entry:
        raise ParameterError(entry)
    return earlier, files


def _locked(folder: Path) -> AbstractContextManager[None]:
    # Beside the folder and not in it, where it would be a file that nobody signed.
    return locked(folder.with_name(f".{folder.name}.lock"))


def _signature(signer: Signer, left_open: int, now: datetime, rebuilt: Rebuilt | None) -> Signature:
    return Signature(
        reviewer=signer.reviewer,
        role=signer.role,
        meaning=Meaning(signer.meaning),
        date=utc_text(now),
        statement=signer.statement.strip(),
        open_claims=left_open,
        of=signer.of,
        evidence=rebuilt.evidence if rebuilt else None,
        digest="0" * 64,  # stands in until the own one is known, and is no part of it
    )


def _entry_problems(signer: Signer) -> Iterator[Problem]:
    yield from line_problems(InField(Entered.REVIEWER), signer.reviewer)
    yield from line_problems(InField(Entered.ROLE), signer.role)
    yield from optional_prose_problems(InField(Entered.STATEMENT), signer.statement)
    meanings = [str(meaning) for meaning in Meaning]
    if signer.meaning not in meanings:
        given = f"{signer.meaning!r} is no meaning" if signer.meaning else "nothing says what it means"
        remedy = f"Use one of {', '.join(meanings)}."
        yield InField(Entered.MEANING).problem(f"{given} of a signature", remedy=remedy)
    if signer.of is not None and signer.of < 1:
        yield InOption("--of").problem("nobody would sign", remedy="Count this signature, too.")
    if signer.key is not None and not signer.key.is_file():
        place = InOption("--key", signer.key.name)
        yield place.problem("there is no such file", remedy="Name the file of an OpenSSH key.")


def _number_problems(signer: Signer, earlier: Seal) -> Iterator[Problem]:
    announced, number = earlier.announced, len(earlier.signatures) + 1
    if announced is not None and signer.of not in (None, announced):
        fault = f"an earlier signer said that {announced} sign"
        yield InOption("--of").problem(fault, remedy=f"Use {announced}, or leave it out.")
    if number > (announced or signer.of or number):
        fault = f"this would be signature {number} of {announced or signer.of}"
        remedy = "Announce as many as sign; a report made anew can be signed by more."
        yield InOption("--of").problem(fault, remedy=remedy)


def stamp_request(folder: Path, now: datetime) -> bytes:
    """The question that asks an authority for a time stamp of the last signature (RFC 3161).

    Raises SealError when something changed since it was signed, InputError where there is no seal,
    RunError where OpenSSL is not there.
    """
    return request(_unchanged(folder.absolute(), now).signatures[-1].stamped_digest)


def stamp(folder: Path, answer: bytes, authority: Path, now: datetime) -> datetime:
    """Put the answer of a time stamping authority on the last signature; gives the time that it shows.

    `authority` holds the certificates that are trusted. Raises SealError when something changed since
    it was signed, InputError where the answer is none for this signature or there is no seal,
    ParameterError where the certificates are not there, RunError where OpenSSL is not; then nothing is
    written.
    """
    folder = folder.absolute()
    check_files({"--tsa": authority})
    with _locked(folder):
        seal = _unchanged(folder, now)
        last = seal.signatures[-1]
        shown = stamped_at(answer, last.stamped_digest, authority)
        if shown is None:
            remedy = "Ask for it with --request after the last signature, and name who is trusted."
            fault = "it is no time stamp of the last signature by this authority"
            raise InputError.at(InOption("--reply"), fault, remedy=remedy)
        if last.moment is None or last.moment > shown + SKEW:
            fault = f"it is of {utc_text(shown)}, and the signature says {last.date}"
            raise InputError.at(InOption("--reply"), fault, remedy="Set the clock right, and sign anew.")
        stamped = last.model_copy(update={"time_stamp": text_of(answer)})
        write_whole(folder / SIGNATURE, seal.with_last(stamped).content)
    return shown


def _unchanged(folder: Path, now: datetime) -> Seal:
    files, seal = sealed_files(folder), seal_in(folder)
    if changes := list(seal_changes(folder, seal, files, now)):
        raise SealError(changes)
    return seal
