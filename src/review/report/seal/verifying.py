"""Finding out whether a signed report is still what was signed, and what else its seal shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import (
    InFile,
    InOption,
    InputError,
    ParameterError,
    Problem,
    RunError,
    SealError,
)
from review.model.fields import utc_text
from review.report.folder import SIGNATURE
from review.report.seal.record import SKEW, Seal, Signature, chain_problems, missing_problems, named
from review.report.seal.report_files import Rebuilt, outputs_of, read_json
from review.report.seal.sealed_files import SealedFiles, sealed_files
from review.report.seal.ssh_key import fingerprint, is_of
from review.report.seal.time_stamp import answer_in, stamped_at

_PLACE = InFile(SIGNATURE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a seal is held against besides itself; what is left out is not expected.

    `digests` are those that were noted when it was signed, `signers` the file of allowed signers,
    `authority` the certificates of who stamps times.
    """

    digests: tuple[str, ...] = ()
    signers: Path | None = None
    authority: Path | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What is shown of one signature: the fingerprint of its key, and the time of its time stamp.

    The first is empty without a key, the second None without a time stamp that was checked.
    """

    signature: Signature
    key: str
    stamped: datetime | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A seal of which nothing changed, with what is shown of each signature."""

    seal: Seal
    proofs: tuple[Proof, ...]
    files: SealedFiles


def verify(folder: Path, now: datetime, expected: Expected | None = None) -> Verified:
    """What the seal of `folder` shows when nothing changed since it was signed.

    Raises SealError with every file that was changed, added or is missing, every signature that was
    altered, taken off or added, and everything expected that does not hold; InputError when there is no
    seal or it cannot be read; ParameterError where a file that is named is not there; RunError where
    OpenSSH or OpenSSL is needed and not there.
    """
    expected, folder = expected or Expected(), folder.absolute()
    check_files({"--signers": expected.signers, "--tsa": expected.authority})
    files, seal = sealed_files(folder), seal_in(folder)
    problems = [*seal_changes(folder, seal, files, now), *missing_problems(seal)]
    problems += _digest_problems(seal, expected.digests)
    try:
        proofs = [Proof(s, _key_of(s), _stamped(s, expected.authority)) for s in seal.signatures]
    except RunError as error:
        # That a program is not there hides no change.
        raise SealError([*problems, *error.problems]) if problems else error from None
    problems += _key_problems(seal, proofs, expected.signers)
    problems += _stamp_problems(seal, proofs, expected.authority)
    if problems:
        raise SealError(problems)
    return Verified(seal, tuple(proofs), files)


def check_rebuilt(folder: Path, verified: Verified, rebuilt: Rebuilt) -> None:
    """Raises SealError with every file of a verified report that its evidence does not give."""
    if problems := list(rebuilt.differences(verified.files.digests, outputs_of(folder))):
        raise SealError(problems)


def check_files(given: Mapping[str, Path | None]) -> None:
    """Raises ParameterError for every file, by its option, that is given and not there."""
    problems = [
        InOption(option, path.name).problem("there is no such file", remedy="Correct the path.")
        for option, path in given.items()
        if path is not None and not path.is_file()
    ]
    if problems:
        raise ParameterError(problems)


def seal_in(folder: Path) -> Seal:
    """The seal of a folder. Raises InputError when there is none, or it cannot be read."""
    if not (folder / SIGNATURE).is_file():
        remedy = "Sign the report with review sign."
        raise InputError.at(_PLACE, "the folder holds no signature", remedy=remedy)
    return read_json(folder / SIGNATURE, Seal, "this is not a readable signature")


def seal_changes(folder: Path, seal: Seal, files: SealedFiles, now: datetime) -> Iterator[Problem]:
    """Everything that is not as it was signed: files, signatures, and how the seal is written."""
    yield from files.changes(seal.files)
    yield from (problems := list(chain_problems(seal, now)))
    # A reader takes the last of two equal keys, another the first: only the bytes say what was signed.
    if not problems and (folder / SIGNATURE).read_bytes() != seal.content:
        fault = "it is not written as a seal is: keys twice, in another order, or other blanks"
        yield _PLACE.problem(fault, remedy="Restore the file as it was signed.")


def _key_of(signature: Signature) -> str:
    return (signature.key and fingerprint(signature.key, signature.signed_bytes)) or ""


def _stamped(signature: Signature, authority: Path | None) -> datetime | None:
    if signature.time_stamp is None or authority is None:
        return None
    return stamped_at(answer_in(signature.time_stamp), signature.stamped_digest, authority)


def _digest_problems(seal: Seal, noted: tuple[str, ...]) -> Iterator[Problem]:
    held = {signature.digest for signature in seal.signatures}
    for digest in noted:
        if digest.lower() not in held:
            fault = "no signature here has it: that one was taken off, or this is another report"
            yield InOption("--digest", digest).problem(fault, remedy="Restore what was signed.")


def _key_problems(seal: Seal, proofs: list[Proof], signers: Path | None) -> Iterator[Problem]:
    for number, proof in enumerate(proofs, start=1):
        signature, remedy = proof.signature, "Ask the signer, and restore what was signed."
        if signature.key and not proof.key:
            fault = f"{named(seal, number)} is not by the key that it names"
            yield _PLACE.problem(fault, remedy=remedy)
        elif signers and not signature.key:
            fault = f"{named(seal, number)} was made without a key"
            yield _PLACE.problem(fault, remedy="Sign with --key, or leave --signers out.")
        elif signers and signature.key and not _is_listed(signature, signers):
            fault = f"{named(seal, number)} is by the key {proof.key}, which is not listed for that name"
            yield _PLACE.problem(fault, remedy=remedy)


def _is_listed(signature: Signature, signers: Path) -> bool:
    return (
        signature.key is not None
        and signature.moment is not None
        and is_of(signature.reviewer, signature.key, signature.signed_bytes, signers, signature.moment)
    )


def _stamp_problems(seal: Seal, proofs: list[Proof], authority: Path | None) -> Iterator[Problem]:
    if authority is None:
        return
    for number, proof in enumerate(proofs, start=1):
        moment, remedy = proof.signature.moment, "Ask the signer, and restore what was signed."
        if proof.signature.time_stamp and proof.stamped is None:
            fault = f"the time stamp of {named(seal, number)} is none of this authority for it"
            yield _PLACE.problem(fault, remedy=remedy)
        elif proof.stamped and moment and moment > proof.stamped + SKEW:
            fault = f"{named(seal, number)} is of {proof.signature.date}, but was there on "
            yield _PLACE.problem(fault + utc_text(proof.stamped), remedy=remedy)
    if not proofs[-1].signature.time_stamp:
        fault = f"{named(seal, len(proofs))} has no time stamp"
        yield _PLACE.problem(fault, remedy="Put one on it with review stamp, or leave --tsa out.")
