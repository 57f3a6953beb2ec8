"""The records of a review: frozen, typed, and refusing nonsense when they are built.

Every field arrives as text, as it stands in a file, and is converted when its record is built and
nowhere else. Words of the vocabularies must match exactly.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from review.model.citing import Citation, FidelityJudgement
from review.model.errors import InFile, Problem
from review.model.fields import (
    BibKey,
    ClaimId,
    Count,
    DateOrUnknown,
    Decimal,
    FindingId,
    IsoDate,
    Sha256,
    Slug,
    Text,
    UtcTime,
    WebAddress,
    Whole,
)
from review.model.knowledge.packs import Packs
from review.model.knowledge.subject import Subject
from review.model.record import Record
from review.model.vocabulary import (
    NOT_APPLICABLE,
    NOT_CHECKED,
    NOT_REPORTED,
    Category,
    Certainty,
    Checked,
    Concern,
    DecisionKind,
    DecisionScope,
    Design,
    Directness,
    Domain,
    EffectSize,
    Funding,
    Identifier,
    Importance,
    Measure,
    NoticeKind,
    OutcomeKind,
    PageFormat,
    PageKind,
    Polarity,
    Question,
    RelationKind,
    SearchKind,
    SearchStage,
    Species,
    Stance,
    Status,
    Target,
    TrialState,
    Upgrade,
    Wording,
    YesNo,
    spoken,
)

LONGEST_QUOTE = 5_000
"""Characters that a claim may quote."""


class Page(Record):
    """A text under review, kept as it was read. `text` is the file's content, `sha256` its digest.

    `citations_listed` is yes where somebody read every sentence for the sources that it names.
    """

    page: Slug
    title: Text
    kind: PageKind
    sha256: Sha256
    captured: DateOrUnknown
    url: WebAddress
    note: Text
    citations_listed: YesNo = YesNo.NO
    text: str


class Capture(Record):
    """What a page was read from, and what its reader did not put into the text.

    `sha256` and `size` (bytes) are those of the original, which is kept as it came. `only_walk` and
    `only_article` are the passages that one of the two readings of an HTML page kept and the other
    did not; `set_aside` are those that both left out on purpose, such as menus and footers.
    """

    page: Slug
    format: PageFormat
    source: Text
    sha256: Sha256
    size: Whole
    reading: Text
    notes: tuple[Text, ...]
    only_walk: tuple[Text, ...]
    only_article: tuple[Text, ...]
    set_aside: tuple[Text, ...]


class Quoted(Record):
    """Words of a page under an id; offsets count Unicode code points, `end` is exclusive."""

    claim: ClaimId
    page: Slug
    start: Whole
    end: Whole
    quote: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUOTE)]

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.end - self.start != len(self.quote):
            span = self.end - self.start
            raise ValueError(f"the quote has {len(self.quote)} characters, the offsets span {span}")
        if self.claim.rpartition("-")[0] != self.page:
            raise ValueError(f"the id must be {self.page}- and a number")
        return self


class Claim(Quoted):
    """One checkable assertion on a page."""

    category: Category
    wording: Wording
    checkworthy: YesNo
    proposition: Slug
    polarity: Polarity


class Refusal(Quoted):
    """Words of a page that somebody refused as a claim; the id is theirs and no claim gets it again."""

    reason: Text
    reviewer: Text
    date: IsoDate


class Proposition(Record):
    """The normalised, positive statement that one or more claims affirm or deny."""

    proposition: Slug
    topic: Slug
    question: Question
    species: Species
    statement: Text
    population: Text
    intervention: Text
    comparator: Text
    outcome: Text
    horizon: Text
    outcome_kind: OutcomeKind
    importance: Importance | None = None
    public_wording: Text | None = None
    wording_by: Text | None = None
    wording_rests_on: Sha256 | None = None

    @model_validator(mode="after")
    def _has_a_whole_wording(self) -> Self:
        given = [x is not None for x in (self.public_wording, self.wording_by, self.wording_rests_on)]
        if any(given) and not all(given):
            raise ValueError("a public wording has who wrote it and the digest of what it rests on")
        if self.public_wording is not None and self.public_wording[-1] not in ".!?":
            raise ValueError("the public wording must be a whole sentence that ends as one")
        return self

    @model_validator(mode="after")
    def _is_a_sentence(self) -> Self:
        if not self.statement.endswith("."):
            raise ValueError("the statement must be a sentence that ends with a full stop")
        if self.species is Species.MIXED:
            raise ValueError("a statement is about one species; split it")
        if self.question.is_graded and self.species is not Species.HUMAN:
            raise ValueError(f"a {self.question} question is about people; call it biology")
        has_outcome = self.outcome_kind is not OutcomeKind.NOT_APPLICABLE
        if self.question is Question.BIOLOGY and self.species is Species.HUMAN and has_outcome:
            raise ValueError(
                "what happens to people's health is no biology question; call it benefit or harm"
            )
        return self


class Finding(Record):
    """One result of a study. Numbers stand in their own fields; `result` says it in plain words."""

    finding: FindingId
    outcome: Text
    species: Species | None = None
    result: Text
    measure: Measure | None = None
    estimate: Decimal | None = None
    ci_low: Decimal | None = None
    ci_high: Decimal | None = None
    sd: Decimal | None = None
    unit: Text | None = None
    n_intervention: Whole | None = None
    n_control: Whole | None = None
    events_intervention: Whole | None = None
    events_control: Whole | None = None
    p: Text | None = None
    time_point: Text | None = None
    checked: Checked
    source: Text

    @property
    def events(self) -> int | None:
        """The events of both groups together; None where either is not given."""
        if self.events_intervention is None or self.events_control is None:
            return None
        return self.events_intervention + self.events_control

    @model_validator(mode="after")
    def _has_no_more_events_than_people(self) -> Self:
        for group in ("intervention", "control"):
            events, people = getattr(self, f"events_{group}"), getattr(self, f"n_{group}")
            if events is not None and (people is None or events > people):
                raise ValueError(f"events_{group} needs n_{group}, and is no more than it")
        return self

    @model_validator(mode="after")
    def _has_a_whole_interval(self) -> Self:
        if (self.ci_low is None) != (self.ci_high is None):
            raise ValueError("give both limits of the interval, or neither")
        if self.ci_low is not None and self.ci_high is not None and self.ci_low > self.ci_high:
            raise ValueError("the interval's limits are the wrong way round")
        return self


class Study(Record):
    """One report of `references.bib`: a trial, a review, a cell study, but also a label or notice.

    `includes` names the studies of this library that a systematic review says it includes, and is left
    out where its list was not read. `trial_state` is that of a registered trial when its entry was read.
    """

    study: BibKey
    design: Design
    included_designs: tuple[Design, ...] = ()
    species: Species
    population: Text
    n: Count
    sample: Text
    intervention: Text
    comparator: Text
    follow_up: Text
    funding_kind: Funding
    funding: Text
    conflicts: Text
    registration: Text
    doi: Identifier
    pmid: Identifier
    recorded: IsoDate
    checked: Checked
    findings: tuple[Finding, ...]
    warnings: tuple[Text, ...]
    includes: tuple[BibKey, ...] | None = None
    trial_state: TrialState | None = None

    @model_validator(mode="after")
    def _says_of_itself_what_its_design_allows(self) -> Self:
        if self.includes is not None and not self.design.is_systematic_review:
            raise ValueError("only a systematic review includes other studies")
        if self.study in (self.includes or ()):
            raise ValueError("a review cannot include itself")
        if self.trial_state is not None and self.design is not Design.REGISTRY_ENTRY:
            raise ValueError("only a registry entry has a state of its trial")
        return self

    @model_validator(mode="after")
    def _findings_are_distinct(self) -> Self:
        names = [finding.finding for finding in self.findings]
        if len(set(names)) != len(names):
            raise ValueError("two findings have the same id")
        if self.species is Species.MIXED and any(f.species is None for f in self.findings):
            raise ValueError("a study of mixed species must name the species of every finding")
        return self

    @model_validator(mode="after")
    def _includes_what_its_design_leaves_open(self) -> Self:
        if self.included_designs and not self.design.is_open:
            raise ValueError(f"{self.design} says which designs it includes; leave included_designs out")
        if not all(design.is_study for design in self.included_designs):
            raise ValueError("included_designs names designs of single studies, no reviews or documents")
        return self

    def species_of(self, finding: Finding) -> Species:
        """The species a finding is about: its own where stated, else the study's."""
        return finding.species or self.species


