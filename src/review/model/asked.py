"""Of every reference: who was asked, when and with what answer, and who was not, and why.

Nothing follows where nobody was asked. What a witness answered counts only as long as the reference has
the identifier by which it was asked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.model.latex import address
from review.model.records import Evidence, Notice, Reference, Study
from review.model.vocabulary import NOT_REPORTED, NoticeKind, YesNo
from review.model.witness_words import Side, Silence, Witness, WitnessAnswer
from review.model.witnesses import Testimony, WitnessNotice, first_day, is_mark, last_day_of

KNOWN_BY: Mapping[Witness, tuple[str, ...]] = {
    Witness.PUBMED: ("pmid", "doi"),
    Witness.CROSSREF: ("doi",),
    Witness.CROSSREF_NOTICES: ("doi",),
    Witness.EUROPE_PMC: ("pmid", "doi"),
    Witness.RETRACTION_WATCH: ("pmid", "doi"),
    Witness.OPENALEX: ("doi", "pmid"),
    Witness.CLINICALTRIALS: ("nct",),
}
"""The identifiers by which each witness knows a work; the first that a reference has is used."""
BY_ALL = frozenset({Witness.RETRACTION_WATCH})
"""Who is asked by every identifier at once: a row of a file may have only one of them."""

_NCT = re.compile(r"\bNCT[0-9]{8}\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """How one witness stands to one reference: what it answered and when, or why it was not asked."""

    study: str
    witness: Witness
    answer: WitnessAnswer
    by: tuple[str, ...] = ()
    day: date | None = None
    why: Silence | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it answered."""
        return self.answer is not WitnessAnswer.NOT_ASKED


def marks_of(reference: Reference, study: Study | None) -> Mapping[str, str]:
    """The identifiers of a reference, each with its kind before it, by that kind.

    The number of a registered trial is that of its study, or stands in the address of a registry entry.
    """
    registered = f"{study.registration if study else ''} {reference.fields.get('url', '')}"
    numbers = set(_NCT.findall(registered))
    given = {
        "doi": address(reference.fields.get("doi", "")).lower(),
        "pmid": reference.fields.get("pmid", ""),
        # Of several trials none is the one of this reference.
        "nct": numbers.pop() if len(numbers) == 1 else "",
    }
    marks = {kind: f"{kind}:{value}" for kind, value in given.items()}
    return {kind: mark for kind, mark in marks.items() if is_mark(mark)}


def asked_by(witness: Witness, marks: Mapping[str, str]) -> tuple[str, ...]:
    """The identifiers by which a witness is asked about a work; empty where it knows it by none."""
    known = tuple(marks[kind] for kind in KNOWN_BY[witness] if kind in marks)
    return known if witness in BY_ALL else known[:1]


def is_question_for(witness: Witness, marks: Mapping[str, str]) -> bool:
    """Whether there is anything to ask: a registry is asked only about what is registered."""
    return witness is not Witness.CLINICALTRIALS or "nct" in marks


def all_asked(evidence: Evidence) -> tuple[Asked, ...]:
    """How every witness stands to every reference, by reference."""
    held = {(row.study, row.witness): row for row in evidence.testimonies}
    return tuple(
        _asked(key, witness, marks, held.get((key, witness)))
        for key, marks in marks_by_study(evidence.references, evidence.studies).items()
        for witness in Witness
        if is_question_for(witness, marks)
    )


def marks_by_study(
    references: Mapping[str, Reference], studies: Mapping[str, Study]
) -> Mapping[str, Mapping[str, str]]:
    """The identifiers of every reference, in the order of the references."""
    return {key: marks_of(reference, studies.get(key)) for key, reference in references.items()}


def is_of(row: Testimony, marks: Mapping[str, str]) -> bool:
    """Whether a witness was asked by an identifier that the reference has now."""
    return not set(row.by).isdisjoint(marks.values())


