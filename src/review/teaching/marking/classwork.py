"""What a class handed in, as it was read: data that needs no file any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from review.language.lexicon import Lexicon
from review.teaching.items import LessonItem


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """What stands in the answer cell of one item, and the choices that the cell names for it."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of a folder, read as far as it can be.

    `answers` are by item, in the order of the file; None where nothing could be read. `lesson` is 0 and
    `learner` empty where the file does not tell. `evidence` is the digest of the evidence that the
    lesson was made from, `missing` the number of questions whose answer cells are gone. Each of
    `problems` is a sentence. `is_own` says whether, as far as is known, its questions are those of its
    learner.
    """

    file: str
    learner: str = ""
    lesson: int = 0
    evidence: str = ""
    answers: Mapping[str, AnswerCell] | None = None
    missing: int = 0
    problems: tuple[str, ...] = ()
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class ClassWork:
    """All files of a class, and what they are marked by.

    `items` are those of each lesson, by id. `absent` are lessons and learners of whom nothing was handed
    in. `evidence` is the digest of today's evidence, `date` (YYYY-MM-DD) the day on which it stands.
    """

    submissions: tuple[Submission, ...]
    items: Mapping[int, Mapping[str, LessonItem]]
    evidence: str
    date: str
    lexicon: Lexicon
    absent: tuple[tuple[int, str], ...] = ()
