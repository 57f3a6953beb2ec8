"""Files of decisions, as a report saves them, read and checked."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from review.model.errors import InFile, InputError, Problem
from review.people.decision_files import DecisionFile
from review.store.files.plain_file import read_plain

MAX_BYTES = 50_000_000
_REMEDY = "Save the file of decisions again from the report."


def read_decision_files(paths: Iterable[Path]) -> Sequence[tuple[str, DecisionFile]]:
    """The decisions of several files, each with the file's name.

    Raises InputError with everything that is wrong with any of them.
    """
    files: list[tuple[str, DecisionFile]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            files.append((path.as_posix(), _file(path)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return files


def _file(path: Path) -> DecisionFile:
    name = path.as_posix()
    content = read_plain(path, MAX_BYTES, name)
    try:
        return DecisionFile.model_validate_json(content)
    except ValidationError as error:
        faults = {
            f"{'.'.join(str(part) for part in detail['loc']) or 'the file'}: {detail['msg']}": None
            for detail in error.errors(include_url=False, include_input=False)
        }
        raise InputError([InFile(name).problem(fault, remedy=_REMEDY) for fault in faults]) from None