def _asked(key: str, witness: Witness, marks: Mapping[str, str], row: Testimony | None) -> Asked:
    by = asked_by(witness, marks)
    if not by:
        return Asked(key, witness, WitnessAnswer.NOT_ASKED, why=Silence.NO_IDENTIFIER)
    if row is None:
        return Asked(key, witness, WitnessAnswer.NOT_ASKED, by, why=Silence.NEVER)
    if not is_of(row, marks):
        return Asked(key, witness, WitnessAnswer.NOT_ASKED, by, why=Silence.OTHER_IDENTIFIER)
    return Asked(key, witness, row.answer, row.by, row.asked, row.why)


@dataclass(frozen=True, slots=True)
class Count:
    """What came of asking one witness about all references; `oldest` is the day of its oldest answer."""

    witness: Witness
    found: int
    not_found: int
    not_asked: Mapping[Silence, int]
    oldest: date | None
    newest: date | None

    @property
    def references(self) -> int:
        """About how many references there was something to ask."""
        return self.found + self.not_found + sum(self.not_asked.values())


def counts(asked: Iterable[Asked]) -> tuple[Count, ...]:
    """The answers by witness, in the order of the witnesses; who has nothing to answer is left out."""
    by_witness: dict[Witness, list[Asked]] = {}
    for each in asked:
        by_witness.setdefault(each.witness, []).append(each)
    return tuple(_count(witness, by_witness[witness]) for witness in Witness if witness in by_witness)


def _count(witness: Witness, asked: Sequence[Asked]) -> Count:
    answers = Counter(each.answer for each in asked)
    whys = Counter(each.why for each in asked if each.why)
    days = [each.day for each in asked if each.is_asked and each.day]
    return Count(
        witness,
        answers[WitnessAnswer.FOUND],
        answers[WitnessAnswer.NOT_FOUND],
        {why: whys[why] for why in Silence if why in whys},
        min(days, default=None),
        max(days, default=None),
    )


def not_asked_of_any(asked: Iterable[Asked]) -> tuple[str, ...]:
    """The references about which no witness to retractions answered, in their order."""
    answered: dict[str, bool] = {}
    for each in asked:
        counts_here = each.is_asked and each.witness.knows_retractions
        answered[each.study] = answered.get(each.study, False) or counts_here
    return tuple(study for study, is_answered in answered.items() if not is_answered)


def told_of_asking(
    evidence: Evidence, studies: Collection[str] | None = None, as_of: date | None = None
) -> str:
    """What is known of retractions, in a sentence for a reader; never more than was asked.

    Of some references, or of all; with `as_of` it tells how old the oldest answer is on that day.
    """
    asked = [each for each in all_asked(evidence) if studies is None or each.study in studies]
    total, silent = len({each.study for each in asked}), len(not_asked_of_any(asked))
    if total == 0:
        return "There is no reference to ask about."
    of = f"Of {total} reference{'' if total == 1 else 's'}, an index of retractions was asked about"
    if silent == total:
        return (
            f"{of} none: whether one was retracted is not known, and only notices recorded by hand are "
            "shown."
        )
    oldest = min(e.day for e in asked if e.is_asked and e.day and e.witness.knows_retractions)
    age = f", {(as_of - oldest).days} days before this review" if as_of and as_of > oldest else ""
    told = f"{of} {total - silent}; the oldest answer is of {oldest}{age}."
    if silent:
        told += f" Whether the other {silent} were retracted is not known."
    if replayed := sum(row.replayed is YesNo.YES for row in evidence.testimonies):
        told += f" Answers from a replay server, which prove nothing: {replayed}."
    return told


def told_of_one(asked: Iterable[Asked]) -> str:
    """Who was asked about one reference, when and with what answer, and who was not, and why."""
    answered: list[str] = []
    silent: dict[Silence, list[str]] = {}
    for each in asked:
        if each.is_asked:
            answered.append(f"{each.witness.full_name} {each.answer.spoken}, {each.day}")
        elif each.why:
            silent.setdefault(each.why, []).append(each.witness.full_name)
    if not answered and len(silent) == 1:
        return f"no witness was asked about it: {next(iter(silent)).phrase}"
    parts = [f"asked: {'; '.join(answered)}" if answered else "no witness was asked about it"]
    parts += [f"not asked: {', '.join(names)} ({why.phrase})" for why, names in silent.items()]
    return ". ".join(parts)


