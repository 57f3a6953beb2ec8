"""The rows of a bias tool worked out: what the names in them come to, and which row fits first."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from review.model.knowledge.tools import NAMED, Tool, ToolFigure, ToolRow
from review.model.vocabulary import Adding

RowType = TypeVar("RowType", bound=ToolRow)


class NothingAppliesError(Exception):
    """A share of points was asked for where no item that has points applies."""


class Values:
    """What the names in a tool's rows stand for, given answers to all its items.

    Looked up by name; each is worked out when it is asked for, unless `levels` give it. A share
    of points raises NothingAppliesError where no item applies, for it is a share of nothing.
    """

    def __init__(self, tool: Tool, answers: Mapping[str, str], levels: Mapping[str, str]) -> None:
        self._tool = tool
        self._known: dict[str, str | float] = {**answers, **levels}

    def __getitem__(self, name: str) -> str | float:
        # When it is asked for: a score of nothing is no fault unless a row needs it.
        if name not in self._known:
            self._known[name] = self._worked_out(name)
        return self._known[name]

    def _worked_out(self, name: str) -> str | float:
        if name in self._tool.tables:
            return self.first_fitting(self._tool.tables[name].rows).then
        return self._number(self._tool.figure_of[name])

    def first_fitting(self, rows: Sequence[RowType]) -> RowType:
        """The first row all of whose conditions hold; the last row has none."""
        return next(
            row for row in rows if all(test.holds(self[name]) for name, test in row.when.items())
        )

    def _number(self, figure: ToolFigure) -> float:
        names = figure.of or tuple(self._tool.answers)
        if figure.counts is not None:
            return sum(self[name] in figure.counts for name in names)
        earned, at_most = 0, 0
        for name in names:
            allowed = self._tool.answers[name]
            points = allowed[str(self[name])].points
            if points is not None:
                earned += points
                at_most += max(answer.points or 0 for answer in allowed.values())
        if figure.adds is Adding.POINTS:
            return earned
        if not at_most:
            raise NothingAppliesError
        return 100 * earned / at_most


def filled(text: str, values: Values, words: Mapping[str, str]) -> str:
    """`text` with what stands in braces replaced by `words` and, beyond them, by `values`."""

    def value_text(name: str) -> str:
        value = words[name] if name in words else values[name]
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    return NAMED.sub(lambda name: value_text(name[1]), text)
