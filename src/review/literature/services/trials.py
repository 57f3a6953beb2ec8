"""ClinicalTrials.gov, version 2 of its interface: registered trials as they stand today.

Shapes: https://clinicaltrials.gov/data-api/api. Results are texts there ("<0.001", "NA") and stay so;
a date is as exact as the registry has it (`YYYY-MM` or `YYYY-MM-DD`). There is no history of changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from review.literature.readers.entries import text_of
from review.literature.services.answer import NotAsked, State
from review.literature.services.forms import (
    UnreadableError,
    json_object,
    part,
    parts,
    texts,
    whole_number,
)
from review.literature.services.hits import Hits
from review.literature.services.request import Request, segment
from review.literature.services.terms import Service

LARGEST_PAGE = 1_000


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
class Measurement:
    """A value of one group, in the words of the registry (`NA` where it could not be had)."""

    group: str
    value: str
    spread: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis of an outcome; every number is a text, such as `<0.001`."""

    method: str = ""
    measure: str = ""
    value: str = ""
    lower: str = ""
    upper: str = ""
    p: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome as it was reported to the registry."""

    kind: str
    title: str
    time_frame: str = ""
    measure: str = ""
    unit: str = ""
    values: tuple[Measurement, ...] = ()
    analyses: tuple[Analysis, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A registered trial; whatever the registry does not say is empty.

    `pmids` are the publications that the registry names beside it, of whatever kind.
    """

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
    results: tuple[Result, ...] = ()
    pmids: tuple[str, ...] = ()
    sponsor: str = ""


def study(nct: str) -> Request:
    """One trial by its number; an old alias leads to the trial that it became."""
    return Request(Service.CLINICALTRIALS, f"/studies/{segment(nct)}", is_record=True)


def studies(numbers: Sequence[str]) -> Request:
    """Several trials by their numbers."""
    return _list(
        ("filter.ids", ",".join(numbers)), ("pageSize", str(min(max(1, len(numbers)), LARGEST_PAGE)))
    )


def search(
    condition: str = "", intervention: str = "", words: str = "", since: str = "", size: int = 100
) -> Request:
    """Trials of a condition and an intervention; `since` (ISO date) by the last update posted."""
    updated = f"AREA[LastUpdatePostDate]RANGE[{since},MAX]" if since else ""
    return _list(
        ("query.cond", condition),
        ("query.intr", intervention),
        ("query.term", words),
        ("filter.advanced", updated),
        ("pageSize", str(min(size, LARGEST_PAGE))),
    )


def _list(*parameters: tuple[str, str]) -> Request:
    asked = tuple((name, value) for name, value in parameters if value)
    return Request(Service.CLINICALTRIALS, "/studies", (*asked, ("countTotal", "true")), is_list=True)


def state(request: Request, content: bytes) -> State:
    """What an answer says. Raises UnreadableError."""
    answer = json_object(content)
    if request.is_record:
        if not _number(answer):
            raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no study")
        return State.FOUND
    if not isinstance(answer.get("studies"), list):
        raise UnreadableError(NotAsked.WRONG_FORM, "its answer holds no list of studies")
    is_first = "pageToken" not in dict(request.parameters)
    return State.NOT_FOUND if is_first and not answer["studies"] else State.FOUND


def read_study(content: bytes) -> Trial:
    """The trial of an answer to `study`."""
    return _trial(json_object(content))


def read_studies(content: bytes) -> tuple[Trial, ...]:
    """The trials of one page of a search."""
    return tuple(map(_trial, parts(json_object(content), "studies")))


def read_hits(request: Request, content: bytes) -> Hits:
    """One page of a search; the number of all stands on the first page, and is 0 after it."""
    answer = json_object(content)
    ids = tuple(_number(item) for item in parts(answer, "studies"))
    asked = dict(request.parameters)
    token = text_of(answer, "nextPageToken")
    following = replace(request, parameters=tuple({**asked, "pageToken": token}.items()))
    more = token and token != asked.get("pageToken")
    return Hits(whole_number(answer, "totalCount") or 0, ids, following if more else None)


