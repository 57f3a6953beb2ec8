"""Two people rate a certainty apart: what is recorded of it, and who is said to have made it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sample_sheets import RECORDED, cells_of, filled_sheet, judged_folder, put_cells
from small_folder import write_small_folder

from review.commands.group import app
from review.grading.grade import graded
from review.model.errors import EvidenceError, InputError, ParameterError
from review.model.vocabulary import Certainty, Concern, Domain, Raters, Status, Upgrade
from review.people.rating import Pair, RatingItem, RatingKind
from review.people.rating.adjudicated import (
    Adjudicator,
    alike_with_a_place,
    settled_records,
)
from review.people.rating.sheet import Rating
from review.report.build import build_report
from review.report.explain import explained
from review.report.parts.compose import compose
from review.report.parts.document import plain_text
from review.store.canonical import canonical_files
from review.store.clock import utc_now
from review.store.snapshot import read_evidence
from review.teaching.agreement import Statistic
from review.teaching.reviewers import compared
from review.workbench import open_review

EVERY = (*Domain, *Upgrade)
NOBODY = dict.fromkeys(map(str, EVERY), ())


@pytest.fixture
def judged(folder):
    return judged_folder(folder)


def run(*arguments):
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def rated(folder, a, b):
    """The sheets of two people, each with their values by item."""
    first = filled_sheet(folder.parent / "a.csv", folder, "reviewer A", a)
    return first, filled_sheet(folder.parent / "b.csv", folder, "reviewer B", b)


def with_reasons(sheet, reason):
    rows = [row | {"reason": reason if row["value"] else ""} for row in cells_of(sheet)]
    put_cells(sheet, rows)


def record_of(folder):
    return read_evidence([folder]).certainties["regrows"]


def changed(folder, old, new):
    path = folder / "certainty" / "regrows.yml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


# What is recorded


def test_what_both_gave_alike_stands_without_an_adjudicator(judged):
    pair = rated(judged, {"imprecision": "very_serious"}, {"imprecision": "very_serious"})
    with_reasons(pair[0], "Few people.")
    with_reasons(pair[1], "The interval holds no effect. It is wide.")
    said = run("adjudicate", *pair, "--evidence", judged)
    assert "0 adjudicated, 1 given alike; 0 conflicts left open" in said
    record = record_of(judged)
    rating = record.ratings[Domain.IMPRECISION]
    assert rating.rating is Concern.VERY_SERIOUS
    assert rating.reason.split("\n") == [
        "Few people.", "The interval holds no effect.", "It is wide.",
    ]  # fmt: skip
    (alike,) = rating.adjudicated
    assert (alike.by, alike.role, alike.is_alike) == ("not_applicable", "not_applicable", True)
    assert [(g.by, g.value) for g in alike.given] == [
        ("reviewer A", "very_serious"), ("reviewer B", "very_serious"),
    ]  # fmt: skip
    assert (alike.earlier.value, alike.earlier.reason) == ("serious", RECORDED)
    assert record.certainty is Certainty.VERY_LOW, "derived anew: it was low"
    assert all(present == canonical for _, present, canonical in canonical_files(judged))


def test_recorded_again_it_changes_nothing_whatever_the_day(judged):
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    with_reasons(pair[0], "One. Two.")
    run("adjudicate", *pair, "--date", "2026-11-22", "--evidence", judged)
    before = (judged / "certainty" / "regrows.yml").read_bytes()
    said = run("adjudicate", *pair, "--evidence", judged)
    assert "all recorded already: nothing was changed" in said
    assert (judged / "certainty" / "regrows.yml").read_bytes() == before


def test_a_reason_to_rate_up_is_rated_and_adjudicated_like_a_domain(judged):
    lowered = {domain: "not_serious" for domain in Domain}
    changed(judged, "start: high", "start: low")
    changed(judged, "rating: serious", "rating: not_serious")
    pair = rated(judged, {**lowered, "large_effect": "2"}, {**lowered, "large_effect": "1"})
    run("agree", *pair, "--out", judged.parent / "out", "--evidence", judged)
    conflicts = judged.parent / "out" / "conflicts.csv"
    (row,) = cells_of(conflicts)
    assert (row["item"], row["allowed"]) == ("large_effect", "0, 1, 2")
    put_cells(conflicts, [row | {"value": "1", "reason": "A ratio of 3.", "reviewer": "reviewer C"}])
    said = run("adjudicate", *pair, conflicts, "--role", "methodologist", "--evidence", judged)
    assert "1 adjudicated, 5 given alike; 0 conflicts left open" in said
    record = record_of(judged)
    effect = record.upgrades[Upgrade.LARGE_EFFECT]
    assert (effect.levels, effect.reason, record.certainty) == (1, "A ratio of 3.", Certainty.MODERATE)
    assert effect.full_reason.startswith("A ratio of 3. Adjudicated by reviewer C, methodologist, ")
    assert any(
        "+1 A ratio of 3. Adjudicated by" in x for x in explained(open_review([judged]), "home-001")
    )


@pytest.mark.parametrize("value", ["3", "-1", "one", "1.5"])
def test_no_other_number_of_levels_can_be_given(judged, value):
    pair = rated(judged, {"large_effect": value}, {"large_effect": "1"})
    with pytest.raises(InputError, match=f"{re.escape(repr(value))} cannot be given here"):
        run("agree", *pair, "--evidence", judged)


def test_another_value_needs_a_reason_of_one_of_the_two(judged):
    pair = rated(judged, {"imprecision": "very_serious"}, {"imprecision": "very_serious"})
    with_reasons(pair[0], "")
    with_reasons(pair[1], "")
    with pytest.raises(ParameterError, match=r"a\.csv:5: both rated it very_serious, and neither says"):
        run("adjudicate", *pair, "--evidence", judged)
    with_reasons(pair[1], "Few people.")
    run("adjudicate", *pair, "--evidence", judged)
    assert record_of(judged).ratings[Domain.IMPRECISION].reason == "Few people."


def test_the_recorded_value_given_again_without_a_reason_keeps_its_own(judged):
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    for sheet in pair:
        with_reasons(sheet, "")
    run("adjudicate", *pair, "--evidence", judged)
    rating = record_of(judged).ratings[Domain.IMPRECISION]
    assert (rating.reason, len(rating.adjudicated)) == (RECORDED, 1)


def test_what_somebody_adjudicated_besides_is_not_undone(judged):
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    sheet = judged.parent / "kept.csv"
    put_cells(sheet, [cells_of(pair[0])[3] | {"reason": "My own.", "reviewer": "reviewer C"}])
    run("adjudicate", *pair, sheet, "--role", "methodologist", "--evidence", judged)
    run("adjudicate", *pair, "--evidence", judged)
    rating = record_of(judged).ratings[Domain.IMPRECISION]
    assert [(one.by, one.reason) for one in rating.adjudicated] == [("reviewer C", "My own.")]


def test_signed_judgements_are_not_changed_and_named_once(judged):
    changed(judged, "status: draft", "status: checked")
    pair = rated(judged, dict.fromkeys(Domain, "serious"), dict.fromkeys(Domain, "serious"))
    with pytest.raises(ParameterError) as caught:
        run("adjudicate", *pair, "--evidence", judged)
    (problem,) = caught.value.problems
    assert str(problem).startswith("a.csv:5: the judgement is checked, and its signatures do not cover")


def test_what_has_no_place_for_two_ratings_is_counted(judged):
    pair = [
        filled_sheet(
            judged.parent / f"{name}.csv", judged, name, {"stance": "supports"}, RatingKind.STANCE
        )
        for name in "AB"
    ]
    said = run("adjudicate", *pair, "--evidence", judged)
    assert "1 given alike have no place in the evidence" in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("by: reviewer B", "by: reviewer A", "what one person gave twice is no second rating"),
        ("role: not_applicable", "role: chair", "nobody decided it, so that no role is applicable"),
        ("value: '2'", "value: '1'", "ratings that differ are adjudicated by somebody"),
        ("value: '0'", "value: '7'", "'7' was adjudicated, which is no number of levels"),
    ],
)
def test_a_record_that_could_not_be_is_refused(judged, old, new, fault):
    pair = rated(judged, {"large_effect": "2"}, {"large_effect": "2"})
    run("adjudicate", *pair, "--evidence", judged)
    path = judged / "certainty" / "regrows.yml"
    text = path.read_text("utf-8")
    old = next(form for form in (old, old.replace("'", "")) if form in text)
    # The last: of the values given, not of the one that stands.
    path.write_text(new.replace("'", "" if "'" not in old else "'").join(text.rsplit(old, 1)), "utf-8")
    with pytest.raises(EvidenceError, match=re.escape(fault)):
        read_evidence([judged])


# Who made it


def test_a_draft_is_nobodys_what_is_signed_is_one_persons_and_what_two_rated_is_theirs(judged):
    assert record_of(judged).raters == NOBODY
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    run("adjudicate", *pair, "--evidence", judged)
    two = ("reviewer A", "reviewer B")
    assert record_of(judged).raters == {**NOBODY, "imprecision": two}
    changed(judged, "status: draft", "status: checked")
    assert record_of(judged).raters == {**dict.fromkeys(NOBODY, ("reviewer Z",)), "imprecision": two}


def test_who_checked_saw_what_was_judged_and_is_no_second_rater(judged):
    changed(judged, "status: draft", "status: published")
    changed(judged, "checked_by: not_checked", "checked_by: reviewer Y")
    assert set(record_of(judged).raters.values()) == {("reviewer Z",)}


@pytest.mark.parametrize("status", Status)
def test_only_what_is_signed_has_somebody_behind_it(status):
    assert status.is_signed == (status in (Status.CHECKED, Status.PUBLISHED))


@pytest.mark.parametrize(
    ("people", "raters"),
    [
        ((), Raters.NOBODY),
        ("A", Raters.ONE),
        ("AA", Raters.ONE),
        ("AB", Raters.TWO),
        ("ABC", Raters.TWO),
    ],
)
def test_how_many_people_it_takes(people, raters):
    assert Raters.of(people) is raters


def test_every_place_that_shows_a_certainty_tells_who_judged_it(judged):
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    run("adjudicate", *pair, "--date", "2026-11-22", "--evidence", judged)
    review = open_review([judged])
    report = build_report(review)
    counts = "1 by two people apart, 0 by one person, 7 by nobody yet"
    assert f"8 judgements stand behind these certainties: {counts}." in " ".join(report.answer)
    tables = {table.anchor: table for table in compose(report).tables()}
    (row,) = tables["table-raters"].rows
    cells = [plain_text(cell) for cell in row.cells]
    assert cells[2:4] == ["imprecision (reviewer A and reviewer B)", "none"]
    assert cells[4].split(", ")[:2] == ["risk of bias", "inconsistency"]
    assert counts in tables["table-raters"].caption
    claims = {row.anchor: row for row in tables["table-claims"].rows}
    place = [column.key for column in tables["table-claims"].columns].index("certainty")
    assert f"judgements: {counts}" in plain_text(claims["home-001"].cells[place])
    assert "judgements" not in plain_text(claims["home-003"].cells[place]), "a price is not graded"
    lines = list(explained(review, "home-001"))
    assert f"  of 8 judgements, {counts}:" in lines
    assert "    two people: imprecision (reviewer A and reviewer B)" in lines
    assert any(
        "Rated apart by reviewer A and reviewer B, 2026-11-22: each gave serious" in x for x in lines
    )
    assert "judgements 8 (nobody 7, two-people 1)" in run("check", "--evidence", judged)


def test_what_a_rule_suggests_is_nobodys(folder):
    (profile,) = (p for p in build_report(open_review([folder])).profiles if p.proposition == "regrows")
    assert [(row.name, row.raters, row.people) for row in profile.judgements] == [
        (domain, Raters.NOBODY, ()) for domain in Domain
    ]


# What is due


@pytest.mark.parametrize(("day", "due"), [("2027-11-20", 0), ("2027-11-21", 1), ("2027-11-22", 1)])
def test_check_lists_what_is_due_from_its_day_on(judged, day, due):
    lines = run("check", "--as-of", day, "--evidence", judged).splitlines()
    at = lines.index(f"judgements due to be made anew by {day} {due}")
    told = "  due since 2027-11-21: regrows, made 2026-11-21"
    assert (lines[at + 1] == told) == bool(due)
    assert lines[-1] == "problems 0", "what is due is still valid"


def test_without_a_day_the_clock_tells_what_is_due(judged):
    today = utc_now().date()
    changed(judged, "date_reviewed: 2026-11-21", "date_reviewed: 2001-01-01")
    changed(judged, "next_review: 2027-11-21", "next_review: 2001-02-03")
    said = run("check", "--evidence", judged)
    assert re.search(r"judgements due to be made anew by (\d{4}-\d\d-\d\d) 1", said)[1] in {
        today.isoformat(), utc_now().date().isoformat(),
    }  # fmt: skip
    assert "due since 2001-02-03: regrows, made 2001-01-01" in said


@pytest.mark.parametrize(("day", "is_due"), [("2027-11-20", False), ("2027-11-21", True)])
def test_a_report_tells_what_was_due_on_its_own_day(judged, day, is_due):
    report = build_report(open_review([judged], day))
    (profile,) = (p for p in report.profiles if p.proposition == "regrows")
    assert (profile.next_review, profile.is_due) == ("2027-11-21", is_due)
    assert ("1 recorded judgement is due to be made anew." in report.answer) is is_due


# Properties

scales = {**{str(domain): tuple(map(str, Concern)) for domain in Domain}}
scales |= {str(upgrade): ("0", "1", "2") for upgrade in Upgrade}
sheet_of = st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in scales.items()})


@pytest.fixture(scope="module")
def evidence():
    with TemporaryDirectory() as folder:
        return read_evidence([judged_folder(write_small_folder(Path(folder) / "clinic"))])


def paired(first, second):
    def side(values, name):
        ratings = {}
        for line, (item, value) in enumerate(values.items(), start=2):
            group = "grade" if item in list(Domain) else "grade, rating up"
            what = RatingItem(RatingKind.GRADE, "regrows", item, "", scales[item], group)
            ratings[what.key] = Rating(what, value, f"{name} says so.", name, line)
        return ratings

    return Pair(side(first, "A"), side(second, "B"))


@given(sheet_of, sheet_of)
def test_what_both_rated_is_theirs_and_the_rest_stays_as_it_was(evidence, first, second):
    pair, now = paired(first, second), utc_now()
    alike = alike_with_a_place(pair, ())
    decided = [
        Rating(one.a.item, one.a.value, "So it is.", "C", at)
        for at, one in enumerate(pair.conflicts, start=2)
    ]
    assert len(alike) + len(decided) == len(pair.both)
    adjudicator = Adjudicator("chair")
    made = settled_records(decided, alike, pair, adjudicator, evidence, now)
    before = evidence.certainties["regrows"]
    after = made.get(("certainty", "regrows"), before)
    theirs = {a.item.item for a, _ in pair.both}
    assert after.raters == {**NOBODY, **dict.fromkeys(theirs, ("A", "B"))}
    for name, judgement in after.judgements.items():
        assert judgement.value == (first[name] if name in theirs else before.judgements[name].value)
        assert (judgement == before.judgements[name]) == (name not in theirs)
    derived = graded(
        after.start,
        {name: own.rating for name, own in after.ratings.items()},
        {name: own.levels for name, own in after.upgrades.items()},
    )
    assert after.certainty is derived.certainty
    again = settled_records(decided, alike, pair, adjudicator, evidence_with(evidence, after), now)
    assert again == {}


def evidence_with(evidence, record):
    return replace(evidence, certainties={"regrows": record})


@given(sheet_of, sheet_of)
def test_agreement_by_domain_is_the_same_whoever_comes_first(first, second):
    if not first.keys() & second.keys():
        return
    here, there = (
        compared(pair, by_item=True) for pair in (paired(first, second), paired(second, first))
    )
    assert [(g.group, g.items, g.conflicts) for g in here] == [
        (g.group, g.items, g.conflicts) for g in there
    ]
    for group, other in zip(here, there, strict=True):
        values = {s.statistic: s.value for s in group.statistics}
        assert values == pytest.approx({s.statistic: s.value for s in other.statistics}, nan_ok=False)
        item = group.group.partition(": ")[2].replace(" ", "_")
        both = item in first and item in second
        assert values[Statistic.PERCENT] == (float(first[item] == second[item]) if both else None)
        # Domains and reasons to rate up have an order, so that weighted kappa and AC2 fit.
        assert {Statistic.KAPPA_QUADRATIC, Statistic.AC1, Statistic.AC2_LINEAR} <= values.keys()
    assert sum(g.conflicts for g in here) == len(paired(first, second).conflicts)


def test_the_day_of_an_agreement_is_that_of_the_command(judged):
    pair = rated(judged, {"imprecision": "serious"}, {"imprecision": "serious"})
    run("adjudicate", *pair, "--date", "2026-11-22", "--evidence", judged)
    (alike,) = record_of(judged).ratings[Domain.IMPRECISION].adjudicated
    assert alike.date == date(2026, 11, 22)
