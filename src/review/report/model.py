"""The report model: everything a report says, as nested plain records, before any format."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from review.model.citing import CitedField, Citing, Fidelity, Identity, Scope
from review.model.vocabulary import (
    Action,
    Audience,
    Bar,
    Category,
    Checked,
    DecisionKind,
    DecisionScope,
    Design,
    Direction,
    Framework,
    Market,
    NoWord,
    PageKind,
    Polarity,
    Question,
    Raters,
    SearchKind,
    Severity,
    Species,
    Stance,
    Tier,
    Verdict,
    Wording,
    YesNo,
)
from review.report.evidence.model import (
    BiasTable,
    EvidenceMap,
    Forest,
    OverTime,
    SearchFlow,
    SummaryOfFindings,
)
from review.verdicts.bodies import Exclusion
from review.verdicts.pages.stops import StopKind
from review.verdicts.reasons import Code
from review.verdicts.standing import Basis

SCHEMA_VERSION = "7"


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many claims have a verdict, with the words that explain it."""

    verdict: Verdict
    symbol: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why a verdict is what it is."""

    code: Code
    sentence: str


@dataclass(frozen=True, slots=True)
class FlagRow:
    """An advertising flag met in a claim."""

    flag: str
    title: str
    severity: Severity
    span: str
    basis: str
    source: str
    jurisdiction: str
    clears: str


@dataclass(frozen=True, slots=True)
class MarketCell:
    """What a sentence meets in one market: the gravest severity, and every rule with its title."""

    market: Market
    severity: Severity | NoWord
    flags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """A sentence that a rule of some market meets, with the claims quoted from it, if any."""

    page: str
    text: str
    claims: tuple[str, ...]
    markets: tuple[MarketCell, ...]


@dataclass(frozen=True, slots=True)
class PageRuleRow:
    """A rule in force that no words can show: somebody has to look at the page itself."""

    flag: str
    title: str
    jurisdiction: str
    basis: str
    clears: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a named person decided on a claim; `on_earlier_evidence` if what it rests on changed.

    `recorded` is in UTC, and empty where only the day is known. `owner`, `due` and `countersigned` are
    empty where nobody is named.
    """

    decision: DecisionKind
    wording: str
    reviewer: str
    role: str
    date: str
    reason: str
    on_earlier_evidence: bool
    recorded: str = ""
    scope: DecisionScope = DecisionScope.CLAIM
    owner: str = ""
    due: str = ""
    countersigned: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim. The fields from `verdict` on are empty where verdicts are hidden from the audience."""

    claim: str
    page: str
    start: int
    end: int
    quote: str
    category: Category
    wording: Wording
    polarity: Polarity
    checkworthy: YesNo
    proposition: str
    statement: str
    topic: str
    verdict: Verdict | NoWord
    symbol: str
    standing: str
    level: str
    basis: Basis | NoWord
    raters: str
    """How many people made the judgements behind its certainty; empty where there are none."""
    reasons: tuple[ReasonRow, ...]
    flags: tuple[FlagRow, ...]
    plain: str
    action: Action | NoWord
    """What its sentence needs: one answer for all claims in it."""
    bar: Bar | NoWord
    """Whether it meets what advertising asks of a health benefit, beside what GRADE allows to say."""
    allowed_wording: str
    decisions: tuple[DecisionRow, ...]
    """Oldest first; the last one holds."""
    rests_on: str = ""
    """SHA-256 of what a decision on it rests on; empty where verdicts are hidden from the audience."""
    citations: tuple["CitedRow", ...] = ()
    """The sources cited for it, those of its own sentence first; of the sources of the whole page only
    those that it was held against."""


@dataclass(frozen=True, slots=True)
class CitedRow:
    """A claim held against a source that is cited for it.

    `reference` is the source in a few words, empty where none is known. `finding` is the id of what was
    read in it, `result` what it says and `source` where that was read; empty where nothing was.
    """

    citation: str
    claim: str
    reference: str
    scope: Scope
    fidelity: Fidelity
    finding: str
    result: str
    source: str
    checked: Checked | NoWord
    reason: str
    basis: Basis
    judged_by: str
    """Who judged it; empty where a rule gives it."""


@dataclass(frozen=True, slots=True)
class FaultRow:
    """What is wrong in one part of a citation as it is printed, or that the part is missing."""

    field: CitedField
    fault: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FidelityCount:
    """For how many of its claims a source gives an answer."""

    fidelity: Fidelity
    count: int


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A place where a page names a source: as printed, which it is, and what it says of its claims.

    `claims` are those shown that it was named for, none where it stands `for_whole_page`. `counts` are
    of all its claims; of a source of the whole page `answers` are those on claims held against it.
    """

    citation: str
    page: str
    start: int
    end: int
    printed: str
    study: str
    reference: str
    identity: Identity
    faults: tuple[FaultRow, ...]
    scope: Scope
    for_whole_page: bool
    claims: tuple[str, ...]
    reason: str
    answers: tuple[CitedRow, ...]
    counts: tuple[FidelityCount, ...]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of a page that holds claims: what it needs as a whole, and why.

    `start` and `end` are offsets in the page's text, `end` exclusive, and `text` is the page's own.
    `action` is what the claim in it asks for that asks for most. `wording` holds whole sentences that
    may stand in its place, judged by the same rules; empty where none is known. A sentence that
    `warns` (a warning, a precaution, a disclosure) is never taken out, nor replaced by words without it.
    `plain` says in plain words what to do, `decided_by` names the claim that asked for the action.
    """

    page: str
    start: int
    end: int
    text: str
    claims: tuple[str, ...]
    action: Action
    tier: Tier
    warns: bool
    wording: str
    plain: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What only a paper of the clinic, or of its supplier, can show, and the claims that wait for it."""

    proposition: str
    statement: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a page's text, the claims that cover it, and those that end with it."""

    text: str
    claims: tuple[str, ...]
    ends: tuple[str, ...]
    verdict: Verdict | NoWord
    """Of the claim on it that needs attention most; empty where there is none, or it is hidden."""


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One of the three disclosures and the claims that make it; none means it is left out."""

    kind: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StopRow:
    """What stops a page whatever its wording, and the claims that it rests on."""

    kind: StopKind
    sentence: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionCount:
    """How many sentences of a page need an action now, and how many in the edited page."""

    action: Action
    now: int
    after: int


@dataclass(frozen=True, slots=True)
class AfterRow:
    """What a page would get by the same rules if every change of its edited page were accepted.

    `blocked_now` and `blocked_after` count claims with a flag that blocks publication, `left_out` are
    the disclosures that the edited page does not make, `commented` counts its sentences that still need
    something.
    """

    actions: tuple[ActionCount, ...]
    blocked_now: int
    blocked_after: int
    left_out: tuple[str, ...]
    commented: int


@dataclass(frozen=True, slots=True)
class PageSection:
    """One page: its counts and its whole text in segments."""

    page: str
    title: str
    kind: PageKind
    sha256: str
    captured: str
    url: str
    counts: tuple[VerdictCount, ...]
    impression: str
    stops: tuple[StopRow, ...]
    disclosures: tuple[DisclosureRow, ...]
    segments: tuple[Segment, ...]
    after: AfterRow | None
    """What the edited page would get; None where verdicts are hidden from the audience."""
    citing: Citing | NoWord = ""
    """What is known of the sources that it names; empty where that is hidden from the audience."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One linked finding in an evidence profile; `counts` is yes, or why it does not count."""

    link: str
    study: str
    citation: str
    design: Design
    species: Species
    n: str
    bias: str
    stance: Stance
    directness: str
    result: str
    source: str
    checked: Checked
    reason: str
    counts: Exclusion | Literal[YesNo.YES]

    @property
    def does_count(self) -> bool:
        """Whether it counts towards the standing of the proposition."""
        return self.counts is YesNo.YES


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a grade."""

    name: str
    change: int
    reason: str


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement behind a certainty, by its domain or reason to rate up, and who made it.

    `people` rated it apart from each other, or are the one who signed it; a draft is nobody's yet.
    """

    name: str
    raters: Raters
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What was looked for, where and what came of it; the library alone is no search beyond it."""

    kind: SearchKind
    looked_for: str
    result: str
    database: str
    date: str
    query: str
    hits: str
    kept: str
    who: str

    @property
    def sentence(self) -> str:
        """The search in a sentence or two."""
        parts = (self.looked_for, self.result)
        text = " ".join(f"{part.removesuffix('.')}." for part in parts)
        if self.kind is SearchKind.LIBRARY:
            return f"In this library only: {text}"
        where = f"{self.database}, {self.date}, by {self.who}: {self.query}"
        return f"{text} ({where}; {self.hits} hits, {self.kept} kept)"


@dataclass(frozen=True, slots=True)
class Profile:
    """The evidence behind one proposition, with every step of its grade."""

    proposition: str
    statement: str
    topic: str
    question: Question
    direction: Direction
    standing: str
    level: str
    level_reason: str
    sort: str
    basis: Basis
    method: str
    judged_by: str
    next_review: str
    """The day on which the recorded judgement was to be made anew; empty where none is recorded."""
    is_due: bool
    stale: bool
    steps: tuple[StepRow, ...]
    judgements: tuple[JudgementRow, ...]
    """Who made each judgement of the certainty; empty where no judgement gave it."""
    disagreements: tuple[str, ...]
    would_change: str
    findings: tuple[FindingRow, ...]
    warnings: tuple[str, ...]
    searches: tuple[SearchRow, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpposedClaim:
    """A claim on one side of a contradiction."""

    claim: str
    page: str


@dataclass(frozen=True, slots=True)
class OpposedQuote:
    """The words of claims on one side of a contradiction, once, and every claim that is in them."""

    quote: str
    claims: tuple[OpposedClaim, ...]


@dataclass(frozen=True, slots=True)
class SideRow:
    """A statement that one side of a contradiction affirms or denies, and the quotes that do."""

    proposition: str
    statement: str
    polarity: Polarity
    quotes: tuple[OpposedQuote, ...]


@dataclass(frozen=True, slots=True)
class ContradictionGroupRow:
    """One fact that is told in two ways, of which at most one can be true.

    `within` are the pages on which both ways stand; `pairs` is how many pairs of claims that makes.
    """

    topic: str
    why: str
    a: tuple[SideRow, ...]
    b: tuple[SideRow, ...]
    within: tuple[str, ...]
    pairs: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a passage stands: a page and offsets in its text, `end` exclusive."""

    page: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A passage letter for letter, and every place where it stands so."""

    quote: str
    places: tuple[PlaceRow, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages on which it stands, each once."""
        return tuple(dict.fromkeys(place.page for place in self.places))


