"""Searches recorded in the evidence: added at the end, none before them is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.model.records import Evidence, Search
from review.store.files.together import changing
from review.store.files.whole_file import write_whole
from review.store.layout import TABLES
from review.store.read import read_evidence
from review.store.table import changed_table

TABLE = next(table for table in TABLES if table.record is Search)


@dataclass(frozen=True, slots=True)
class SearchesRecorded:
    """The searches that were added, those that stood there already, and the files written."""

    added: tuple[Search, ...]
    known: tuple[Search, ...]
    files: tuple[Path, ...]


def record_searches(folders: Sequence[Path], searches: Sequence[Search]) -> SearchesRecorded:
    """Add searches, each in the folder that holds its proposition.

    One of the same proposition, database, day and words that stands there is left as it is: somebody
    may have written down what was screened of it. Evidence is read and written under one lock a folder.
    Raises InputError or EvidenceError where the evidence cannot be used, OutputError where a file cannot
    be written.
    """
    with changing(*folders):
        evidence = read_evidence(folders)
        there = {_mark(search) for rows in evidence.searches.values() for search in rows}
        added = [search for search in searches if _mark(search) not in there]
        known = [search for search in searches if _mark(search) in there]
        files = []
        for folder in dict.fromkeys(folders):
            own = [search for search in added if _stands_in(folder, search.proposition, evidence)]
            if own:
                write_whole(folder / TABLE.file, changed_table(folder, TABLE, own))
                files.append(folder / TABLE.file)
    return SearchesRecorded(tuple(added), tuple(known), tuple(files))


def _mark(search: Search) -> tuple[object, ...]:
    return search.proposition, search.database, search.date, search.query


def _stands_in(folder: Path, proposition: str, evidence: Evidence) -> bool:
    return Path(evidence.places["proposition", proposition].path).is_relative_to(folder)
