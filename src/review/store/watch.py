"""What a watch remembers, in `watch/` of an evidence folder: read whole, written whole.

No verdict rests on it, so it is no part of the evidence: a watch every night changes no report.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import TypeVar

from review.model.errors import EvidenceError, Problem
from review.model.record import Record
from review.model.watched import News, WatchedSearch, WatchedTrial
from review.store.build import build
from review.store.files.plain_file import read_plain
from review.store.files.table_file import MAX_BYTES
from review.store.files.together import changing, write_together
from review.store.layout import REPLAYED, WATCH, EvidenceTable, watch_tables
from review.store.table import evidence_table, whole_table

RecordType = TypeVar("RecordType", bound=Record)


@dataclass(frozen=True, slots=True)
class Memory:
    """How far a watch has looked, and everything that was ever new, as it was seen one after another."""

    searches: tuple[WatchedSearch, ...] = ()
    trials: tuple[WatchedTrial, ...] = ()
    news: tuple[News, ...] = ()

    @property
    def untold(self) -> tuple[News, ...]:
        """What no complete run has listed yet."""
        return tuple(news for news in self.news if news.told is None)

    def with_more(self, more: "Memory") -> "Memory":
        """The same with what was looked at since in place of what was known, and news at the end."""
        known = {news.mark for news in self.news}
        fresh = {news.mark: news for news in more.news if news.mark not in known}
        return Memory(
            tuple({(s.database, s.query): s for s in (*self.searches, *more.searches)}.values()),
            tuple({trial.trial: trial for trial in (*self.trials, *more.trials)}.values()),
            (*self.news, *fresh.values()),
        )


@dataclass(frozen=True, slots=True)
class Watchbook:
    """Where the watch of an evidence folder writes what it remembers.

    What a replay server answered stands apart, so that it is never taken for what a service said.
    """

    folder: Path
    is_replay: bool = False

    def read(self) -> Memory:
        """What is remembered; nothing where there was no watch.

        Raises EvidenceError with every problem of its tables, InputError where one cannot be read.
        """
        searches, trials, news = self._tables
        problems: list[Problem] = []
        memory = Memory(
            tuple(_records(self.folder, searches, WatchedSearch, problems)),
            tuple(_records(self.folder, trials, WatchedTrial, problems)),
            tuple(_records(self.folder, news, News, problems)),
        )
        if problems:
            raise EvidenceError(problems)
        return memory

    def remember(self, more: Memory) -> None:
        """Add to what is remembered, all or nothing.

        Raises as `read` does, and OutputError where it cannot be written.
        """
        with changing(self.folder):
            self._write(self.read().with_more(more))

    def mark_told(self, listed: Iterable[News], day: date) -> None:
        """Write down that a complete run listed this news on a day. Raises as `remember` does."""
        marks = {news.mark for news in listed}
        with changing(self.folder):
            memory = self.read()
            news = (each.told_on(day) if each.mark in marks else each for each in memory.news)
            self._write(replace(memory, news=tuple(news)))

    @property
    def _tables(self) -> Sequence[EvidenceTable]:
        return watch_tables(REPLAYED if self.is_replay else WATCH)

    def _write(self, memory: Memory) -> None:
        held = zip(self._tables, (memory.searches, memory.trials, memory.news), strict=True)
        contents: dict[str, bytes | None] = {
            table.file: whole_table(self.folder, table, records) for table, records in held if records
        }
        if contents:
            write_together(self.folder, contents)


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
