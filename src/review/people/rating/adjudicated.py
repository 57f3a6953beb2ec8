"""What an adjudication makes of a recorded judgement: the value, both ratings, and what stood before.

Only judgements that are recorded with a reason of their own have a place for it: the domains of a GRADE
judgement and the answers of an appraisal. A row of `links.csv` or `claims.csv` has none.
"""

from collections.abc import Iterator, Mapping, Sequence
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
)
from review.model.vocabulary import NOT_REPORTED, Concern, Domain, Status
from review.people.entries import Entered, day_problems, line_problems, prose_problems
from review.people.rating.items import RatingKind
from review.people.rating.pair import Pair
from review.people.rating.sheet import Rating

PLACES: Mapping[RatingKind, str] = {RatingKind.GRADE: "certainty", RatingKind.APPRAISAL: "appraisal"}
"""The kind of record in which an adjudication of a kind stands."""


@dataclass(frozen=True, slots=True)
class Adjudicator:
    """In what role the adjudicator decides, and when: an empty date is today in UTC."""

    role: str
    date: str = ""


def adjudication_problems(
    ratings: Sequence[Rating],
    pair: Pair,
    adjudicator: Adjudicator,
    evidence: Evidence,
    name: str,
    now: datetime,
) -> Iterator[Problem]:
    """Everything that forbids recording what `ratings`, the rows of the file `name`, adjudicate."""
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
    status = _record(evidence, rating).status
    if status is not Status.DRAFT:
        fault = f"the judgement is {status}, and its signatures do not cover another value"
        yield row.problem(fault, remedy="Set its status to draft; it can be signed again afterwards.")


def _record(evidence: Evidence, rating: Rating) -> CertaintyRecord | Appraisal:
    if rating.item.kind is RatingKind.GRADE:
        return evidence.certainties[rating.item.subject]
    return evidence.appraisals[rating.item.subject]


def adjudicated_records(
    ratings: Sequence[Rating], pair: Pair, adjudicator: Adjudicator, evidence: Evidence, now: datetime
) -> dict[tuple[str, str], CertaintyRecord | Appraisal]:
    """The records as the adjudications make them, by kind and id; what is recorded already is left out.

    The certainty of a judgement is derived anew from its ratings.
    """
    changed: dict[tuple[str, str], CertaintyRecord | Appraisal] = {}
    for rating in ratings:
        place = (PLACES[rating.item.kind], rating.item.subject)
        before = changed.get(place) or _record(evidence, rating)
        made = _adjudication(rating, pair, adjudicator, now)
        after = (
            _with_rating(before, Domain(rating.item.item), made)
            if isinstance(before, CertaintyRecord)
            else _with_answer(before, rating.item.item, made)
        )
        if after is not before:
            changed[place] = after
    return changed


@dataclass(frozen=True, slots=True)
class _Made:
    """An adjudication as it is before it is known what it replaces."""

    value: str
    by: str
    role: str
    day: date
    reason: str
    given: tuple[GivenRating, ...]

    def after(
        self, value: str, reason: str, earlier: tuple[Adjudication, ...]
    ) -> tuple[Adjudication, ...] | None:
        """The adjudications with this one added; None where it is the last of them already."""
        if earlier:
            last = earlier[-1]
            # White space in a reason makes no difference.
            same = (last.value, last.by, last.role, last.date, last.reason.split(), last.given)
            if same == (self.value, self.by, self.role, self.day, self.reason.split(), self.given):
                return None
        added = Adjudication(
            value=self.value, by=self.by, role=self.role, date=self.day, reason=self.reason,
            given=self.given, earlier=EarlierRating(value=value, reason=reason),
        )  # fmt: skip
        return (*earlier, added)


def _adjudication(rating: Rating, pair: Pair, adjudicator: Adjudicator, now: datetime) -> _Made:
    given = tuple(
        GivenRating(by=side.reviewer, value=side.value, reason=side.reason or NOT_REPORTED)
        for side in (pair.a[rating.item.key], pair.b[rating.item.key])
    )
    day = iso_date(adjudicator.date or now.date())
    return _Made(rating.value, rating.reviewer, adjudicator.role, day, rating.reason, given)


def _with_rating(record: CertaintyRecord, domain: Domain, made: _Made) -> CertaintyRecord:
    before = record.ratings[domain]
    adjudicated = made.after(before.rating, before.reason, before.adjudicated or ())
    if adjudicated is None:
        return record
    rating = DomainRating(rating=Concern(made.value), reason=made.reason, adjudicated=adjudicated)
    ratings = {**record.ratings, domain: rating}
    derived = graded(
        record.start,
        {name: own.rating for name, own in ratings.items()},
        {name: own.levels for name, own in record.upgrades.items()},
    )
    return record.model_copy(update={"ratings": ratings, "certainty": derived.certainty})


def _with_answer(record: Appraisal, item: str, made: _Made) -> Appraisal:
    before = record.answers[item]
    adjudicated = made.after(before.answer, before.reason, before.adjudicated or ())
    if adjudicated is None:
        return record
    answer = Answer(answer=made.value, reason=made.reason, adjudicated=adjudicated)
    return record.model_copy(update={"answers": {**record.answers, item: answer}})
