"""What the rules suggest for each domain beside what the authors of published bodies judged.

`bodies.csv` holds 60 outcomes of four evidence syntheses (EAN 2020, ASA older adults 2023, KDIGO 2024
and ACR 2021) with the ratings that their authors gave by domain; `bodies_studies.csv` the studies of
those whose studies could all be read. How they are chosen was fixed before any suggestion was made, and
nothing was left out for what authors judged. A domain is compared only where its facts are known:

- risk of bias, by the authors' appraisal of each study or by a footnote that counts them; where some are
  unknown, only if the suggestion is the same whether these are low or high;
- inconsistency, where people and effect of every study are known; a body of one study is shown apart;
- imprecision, of the studies, else of the pooled effect as that of one review.

No source says for each study how direct it is or who paid, so the other two domains are not compared.
`python -m benchmarks.suggestions` prints it beside the first 41 bodies.
"""

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.suggest import suggested_ratings
from review.grading.thresholds import Thresholds
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

HERE = Path(__file__).parent
DIRECT = (Directness.DIRECT, Directness.DIRECT, Directness.DIRECT)
COMPARED = {
    Domain.RISK_OF_BIAS: "risk_of_bias",
    Domain.INCONSISTENCY: "inconsistency",
    Domain.IMPRECISION: "imprecision",
}
QUANTILE = 1.959963984540054
CORRECTION = 0.5
"""What is added to each cell of a trial where one arm had no event."""

Row = Mapping[str, str]
Effect = tuple[float | None, float | None, float | None]


def rows(name: str) -> list[dict[str, str]]:
    """A file of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bodies() -> list[dict[str, str]]:
    """The published bodies, in the order in which they were taken."""
    return rows("bodies.csv")


def studies() -> dict[str, list[dict[str, str]]]:
    """The studies of the bodies whose studies could all be read."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("bodies_studies.csv"):
        found.setdefault(row["body"], []).append(row)
    return found


def effect(row: Row) -> Effect:
    """Estimate and limits: as printed, else the risk ratio; nothing where neither arm had an event."""
    if row["estimate"]:
        return float(row["estimate"]), float(row["ci_low"]), float(row["ci_high"])
    if not row["treated_events"]:
        return None, None, None
    treated, control = float(row["treated_events"]), float(row["control_events"])
    of_treated, of_control = float(row["treated"]), float(row["control"])
    if not treated and not control:
        return None, None, None
    if not treated or not control:
        treated, control = treated + CORRECTION, control + CORRECTION
        of_treated, of_control = of_treated + 2 * CORRECTION, of_control + 2 * CORRECTION
    log = math.log(treated / of_treated) - math.log(control / of_control)
    se = math.sqrt(1 / treated - 1 / of_treated + 1 / control - 1 / of_control)
    return math.exp(log), math.exp(log - QUANTILE * se), math.exp(log + QUANTILE * se)


def side(measure: Measure | None, estimate: float | None) -> float:
    """-1 below no effect, 1 above it, 0 where there is no estimate or it shows no effect."""
    if measure is None or measure.no_effect is None or estimate is None:
        return 0.0
    return float((estimate > measure.no_effect) - (estimate < measure.no_effect))


def side_of_body(body: Row, found: Sequence[RateableFinding]) -> float:
    """The side of the printed pooled effect, else of the mean of the studies by inverse variance."""
    if body["estimate"]:
        return side(Measure(body["measure"]), float(body["estimate"]))
    total = 0.0
    for item in found:
        if item.measure is None or item.estimate is None or item.interval is None:
            continue
        low, point, high = (
            math.log(value) if item.measure.is_ratio else value - (item.measure.no_effect or 0.0)
            for value in (item.interval[0], item.estimate, item.interval[1])
        )
        total += point / (high - low) ** 2
    return math.copysign(1.0, total) if total else 0.0


def shown(item: RateableFinding, whole: float) -> Stance:
    """What a study shows: it contradicts where its interval lies wholly on the other side."""
    limits = item.interval or (None, None)
    sides = {side(item.measure, limit) for limit in limits}
    return Stance.CONTRADICTS if sides == {-whole} and whole else Stance.SUPPORTS


def leaning(item: RateableFinding, whole: float) -> Stance:
    """On which side the estimate of a study lies, whatever its interval; a harder reading."""
    own = side(item.measure, item.estimate)
    if not own or not whole:
        return Stance.MIXED
    return Stance.SUPPORTS if own == whole else Stance.CONTRADICTS


def events_of(row: Row) -> int | None:
    """The events of both arms."""
    return int(row["treated_events"]) + int(row["control_events"]) if row["treated_events"] else None


def finding(row: Row, body: Row) -> RateableFinding:
    """A study as the rules see it."""
    estimate, low, high = effect(row)
    known = int(body["events"]) if body["events"] else None
    return RateableFinding(
        study=row["study"],
        design=Design(body["design"]),
        stance=Stance.SUPPORTS,
        directness=DIRECT,
        participants=int(row["people"]),
        funding=Funding.NOT_REPORTED,
        measure=Measure(row["measure"]) if row["measure"] else None,
        unit=row["unit"] or None,
        estimate=estimate,
        ci_low=low,
        ci_high=high,
        bias=BiasConcern(row["bias"]) if row["bias"] else BiasConcern.UNKNOWN,
        events=known if events_of(row) is None else events_of(row),
    )


