"""What a report folder says, as far as two reports are compared: read from its `report.json`.

Reports of other versions can be read too: whatever else the file holds is passed over, and None says
that the report does not tell.
"""

import os
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from review.model.errors import InFile, InputError
from review.model.vocabulary import Category
from review.store.files.plain_file import read_plain

REPORT = "report.json"
MANIFEST = "manifest.json"
MAX_BYTES = 200_000_000


class Fact(BaseModel):
    """Common behaviour: frozen, unknown keys passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


FactType = TypeVar("FactType", bound=Fact)


class ReasonFact(Fact):
    """Why a verdict is what it is."""

    code: str
    sentence: str


class FlagFact(Fact):
    """A flag met in a claim."""

    flag: str
    title: str | None = None
    severity: str | None = None
    basis: str | None = None
    jurisdiction: str | None = None
    clears: str | None = None


class DecisionFact(Fact):
    """What was decided on a claim."""

    decision: str
    reviewer: str
    role: str
    date: str
    on_earlier_evidence: bool


class ClaimFact(Fact):
    """A claim with its verdict and the decisions on it, oldest first."""

    claim: str
    page: str
    quote: str
    proposition: str
    verdict: str
    category: str | None = None
    wording: str | None = None
    polarity: str | None = None
    checkworthy: str | None = None
    reasons: tuple[ReasonFact, ...] = ()
    flags: tuple[FlagFact, ...] | None = None
    decisions: tuple[DecisionFact, ...] = ()


class StepFact(Fact):
    """One step of a grade."""

    name: str
    change: int
    reason: str


class FindingFact(Fact):
    """One linked finding; `counts` is yes, or why it does not count."""

    link: str
    study: str
    design: str | None = None
    species: str | None = None
    n: str | None = None
    bias: str | None = None
    stance: str | None = None
    directness: str | None = None
    result: str | None = None
    checked: str | None = None
    reason: str | None = None
    counts: str | None = None


class SearchFact(Fact):
    """What was looked for, and what came of it."""

    kind: str
    looked_for: str
    result: str


class ProfileFact(Fact):
    """The evidence behind one proposition."""

    proposition: str
    statement: str
    question: str | None = None
    direction: str | None = None
    standing: str | None = None
    level: str | None = None
    basis: str | None = None
    judged_by: str | None = None
    stale: bool | None = None
    steps: tuple[StepFact, ...] | None = None
    disagreements: tuple[str, ...] | None = None
    findings: tuple[FindingFact, ...] = ()
    searches: tuple[SearchFact, ...] | None = None


class ReferenceFact(Fact):
    """A reference and the notices about it."""

    key: str
    notices: str


class PageFact(Fact):
    """A page under review."""

    page: str
    sha256: str


class ProvenanceFact(Fact):
    """The rules, the version and the files that made the report."""

    version: str
    methods: tuple[str, ...]
    files: tuple[tuple[str, str], ...] | None = None


class Selection(Fact):
    """What a report was narrowed to; empty for all."""

    topics: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()


class _ManifestFact(Fact):
    parameters: Selection = Selection()


class ReportFacts(Fact):
    """A report, as far as it is compared."""

    selection: Selection = Selection()

    as_of: str
    audience: str
    shows_verdicts: bool
    shows_evidence: bool
    pages: tuple[PageFact, ...]
    claims: tuple[ClaimFact, ...]
    profiles: tuple[ProfileFact, ...]
    references: tuple[ReferenceFact, ...]
    provenance: ProvenanceFact


def is_report_folder(folder: Path) -> bool:
    """Whether a folder holds a report."""
    return os.path.isfile(folder / REPORT)  # pathlib raises for a name that is too long


def read_report(folder: Path) -> ReportFacts:
    """What the report in `folder` says, and from its manifest what it was narrowed to.

    Raises InputError with every problem when it cannot be read, is no report or shows no verdicts.
    """
    path = folder / REPORT
    facts = report_facts(_text(path), path.as_posix())
    path = folder / MANIFEST
    if path.is_file():
        selection = _read(_ManifestFact, _text(path), path.as_posix()).parameters
        facts = facts.model_copy(update={"selection": selection})
    return facts


def report_facts(text: str, name: str) -> ReportFacts:
    """The facts in the text of a `report.json`; `name` stands in the problems.

    Raises InputError as `read_report` does.
    """
    facts = _read(ReportFacts, text, name)
    if not facts.shows_verdicts:
        fault = "this report shows no verdicts"
        remedy = "Compare reports for the director or the clinic."
        raise InputError.at(InFile(name), fault, remedy=remedy)
    return facts


def _text(path: Path) -> str:
    name = path.as_posix()
    try:
        return read_plain(path, MAX_BYTES, name).decode("utf-8")
    except UnicodeDecodeError:
        remedy = "Make the report anew."
        raise InputError.at(InFile(name), "this is not UTF-8 text", remedy=remedy) from None


def _read(model: type[FactType], text: str, name: str) -> FactType:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        remedy = "Make the report anew with this version."
        faults = {
            # Without numbers, so that what is wrong with every claim is told once.
            f"{'.'.join(part for part in detail['loc'] if isinstance(part, str)) or 'the file'}: "
            f"{detail['msg']}"
            for detail in error.errors(include_url=False)
        }
        raise InputError([InFile(name).problem(fault, remedy=remedy) for fault in faults]) from None