class Link(Record):
    """What one finding says about one proposition, how directly, and why a reader can believe it.

    `comparator` is the directness of what the treatment was compared with, None where nobody judged it.
    """

    link: Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+-)*lnk-[0-9]{4,}$")]
    proposition: Slug
    study: BibKey
    finding: FindingId
    stance: Stance
    population: Directness
    intervention: Directness
    outcome: Directness
    reason: Text
    comparator: Directness | None = None


class GivenRating(Record):
    """What one of several reviewers gave before it was adjudicated."""

    by: Text
    value: Text
    reason: Text


class EarlierRating(Record):
    """What stood in the record before it was adjudicated."""

    value: Text
    reason: Text


class Adjudication(Record):
    """What settled a judgement that people made apart: all that they gave, and what stood before.

    Where they differ a further person decides. Where all gave one value it holds: nobody has to decide,
    and `by` and `role` are not applicable.
    """

    value: Text
    by: Text
    role: Text
    date: IsoDate
    reason: Text
    given: Annotated[tuple[GivenRating, ...], Field(min_length=2)]
    earlier: EarlierRating

    @model_validator(mode="after")
    def _is_settled(self) -> Self:
        if len(set(self.raters)) < len(self.given):
            raise ValueError("what one person gave twice is no second rating")
        if not self.is_alike:
            return self
        if self.role != NOT_APPLICABLE:
            raise ValueError("nobody decided it, so that no role is applicable")
        if {rating.value for rating in self.given} != {self.value}:
            raise ValueError("ratings that differ are adjudicated by somebody")
        return self

    @property
    def is_alike(self) -> bool:
        """Whether all gave one value, so that nobody had to decide."""
        return self.by == NOT_APPLICABLE

    @property
    def raters(self) -> tuple[str, ...]:
        """Who rated, apart from each other."""
        return tuple(rating.by for rating in self.given)

    @property
    def sentence(self) -> str:
        """Who rated and, where they differ, who adjudicated what they gave, in a sentence."""
        day, before = self.date.isoformat(), f"the value before {spoken(self.earlier.value)}"
        if self.is_alike:
            return (
                f"Rated apart by {' and '.join(self.raters)}, {day}: each gave {spoken(self.value)}; "
                f"{before}."
            )
        given = ", ".join(f"{spoken(rating.value)} ({rating.by})" for rating in self.given)
        return f"Adjudicated by {self.by}, {self.role}, {day}; the ratings were {given}, {before}."


