"""What a class did in each lesson: its hardest items, and how far it agrees, before it is shown."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scipy.special import stdtrit

from review.teaching.agreement import CONFIDENCE, Agreement, agreement, wilson
from review.teaching.items import AnswerScale, KeyBasis, LessonItem
from review.teaching.marking.mark import MarkedClass
from review.teaching.marking.outcomes import DIFFERENT, SAME, ItemMark, MarkSheet
from review.teaching.ratings import Scale

JACKKNIFE = "jackknife over learners, t"
_KEY = "the key"
_FEW_LEARNERS = "no interval: fewer than three learners"
_NO_SPREAD = "no learner makes a difference, so the interval has no width; that proves nothing"
_ONE_LEARNER_DECIDES = "no interval: without one of the learners the statistic is undefined"


@dataclass(frozen=True, slots=True)
class Tally:
    """How a class answered one item."""

    item: LessonItem
    answered: int
    same: int
    learners: int
    other: str
    """Of the answers that were not right, the one that was given most often; empty where none was."""
    other_count: int

    @property
    def at_least(self) -> float:
        """The lower end of the 95% interval (Wilson) of the share that differs from the key."""
        low, _ = wilson(self.answered - self.same, self.answered)
        return float(low)


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


@dataclass(frozen=True, slots=True)
class LessonResult:
    """What a class did in one lesson."""

    lesson: int
    learners: int
    hardest: tuple[Tally, ...]
    items: tuple[Tally, ...]
    agreement: tuple[ClassAgreement, ...]


def lesson_results(marked: MarkedClass) -> tuple[LessonResult, ...]:
    """What the class did in each lesson that was handed in, of the files that count."""
    return tuple(_lesson_result(marked, lesson) for lesson in sorted(marked.items))


def _lesson_result(marked: MarkedClass, lesson: int) -> LessonResult:
    sheets = marked.sheets(lesson)
    counted, agreed = tallies(sheets), class_agreement(sheets, marked.items[lesson])
    return LessonResult(lesson, len(sheets), hardest(counted), counted, agreed)


def tallies(sheets: Mapping[str, MarkSheet]) -> tuple[Tally, ...]:
    """Every item with a key that somebody was asked, by id."""
    by_item: dict[str, list[ItemMark]] = {}
    for sheet in sheets.values():
        for mark in sheet.marks:
            if mark.item.key.basis is not KeyBasis.OPEN:
                by_item.setdefault(mark.item.item, []).append(mark)
    return tuple(_tally(marks) for _, marks in sorted(by_item.items()))


def _tally(marks: list[ItemMark]) -> Tally:
    item = marks[0].item
    same = sum(mark.outcome in SAME for mark in marks)
    different = [mark for mark in marks if mark.outcome in DIFFERENT]
    others = Counter(mark.answer.value for mark in different if item.choices)
    # Sorted first: of answers given equally often the same one is named each time.
    other = max(sorted(others), key=others.__getitem__, default="")
    return Tally(item, same + len(different), same, len(marks), other, others[other])


def hardest(counted: Iterable[Tally], most: int = 5) -> tuple[Tally, ...]:
    """The items on which most of those who answered differ from the key.

    They are ranked by the lower end of the interval of that share, so that one learner of one does not
    outweigh nine of ten. An item that fewer than two learners answered is left out.
    """
    missed = [tally for tally in counted if tally.answered > 1 and tally.same < tally.answered]
    return tuple(sorted(missed, key=lambda tally: (-tally.at_least, tally.item.item))[:most])


def class_agreement(
    sheets: Mapping[str, MarkSheet], items: Mapping[str, LessonItem]
) -> tuple[ClassAgreement, ...]:
    """The agreement of a class in one lesson, for each set of choices in it.

    `sheets` are by learner, `items` all of the lesson by id. Left out are items in words, answers that
    are none of the choices, and items without a key, which learners answer about pages of their own.
    """
    rated: dict[tuple[tuple[str, ...], bool], dict[str, dict[str, str]]] = {}
    for learner, sheet in sheets.items():
        for mark in sheet.marks:
            if mark.value is not None and mark.item.key.basis is not KeyBasis.OPEN:
                scale = (mark.item.choices, mark.item.scale is AnswerScale.ORDINAL)
                rated.setdefault(scale, {}).setdefault(mark.item.item, {})[learner] = mark.value
    return tuple(
        _of_scale(Scale(choices, ordered), ratings, items)
        for (choices, ordered), ratings in sorted(rated.items())
    )


def _of_scale(
    scale: Scale, rated: Mapping[str, Mapping[str, str]], items: Mapping[str, LessonItem]
) -> ClassAgreement:
    keys = {item: items[item].key.value for item in rated}
    learners = sorted({learner for ratings in rated.values() for learner in ratings})
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
    answers: dict[str, dict[str, dict[str, str]]] = {}
    for item, ratings in rated.items():
        for learner, value in ratings.items():
            both = {_KEY: keys[item], "the learners": value}
            answers.setdefault(learner, {})[f"{item} {learner}"] = both

    def pooled(learners: Iterable[str]) -> tuple[Agreement, ...]:
        return agreement({k: v for name in learners for k, v in answers[name].items()}, scale, 0)

    # Two estimates, each of one learner, would show no spread worth an interval.
    jackknifed = sorted(answers) if len(answers) > 2 else []
    without_each = [pooled(sorted(answers.keys() - {learner})) for learner in jackknifed]
    return tuple(
        _with_interval(whole, [statistics[at].value for statistics in without_each])
        for at, whole in enumerate(pooled(answers))
    )


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
    # fsum: the order of learners must not show in the last digit.
    mean = math.fsum(known) / count
    error = math.sqrt((count - 1) / count * math.fsum((value - mean) ** 2 for value in known))
    reach = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * error
    note = _NO_SPREAD if math.isclose(reach, 0, abs_tol=1e-9) else ""
    # Tukey's interval may reach beyond what a coefficient can be.
    return replace(
        bare, low=max(whole.value - reach, -1.0), high=min(whole.value + reach, 1.0), note=note
    )
