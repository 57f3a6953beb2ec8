"""References held against what witnesses say of them: asked, recorded, and what there is to look at."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from review.literature.services.door import Door
from review.literature.witnesses.asking import Outcome, as_heard, asked_of_all
from review.model.errors import InPart, Problem
from review.model.notices import governing
from review.model.records import Evidence, Notice
from review.model.visible import on_one_line
from review.model.witness_words import Side, Silence, Witness
from review.store.additions.witnesses import record_heard
from review.store.snapshot import read_evidence

NAMED = 5
"""How many references are named of those that share a reason."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of asking witnesses about references.

    `evidence` is what is on record now, `outcomes` what came of each question of this run, `new` the
    notices that were not known before.
    """

    evidence: Evidence
    outcomes: tuple[Outcome, ...]
    new: tuple[Notice, ...]

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is to be looked at: studies that a notice speaks against, and notices that are new."""
        return tuple(p for study in self.evidence.references for p in self._notices_about(study))

    def _notices_about(self, study: str) -> Iterator[Problem]:
        place = InPart("reference", study)
        holding = governing(n for n in self.evidence.notices if n.study == study)
        if holding and holding.kind.speaks_against:
            remedy = "See review diff for the verdicts that it touches."
            yield place.problem(_told(holding), remedy=remedy)
        for notice in self.new:
            if notice.study == study and notice != holding:
                remedy = "Read it, and correct what it touches."
                yield place.problem(f"new: {_told(notice)}", remedy=remedy)
        for row in self.evidence.witness_notices:
            if row.study == study and row.side is Side.NOTICE:
                fault = f"{row.witness.full_name}: this is itself a notice of {row.kind.spoken}"
                yield place.problem(fault, remedy="Cite the work, and not its notice.")

    @property
    def not_asked(self) -> tuple[Problem, ...]:
        """Who was not asked about what in this run, one problem for each witness and reason."""
        of: dict[tuple[Witness, Silence, str], list[str]] = {}
        for outcome in self.outcomes:
            if outcome.why:
                of.setdefault((outcome.witness, outcome.why, outcome.fault), []).append(outcome.study)
        return tuple(_silence(*key, studies) for key, studies in of.items())


def _told(notice: Notice) -> str:
    return f"{notice.kind.spoken} of {notice.date}, {notice.source}"


def _silence(witness: Witness, why: Silence, fault: str, studies: Sequence[str]) -> Problem:
    count = "1 reference" if len(studies) == 1 else f"{len(studies)} references"
    because = on_one_line(fault) if fault else why.phrase
    words = f"not asked about {count}{some_of(studies)}: {because}"
    return InPart("witness", str(witness)).problem(words, remedy=why.remedy)


def some_of(studies: Sequence[str]) -> str:
    """The first of some references in brackets; nothing where there is none."""
    more = ", …" if len(studies) > NAMED else ""
    return f" ({', '.join(studies[:NAMED])}{more})" if studies else ""


def check_references(
    folders: Sequence[Path], door: Door, witnesses: Collection[Witness] = tuple(Witness)
) -> Checked:
    """Ask witnesses about every reference of `folders` through a door, and record their answers there.

    Raises InputError or EvidenceError where the evidence cannot be used, OutputError where it cannot be
    written; then nothing is changed. What a service fails in is part of the answer.
    """
    outcomes = tuple(asked_of_all(door, read_evidence(folders), witnesses))
    heard = list(as_heard(outcomes, is_replay=door.is_replay))
    before, after = record_heard(folders, heard)
    new = tuple(notice for notice in after.notices if notice not in before.notices)
    return Checked(after, outcomes, new)
