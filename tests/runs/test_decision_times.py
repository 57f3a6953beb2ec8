"""When a decision was taken and recorded: every zone and every clock, files of the earlier form."""

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from commands import run_review
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.model.days import last_day, last_day_begun
from review.model.errors import EvidenceError, InFile, ParameterError
from review.people.decisions import Draft, basis_digest, history
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.parts.compose import compose
from review.store.additions.decisions import record_decision
from review.store.canonical import canonical_files
from review.store.clock import utc_now
from review.store.integrity import days_to_come
from review.store.read import read_evidence
from review.workbench import open_review

NOON = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
EARLIER_FORM = "claim,decision,wording,reviewer,role,date,reason,digest\n"


def draft(reason="One trial shows it.", decision="keep", claim="home-001", **more):
    return Draft(claim, decision, reason, "reviewer A", "medical director", **more)


def reasons(*folders, claim="home-001"):
    return [taken.decision.reason for taken in history(read_evidence(folders), claim)]


def earlier_row(folder, day, reason, claim="home-001"):
    digest = basis_digest(read_evidence([folder]), claim)
    return f"{claim},keep,not_applicable,reviewer A,medical director,{day},{reason},{digest}\n"


# Zones


@pytest.mark.parametrize(
    ("now", "last"),
    [
        pytest.param("2026-05-31 09:59:59", "2026-05-31", id="the first of June has begun nowhere"),
        pytest.param("2026-05-31 10:00:00", "2026-06-01", id="it begins in zone +14"),
        pytest.param("2026-06-01 00:00:00", "2026-06-01", id="it begins in UTC"),
        pytest.param("2026-12-31 10:00:00", "2027-01-01", id="so does a year"),
    ],
)
def test_a_day_begins_first_fourteen_hours_ahead_of_utc(now, last):
    assert str(last_day_begun(datetime.fromisoformat(f"{now}+00:00"))) == last


def test_nobody_is_locked_out_by_the_zone_of_another(folder):
    """Real processes, in the zones that are furthest apart: there it is never the same day."""
    for zone, reason in (("Pacific/Kiritimati", "ahead"), ("Etc/GMT+12", "behind")):
        done = subprocess.run(
            [sys.executable, "-m", "review", "decide", "home-001", "--decision", "keep", "--reason",
             reason, "--reviewer", "reviewer A", "--role", "medical director", "--evidence", "."],
            cwd=folder, env={**os.environ, "TZ": zone}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    evidence = read_evidence([folder])
    assert reasons(folder) == ["ahead", "behind"]
    assert {decision.date for decision in evidence.decisions} <= {
        decision.recorded.date() for decision in evidence.decisions
    }
    assert run_review("check", "--evidence", ".", cwd=folder).returncode == 0


@pytest.mark.parametrize("local", ["2026-05-30", "2026-05-31", "2026-06-01"])
def test_the_local_day_of_any_zone_may_be_given_whatever_the_last_one_was(folder, local):
    record_decision([folder], draft("in zone +14", date="2026-06-01"), NOON)
    record_decision([folder], draft("elsewhere", date=local), NOON + timedelta(minutes=1))
    assert reasons(folder) == ["in zone +14", "elsewhere"]
    decided = [p for p in days_to_come(read_evidence([folder]), NOON) if "decisions" in str(p.place)]
    assert not decided


def test_a_day_that_has_begun_nowhere_is_refused(folder):
    with pytest.raises(ParameterError, match="2026-06-02 is still to come: it is 2026-05-31 12:00 UTC"):
        record_decision([folder], draft(date="2026-06-02"), NOON)


# Clocks


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    clocks=st.lists(
        st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)), min_size=1,
        max_size=4,
    )
)  # fmt: skip
def test_what_was_recorded_last_holds_whatever_the_clocks_said(folder, clocks):
    (folder / "decisions.csv").unlink(missing_ok=True)
    for number, now in enumerate(clocks):
        record_decision([folder], draft(f"reason {number}"), now.replace(microsecond=0))
    assert reasons(folder) == [f"reason {number}" for number in range(len(clocks))]


