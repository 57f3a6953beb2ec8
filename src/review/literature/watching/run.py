"""A watch from its plan to its record: every answer is written down before the next question."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from review.literature.asking import MOST, Looked, found_together, looked
from review.literature.corpus_file import Hit
from review.literature.library import library_papers
from review.literature.paper import Paper
from review.literature.queries.syntax import Database
from review.literature.services import trials
from review.literature.services.answer import State
from review.literature.services.door import Door
from review.literature.watching.bearing import bearing
from review.literature.watching.changes import trial_news, watched_trial
from review.literature.watching.plan import Again, Plan, plan_of, propositions_of
from review.model.days import due_for_review
from review.model.errors import InPart, Problem
from review.model.records import CertaintyRecord, Evidence
from review.model.watched import News, NewsKind, WatchedSearch
from review.store.watch import Memory, read_memory, remember

TRIALS = "trials"
"""The word by which the registered trials are left out of a watch."""


@dataclass(slots=True)
class Watched:
    """What a watch came to: all news that no complete run has listed, what is due, what was not asked.

    `hits` are the new records of this run, `searches` and `trials` how many were asked.
    """

    day: date
    news: tuple[News, ...] = ()
    due: tuple[CertaintyRecord, ...] = ()
    hits: tuple[Hit, ...] = ()
    searches: int = 0
    trials: int = 0
    problems: list[Problem] = field(default_factory=list)


def planned(folders: Sequence[Path], evidence: Evidence, without: Collection[str]) -> Plan:
    """What a watch asks, without what a person leaves out by name. Raises as `read_memory` does."""
    plan = plan_of(evidence, read_memory(folders[-1]).searches)
    left_out = {name.casefold() for name in without}
    return Plan(
        tuple(again for again in plan.searches if again.database.casefold() not in left_out),
        {} if TRIALS in left_out else plan.trials,
        tuple(out for out in plan.out_of_reach if out.name.casefold() not in left_out),
    )


def watch(folder: Path, evidence: Evidence, plan: Plan, door: Door, day: date) -> Watched:
    """Ask everything of a plan; what is new is written to `folder` answer by answer.

    A run that is cut off loses nothing: what it saw is listed by the next one, and what it did not ask
    is asked then. Raises OutputError where it cannot be written down.
    """
    watched = Watched(day, problems=[out.problem for out in plan.out_of_reach])
    library = library_papers(evidence)
    new: list[Looked] = []
    for again in plan.searches:
        fresh = _searched(folder, evidence, library, again, door, watched)
        if fresh is not None:
            new.append(fresh)
    for number, studies in plan.trials.items():
        _looked_at(folder, evidence, number, studies, door, watched)
    watched.hits = found_together(new).hits
    watched.news = read_memory(folder).untold
    watched.due = due_for_review(evidence, day)
    return watched


def _searched(
    folder: Path, evidence: Evidence, library: Sequence[Paper], again: Again, door: Door, watched: Watched
) -> Looked | None:
    """Make a search again and remember what it gave; None where the database was not asked."""
    gave = looked(door, again.database, again.query, MOST, again.since)
    watched.problems += gave.problems
    if gave.asked is None:
        return None
    watched.searches += 1
    fresh = replace(gave, papers=tuple(_new_papers(gave, again, library, evidence)))
    # Where something was not asked, the next watch begins on the same day again.
    looked_up_to = WatchedSearch(database=again.database, query=again.query, asked=gave.asked)
    news = tuple(_record_news(fresh, again, library, evidence, gave.asked))
    remember(folder, Memory(searches=() if gave.unasked else (looked_up_to,), news=news))
    return fresh


def _new_papers(
    gave: Looked, again: Again, library: Sequence[Paper], evidence: Evidence
) -> Iterator[Paper]:
    """What the evidence does not hold; of a registry, which tells of changes too, what was registered since."""
    held = {identifier for paper in library for identifier in paper.identifiers}
    numbers = set(plan_of(evidence, ()).trials)
    for paper in gave.papers:
        trial = (gave.trials or {}).get(paper.key)
        is_old = trial is not None and trial.first_posted < again.since.isoformat()
        if held.isdisjoint(paper.identifiers) and paper.key not in numbers and not is_old:
            yield paper


def _record_news(
    fresh: Looked, again: Again, library: Sequence[Paper], evidence: Evidence, day: date
) -> Iterator[News]:
    searched_for = {paper.key: again.propositions for paper in fresh.papers}
    near = bearing(fresh.papers, library, evidence.propositions, searched_for) if fresh.papers else {}
    for paper in fresh.papers:
        notice = f" ({paper.notices.label})" if paper.notices.label else ""
        yield News(
            kind=NewsKind.RECORD,
            about=next(iter((*reversed(paper.identifiers), paper.key))),
            text=f"{paper.citation}: {paper.title}{notice}",
            propositions=near[paper.key],
            found=day,
        )


def _looked_at(
    folder: Path, evidence: Evidence, number: str, studies: Sequence[str], door: Door, watched: Watched
) -> None:
    """Look at a registered trial again and remember how it stands."""
    answer = door.ask(trials.study(number))
    place = InPart("trial", number)
    if answer.state is State.NOT_ASKED:
        fault = f"it was not asked: {answer.fault}"
        watched.problems.append(place.problem(fault, remedy="Ask again later."))
        return
    if answer.state is State.NOT_FOUND:
        fault = f"{Database.TRIALS} has no such trial"
        remedy = f"Correct the number in {', '.join(studies)}."
        watched.problems.append(place.problem(fault, remedy=remedy))
        return
    watched.trials += 1
    now = watched_trial(trials.read_study(answer.content), number, answer.asked.date())
    known = {trial.trial: trial for trial in read_memory(folder).trials}
    records = [evidence.studies[key] for key in studies]
    propositions = tuple(propositions_of(studies, evidence))
    news = tuple(trial_news(now, known.get(number), records, propositions))
    remember(folder, Memory(trials=(now,), news=news))


