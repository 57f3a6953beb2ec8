"""From searches to included studies: the flow of PRISMA 2020, of numbers that records hold.

Source: Page MJ, McKenzie JE, Bossuyt PM and others. The PRISMA 2020 statement. BMJ 2021;372:n71,
https://doi.org/10.1136/bmj.n71, items 6 and 7 (databases, days, strategies), 16a (flow diagram, with the
number of records of each database) and 16b (studies that look as if they belonged, and why they do not).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from review.dossier.dossier import Dossier
from review.model.records import Search
from review.model.vocabulary import SearchKind, SearchStage
from review.report.evidence.model import SearchedRow, SearchFlow, StageRow
from review.verdicts.bodies import Exclusion
from review.verdicts.standing import Standing


def search_flow(review: Dossier, standings: Sequence[Standing]) -> SearchFlow:
    """The flow for the propositions of `standings`, as it was known on the day of the review.

    A search that several propositions share is counted once. A number that no record holds is None,
    never nought.
    """
    keys = [standing.proposition.proposition for standing in standings if not standing.is_set_aside]
    held = [search for key in keys for search in review.evidence.searches.get(key, ())]
    searches = tuple(_searched(search for search in held if _is_known(search, review.as_of)))
    sought = {key for searched in searches for key in searched.propositions}
    in_library = {search.proposition for search in held if search.kind is SearchKind.LIBRARY} - sought
    linked, included, set_aside = _studies(standings)
    return SearchFlow(
        searches=searches,
        stages=tuple(_stage(stage, searches) for stage in SearchStage),
        library_only=len(in_library),
        unsought=len(set(keys) - sought - in_library),
        linked=linked,
        included=included,
        set_aside=set_aside,
    )


def _is_known(search: Search, day: date) -> bool:
    """Whether a database was searched by that day."""
    is_database = search.kind is SearchKind.DATABASE
    return is_database and isinstance(search.date, date) and search.date <= day


def _searched(rows: Iterable[Search]) -> Iterator[SearchedRow]:
    """The searches, each once: of one database, on one day, in one string, by one person."""
    alike: dict[tuple[str, str, str, str], list[Search]] = {}
    for row in rows:
        alike.setdefault((row.database, str(row.date), row.query, row.who), []).append(row)
    for (database, day, query, who), of in sorted(alike.items()):
        stated = {stage: _stated(of, stage) for stage in SearchStage}
        yield SearchedRow(
            database=database,
            date=day,
            query=query,
            who=who,
            propositions=tuple(dict.fromkeys(row.proposition for row in of)),
            numbers={s: numbers[0] if len(numbers) == 1 else None for s, numbers in stated.items()},
            differing=tuple(stage for stage, numbers in stated.items() if len(numbers) > 1),
        )


def _stated(rows: Sequence[Search], stage: SearchStage) -> tuple[int, ...]:
    """The different numbers that the rows of one search state for a stage."""
    numbers = (row.number(stage) for row in rows)
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _stage(stage: SearchStage, searches: Sequence[SearchedRow]) -> StageRow:
    counted = [number for row in searches if (number := row.numbers[stage]) is not None]
    differing = sum(stage in row.differing for row in searches)
    return StageRow(stage, sum(counted) if counted else None, len(counted), differing, len(searches))


def _studies(standings: Iterable[Standing]) -> tuple[int, int, tuple[tuple[Exclusion, int], ...]]:
    """How many studies are linked, of how many something counts, and why nothing of the others does."""
    included: set[str] = set()
    why_not: dict[str, set[Exclusion]] = {}
    for standing in standings:
        included |= set(standing.body.studies)
        for item, why in standing.body.excluded:
            # A study of a later day is not shown at all: on the day of the report nobody knew it.
            if why is not Exclusion.LATER:
                why_not.setdefault(item.study.study, set()).add(why)
    reasons = Counter(
        why for study, reasons in why_not.items() if study not in included for why in reasons
    )
    met = tuple((why, reasons[why]) for why in Exclusion if reasons[why])
    return len(included | set(why_not)), len(included), met
