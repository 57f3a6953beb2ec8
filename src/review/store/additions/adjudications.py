"""What two people rated, recorded in the evidence: each in the file of the judgement concerned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import InputError, ParameterError, Problem
from review.model.records import Appraisal, CertaintyRecord, Evidence
from review.people.rating import CONFLICT_COLUMNS, NEEDED, Pair, Rating, given_ratings, paired
from review.people.rating.adjudicated import (
    PLACES,
    Adjudicator,
    Alike,
    adjudication_problems,
    alike_problems,
    alike_with_a_place,
    settled_records,
)
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
    """What is rated on a sheet, and what is to be told of it."""

    ratings: tuple[Rating, ...] = ()
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
        sheets.append(_Sheet(ratings, sheet.remarks))
    if problems:
        raise InputError(problems)
    return sheets


@dataclass(frozen=True, slots=True)
class Recorded:
    """What two people's ratings changed: the files written, what was adjudicated and given alike.

    `open_conflicts` is how many of their conflicts nobody adjudicated here, `without_place` how many
    ratings that they gave alike have no place in the evidence; `remarks` are to be told of how the
    sheets were read.
    """

    files: tuple[str, ...]
    ratings: tuple[Rating, ...]
    alike: tuple[Alike, ...]
    open_conflicts: int
    without_place: int
    remarks: tuple[Problem, ...]


def record_adjudications(
    folders: Sequence[Path],
    a: Path,
    b: Path,
    sheet: Path | None,
    adjudicator: Adjudicator,
    now: datetime,
) -> Recorded:
    """Record where each judgement stands what `a` and `b` rate alike, and what `sheet` adjudicates.

    Evidence is read and written under one lock a folder; the files of a folder are written together or
    not at all. Raises InputError or ParameterError with every problem of the sheets and the
    adjudicator, EvidenceError where the evidence cannot be used, OutputError where it cannot be written;
    then nothing is changed.
    """
    with changing(*folders):
        evidence = read_evidence(folders)
        sheets = _sheets([a, b, sheet] if sheet else [a, b], evidence)
        pair = paired(sheets[0].ratings, sheets[1].ratings, b.name)
        if isinstance(pair, list):
            raise InputError(pair)
        decided = sheets[2].ratings if sheet else ()
        alike = alike_with_a_place(pair, decided)
        name = sheet.name if sheet else ""
        problems = [
            *adjudication_problems(decided, pair, adjudicator, evidence, name, now),
            *alike_problems(alike, evidence, a.name),
        ]
        if problems:
            raise ParameterError(problems)
        changed = settled_records(decided, alike, pair, adjudicator, evidence, now)
        files = tuple(_written(folders, changed, evidence))
    keys = {rating.item.key for rating in decided}
    return Recorded(
        files=files,
        ratings=decided,
        alike=alike,
        open_conflicts=sum(conflict.a.item.key not in keys for conflict in pair.conflicts),
        without_place=sum(first.item.kind not in PLACES for first, _ in pair.alike),
        remarks=tuple(remark for read in sheets for remark in read.remarks),
    )


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
