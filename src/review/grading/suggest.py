"""Suggested GRADE ratings, each with the inputs it came from; used only where no judgement is recorded.

A suggestion is never a judgement: whoever shows it marks it "suggested, not confirmed". Where the
record holds too little to suggest that a domain is clean, the suggestion says so and rates down.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.grading.grade import imprecision_from_interval
from review.vocabulary import Concern, Design, Directness, Domain, Funding, Stance

INFORMATION_SIZE = 400
"""Participants below which a body is imprecise: the rule of thumb of Murad and others, 2017."""
FAR_TOO_SMALL = 0.30
"""Share of the information size below which two levels are taken (Core GRADE 2, 2025, as digested)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the suggestions look at, for one finding in people."""

    study: str
    design: Design
    stance: Stance
    directness: tuple[Directness, Directness, Directness]
    participants: int | None
    funding: Funding
    ci_low: float | None
    ci_high: float | None
    null_value: float | None
    bias: str = "unknown"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested rating and the inputs it rests on."""

    concern: Concern
    reason: str


def suggested_ratings(body: Sequence[Evidence]) -> Mapping[Domain, Suggestion]:
    """A suggestion for each of the five domains of a body of evidence in people.

    Raises ValueError for an empty body: where nothing was found there is nothing to rate.
    """
    if not body:
        raise ValueError("there is no evidence to rate")
    return {
        Domain.RISK_OF_BIAS: _risk_of_bias(body),
        Domain.INCONSISTENCY: _inconsistency(body),
        Domain.INDIRECTNESS: _indirectness(body),
        Domain.IMPRECISION: _imprecision(body),
        Domain.PUBLICATION_BIAS: _publication_bias(body),
    }


def _risk_of_bias(body: Sequence[Evidence]) -> Suggestion:
    """By the appraisals: clean only where every study is at low risk (GRADE guidelines 4)."""
    concerns = {item.study: item.bias for item in body}
    counts = Counter(concerns.values())
    said = ", ".join(
        f"{counts[name]} {name}" for name in ("low", "some", "high", "unknown") if counts[name]
    )
    reason = f"Risk of bias of {_counted(len(concerns), 'study', 'studies')}: {said}."
    clean = set(concerns.values()) == {"low"}
    return Suggestion(Concern.NOT_SERIOUS if clean else Concern.SERIOUS, reason)


def _inconsistency(body: Sequence[Evidence]) -> Suggestion:
    """Direction only: a single study cannot be inconsistent (GRADE guidelines 7)."""
    studies = {item.study for item in body}
    if len(studies) == 1:
        return Suggestion(Concern.NOT_SERIOUS, "One study only.")
    supporting = {item.study for item in body if item.stance is Stance.SUPPORTS}
    against = {item.study for item in body if item.stance is not Stance.SUPPORTS}
    if supporting and against:
        reason = f"{len(supporting)} studies support the statement, {len(against)} do not."
        return Suggestion(Concern.SERIOUS, reason)
    return Suggestion(Concern.NOT_SERIOUS, f"All {len(studies)} studies point the same way.")


def _indirectness(body: Sequence[Evidence]) -> Suggestion:
    """By the most direct finding: one element off costs one level, two or more cost two."""
    closest = min(body, key=lambda item: _distance(item.directness))
    distance = _distance(closest.directness)
    names = ("population", "intervention", "outcome")
    off = [
        f"{name} {value}"
        for name, value in zip(names, closest.directness, strict=True)
        if value in (Directness.PARTLY, Directness.INDIRECT)
    ]
    if not off:
        return Suggestion(Concern.NOT_SERIOUS, "The most direct finding matches in every element.")
    concern = (
        Concern.NOT_SERIOUS
        if distance < 1
        else Concern.SERIOUS
        if distance < 2
        else Concern.VERY_SERIOUS
    )
    return Suggestion(concern, f"In the most direct finding: {', '.join(off)}.")


_DISTANCE = {
    Directness.DIRECT: 0.0,
    Directness.NOT_APPLICABLE: 0.0,
    Directness.PARTLY: 0.5,
    Directness.INDIRECT: 1.0,
}


def _distance(directness: tuple[Directness, ...]) -> float:
    return sum(_DISTANCE[value] for value in directness)


_UNCONTROLLED = frozenset({Design.CASE_SERIES, Design.CASE_REPORT})


def _imprecision(body: Sequence[Evidence]) -> Suggestion:
    """Information size first, then intervals against no effect (GRADE guidelines 6; Murad 2017)."""
    if all(item.design in _UNCONTROLLED for item in body):
        reason = "No comparison group, so no interval for an effect: not assessable."
        return Suggestion(Concern.VERY_SERIOUS, reason)
    sizes = {item.study: item.participants for item in body}
    known = [size for size in sizes.values() if size is not None]
    if not known:
        return Suggestion(Concern.SERIOUS, "The number of participants is not reported.")
    total = sum(known)
    unknown = len(sizes) - len(known)
    said = f"{total} participants in {_counted(len(known), 'study', 'studies')}"
    said += f", {unknown} more without a number" if unknown else ""
    if total < FAR_TOO_SMALL * INFORMATION_SIZE:
        reason = f"{said}: under 30% of {INFORMATION_SIZE}."
        return Suggestion(Concern.VERY_SERIOUS, reason)
    if total < INFORMATION_SIZE:
        return Suggestion(Concern.SERIOUS, f"{said}: fewer than {INFORMATION_SIZE}.")
    crossing = [item.study for item in body if _crosses_null(item)]
    if crossing:
        reason = f"{said}, but the interval of {', '.join(sorted(set(crossing)))} includes no effect."
        return Suggestion(Concern.SERIOUS, reason)
    return Suggestion(Concern.NOT_SERIOUS, f"{said}.")


def _crosses_null(item: Evidence) -> bool:
    if item.ci_low is None or item.ci_high is None or item.null_value is None:
        return False
    return imprecision_from_interval(item.ci_low, item.ci_high, item.null_value) is Concern.SERIOUS


def _publication_bias(body: Sequence[Evidence]) -> Suggestion:
    """Suspected where most of the studies are small and paid for by industry (Core GRADE 4)."""
    studies = {item.study: item for item in body}
    small_and_paid = sorted(
        study
        for study, item in studies.items()
        if item.funding in (Funding.INDUSTRY, Funding.MIXED)
        and (item.participants is None or item.participants < INFORMATION_SIZE)
    )
    if 2 * len(small_and_paid) > len(studies):
        reason = f"Small and paid for by industry: {', '.join(small_and_paid)}."
        return Suggestion(Concern.SERIOUS, reason)
    return Suggestion(
        Concern.NOT_SERIOUS,
        f"{len(small_and_paid)} of {len(studies)} studies known to be small and paid for by industry.",
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
