"""What a watch remembers, in `watch/` of an evidence folder: read whole, written whole.

No verdict rests on it, so it is no part of the evidence: a watch every night changes no report.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import TypeVar

from review.model.errors import EvidenceError, Problem
from review.model.record import Record
from review.model.watched import News, WatchedSearch, WatchedTrial
from review.store.build import build
from review.store.files.csv_file import write_csv
from review.store.files.plain_file import read_plain
from review.store.files.table_file import MAX_BYTES
from review.store.files.together import changing, write_together
from review.store.layout import WATCH_NEWS, WATCH_SEARCHES, WATCH_TRIALS, EvidenceTable
from review.store.table import evidence_table, row_cells

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True, slots=True)
class Memory:
    """How far a watch has looked, and everything that was ever new, in the order in which it was seen."""

    searches: tuple[WatchedSearch, ...] = ()
    trials: tuple[WatchedTrial, ...] = ()
    news: tuple[News, ...] = ()

    @property
    def untold(self) -> tuple[News, ...]:
        """What no complete run has listed yet."""
        return tuple(news for news in self.news if news.told is None)

    def with_more(self, more: "Memory") -> "Memory":
        """The same with what was looked at since in place of what was known, and what is new at the end."""
        known = {news.mark for news in self.news}
        fresh = {news.mark: news for news in more.news if news.mark not in known}
        return Memory(
            tuple({(s.database, s.query): s for s in (*self.searches, *more.searches)}.values()),
            tuple({trial.trial: trial for trial in (*self.trials, *more.trials)}.values()),
            (*self.news, *fresh.values()),
        )


def read_memory(folder: Path) -> Memory:
    """What the watch of a folder remembers; nothing where there was none.

    Raises EvidenceError with every problem of its tables, InputError where one cannot be read.
    """
    problems: list[Problem] = []
    memory = Memory(
        tuple(_records(folder, WATCH_SEARCHES, WatchedSearch, problems)),
        tuple(_records(folder, WATCH_TRIALS, WatchedTrial, problems)),
        tuple(_records(folder, WATCH_NEWS, News, problems)),
    )
    if problems:
        raise EvidenceError(problems)
    return memory


def remember(folder: Path, more: Memory) -> Memory:
    """Add to what the watch of a folder remembers, all or nothing; gives all of it.

    Raises as `read_memory` does, and OutputError where it cannot be written.
    """
    with changing(folder):
        return _written(folder, read_memory(folder).with_more(more))


def mark_told(folder: Path, listed: Iterable[News], day: date) -> None:
    """Write down that a complete run listed this news on a day. Raises as `remember` does."""
    marks = {news.mark for news in listed}
    with changing(folder):
        memory = read_memory(folder)
        news = (each.told_on(day) if each.mark in marks else each for each in memory.news)
        _written(folder, replace(memory, news=tuple(news)))


def _records(
    folder: Path, table: EvidenceTable, model: type[RecordType], problems: list[Problem]
) -> Iterator[RecordType]:
    path = folder / table.file
    if not lexists(path):
        return
    name = path.as_posix()
    file = evidence_table(read_plain(path, MAX_BYTES, name, within=folder), name, table)
    problems += file.problems
    for row in file.rows:
        given = {key: cell for key, cell in row.cells.items() if cell or key not in table.optional}
        record = build(model, given, name, lambda _, line=row.line: line)  # type: ignore[misc]
        if isinstance(record, list):
            problems += record
        else:
            yield record


def _written(folder: Path, memory: Memory) -> Memory:
    tables = ((WATCH_SEARCHES, memory.searches), (WATCH_TRIALS, memory.trials), (WATCH_NEWS, memory.news))
    write_together(
        folder,
        {
            table.file: write_csv([row_cells(record, table) for record in records], table.columns).encode()
            for table, records in tables
            if records
        },
    )
    return memory