def pooled(body: Row, found: Sequence[RateableFinding] = ()) -> RateableFinding:
    """The printed effect of a body as that of one review, with people and events of known studies."""
    is_trials = Design(body["design"]) is Design.RANDOMISED_TRIAL
    people = sum(item.participants or 0 for item in found) or (
        int(body["people"]) if body["people"] else None
    )
    events = sum(item.events or 0 for item in found) or (int(body["events"]) if body["events"] else None)
    return RateableFinding(
        study=body["body"],
        design=Design.REVIEW_OF_TRIALS if is_trials else Design.REVIEW_OF_OBSERVATIONAL,
        stance=Stance.SUPPORTS,
        directness=DIRECT,
        participants=people,
        funding=Funding.NOT_REPORTED,
        measure=Measure(body["measure"]),
        unit=body["unit"] or None,
        estimate=float(body["estimate"]),
        ci_low=float(body["ci_low"]),
        ci_high=float(body["ci_high"]),
        events=events,
    )


def footnoted(body: Row) -> list[RateableFinding]:
    """Stand-ins for the studies of a footnote such as "3 low, 1 some"; one where it says "all"."""
    found = []
    for part in filter(None, body["bias"].split(", ")):
        number, word = part.split(" ")
        for _ in range(1 if number == "all" else int(number)):
            found.append(
                RateableFinding(
                    study=f"study {len(found) + 1}",
                    design=Design(body["design"]),
                    stance=Stance.SUPPORTS,
                    directness=DIRECT,
                    participants=None,
                    funding=Funding.NOT_REPORTED,
                    bias=BiasConcern(word),
                )
            )
    return found


def risk(body: Row, own: Sequence[Row]) -> float | None:
    """The risk without the treatment: printed, else that of the control arms of all studies."""
    if body["baseline_risk"]:
        return float(body["baseline_risk"])
    if not own or not all(row["control"] for row in own):
        return None
    return sum(int(row["control_events"]) for row in own) / sum(int(row["control"]) for row in own)


def bias_suggested(found: Sequence[RateableFinding]) -> SuggestedRating | None:
    """The suggestion, None where it hangs on appraisals that are not known."""
    either = {
        suggested_ratings(
            [replace(i, bias=word) if i.bias is BiasConcern.UNKNOWN else i for i in found]
        )[Domain.RISK_OF_BIAS].concern
        for word in (BiasConcern.LOW, BiasConcern.HIGH)
    }
    return suggested_ratings(found)[Domain.RISK_OF_BIAS] if len(either) == 1 else None


@dataclass(frozen=True, slots=True)
class Pair:
    """One domain of one body: both ratings, and what the comparison rests on."""

    body: str
    group: str
    domain: Domain
    basis: str
    authors: Concern
    rules: SuggestedRating

    @property
    def agrees(self) -> bool:
        """Whether both give the same rating."""
        return self.rules.concern is self.authors


def compared(
    stance: Callable[[RateableFinding, float], Stance] = shown, *, as_printed: bool = False
) -> list[Pair]:
    """Every domain of every body whose facts are known.

    `stance` gives that of a study. With `as_printed` imprecision is suggested on the pooled effect that
    the authors print, where they print one, and not on the studies.
    """
    of_body = studies()
    pairs = []
    for body in bodies():
        own = of_body.get(body["body"], [])
        found = [finding(row, body) for row in own]
        whole = side_of_body(body, found)
        found = [replace(item, stance=stance(item, whole)) for item in found]
        for domain, (basis, ours) in _suggested(body, own, found, as_printed=as_printed).items():
            judged = body[COMPARED[domain]]
            if judged and ours is not None:
                pairs.append(Pair(body["body"], body["group"], domain, basis, Concern(judged), ours))
    return pairs


def _suggested(
    body: Row, own: Sequence[Row], found: Sequence[RateableFinding], *, as_printed: bool
) -> dict[Domain, tuple[str, SuggestedRating | None]]:
    """The suggestion for each domain whose facts are known, with what it rests on."""
    thresholds = Thresholds(baseline_risk=risk(body, own))
    rating = suggested_ratings(found, thresholds=thresholds) if found else {}
    given: dict[Domain, tuple[str, SuggestedRating | None]] = {}
    if any(item.bias is not BiasConcern.UNKNOWN for item in found):
        given[Domain.RISK_OF_BIAS] = "each study appraised", bias_suggested(found)
    elif body["bias"]:
        given[Domain.RISK_OF_BIAS] = "footnote", bias_suggested(footnoted(body))
    if found:
        basis = "one study" if len(found) == 1 else "several studies"
        given[Domain.INCONSISTENCY] = basis, rating[Domain.INCONSISTENCY]
    if body["estimate"] and (as_printed or not found):
        review = suggested_ratings([pooled(body, found)], thresholds=thresholds)
        given[Domain.IMPRECISION] = "pooled effect", review[Domain.IMPRECISION]
    elif any(item.measure for item in found):
        given[Domain.IMPRECISION] = "the studies", rating[Domain.IMPRECISION]
    return given


