"""What two people's ratings make of a recorded judgement: value, both ratings, what stood before.

Where they differ a third person decides; where both gave one value it stands without. Only judgements
that are recorded with a reason of their own have a place for it: the domains of a GRADE judgement, its
reasons to rate up, and the answers of an appraisal. A row of `links.csv` or `claims.csv` has none.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from review.grading.grade import graded
from review.model.errors import InField, InFile, InOption, Problem
from review.model.fields import iso_date
from review.model.records import (
    Adjudication,
    Answer,
    Appraisal,
    CertaintyRecord,
    DomainRating,
    EarlierRating,
    Evidence,
    GivenRating,
    UpgradeRating,
)
from review.model.vocabulary import (
    NOT_APPLICABLE,
    NOT_REPORTED,
    Concern,
    Domain,
    Status,
    Upgrade,
)
from review.people.entries import Entered, day_problems, line_problems, prose_problems
from review.people.rating.items import RatingKind
from review.people.rating.pair import Pair
from review.people.rating.sheet import Rating

PLACES: Mapping[RatingKind, str] = {RatingKind.GRADE: "certainty", RatingKind.APPRAISAL: "appraisal"}
"""The kind of record in which an adjudication of a kind stands."""

Alike = tuple[Rating, Rating]
"""The ratings of one item by two people who gave it one value."""


@dataclass(frozen=True, slots=True)
class Adjudicator:
    """In what role the adjudicator decides, and when: an empty date is today in UTC."""

    role: str
    date: str = ""


def alike_with_a_place(pair: Pair, adjudicated: Sequence[Rating]) -> tuple[Alike, ...]:
    """What both gave alike, the evidence has a place for, and nobody adjudicated besides."""
    decided = {rating.item.key for rating in adjudicated}
    return tuple((a, b) for a, b in pair.alike if a.item.kind in PLACES and a.item.key not in decided)


def adjudication_problems(
    ratings: Sequence[Rating],
    pair: Pair,
    adjudicator: Adjudicator,
    evidence: Evidence,
    name: str,
    now: datetime,
) -> Iterator[Problem]:
    """Everything that forbids recording what `ratings`, the rows of the file `name`, adjudicate."""
    if ratings:
        yield from line_problems(InOption("--role"), adjudicator.role)
    if adjudicator.date:
        yield from day_problems(InOption("--date"), adjudicator.date, now)
    for kind in sorted({rating.item.kind for rating in ratings} - set(PLACES)):
        fault = (
            f"an adjudicated {kind} has no place in the evidence: its row holds one value and one reason"
        )
        remedy = "Change the row by hand, and say in its reason who adjudicated what."
        yield InFile(name).problem(fault, remedy=remedy)
    for rating in ratings:
        if rating.item.kind in PLACES:
            yield from _row_problems(rating, pair, evidence, InFile(name, rating.line))


def _row_problems(rating: Rating, pair: Pair, evidence: Evidence, row: InFile) -> Iterator[Problem]:
    key = rating.item.key
    for problem in prose_problems(InField(Entered.REASON), rating.reason):
        yield replace(problem, place=replace(row, column=str(problem.place)))
    if rating.reviewer in pair.reviewers:
        remedy = "Somebody else adjudicates, or both agree and rate anew."
        yield row.problem(f"{rating.reviewer} rated it", remedy=remedy)
    if key not in pair.a or key not in pair.b:
        fault = f"{' '.join(key)} was not rated by both"
        yield row.problem(fault, remedy="Adjudicate what both rated.")
    # What both say alike can only be kept.
    elif pair.a[key].value == pair.b[key].value != rating.value:
        fault = f"both rated it {pair.a[key].value}"
        yield row.problem(fault, remedy="Adjudicate where they differ, or keep what both say.")
    yield from _signed(_record(evidence, rating), row)


def alike_problems(alike: Sequence[Alike], evidence: Evidence, name: str) -> Iterator[Problem]:
    """Everything that forbids recording what both gave alike; `name` is the file of the first."""
    signed = set()
    for a, b in alike:
        record, row = _record(evidence, a), InFile(name, a.line)
        judged = _judged(record, a.item.item)
        if _is_recorded(judged.adjudicated or (), _given(a, b)):
            continue
        if not (a.reason or b.reason) and judged.value != a.value:
            fault = f"both rated it {a.value}, and neither says why: {judged.value} is recorded"
            yield row.problem(fault, remedy="Write the reason on one of the two sheets.")
        if (place := (a.item.kind, a.item.subject)) not in signed:
            signed.add(place)
            yield from _signed(record, row)


def _signed(record: CertaintyRecord | Appraisal, row: InFile) -> Iterator[Problem]:
    if record.status is not Status.DRAFT:
        fault = f"the judgement is {record.status}, and its signatures do not cover another value"
        yield row.problem(fault, remedy="Set its status to draft; it can be signed again afterwards.")


def _record(evidence: Evidence, rating: Rating) -> CertaintyRecord | Appraisal:
    if rating.item.kind is RatingKind.GRADE:
        return evidence.certainties[rating.item.subject]
    return evidence.appraisals[rating.item.subject]


def _judged(record: CertaintyRecord | Appraisal, item: str) -> DomainRating | UpgradeRating | Answer:
    return record.judgements[item] if isinstance(record, CertaintyRecord) else record.answers[item]


def _given(*ratings: Rating) -> tuple[GivenRating, ...]:
    return tuple(
        GivenRating(by=rating.reviewer, value=rating.value, reason=rating.reason or NOT_REPORTED)
        for rating in ratings
    )


def settled_records(
    ratings: Sequence[Rating],
    alike: Sequence[Alike],
    pair: Pair,
    adjudicator: Adjudicator,
    evidence: Evidence,
    now: datetime,
) -> dict[tuple[str, str], CertaintyRecord | Appraisal]:
    """The records as what was adjudicated, and what both gave alike, make them, by kind and id.

    What is recorded already is left out. The certainty of a judgement is derived anew from its ratings.
    """
    day = iso_date(adjudicator.date or now.date())
    made = [_adjudication(rating, pair, adjudicator.role, day) for rating in ratings]
    made += [_agreement(a, b, day) for a, b in alike]
    changed: dict[tuple[str, str], CertaintyRecord | Appraisal] = {}
    for settled in made:
        place = (PLACES[settled.rating.item.kind], settled.rating.item.subject)
        before = changed.get(place) or _record(evidence, settled.rating)
        after = _settled(before, settled)
        if after is not before:
            changed[place] = after
    return changed


@dataclass(frozen=True, slots=True)
class _Made:
    """What settles one judgement, before it is known what it replaces; an empty reason keeps the old."""

    rating: Rating
    by: str
    role: str
    day: date
    reason: str
    given: tuple[GivenRating, ...]

    def after(
        self, value: str, reason: str, earlier: tuple[Adjudication, ...]
    ) -> tuple[Adjudication, ...] | None:
        """What settled the judgement so far, and this; None where this is recorded already."""
        if self.by == NOT_APPLICABLE:
            # Somebody may have given a reason of their own to what both gave alike: it stays.
            is_recorded = _is_recorded(earlier, self.given)
        else:
            is_recorded = _is_recorded(earlier[-1:], self.given) and self._repeats(earlier[-1])
        if is_recorded:
            return None
        added = Adjudication(
            value=self.rating.value, by=self.by, role=self.role, date=self.day,
            reason=self.reason or reason, given=self.given,
            earlier=EarlierRating(value=value, reason=reason),
        )  # fmt: skip
        return (*earlier, added)

    def _repeats(self, last: Adjudication) -> bool:
        """Whether the last adjudication is this one; white space in a reason makes no difference."""
        mine = (self.rating.value, self.by, self.role, self.day, self.reason.split())
        return (last.value, last.by, last.role, last.date, last.reason.split()) == mine


def _is_recorded(settled: Collection[Adjudication], given: tuple[GivenRating, ...]) -> bool:
    """Whether just these ratings were settled; white space in their reasons makes no difference."""
    wanted = [(rating.by, rating.value, rating.reason.split()) for rating in given]
    return any(wanted == [(g.by, g.value, g.reason.split()) for g in each.given] for each in settled)


def _adjudication(rating: Rating, pair: Pair, role: str, day: date) -> _Made:
    given = _given(pair.a[rating.item.key], pair.b[rating.item.key])
    return _Made(rating, rating.reviewer, role, day, rating.reason, given)


def _agreement(a: Rating, b: Rating, day: date) -> _Made:
    reason = "\n".join(dict.fromkeys(rating.reason for rating in (a, b) if rating.reason))
    return _Made(a, NOT_APPLICABLE, NOT_APPLICABLE, day, reason, _given(a, b))


def _settled(record: CertaintyRecord | Appraisal, made: _Made) -> CertaintyRecord | Appraisal:
    """The record with one judgement as it was settled; itself where that is recorded already."""
    item = made.rating.item.item
    before = _judged(record, item)
    adjudicated = made.after(before.value, before.reason, before.adjudicated or ())
    if adjudicated is None:
        return record
    value, reason = adjudicated[-1].value, adjudicated[-1].reason
    if isinstance(record, Appraisal):
        answer = Answer(answer=value, reason=reason, adjudicated=adjudicated)
        return record.model_copy(update={"answers": {**record.answers, item: answer}})
    ratings, upgrades = dict(record.ratings), dict(record.upgrades)
    if item in list(Domain):
        rating = DomainRating(rating=Concern(value), reason=reason, adjudicated=adjudicated)
        ratings[Domain(item)] = rating
    else:
        lifted = UpgradeRating(levels=int(value), reason=reason, adjudicated=adjudicated)
        upgrades[Upgrade(item)] = lifted
    derived = graded(
        record.start,
        {name: own.rating for name, own in ratings.items()},
        {name: own.levels for name, own in upgrades.items()},
    )
    update = {"ratings": ratings, "upgrades": upgrades, "certainty": derived.certainty}
    return record.model_copy(update=update)