def _agreeing(value: str, reason: str, adjudicated: tuple[Adjudication, ...] | None) -> None:
    """Raises ValueError where a judgement is no longer what was adjudicated last."""
    if adjudicated is None:
        return
    if not adjudicated:
        raise ValueError("adjudicated names no adjudication; leave the key out")
    last = adjudicated[-1]
    if last.value != value or last.reason.split() != reason.split():
        raise ValueError("value and reason are not those of the last adjudication")


def _on_scale(adjudicated: tuple[Adjudication, ...] | None, scale: Collection[str], name: str) -> None:
    """Raises ValueError where something was adjudicated, given or stood that is no word of the scale."""
    for adjudication in adjudicated or ():
        given = (rating.value for rating in adjudication.given)
        for value in (adjudication.value, adjudication.earlier.value, *given):
            if value not in scale:
                raise ValueError(f"{value!r} was adjudicated, which is no {name}")


def _with_adjudication(reason: str, adjudicated: tuple[Adjudication, ...] | None) -> str:
    """A reason, and who rated or adjudicated the judgement where two people made it."""
    return f"{reason} {adjudicated[-1].sentence}" if adjudicated else reason


class Answer(Record):
    """The answer to one item of an appraisal tool, and what in the source justifies it."""

    answer: Text
    reason: Text
    adjudicated: tuple[Adjudication, ...] | None = None

    @property
    def value(self) -> str:
        """The answer, as a sheet and an adjudication write it."""
        return str(self.answer)

    @model_validator(mode="after")
    def _is_what_was_adjudicated(self) -> Self:
        _agreeing(self.value, self.reason, self.adjudicated)
        return self


class Override(Record):
    """A judgement that a reviewer puts in the place of what the rule of a bias tool gives, and why."""

    judgement: Text
    reason: Text


