"""A file of runs, one set of parameters a row: CSV, XLSX, or YAML with a list or a grid."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from review.model.errors import InFile, InputError, Problem
from review.model.fields import is_device
from review.store.files.plain_file import read_plain
from review.store.files.table_file import SUFFIXES, read_table
from review.store.files.yaml_file import MAX_BYTES as MAX_YAML
from review.store.files.yaml_file import YamlFile, read_yaml

NAME = "run"
"""The column that names a run."""
MOST_RUNS = 10_000

_YAML = (".yml", ".yaml")
_KNOWN = ("runs", "grid", "all")
_RUN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run as asked for: the line or row in which it stands, its name, its parameters."""

    line: int
    name: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RunRows:
    """The runs in a file, and what is to be told of how it was read."""

    rows: tuple[RunRow, ...]
    remarks: tuple[Problem, ...] = ()


def read_rows(path: Path) -> RunRows:
    """The runs in a file, in its order; empty cells and nulls are parameters that are not given.

    Raises InputError with every problem of the file: each with its line (CSV, YAML) or row (XLSX).
    """
    suffix = path.suffix.lower()
    if suffix not in (*SUFFIXES, *_YAML):
        remedy = f"Use one of {', '.join((*SUFFIXES, *_YAML))}."
        raise InputError.at(InFile(path.name), "this is no file of runs", remedy=remedy)
    problems: list[Problem] = []
    remarks: tuple[Problem, ...] = ()
    if suffix in _YAML:
        asked = _yaml_rows(path, problems)
    else:
        table = read_table(path, [NAME], most=MOST_RUNS)
        problems += table.problems
        remarks = table.remarks
        asked = (RunRow(row.line, "", row.cells) for row in table.rows)
    rows = [_named(row) for row in itertools.islice(asked, MOST_RUNS + 1)]
    if rows or not problems:
        problems += _row_problems(rows, path)
    if problems:
        raise InputError(problems)
    return RunRows(tuple(rows), remarks)


def _named(row: RunRow) -> RunRow:
    """A run with its name and the parameters that are given to it."""
    given = {name: value for name, value in row.given.items() if value != ""}
    return replace(row, name=row.name or str(given.pop(NAME, "")), given=given)


def _row_problems(rows: Sequence[RunRow], path: Path) -> Iterator[Problem]:
    if not rows:
        yield InFile(path.name).problem("the file holds no run", remedy="Give one run a row.")
    if len(rows) > MOST_RUNS:
        remedy = "Split the file."
        yield InFile(path.name).problem(f"there are more than {MOST_RUNS:,} runs", remedy=remedy)
    first: dict[str, int] = {}
    for row in rows:
        if not _RUN_NAME.fullmatch(row.name) or is_device(row.name):
            remedy = (
                "Use letters, digits, dot, hyphen and underscore, at most 80, a letter or digit first; "
                "no device of Windows, such as con or nul."
            )
            fault = f"{row.name!r} cannot be the name of a run"
            yield InFile(path.name, row.line).problem(fault, remedy=remedy)
        elif row.name.lower() in first:
            fault = f"the run {row.name!r} stands here and in row {first[row.name.lower()]}"
            yield InFile(path.name, row.line).problem(fault, remedy="Give each run a name of its own.")
        first.setdefault(row.name.lower(), row.line)


def _yaml_rows(path: Path, problems: list[Problem]) -> Iterator[RunRow]:
    try:
        # Some editors begin a file with a byte order mark.
        file = read_yaml(read_plain(path, MAX_YAML).decode("utf-8-sig"), path.name)
    except UnicodeDecodeError:
        problems.append(InFile(path.name).problem("the file is not UTF-8", remedy="Save it as UTF-8."))
        return
    problems += file.problems
    if file.problems:
        return
    # What is no mapping gets a key that is not known, and so the wrong shape.
    asked = file.tree if isinstance(file.tree, dict) else {"": []}
    tree = {key: value for key, value in asked.items() if value != ""}
    common, runs, grid = tree.get("all", {}), tree.get("runs", []), tree.get("grid", {})
    shape_is_right = (
        isinstance(common, dict)
        and isinstance(runs, list)
        and all(isinstance(run, dict) for run in runs)
        and isinstance(grid, dict)
        and all(isinstance(values, list) and values for values in grid.values())
        and set(tree) <= set(_KNOWN)
    )
    if not shape_is_right:
        remedy = (
            "Write `runs:`, a list of runs, or `grid:`, lists by parameter; and `all:` for all runs."
        )
        fault = "this is no list of runs and no grid"
        problems.append(InFile(path.name, 1).problem(fault, remedy=remedy))
        return
    assert isinstance(common, dict)
    assert isinstance(runs, list)
    assert isinstance(grid, dict)
    for index, run in enumerate(runs):
        given = {**common, **run} if isinstance(run, dict) else {}
        yield RunRow(file.line_of(("runs", index)), "", given)
    if grid:
        yield from _grid_rows(common, grid, file)


def _grid_rows(common: Mapping[str, Any], grid: Mapping[str, Any], file: YamlFile) -> Iterator[RunRow]:
    """Every combination of the lists, each named by its values."""
    line = file.line_of(("grid",))
    for values in itertools.product(*grid.values()):
        words = ["+".join(value) if isinstance(value, list) else str(value) for value in values]
        name = ".".join(re.sub(r"[^A-Za-z0-9_-]+", "-", word).strip("-") or "all" for word in words)
        yield RunRow(line, name, {**common, **dict(zip(grid, values, strict=True))})
