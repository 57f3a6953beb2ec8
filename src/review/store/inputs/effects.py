"""Effect sizes from a CSV file, with every problem of the file at once, and their pooled result."""

import math
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from review.model.errors import InFile, InOption, InputError, ParameterError, Problem
from review.store.files.csv_file import CsvRow, read_csv
from review.synthesis import Effect, Method, pooled

COLUMNS = ("study", "yi", "vi")
# `float` would also take nan, inf and 1_000.
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")


def pooled_json(path: Path, method: str = "REML", knha: bool = False) -> dict[str, Any]:
    """The pooled result of the effects in a file, ready to be written as JSON.

    Intervals are lists of low and high. The file tells nothing about products, comparisons and units,
    so whether its studies may be pooled is for whoever wrote it. Raises ParameterError for an unknown
    method and InputError for a file that is not what it should be or cannot be pooled.
    """
    if method not in list(Method):
        fault = f"the method {method!r} is unknown"
        remedy = f"Choose one of {', '.join(Method)}."
        raise ParameterError.at(InOption("--method"), fault, remedy=remedy)
    effects = read_effects(path)
    try:
        result = asdict(pooled(effects, Method(method), knha=knha))
    except ValueError as error:
        remedy = "Leave knha out." if knha and len(effects) > 1 else "Add a study or pool nothing."
        raise InputError.at(InFile(path.as_posix()), str(error), remedy=remedy) from None
    return {
        name: list(value) if isinstance(value, tuple) else str(value) if name == "method" else value
        for name, value in result.items()
    }


def read_effects(path: Path) -> list[Effect]:
    """The effects in a CSV file with the columns study, yi (effect) and vi (its sampling variance).

    Raises InputError with all problems: an unreadable file, other columns, a cell that is no number,
    a variance that is not above zero, a study without a name or one that stands twice.
    """
    name = path.as_posix()
    table = read_csv(_text(path), name, COLUMNS)
    problems = list(table.problems)
    line_of: dict[str, int] = {}
    effects = []
    for row in table.rows:
        study = row.cells["study"]
        first = line_of.setdefault(study, row.line)
        if study and first != row.line:
            fault = f"the study {study!r} stands on line {first} already"
            remedy = "Keep one effect of each study."
            problems.append(InFile(name, row.line).problem(fault, remedy=remedy))
        effect = _effect(row, name)
        if isinstance(effect, Effect):
            effects.append(effect)
        else:
            problems += effect
    if problems:
        raise InputError(problems)
    return effects


def _effect(row: CsvRow, name: str) -> Effect | list[Problem]:
    problems = []
    for column in ("yi", "vi"):
        text = row.cells[column]
        if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            fault = f"{column} is {text!r}, which is not a finite number"
            remedy = "Write a number such as -0.25 or 1.5e-3."
            problems.append(InFile(name, row.line).problem(fault, remedy=remedy))
    if problems:
        return problems
    try:
        return Effect(row.cells["study"], float(row.cells["yi"]), float(row.cells["vi"]))
    except ValueError as error:
        return [
            InFile(name, row.line).problem(str(error), remedy="Correct the row or leave the study out.")
        ]


def _text(path: Path) -> str:
    name = path.as_posix()
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        fault = f"the file cannot be read: {error.strerror}"
        raise InputError.at(InFile(name), fault, remedy="Correct the path.") from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        remedy = "Save it as UTF-8."
        raise InputError.at(InFile(name, line), "this is not UTF-8 text", remedy=remedy) from None
    if text.startswith("\ufeff"):
        fault = "the file begins with a byte order mark"
        raise InputError.at(InFile(name, 1), fault, remedy="Save it as UTF-8 without that mark.")
    return text
