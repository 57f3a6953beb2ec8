"""Pooled groups of studies, where the evidence allows any, and the reason where it does not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from review.dossier.dossier import Dossier
from review.model.bibliography import short_citation
from review.model.vocabulary import Measure
from review.report.evidence.model import Forest, ForestRow
from review.synthesis import Described, alike, back_transformed, described, pooled_if_alike
from review.synthesis.poolable import Aspect
from review.verdicts.bodies import Item
from review.verdicts.documents import SourceKind, source_kind
from review.verdicts.standing import Standing


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
    """The pooled result of studies that are alike, with each study's interval and weight.

    Pooled by REML with the corrected Hartung-Knapp interval, predicted by t with k - 2 degrees of
    freedom. `names` gives the citation of each study. Raises ValueError as
    `pooled_if_alike` does.
    """
    result = pooled_if_alike(studies)
    measure = studies[0].measure
    # The weights of random effects: the inverse of a study's variance and that between studies.
    weights = [1 / (study.effect.vi + result.tau2) for study in studies]
    rows = tuple(
        ForestRow(
            study=study.effect.study,
            citation=names[study.effect.study],
            effect=back_transformed(measure, study.effect.yi),
            ci=_back(measure, study.effect.ci),
            weight=100 * weight / sum(weights),
        )
        for study, weight in zip(studies, weights, strict=True)
    )
    predicted = result.prediction_interval
    return Forest(
        key=key,
        statement=statement,
        measure=measure.spoken,
        unit=studies[0].value(Aspect.UNIT),
        is_ratio=measure.is_ratio,
        rows=rows,
        method=str(result.method),
        interval=result.interval.spoken,
        effect=back_transformed(measure, result.estimate),
        ci=_back(measure, result.ci),
        prediction=result.prediction.spoken,
        prediction_interval=_back(measure, predicted) if predicted else None,
        tau2=result.tau2,
        i2=result.i2,
    )


def _forests_of(standing: Standing, names: Mapping[str, str]) -> Iterator[Forest]:
    effects = (described(item.study, item.finding) for item in _with_spread(standing))
    key, statement = standing.proposition.proposition, standing.proposition.statement
    for number, group in enumerate(alike(filter(None, effects)), start=1):
        yield forest_of(f"{key}-{number}", statement, group, names)


def _with_spread(standing: Standing) -> Iterator[Item]:
    """The findings of primary studies that count and give an effect and how far it spreads."""
    for item in standing.body.counted:
        finding = item.finding
        has_spread = finding.ci_low is not None or finding.sd is not None
        is_primary = source_kind(item.study.design) is SourceKind.PRIMARY
        if is_primary and finding.estimate is not None and has_spread:
            yield item


def _back(measure: Measure, interval: tuple[float, float]) -> tuple[float, float]:
    return back_transformed(measure, interval[0]), back_transformed(measure, interval[1])


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
