"""Adjudications recorded in the evidence: each in the file of the judgement that it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from review.model.errors import InputError, ParameterError, Problem
from review.model.records import Appraisal, CertaintyRecord, Evidence
from review.people.rating import CONFLICT_COLUMNS, NEEDED, Pair, Rating, given_ratings, paired
from review.people.rating.adjudicated import Adjudicator, adjudicated_records, adjudication_problems
from review.store.canonical import shelf_text
from review.store.files.sheet_file import read_sheet
from review.store.files.together import changing, write_together
from review.store.layout import SHELVES
from review.store.read import read_evidence

_SHELF = {shelf.kind: shelf for shelf in SHELVES}


def read_pair(a: Path, b: Path, evidence: Evidence) -> Pair:
    """The ratings of two reviewers, each from a sheet. Raises InputError with every problem of both."""
    first, second = _sheets([a, b], evidence)
    pair = paired(first.ratings, second.ratings, b.name)
    if isinstance(pair, list):
        raise InputError(pair)
    return pair


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is rated on a sheet, and how many of its rows are left open."""

    ratings: tuple[Rating, ...] = ()
    open_rows: int = 0


def _sheets(paths: Sequence[Path], evidence: Evidence) -> list[_Sheet]:
    """Several sheets. Raises InputError with every problem of all of them."""
    problems: list[Problem] = []
    sheets = []
    for path in paths:
        try:
            rows = read_sheet(path, NEEDED, CONFLICT_COLUMNS)
        except InputError as error:
            problems += error.problems
            continue
        ratings, faults = given_ratings(rows, evidence, path.name)
        problems += faults
        sheets.append(_Sheet(ratings, len(rows) - len(ratings)))
    if problems:
        raise InputError(problems)
    return sheets


@dataclass(frozen=True, slots=True)
class Recorded:
    """What adjudications changed: the files written, how many were recorded already or are open."""

    files: tuple[str, ...]
    ratings: tuple[Rating, ...]
    open_rows: int


def record_adjudications(
    folders: Sequence[Path], a: Path, b: Path, sheet: Path, adjudicator: Adjudicator, today: date
) -> Recorded:
    """Record what `sheet` adjudicates between the ratings in `a` and `b`, where each judgement stands.

    Evidence is read and written under one lock a folder; the files of a folder are written together or
    not at all. Raises InputError or ParameterError with every problem of the three files and the
    adjudicator, EvidenceError where the evidence cannot be used, OutputError where it cannot be written;
    then nothing is changed.
    """
    with changing(*folders):
        evidence = read_evidence(folders)
        first, second, decided = _sheets([a, b, sheet], evidence)
        pair = paired(first.ratings, second.ratings, b.name)
        if isinstance(pair, list):
            raise InputError(pair)
        problems = list(
            adjudication_problems(decided.ratings, pair, adjudicator, evidence, sheet.name, today)
        )
        if problems:
            raise ParameterError(problems)
        changed = adjudicated_records(decided.ratings, pair, adjudicator, evidence, today)
        files = tuple(_written(folders, changed, evidence))
    return Recorded(files, decided.ratings, decided.open_rows)


def _written(
    folders: Sequence[Path],
    changed: Mapping[tuple[str, str], CertaintyRecord | Appraisal],
    evidence: Evidence,
) -> Iterator[str]:
    """The files of the changed records, each written in the folder where it stands."""
    places = {evidence.places[place].path: (place, record) for place, record in changed.items()}
    for folder in folders:
        contents: dict[str, bytes | None] = {}
        for (kind, key), record in places.values():
            name = f"{_SHELF[kind].folder}/{key}.yml"
            if (folder / name).as_posix() in places:
                tree = _tree(record, _SHELF[kind].key)
                contents[name] = shelf_text(tree, _SHELF[kind], evidence.packs.tools).encode()
        if contents:
            write_together(folder, contents)
            yield from (f"{folder.as_posix()}/{name}" for name in contents)


def _tree(record: CertaintyRecord | Appraisal, key: str) -> Any:
    """A record as a tree of texts, as it stands in its file."""
    return _texts(record.model_dump(mode="json", exclude={key}, exclude_none=True))


def _texts(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _texts(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    return str(data)
