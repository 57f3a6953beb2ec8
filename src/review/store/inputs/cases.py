"""GRADE cases from a JSON file: those that can be read, and every problem of the others."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review.grading.cases import Case
from review.model.errors import InFile, InPart, InputError, Problem
from review.store.files.plain_file import read_plain

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class ReadCases:
    """The cases that could be read, in the order of the file, and the problems of the others."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def read_cases(path: Path) -> ReadCases:
    """The cases in a JSON file that holds a list of them, with ids of their own.

    A case of another shape, or under an id that stands before, is a problem and leaves the others
    alone. Raises InputError where the file itself cannot be read.
    """
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for number, item in enumerate(_items(path), start=1):
        place = InPart("case", number, path.as_posix())
        try:
            case = Case.model_validate(item)
        except ValidationError as error:
            problems += _problems(error, place)
            continue
        if case.id in cases:
            fault = f"the id {case.id!r} stands twice"
            problems.append(place.problem(fault, remedy="Give every case an id of its own."))
            continue
        cases[case.id] = case
    return ReadCases(tuple(cases.values()), tuple(problems))


def _items(path: Path) -> list[Any]:
    name = path.as_posix()
    content = read_plain(path, MAX_BYTES, name)
    try:
        # Given bytes, it knows a byte order mark.
        items = json.loads(content)
    except UnicodeDecodeError:
        raise InputError.at(InFile(name), "this is not UTF-8 text", remedy="Save it as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        # What is nested too deep to be read has no line.
        line = getattr(error, "lineno", 0)
        remedy = "Correct the syntax."
        raise InputError.at(InFile(name, line), "this is not JSON", remedy=remedy) from None
    if not isinstance(items, list):
        remedy = "Begin the file with [."
        raise InputError.at(InFile(name, 1), "this is not a list of cases", remedy=remedy)
    return items


def _problems(error: ValidationError, place: InPart) -> list[Problem]:
    return [
        place.problem(
            f"{'.'.join(str(part) for part in detail['loc']) or 'the case'}: {detail['msg']}",
            remedy="Correct the case.",
        )
        for detail in error.errors(include_url=False)
    ]
