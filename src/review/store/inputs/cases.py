"""GRADE cases from a JSON file, with every problem of the file at once."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review.grading.cases import Case
from review.model.errors import InFile, InPart, InputError, Problem
from review.store.files.plain_file import read_plain

MAX_BYTES = 20_000_000


def read_cases(path: Path) -> list[Case]:
    """The cases in a JSON file that holds a list of them, with ids of their own.

    Raises InputError with all problems: an unreadable file, a case of another shape, an id that
    stands twice.
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
        cases[case.id] = case
    if problems:
        raise InputError(problems)
    return list(cases.values())


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
    faults = [
        f"{'.'.join(str(part) for part in detail['loc']) or 'the case'}: {detail['msg']}"
        for detail in error.errors(include_url=False)
    ]
    return [place.problem(fault, remedy="Correct the case.") for fault in faults]
