"""A lesson as its teacher sees it: everything that it can ask, with the key."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from review.dossier.dossier import Dossier
from review.dossier.frame import Table, table
from review.model.errors import InField, ParameterError
from review.people.entries import Entered
from review.teaching.items import LessonItem
from review.teaching.pools import lesson_items
from review.workbench import open_review

TITLES = {
    1: "Find the claims on a page",
    2: "Which evidence answers which question",
    3: "Appraise a study",
    4: "Grade a body of evidence",
    5: "Write wording that the evidence allows",
    6: "Audit a page of your own choice",
}


class Lesson:
    """The items of one lesson, made from the evidence as it stands; learners are handed some of them."""

    def __init__(self, number: int, dossier: Dossier) -> None:
        self.number = number
        self._dossier = dossier

    def __repr__(self) -> str:
        groups = len({item.group for item in self._items})
        title = f"Lesson {self.number}, {TITLES[self.number]}"
        return f"<{title}: {len(self._items)} items in {groups} groups>"

    @cached_property
    def _items(self) -> tuple[LessonItem, ...]:
        return lesson_items(self._dossier, self.number)

    @property
    def items(self) -> Table:
        """One row an item: its group, what is asked, the choices, how difficult it is (1 to 3)."""
        rows = [
            {
                "item": item.item,
                "group": item.group,
                "prompt": item.prompt,
                "choices": ", ".join(item.choices) or "in words",
                "difficulty": item.difficulty,
            }
            for item in self._items
        ]
        return table(rows, "item")

    @property
    def key(self) -> Table:
        """One row an item: the answer of the evidence base, what it rests on, and its reason."""
        rows = [
            {
                "item": item.item,
                "answer": item.key.value,
                "basis": str(item.key.basis),
                "reason": item.key.reason,
                "rule": item.key.rule,
            }
            for item in self._items
        ]
        return table(rows, "item")

    @property
    def answers(self) -> Table:
        """One row a choice: how many items have it as their key, by what the key rests on."""
        counts = Counter((str(item.key.basis), item.key.value) for item in self._items if item.choices)
        rows = [
            {"answer": value, "basis": basis, "items": count}
            for (basis, value), count in sorted(counts.items())
        ]
        return table(rows, "answer")


def open_lesson(number: int, folders: Sequence[str | Path]) -> Lesson:
    """The lesson of that number (1 to 6) on the evidence in `folders`.

    Raises ParameterError for another number, and InputError or EvidenceError as `open_review` does.
    """
    if number not in TITLES:
        remedy = f"Lessons are {min(TITLES)} to {max(TITLES)}."
        raise ParameterError.at(InField(Entered.LESSON), f"there is no lesson {number}", remedy=remedy)
    return Lesson(number, open_review(folders))
