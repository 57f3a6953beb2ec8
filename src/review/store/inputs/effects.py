"""Effect sizes from a table, with every problem of the file at once, and their pooled result."""

import math
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from review.model.errors import InFile, InOption, InputError, ParameterError, Problem
from review.store.files.table_file import TableFile, TableRow, read_table
from review.synthesis import Effect, Method, pooled

COLUMNS = ("study", "yi", "vi")
_NUMBERS = ("yi", "vi")
# `float` would also take nan, inf and 1_000.
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects in a file, and what is to be told of how it was read."""

    file: str
    effects: tuple[Effect, ...]
    remarks: tuple[Problem, ...] = ()


def pooled_json(given: Effects, method: str = "REML", knha: bool = False) -> dict[str, Any]:
    """The pooled result of effects, ready to be written as JSON.

    Intervals are lists of low and high. A file tells nothing about products, comparisons and units, so
    whether its studies may be pooled is for whoever wrote it. Raises ParameterError for an unknown
    method and InputError for effects that cannot be pooled.
    """
    if method not in list(Method):
        fault = f"the method {method!r} is unknown"
        remedy = f"Choose one of {', '.join(Method)}."
        raise ParameterError.at(InOption("--method"), fault, remedy=remedy)
    try:
        result = asdict(pooled(given.effects, Method(method), knha=knha))
    except ValueError as error:
        remedy = "Leave knha out." if knha and len(given.effects) > 1 else "Add a study or pool nothing."
        raise InputError.at(InFile(given.file), str(error), remedy=remedy) from None
    return {
        name: list(value) if isinstance(value, tuple) else str(value) if name == "method" else value
        for name, value in result.items()
    }


def read_effects(path: Path) -> Effects:
    """The effects in a table with the columns study, yi (effect) and vi (its sampling variance).

    CSV or XLSX. Raises InputError with all problems: an unreadable file, a column that is missing, a
    cell that is no number, a variance that is not above zero, a study without a name or one that stands
    twice.
    """
    name = path.as_posix()
    table = read_table(path, COLUMNS, COLUMNS, name=name)
    problems, remarks = list(table.problems), list(table.remarks)
    commas = _has_decimal_commas(table)
    if commas:
        fault = "the commas in its numbers were read as decimal points"
        remarks.append(InFile(name).problem(fault, remedy="Write points if that is not meant."))
    line_of: dict[str, int] = {}
    effects = []
    for row in table.rows:
        study = row.cells["study"]
        first = line_of.setdefault(study, row.line)
        if study and first != row.line:
            fault = f"the study {study!r} stands on line {first} already"
            remedy = "Keep one effect of each study."
            problems.append(InFile(name, row.line).problem(fault, remedy=remedy))
        effect = _effect(row, name, commas)
        if isinstance(effect, Effect):
            effects.append(effect)
        else:
            problems += effect
    if problems:
        raise InputError(problems)
    return Effects(name, tuple(effects), tuple(remarks))


def _has_decimal_commas(table: TableFile) -> bool:
    """Whether a spreadsheet of a country with decimal commas wrote the numbers.

    Such a one separates cells by semicolons or tabs. Where any number has a point, a comma could as well
    stand between thousands.
    """
    numbers = "".join(row.cells[column] for row in table.rows for column in _NUMBERS)
    return table.delimiter in (";", "\t") and "," in numbers and "." not in numbers


def _effect(row: TableRow, name: str, commas: bool) -> Effect | list[Problem]:
    problems = []
    numbers = {}
    for column in _NUMBERS:
        text = row.cells[column].strip()
        number = text.replace(",", ".") if commas else text
        if not _NUMBER.fullmatch(number) or not math.isfinite(float(number)):
            fault = f"{column} is {text!r}, which is not a finite number"
            remedy = "Write a number such as -0.25 or 1.5e-3."
            problems.append(InFile(name, row.line).problem(fault, remedy=remedy))
        else:
            numbers[column] = float(number)
    if problems:
        return problems
    try:
        return Effect(row.cells["study"], **numbers)
    except ValueError as error:
        return [
            InFile(name, row.line).problem(str(error), remedy="Correct the row or leave the study out.")
        ]
