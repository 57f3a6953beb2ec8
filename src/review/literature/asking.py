"""One search put to a database to its end: how many records there are, which came, and which did not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from review.literature.corpus_file import Hit
from review.literature.details import Details, Person
from review.literature.duplicates import joined, with_linked_notices
from review.literature.paper import Paper
from review.literature.queries.syntax import Database
from review.literature.services import europe_pmc, pubmed, trials
from review.literature.services.answer import Answer, State
from review.literature.services.door import Door
from review.literature.services.hits import Hits
from review.literature.services.paging import Gathered, gathered
from review.literature.services.records import Records
from review.literature.services.request import Request
from review.literature.services.terms import Service
from review.literature.services.trials import PlannedOutcome, Trial
from review.model.errors import InFile, InPart, Problem

MOST = 1_000
"""How many records of a database are fetched unless more are asked for."""
_BATCH = 200
"""PubMed numbers in one question for their records: from about as many on NCBI wants a form
(https://www.ncbi.nlm.nih.gov/books/NBK25499/, efetch)."""
_PAGE = 100
"""Whole records on a page of Europe PMC or ClinicalTrials.gov, which give 1,000 at most."""
_AGAIN = "Ask again later; what came is kept."

SERVICES: Mapping[Database, Service] = {
    Database.PUBMED: Service.PUBMED,
    Database.EUROPE_PMC: Service.EUROPE_PMC,
    Database.TRIALS: Service.CLINICALTRIALS,
}


def replayed_name(database: Database) -> str:
    """What is recorded in place of a database for which a server on this machine answered."""
    return f"{database} (replayed)"


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a search of one database.

    `asked` is the day (UTC) on which it answered, None where it did not: then it was not searched, and
    `count` and `papers` say nothing. `unasked` are the questions that got no answer, `unread` what was
    answered and could not be read as a record: both keep the papers from being all that there are.
    `translated` and `warnings` are what the database said of the words. `is_replay` says that a
    server on this machine answered for it.
    """

    database: Database
    words: str
    asked: date | None
    count: int = 0
    papers: tuple[Paper, ...] = ()
    trials: Mapping[str, Trial] | None = None
    unasked: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()
    translated: str = ""
    warnings: tuple[str, ...] = ()
    is_replay: bool = False

    @property
    def label(self) -> str:
        """The name under which the search is recorded: one that was replayed is no search of it."""
        return replayed_name(self.database) if self.is_replay else str(self.database)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps the papers from being all that there are."""
        return (*self.unasked, *self.unread)


@dataclass(frozen=True, slots=True)
class Found:
    """What databases gave together: each record once, and how many of each stood in an earlier one."""

    looked: tuple[Looked, ...]
    hits: tuple[Hit, ...]
    duplicates: Mapping[Database, int]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was not asked, or did not come."""
        return tuple(problem for looked in self.looked for problem in looked.problems)


def found(
    door: Door, queries: Mapping[Database, str], most: int = MOST, since: date | None = None
) -> Found:
    """What the databases have for the words, at most `most` records of each, since a day where given."""
    return found_together([looked(door, *query, most, since) for query in queries.items()])


def found_together(all_looked: Sequence[Looked]) -> Found:
    """The records of several searches, each once, at the first database that gave it."""
    together = [paper for looked in all_looked for paper in looked.papers]
    kept = with_linked_notices(joined(together))
    fresh = {database: 0 for database in Database}
    for paper in kept:
        fresh[Database(paper.place.path)] += 1
    numbers = {looked.database: len(looked.papers) - fresh[looked.database] for looked in all_looked}
    known = {nct: trial for looked in all_looked for nct, trial in (looked.trials or {}).items()}
    return Found(tuple(all_looked), tuple(_hit(paper, known) for paper in kept), numbers)


def _hit(paper: Paper, known: Mapping[str, Trial]) -> Hit:
    databases = dict.fromkeys((paper.place.path, *(place.path for place in paper.also)))
    trial = known.get(paper.key) if paper.place.path == Database.TRIALS else None
    return Hit(replace(paper, key=paper.pmid or paper.key), tuple(databases), trial)


def looked(door: Door, database: Database, words: str, most: int, since: date | None = None) -> Looked:
    """What one database has for the words; a search that was not asked holds nothing but why."""
    pages = gathered(door, *_QUESTIONS[database](words, since), most)
    place = InPart("search of", database)
    if not pages.answers or pages.answers[0].state is State.NOT_ASKED:
        why = pages.answers[0].fault if pages.answers else "nothing was asked"
        problem = place.problem(f"it was not asked: {why}", remedy="Ask again later.")
        return Looked(database, words, None, unasked=(problem,))
    read = _READ[database](door, pages, place)
    # Places tell which database gave a record; what a service calls its answers is told by nobody.
    wanted = set(pages.ids)
    # The last page may hold more than was asked for.
    came = (paper for paper in read.papers if paper.key in wanted)
    papers = [replace(paper, place=InFile(database, at)) for at, paper in enumerate(came, start=1)]
    return Looked(
        database,
        words,
        pages.answers[0].asked.date(),
        pages.count,
        tuple(papers),
        read.trials,
        (*_page_problems(pages, place), *read.unasked),
        (*_count_problems(pages, place), *read.unread),
        pages.translated,
        pages.warnings,
        door.is_replay,
    )


def _page_problems(pages: Gathered, place: InPart) -> Iterator[Problem]:
    """Whether pages of the search are missing, and why."""
    if pages.is_whole:
        return
    came = f"{len(pages.ids):,} of {pages.count:,} records came"
    last = pages.answers[-1]
    if last.state is State.NOT_ASKED:
        yield place.problem(f"{came}, then it was not asked: {last.fault}", remedy=_AGAIN)
    else:
        remedy = "Ask for more with --most, or for less with narrower words."
        yield place.problem(f"only {came}", remedy=remedy)


def _count_problems(pages: Gathered, place: InPart) -> Iterator[Problem]:
    """Whether a search ended before all came that it counts, as Europe PMC's do (getpapers#153)."""
    if pages.is_whole and len(pages.ids) < pages.count:
        fault = f"it counts {pages.count:,} records and gave {len(pages.ids):,}"
        yield place.problem(fault, remedy="Search in parts, by narrower words.")


@dataclass(frozen=True, slots=True)
class _Read:
    """The records behind the pages of a search."""

    papers: Sequence[Paper]
    unasked: Sequence[Problem] = ()
    unread: Sequence[Problem] = ()
    trials: Mapping[str, Trial] | None = None


def _of_pubmed(door: Door, pages: Gathered, place: InPart) -> _Read:
    """The records behind the numbers, asked for in batches; what does not come is told."""
    papers: list[Paper] = []
    unasked: list[Problem] = []
    unread: list[Problem] = []
    ids = iter(pages.ids)
    while batch := tuple(islice(ids, _BATCH)):
        answer = door.ask(pubmed.records(batch))
        if answer.state is State.NOT_ASKED:
            fault = f"{len(batch):,} records were not asked for: {answer.fault}"
            unasked.append(place.problem(fault, remedy=_AGAIN))
            continue
        read = pubmed.read_records(answer.content) if answer.state is State.FOUND else Records(())
        papers += read.papers
        unread += read.problems
        unread += _missing(batch, read, place)
    return _Read(papers, unasked, unread)


def _missing(batch: Sequence[str], read: Records, place: InPart) -> Iterator[Problem]:
    """The numbers that PubMed counts as hits and gives no record for, as it does for deleted ones."""
    came = {paper.pmid for paper in read.papers}
    if missing := [number for number in batch if number not in came]:
        fault = f"no record came for {', '.join(missing)}"
        yield place.problem(fault, remedy="Look at them on pubmed.ncbi.nlm.nih.gov.")


def _of_europe_pmc(_door: Door, pages: Gathered, _place: InPart) -> _Read:
    read = [europe_pmc.read_records(answer.content) for answer in _answered(pages)]
    problems = [problem for records in read for problem in records.problems]
    return _Read([paper for records in read for paper in records.papers], (), problems)


def _of_trials(_door: Door, pages: Gathered, _place: InPart) -> _Read:
    known = [trial for answer in _answered(pages) for trial in trials.read_studies(answer.content)]
    return _Read([_as_paper(trial) for trial in known], trials={trial.nct: trial for trial in known})


def _answered(pages: Gathered) -> Iterator[Answer]:
    return (answer for answer in pages.answers if answer.state is State.FOUND)


_Question = tuple[Request, Callable[[Request, bytes], Hits]]
_QUESTIONS: Mapping[Database, Callable[[str, date | None], _Question]] = {
    Database.PUBMED: lambda words, since: (pubmed.search(words, since), pubmed.read_hits),
    Database.EUROPE_PMC: lambda words, since: (
        europe_pmc.search(words, since, size=_PAGE),
        europe_pmc.read_hits,
    ),
    Database.TRIALS: lambda words, since: (
        trials.search(words=words, since=since.isoformat() if since else "", size=_PAGE),
        trials.read_hits,
    ),
}
_READ: Mapping[Database, Callable[[Door, Gathered, InPart], _Read]] = {
    Database.PUBMED: _of_pubmed,
    Database.EUROPE_PMC: _of_europe_pmc,
    Database.TRIALS: _of_trials,
}


def outcome_text(outcome: PlannedOutcome) -> str:
    """A planned outcome with when it is measured, where the registry says so."""
    return f"{outcome.measure} [{outcome.time_frame}]" if outcome.time_frame else outcome.measure


def _as_paper(trial: Trial) -> Paper:
    """A registered trial as a search sees it; its text is put together from fields of the registry."""
    outcomes = [
        f"{o.measure} [{o.time_frame}]" if o.time_frame else o.measure for o in trial.primary_outcomes
    ]
    parts = {
        "CONDITIONS": trial.conditions,
        "INTERVENTIONS": trial.interventions,
        "PRIMARY OUTCOMES": tuple(outcomes),
    }
    sponsor = (Person(trial.sponsor, is_body=True),) if trial.sponsor else ()
    return Paper(
        key=trial.nct,
        title=trial.official_title or trial.title or trial.nct,
        abstract="\n".join(f"{label}: {'; '.join(texts)}" for label, texts in parts.items() if texts),
        place=InFile(Database.TRIALS),
        authors=tuple(person.family for person in sponsor),
        year=trial.first_posted[:4],
        container=Database.TRIALS,
        details=Details(
            people=sponsor,
            published=trial.first_posted,
            journal=Database.TRIALS,
            registrations=(trial.nct,),
            abstract_is_rebuilt=True,
        ),
    )
