"""The mark of one answer: what it comes to against the key, and the sentences that say so.

Only a rule makes an answer wrong. A key that somebody judged is a reference: another answer with a
reason differs from it and is discussed. What follows by rule from other answers is held against the
learner's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from review.teaching.agreement import wilson
from review.teaching.answers import Answer, in_words, read_answer
from review.teaching.items import Basis, Item, Scale, Worked
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
class Mark:
    """An item with what was answered, what that comes to, and what there is to say about it.

    `steps` counts the choices between the answer and the key where these are in order, or how much too
    firm a wording is; else it is 0. `doubts` are what a person should look at in a wording.
    """

    item: Item
    answer: Answer
    outcome: Outcome
    said: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    steps: int = 0

    @property
    def value(self) -> str | None:
        """The answer as a rating: None unless it is one of the choices."""
        return self.answer.value if self.answer.value in self.item.choices else None


def marked(item: Item, answer: Answer, own: Mapping[str, str] = MappingProxyType({})) -> Mark:
    """The mark of `answer` to `item`; `own` are all answers of the learner, by item."""
    if not answer.value:
        said = ("A reason without an answer cannot be marked.",) if answer.reason else ()
        return Mark(item, answer, Outcome.NOT_ANSWERED, said)
    if item.choices and answer.value not in item.choices:
        return Mark(item, answer, Outcome.NOT_A_CHOICE, (f"Choose from: {', '.join(item.choices)}.",))
    if item.key.basis is Basis.OPEN:
        return Mark(item, answer, Outcome.OPEN)
    if item.works_out:
        return _marked_by_own(item, answer, item.works_out(own))
    if item.scale is Scale.WORDS:
        return _marked_words(item, answer)
    if answer.value == item.key.value:
        return Mark(item, answer, _same(item))
    outcome = _different(item, answer)
    if item.scale is not Scale.ORDINAL or item.key.value not in item.choices:
        return Mark(item, answer, outcome)
    steps = abs(item.choices.index(answer.value) - item.choices.index(item.key.value))
    most = len(item.choices) - 1
    apart = f"It is {steps} step{'s' if steps > 1 else ''} from the reference, of {most} possible."
    return Mark(item, answer, outcome, (apart,), steps=steps)


def _marked_by_own(item: Item, answer: Answer, worked: Worked) -> Mark:
    """The mark of an answer that follows from others of the same learner: the sum is marked alone."""
    if not worked.value:
        return Mark(item, answer, Outcome.DISCUSS, (worked.how,))
    said = (f"By your own answers the rule gives {in_words(worked.value)}: {worked.how}.",)
    if answer.value == worked.value:
        return Mark(item, answer, Outcome.RIGHT, said)
    steps = abs(item.choices.index(answer.value) - item.choices.index(worked.value))
    is_ordered = item.scale is Scale.ORDINAL
    return Mark(item, answer, Outcome.WRONG, said, steps=steps if is_ordered else 0)


def _same(item: Item) -> Outcome:
    return Outcome.RIGHT if item.key.basis is Basis.RULE else Outcome.AGREES


def _different(item: Item, answer: Answer) -> Outcome:
    if item.key.basis is Basis.RULE:
        return Outcome.WRONG
    return Outcome.DISCUSS if is_reason(answer.reason) else Outcome.REASON_MISSING


def is_reason(text: str) -> bool:
    """Whether there are words in it, and not only a dash or a full stop."""
    return any(character.isalpha() for character in text)


def _marked_words(item: Item, answer: Answer) -> Mark:
    """A wording that is not firmer than the reference and raises no doubt is as good as it."""
    found = compared(answer.value, item.key.value, f"{item.context}\n{item.prompt}")
    said = (" ".join(found.steps),) if found.steps else ()
    if found.steps_too_firm > 0:
        outcome = _different(item, answer)
    else:
        outcome = Outcome.DISCUSS if found.doubts else _same(item)
    return Mark(item, answer, outcome, said, found.doubts, max(found.steps_too_firm, 0))


@dataclass(frozen=True, slots=True)
class Sheet:
    """All marks of one learner in one lesson, in the order of the notebook.

    `gone` are items of the notebook that the lesson does not have, which are not marked. `missing`
    counts the questions whose answer cells are gone from the notebook, or were given another item.
    """

    marks: tuple[Mark, ...]
    gone: tuple[str, ...] = ()
    missing: int = 0

    def count(self, *outcomes: Outcome) -> int:
        """How many marks have one of the outcomes."""
        return sum(mark.outcome in outcomes for mark in self.marks)

    @property
    def keyed(self) -> int:
        """How many items have a key to compare with; nobody gains by taking a question out."""
        return self.missing + sum(mark.item.key.basis is not Basis.OPEN for mark in self.marks)


def sheet(items: Mapping[str, Item], texts: Mapping[str, str], missing: int = 0) -> Sheet:
    """The sheet of a learner whose cells hold `texts`, by item, against the lesson's `items`."""
    answers = {
        item: read_answer(text, items[item].choices) for item, text in texts.items() if item in items
    }
    own = {item: answer.value for item, answer in answers.items()}
    marks = tuple(marked(items[item], answer, own) for item, answer in answers.items())
    return Sheet(marks, tuple(item for item in texts if item not in items), missing)


