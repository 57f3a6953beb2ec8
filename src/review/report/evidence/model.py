"""The part of the report model that the figures of the evidence are drawn from: plain records."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.model.vocabulary import (
    AnswerMeaning,
    BiasConcern,
    Certainty,
    Concern,
    Direction,
    Domain,
    EffectSize,
    Measure,
    NoWord,
    Question,
    SearchStage,
    Status,
    Upgrade,
)
from review.synthesis.absolute import Absolute
from review.verdicts.bodies import Exclusion
from review.verdicts.standing import Basis


@dataclass(frozen=True, slots=True)
class MapRow:
    """One proposition: how many studies stand behind it, one number a design group.

    `counted` are the studies with a finding that counts; `others` those linked of which nothing counts.
    """

    proposition: str
    statement: str
    topic: str
    counted: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """Every proposition shown against every design group, by topic; groups without a study stay.

    `set_aside` propositions are no evidence question, so that an empty row would say the wrong thing.
    """

    groups: tuple[str, ...]
    rows: tuple[MapRow, ...]
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class BiasItem:
    """What one column of judgements is about: a domain, or an item with its number and question."""

    name: str
    question: str


@dataclass(frozen=True, slots=True)
class BiasRow:
    """One appraised study: its judgement in each column, in the tool's words, and overall.

    `concern` puts the overall judgement on one scale across tools: low, some, high or unknown. `signs`
    are how the judgements are drawn, the overall one last.
    """

    study: str
    citation: str
    judgements: tuple[str, ...]
    overall: str
    concern: BiasConcern
    signs: tuple[AnswerMeaning, ...]


@dataclass(frozen=True, slots=True)
class BiasTable:
    """The studies appraised with one version of a tool; `has_domains` if its columns are domains.

    `codes` are the answers of the tool whose codes need words, with those words.
    """

    tool: str
    title: str
    has_domains: bool
    items: tuple[BiasItem, ...]
    rows: tuple[BiasRow, ...]
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchedRow:
    """One search of a database or register, for one proposition or several.

    `numbers` are those of its records by stage, None where none is recorded, or where the rows of its
    propositions do not say the same: `differing` names these stages.
    """

    database: str
    date: str
    query: str
    who: str
    propositions: tuple[str, ...]
    numbers: Mapping[SearchStage, int | None]
    differing: tuple[SearchStage, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """What all searches together had at a stage: None where none of them tells.

    `number` is the sum of those of `counted` searches, of `searches`, and no total where some do not
    tell: in `differing` ones the rows of their statements do not say the same.
    """

    stage: SearchStage
    number: int | None
    counted: int
    differing: int
    searches: int


@dataclass(frozen=True, slots=True)
class SearchFlow:
    """How the studies came into the review, as far as that is recorded, after PRISMA 2020.

    `library_only` propositions were looked for in what the library holds, `unsought` ones nowhere as
    far as is recorded. Of the `linked` studies `included` have a finding that counts; `set_aside` tells
    why nothing of the others does, with the number of studies, of which one may stand under several.
    """

    searches: tuple[SearchedRow, ...]
    stages: tuple[StageRow, ...]
    library_only: int
    unsought: int
    linked: int
    included: int
    set_aside: tuple[tuple[Exclusion, int], ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """Where a proposition stood at the end of a year; `certainty` is empty where GRADE gave none."""

    year: int
    certainty: Certainty | NoWord
    direction: Direction
    studies: int
    standing: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class OverTime:
    """A proposition through the years: the first, the last, and those in which something changed."""

    proposition: str
    statement: str
    claims: int
    years: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One study of a pooled group, its interval, and its share of the weight in percent."""

    study: str
    citation: str
    effect: float
    ci: tuple[float, float]
    weight: float


@dataclass(frozen=True, slots=True)
class Forest:
    """A pooled group. Ratios stand as ratios, not as logarithms; I² is in percent, tau² as pooled.

    `method` estimated tau²; `interval` and `prediction` are the words for how the intervals were made.
    `prediction_interval` is None for two studies.
    """

    key: str
    statement: str
    measure: str
    unit: str
    is_ratio: bool
    rows: tuple[ForestRow, ...]
    method: str
    interval: str
    effect: float
    ci: tuple[float, float]
    prediction: str
    prediction_interval: tuple[float, float] | None
    tau2: float
    i2: float


@dataclass(frozen=True, slots=True)
class SummaryEffect:
    """The effect behind a question: pooled, or that of the one study there is; `studies` gave it."""

    measure: Measure
    unit: str
    effect: float
    ci: tuple[float, float]
    studies: int
    method: str
    """How it was pooled; empty for one study."""


@dataclass(frozen=True, slots=True)
class SummaryBaseline:
    """The risk that an absolute effect is told at: of whom, within what time, and who says so."""

    per_thousand: float
    population: str
    time: str
    source: str


@dataclass(frozen=True, slots=True)
class SummaryRating:
    """What one domain, or one reason to rate up, did to the certainty, and why.

    `footnote` is the number of its reason below the table, 0 where it moved nothing. `concern` is empty
    for a reason to rate up.
    """

    name: Domain | Upgrade
    concern: Concern | NoWord
    change: int
    reason: str
    footnote: int


@dataclass(frozen=True, slots=True)
class SummaryFinding:
    """What one study found, where no effect could be put in a number."""

    study: str
    citation: str
    result: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One main question: who was studied, what was found, how sure that is, and the same in plain words.

    `participants` is None where people cannot be added up, `people` says so in words. `effect` and
    `absolute` are None where there is none, `no_effect` and `no_absolute` then say why. `findings` are
    told where no effect is, the largest and most direct first, and `more_findings` counts the others.
    """

    proposition: str
    statement: str
    question: Question
    population: str
    intervention: str
    comparator: str
    outcome: str
    time: str
    claims: int
    study_keys: tuple[str, ...]
    studies: int
    designs: tuple[tuple[str, int], ...]
    participants: int | None
    people: str
    effect: SummaryEffect | None
    no_effect: str
    baseline: SummaryBaseline | None
    absolute: Absolute | None
    no_absolute: str
    size: EffectSize | NoWord
    findings: tuple[SummaryFinding, ...]
    more_findings: int
    start: Certainty
    start_reason: str
    ratings: tuple[SummaryRating, ...]
    certainty: Certainty
    symbol: str
    direction: Direction
    basis: Basis
    status: Status | NoWord
    judged_by: str
    plain: str


@dataclass(frozen=True, slots=True)
class SummaryFootnote:
    """A reason why certainty is not what it began as, told once for all rows that share it."""

    number: int
    name: Domain | Upgrade
    concern: Concern | NoWord
    change: int
    reason: str


@dataclass(frozen=True, slots=True)
class SummaryOfFindings:
    """The main questions, their footnotes, and how many questions are left out.

    `others` have evidence in people as well, `bare` have claims under review and no such evidence.
    """

    rows: tuple[SummaryRow, ...] = ()
    footnotes: tuple[SummaryFootnote, ...] = ()
    others: int = 0
    bare: int = 0
