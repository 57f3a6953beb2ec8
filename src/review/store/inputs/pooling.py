"""The pooled result of a file of studies, ready to be written."""

from collections.abc import Collection
from dataclasses import asdict
from functools import partial
from typing import Any

from review.model.errors import InFile, InOption, InputError, ParameterError
from review.model.vocabulary import Measure
from review.store.inputs.effects import Effects
from review.synthesis import IntervalMethod, Method, Pooled, Prediction, back_transformed
from review.synthesis.answer import Answer, answer_from_effects, answer_from_trials
from review.synthesis.counts import Common, CommonMethod

MEASURES = {"rr": Measure.RISK_RATIO, "or": Measure.ODDS_RATIO}
METHODS: dict[str, Method | CommonMethod] = {
    **{method.value.lower(): method for method in Method},
    "mh": CommonMethod.MANTEL_HAENSZEL,
    "peto": CommonMethod.PETO,
}


def pooled_json(
    given: Effects,
    method: str = "",
    *,
    interval: str = IntervalMethod.CORRECTED,
    prediction: str = Prediction.K_MINUS_2,
    measure: str = "",
) -> dict[str, Any]:
    """The pooled result as JSON takes it, with sentences on what was chosen and why.

    `method` is one of METHODS; left empty it is REML for effects, and chosen by the counts of trials.
    `measure` is one of MEASURES; left empty it is the risk ratio for counts and unknown for effects.
    Intervals are lists of low and high; a ratio stands twice, as its logarithm and as people read it. A
    file tells nothing about products, comparisons and units, so whether its studies may be pooled is for
    whoever wrote it.
    Raises ParameterError for words that are unknown, for a method that needs counts which are not there
    and for a risk ratio by Peto, InputError for studies that cannot be pooled.
    """
    _refuse_unknown("--method", method, ("", *METHODS))
    _refuse_unknown("--interval", interval, tuple(IntervalMethod))
    _refuse_unknown("--prediction", prediction, tuple(Prediction))
    _refuse_unknown("--measure", measure, ("", *MEASURES))
    way = METHODS[method] if method else None
    ratio = MEASURES[measure] if measure else None
    rules = IntervalMethod(interval), Prediction(prediction)
    try:
        if given.is_counted:
            _refuse_peto_of_risks(way, ratio)
            answer = answer_from_trials(given.trials, ratio or Measure.RISK_RATIO, way, *rules)
        elif isinstance(way, CommonMethod):
            fault, remedy = f"{method} pools counts, not effects", "Give counts, or another method."
            raise ParameterError.at(InOption("--method"), fault, remedy=remedy)
        else:
            answer = answer_from_effects(given.effects, ratio, way or Method.REML, *rules)
    except ValueError as error:
        remedy = "Choose another method or interval, add a study, or pool nothing."
        raise InputError.at(InFile(given.file), str(error), remedy=remedy) from None
    return _written(answer) | {"missing": list(given.missing)}


def _refuse_unknown(option: str, word: str, words: Collection[str]) -> None:
    if word not in words:
        remedy = f"Choose one of {', '.join(filter(None, words))}."
        raise ParameterError.at(InOption(option), f"{word!r} is unknown", remedy=remedy)


def _refuse_peto_of_risks(way: Method | CommonMethod | None, ratio: Measure | None) -> None:
    if way is CommonMethod.PETO and ratio is Measure.RISK_RATIO:
        remedy = "Leave the measure out, or choose mh."
        raise ParameterError.at(InOption("--measure"), "Peto's ratio is one of odds", remedy=remedy)


def _written(answer: Answer) -> dict[str, Any]:
    result = {name: _plain(value) for name, value in asdict(answer.result).items()}
    if answer.measure:
        result["measure"] = answer.measure.value
        result["as_read"] = _as_read(answer.result, answer.measure)
    return result | {"explained": list(answer.explained)}


def _as_read(result: Pooled | Common, measure: Measure) -> dict[str, float | list[float]]:
    back = partial(back_transformed, measure)
    read: dict[str, float | list[float]]
    read = {"estimate": back(result.estimate), "ci": [back(end) for end in result.ci]}
    if isinstance(result, Pooled) and result.prediction_interval:
        read["prediction_interval"] = [back(end) for end in result.prediction_interval]
    return read


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else value