class Appraisal(Record):
    """A bias tool's answers for one study, from what was read of it.

    `signals` are answers to the signalling questions of a tool whose domains a person judges.
    `overrides` are by domain, or `overall`.
    """

    study: BibKey
    tool: Slug
    version: Text
    result: Text
    answers: dict[str, Answer]
    signals: dict[str, Answer] | None = None
    overrides: dict[str, Override] | None = None
    summary: Text
    status: Status
    authored_by: Text
    checked_by: Text
    date_reviewed: IsoDate

    @property
    def edition(self) -> str:
        """The id of the tool's version, which is the name of its file."""
        return f"{self.tool}-{self.version}"

    @property
    def given(self) -> Mapping[str, str]:
        """The answer to each item."""
        return {item: answer.answer for item, answer in self.answers.items()}

    @property
    def signalled(self) -> Mapping[str, str]:
        """The answers to signalling questions that were recorded."""
        return {signal: answer.answer for signal, answer in (self.signals or {}).items()}

    @property
    def overridden(self) -> Mapping[str, Override]:
        """What a reviewer judged otherwise than the tool's rule, by domain or `overall`."""
        return self.overrides or {}


class DomainRating(Record):
    """One GRADE domain of one body of evidence, as judged."""

    rating: Concern
    reason: Text
    adjudicated: tuple[Adjudication, ...] | None = None

    @property
    def value(self) -> str:
        """The rating, as a sheet and an adjudication write it."""
        return str(self.rating)

    @model_validator(mode="after")
    def _is_what_was_adjudicated(self) -> Self:
        _agreeing(self.value, self.reason, self.adjudicated)
        _on_scale(self.adjudicated, list(Concern), "rating")
        return self

    @property
    def full_reason(self) -> str:
        """The reason, and who rated or adjudicated it where two people did."""
        return _with_adjudication(self.reason, self.adjudicated)


MOST_LEVELS_UP = 2
"""Levels that one reason to rate up may lift (Guyatt and others, GRADE guidelines 9)."""
LEVELS_UP = tuple(str(levels) for levels in range(MOST_LEVELS_UP + 1))
"""The levels that a reason to rate up can be given, from none to most, as a sheet has them."""


class UpgradeRating(Record):
    """One GRADE reason to rate up: how many levels, and why or why not."""

    levels: Annotated[Whole, Field(le=MOST_LEVELS_UP)]
    reason: Text
    adjudicated: tuple[Adjudication, ...] | None = None

    @property
    def value(self) -> str:
        """The levels, as a sheet and an adjudication write them."""
        return str(self.levels)

    @model_validator(mode="after")
    def _is_what_was_adjudicated(self) -> Self:
        _agreeing(self.value, self.reason, self.adjudicated)
        _on_scale(self.adjudicated, LEVELS_UP, "number of levels")
        return self

    @property
    def full_reason(self) -> str:
        """The reason, and who rated or adjudicated it where two people did."""
        return _with_adjudication(self.reason, self.adjudicated)


class Imported(Record):
    """The file that a recorded judgement was brought in from: its name and digest, who did it, when."""

    file: Text
    sha256: Sha256
    by: Text
    date: IsoDate