def ratings_by_scale(
    sheets: Mapping[str, Sheet],
) -> Mapping[tuple[tuple[str, ...], bool], dict[str, dict[str, str]]]:
    """By choices (and whether these are in order): by item and learner, the choice that was made.

    Left out are items in words, answers that are none of the choices, and items without a key, which
    learners answer about pages of their own.
    """
    found: dict[tuple[tuple[str, ...], bool], dict[str, dict[str, str]]] = {}
    for learner, one in sheets.items():
        for mark in one.marks:
            if mark.value is not None and mark.item.key.basis is not Basis.OPEN:
                scale = (mark.item.choices, mark.item.scale is Scale.ORDINAL)
                found.setdefault(scale, {}).setdefault(mark.item.item, {})[learner] = mark.value
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How a class answered one item."""

    item: Item
    answered: int
    same: int
    learners: int
    other: str
    """Of the answers that were not right, the one that was given most often; empty where none was."""
    other_count: int

    @property
    def at_least(self) -> float:
        """The lower end of the 95% interval (Wilson) of the share that differs from the key."""
        return wilson(self.answered - self.same, self.answered)[0]


def tallies(sheets: Mapping[str, Sheet]) -> list[Tally]:
    """Every item with a key that somebody was asked, by id."""
    asked: dict[str, list[Mark]] = {}
    for one in sheets.values():
        for mark in one.marks:
            if mark.item.key.basis is not Basis.OPEN:
                asked.setdefault(mark.item.item, []).append(mark)
    return [_tally(marks) for _, marks in sorted(asked.items())]


def _tally(marks: list[Mark]) -> Tally:
    item = marks[0].item
    answered = [mark for mark in marks if mark.outcome in (*SAME, *DIFFERENT)]
    others: dict[str, int] = {}
    for mark in answered:
        if mark.outcome in DIFFERENT and item.choices:
            others[mark.answer.value] = others.get(mark.answer.value, 0) + 1
    other = max(sorted(others), key=lambda value: others[value], default="")
    same = sum(mark.outcome in SAME for mark in answered)
    return Tally(item, len(answered), same, len(marks), other, others.get(other, 0))


def hardest(tallies: list[Tally], count: int = 5) -> list[Tally]:
    """The items on which most of those who answered differ from the key.

    They are ranked by the lower end of the interval of that share, so that one learner of one does not
    outweigh nine of ten. An item that fewer than two learners answered is left out.
    """
    asked = [one for one in tallies if one.answered > 1 and one.same < one.answered]
    return sorted(asked, key=lambda one: (-one.at_least, one.item.item))[:count]


def notes(evidence: str, current: str, one: Sheet) -> Iterator[str]:
    """What a learner is told about the lesson's evidence, and about items that are not marked."""
    if evidence != current:
        yield (
            "The evidence has changed since this lesson was made; it was marked by the evidence of "
            "today, and an answer may differ for that reason alone."
        )
    if one.gone and evidence != current:
        yield f"Not marked, because the evidence has changed and no longer has them: {_named(one.gone)}."
    elif one.gone:
        yield f"The lesson has no such items, so they count as not answered: {_named(one.gone)}."


def _named(items: tuple[str, ...]) -> str:
    shown = ", ".join(items[:5])
    return shown if len(items) <= 5 else f"{shown} and {len(items) - 5} more"
