"""ClinicalTrials.gov, version 2 of its interface: registered trials as they stand today.

Shapes: https://clinicaltrials.gov/data-api/api. Numbers are texts there ("<0.001", "NA") and stay so;
a date is as exact as the registry has it (`YYYY-MM` or `YYYY-MM-DD`). The registry keeps no history here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from review.literature.services.hits import Hits
from review.literature.services.request import Request


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as exact as the registry has it, and whether it is `ACTUAL` or `ESTIMATED`."""

    date: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How many take part, and whether that is `ACTUAL` or `ESTIMATED`; None where it is not given."""

    count: int | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PlannedOutcome:
    """An outcome as registered."""

    measure: str
    time_frame: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of the trial."""

    label: str
    kind: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A registered trial; whatever the registry does not say is empty."""

    nct: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    official_title: str = ""
    status: str = ""
    why_stopped: str = ""
    study_type: str = ""
    phases: tuple[str, ...] = ()
    allocation: str = ""
    masking: str = ""
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    arms: tuple[Arm, ...] = ()
    enrolment: Enrolment = Enrolment(None)
    start: Dated = Dated("")
    completion: Dated = Dated("")
    first_posted: str = ""
    last_updated: str = ""
    primary_outcomes: tuple[PlannedOutcome, ...] = ()
    secondary_outcomes: tuple[PlannedOutcome, ...] = ()
    has_results: bool = False
    results_first_posted: str = ""
    pmids_of_results: tuple[str, ...] = ()
    sponsor: str = ""


def study(nct: str) -> Request:
    """One trial by its number; an old alias leads to the trial that it became."""
    raise NotImplementedError


def search(
    condition: str = "", intervention: str = "", words: str = "", since: str = "", size: int = 100
) -> Request:
    """Trials of a condition and an intervention; `since` (ISO date) by the last update posted."""
    raise NotImplementedError


def studies(numbers: Sequence[str]) -> Request:
    """Several trials by their numbers."""
    raise NotImplementedError


def read_study(content: bytes) -> Trial:
    """The trial of an answer to `study`."""
    raise NotImplementedError


def read_studies(content: bytes) -> tuple[Trial, ...]:
    """The trials of one page of a search."""
    raise NotImplementedError


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search: `count` on the first page only, 0 after it."""
    raise NotImplementedError
