"""Effects or counts of studies from a table, with every problem of the file at once.

The columns are those of metafor's `escalc`, so that what R writes is read as it is.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from review.model.errors import InFile, InputError, Problem
from review.store.files.table_file import TableFile, TableRow, read_table
from review.synthesis.counts import Trial
from review.synthesis.effects import Effect, Events, design_effect

_EFFECTS = (("yi", "vi"), ("yi", "sei"))
_COUNTS = (("ai", "n1i", "ci", "n2i"), ("ai", "bi", "ci", "di"))
_CLUSTERS = ("cluster_size", "icc")
_NAMES = (("study",), ("slab",), ("author", "year"), ("author",), ("trial",), ("",))
"""What names a study, the first that the table has; R writes the names of rows without a header."""
COLUMNS = frozenset(c for group in (*_NAMES, *_EFFECTS, *_COUNTS, _CLUSTERS) for c in group)
_FORMS = (
    "Give yi and vi or sei, or counts: ai, n1i, ci and n2i, or ai, bi, ci and di; and study, or slab, "
    "or author and year."
)
_NOTHING_RESTS = "Nothing rests on what they hold."
_MISSING = "NA"
"""How R writes what it has not."""
# `float` would also take nan, inf and 1_000.
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects in a file or, where it gives counts, its trials; and what is to be told of it.

    `missing` names the studies of which the file says that a number is missing.
    """

    file: str
    effects: tuple[Effect, ...] = ()
    trials: tuple[Trial, ...] = ()
    missing: tuple[str, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether the file gives counts, not effects."""
        return bool(self.trials)


def read_effects(path: Path, *, counted: bool = False) -> Effects:
    """The effects (`yi` with its variance `vi` or its error `sei`) or the counts of trials in a table.

    CSV or XLSX. A table that has both gives its effects, and its counts where `counted` asks for them.
    `cluster_size` and `icc` widen the variance of an effect by the design effect. A row with NA in place
    of a number is left out and told. Raises InputError with all problems: an unreadable file, columns
    that are missing, a cell that is no number, people that are no whole number, a variance that is not
    above zero, a study without a name or one that stands twice.
    """
    name = path.as_posix()
    table = read_table(path, (), COLUMNS, name=name)
    form = _form(table, _COUNTS + _EFFECTS if counted else _EFFECTS + _COUNTS)
    problems = list(table.problems)
    # Where nothing could be read, that is what is wrong.
    if table.columns or not problems:
        problems += _column_problems(table, form, name)
    rows = [_row(row, form, name, number) for number, row in enumerate(table.rows, start=1)]
    problems += [problem for row in rows for problem in row.problems]
    problems += _repeated(rows, name)
    if problems:
        raise InputError(problems)
    missing = tuple(row.study for row in rows if row.item is None)
    return Effects(
        name,
        tuple(row.item for row in rows if isinstance(row.item, Effect)),
        tuple(row.item for row in rows if isinstance(row.item, Trial)),
        missing,
        (*table.remarks, *_remarks(table, form, name, missing)),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row gives: an effect or a trial, problems, or neither where a number is missing."""

    line: int
    study: str
    item: Effect | Trial | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """Which columns of a table are read: those that name a study, its numbers, those of clusters."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    clusters: tuple[str, ...]
    has_decimal_commas: bool

    @property
    def read(self) -> tuple[str, ...]:
        return self.numbers + self.clusters

    @property
    def is_counted(self) -> bool:
        return self.numbers in _COUNTS


def _form(table: TableFile, forms: Iterable[tuple[str, ...]]) -> _Form:
    """The first form of which the table has most columns."""
    columns = set(table.columns)
    names = next((names for names in _NAMES if columns.issuperset(names)), ())
    numbers = max(forms, key=lambda form: len(columns.intersection(form)) / len(form))
    clusters = tuple(column for column in _CLUSTERS if column in columns)
    return _Form(names, numbers, clusters, _has_decimal_commas(table, numbers + clusters))


def _column_problems(table: TableFile, form: _Form, name: str) -> Iterator[Problem]:
    place = InFile(name, table.line)
    absent = [column for column in form.numbers if column not in table.columns]
    if absent:
        # A column that is not read may be one that is missing, under another name.
        others = f"; unknown {', '.join(map(repr, table.others))}" if table.others else ""
        fault = f"the columns are wrong: missing {', '.join(absent)}{others}"
        yield place.problem(fault, remedy=_FORMS)
    if len(form.clusters) == 1:
        fault = f"{form.clusters[0]} says nothing alone"
        yield place.problem(fault, remedy=f"Give both {' and '.join(_CLUSTERS)}, or neither.")
    if form.clusters and form.is_counted:
        fault = "counts are not corrected for clusters"
        yield place.problem(fault, remedy="Give yi and vi of such trials, beside the cluster columns.")


def _remarks(table: TableFile, form: _Form, name: str, missing: Collection[str]) -> Iterator[Problem]:
    if form.has_decimal_commas:
        fault = "the commas in its numbers were read as decimal points"
        yield InFile(name).problem(fault, remedy="Write points if that is not meant.")
    header = InFile(name, table.line)
    if form.names not in _NAMES[:2]:
        by = " and ".join(form.names) if any(form.names) else "the rows of the table"
        yield header.problem(f"studies are named by {by}", remedy="Add a column study for other names.")
    used = {*form.names, *form.read}
    unused = [column for column in table.columns if column and column not in used]
    if unused:
        has_counts = any(set(unused) >= set(counts) for counts in _COUNTS)
        remedy = "Ask for a measure to pool the counts." if has_counts else _NOTHING_RESTS
        fault = f"columns that are not read: {', '.join(map(repr, unused))}"
        yield header.problem(fault, remedy=remedy)
    if missing:
        fault = f"left out, because a number is NA: {', '.join(missing)}"
        yield InFile(name).problem(fault, remedy=_NOTHING_RESTS)


def _has_decimal_commas(table: TableFile, columns: Iterable[str]) -> bool:
    """Whether a spreadsheet of a country with decimal commas wrote the numbers.

    Such a one separates cells by semicolons or tabs. Where any number has a point, a comma could as well
    stand between thousands.
    """
    numbers = "".join(row.cells.get(column, "") for row in table.rows for column in columns)
    return table.delimiter in (";", "\t") and "," in numbers and "." not in numbers


def _row(row: TableRow, form: _Form, name: str, number: int) -> _Row:
    named = " ".join(filter(None, (row.cells[column].strip() for column in form.names)))
    study = named if form.names else f"study {number}"
    cells = {column: row.cells[column].strip() for column in form.read if column in row.cells}
    if _MISSING in (cells.get(column) for column in form.numbers):
        return _Row(row.line, study)
    place = InFile(name, row.line)
    numbers, problems = _numbers(cells, form, place)
    if problems or len(cells) < len(form.read):
        return _Row(row.line, study, problems=tuple(problems))
    try:
        return _Row(
            row.line, study, _trial(study, numbers) if form.is_counted else _effect(study, numbers)
        )
    except ValueError as error:
        problem = place.problem(str(error), remedy="Correct the row or leave the study out.")
        return _Row(row.line, study, problems=(problem,))


def _repeated(rows: Iterable[_Row], name: str) -> Iterator[Problem]:
    line_of: dict[str, int] = {}
    for row in rows:
        first = line_of.setdefault(row.study, row.line)
        if row.study and first != row.line:
            fault = f"the study {row.study!r} stands on line {first} already"
            yield InFile(name, row.line).problem(fault, remedy="Keep one effect of each, or name both.")


def _numbers(
    cells: Mapping[str, str], form: _Form, place: InFile
) -> tuple[dict[str, float], list[Problem]]:
    """The numbers of a row, of clusters those that stand there, and what of it is no number."""
    numbers, problems = {}, []
    for column, cell in cells.items():
        if column in form.clusters and cell in ("", _MISSING):
            continue
        text = cell.replace(",", ".") if form.has_decimal_commas else cell
        if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
            numbers[column] = float(text)
        else:
            fault = f"{column} is {cell!r}, which is not a finite number"
            problems.append(place.problem(fault, remedy="Write a number such as -0.25 or 1.5e-3."))
    return numbers, problems


def _effect(study: str, numbers: Mapping[str, float]) -> Effect:
    if "sei" in numbers and "vi" not in numbers and numbers["sei"] <= 0:
        raise ValueError(f"{study}: the error must be above zero, not {numbers['sei']:g}")
    variance = numbers["vi"] if "vi" in numbers else numbers["sei"] ** 2
    clusters = [numbers[column] for column in _CLUSTERS if column in numbers]
    if len(clusters) == 1:
        raise ValueError(f"{study}: cluster_size and icc are both needed, or neither")
    return Effect(study, numbers["yi"], variance * (design_effect(*clusters) if clusters else 1))


def _trial(study: str, numbers: Mapping[str, float]) -> Trial:
    for column, number in numbers.items():
        if not number.is_integer() or number < 0:
            raise ValueError(f"{study}: {column} is {number:g}, which is no number of people")
    first, second = int(numbers["ai"]), int(numbers["ci"])
    n1 = int(numbers["n1i"]) if "n1i" in numbers else first + int(numbers["bi"])
    n2 = int(numbers["n2i"]) if "n2i" in numbers else second + int(numbers["di"])
    return Trial(study, Events(n1, first), Events(n2, second))
