"""Judgements brought in from an evidence profile: all of a file, or none."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import InOption, ParameterError, Problem, ReviewError
from review.model.fields import iso_date
from review.model.records import CertaintyRecord, Evidence, Imported
from review.people.entries import day_problems, line_problems
from review.people.profile_rows import Import, judgements
from review.store.canonical import record_tree, shelf_text
from review.store.files.together import changing, write_together
from review.store.inputs.evidence_profile import EvidenceProfile, read_profile
from review.store.layout import SHELVES
from review.store.read import read_evidence

_SHELF = next(shelf for shelf in SHELVES if shelf.record is CertaintyRecord)
Counted = Callable[[Evidence], Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """Who brings a file in, and the days as they are typed: when, empty for today, and until when."""

    by: str
    day: str = ""
    next_review: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ImportDone:
    """The files written, one a judgement, and what is to be told of how the table was read."""

    files: tuple[str, ...]
    remarks: tuple[Problem, ...]


def record_import(
    folders: Sequence[Path], path: Path, entry: Entry, now: datetime, counted: Counted
) -> ImportDone:
    """Record the judgements of an evidence profile in `certainty/`, each beside its proposition.

    A judgement that is replaced is written where it stands. `counted` gives the studies that count for
    each graded proposition. Evidence is read and written under one lock a folder. Raises ParameterError
    with every problem of the file and the entry, InputError or EvidenceError where a file cannot be
    used, OutputError where one cannot be written; then nothing is changed.
    """
    with changing(*folders):
        evidence = read_evidence(folders)
        problems = list(_entry_problems(entry, now))
        try:
            profile = read_profile(path)
        except ReviewError as error:
            raise type(error)([*problems, *error.problems]) from None
        if problems:
            raise ParameterError(problems)
        request = _request(entry, path, profile, now)
        records, faults = judgements(profile.rows, request, evidence, counted(evidence))
        if faults:
            raise ParameterError(faults)
        files = tuple(_written(folders, records, evidence))
    return ImportDone(files, profile.remarks)


def _entry_problems(entry: Entry, now: datetime) -> Iterator[Problem]:
    yield from line_problems(InOption("--by"), entry.by)
    if entry.day:
        yield from day_problems(InOption("--date"), entry.day, now)
    place = InOption("--next-review")
    try:
        next_review = iso_date(entry.next_review)
    except ValueError:
        yield place.problem(f"{entry.next_review!r} is no date", remedy="Write YYYY-MM-DD.")
        return
    if next_review <= now.date():
        yield place.problem("it is not to come", remedy="Say when they are to be looked at again.")


def _request(entry: Entry, path: Path, profile: EvidenceProfile, now: datetime) -> Import:
    day = iso_date(entry.day) if entry.day else now.date()
    imported = Imported(file=path.name, sha256=profile.sha256, by=entry.by, date=day)
    return Import(imported, iso_date(entry.next_review), entry.replaces)


def _written(
    folders: Sequence[Path], records: Sequence[CertaintyRecord], evidence: Evidence
) -> Iterator[str]:
    """The files of the records, those of one folder written together."""
    for folder in folders:
        contents: dict[str, bytes | None] = {
            f"{_SHELF.folder}/{record.proposition}.yml": shelf_text(
                record_tree(record, _SHELF.key), _SHELF, evidence.packs.tools
            ).encode()
            for record in records
            if _stands_in(folder, record.proposition, evidence)
        }
        if contents:
            write_together(folder, contents)
            yield from (f"{folder.as_posix()}/{name}" for name in contents)


def _stands_in(folder: Path, proposition: str, evidence: Evidence) -> bool:
    """Whether the judgement stands in that folder already, or, where there is none, its proposition."""
    place = evidence.places.get(("certainty", proposition))
    place = place or evidence.places["proposition", proposition]
    return Path(place.path).is_relative_to(folder)
