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
from review.literature.services.answer import Answer, State
from review.literature.services.door import Door
from review.literature.watching.bearing import bearing
from review.literature.watching.changes import trial_news, watched_trial
from review.literature.watching.notices import notice_news, silence_problems
from review.literature.watching.plan import Again, Plan, plan_of, propositions_of
from review.literature.witnesses.asking import as_heard, asked_of_all
from review.model.days import due_for_review
from review.model.errors import InOption, InPart, ParameterError, Problem
from review.model.records import CertaintyRecord, Evidence
from review.model.watched import News, NewsKind, WatchedSearch
from review.store.additions.witnesses import record_heard
from review.store.watch import Memory, Watchbook

TRIALS, REFERENCES = "trials", "references"
"""The words by which the registered trials, and what became of references, are left out of a watch."""


@dataclass(slots=True)
class Watched:
    """What a watch came to: all news that no complete run has listed, what is due, what was not asked.

    `hits` are the new records of this run; `searches`, `trials` and `references` are how many were asked
    about.
    """

    day: date
    news: tuple[News, ...] = ()
    due: tuple[CertaintyRecord, ...] = ()
    hits: tuple[Hit, ...] = ()
    searches: int = 0
    trials: int = 0
    references: int = 0
    problems: list[Problem] = field(default_factory=list)


def planned(book: Watchbook, evidence: Evidence, without: Collection[str]) -> Plan:
    """What a watch asks, without what a person leaves out by name.

    Raises ParameterError for a name that leaves nothing out, and as `Watchbook.read` does.
    """
    plan = plan_of(evidence, book.read().searches, is_replay=book.is_replay)
    names = [*Database, TRIALS, REFERENCES, *(out.name for out in plan.out_of_reach)]
    unknown = [name for name in without if name.casefold() not in {n.casefold() for n in names}]
    if unknown:
        option, remedy = InOption("--without"), f"Name one of {', '.join(names)}."
        problems = [option.problem(f"{name!r} leaves nothing out", remedy=remedy) for name in unknown]
        raise ParameterError(problems)
    left_out = {name.casefold() for name in without}
    return Plan(
        tuple(again for again in plan.searches if again.database.casefold() not in left_out),
        {} if TRIALS in left_out else plan.trials,
        tuple(out for out in plan.out_of_reach if out.name.casefold() not in left_out),
        () if REFERENCES in left_out else plan.references,
    )


def watch(
    book: Watchbook,
    folders: Sequence[Path],
    evidence: Evidence,
    plan: Plan,
    door: Door,
    day: date,
    most: int = MOST,
) -> Watched:
    """Ask everything of a plan; what is new is written to the book answer by answer.

    At most `most` records of a search are fetched; where there are more, it stays where it was.

    A run that is cut off loses nothing: what it saw is listed by the next one, and what it did not ask
    is asked then. Raises OutputError where it cannot be written down.
    """
    watched = Watched(day, problems=[out.problem for out in plan.out_of_reach])
    run = _Run(book, evidence, door, watched, most)
    gave = [run.search_again(again) for again in plan.searches]
    for number, studies in plan.trials.items():
        run.look_at(number, studies)
    if plan.references:
        run.ask_witnesses(folders, plan.references)
    run.watched.hits = found_together([fresh for fresh in gave if fresh]).hits
    run.watched.news = book.read().untold
    run.watched.due = due_for_review(evidence, day)
    return run.watched


class _Run:
    """A watch while it goes on."""

    def __init__(
        self, book: Watchbook, evidence: Evidence, door: Door, watched: Watched, most: int
    ) -> None:
        self.watched = watched
        self._most = most
        self._book = book
        self._evidence = evidence
        self._door = door
        self._library = library_papers(evidence)
        self._held = {identifier for paper in self._library for identifier in paper.identifiers}
        self._held |= plan_of(evidence).trials.keys()

    def search_again(self, again: Again) -> Looked | None:
        """Make a search again and remember what it gave; None where the database was not asked."""
        gave = looked(self._door, again.database, again.query, self._most, again.since)
        self.watched.problems += gave.problems
        if gave.asked is None:
            return None
        self.watched.searches += 1
        fresh = replace(gave, papers=tuple(self._new_papers(gave, again.since)))
        # Where something was not asked, the next watch begins on the same day again.
        up_to = WatchedSearch(database=again.database, query=again.query, asked=gave.asked)
        news = tuple(self._record_news(fresh.papers, again.propositions, gave.asked))
        self._book.remember(Memory(searches=() if gave.unasked else (up_to,), news=news))
        return fresh

    def look_at(self, number: str, studies: Sequence[str]) -> None:
        """Look at a registered trial again and remember how it stands."""
        answer = self._door.ask(trials.study(number))
        if answer.state is not State.FOUND:
            self.watched.problems.append(_no_trial(answer, number, studies))
            return
        self.watched.trials += 1
        now = watched_trial(trials.read_study(answer.content), number, answer.asked.date())
        known = {trial.trial: trial for trial in self._book.read().trials}
        records = [self._evidence.studies[key] for key in studies]
        propositions = tuple(propositions_of(studies, self._evidence))
        news = tuple(trial_news(now, known.get(number), records, propositions))
        self._book.remember(Memory(trials=(now,), news=news))

    def ask_witnesses(self, folders: Sequence[Path], references: Sequence[str]) -> None:
        """Ask what became of the references, as `review references check` does, and record it."""
        outcomes = list(asked_of_all(self._door, self._evidence))
        heard = list(as_heard(outcomes, is_replay=self._door.is_replay))
        self.watched.references = len(references)
        self.watched.problems += silence_problems(outcomes)
        # The news first: once a notice stands among the answers it is new to nobody.
        news = tuple(notice_news(heard, self._evidence, self.watched.day))
        self._book.remember(Memory(news=news))
        record_heard(folders, heard)

    def _new_papers(self, gave: Looked, since: date) -> Iterator[Paper]:
        """What the evidence does not hold; a registry gives what changed too, which may be old."""
        for paper in gave.papers:
            trial = (gave.trials or {}).get(paper.key)
            is_old = trial is not None and trial.first_posted < since.isoformat()
            if not is_old and self._held.isdisjoint((paper.key, *paper.identifiers)):
                yield paper

    def _record_news(
        self, papers: Sequence[Paper], propositions: Sequence[str], day: date
    ) -> Iterator[News]:
        if not papers:
            return
        near = bearing(papers, self._library, propositions, self._evidence.propositions)
        for paper in papers:
            notice = f" ({paper.notices.label})" if paper.notices.label else ""
            yield News(
                kind=NewsKind.RECORD,
                about=next(iter((*reversed(paper.identifiers), paper.key))),
                news=f"{paper.citation}: {paper.title}{notice}",
                propositions=near[paper.key],
                found=day,
            )


def _no_trial(answer: Answer, number: str, studies: Sequence[str]) -> Problem:
    place = InPart("trial", number)
    if answer.state is State.NOT_ASKED:
        return place.problem(f"it was not asked: {answer.fault}", remedy="Ask again later.")
    fault = f"{Database.TRIALS} has no such trial"
    return place.problem(fault, remedy=f"Correct the number in {', '.join(studies)}.")
