"""Decisions recorded in an evidence folder: added at the end, nothing before them is ever changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from review.model.errors import InPart, Problem, ReviewError
from review.model.records import Decision, Evidence
from review.people.decisions import Draft, decided, entry_problems
from review.store.files.together import changing
from review.store.files.whole_file import write_whole
from review.store.layout import TABLES
from review.store.read import read_evidence
from review.store.table import changed_table

TABLE = next(table for table in TABLES if table.record is Decision)


def record_decision(folders: Sequence[Path], draft: Draft, now: datetime) -> tuple[Decision, Path]:
    """Add the decision that `draft` asks for to the last of `folders`; gives it and the file.

    Evidence is read and the row is written under one lock, so that of several people who decide at
    once each sees the decisions of the others. Raises ParameterError with every problem of the draft,
    InputError or EvidenceError where the evidence cannot be used, OutputError where the file cannot be
    written; then nothing is changed.
    """
    path = folders[-1] / TABLE.file
    with changing(folders[-1]):
        decision = decided(_evidence(folders, draft, now), draft, now)
        write_whole(path, changed_table(folders[-1], TABLE, [decision]))
    return decision, path


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of drafts: added to the file, there before, or kept out by a problem."""

    path: Path
    added: tuple[Decision, ...]
    known: int
    problems: tuple[Problem, ...]


def record_decisions(folders: Sequence[Path], drafts: Iterable[Draft], now: datetime) -> Recorded:
    """Add every decision that may be taken to the last of `folders`, in one step.

    What is wrong with a draft keeps out that one alone. A draft that says what holds for its claim
    already is not added a second time, so that a file may be given again. Raises InputError or
    EvidenceError where the evidence cannot be used, OutputError where the file cannot be written; then
    nothing is changed.
    """
    path = folders[-1] / TABLE.file
    added: list[Decision] = []
    problems: list[Problem] = []
    known = 0
    with changing(folders[-1]):
        evidence = read_evidence(folders)
        holding = {taken.claim: taken for taken in evidence.decisions}
        for draft in drafts:
            try:
                decision = decided(evidence, draft, now)
            except ReviewError as error:
                problems += [_of_claim(draft, problem) for problem in error.problems]
                continue
            if draft.claim in holding and _content(holding[draft.claim]) == _content(decision):
                known += 1
            else:
                added.append(decision)
        if added:
            write_whole(path, changed_table(folders[-1], TABLE, added))
    return Recorded(path, tuple(added), known, tuple(problems))


def _of_claim(draft: Draft, problem: Problem) -> Problem:
    """A problem of a draft at the claim that it is about: among hundreds a field says too little."""
    return InPart("claim", draft.claim).problem(
        f"{problem.place}: {problem.fault}", remedy=problem.remedy
    )


def _content(decision: Decision) -> dict[str, object]:
    return decision.model_dump(exclude={"recorded"})


def _evidence(folders: Sequence[Path], draft: Draft, now: datetime) -> Evidence:
    """The evidence; where it cannot be used, the problems of the draft come with those found there."""
    try:
        return read_evidence(folders)
    except ReviewError as error:
        raise type(error)([*error.problems, *entry_problems(draft, now)]) from None
