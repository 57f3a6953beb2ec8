"""The records of an answer, as papers, with what could not be read of it."""

from dataclasses import dataclass

from review.literature.paper import Paper
from review.model.errors import Problem


@dataclass(frozen=True, slots=True)
class Records:
    """Papers in the order of the answer, and the records that could not be read."""

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...] = ()
