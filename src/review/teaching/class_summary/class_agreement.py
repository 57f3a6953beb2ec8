"""How far a class agrees with the key, and its learners with each other, in one lesson and scale."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from scipy.special import stdtrit

from review.teaching.agreement import CONFIDENCE, Agreement, Ratings, Scale, agreement
from review.teaching.items import LessonItem
from review.teaching.marking.mark import MarkSheet, ratings_by_scale

JACKKNIFE = "jackknife over learners, t"
_KEY = "the key"
_FEW_LEARNERS = "no interval: fewer than three learners"
_NO_SPREAD = "no learner makes a difference, so the interval has no width; that proves nothing"
_ONE_LEARNER_DECIDES = "no interval: without one of the learners the statistic is undefined"


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """The statistics of all items of a lesson that have the same choices.

    `with_key` pools every answer; `among` compares the learners with each other, and is empty where
    there is only one.
    """

    choices: tuple[str, ...]
    ordered: bool
    items: int
    learners: int
    with_key: tuple[Agreement, ...]
    among: tuple[Agreement, ...]


def class_agreement(
    sheets: Mapping[str, MarkSheet], items: Mapping[str, LessonItem]
) -> list[ClassAgreement]:
    """The agreement of a class in one lesson, for each set of choices in it.

    `sheets` are by learner, `items` all of the lesson by id.
    """
    return [
        _of_scale(Scale(choices, ordered), rated, items)
        for (choices, ordered), rated in sorted(ratings_by_scale(sheets).items())
    ]


def _of_scale(
    scale: Scale, rated: Mapping[str, Mapping[str, str]], items: Mapping[str, LessonItem]
) -> ClassAgreement:
    keys = {item: items[item].key.value for item in rated}
    learners = sorted({learner for given in rated.values() for learner in given})
    among = agreement(rated, scale) if len(learners) > 1 else ()
    return ClassAgreement(
        scale.categories, scale.ordered, len(rated), len(learners), _with_key(rated, keys, scale), among
    )


def _with_key(
    rated: Mapping[str, Mapping[str, str]], keys: Mapping[str, str], scale: Scale
) -> tuple[Agreement, ...]:
    """Key and learners as two raters of every answer, with intervals over learners.

    The answers of one learner hang together, so the learner and not the answer is what is left out.
    """
    pooled = {
        (item, learner): {_KEY: keys[item], "the learners": value}
        for item, given in rated.items()
        for learner, value in given.items()
    }
    learners = sorted({learner for _, learner in pooled})
    whole = _values(pooled, scale)
    left_out = [
        [one.value for one in _values({k: v for k, v in pooled.items() if k[1] != learner}, scale)]
        for learner in learners
        if len(learners) > 2
    ]
    return tuple(
        _with_interval(one, [values[at] for values in left_out]) for at, one in enumerate(whole)
    )


def _values(pooled: Mapping[tuple[str, str], Mapping[str, str]], scale: Scale) -> tuple[Agreement, ...]:
    ratings: Ratings = {f"{item} {learner}": given for (item, learner), given in pooled.items()}
    return agreement(ratings, scale, resamples=0)


def _with_interval(whole: Agreement, without_each: list[float | None]) -> Agreement:
    """`whole` with the interval of the jackknife that leaves out one learner at a time (Tukey)."""
    bare = replace(whole, low=None, high=None, interval=JACKKNIFE)
    if whole.value is None:
        return bare
    if not without_each:
        return replace(bare, note=_FEW_LEARNERS)
    known = [value for value in without_each if value is not None]
    if len(known) < len(without_each):
        return replace(bare, note=_ONE_LEARNER_DECIDES)
    count = len(known)
    mean = math.fsum(known) / count
    error = math.sqrt((count - 1) / count * math.fsum((value - mean) ** 2 for value in known))
    reach = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * error
    note = _NO_SPREAD if math.isclose(reach, 0, abs_tol=1e-9) else ""
    return replace(
        bare, low=max(whole.value - reach, -1.0), high=min(whole.value + reach, 1.0), note=note
    )
