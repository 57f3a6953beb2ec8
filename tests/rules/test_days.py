"""The day of a review: the latest that any record carries, and never one that is made up."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import get_args, get_origin, get_type_hints

import pytest

from review.model.days import AHEAD, days, last_day, notices_after
from review.model.errors import EvidenceError
from review.model.records import Evidence, Notice, Record

DAY = date(2031, 5, 4)
_OF_NO_DAY = (
    "review.model.knowledge.packs",
    "review.model.knowledge.tools",
    # What a watch remembers is no part of the evidence.
    "review.model.watched",
)


def evidence(**held) -> Evidence:
    empty = {part.name: {} if part.name != "digest" else "" for part in fields(Evidence)}
    return Evidence(**{**empty, **held})


def samples(annotation) -> list:
    """Values of that annotation that carry `DAY` in one place each, wherever it allows a day."""
    if annotation is date:
        return [DAY]
    if get_origin(annotation) in (tuple, list):
        return [(value,) for part in get_args(annotation) for value in samples(part)]
    if get_origin(annotation) in (dict, Mapping):
        return [{"key": value} for value in samples(get_args(annotation)[-1])]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [
            annotation.model_construct(**{name: value})
            for name, field in annotation.model_fields.items()
            if name not in AHEAD
            for value in samples(field.annotation)
        ]
    return [value for part in get_args(annotation) for value in samples(part)]


def dated(record: type[Record]) -> set[tuple[str, str]]:
    """The fields of a record and of all kinds derived from it that are days, as they are declared."""
    own = {
        (record.__name__, name)
        for name, field in record.model_fields.items()
        if date in _within(field.annotation) and name not in AHEAD
    }
    return own.union(*(dated(kind) for kind in record.__subclasses__() if _is_evidence(kind)))


def _within(annotation) -> list:
    """What an annotation is made of, such as the day in one that may be missing."""
    return [annotation, *(part for inner in get_args(annotation) for part in _within(inner))]


def _is_evidence(kind: type[Record]) -> bool:
    """Whether a kind of record is part of the evidence, and not of a report or its signature.

    Packs are of no day: when a rule was looked up does not tell when a review stands.
    """
    return kind.__module__.startswith("review.model.") and kind.__module__ not in _OF_NO_DAY


def places(value) -> set[tuple[str, str]]:
    """Where in a sample the day stands."""
    if isinstance(value, Record):
        held = {(type(value).__name__, name) for name in value.__dict__ if value.__dict__[name] == DAY}
        return held.union(*(places(part) for part in value.__dict__.values()))
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    return set().union(*(places(part) for part in parts))


HELD = [(name, value) for name, hint in get_type_hints(Evidence).items() for value in samples(hint)]


@pytest.mark.parametrize(("name", "value"), HELD, ids=[f"{n} {sorted(places(v))}" for n, v in HELD])
def test_the_day_of_every_kind_of_record_is_considered(name, value):
    assert last_day(evidence(**{name: value})) == DAY


def test_no_kind_of_record_with_a_day_is_left_out():
    found = set().union(*(places(value) for _, value in HELD))
    assert found == dated(Record)
    assert {kind for kind, _ in found} >= {"Page", "Study", "Appraisal", "Notice", "Refusal"}


def test_a_day_to_come_is_not_one_on_which_something_was_known(review):
    ahead = {record.next_review for record in review.evidence.certainties.values()}
    assert ahead
    assert not ahead & set(days(review.evidence))


def test_the_last_day_of_two_states_is_the_later():
    older, newer = (
        evidence(notices=(Notice.model_construct(date=day),)) for day in (date(2020, 1, 1), DAY)
    )
    assert last_day(older, newer) == last_day(newer, older) == DAY
    assert last_day(older, evidence()) == date(2020, 1, 1)


def test_no_day_is_made_up():
    undated = evidence(notices=(Notice.model_construct(date="not_reported"),))
    with pytest.raises(EvidenceError, match="no record of the evidence carries a day") as caught:
        last_day(undated, evidence())
    (problem,) = caught.value.problems
    assert "--as-of" in problem.remedy


@pytest.mark.parametrize(
    ("given", "is_later"),
    [("not_reported", False), (date(2026, 1, 1), False), (date(2026, 1, 2), True)],
)
def test_a_notice_is_later_only_by_its_own_date(given, is_later):
    notice = Notice.model_construct(date=given)
    found = notices_after(evidence(notices=(notice,)), date(2026, 1, 1))
    assert found == ((notice,) if is_later else ())