class CertaintyRecord(Record):
    """A recorded GRADE judgement of one proposition, valid for exactly the `studies` it names."""

    proposition: Slug
    studies: tuple[BibKey, ...]
    start: Certainty
    start_reason: Text
    ratings: dict[Domain, DomainRating]
    upgrades: dict[Upgrade, UpgradeRating]
    certainty: Certainty
    status: Status
    authored_by: Text
    checked_by: Text
    date_reviewed: IsoDate
    next_review: IsoDate
    imported: Imported | None = None

    @property
    def judged_by(self) -> str:
        """Who judged, how far the judgement has come, and the file that it was brought in from."""
        author = f"{self.authored_by} ({self.status})"
        return f"{author}, imported from {self.imported.file}" if self.imported else author

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if missing := set(Domain) - set(self.ratings):
            raise ValueError(f"not rated: {', '.join(sorted(missing))}")
        if missing_up := set(Upgrade) - set(self.upgrades):
            raise ValueError(f"upgrade not considered: {', '.join(sorted(missing_up))}")
        if self.next_review <= self.date_reviewed:
            raise ValueError("the next review must lie after the last one")
        signed_twice = self.checked_by not in (NOT_CHECKED, self.authored_by)
        if self.status is Status.PUBLISHED and not signed_twice:
            raise ValueError("a published judgement needs two different signatories")
        return self

    @property
    def judgements(self) -> Mapping[str, DomainRating | UpgradeRating]:
        """The domains and the reasons to rate up, each as it was judged."""
        every: tuple[Mapping[Domain, DomainRating] | Mapping[Upgrade, UpgradeRating], ...]
        every = (self.ratings, self.upgrades)
        return {str(name): judged for judgements in every for name, judged in judgements.items()}

    @property
    def raters(self) -> Mapping[str, tuple[str, ...]]:
        """Who made each judgement: those who rated it apart, else its author; nobody made a draft.

        Whoever checked it saw what was judged, and is no second rater (our convention).
        """
        alone = (self.authored_by,) if self.status.is_signed else ()
        return {
            name: judged.adjudicated[-1].raters if judged.adjudicated else alone
            for name, judged in self.judgements.items()
        }

    def is_due(self, day: date) -> bool:
        """Whether it was to be reviewed again by `day`: from the day named on, that day included."""
        return self.next_review <= day


class BaselineRisk(Record):
    """How many of 1,000 people have the outcome of a proposition without the treatment, by a study.

    `time` says within what time, `source` where in the study it stands.
    """

    proposition: Slug
    per_thousand: Annotated[Decimal, Field(ge=0, le=1_000)]
    population: Text
    time: Text
    study: BibKey
    source: Text


class EffectThresholds(Record):
    """From what effect on it is small, moderate and large for those concerned, and who says so.

    The effect is the `measure`, by its distance from no effect, in `unit`; a ratio is held against
    thresholds of the risk difference, in people per 1,000. `small` is the minimal important difference;
    the others are left out where nobody gives them. `target` says of what the certainty is rated.
    """

    proposition: Slug
    measure: Measure
    unit: Text
    small: Decimal
    moderate: Decimal | None = None
    large: Decimal | None = None
    source: Text
    target: Target = Target.IMPORTANT_DIFFERENCE

    @model_validator(mode="after")
    def _rise(self) -> Self:
        given = [0.0, *(x for x in (self.small, self.moderate, self.large) if x is not None)]
        if any(lower >= higher for lower, higher in pairwise(given)):
            raise ValueError("the thresholds must rise from above 0: small, moderate, large")
        return self

    def size_of(self, distance: float) -> EffectSize | None:
        """The size of an effect that lies `distance` from no effect, on whichever side.

        At a threshold it is reached. None above the smallest one where the others are not given.
        """
        far = abs(distance)
        if far < self.small:
            return EffectSize.TRIVIAL
        if self.moderate is None or self.large is None:
            return None
        if far >= self.large:
            return EffectSize.LARGE
        return EffectSize.MODERATE if far >= self.moderate else EffectSize.SMALL


class Relation(Record):
    """How two propositions stand to each other, where their claims do not share one."""

    relation: Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+-)*rel-[0-9]{3,}$")]
    proposition: Slug
    other: Slug
    kind: RelationKind
    reason: Text

    @model_validator(mode="after")
    def _has_two_sides(self) -> Self:
        if self.proposition == self.other:
            raise ValueError("a proposition cannot be related to itself")
        return self


