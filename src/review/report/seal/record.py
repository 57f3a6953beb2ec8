"""What stands in `signature.json`, and what of it must agree: pure, no file is read here."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from review.model.days import last_day_begun
from review.model.digest import digest_of
from review.model.errors import InFile, Problem
from review.model.fields import Sha256, Text, Whole, iso_date, utc_time
from review.model.record import Record
from review.model.visible import on_one_line
from review.model.vocabulary import Meaning
from review.report.folder import SIGNATURE

NOTICE = (
    "A seal against change, not a qualified electronic signature. It shows that the files are those "
    "that were signed; who signed is shown by a key and a list of signers, when by a time stamp, and "
    "that no signature was taken off by a digest noted elsewhere."
)
SKEW = timedelta(minutes=5)
"""How far the clocks of two computers may differ before one of them counts as wrong."""

_PLACE = InFile(SIGNATURE)


def _day_or_time(text: str) -> str:
    # An earlier form held days only.
    utc_time(text) if "T" in text else iso_date(text)
    return text


class Signature(Record):
    """Who signed, when, what it means, and how many claims were still open.

    `of` is how many signatures the report is to carry, where a signer has said so. `evidence` is the
    digest of the evidence from which the report was rebuilt when it was signed. `digest` covers the
    files, the earlier signatures and this one: see `Seal.digest_at`. `key` is the OpenSSH signature of
    the digest, `time_stamp` the answer of a time stamping authority, in base64.
    """

    reviewer: Text
    role: Text
    meaning: Meaning | None = None
    date: Annotated[str, AfterValidator(_day_or_time)]
    statement: str
    open_claims: Whole
    of: Whole | None = None
    evidence: Sha256 | None = None
    digest: Sha256
    key: Text | None = None
    time_stamp: Text | None = None

    @property
    def moment(self) -> datetime | None:
        """When it was signed, by the signer's clock; None where only the day is known."""
        return utc_time(self.date) if "T" in self.date else None

    @property
    def signed_bytes(self) -> bytes:
        """What the signer's key signs: the digest on a line."""
        return f"{self.digest}\n".encode()

    @property
    def stamped_digest(self) -> str:
        """What a time stamp is asked for: the digest of this signature with its key's."""
        return digest_of(self.model_dump(mode="json", exclude_none=True, exclude={"time_stamp"}))

    def is_to_come(self, now: datetime) -> bool:
        """Whether it says to be of a time that has not come yet."""
        if self.moment is None:
            return iso_date(self.date) > last_day_begun(now)
        return self.moment > now + SKEW


class Seal(Record):
    """The files of a report with their SHA-256, by path below its folder, and who signed them.

    `count` and `head` bind each signature to those after it; an earlier form lacks them.
    """

    notice: str
    files: dict[str, Sha256]
    signatures: Annotated[tuple[Signature, ...], Field(min_length=1)]
    count: Whole | None = None
    head: Sha256 | None = None

    @property
    def content(self) -> bytes:
        """The file that holds it, in the one form in which it is written."""
        data = self.model_dump(mode="json", exclude_none=True)
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    def digest_at(self, number: int) -> str:
        """What the digest of signature `number` must be: that of the seal as it was when it was made."""
        data = self.model_dump(mode="json", exclude_none=True, exclude={"count", "head"})
        data["signatures"] = data["signatures"][: number + 1]
        for own in ("digest", "key", "time_stamp"):
            data["signatures"][number].pop(own, None)
        return digest_of(data)

    @property
    def closed(self) -> "Seal":
        """The same with its count and its head."""
        counted = self.model_copy(update={"count": len(self.signatures), "head": None})
        head = digest_of(counted.model_dump(mode="json", exclude_none=True))
        return counted.model_copy(update={"head": head})

    @property
    def announced(self) -> int | None:
        """How many signatures there are to be; None where no signer has said so."""
        return next((s.of for s in self.signatures if s.of is not None), None)

    def with_signature(self, signature: Signature) -> "Seal":
        """The seal with one more signature, whose digest is still to be made."""
        unsealed = {"count": None, "head": None}
        added = self.model_copy(update={"signatures": (*self.signatures, signature), **unsealed})
        own = signature.model_copy(update={"digest": added.digest_at(len(self.signatures))})
        return added.with_last(own)

    def with_last(self, signature: Signature) -> "Seal":
        """The seal with another last signature, closed anew."""
        signatures = (*self.signatures[:-1], signature)
        return self.model_copy(update={"signatures": signatures}).closed


def unsigned(files: Mapping[str, str]) -> Seal:
    """The seal of some files, to be signed."""
    return Seal.model_construct(notice=NOTICE, files=dict(files), signatures=())


def chain_problems(seal: Seal, now: datetime) -> Iterator[Problem]:
    """That signatures were altered, taken off, added or put in another order, or are not yet made."""
    problems = [*_altered(seal), *_miscounted(seal)]
    # Whatever is altered alters the head as well.
    if not problems and _is_closed(seal) and seal.head != seal.closed.head:
        remedy = "Restore the file as it was signed."
        problems.append(_PLACE.problem("it is not what its last signer left", remedy=remedy))
    yield from problems
    for number, signature in enumerate(seal.signatures, start=1):
        if signature.is_to_come(now):
            fault = f"{named(seal, number)} is of {signature.date}, which is still to come"
            yield _PLACE.problem(fault, remedy="Set the clocks right, and sign the report anew.")


def _altered(seal: Seal) -> Iterator[Problem]:
    for number, signature in enumerate(seal.signatures):
        if signature.digest != seal.digest_at(number):
            fault = f"{named(seal, number + 1)} was altered, or what it covers"
            yield _PLACE.problem(fault, remedy="Restore the file as it was signed.")
        if signature.of not in (None, seal.announced):
            fault = f"{named(seal, number + 1)} announces {signature.of}, an earlier one another number"
            yield _PLACE.problem(fault, remedy="Sign the report anew.")


def _miscounted(seal: Seal) -> Iterator[Problem]:
    present, remedy = len(seal.signatures), "Restore the file as it was signed."
    if not _is_closed(seal):
        return
    if seal.count is None or seal.head is None:
        yield _PLACE.problem("its count of signatures, or its head, was taken out", remedy=remedy)
    elif seal.count > present:
        fault = f"of its {seal.count} signatures, {seal.count - present} was taken off"
        yield _PLACE.problem(fault, remedy=remedy)
    elif seal.count < present:
        fault = f"it was closed with {seal.count} signatures, and {present} stand there"
        yield _PLACE.problem(fault, remedy=remedy)
    elif seal.announced is not None and present > seal.announced:
        fault = f"{seal.announced} signatures were announced, and {present} stand there"
        yield _PLACE.problem(fault, remedy=remedy)


def _is_closed(seal: Seal) -> bool:
    """Whether it must have a count and a head: no signature of a later form comes without them."""
    later = any(signature.moment is not None for signature in seal.signatures)
    return later or seal.count is not None or seal.head is not None


def missing_problems(seal: Seal) -> Iterator[Problem]:
    """That fewer have signed than were announced."""
    present, announced = len(seal.signatures), seal.announced
    if announced is not None and present < announced:
        fault = f"{present} of {announced} signatures are here: others are to come, or were taken off"
        yield _PLACE.problem(fault, remedy="Let the others sign, or restore the file as it was signed.")


def named(seal: Seal, number: int) -> str:
    """A signature by its number and its signer, to be told."""
    return f"signature {number}, of {on_one_line(seal.signatures[number - 1].reviewer)},"
