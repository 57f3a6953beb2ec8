"""Adjudications recorded in the evidence: each in the file of the judgement that it concerns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import InputError, ParameterError, Problem
from review.model.records import Appraisal, CertaintyRecord, Evidence
from review.people.rating import CONFLICT_COLUMNS, NEEDED, Pair, Rating, given_ratings, paired
from review.people.rating.adjudicated import Adjudicator, adjudicated_records, adjudication_problems
from review.store.canonical import record_tree, shelf_text
from review.store.files.sheet_file import read_sheet
from review.store.files.together import changing, write_together
from review.store.layout import SHELVES
from review.store.read import read_evidence

_SHELF = {shelf.kind: shelf for shelf in SHELVES}


def read_pair(a: Path, b: Path, evidence: Evidence) -> tuple[Pair, tuple[Problem, ...]]:
    """The ratings of two reviewers, each from a sheet, and what is to be told of how they were read.

    Raises InputError with every problem of both.
    """
    first, second = _sheets([a, b], evidence)
    pair = paired(first.ratings, second.ratings, b.name)
    if isinstance(pair, list):
        raise InputError(pair)
    return pair, (*first.remarks, *second.remarks)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is rated on a sheet, how many of its rows are left open, and what is to be told of it."""

    ratings: tuple[Rating, ...] = ()
    open_rows: int = 0
    remarks: tuple[Problem, ...] = ()


def _sheets(paths: Sequence[Path], evidence: Evidence) -> list[_Sheet]:
    """Several sheets. Raises InputError with every problem of all of them."""
    problems: list[Problem] = []
    sheets = []
    for path in paths:
        try:
            sheet = read_sheet(path, NEEDED, CONFLICT_COLUMNS)
        except InputError as error:
            problems += error.problems
            continue
        ratings, faults = given_ratings(sheet.rows, evidence, path.name)
        problems += faults
        sheets.append(_Sheet(ratings, len(sheet.rows) - len(ratings), sheet.remarks))
    if problems:
        raise InputError(problems)
    return sheets


@dataclass(frozen=True, slots=True)
class Recorded:
    """What adjudications changed: the files written, how many were recorded already or are open.

    `remarks` are to be told of how the sheets were read.
    """

    files: tuple[str, ...]
    ratings: tuple[Rating, ...]
    open_rows: int
    remarks: tuple[Problem, ...]


def record_adjudications(
    folders: Sequence[Path], a: Path, b: Path, sheet: Path, adjudicator: Adjudicator, now: datetime
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
            adjudication_problems(decided.ratings, pair, adjudicator, evidence, sheet.name, now)
        )
        if problems:
            raise ParameterError(problems)
        changed = adjudicated_records(decided.ratings, pair, adjudicator, evidence, now)
        files = tuple(_written(folders, changed, evidence))
    remarks = (*first.remarks, *second.remarks, *decided.remarks)
    return Recorded(files, decided.ratings, decided.open_rows, remarks)


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
                tree = record_tree(record, _SHELF[kind].key)
                contents[name] = shelf_text(tree, _SHELF[kind], evidence.packs.tools).encode()
        if contents:
            write_together(folder, contents)
            yield from (f"{folder.as_posix()}/{name}" for name in contents)