class Search(Record):
    """What was looked for, where, and what came of it.

    A search of the library alone says what is held, not what there is; a row that names no kind is
    taken for one. `query` is the string as it was asked. The numbers are of records, by the boxes of
    PRISMA 2020 (Page and others, BMJ 2021;372:n71, item 16a): `hits` were identified, `duplicates`
    removed before screening, `screened` looked at, of these `excluded`, and `kept` for the review.
    """

    proposition: Slug
    looked_for: Text
    result: Text
    kind: SearchKind = SearchKind.LIBRARY
    database: Text = NOT_APPLICABLE
    date: DateOrUnknown = NOT_REPORTED
    query: Text = NOT_REPORTED
    hits: Count = NOT_REPORTED
    duplicates: Count = NOT_REPORTED
    screened: Count = NOT_REPORTED
    excluded: Count = NOT_REPORTED
    kept: Count = NOT_REPORTED
    who: Text = NOT_REPORTED

    @model_validator(mode="after")
    def _is_is_whole(self) -> Self:
        if self.kind is SearchKind.DATABASE:
            is_whole = self.database != NOT_APPLICABLE and self.date != NOT_REPORTED
            if not is_whole or self.query == NOT_REPORTED:
                raise ValueError("a search of a database names the database, the day and the query")
        return self

    def number(self, stage: SearchStage) -> int | None:
        """How many records the search had at a stage; None where that is not recorded."""
        number = getattr(self, stage.column)
        return number if isinstance(number, int) else None

    @model_validator(mode="after")
    def _loses_no_record(self) -> Self:
        """No more records leave a stage than entered it; of what is not recorded nothing is said."""
        hits, screened = self.number(SearchStage.IDENTIFIED), self.number(SearchStage.SCREENED)
        duplicates = self.number(SearchStage.DUPLICATES) or 0
        if hits is not None and duplicates + (screened or 0) > hits:
            raise ValueError(f"{hits} records cannot give more duplicates and records to screen")
        if screened is None and hits is not None:
            screened = hits - duplicates
        left = (self.number(SearchStage.EXCLUDED) or 0) + (self.number(SearchStage.KEPT) or 0)
        if screened is not None and left > screened:
            raise ValueError(f"of {screened} records to screen no more can be excluded and kept")
        return self


class Notice(Record):
    """A correction, expression of concern or retraction published about a study."""

    study: BibKey
    kind: NoticeKind
    source: Text
    date: DateOrUnknown
    consequence: Text


class Decision(Record):
    """What a named person decided on a claim, and the digest of the evidence decided upon.

    `wording` holds the new words of a reworded claim and is not applicable to any other decision.
    `date` is the day on which it was taken, as the reviewer says; `recorded` is when it was entered, by
    the computer's clock, and is missing in a file of an earlier form. `scope` says whether the wording
    takes the place of the claim's own words or of its whole sentence. `owner` sees to it until `due`;
    `countersigned` names a second person who decided the same.
    """

    claim: ClaimId
    decision: DecisionKind
    wording: Text
    reviewer: Text
    role: Text
    date: IsoDate
    reason: Text
    digest: Sha256
    recorded: UtcTime | None = None
    scope: DecisionScope = DecisionScope.CLAIM
    owner: Text | None = None
    due: IsoDate | None = None
    countersigned: Text | None = None

    @property
    def moment(self) -> datetime:
        """When it was recorded, or the beginning of its day where only that is known."""
        return self.recorded or datetime.combine(self.date, time.min, UTC)

    @model_validator(mode="after")
    def _has_its_wording(self) -> Self:
        if (self.decision is DecisionKind.REWORD) == (self.wording == NOT_APPLICABLE):
            raise ValueError(f"a reworded claim has its new wording, any other {NOT_APPLICABLE}")
        return self


class Reference(Record):
    """One entry of `references.bib`: its type and its fields as they stand there."""

    key: BibKey
    entry_type: Text
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the evidence folders hold, keyed by id and in the order of the ids.

    `places` tells where each record stands, keyed by kind and id. `files` gives the SHA-256 of every
    file read; `digest` is the SHA-256 of that list. `remarks` tell what in the files is not read, or is
    perhaps read in another way than it was meant.
    """

    pages: Mapping[str, Page]
    captures: Mapping[str, Capture]
    claims: Mapping[str, Claim]
    propositions: Mapping[str, Proposition]
    studies: Mapping[str, Study]
    appraisals: Mapping[str, Appraisal]
    references: Mapping[str, Reference]
    links: Mapping[str, Link]
    certainties: Mapping[str, CertaintyRecord]
    relations: Mapping[str, Relation]
    searches: Mapping[str, tuple[Search, ...]]
    baseline_risks: Mapping[str, BaselineRisk]
    thresholds: Mapping[str, EffectThresholds]
    notices: tuple[Notice, ...]
    decisions: tuple[Decision, ...]
    refusals: Mapping[str, Refusal]
    citations: Mapping[str, Citation]
    fidelities: tuple[FidelityJudgement, ...]
    subject: Subject
    packs: Packs
    places: Mapping[tuple[str, str], InFile]
    files: Mapping[str, str]
    digest: str
    remarks: tuple[Problem, ...] = ()