def _number(item: Mapping[str, object]) -> str:
    return text_of(part(item, "protocolSection", "identificationModule"), "nctId")


def _trial(item: Mapping[str, object]) -> Trial:
    protocol = part(item, "protocolSection")
    names, status = part(protocol, "identificationModule"), part(protocol, "statusModule")
    design, arms = part(protocol, "designModule"), part(protocol, "armsInterventionsModule")
    outcomes = part(protocol, "outcomesModule")
    return Trial(
        nct=text_of(names, "nctId"),
        aliases=texts(names, "nctIdAliases"),
        title=text_of(names, "briefTitle"),
        official_title=text_of(names, "officialTitle"),
        status=text_of(status, "overallStatus"),
        why_stopped=text_of(status, "whyStopped"),
        study_type=text_of(design, "studyType"),
        phases=texts(design, "phases"),
        allocation=text_of(part(design, "designInfo"), "allocation"),
        masking=text_of(part(design, "designInfo", "maskingInfo"), "masking"),
        conditions=texts(part(protocol, "conditionsModule"), "conditions"),
        interventions=tuple(text_of(i, "name") for i in parts(arms, "interventions")),
        arms=tuple(
            Arm(text_of(arm, "label"), text_of(arm, "type"), text_of(arm, "description"))
            for arm in parts(arms, "armGroups")
        ),
        enrolment=Enrolment(
            whole_number(part(design, "enrollmentInfo"), "count"),
            text_of(part(design, "enrollmentInfo"), "type"),
        ),
        start=_dated(status, "startDateStruct"),
        completion=_dated(status, "primaryCompletionDateStruct"),
        first_posted=_dated(status, "studyFirstPostDateStruct").date,
        last_updated=_dated(status, "lastUpdatePostDateStruct").date,
        primary_outcomes=_outcomes(outcomes, "primaryOutcomes"),
        secondary_outcomes=_outcomes(outcomes, "secondaryOutcomes"),
        has_results=item.get("hasResults") is True,
        results_first_posted=_dated(status, "resultsFirstPostDateStruct").date,
        results=tuple(_results(part(item, "resultsSection", "outcomeMeasuresModule"))),
        pmids=tuple(
            pmid
            for reference in parts(part(protocol, "referencesModule"), "references")
            if (pmid := text_of(reference, "pmid"))
        ),
        sponsor=text_of(part(protocol, "sponsorCollaboratorsModule", "leadSponsor"), "name"),
    )


def _dated(status: Mapping[str, object], name: str) -> Dated:
    return Dated(text_of(part(status, name), "date"), text_of(part(status, name), "type"))


def _outcomes(module: Mapping[str, object], name: str) -> tuple[PlannedOutcome, ...]:
    return tuple(
        PlannedOutcome(
            text_of(outcome, "measure"), text_of(outcome, "timeFrame"), text_of(outcome, "description")
        )
        for outcome in parts(module, name)
    )


def _results(module: Mapping[str, object]) -> Iterator[Result]:
    for measure in parts(module, "outcomeMeasures"):
        titles = {text_of(g, "id"): text_of(g, "title") for g in parts(measure, "groups")}
        values = tuple(
            Measurement(titles.get(text_of(m, "groupId"), ""), text_of(m, "value"), text_of(m, "spread"))
            for group in parts(measure, "classes")
            for category in parts(group, "categories")
            for m in parts(category, "measurements")
        )
        analyses = tuple(
            Analysis(
                text_of(a, "statisticalMethod"),
                text_of(a, "paramType"),
                text_of(a, "paramValue"),
                text_of(a, "ciLowerLimit"),
                text_of(a, "ciUpperLimit"),
                text_of(a, "pValue"),
            )
            for a in parts(measure, "analyses")
        )
        yield Result(
            text_of(measure, "type"),
            text_of(measure, "title"),
            text_of(measure, "timeFrame"),
            text_of(measure, "paramType"),
            text_of(measure, "unitOfMeasure"),
            values,
            analyses,
        )
