"""Suggested GRADE ratings, each with the inputs it came from; used only where no judgement is recorded.

A suggestion is never a judgement: whoever shows it marks it "suggested, not confirmed". Where the
record holds too little to suggest that a domain is clean, the suggestion says so and rates down.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from review.grading.grade import imprecision_from_interval
from review.grading.information_size import is_far_too_wide
from review.grading.settings import DEFAULTS, GradeSettings
from review.model.vocabulary import (
    BiasConcern,
    Concern,
    Design,
    Directness,
    Domain,
    Funding,
    Measure,
    Stance,
)

FAR_TOO_SMALL = 0.30
"""Share of the information size below which two levels are taken (Core GRADE 2, 2025, as digested)."""
HIGH_RISK_SHARE = 0.55
"""Share of participants in studies at high risk from which bias dominates (Core GRADE 4, digested)."""
ONE_SIDE = 0.80
"""Share of estimates on one side of a threshold that counts as agreement (Core GRADE 3, digested)."""
LOOK_FURTHER = 30.0
"""I2 in per cent below which spread needs no further look; I2 alone never decides (Core GRADE 3)."""


@dataclass(frozen=True, slots=True)
class RateableFinding:
    """What the suggestions look at, for one finding in people.

    `estimate` and the interval are on the scale of `measure`, in `unit` where it has one; `bias` is the
    concern of the study's appraisal.
    """

    study: str
    design: Design
    stance: Stance
    directness: tuple[Directness, Directness, Directness]
    participants: int | None
    funding: Funding
    measure: Measure | None = None
    unit: str | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    bias: BiasConcern = BiasConcern.UNKNOWN


@dataclass(frozen=True, slots=True)
class SuggestedRating:
    """A suggested rating and the inputs it rests on."""

    concern: Concern
    reason: str


def suggested_ratings(
    body: Sequence[RateableFinding],
    settings: GradeSettings = DEFAULTS,
    registered_without_results: Sequence[str] = (),
) -> Mapping[Domain, SuggestedRating]:
    """A suggestion for each of the five domains of a body of evidence in people.

    `registered_without_results` names trials that are registered for the question and have shown
    none. Raises ValueError for an empty body: where nothing was found there is nothing to rate.
    """
    if not body:
        raise ValueError("there is no evidence to rate")
    return {
        Domain.RISK_OF_BIAS: _risk_of_bias(body),
        Domain.INCONSISTENCY: _inconsistency(body),
        Domain.INDIRECTNESS: _indirectness(body),
        Domain.IMPRECISION: _imprecision(body, settings),
        Domain.PUBLICATION_BIAS: _publication_bias(body, settings, registered_without_results),
    }


def _risk_of_bias(body: Sequence[RateableFinding]) -> SuggestedRating:
    """By the appraisals: clean only where every study is at low risk (GRADE guidelines 4).

    Whether bias would explain the effect is for a person to say; the suggestion never takes two.
    """
    # A study counts once, however many of its findings are linked.
    studies = {item.study: item for item in body}
    counts = Counter(item.bias for item in studies.values())
    judgements = ", ".join(f"{counts[bias]} {bias}" for bias in BiasConcern if counts[bias])
    reason = f"Risk of bias of {_counted(len(studies), 'study', 'studies')}: {judgements}."
    share = _share_at_high_risk(list(studies.values()))
    if share is not None and share >= HIGH_RISK_SHARE:
        reason += f" {share:.0%} of the participants are in studies at high risk."
    clean = set(counts) == {BiasConcern.LOW}
    return SuggestedRating(Concern.NOT_SERIOUS if clean else Concern.SERIOUS, reason)


def _share_at_high_risk(studies: Sequence[RateableFinding]) -> float | None:
    sizes = [item.participants for item in studies]
    if any(size is None for size in sizes) or not sum(size or 0 for size in sizes):
        return None
    high = sum(item.participants or 0 for item in studies if item.bias is BiasConcern.HIGH)
    return high / sum(size or 0 for size in sizes)


def _inconsistency(body: Sequence[RateableFinding]) -> SuggestedRating:
    """Direction first, then where the estimates fall; a single study cannot be inconsistent.

    GRADE guidelines 7; Core GRADE 3.
    """
    studies = {item.study for item in body}
    if len(studies) == 1:
        return SuggestedRating(Concern.NOT_SERIOUS, "One study only.")
    supporting = {item.study for item in body if item.stance is Stance.SUPPORTS}
    against = {item.study for item in body if item.stance is not Stance.SUPPORTS}
    if supporting and against:
        support = _counted(len(supporting), "study supports", "studies support")
        reason = f"{support} the statement, {_counted(len(against), 'does', 'do')} not."
        return SuggestedRating(Concern.SERIOUS, reason)
    spread = _spread(body)
    if spread is not None and spread.concern is not Concern.NOT_SERIOUS:
        return spread
    return SuggestedRating(Concern.NOT_SERIOUS, f"All {len(studies)} studies point the same way.")


def _spread(body: Sequence[RateableFinding]) -> SuggestedRating | None:
    """What the estimates of the most frequent scale say; None with fewer than two intervals."""
    scales = Counter(
        (item.measure, item.unit) for item in body if item.measure and item.ci_low is not None
    )
    if not scales:
        return None
    # Estimates are compared in one measure and one unit only; the most frequent speak for the body.
    (measure, unit), _ = scales.most_common(1)[0]
    same = [item for item in body if (item.measure, item.unit) == (measure, unit)]
    intervals = [
        (item.estimate, item.ci_low, item.ci_high)
        for item in same
        if item.estimate is not None and item.ci_low is not None and item.ci_high is not None
    ]
    if len(intervals) < 2 or measure is None or measure.no_effect is None:
        return None
    return inconsistency_from_estimates(intervals, measure.no_effect)


def inconsistency_from_estimates(
    intervals: Sequence[tuple[float, float, float]], threshold: float, i2: float | None = None
) -> SuggestedRating:
    """The inconsistency of estimates with their intervals, against one threshold.

    `intervals` holds estimate, lower and upper limit of at least two studies, `i2` is in per cent
    where it is known. Little spread, or nearly all estimates on one side of the threshold, is no
    concern; I2 is looked at only to stop early, never to rate down (Core GRADE 3).
    """
    overlap = max(low for _, low, _ in intervals) <= min(high for _, _, high in intervals)
    if overlap and (i2 is None or i2 <= LOOK_FURTHER):
        return SuggestedRating(Concern.NOT_SERIOUS, "The intervals overlap.")
    above = sum(estimate > threshold for estimate, _, _ in intervals)
    share = max(above, len(intervals) - above) / len(intervals)
    where = f"{above} of {len(intervals)} estimates lie above {threshold:g}"
    if share >= ONE_SIDE:
        return SuggestedRating(Concern.NOT_SERIOUS, f"{where}: they differ in size, not in side.")
    return SuggestedRating(Concern.SERIOUS, f"{where}, on both sides of the threshold, unexplained.")


def _indirectness(body: Sequence[RateableFinding]) -> SuggestedRating:
    """By the most direct finding: one element off costs one level, two or more cost two."""
    closest = min(body, key=lambda item: _distance(item.directness))
    distance = _distance(closest.directness)
    names = ("population", "intervention", "outcome")
    off = [
        f"{name} {value}" for name, value in zip(names, closest.directness, strict=True) if value.is_off
    ]
    if not off:
        return SuggestedRating(Concern.NOT_SERIOUS, "The most direct finding matches in every element.")
    concern = (
        Concern.NOT_SERIOUS
        if distance < 1
        else Concern.SERIOUS
        if distance < 2
        else Concern.VERY_SERIOUS
    )
    return SuggestedRating(concern, f"In the most direct finding: {', '.join(off)}.")


_DISTANCE = {
    Directness.DIRECT: 0.0,
    Directness.NOT_APPLICABLE: 0.0,
    Directness.PARTLY: 0.5,
    Directness.INDIRECT: 1.0,
}


def _distance(directness: tuple[Directness, ...]) -> float:
    return sum(_DISTANCE[value] for value in directness)


def _imprecision(body: Sequence[RateableFinding], settings: GradeSettings) -> SuggestedRating:
    """Comparison, information size, then intervals (GRADE guidelines 6; Murad 2017; Core GRADE 2)."""
    if all(item.design.is_uncontrolled for item in body):
        reason = "No comparison group, so no interval for an effect: not assessable."
        return SuggestedRating(Concern.VERY_SERIOUS, reason)
    sizes = {item.study: item.participants for item in body}
    known = [size for size in sizes.values() if size is not None]
    if not known:
        return SuggestedRating(Concern.SERIOUS, "The number of participants is not reported.")
    total, unknown = sum(known), len(sizes) - len(known)
    size = f"{total} participants in {_counted(len(known), 'study', 'studies')}"
    size += f", {unknown} more without a number" if unknown else ""
    needed = settings.information_size
    # A study without a number might fill the gap, so its body is never called far too small.
    if total < FAR_TOO_SMALL * needed and not unknown:
        return SuggestedRating(Concern.VERY_SERIOUS, f"{size}: under 30% of {needed}.")
    if wide := _named(body, _is_far_too_wide):
        reason = f"{size}; the limits of the interval of {wide} lie too far apart."
        return SuggestedRating(Concern.VERY_SERIOUS, reason)
    if total < needed:
        return SuggestedRating(Concern.SERIOUS, f"{size}: fewer than {needed}.")
    if crossing := _named(body, _crosses_null):
        reason = f"{size}, but the interval of {crossing} includes no effect."
        return SuggestedRating(Concern.SERIOUS, reason)
    return SuggestedRating(Concern.NOT_SERIOUS, f"{size}.")


def _named(body: Sequence[RateableFinding], holds: Callable[[RateableFinding], bool]) -> str:
    return ", ".join(sorted({item.study for item in body if holds(item)}))


def _is_far_too_wide(item: RateableFinding) -> bool:
    if item.measure is None or item.ci_low is None or item.ci_high is None:
        return False
    return is_far_too_wide(item.measure, item.ci_low, item.ci_high)


def _crosses_null(item: RateableFinding) -> bool:
    no_effect = item.measure.no_effect if item.measure else None
    if item.ci_low is None or item.ci_high is None or no_effect is None:
        return False
    return imprecision_from_interval(item.ci_low, item.ci_high, (no_effect,)) is Concern.SERIOUS


def _publication_bias(
    body: Sequence[RateableFinding], settings: GradeSettings, registered_without_results: Sequence[str]
) -> SuggestedRating:
    """Suspected where most studies are small and paid for by industry, or registered ones stay silent.

    Core GRADE 4, for bodies of fewer than ten studies, as all bodies here are.
    """
    studies = {item.study: item for item in body}
    small_and_paid = sorted(
        study
        for study, item in studies.items()
        if item.funding in (Funding.INDUSTRY, Funding.MIXED)
        and (item.participants is None or item.participants < settings.information_size)
    )
    if 2 * len(small_and_paid) > len(studies):
        reason = f"Small and paid for by industry: {', '.join(small_and_paid)}."
        return SuggestedRating(Concern.SERIOUS, reason)
    if registered_without_results and len(studies) < 10:
        named = ", ".join(sorted(registered_without_results))
        return SuggestedRating(Concern.SERIOUS, f"Registered, no results read: {named}.")
    return SuggestedRating(
        Concern.NOT_SERIOUS,
        f"{len(small_and_paid)} of {_counted(len(studies), 'study', 'studies')} known to be small and "
        "paid for by industry.",
    )


def _counted(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"
