"""The records of what witnesses answered about references."""

import re
from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from review.model.fields import BibKey, IsoDate, Sha256, Text
from review.model.record import Record
from review.model.vocabulary import NOT_REPORTED, NoticeKind, YesNo
from review.model.witness_words import Side, Silence, Witness, WitnessAnswer

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _day_as_given(value: str) -> str:
    if value != NOT_REPORTED:
        if not _DAY.fullmatch(value):
            raise ValueError("write the date as YYYY, YYYY-MM or YYYY-MM-DD, or not_reported")
        first_day(value)
    return value


def first_day(given: str) -> date:
    """The first day that a date as exact as it is given can mean. Raises ValueError where none is."""
    try:
        return date.fromisoformat(f"{given}-01-01"[:10])
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def last_day_of(given: str) -> date:
    """The last day that a date as exact as it is given can mean."""
    first = first_day(given)
    if len(given) == 10:
        return first
    months = first.month if len(given) == 7 else 12
    return date(first.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


DayAsGiven = Annotated[Text, AfterValidator(_day_as_given)]
_MARK = r"^(doi:10\.[0-9]{4,9}/[^\s|]+|pmid:[1-9][0-9]{0,7}|ppr:PPR[0-9]+|nct:NCT[0-9]{8}|row:[0-9]+)$"
Mark = Annotated[str, StringConstraints(pattern=_MARK)]
"""What names a work everywhere, with its kind before it.

`ppr` is a preprint of Europe PMC, `row` a row of Retraction Watch's file.
"""


def is_mark(text: str) -> bool:
    """Whether a text is an identifier with its kind before it, as records have it."""
    return re.fullmatch(_MARK, text) is not None


def _parts(value: object) -> object:
    """The parts of a cell; what is no text is given back as it is."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split("|")) if value.strip() else ()


_Parted = BeforeValidator(_parts), PlainSerializer("|".join, return_type=str, when_used="json")
Marks = Annotated[tuple[Mark, ...], *_Parted]
Names = Annotated[tuple[Text, ...], *_Parted]


class Testimony(Record):
    """What a witness answered about a study, and by which of its identifiers it was asked.

    `asked` is the day on which the witness gave its answer, of a file the day up to which it reaches; of
    a question without an answer the day on which it was tried. `digest` is the SHA-256 of the answer.
    `replayed` marks what came from a replay server, as in tests, and so is no answer of a service.
    """

    study: BibKey
    witness: Witness
    asked: IsoDate
    by: Marks
    answer: WitnessAnswer
    why: Silence | None = None
    digest: Sha256 | None = None
    replayed: YesNo = YesNo.NO

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        is_asked = self.answer is not WitnessAnswer.NOT_ASKED
        if is_asked == (self.why is not None):
            raise ValueError("only what was not asked has a why, and it needs one")
        if is_asked and self.digest is None:
            raise ValueError("an answer has the digest of what came")
        if not self.by:
            raise ValueError("name the identifier by which it was asked")
        return self


class WitnessRecord(Record):
    """How a witness names a study, as it stands there; empty is what it does not say.

    `authors` are `Family, Given`, of a body the whole name; `years` are all years that it gives, on the
    screen and on paper.
    """

    study: BibKey
    witness: Witness
    title: str = ""
    authors: Names = ()
    journal: str = ""
    years: Names = ()
    volume: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""


class WitnessNotice(Record):
    """A notice that a witness names with a study, in our kind and in its own word.

    `side` tells whether the notice is about the study, or the reference is itself the notice. `notice`
    are the identifiers of the notice, or, of a notice, those of the paper that it is about.
    """

    study: BibKey
    witness: Witness
    side: Side
    kind: NoticeKind
    date: DayAsGiven
    notice: Marks = ()
    word: Text
