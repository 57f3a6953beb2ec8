"""The days that the records of the evidence carry, and the last of them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone

from review.model.errors import EvidenceError, InFile
from review.model.record import Record
from review.model.records import CertaintyRecord, Evidence, Notice

AHEAD = frozenset({"next_review", "due"})
"""The fields of records that name a day to come, by which nothing was known yet."""
FIRST_ZONE = timezone(timedelta(hours=14))
"""Where a day begins first: the Line Islands, zone Pacific/Kiritimati of the tz database."""


def days(evidence: Evidence) -> Iterator[date]:
    """Every day on which something was read, recorded, published about a study, judged or decided.

    Every record is looked through, whatever its kind, so that none can be forgotten.
    """
    for part in fields(evidence):
        for _, day in dated(getattr(evidence, part.name)):
            yield day


def last_day_begun(now: datetime) -> date:
    """The latest day that has begun anywhere: somebody there may write it already."""
    return now.astimezone(FIRST_ZONE).date()


def last_day(*evidence: Evidence) -> date:
    """The latest day that any record carries: the one on which a review stands if none is given.

    Raises EvidenceError where no record carries one, for a day is never made up.
    """
    last = max((day for held in evidence for day in days(held)), default=None)
    if last is None:
        fault = "no record of the evidence carries a day, so it is not known when this review stands"
        remedy = "Give the day with --as-of, or write on which day a page was read (captured)."
        raise EvidenceError.at(InFile("pages.csv"), fault, remedy=remedy)
    return last


def due_for_review(evidence: Evidence, day: date) -> tuple[CertaintyRecord, ...]:
    """The recorded judgements that were to be made anew by `day`, the longest due first, then by id."""
    due = (record for record in evidence.certainties.values() if record.is_due(day))
    return tuple(sorted(due, key=lambda record: (record.next_review, record.proposition)))


def notices_after(evidence: Evidence, day: date) -> tuple[Notice, ...]:
    """The notices published after `day`; one without a date counts as known on every day."""
    return tuple(n for n in evidence.notices if isinstance(n.date, date) and n.date > day)


def dated(value: object, name: str = "") -> Iterator[tuple[str, date]]:
    """Every day that a record, or what it is kept in, carries, each with the name of its field.

    Of a moment it is the day in UTC.
    """
    if isinstance(value, datetime):
        yield name, value.astimezone(UTC).date()
    elif isinstance(value, date):
        yield name, value
    elif isinstance(value, Record):
        for field, held in value:
            if field not in AHEAD:
                yield from dated(held, field)
    elif isinstance(value, Mapping):
        for held in value.values():
            yield from dated(held, name)
    elif isinstance(value, tuple):
        for held in value:
            yield from dated(held, name)
