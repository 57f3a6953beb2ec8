"""The errors that a user can meet; each carries its problems and has an exit code of its own.

A problem says where it is by the kind of its place, never by words, so that a form, an editor or a
script can act on it.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from review.model.visible import on_one_line


@dataclass(frozen=True, slots=True)
class Place(ABC):
    """Where a problem is: one of the kinds below, printed as the user named it, on one line."""

    @abstractmethod
    def __str__(self) -> str: ...

    @property
    def order(self) -> tuple[str, int, str]:
        """What places are sorted by: the name of the whole, then a number and a name within it."""
        return str(self), 0, ""

    def problem(self, fault: str, *, remedy: str) -> "Problem":
        """A problem here."""
        return Problem(place=self, fault=fault, remedy=remedy)


@dataclass(frozen=True, slots=True)
class InFile(Place):
    """A file or folder, and in it a line and a column where they are known.

    Lines count from 1 as an editor does, 0 is the whole file; a line of a table is a row, and its column
    has a name.
    """

    path: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        return f"{_numbered(self.path, self.line)}{f': {self.column}' if self.column else ''}"

    @property
    def order(self) -> tuple[str, int, str]:
        """By file, line and column."""
        return self.path, self.line, self.column


@dataclass(frozen=True, slots=True)
class InSource(Place):
    """The text of a page that is read, by the name of its source: a file, an address, a record."""

    name: str
    line: int = 0

    def __str__(self) -> str:
        return _numbered(self.name, self.line)

    @property
    def order(self) -> tuple[str, int, str]:
        """By source and line."""
        return self.name, self.line, ""


@dataclass(frozen=True, slots=True)
class InRevision(Place):
    """A revision in git, or a file of it, named as git names them: `REVISION:path`."""

    revision: str
    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        return _numbered(self._name, self.line)

    @property
    def order(self) -> tuple[str, int, str]:
        """By revision and file, then by line."""
        return self._name, self.line, ""

    @property
    def _name(self) -> str:
        return f"{self.revision}:{self.path}" if self.path else self.revision


@dataclass(frozen=True, slots=True)
class InPart(Place):
    """One of several of a kind, by its number or id, and the file that holds them where there is one.

    A record, a cell of a notebook, a case, a run, a question, a machine of a cluster.
    """

    kind: str
    key: str | int
    path: str = ""

    def __str__(self) -> str:
        return on_one_line(f"{self._kind} {self.key}")

    @property
    def order(self) -> tuple[str, int, str]:
        """By file and kind, then by number or id."""
        return (self._kind, self.key, "") if isinstance(self.key, int) else (self._kind, 0, self.key)

    @property
    def _kind(self) -> str:
        return f"{self.path}, {self.kind}" if self.path else self.kind


@dataclass(frozen=True, slots=True)
class InCommand(Place):
    """A whole command, of this package or another: `review batch`, `git`."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class InOption(Place):
    """An option or argument of a command as it is typed, with its value where that tells more."""

    name: str
    value: str = ""

    def __str__(self) -> str:
        return on_one_line(f"{self.name} {self.value}" if self.value else self.name)


@dataclass(frozen=True, slots=True)
class InParameter(Place):
    """A parameter of a run."""

    name: str

    def __str__(self) -> str:
        return f"parameter {self.name}"


@dataclass(frozen=True, slots=True)
class InField(Place):
    """A field of a form, of a record that a person enters, or of a call in a notebook."""

    name: str

    def __str__(self) -> str:
        return self.name


def _numbered(name: str, line: int) -> str:
    """A name and, where it is known, a line, in the form editors open."""
    return on_one_line(f"{name}:{line}" if line else name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in an input: where it is, what is wrong there, and what mends it."""

    place: Place
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}. {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRecord(Problem):
    """A record names another that does not exist: it may only follow from a problem of that other."""


def _order(problem: Problem) -> tuple[object, ...]:
    """Everything by which two problems differ, so that no order but this one is possible."""
    return problem.place.order, problem.fault, problem.remedy, repr(problem)


class ReviewError(Exception):
    """A mistake the user can mend; shown without a traceback.

    Its problems are sorted by place. Subclasses fix the exit code, so that a script can tell the kinds
    apart.
    """

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_order))
        super().__init__(self.problems)

    @classmethod
    def at(cls, place: Place, fault: str, *, remedy: str) -> Self:
        """The error of one problem."""
        return cls([place.problem(fault, remedy=remedy)])

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
    """A notebook, a part of a scan, or a program of others failed while it ran."""

    exit_code = 7


class SealError(ReviewError):
    """A signed report is no longer what was signed."""

    exit_code = 8


class ClusterError(ReviewError):
    """The machines that were to do the work cannot be reached, or are not like this one."""

    exit_code = 9


class ServiceError(ReviewError):
    """A service could not be asked, so that something is not known."""

    exit_code = 10
