"""Lesson 6, audit a page of your own choice: open items, the same for everybody, without a key."""

from review.dossier.dossier import Dossier
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem
from review.teaching.pools.levels import CHOICES as LEVELS
from review.teaching.pools.wordings import VERDICTS

_ASKED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("page", "Which page did you choose? Give its address and the day on which you read it.", ()),
    ("quote", "Quote the claim that you chose, word for word.", ()),
    ("proposition", "Put the claim as a positive statement with population, treatment and outcome.", ()),
    ("search", "Where did you look for evidence, with which words, and on which day?", ()),
    ("study", "Which is the strongest study that you found? Give enough to find it again.", ()),
    ("level", "At which OCEBM level does the table place that study for this question?", LEVELS),
    ("verdict", "Which verdict does the claim get?", VERDICTS),
    ("wording", "Write a sentence that the evidence allows.", ()),
    ("missing", "What does the page leave out: limits of the evidence, risks, regulatory status?", ()),
    ("change", "What evidence would change your mind?", ()),
)
_NO_KEY = Key("", "", KeyBasis.OPEN, "docs/verdicts.md, The six verdicts", "docs/verdicts.md")


def items(_: Dossier) -> tuple[LessonItem, ...]:
    """The open items of the lesson; nothing of the evidence goes into them."""
    return tuple(
        # One group, so that everybody gets all of it in this order.
        LessonItem(f"6.{name}", 6, "6", prompt, choices, _scale(name, choices), 2, _NO_KEY)
        for name, prompt, choices in _ASKED
    )


def _scale(name: str, choices: tuple[str, ...]) -> AnswerScale:
    if name == "level":
        return AnswerScale.ORDINAL
    return AnswerScale.NOMINAL if choices else AnswerScale.WORDS
