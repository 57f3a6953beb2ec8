"""GRADE cases from a JSON file, with every problem of the file at once."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review.grading.cases import Case
from review.model.errors import InputError, Problem


def read_cases(path: Path) -> list[Case]:
    """The cases in a JSON file that holds a list of them, with ids of their own.

    Raises InputError with all problems: an unreadable file, a case of another shape, an id that
    stands twice.
    """
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for number, item in enumerate(_items(path), start=1):
        place = f"{path.as_posix()}, case {number}"
        try:
            case = Case.model_validate(item)
        except ValidationError as error:
            problems += _problems(error, place)
            continue
        if case.id in cases:
            what = f"the id {case.id!r} stands twice"
            problems.append(Problem(place, 0, what, "Give every case an id of its own."))
        cases[case.id] = case
    if problems:
        raise InputError(problems)
    return list(cases.values())


def _items(path: Path) -> list[Any]:
    name = path.as_posix()
    try:
        items = json.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise InputError([Problem(name, 0, what, "Correct the path.")]) from None
    except UnicodeDecodeError:
        raise InputError([Problem(name, 0, "this is not UTF-8 text", "Save it as UTF-8.")]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise InputError([Problem(name, line, "this is not JSON", "Correct the syntax.")]) from None
    if not isinstance(items, list):
        raise InputError([Problem(name, 1, "this is not a list of cases", "Begin the file with [.")])
    return items


def _problems(error: ValidationError, place: str) -> list[Problem]:
    return [
        Problem(
            place,
            0,
            f"{'.'.join(str(part) for part in detail['loc']) or 'the case'}: {detail['msg']}",
            "Correct the case.",
        )
        for detail in error.errors(include_url=False)
    ]
