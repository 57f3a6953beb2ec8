"""Witnesses: who can be asked about a reference, and the records of what they answered."""

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
from review.model.vocabulary import NOT_REPORTED, NoticeKind, Word, YesNo


class Witness(Word):
    """Who is asked about a reference: a service, or a question of its own to one."""

    PUBMED = "pubmed"
    CROSSREF = "crossref"
    CROSSREF_NOTICES = "crossref-notices"
    """Crossref asked the other way round: which notices name this work."""
    EUROPE_PMC = "europe-pmc"
    RETRACTION_WATCH = "retraction-watch"
    OPENALEX = "openalex"
    CLINICALTRIALS = "clinicaltrials"

    @property
    def full_name(self) -> str:
        """How a reader is told it."""
        return _NAMES[self]

    @property
    def knows_retractions(self) -> bool:
        """Whether it is a witness of its own to retractions.

        OpenAlex takes what it says from Retraction Watch, and lags; a registry holds no papers.
        """
        return self not in (Witness.OPENALEX, Witness.CLINICALTRIALS)


_NAMES = {
    Witness.PUBMED: "PubMed",
    Witness.CROSSREF: "Crossref",
    Witness.CROSSREF_NOTICES: "Crossref's notices",
    Witness.EUROPE_PMC: "Europe PMC",
    Witness.RETRACTION_WATCH: "Retraction Watch",
    Witness.OPENALEX: "OpenAlex",
    Witness.CLINICALTRIALS: "ClinicalTrials.gov",
}


class WitnessAnswer(Word):
    """What a witness answered; of what was not asked nothing is known."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    NOT_ASKED = "not-asked"


class Silence(Word):
    """Why a witness was not asked, or gave no answer that could be read."""

    NO_IDENTIFIER = "no-identifier"
    NEVER = "never"
    OTHER_IDENTIFIER = "other-identifier"
    OFFLINE = "offline"
    CANNOT_BE_ASKED = "cannot-be-asked"
    NO_CONNECTION = "no-connection"
    LATE = "late"
    REFUSED = "refused"
    BUDGET_SPENT = "budget-spent"
    UNAVAILABLE = "unavailable"
    REJECTED = "rejected"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    WRONG_FORM = "wrong-form"
    SERVICE_ERROR = "service-error"
    NOT_UNDERSTOOD = "not-understood"

    @property
    def phrase(self) -> str:
        """Why, as a sentence has it after "not asked:"."""
        return _WHY[self]

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return _REMEDIES.get(self, "Ask again later, with --refresh.")


_REMEDIES = {
    Silence.NO_IDENTIFIER: "Give its DOI or PubMed number in references.bib, where it has one.",
    Silence.NEVER: "Ask with --refresh.",
    Silence.OTHER_IDENTIFIER: "Ask with --refresh.",
    Silence.OFFLINE: "Ask with --refresh.",
    Silence.CANNOT_BE_ASKED: "Look it up by hand.",
    Silence.REJECTED: "Check the identifier in a browser.",
    Silence.NOT_UNDERSTOOD: "Look at its record by hand.",
}
_WHY = {
    Silence.NO_IDENTIFIER: "the reference has no identifier that it knows",
    Silence.NEVER: "nobody has asked yet",
    Silence.OTHER_IDENTIFIER: "it was asked by an identifier that the reference no longer has",
    Silence.OFFLINE: "no answer is kept, and nothing was to be sent",
    Silence.CANNOT_BE_ASKED: "it has no way to take this question",
    Silence.NO_CONNECTION: "it could not be reached",
    Silence.LATE: "it did not answer in time",
    Silence.REFUSED: "it refused more questions (429)",
    Silence.BUDGET_SPENT: "the allowance of the day was used up",
    Silence.UNAVAILABLE: "it was out of order",
    Silence.REJECTED: "it rejected the question",
    Silence.TRUNCATED: "its answer was cut short",
    Silence.TOO_LARGE: "its answer was too large",
    Silence.WRONG_FORM: "its answer was in another form",
    Silence.SERVICE_ERROR: "it reported a fault of its own",
    Silence.NOT_UNDERSTOOD: "its answer holds what is not known here",
}


class Side(Word):
    """What a record is to the notice that it speaks of."""

    SUBJECT = "subject"
    """The notice is about this paper."""
    NOTICE = "notice"
    """This record is the notice, and names the paper that it is about."""
    SUCCESSOR = "successor"
    """This paper takes the place of another, and names it."""


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
