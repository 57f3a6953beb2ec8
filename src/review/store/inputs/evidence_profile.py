"""An evidence profile from a file: CSV or XLSX as a table, or JSON as a list of its rows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review.model.errors import InFile, InPart, InputError, Place, Problem
from review.people.profile_rows import COLUMNS, NEEDED, PROPOSITION, ProfileRow, column_of
from review.store.files.plain_file import read_plain
from review.store.files.table_file import MAX_BYTES, table_in

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class EvidenceProfile:
    """The rows of a file, the digest of its bytes, and what is to be told of how it was read."""

    rows: tuple[ProfileRow, ...]
    sha256: str
    remarks: tuple[Problem, ...] = ()


def read_profile(path: Path) -> EvidenceProfile:
    """The rows of an evidence profile, the headings in our words or in those of GRADEpro.

    JSON holds a list of objects, one a row, or an object with such a list under `rows`, as
    `summary-of-findings.json` has it. Raises InputError with every problem of the file's form.
    """
    name = path.as_posix()
    content = read_plain(path, MAX_BYTES, name)
    is_json = path.suffix.lower() == ".json"
    rows, remarks = _of_json(content, name) if is_json else _of_table(content, name)
    if not rows:
        raise InputError.at(InFile(name), "it holds no row", remedy="Give a row for each question.")
    return EvidenceProfile(rows, hashlib.sha256(content).hexdigest(), remarks)


def _of_table(content: bytes, name: str) -> tuple[tuple[ProfileRow, ...], tuple[Problem, ...]]:
    # Read by whatever headings it has, for GRADEpro has its own; the one that it has not is ours.
    table = table_in(content, name, (PROPOSITION,), most=MOST_ROWS)
    headings = (PROPOSITION, *(heading for heading in table.columns if heading != PROPOSITION))
    problems = [*table.problems, *_heading_problems(InFile(name, table.line), headings)]
    if problems:
        raise InputError(problems)
    rows = (ProfileRow(InFile(name, row.line), _renamed(row.cells)) for row in table.rows)
    return tuple(rows), (*table.remarks, *_not_read(InFile(name, table.line), headings))


def _of_json(content: bytes, name: str) -> tuple[tuple[ProfileRow, ...], tuple[Problem, ...]]:
    items = _items(content, name)
    if len(items) > MOST_ROWS:
        fault = f"there are more than {MOST_ROWS:,} rows"
        raise InputError.at(InFile(name), fault, remedy="Split the file.")
    rows, problems = [], []
    for number, item in enumerate(items, start=1):
        place = InPart("row", number, name)
        if not isinstance(item, dict):
            problems.append(place.problem("this is no object", remedy="Give a row as name: value."))
            continue
        faults = [*_heading_problems(place, tuple(item)), *_nested_problems(place, item)]
        problems += faults
        if not faults:
            rows.append(ProfileRow(place, _renamed({key: _text(item[key]) for key in item})))
    if problems:
        raise InputError(problems)
    headings = dict.fromkeys(heading for item in items for heading in item)
    return tuple(rows), tuple(_not_read(InFile(name), tuple(headings)))


def _items(content: bytes, name: str) -> list[Any]:
    try:
        data = json.loads(content)
    except UnicodeDecodeError:
        raise InputError.at(InFile(name), "this is not UTF-8 text", remedy="Save it as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise InputError.at(
            InFile(name, line), "this is not JSON", remedy="Correct the syntax."
        ) from None
    items = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(items, list):
        fault = "this is no list of rows"
        remedy = "Give a list of objects, one a row, or save the evidence profile as CSV."
        raise InputError.at(InFile(name, 1), fault, remedy=remedy)
    return items


def _heading_problems(place: Place, headings: Sequence[str]) -> Iterator[Problem]:
    """The columns that lack, and those that two headings mean."""
    counts = Counter(column_of(heading) for heading in headings)
    for column in NEEDED:
        if not counts[column]:
            remedy = f"Add a column {column}."
            yield place.problem(f"the column {column} is missing", remedy=remedy)
    for column in sorted(name for name, times in counts.items() if times > 1):
        yield place.problem(f"two headings mean {column}", remedy="Keep one of them.")


def _not_read(place: Place, headings: Sequence[str]) -> Iterator[Problem]:
    """What is to be told of the columns that no judgement is made of."""
    if others := [heading for heading in headings if column_of(heading) not in COLUMNS]:
        fault = f"columns that are not read: {', '.join(map(repr, others))}"
        yield place.problem(fault, remedy="Nothing rests on what they hold.")


def _nested_problems(place: Place, item: Mapping[str, Any]) -> Iterator[Problem]:
    for key, value in item.items():
        if isinstance(value, (dict, list)):
            fault = f"{key} holds more than one value"
            yield place.problem(fault, remedy="Give a text or a number.")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _renamed(cells: Mapping[str, str]) -> dict[str, str]:
    # A spreadsheet is kept from calculating a cell by an apostrophe, which is not part of it.
    return {column_of(heading): cell.removeprefix("'") for heading, cell in cells.items()}
