"""All that a lesson can ask, made from the evidence as it stands; learners get a part of it.

The id of an item names what it asks about and never changes while that stays; it tells nothing of
the answer. `docs/teaching.md` states by which rule an item counts as easy or hard.
"""

from collections.abc import Callable, Mapping

from review.dossier import Dossier
from review.teaching.items import Item
from review.teaching.pools import bodies, levels

LESSONS: Mapping[int, Callable[[Dossier], tuple[Item, ...]]] = {
    2: levels.items,
    4: bodies.items,
}


def lesson_items(dossier: Dossier, lesson: int) -> tuple[Item, ...]:
    """The whole pool of a lesson (1 to 6), by id within its groups.

    Raises KeyError for a lesson that is not there.
    """
    return LESSONS[lesson](dossier)
