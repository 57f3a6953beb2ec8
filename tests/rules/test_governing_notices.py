"""Which of several notices about a study holds: days, reinstatements, kinds that take nothing back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.notices import governing, in_force, is_taken_out, taken_out
from review.model.records import Notice
from review.model.vocabulary import NoticeKind

DAYS = {"spring": date(2021, 4, 1), "summer": date(2021, 7, 1), "autumn": date(2021, 10, 1)}
CASES = [
    ("", "", False),
    ("retraction spring", "retraction", True),
    ("withdrawal spring", "withdrawal", True),
    ("removal spring", "removal", True),
    ("expression-of-concern spring", "expression-of-concern", False),
    ("partial-retraction spring", "partial-retraction", False),
    ("correction spring", "correction", False),
    ("correction spring, correction autumn", "correction autumn", False),
    ("expression-of-concern spring, retraction summer", "retraction", True),
    # A notice is often corrected itself, and a doubt is no acquittal.
    ("retraction spring, correction summer", "retraction", True),
    ("retraction spring, expression-of-concern summer", "retraction", True),
    ("expression-of-concern spring, correction summer", "expression-of-concern", False),
    ("partial-retraction spring, correction summer", "partial-retraction", False),
    ("expression-of-concern spring, partial-retraction summer", "expression-of-concern", False),
    ("retraction spring, withdrawal summer", "withdrawal", True),
    ("withdrawal spring, retraction summer", "retraction summer", True),
    ("removal spring, withdrawal spring", "withdrawal", True),
    ("retraction spring, reinstatement summer", "reinstatement", False),
    ("removal spring, reinstatement summer", "reinstatement", False),
    ("expression-of-concern spring, reinstatement summer", "reinstatement", False),
    ("reinstatement summer, correction autumn", "correction", False),
    ("retraction spring, reinstatement summer, retraction autumn", "retraction autumn", True),
    ("retraction spring, reinstatement summer, expression-of-concern autumn", "expression", False),
    # On one day, and without a day, the graver counts as the later.
    ("retraction summer, reinstatement summer", "retraction", True),
    ("retraction undated, reinstatement summer", "retraction", True),
    ("retraction spring, reinstatement undated", "reinstatement", False),
    ("retraction undated, reinstatement undated", "retraction", True),
    ("correction undated, retraction spring", "retraction", True),
]


def notices(text, study="trial2025"):
    return tuple(
        Notice(
            study=study,
            kind=kind,
            source=f"{kind} {day}",
            date=DAYS.get(day, "not_reported"),
            consequence="None yet.",
        )
        for kind, day in (part.split() for part in text.split(", ") if part)
    )


@pytest.mark.parametrize(("text", "holds", "is_out"), CASES, ids=[text for text, _, _ in CASES])
def test_one_notice_governs(text, holds, is_out):
    for order in (notices(text), notices(text)[::-1]):
        found = governing(order)
        assert (found.source if found else "").startswith(holds)
        assert (found is None) is (not holds)
        assert is_taken_out(order) is is_out


def test_what_a_reinstatement_ends_is_no_longer_in_force():
    kinds = "retraction spring, correction spring, expression-of-concern spring, reinstatement summer"
    assert [n.kind for n in in_force(notices(kinds))] == ["correction", "reinstatement"]


def test_each_study_is_judged_by_its_own_notices():
    several = (
        *notices("retraction spring", "a2020"),
        *notices("reinstatement summer", "b2020"),
        *notices("retraction spring, reinstatement summer", "c2020"),
        *notices("withdrawal spring", "d2020"),
    )
    assert taken_out(several) == {"a2020", "d2020"}


ANY = st.builds(
    Notice,
    study=st.just("a2020"),
    kind=st.sampled_from(NoticeKind),
    source=st.just("a source"),
    date=st.one_of(
        st.just("not_reported"),
        st.integers(0, 400).map(lambda days: date(2021, 1, 1) + timedelta(days)),
    ),
    consequence=st.just("none"),
)


@given(st.lists(ANY, max_size=6), ANY)
def test_no_notice_but_a_reinstatement_ever_clears_a_study(before, added):
    if added.kind is not NoticeKind.REINSTATEMENT and is_taken_out(before):
        assert is_taken_out([*before, added])


@given(st.lists(ANY, max_size=6))
def test_the_order_in_which_notices_are_recorded_decides_nothing(several):
    assert is_taken_out(several) is is_taken_out(several[::-1])
    first, last = governing(several), governing(several[::-1])
    assert (first and (first.kind, first.date)) == (last and (last.kind, last.date))