@dataclass(frozen=True, slots=True)
class LineageRow:
    """A passage that pages share, in one wording or two: `parts` sentences or clauses in one order."""

    kind: str
    similarity: float
    parts: int
    wordings: tuple[WordingRow, ...]


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One reference with what is known about it; `csl` holds its fields as a CSL-JSON object."""

    key: str
    citation: str
    csl: Mapping[str, Any]
    doi: str
    pmid: str
    url: str
    design: Design
    checked: Checked
    appraisal: str
    appraisal_summary: str
    identifiers: str
    notices: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the report was made from; nothing here depends on where or when it was made."""

    version: str
    schema_version: str
    methods: tuple[str, ...]
    evidence_digest: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report, in the order in which it is read."""

    title: str
    organisation: str
    reviewer: str
    as_of: str
    audience: Audience
    framework: Framework
    shows_verdicts: bool
    shows_evidence: bool
    answer: tuple[str, ...]
    counts: tuple[VerdictCount, ...]
    worst: tuple[str, ...]
    """The claims that ask for most in the sentences to act on first, one for each statement."""
    documents: tuple[DocumentRow, ...]
    """The papers of the clinic or its supplier to ask for, each once."""
    pages: tuple[PageSection, ...]
    claims: tuple[ClaimRow, ...]
    sentences: tuple[SentenceRow, ...]
    """By page and in reading order; empty where verdicts are hidden from the audience."""
    summary_of_findings: SummaryOfFindings
    profiles: tuple[Profile, ...]
    search_flow: SearchFlow | None
    """How studies came into the review; None where the evidence is hidden from the audience."""
    evidence_map: EvidenceMap
    bias: tuple[BiasTable, ...]
    over_time: tuple[OverTime, ...]
    forests: tuple[Forest, ...]
    not_pooled: str
    """Why nothing is pooled; empty where something is."""
    contradictions: tuple[ContradictionGroupRow, ...]
    lineage: tuple[LineageRow, ...]
    references: tuple[ReferenceRow, ...]
    proper_names: tuple[str, ...]
    """The words that keep their capital within a sentence."""
    jurisdictions: tuple[Market, ...]
    """The markets whose advertising rules are in force."""
    flagged: tuple[FlaggedRow, ...]
    """With several markets every flagged sentence, with one those that no claim was quoted from."""
    informing: tuple[FlaggedRow, ...]
    """The sentences worded as information for patients, to which no rule on benefits was held."""
    page_rules: tuple[PageRuleRow, ...]
    flag_notice: str
    retraction_notice: str
    provenance: Provenance
    citations: tuple[CitationRow, ...] = ()
    """The places where the pages name a source, by page and in reading order."""

    def sentence_of(self, claim: str) -> SentenceRow:
        """The sentence that holds a claim. Raises KeyError when the report does not hold it."""
        for row in self.sentences:
            if claim in row.claims:
                return row
        raise KeyError(claim)

    def claim(self, key: str) -> ClaimRow:
        """The row of one claim. Raises KeyError when the report does not hold it."""
        for row in self.claims:
            if row.claim == key:
                return row
        raise KeyError(key)
