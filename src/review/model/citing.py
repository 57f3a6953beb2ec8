"""What a page cites: the places where it names a source, and whether the source says what is claimed."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    PlainSerializer,
    StringConstraints,
    field_validator,
    model_validator,
)

from review.model.fields import BibKey, ClaimId, FindingId, IsoDate, Slug, Text, Whole
from review.model.knowledge.phrases import parted
from review.model.record import Record
from review.model.vocabulary import NOT_APPLICABLE, Word

LONGEST_PRINTED = 2_000
"""Characters that one place may hold where a source is named."""


class Identity(Word):
    """Which source a page means, and how well it says so.

    - exact: the source is known, and nothing in what is printed is wrong or left out
    - with-faults: the source is known, and something in what is printed is wrong or left out
    - inferred: the page does not name it well enough to be sure; a person judged which one is meant
    - not-found: it is named, and was not found, or not where the page says
    - nameless: nothing is named by which it could be looked up ("studies show")
    """

    EXACT = "exact"
    WITH_FAULTS = "with-faults"
    INFERRED = "inferred"
    NOT_FOUND = "not-found"
    NAMELESS = "nameless"

    @property
    def is_known(self) -> bool:
        """Whether it is known which source is meant."""
        return self in (Identity.EXACT, Identity.WITH_FAULTS, Identity.INFERRED)


class CitedField(Word):
    """A part of a citation that can be wrong or left out; `place` is volume, issue and pages."""

    AUTHOR = "author"
    TITLE = "title"
    JOURNAL = "journal"
    YEAR = "year"
    PLACE = "place"
    DOI = "doi"
    LINK = "link"


class Scope(Word):
    """How a citation stands for claims.

    - mark: the text bears a mark, such as a number, that leads to it
    - sentence: it is named in their sentence, or in one that goes on with it
    - page: it is named for the page, as in a list of references; no word of the text leads to it
    """

    MARK = "mark"
    SENTENCE = "sentence"
    PAGE = "page"


class Fidelity(Word):
    """Whether a cited source says what a claim says.

    - says-so: it says so of just these people, this treatment and this outcome
    - says-less: it says so of others, less surely, or only in part
    - says-otherwise: it says the contrary
    - does-not-speak: somebody read it, and it says nothing of the matter
    - could-not-be-read: it is known, and nobody got at its words
    - cannot-be-found: nothing is named by which it could be found, or it was not found there
    - retracted: a retraction stands against it
    - unchecked: nobody has held the claim against it
    """

    SAYS_SO = "says-so"
    SAYS_LESS = "says-less"
    SAYS_OTHERWISE = "says-otherwise"
    DOES_NOT_SPEAK = "does-not-speak"
    COULD_NOT_BE_READ = "could-not-be-read"
    CANNOT_BE_FOUND = "cannot-be-found"
    RETRACTED = "retracted"
    UNCHECKED = "unchecked"

    @property
    def is_from_reading(self) -> bool:
        """Whether it tells what stands in the source, so that a finding can be named for it."""
        return self in (Fidelity.SAYS_SO, Fidelity.SAYS_LESS, Fidelity.SAYS_OTHERWISE)

    @property
    def fails(self) -> bool:
        """Whether the source does not bear the claim out as it is worded."""
        return self in (
            Fidelity.SAYS_LESS,
            Fidelity.SAYS_OTHERWISE,
            Fidelity.DOES_NOT_SPEAK,
            Fidelity.RETRACTED,
        )

    @property
    def advice(self) -> str:
        """What becomes of the citation (our convention); the verdict on the claim is another matter."""
        return _ADVICE[self]


_ADVICE = {
    Fidelity.SAYS_SO: "The citation may stay.",
    Fidelity.SAYS_LESS: "Say no more than the source says.",
    Fidelity.SAYS_OTHERWISE: "The cited source does not say so: it cannot be cited for this.",
    Fidelity.DOES_NOT_SPEAK: "The cited source says nothing of it: it cannot be cited for this.",
    Fidelity.COULD_NOT_BE_READ: "Get the source and read it.",
    Fidelity.CANNOT_BE_FOUND: "Show which source it is and where, or take the appeal to it out.",
    Fidelity.RETRACTED: "The source was retracted: it can be cited for nothing.",
    Fidelity.UNCHECKED: "Hold it against the source.",
}


class Citing(Word):
    """What is known of the sources that a page names.

    - cites: every sentence was read, and the page names sources
    - cites-nothing: every sentence was read, and the page names no source
    - read-in-part: sources are listed, and nobody says that the list is whole
    - not-looked-for: nobody has looked for sources on the page
    """

    CITES = "cites"
    CITES_NOTHING = "cites-nothing"
    READ_IN_PART = "read-in-part"
    NOT_LOOKED_FOR = "not-looked-for"


MISSING = "missing"
"""The word for a part of a citation that is left out."""


class Fault(Record):
    """What is wrong in one part of a citation: `missing`, or in words."""

    field: CitedField
    fault: Text

    @property
    def is_left_out(self) -> bool:
        """Whether the part is only left out, and not wrong."""
        return self.fault == MISSING

    @property
    def sentence(self) -> str:
        """The fault as a reader is told it."""
        part = _TOLD.get(self.field, self.field)
        return f"{part} left out" if self.is_left_out else f"{part}: {self.fault}"

    def __str__(self) -> str:
        """The fault as it is written in a cell."""
        return f"{self.field}: {self.fault}"


_TOLD = {CitedField.PLACE: "volume and pages", CitedField.DOI: "DOI"}
"""The parts that a reader knows by another name."""


def _faults(value: object) -> object:
    """Faults written as `field: what`, with `|` between them."""
    if not isinstance(value, str):
        return value
    parts: Any = parted(value)
    return tuple(_fault(part) for part in parts)


def _fault(written: str) -> dict[str, str]:
    field, colon, fault = written.partition(":")
    if not colon or field.strip() not in list(CitedField):
        fields = ", ".join(CitedField)
        raise ValueError(f"write each fault as field: what, the field one of {fields}")
    return {"field": field.strip(), "fault": fault.strip()}


def _joined(values: tuple[str, ...]) -> str:
    return "|".join(values)


def _joined_faults(faults: tuple[Fault, ...]) -> str:
    return _joined(tuple(map(str, faults)))


class Citation(Record):
    """A place where a page names a source: as printed, which source it is, for which claims it stands.

    Offsets count Unicode code points, `end` is exclusive. `study` is the key of the source, or not
    applicable where none is held. One of the whole page that names no claims stands for all of them.
    """

    citation: Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+-)*cit-[0-9]{4,}$")]
    page: Slug
    start: Whole
    end: Whole
    printed: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_PRINTED)]
    study: BibKey | Literal["not_applicable"]
    identity: Identity
    faults: Annotated[
        tuple[Fault, ...],
        BeforeValidator(_faults),
        PlainSerializer(_joined_faults, when_used="json"),
    ] = ()
    scope: Scope
    claims: Annotated[
        tuple[ClaimId, ...], BeforeValidator(parted), PlainSerializer(_joined, when_used="json")
    ] = ()
    reason: Text

    @property
    def has_study(self) -> bool:
        """Whether the source is one of the library, if only as it is printed here."""
        return self.study != NOT_APPLICABLE

    @property
    def is_for_whole_page(self) -> bool:
        """Whether it stands for all claims of its page."""
        return self.scope is Scope.PAGE and not self.claims

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.end - self.start != len(self.printed):
            span = self.end - self.start
            raise ValueError(f"{len(self.printed)} characters are printed, the offsets span {span}")
        if self.identity.is_known and not self.has_study:
            raise ValueError(f"a source that is {self.identity} has a study")
        if self.identity is Identity.NAMELESS and self.has_study:
            raise ValueError(f"a nameless source has no study: write {NOT_APPLICABLE}")
        if self.identity is Identity.EXACT and self.faults:
            raise ValueError("what has a fault is not exact")
        if self.identity is Identity.WITH_FAULTS and not self.faults:
            raise ValueError("with-faults names at least one fault")
        if len({fault.field for fault in self.faults}) < len(self.faults):
            raise ValueError("two faults are about the same field: write them as one")
        return self

    @field_validator("claims")
    @classmethod
    def _names_each_claim_once(cls, claims: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(claims)) < len(claims):
            raise ValueError("a claim is named twice")
        return claims


class FidelityJudgement(Record):
    """What a person judged of one claim and one cited source, with the finding that it rests on.

    `by` names the person, or the role of whoever drafted it; `date` is the day of the judgement.
    """

    citation: Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+-)*cit-[0-9]{4,}$")]
    claim: ClaimId
    fidelity: Fidelity
    finding: FindingId | Literal["not_applicable"]
    by: Text
    date: IsoDate
    reason: Text

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.fidelity is Fidelity.UNCHECKED:
            raise ValueError("what is unchecked has no row")
        if self.fidelity is Fidelity.RETRACTED:
            raise ValueError("a retraction is recorded as a notice in corrections.yml, not here")
        if self.fidelity.is_from_reading and self.finding == NOT_APPLICABLE:
            raise ValueError(f"{self.fidelity} names the finding of the study that it was read in")
        return self
