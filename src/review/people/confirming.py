"""What a person makes of the facts that a machine read of a study: confirmed, corrected, left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from review.model.errors import InField, ParameterError, Problem
from review.model.fields import iso_date
from review.model.readings import FACTS
from review.model.records import Finding, Study
from review.model.vocabulary import NOT_REPORTED, Checked, Design, Funding
from review.people.entries import Entered, day_problems, line_problems

FINDING_FIELDS = (
    *("outcome", "result", "measure", "estimate", "ci_low", "ci_high", "p", "unit", "time_point"),
    *("n_intervention", "n_control", "events_intervention", "events_control"),
)
"""What a person may correct of a finding."""
STUDY_FIELDS = (*FACTS, "population", "intervention", "comparator", "conflicts")
"""What a person may say of a study: what a machine may read, and what it leaves to people."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who confirms, by name, and the day as it is typed, empty for today."""

    name: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is done with the facts of a study, each named by its key or by the id of its finding.

    `confirmed` are right as they are. `corrected` gives what is right in their place, of a finding as
    `f1.outcome`; a fact that no machine read may be given too, and a finding, by the number after the
    last, with its outcome and result. `left_out` are taken out again.
    """

    confirmed: Sequence[str] = ()
    corrected: Mapping[str, str] | None = None
    left_out: Sequence[str] = ()


def with_confirmation(
    study: Study, done: Confirmation, reader: Reader, now: datetime, linked: Sequence[str] = ()
) -> Study:
    """The study after what a person did; its facts count once all about the study itself are confirmed.

    `linked` are the findings to which links lead, and which cannot be left out. Raises ParameterError
    with every problem.
    """
    problems = list(_problems(study, done, reader, now, linked))
    if problems:
        raise ParameterError(problems)
    day = iso_date(reader.day) if reader.day else now.date()
    tree = study.model_dump(mode="json", exclude_none=True)
    facts = tree["readings"]["facts"]
    signed = {"confirmed_by": reader.name, "confirmed": day.isoformat()}
    for name in done.left_out:
        _leave_out(tree, name)
    for field, value in (done.corrected or {}).items():
        name = field.partition(".")[0]
        if name in facts:
            before = _value(study, name)
            facts[name] = {**facts[name], "read_as": facts[name].get("read_as", before), **signed}
        _put(tree, field, value)
    for name in done.confirmed:
        facts[name] = {**facts[name], **signed}
    return _built(study, tree)


def _problems(
    study: Study, done: Confirmation, reader: Reader, now: datetime, linked: Sequence[str]
) -> Iterator[Problem]:
    yield from line_problems(InField(Entered.REVIEWER), reader.name)
    if reader.day:
        yield from day_problems(InField(Entered.DATE), reader.day, now)
    if study.readings is None:
        fault = f"no machine read {study.study}, so that nothing waits for a person"
        yield InField(Entered.STUDY).problem(fault, remedy="Edit its file.")
        return
    yield from _unknown_facts(study, done)
    yield from _unfinished_finding(study, done)
    for name in done.left_out:
        if name in linked:
            remedy = "Take the link out first."
            yield InField(name).problem("a link leads to this finding", remedy=remedy)
    touched = [*done.confirmed, *done.left_out, *{f.partition(".")[0] for f in done.corrected or {}}]
    for name in sorted({name for name in touched if touched.count(name) > 1}):
        remedy = "Confirm it, correct it, or leave it out."
        yield InField(name).problem("two things are to be done with it", remedy=remedy)


def _unknown_facts(study: Study, done: Confirmation) -> Iterator[Problem]:
    read = study.readings.facts if study.readings else {}
    for name in (*done.confirmed, *done.left_out):
        if name not in read:
            remedy = f"It has {', '.join(read) or 'none'}."
            yield InField(name).problem("no machine read such a fact here", remedy=remedy)
    for field in done.corrected or {}:
        if not _is_known(study, field):
            remedy = f"Use {', '.join(STUDY_FIELDS)}, or a field of a finding such as f1.outcome."
            yield InField(field).problem("a study has no such fact", remedy=remedy)


def _unfinished_finding(study: Study, done: Confirmation) -> Iterator[Problem]:
    """What a finding that a person adds lacks."""
    added = next_finding(study)
    parts = {field.partition(".")[2] for field in done.corrected or {} if field.startswith(f"{added}.")}
    for part in sorted({"outcome", "result"} - parts if parts else ()):
        remedy = f"Say {added}.outcome and {added}.result."
        yield InField(f"{added}.{part}").problem("a new finding needs it", remedy=remedy)


def _is_known(study: Study, field: str) -> bool:
    name, dot, part = field.partition(".")
    if not dot:
        return field in STUDY_FIELDS
    names = {finding.finding for finding in study.findings}
    return part in FINDING_FIELDS and name in {*names, next_finding(study)}


def next_finding(study: Study) -> str:
    """The id of a finding that a person adds: the number after the last that is there."""
    return f"f{max((int(finding.finding[1:]) for finding in study.findings), default=0) + 1}"


def _value(study: Study, name: str) -> str:
    """What was read, as one text."""
    finding = next((finding for finding in study.findings if finding.finding == name), None)
    return reading_text(finding) if finding else str(getattr(study, name))


def reading_text(finding: Finding) -> str:
    """What was read of a finding, in one line."""
    parts = [
        f"{finding.measure.spoken}" if finding.measure else "",
        f"{finding.estimate:.12g}{f' {finding.unit}' if finding.unit else ''}"
        if finding.estimate is not None
        else "",
        f"({finding.ci_low:.12g} to {finding.ci_high:.12g})" if finding.ci_low is not None else "",
        f"p {finding.p}" if finding.p else "",
    ]
    return f"{finding.outcome}: {' '.join(filter(None, parts)) or finding.result}"


def _leave_out(tree: dict[str, Any], name: str) -> None:
    del tree["readings"]["facts"][name]
    if name in FACTS:
        tree[name] = str(Funding.NOT_REPORTED if name == "funding_kind" else NOT_REPORTED)
    else:
        tree["findings"] = [finding for finding in tree["findings"] if finding["finding"] != name]


def _put(tree: dict[str, Any], field: str, value: str) -> None:
    name, dot, part = field.partition(".")
    if not dot:
        tree[name] = value
        return
    finding = next((finding for finding in tree["findings"] if finding["finding"] == name), None)
    if finding is None:
        # Whether it can count is told once the study itself is known to.
        finding = {"finding": name, "checked": _SAID, "source": tree["readings"]["source"]}
        tree["findings"].append(finding)
    if value:
        finding[part] = value
    else:
        finding.pop(part, None)


_SAID = "said"
"""Until it is known whether the study counts, what is read of a finding that a person adds."""


def _built(study: Study, tree: dict[str, Any]) -> Study:
    """The study that a tree describes, with what follows from the facts that are confirmed."""
    facts = tree["readings"]["facts"]
    open_names = {name for name, fact in facts.items() if "confirmed" not in fact}
    is_untold = NOT_REPORTED in (tree["design"], tree["species"])
    is_draft = is_untold or any(name in open_names for name in FACTS)
    read = str(Checked.REGISTRY if tree["design"] == Design.REGISTRY_ENTRY else Checked.ABSTRACT)
    if is_draft:
        tree["checked"] = str(Checked.READ_BY_MACHINE)
    elif study.is_draft:
        tree["checked"] = read
    for finding in tree["findings"]:
        if finding["checked"] == _SAID:
            if is_draft:
                place = InField(finding["finding"])
                remedy = "Confirm the facts about the study itself first, or with it."
                raise ParameterError.at(place, "the study does not count yet", remedy=remedy)
            finding["checked"] = read
        if finding["finding"] in facts:
            waits = is_draft or finding["finding"] in open_names
            was_open = finding["checked"] == Checked.READ_BY_MACHINE
            if waits:
                finding["checked"] = str(Checked.READ_BY_MACHINE)
            elif was_open:
                finding["checked"] = read
    try:
        return Study.model_validate(tree)
    except ValidationError as error:
        raise ParameterError([_refused(dict(d)) for d in error.errors(include_url=False)]) from None


def _refused(detail: Mapping[str, Any]) -> Problem:
    where = ".".join(str(part) for part in detail["loc"]) or "study"
    allowed = detail.get("ctx", {}).get("expected")
    message = str(detail["msg"]).removeprefix("Value error, ").rstrip(".")
    remedy = f"Use one of {allowed}." if allowed else f"{message[:1].upper()}{message[1:]}."
    return InField(where).problem("it cannot stand like this", remedy=remedy)
