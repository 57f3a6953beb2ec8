"""What witnesses answered, recorded in evidence folders: later answers in place of earlier ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from review.model.asked import is_of, marks_by_study
from review.model.record import Record
from review.model.records import Evidence
from review.model.witness_words import Witness, WitnessAnswer
from review.model.witnesses import Testimony, WitnessNotice, WitnessRecord
from review.store.files.together import changing, write_together
from review.store.layout import WITNESS_TABLES
from review.store.read import read_evidence
from review.store.table import whole_table

Key = tuple[str, Witness]


@dataclass(frozen=True, slots=True)
class Heard:
    """What one witness answered about one reference, with how it names it and which notices it names."""

    testimony: Testimony
    record: WitnessRecord | None = None
    notices: tuple[WitnessNotice, ...] = ()


@dataclass(slots=True)
class _Rows:
    """The rows of the three tables, by reference and witness."""

    testimonies: dict[Key, Testimony] = field(default_factory=dict)
    records: dict[Key, WitnessRecord] = field(default_factory=dict)
    notices: dict[Key, tuple[WitnessNotice, ...]] = field(default_factory=dict)


def record_heard(folders: Sequence[Path], heard: Iterable[Heard]) -> tuple[Evidence, Evidence]:
    """Put what witnesses answered into the tables of `folders`; gives the evidence before and after.

    Each row stands beside the file of its study. Where a witness was not asked, or what was heard is
    older, what is on record stays, as long as the reference has the identifier by which it was asked.
    Evidence is read and written under one lock. Raises InputError or EvidenceError where the evidence
    cannot be used, OutputError where it cannot be written; then nothing is changed.
    """
    with changing(*folders):
        before = read_evidence(folders)
        rows = _renewed(before, heard)
        for folder in folders:
            contents = dict(_contents(folder, folders, before, rows))
            if contents:
                write_together(folder, contents)
        return before, read_evidence(folders)


def _renewed(evidence: Evidence, heard: Iterable[Heard]) -> _Rows:
    marks = marks_by_study(evidence.references, evidence.studies)
    rows = _Rows(
        {(row.study, row.witness): row for row in evidence.testimonies if is_of(row, marks[row.study])},
        {(row.study, row.witness): row for row in evidence.witness_records},
    )
    for notice in evidence.witness_notices:
        key = (notice.study, notice.witness)
        rows.notices[key] = (*rows.notices.get(key, ()), notice)
    for each in heard:
        _put(rows, each)
    return rows


def _put(rows: _Rows, heard: Heard) -> None:
    key = (heard.testimony.study, heard.testimony.witness)
    held = rows.testimonies.get(key)
    if held and held.answer is not WitnessAnswer.NOT_ASKED and _is_less(heard, held):
        return
    rows.testimonies[key] = heard.testimony
    rows.notices[key] = heard.notices
    rows.records.pop(key, None)
    if heard.record:
        rows.records[key] = heard.record


def _is_less(heard: Heard, held: Testimony) -> bool:
    """Whether what was heard is no news beside an answer on record: silence, or an older answer."""
    if heard.testimony.answer is WitnessAnswer.NOT_ASKED:
        return not heard.notices
    return heard.testimony.asked < held.asked


def _contents(
    folder: Path, folders: Sequence[Path], evidence: Evidence, rows: _Rows
) -> Iterator[tuple[str, bytes]]:
    """The tables of a folder, as far as it has one or there is a row for it."""
    keys = [key for key in rows.testimonies if _folder_of(key[0], folders, evidence) == folder]
    held: Mapping[type[Record], Sequence[Record]] = {
        Testimony: [rows.testimonies[key] for key in keys],
        WitnessRecord: [rows.records[key] for key in keys if key in rows.records],
        WitnessNotice: [notice for key in keys for notice in rows.notices.get(key, ())],
    }
    for table in WITNESS_TABLES:
        if held[table.record] or (folder / table.file).exists():
            yield table.file, whole_table(folder, table, held[table.record])


def _folder_of(study: str, folders: Sequence[Path], evidence: Evidence) -> Path:
    """The folder that holds the file of a study, or, where that is none, the last one."""
    place = evidence.places.get(("study", study))
    within = (folder for folder in folders if place and Path(place.path).is_relative_to(folder))
    return next(within, folders[-1])
