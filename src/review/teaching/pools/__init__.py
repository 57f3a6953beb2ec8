"""All that a lesson can ask, made from the evidence as it stands; learners get a part of it.

The id of an item names what it asks about and never changes while that stays; it tells nothing of
the answer. `docs/teaching.md` states by which rule an item counts as easy or hard.
"""

from collections.abc import Callable, Mapping

from review.dossier.dossier import Dossier
from review.teaching.items import LessonItem
from review.teaching.pools import bodies, levels, own_page, sentences, studies, wordings

LESSONS: Mapping[int, Callable[[Dossier], tuple[LessonItem, ...]]] = {
    1: sentences.items,
    2: levels.items,
    3: studies.items,
    4: bodies.items,
    5: wordings.items,
    6: own_page.items,
}
"""The pool of each lesson, by its number."""


def lesson_items(dossier: Dossier, lesson: int) -> tuple[LessonItem, ...]:
    """The whole pool of a lesson (1 to 6), the items of a group one after the other.

    Raises KeyError for a lesson that is not there.
    """
    return LESSONS[lesson](dossier)