def told_notices(evidence: Evidence) -> tuple[tuple[Notice, tuple[str, ...]], ...]:
    """The notices that witnesses found, each with the names of the witnesses that name it."""
    marks = marks_by_study(evidence.references, evidence.studies)
    current = [row for row in evidence.testimonies if is_of(row, marks[row.study])]
    return tuple(
        (notice, tuple(w.full_name for w in Witness if any(row.witness is w for row in group)))
        for notice, group in _groups(evidence.witness_notices, current)
    )


FOUND_BY_WITNESS = "A witness names it; what follows of it for the findings has not been judged."
"""The consequence of a notice that nobody has read yet; the same for all, so that it changes nothing."""


def found_notices(rows: Iterable[WitnessNotice], testimonies: Iterable[Testimony]) -> tuple[Notice, ...]:
    """The notices about studies that witnesses found, each once, as if a person had entered them.

    What several witnesses name by one identifier is one notice. Who only repeats others is no witness,
    and a notice without its testimony counts for nothing.
    """
    return tuple(notice for notice, _ in _groups(rows, testimonies))


def _groups(
    rows: Iterable[WitnessNotice], testimonies: Iterable[Testimony]
) -> Iterator[tuple[Notice, Sequence[WitnessNotice]]]:
    asked = {(row.study, row.witness): row.asked for row in testimonies}
    of_study: dict[str, list[WitnessNotice]] = {}
    for row in rows:
        is_told = (row.study, row.witness) in asked
        if is_told and row.side is Side.SUBJECT and row.witness.knows_retractions:
            of_study.setdefault(row.study, []).append(row)
    for study in sorted(of_study):
        found = [(_notice(group, asked), group) for group in same_notices(of_study[study])]
        # Whoever names a notice besides, its place is the same.
        yield from sorted(found, key=lambda pair: (str(pair[0].date), pair[0].kind, pair[0].source))


def same_notices(rows: Iterable[WitnessNotice]) -> list[list[WitnessNotice]]:
    """The rows about one study, those of one notice together: same kind, and an identifier in common."""
    groups: list[list[WitnessNotice]] = []
    for row in rows:
        joined = [group for group in groups if any(_is_same(row, other) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([*(other for group in joined for other in group), row])
    return groups


def _is_same(row: WitnessNotice, other: WitnessNotice) -> bool:
    if row.kind is not other.kind:
        return False
    # Without an identifier a notice is told from another by its witness alone.
    return bool(set(row.notice) & set(other.notice)) or (not row.notice and row == other)


def _notice(group: Sequence[WitnessNotice], asked: Mapping[tuple[str, Witness], date]) -> Notice:
    """One notice of what witnesses say of it: its most exact day, and the name that most have."""
    kind = group[0].kind
    days = [day for row in group if (day := _day(row, asked[row.study, row.witness]))]
    marks = sorted({mark for row in group for mark in row.notice}, key=_of_mark)
    return Notice(
        study=group[0].study,
        kind=kind,
        source=marks[0] if marks else f"{group[0].witness.full_name}: {group[0].word}",
        date=min(days, default=NOT_REPORTED),
        consequence=FOUND_BY_WITNESS,
    )


def _of_mark(mark: str) -> tuple[int, str]:
    return ("doi", "pmid", "ppr", "nct", "row").index(mark.partition(":")[0]), mark


def _day(row: WitnessNotice, asked: date) -> date | None:
    """The day from which a notice holds, None where it is not known.

    Of a month or a year it is the last day, so that a retraction is never taken for the earlier of two
    notices, and of a reinstatement the first. What was in print only after it was met has no day that
    can be known: it holds already.
    """
    if row.date == NOT_REPORTED:
        return None
    first, last = first_day(row.date), last_day_of(row.date)
    if row.kind is NoticeKind.REINSTATEMENT or last > asked:
        last = first
    return None if last > asked else last
