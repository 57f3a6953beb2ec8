"""What a watch has to ask: the recorded searches since their last day, and the registered trials."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from review.literature.asking import replayed_name
from review.literature.queries.syntax import Database
from review.model.asked import marks_by_study
from review.model.errors import InPart, Problem
from review.model.records import Evidence, Search
from review.model.vocabulary import Design, SearchKind
from review.model.watched import WatchedSearch

OVERLAP = timedelta(days=1)
"""How far before its last day a search is made again: a record of that day may have come after it."""
_NCT = re.compile(r"\bNCT[0-9]{8}\b", re.IGNORECASE)
_DATABASES = {str(database).casefold(): database for database in Database}
_REPLAYED = {replayed_name(database).casefold(): database for database in Database}


@dataclass(frozen=True, slots=True)
class Again:
    """A recorded search to be made again, and the propositions for which it was made."""

    database: Database
    query: str
    since: date
    propositions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """What was recorded and cannot be asked from here, by the name with which it can be left out."""

    name: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked again; `trials` are the studies that name each registered trial.

    `references` are the keys of those that a witness knows by an identifier.
    """

    searches: tuple[Again, ...]
    trials: Mapping[str, tuple[str, ...]]
    out_of_reach: tuple[OutOfReach, ...]
    references: tuple[str, ...] = ()


def plan_of(
    evidence: Evidence, watched: Iterable[WatchedSearch] = (), *, is_replay: bool = False
) -> Plan:
    """What a watch of the evidence asks, where `watched` tells how far earlier watches have looked.

    Only a replay server is asked again what a replay server answered.
    """
    known = {**_DATABASES, **_REPLAYED} if is_replay else _DATABASES
    rows = [search for rows in evidence.searches.values() for search in rows]
    of_database = [search for search in rows if search.kind is SearchKind.DATABASE]
    made: dict[tuple[Database, str], list[Search]] = {}
    strangers: dict[str, None] = {}
    for search in of_database:
        if database := known.get(search.database.casefold()):
            made.setdefault((database, search.query), []).append(search)
        else:
            strangers[search.database] = None
    seen = {(search.database, search.query): search.asked for search in watched}
    again = [_again(*key, of, seen.get((str(key[0]), key[1]))) for key, of in made.items()]
    trials, elsewhere = _trials(evidence)
    out_of_reach = (*map(_stranger, strangers), *elsewhere)
    marks = marks_by_study(evidence.references, evidence.studies)
    return Plan(tuple(again), trials, out_of_reach, tuple(key for key, own in marks.items() if own))


def _again(database: Database, query: str, rows: Sequence[Search], watched: date | None) -> Again:
    """One search of several rows, since the latest day on which it was made or watched."""
    days = [row.date for row in rows if isinstance(row.date, date)]
    last = max([*days, *([watched] if watched else [])])
    return Again(database, query, last - OVERLAP, tuple(dict.fromkeys(r.proposition for r in rows)))


def _stranger(database: str) -> OutOfReach:
    place = InPart("searches of", database)
    fault = "it cannot be asked from here"
    return OutOfReach(database, place.problem(fault, remedy=_by_hand(database)))


def _by_hand(name: str) -> str:
    return f"Look there by hand, and give --without {name!r} once somebody does."


def _trials(evidence: Evidence) -> tuple[dict[str, tuple[str, ...]], list[OutOfReach]]:
    """The trials that studies name by an NCT number, and the registry entries that name none."""
    numbers: dict[str, list[str]] = {}
    elsewhere = []
    for key, study in evidence.studies.items():
        named = dict.fromkeys(found.upper() for found in _NCT.findall(f"{study.registration} {key}"))
        for number in named:
            numbers.setdefault(number, []).append(key)
        if study.design is Design.REGISTRY_ENTRY and not named:
            fault = "its registry cannot be asked from here"
            problem = InPart("trial", key).problem(fault, remedy=_by_hand(key))
            elsewhere.append(OutOfReach(key, problem))
    return {number: tuple(keys) for number, keys in sorted(numbers.items())}, elsewhere


def propositions_of(studies: Iterable[str], evidence: Evidence) -> Iterator[str]:
    """The propositions to which one of the studies is linked, each once, by id."""
    own = set(studies)
    yield from sorted({link.proposition for link in evidence.links.values() if link.study in own})