def test_a_clock_far_ahead_locks_nobody_out_and_check_names_its_row(folder):
    record_decision([folder], draft("a clock gone wrong"), datetime(2099, 1, 1, tzinfo=UTC))
    record_decision([folder], draft("the right time"), utc_now())
    assert reasons(folder)[-1] == "the right time"
    done = run_review("check", "--evidence", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("2 problems\n")
    for column in ("date", "recorded"):
        assert f"decisions.csv:2: {column}: 2099-01-01 is still to come" in done.stderr


LATER = "2026-06-02"
AHEAD = {
    "a page that was captured": ("pages.csv", ",not_reported,not_reported,", f",{LATER},not_reported,"),
    "a study that was recorded": ("studies/trial2025.yml", "recorded: 2026-11-21", f"recorded: {LATER}"),
    "a search": ("searches.csv", "", "proposition,looked_for,result,kind,database,date,query,hits,kept,"
                 f"who\nregrows,Trials,None.,database,PubMed,{LATER},exosome,0,0,reviewer A\n"),
    "a notice": ("corrections.yml", "", "- study: trial2025\n  kind: correction\n  source: the journal\n"
                 f"  date: {LATER}\n  consequence: none\n"),
    "a refusal": ("refusals.csv", "", "claim,page,start,end,quote,reason,reviewer,date\n"
                  f"home-009,home,0,8,Exosomes,No claim.,reviewer A,{LATER}\n"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), AHEAD.values(), ids=AHEAD)
def test_a_day_to_come_is_named_in_every_kind_of_record(folder, name, old, new):
    study = folder / "studies" / "trial2025.yml"
    study.write_text(study.read_text("utf-8").replace("2026-11-21", "2026-05-30"), "utf-8")
    assert not list(days_to_come(read_evidence([folder]), NOON))
    path = folder / name
    text = path.read_text("utf-8") if path.exists() else ""
    path.write_text(
        text.replace(old.replace("2026-11-21", "2026-05-30"), new, 1) if old else new, "utf-8"
    )
    (problem,) = days_to_come(read_evidence([folder]), NOON)
    assert isinstance(problem.place, InFile)
    assert problem.place.path == path.as_posix()
    assert f"{LATER} is still to come" in problem.fault
    assert not list(days_to_come(read_evidence([folder]), NOON + timedelta(days=2)))


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2026-05-31T12:00:00", "Write the time in UTC"),
        ("2026-05-31T12:00:00+02:00", "Write the time in UTC"),
        ("2026-05-31 12:00:00Z", "Write the time in UTC"),
        ("2026-05-31", "Write the time in UTC"),
        ("2026-02-30T12:00:00Z", "There is no such moment"),
        ("2026-05-31T25:00:00Z", "There is no such moment"),
        ("2026-05-29T09:59:59Z", "2026-05-31 had begun nowhere when this was recorded"),
    ],
)
def test_a_time_in_another_form_or_before_its_day_is_named(folder, written, fault):
    record_decision([folder], draft(), NOON)
    path = folder / "decisions.csv"
    path.write_text(path.read_text("utf-8").replace("2026-05-31T12:00:00Z", written), "utf-8")
    with pytest.raises(EvidenceError, match=r"decisions\.csv:2") as caught:
        read_evidence([folder])
    assert fault in str(caught.value)


# Files of the earlier form, and several files


def test_a_file_of_the_earlier_form_is_read_and_added_to(folder):
    rows = earlier_row(folder, "2026-05-30", "taken before") + earlier_row(folder, "2026-05-30", "then")
    path = folder / "decisions.csv"
    path.write_text(EARLIER_FORM + rows, "utf-8")
    assert reasons(folder) == ["taken before", "then"]
    assert [d.recorded for d in read_evidence([folder]).decisions] == [None, None]
    record_decision([folder], draft("now"), NOON)
    assert reasons(folder) == ["taken before", "then", "now"]
    with path.open(newline="", encoding="utf-8") as file:
        kept = list(csv.DictReader(file))
    old = list(csv.DictReader((EARLIER_FORM + rows).splitlines()))
    added = dict.fromkeys(("recorded", "scope", "owner", "due", "countersigned"), "")
    assert [row | added for row in old] == kept[:2], "no cell of an earlier row changes"
    (canonical,) = [new for p, _, new in canonical_files(folder) if p == path]
    assert path.read_bytes() == canonical.encode()


def test_a_row_of_the_earlier_form_that_is_ahead_locks_nobody_out(folder):
    """Written on a local day in zone +14, read where it is still the day before."""
    (folder / "decisions.csv").write_text(
        EARLIER_FORM + earlier_row(folder, "2026-06-01", "ahead"), "utf-8"
    )
    record_decision([folder], draft("behind"), NOON)
    assert reasons(folder) == ["ahead", "behind"]


def test_decisions_of_several_folders_stand_in_the_order_in_which_they_were_recorded(folder, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    for minute, place in enumerate([own, folder, own, folder]):
        record_decision([folder, own] if place is own else [folder], draft(f"{minute}"),
                        NOON + timedelta(minutes=minute))  # fmt: skip
    assert reasons(folder, own) == reasons(own, folder) == ["0", "1", "2", "3"]
    evidence = read_evidence([folder, own])
    assert [evidence.places["decision", str(n)].path for n in (1, 2, 3, 4)] == [
        (place / "decisions.csv").as_posix() for place in (own, folder, own, folder)
    ]


def test_the_report_says_when_it_was_recorded_and_does_not_hang_on_the_clock(folder, tmp_path):
    record_decision([folder], draft(date="2026-05-20"), NOON)
    assert last_day(read_evidence([folder])) == datetime(2026, 11, 21).date(), "that of the study"
    report = build_report(open_review([folder]))
    (decision,) = next(row for row in report.claims if row.claim == "home-001").decisions
    assert (decision.date, decision.recorded) == ("2026-05-20", "2026-05-31T12:00:00Z")
    html = report_html(compose(report))
    assert re.search("2026-05-20.{1,40}recorded 2026-05-31T12:00:00Z", html, re.S)
    shutil.copytree(folder, tmp_path / "again" / "clinic")
    again = build_report(open_review([tmp_path / "again" / "clinic"]))
    assert [hashlib.sha256(repr(r).encode()).hexdigest() for r in (report, again)] == [
        hashlib.sha256(repr(report).encode()).hexdigest()
    ] * 2
