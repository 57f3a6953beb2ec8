"""Every reference asked of every witness, through one door; what was not asked stays not asked."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from review.literature.services import crossref, europe_pmc, openalex, pubmed, trials
from review.literature.services.answer import Answer, NotAsked, State
from review.literature.services.door import Door
from review.literature.services.request import Request
from review.literature.services.retraction_watch import Index, index, read_index
from review.literature.witnesses.answers import (
    NOTHING,
    Reading,
    read_answer,
    read_rows,
    rows_of_notices,
)
from review.model.asked import asked_by, is_of, is_question_for, marks_by_study
from review.model.errors import InFile
from review.model.records import Evidence
from review.model.vocabulary import YesNo
from review.model.witness_words import Silence, Witness, WitnessAnswer
from review.model.witnesses import Testimony, WitnessNotice, WitnessRecord
from review.store.additions.witnesses import Heard


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one witness about one reference in this run.

    `testimony` is what the witness answered: None where nothing was tried, and what it answered before
    where it failed this time. `why` tells why there is no answer, `fault` the same in the words of the
    service. `is_on_record` marks an answer that stands in the evidence alone, and is not kept here.
    """

    study: str
    witness: Witness
    testimony: Testimony | None = None
    record: WitnessRecord | None = None
    notices: tuple[WitnessNotice, ...] = ()
    why: Silence | None = None
    fault: str = ""
    is_on_record: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, on record, kept or new."""
        return self.why is None


def as_heard(outcomes: Iterable[Outcome], *, is_replay: bool) -> Iterator[Heard]:
    """What of the outcomes can be recorded; of a replay server it says so, for it is no service."""
    replayed = YesNo.YES if is_replay else YesNo.NO
    for outcome in outcomes:
        if outcome.testimony and not outcome.is_on_record:
            testimony = outcome.testimony.model_copy(update={"replayed": replayed})
            yield Heard(testimony, outcome.record, outcome.notices)


def asked_of_all(
    door: Door, evidence: Evidence, witnesses: Collection[Witness] = tuple(Witness)
) -> Iterator[Outcome]:
    """What each witness says of each reference, in the order of the references.

    Where nothing is to be sent and nothing is kept here, what somebody else recorded is the answer.
    """
    watch = _Watch(door)
    on_record = {
        (row.study, row.witness): row
        for row in evidence.testimonies
        if row.answer is not WitnessAnswer.NOT_ASKED
    }
    for study, marks in marks_by_study(evidence.references, evidence.studies).items():
        for witness in Witness:
            if witness not in witnesses or not is_question_for(witness, marks):
                continue
            by = asked_by(witness, marks)
            if not by:
                yield Outcome(study, witness, why=Silence.NO_IDENTIFIER)
                continue
            if witness is Witness.RETRACTION_WATCH:
                outcome = watch.outcome(study, by)
            else:
                read = partial(read_answer, study, witness, by)
                question = _Question(study, witness, by, read, _day_of)
                outcome = question.outcome(_answer(door, witness, by[0]))
            held = on_record.get((study, witness))
            if outcome.why is Silence.OFFLINE and held and is_of(held, marks):
                outcome = Outcome(study, witness, held, is_on_record=True)
            yield outcome


def _day_of(answer: Answer) -> date:
    return answer.asked.date()


def _answer(door: Door, witness: Witness, mark: str) -> Answer:
    kind, _, value = mark.partition(":")
    if witness is Witness.PUBMED and kind == "doi":
        found = door.ask(pubmed.by_doi(value))
        if found.state is not State.FOUND:
            return found
        return door.ask(pubmed.records(pubmed.read_hits(found.request, found.content).ids))
    return door.ask(_REQUESTS[witness, kind](value))


_REQUESTS: dict[tuple[Witness, str], Callable[[str], Request]] = {
    (Witness.PUBMED, "pmid"): lambda pmid: pubmed.records([pmid]),
    (Witness.CROSSREF, "doi"): crossref.work,
    (Witness.CROSSREF_NOTICES, "doi"): crossref.updates_of,
    (Witness.EUROPE_PMC, "doi"): europe_pmc.by_doi,
    (Witness.EUROPE_PMC, "pmid"): europe_pmc.by_pmid,
    (Witness.OPENALEX, "doi"): openalex.by_doi,
    (Witness.OPENALEX, "pmid"): openalex.by_pmid,
    (Witness.CLINICALTRIALS, "nct"): trials.study,
}


@dataclass(frozen=True, slots=True)
class _Question:
    """One witness asked about one reference: how its answer is read, and on which day it was given."""

    study: str
    witness: Witness
    by: tuple[str, ...]
    read: Callable[[bytes], Reading]
    day: Callable[[Answer], date]

    def outcome(self, answer: Answer) -> Outcome:
        """The outcome of an answer; where none came now, what the witness answered before."""
        if answer.state is not State.NOT_ASKED:
            return self._of_answer(answer)
        assert answer.why is not None, "what was not asked has a why"
        why = Silence(str(answer.why))
        if answer.earlier is not None:
            return replace(self._of_answer(answer.earlier), why=why, fault=answer.fault)
        tried = None if answer.why is NotAsked.OFFLINE else self._silent(answer, why)
        return Outcome(self.study, self.witness, tried, why=why, fault=answer.fault)

    def _of_answer(self, answer: Answer) -> Outcome:
        read = self.read(answer.content) if answer.state is State.FOUND else NOTHING
        why = None if read.is_understood else Silence.NOT_UNDERSTOOD
        testimony = self._silent(answer, why) if why else self._testimony(answer, read)
        return Outcome(self.study, self.witness, testimony, read.record, read.notices, why)

    def _testimony(self, answer: Answer, read: Reading) -> Testimony:
        return Testimony(
            study=self.study,
            witness=self.witness,
            asked=self.day(answer),
            by=self.by,
            answer=WitnessAnswer.FOUND if read.is_found else WitnessAnswer.NOT_FOUND,
            digest=answer.sha256,
        )

    def _silent(self, answer: Answer, why: Silence) -> Testimony:
        return Testimony(
            study=self.study,
            witness=self.witness,
            asked=answer.asked.date(),
            by=self.by,
            answer=WitnessAnswer.NOT_ASKED,
            why=why,
        )


class _Watch:
    """The file of Retraction Watch, read once for all references, and only where one is asked."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._answer: Answer | None = None
        self._index = Index(())
        self._by_notice = rows_of_notices(())

    def outcome(self, study: str, by: tuple[str, ...]) -> Outcome:
        """What the file has about a reference."""
        if self._answer is None:
            self._answer = self._door.ask(index())
            self._open(self._answer)

        def read(_: bytes) -> Reading:
            marks = dict(mark.split(":", 1) for mark in by)
            notices = [row for mark in by for row in self._by_notice.get(mark, ())]
            return read_rows(study, self._index.about(**marks), notices, is_whole=self._is_whole)

        return _Question(study, Witness.RETRACTION_WATCH, by, read, self._day).outcome(self._answer)

    @property
    def _is_whole(self) -> bool:
        """Whether every row could be read; of one without a day only the day is missing."""
        return not any(isinstance(p.place, InFile) and not p.place.column for p in self._index.problems)

    def _open(self, answer: Answer) -> None:
        held = answer.earlier if answer.state is State.NOT_ASKED else answer
        if held and held.state is State.FOUND:
            self._index = read_index(held.content)
            self._by_notice = rows_of_notices(self._index.rows)

    def _day(self, answer: Answer) -> date:
        """The day up to which the file reaches: that of its newest notice, not that of its copying."""
        days = [date.fromisoformat(row.date) for row in self._index.rows if len(row.date) == 10]
        return max((day for day in days if day <= answer.asked.date()), default=answer.asked.date())
