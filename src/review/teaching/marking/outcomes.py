"""The mark of one answer: what it comes to against the key, and the sentences that say so.

Only a rule makes an answer wrong. A key that somebody judged is a reference: another answer with a
reason differs from it and is discussed. What follows by rule from other answers is held against the
learner's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from review.language.lexicon import Lexicon
from review.model.vocabulary import spoken
from review.report.counted import counted
from review.teaching.answers import Response, read_answer
from review.teaching.items import AnswerScale, KeyBasis, LessonItem, Worked
from review.teaching.marking.rewording import compared


class Outcome(StrEnum):
    """What an answer comes to."""

    RIGHT = "right"
    AGREES = "agrees"
    WRONG = "wrong"
    DISCUSS = "discuss"
    REASON_MISSING = "reason missing"
    OPEN = "open"
    NOT_A_CHOICE = "not a choice"
    NOT_ANSWERED = "not answered"


MEANING: Mapping[Outcome, str] = {
    Outcome.RIGHT: "It is what the rule gives: on your own answers, where it follows from others.",
    Outcome.AGREES: "It is what the reference says. The reference is a judgement, not the truth.",
    Outcome.WRONG: "A rule decides, and it comes to another answer.",
    Outcome.DISCUSS: "It differs from the reference, where a person has to judge: discuss.",
    Outcome.REASON_MISSING: "It differs from the reference and gives no reason: add one, then discuss.",
    Outcome.OPEN: "There is no reference: every answer is discussed.",
    Outcome.NOT_A_CHOICE: "It is none of the choices, so it could not be compared.",
    Outcome.NOT_ANSWERED: "There is no answer.",
}
"""What each outcome means, for those who read a mark."""

SAME = (Outcome.RIGHT, Outcome.AGREES)
"""The outcomes of an answer that is right, or the reference's."""
DIFFERENT = (Outcome.WRONG, Outcome.DISCUSS, Outcome.REASON_MISSING)
"""The outcomes of an answer that a rule or the reference has otherwise."""


@dataclass(frozen=True, slots=True)
class ItemMark:
    """An item with what was answered, what that comes to, and remarks that say so.

    `steps` counts the choices between the answer and the key where these are in order, or how much too
    firm a wording is; else it is 0. `doubts` are what a person should look at in a wording.
    """

    item: LessonItem
    answer: Response
    outcome: Outcome
    remarks: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    steps: int = 0

    @property
    def value(self) -> str | None:
        """The answer as a rating: None unless it is one of the choices."""
        return self.answer.value if self.answer.value in self.item.choices else None


def item_mark(
    item: LessonItem,
    answer: Response,
    lexicon: Lexicon,
    answers: Mapping[str, str] = MappingProxyType({}),
) -> ItemMark:
    """The mark of `answer` to `item`; `answers` are all of the learner's, by item."""
    if not answer.value:
        remarks = ("A reason without an answer cannot be marked.",) if answer.reason else ()
        return ItemMark(item, answer, Outcome.NOT_ANSWERED, remarks)
    if item.choices and answer.value not in item.choices:
        remark = f"Choose from: {', '.join(item.choices)}."
        return ItemMark(item, answer, Outcome.NOT_A_CHOICE, (remark,))
    if item.key.basis is KeyBasis.OPEN:
        return ItemMark(item, answer, Outcome.OPEN)
    # By the learner's own answers: one slip above must not make the sum wrong as well.
    if item.works_out:
        return _sum_mark(item, answer, item.works_out(answers))
    if item.scale is AnswerScale.WORDS:
        return _wording_mark(item, answer, lexicon)
    if answer.value == item.key.value:
        return ItemMark(item, answer, _same(item))
    outcome, steps = _different(item, answer), _steps(item, answer.value, item.key.value)
    if not steps:
        return ItemMark(item, answer, outcome)
    most = len(item.choices) - 1
    remark = f"It is {counted(steps, 'step')} from the reference, of {most} possible."
    return ItemMark(item, answer, outcome, (remark,), steps=steps)


def _steps(item: LessonItem, value: str, reference: str) -> int:
    """How many steps an answer is from the reference; 0 where choices have no order, or it is none."""
    if item.scale is not AnswerScale.ORDINAL or reference not in item.choices:
        return 0
    return abs(item.choices.index(value) - item.choices.index(reference))


def _sum_mark(item: LessonItem, answer: Response, worked: Worked) -> ItemMark:
    """The mark of an answer that follows from others of the same learner: the sum is marked alone."""
    if not worked.value:
        return ItemMark(item, answer, Outcome.DISCUSS, (worked.how,))
    remarks = (f"By your own answers the rule gives {spoken(worked.value)}: {worked.how}.",)
    if answer.value == worked.value:
        return ItemMark(item, answer, Outcome.RIGHT, remarks)
    steps = _steps(item, answer.value, worked.value)
    return ItemMark(item, answer, Outcome.WRONG, remarks, steps=steps)


def _same(item: LessonItem) -> Outcome:
    return Outcome.RIGHT if item.key.basis is KeyBasis.RULE else Outcome.AGREES


def _different(item: LessonItem, answer: Response) -> Outcome:
    if item.key.basis is KeyBasis.RULE:
        return Outcome.WRONG
    # A dash or a full stop is no reason: there have to be words.
    has_reason = any(character.isalpha() for character in answer.reason)
    return Outcome.DISCUSS if has_reason else Outcome.REASON_MISSING


def _wording_mark(item: LessonItem, answer: Response, lexicon: Lexicon) -> ItemMark:
    """A wording that is not firmer than the reference and raises no doubt is as good as it."""
    about = f"{item.context}\n{item.prompt}"
    wording = compared(answer.value, item.key.value, about, lexicon)
    remarks = (" ".join(wording.steps),) if wording.steps else ()
    if wording.steps_too_firm > 0:
        outcome = _different(item, answer)
    else:
        # Never right where a rule could not tell: a person reads it.
        outcome = Outcome.DISCUSS if wording.doubts else _same(item)
    return ItemMark(item, answer, outcome, remarks, wording.doubts, max(wording.steps_too_firm, 0))


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """All marks of one learner in one lesson, in the order of the notebook.

    `gone` are items of the notebook that the lesson does not have, which are not marked. `missing`
    counts the questions whose answer cells are gone from the notebook, or were given another item.
    """

    marks: tuple[ItemMark, ...]
    gone: tuple[str, ...] = ()
    missing: int = 0

    def count(self, *outcomes: Outcome) -> int:
        """How many marks have one of the outcomes."""
        return sum(mark.outcome in outcomes for mark in self.marks)

    @property
    def keyed(self) -> int:
        """How many items have a key to compare with; nobody gains by taking a question out."""
        return self.missing + sum(mark.item.key.basis is not KeyBasis.OPEN for mark in self.marks)


def mark_sheet(
    items: Mapping[str, LessonItem], texts: Mapping[str, str], lexicon: Lexicon, missing: int = 0
) -> MarkSheet:
    """The marks of a learner whose cells hold `texts`, by item, against the lesson's `items`."""
    answers = {
        item: read_answer(text, items[item].choices) for item, text in texts.items() if item in items
    }
    values = {item: answer.value for item, answer in answers.items()}
    marks = tuple(item_mark(items[item], answer, lexicon, values) for item, answer in answers.items())
    return MarkSheet(marks, tuple(item for item in texts if item not in items), missing)
