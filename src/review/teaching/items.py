"""What a lesson asks: items, each with its key, which the learner's files never hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AnswerScale(StrEnum):
    """What kind of answer an item takes."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    WORDS = "words"


class KeyBasis(StrEnum):
    """What a key rests on, which decides what another answer is called."""

    RULE = "rule"
    """It follows from a rule that the lesson states: another answer is wrong."""
    JUDGEMENT = "judgement"
    """A person judged: another answer with a reason differs from the reference, and is discussed."""
    OPEN = "open"
    """There is no key: every answer is discussed."""


@dataclass(frozen=True, slots=True)
class Key:
    """The answer to an item as the evidence base has it."""

    value: str
    reason: str
    basis: KeyBasis
    rule: str
    """The rule behind it: the standard and its section."""
    read: str
    """Where to read about it."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What a rule makes of a learner's own answers: the answer that follows, and how, in a sentence.

    `value` is empty where too little was answered to work it out; `how` then says what is missing.
    """

    value: str
    how: str


@dataclass(frozen=True, slots=True)
class LessonItem:
    """One thing that a lesson asks.

    Items with the same `group` belong to one page, study or body of evidence and are drawn together;
    `context` is what all of them are about, shown once before the first. `prompt` and `context` are
    plain text: a line feed ends a paragraph, and a line that begins with `- ` is a point of a list.
    `choices` are in order where the scale is ordinal, and empty where the answer is in words.
    `difficulty` is 1 (easy) to 3 (hard), the same for a whole group. It may follow from the key, and
    no learner's file tells it. `about` holds ids and words by which a worked example would show the same
    matter; whatever the lesson itself shows is not asked. `works_out`, where the item asks what follows
    by rule from the answers to others, gives that from a learner's own answers, by item.
    """

    item: str
    lesson: int
    group: str
    prompt: str
    choices: tuple[str, ...]
    scale: AnswerScale
    difficulty: int
    key: Key
    context: str = ""
    about: tuple[str, ...] = ()
    # No part of what makes two items equal: each pool makes its functions anew.
    works_out: Callable[[Mapping[str, str]], Worked] | None = field(default=None, compare=False)