_GUIDANCE = {
    (Domain.RISK_OF_BIAS, Concern.VERY_SERIOUS, ""): (
        "a rule never takes two levels: whether bias explains the effect is for a person"
    ),
    (Domain.RISK_OF_BIAS, Concern.NOT_SERIOUS, ""): (
        "what dominates the weight decides (Core GRADE 4); whether some concerns count as high risk, as "
        "here, is a choice"
    ),
    (Domain.INCONSISTENCY, None, "One study only"): (
        "one study cannot be inconsistent with itself (GRADE guidelines 7)"
    ),
    (Domain.INCONSISTENCY, None, ""): (
        "estimates that vary widely and intervals that do not overlap lower it (GRADE guidelines 7); "
        "neither I² nor a test decides (Core GRADE 3), and how wide the intervals are is imprecision"
    ),
    (Domain.IMPRECISION, None, "appreciable benefit and appreciable harm"): (
        "an interval with appreciable benefit and appreciable harm costs two levels (Core GRADE 2)"
    ),
    (Domain.IMPRECISION, None, "it includes no effect, and its limits"): (
        "an interval across no effect costs one level (GRADE guidance 34); a second one for limits that "
        "lie far apart is our convention there"
    ),
    (Domain.IMPRECISION, None, "from where on it matters"): (
        "an interval across no effect costs one level; more, or none, needs a threshold (guidance 34), "
        "which no source records"
    ),
    (Domain.IMPRECISION, None, "number of events is not reported"): (
        "so large an effect asks for information (Core GRADE 2); events that are not printed count as "
        "too few"
    ),
    (Domain.IMPRECISION, None, "implausibly large, and"): (
        "so large an effect asks for information (Core GRADE 2; limits 3 or 2.5 times apart: GRADE "
        "guidance 34)"
    ),
    (Domain.IMPRECISION, None, "it includes no effect"): (
        "an interval across no effect costs one level (GRADE guidance 34)"
    ),
    (Domain.IMPRECISION, None, "crosses no threshold"): (
        "an interval that crosses no threshold costs none unless the effect is implausibly large (Core "
        "GRADE 2); authors may hold it to a threshold that they do not print"
    ),
    (Domain.IMPRECISION, None, "fewer than"): (
        "without an interval fewer than 400 people cost one level (Murad and others 2017)"
    ),
}
"""What the guidance says where both differ: by domain, the authors' rating and words of the reason.

The first that fits counts. Sources are those of `tests/rules/suggested_bodies.json`.
"""


def guidance(pair: Pair) -> str:
    """What the guidance says of a body on which authors and rules differ."""
    return next(
        said
        for (domain, authors, words), said in _GUIDANCE.items()
        if domain is pair.domain and authors in {None, pair.authors} and words in pair.rules.reason
    )


def agreement(pairs: Sequence[Pair]) -> str:
    """How many agree, with Cohen's kappa, plain and weighted by the square of the distance in levels."""
    same = sum(pair.agrees for pair in pairs)
    start = f"{same} of {len(pairs)} ({same / len(pairs):.1%})"
    theirs = [pair.authors.levels for pair in pairs]
    ours = [pair.rules.concern.levels for pair in pairs]
    if len({*theirs, *ours}) == 1:
        return f"{start}, kappa not defined: all are rated alike"
    plain, weighted = (cohen_kappa_score(theirs, ours, weights=by) for by in (None, "quadratic"))
    return f"{start}, kappa {plain:.2f}, weighted {weighted:.2f}"


def lines() -> Iterator[str]:
    """The figures by domain, by what they rest on and by source; then each disagreement."""
    pairs = compared()
    for domain in COMPARED:
        of_domain = [pair for pair in pairs if pair.domain is domain]
        yield f"{_spoken(domain)}: {agreement(of_domain)}"
        for kind in (_basis, _group):
            for name in dict.fromkeys(map(kind, of_domain)):
                yield f"  {name}: {agreement([pair for pair in of_domain if kind(pair) == name])}"
    yield f"all three: {agreement(pairs)}"
    several = [pair for pair in compared(leaning) if pair.basis == "several studies"]
    yield f"inconsistency of several studies, stance by the estimate alone: {agreement(several)}"
    printed = [pair for pair in compared(as_printed=True) if pair.domain is Domain.IMPRECISION]
    yield f"imprecision, by the authors' pooled effect where one is printed: {agreement(printed)}"
    for pair in pairs:
        if not pair.agrees:
            yield (
                f"! {pair.body}, {_spoken(pair.domain)}: authors {pair.authors.spoken}, rules "
                f"{pair.rules.concern.spoken}. {pair.rules.reason} Guidance: {guidance(pair)}."
            )


def _spoken(domain: Domain) -> str:
    return COMPARED[domain].replace("_", " ")


def _basis(pair: Pair) -> str:
    return pair.basis


def _group(pair: Pair) -> str:
    return pair.group
