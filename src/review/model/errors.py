"""The errors that a user can meet; each carries its problems and has an exit code of its own."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in an input: where it is, what it is, and what mends it.

    `file` is shown as the user named it, `line` counts from 1 as an editor does; 0 means the whole
    file.
    """

    file: str
    line: int
    what: str
    remedy: str

    @property
    def place(self) -> str:
        """The file and, where known, the line, in the form editors open."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.remedy}"


class ReviewError(Exception):
    """A mistake the user can mend; shown without a traceback.

    Subclasses fix the exit code, so that a script can tell the kinds apart.
    """

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback; IPython asks for it by this name."""
        return [str(self)]

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'}"
        return "\n".join([head, *(str(problem) for problem in self.problems)])


class EvidenceError(ReviewError):
    """The evidence files break a rule."""

    exit_code = 3


class ParameterError(ReviewError):
    """A run was asked for with a parameter that is unknown, missing or ill-typed."""

    exit_code = 4


class InputError(ReviewError):
    """A file or folder cannot be read, or is not what it should be."""

    exit_code = 5


class OutputError(ReviewError):
    """A result cannot be written where it was asked for."""

    exit_code = 6


class RunError(ReviewError):
    """A notebook, or a part of a scan, failed while it ran."""

    exit_code = 7


class SealError(ReviewError):
    """A signed report is no longer what was signed."""

    exit_code = 8


class ClusterError(ReviewError):
    """The machines that were to do the work cannot be reached, or are not like this one."""

    exit_code = 9
