"""Pooled groups of studies, where the evidence allows any, and the reason where it does not."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from review.dossier.dossier import Dossier
from review.model.bibliography import short_citation
from review.model.records import Finding
from review.model.vocabulary import Measure
from review.report.evidence.model import Forest, ForestRow
from review.synthesis import Described, Effect, pooled_if_alike
from review.synthesis.poolable import Aspect, Comparator
from review.verdicts.bodies import Item
from review.verdicts.documents import SourceKind, source_kind
from review.verdicts.standing import Standing

_POOLED = (
    Measure.MEAN_DIFFERENCE,
    Measure.STANDARDISED_MEAN_DIFFERENCE,
    Measure.RISK_RATIO,
    Measure.ODDS_RATIO,
    Measure.CHANGE,
)
_QUANTILE = 1.959963984540054
"""Of the normal distribution at 97.5 per cent: intervals are read as 95 per cent intervals."""


def forests(review: Dossier) -> tuple[tuple[Forest, ...], str]:
    """The groups that can be pooled and, where there is none, the sentence that says why.

    A group holds primary studies that count for one graded proposition, one effect each, alike in
    product, comparison, outcome, measure and unit, as they are recorded word for word. Reviews pool
    studies themselves and are left out.
    """
    names = {key: short_citation(entry) for key, entry in review.evidence.references.items()}
    graded = [standing for standing in review.standings if standing.is_graded]
    pooled = tuple(forest for standing in graded for forest in _forests_of(standing, names))
    return pooled, "" if pooled else _not_pooled(graded, names)


def forest_of(
    key: str, statement: str, studies: Sequence[Described], names: Mapping[str, str]
) -> Forest:
    """The pooled result of studies that are alike (REML), with each study's interval and weight.

    `names` gives the citation of each study. Raises ValueError as `pooled_if_alike` does.
    """
    result = pooled_if_alike(studies)
    first = studies[0]
    is_ratio = first.measure.is_ratio
    # The weights of random effects: the inverse of a study's variance and that between studies.
    weights = [1 / (study.effect.vi + result.tau2) for study in studies]
    rows = tuple(
        ForestRow(
            study=study.effect.study,
            citation=names[study.effect.study],
            effect=_unlogged(study.effect.yi, is_ratio),
            ci=_unlogged_interval(_interval(study.effect), is_ratio),
            weight=100 * weight / sum(weights),
        )
        for study, weight in zip(studies, weights, strict=True)
    )
    return Forest(
        key=key,
        statement=statement,
        measure=first.measure.spoken,
        unit=first.value(Aspect.UNIT),
        is_ratio=is_ratio,
        rows=rows,
        method=str(result.method),
        effect=_unlogged(result.estimate, is_ratio),
        ci=_unlogged_interval(result.ci, is_ratio),
        prediction_interval=_unlogged_interval(result.prediction_interval, is_ratio),
        tau2=result.tau2,
        i2=result.i2,
    )


def _forests_of(standing: Standing, names: Mapping[str, str]) -> Iterator[Forest]:
    alike: dict[tuple[str, ...], list[Described]] = {}
    for item in _with_spread(standing):
        if described := _described(item):
            alike.setdefault(tuple(described.value(a) for a in Aspect), []).append(described)
    key, statement = standing.proposition.proposition, standing.proposition.statement
    for number, group in enumerate(alike.values(), start=1):
        studies = {described.effect.study for described in group}
        # One effect a study: a group that holds two of one study is not pooled.
        if len(studies) == len(group) > 1:
            yield forest_of(f"{key}-{number}", statement, group, names)


def _with_spread(standing: Standing) -> Iterator[Item]:
    """The findings of primary studies that count and give an effect and how far it spreads."""
    for item in standing.body.counted:
        finding = item.finding
        has_spread = finding.ci_low is not None or finding.sd is not None
        is_primary = source_kind(item.study.design) is SourceKind.PRIMARY
        if is_primary and finding.estimate is not None and has_spread:
            yield item


def _described(item: Item) -> Described | None:
    """The effect with what must be known before pooling; None where measure, unit or spread lack."""
    finding = item.finding
    if finding.measure not in _POOLED:
        return None
    spread = _effect_and_variance(item, finding.measure.is_ratio)
    if spread is None:
        return None
    try:
        return Described(
            effect=Effect(item.study.study, *spread),
            product=item.study.intervention,
            comparison=_comparison(item),
            outcome=finding.outcome,
            measure=finding.measure,
            unit=finding.unit or "",
        )
    except ValueError:  # no unit, or no width: such an effect stands alone
        return None


def _comparison(item: Item) -> Comparator:
    if item.finding.measure is Measure.CHANGE:
        return Comparator.BEFORE_AFTER
    design = item.study.design
    has_comparison = design.is_randomised or design.is_observational
    return Comparator.CONTROLLED if has_comparison else Comparator.NONE


def _effect_and_variance(item: Item, is_ratio: bool) -> tuple[float, float] | None:
    """On the scale of pooling, the logarithm for ratios: from the interval, else from the SD and n."""
    finding = item.finding
    if finding.estimate is None:
        return None
    if finding.ci_low is not None and finding.ci_high is not None:
        numbers = [float(n) for n in (finding.estimate, finding.ci_low, finding.ci_high)]
        if is_ratio and min(numbers) <= 0:
            return None
        effect, low, high = (math.log(n) for n in numbers) if is_ratio else numbers
        return effect, ((high - low) / (2 * _QUANTILE)) ** 2
    return _from_deviation(finding.estimate, finding) if not is_ratio else None


def _from_deviation(estimate: float, finding: Finding) -> tuple[float, float] | None:
    """For a change within one group: its mean, and the squared standard error."""
    if finding.measure is not Measure.CHANGE or finding.sd is None or not finding.n_intervention:
        return None
    return float(estimate), float(finding.sd) ** 2 / finding.n_intervention


def _interval(effect: Effect) -> tuple[float, float]:
    reach = _QUANTILE * math.sqrt(effect.vi)
    return effect.yi - reach, effect.yi + reach


def _unlogged(value: float, is_ratio: bool) -> float:
    # Ratios are pooled as logarithms and read as ratios.
    return math.exp(value) if is_ratio else value


def _unlogged_interval(interval: tuple[float, float], is_ratio: bool) -> tuple[float, float]:
    return _unlogged(interval[0], is_ratio), _unlogged(interval[1], is_ratio)


def _not_pooled(standings: Iterable[Standing], names: Mapping[str, str]) -> str:
    """Why nothing is pooled, with every effect that was read with its spread."""
    items = [item for standing in standings for item in _with_spread(standing)]
    read = {(item.study.study, item.finding.finding): item.finding for item in items}
    named = [
        f"{names[study]} ({f.outcome}, {f.measure.spoken if f.measure else 'measure not named'})"
        for (study, _), f in sorted(read.items())
    ]
    if not named:
        return (
            "Nothing is pooled: no primary study that counts was read with an effect and its spread. "
            "Pooling needs two."
        )
    if len({study for study, _ in read}) == 1:
        return (
            f"Nothing is pooled: only one primary study that counts was read with an effect and its "
            f"spread, and pooling needs two: {'; '.join(named)}."
        )
    return (
        "Nothing is pooled, for a mean of unlike things has no meaning: of the effects that were read "
        "with their spread in primary studies that count, no two stand behind one statement and are "
        f"alike in product, comparison, outcome, measure and unit. They are: {'; '.join(named)}."
    )
