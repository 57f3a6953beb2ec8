"""One pooled answer from the effects or the counts of studies, with what was chosen and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from review.model.vocabulary import Measure
from review.synthesis.choice import Choice, choice_for
from review.synthesis.counts import Common, CommonMethod, Trial, effects_of, mantel_haenszel, peto
from review.synthesis.effects import Effect
from review.synthesis.heterogeneity import Method
from review.synthesis.pooling import IntervalMethod, Pooled, Prediction, pooled

_INTERVAL = {
    IntervalMethod.CORRECTED: (
        "Interval by Hartung-Knapp, its error never below Wald's: Wald's interval misleads with few "
        "studies (Cochrane, Random-effects meta-analysis methods for Intervention Reviews), and so does "
        "the uncorrected one where precisions differ (Röver and others 2015, PMC4647507)."
    ),
    IntervalMethod.HARTUNG_KNAPP: (
        "Interval by Hartung-Knapp, uncorrected: it can be narrower than Wald's where effects happen to "
        "agree (Röver and others 2015, PMC4647507)."
    ),
    IntervalMethod.WALD: (
        "Interval by Wald: it misleads with few studies (Cochrane, Random-effects meta-analysis methods "
        "for Intervention Reviews)."
    ),
}
_PREDICTION = {
    Prediction.K_MINUS_2: "Prediction interval by t with k − 2 degrees (Higgins and others 2009).",
    Prediction.K_MINUS_1: "Prediction interval by t with k − 1 degrees (as metafor predicts).",
}
_HANDBOOK = "Cochrane Handbook 5.1"
_COMMON = {
    CommonMethod.MANTEL_HAENSZEL: "Mantel-Haenszel's common effect: nothing is added to empty cells.",
    CommonMethod.PETO: "Peto's common odds ratio, near the risk ratio where events are rare.",
}
_ONE_EFFECT = (
    "Its interval takes the effect to be the same in all studies; a small p of Q speaks against that. "
    "There is no tau² and no prediction interval, and the options for random effects do not matter here."
)
_NO_PREDICTION = "No prediction interval: by t with k − 2 degrees it needs 3 studies."
_TWO_STUDIES = (
    "Two studies say little of how far studies differ, and t with one degree of freedom makes the "
    "interval very wide: show each study beside it."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A pooled result, on the logarithm where `measure` is a ratio, and sentences that explain it.

    `measure` is None where effects were given without a word on what they are.
    """

    result: Pooled | Common
    measure: Measure | None
    explained: tuple[str, ...]


def answer_from_effects(
    effects: Sequence[Effect],
    measure: Measure | None = None,
    method: Method = Method.REML,
    interval: IntervalMethod = IntervalMethod.CORRECTED,
    prediction: Prediction = Prediction.K_MINUS_2,
) -> Answer:
    """Random effects of effects as they are given; `measure` says what they are, where that is known.

    Raises ValueError as `pooled` does.
    """
    result = pooled(effects, method, interval=interval, prediction=prediction)
    return Answer(result, measure, tuple(_explained(result)))


def answer_from_trials(
    trials: Sequence[Trial],
    measure: Measure,
    method: Method | CommonMethod | None = None,
    interval: IntervalMethod = IntervalMethod.CORRECTED,
    prediction: Prediction = Prediction.K_MINUS_2,
) -> Answer:
    """The risk ratio or odds ratio of trials by the method, where it is None by what `choice_for` takes.

    `interval` and `prediction` hold for random effects. Raises ValueError as the methods do.
    """
    choice = choice_for(trials) if method is None else None
    way = method or (choice and choice.method) or Method.REML
    chosen = (*_chosen(choice), *_left_out(trials))
    if isinstance(way, CommonMethod):
        common = peto(trials) if way is CommonMethod.PETO else mantel_haenszel(trials, measure)
        return Answer(common, common.measure, (*chosen, _COMMON[way], _ONE_EFFECT))
    result = pooled(effects_of(trials, measure), way, interval=interval, prediction=prediction)
    return Answer(result, measure, (*chosen, *_halved(trials), *_explained(result)))


def _chosen(choice: Choice | None) -> Iterator[str]:
    if choice:
        yield (
            f"Chosen by the counts: {choice.why}. {100 * choice.risk:.2g}% of the second groups had the "
            f"event ({_HANDBOOK}, 16.9.1 and 16.9.5)."
        )


def _left_out(trials: Iterable[Trial]) -> Iterator[str]:
    silent = [trial.study for trial in trials if not trial.is_informative]
    if silent:
        yield (
            "Left out, for without events or with nothing else they say nothing of a ratio "
            f"({_HANDBOOK}, 16.9.3): {', '.join(silent)}."
        )


def _halved(trials: Iterable[Trial]) -> Iterator[str]:
    halved = [trial.study for trial in trials if trial.is_informative and trial.has_empty_cell]
    if halved:
        yield f"A half was added to each cell of studies with an empty one: {', '.join(halved)}."


def _explained(result: Pooled) -> Iterator[str]:
    yield f"Random effects: tau² by {result.method}."
    yield _INTERVAL[result.interval]
    yield _PREDICTION[result.prediction] if result.prediction_interval else _NO_PREDICTION
    if result.k == 2 and result.interval is not IntervalMethod.WALD:
        yield _TWO_STUDIES
