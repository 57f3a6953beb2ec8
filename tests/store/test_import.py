"""Judgements brought in from an evidence profile: read as GRADEpro prints them, all or none."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from commands import run_review

from review.model.errors import EvidenceError, InputError, ParameterError
from review.model.vocabulary import Certainty, Concern, Domain, Status, Upgrade
from review.people.profile_rows import column_of
from review.report.build import build_report
from review.report.formats.exports.summary import summary_csv, summary_json
from review.store.additions.imports import Entry, record_import
from review.store.read import read_evidence
from review.workbench import open_review

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
HEAD = (
    "proposition;Outcome;№ of studies;Study design;Risk of bias;Inconsistency;Indirectness;Imprecision;"
    "Other considerations;Certainty;Importance\n"
)
ROW = (
    "regrows;Hair;1;randomised trials;serious a;not serious;not serious;very serious b,c;none;"
    "⨁◯◯◯ Very low;CRITICAL\n"
)
ENTRY = Entry("B. Reader", "2026-11-29", "2027-05-30")
COUNTED = {"regrows": ("trial2025",), "harms": ()}


def bring(folder, text, entry=ENTRY, name="profile.csv", counted=COUNTED):
    path = folder.parent / name
    path.write_text(text, "utf-8")
    return record_import([folder], path, entry, NOW, lambda evidence: counted)


def recorded(folder, text, **more):
    bring(folder, text, **more)
    return read_evidence([folder]).certainties["regrows"]


def faults(folder, text, **more):
    """The problems of an import that is refused; nothing may have been written."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises((ParameterError, InputError)) as refused:
        bring(folder, text, **more)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {p: c for p, c in after.items() if p.name != ".lock"} == {
        p: c for p, c in before.items() if p.name != ".lock"
    }
    assert all(problem.remedy for problem in refused.value.problems)
    return [f"{problem.place}: {problem.fault}" for problem in refused.value.problems]


def test_a_row_of_gradepro_is_a_draft_that_names_its_file(folder):
    record = recorded(folder, HEAD + ROW)
    assert record.studies == ("trial2025",)
    assert (record.start, record.certainty) == (Certainty.HIGH, Certainty.VERY_LOW)
    assert {domain: rating.rating for domain, rating in record.ratings.items()} == {
        Domain.RISK_OF_BIAS: Concern.SERIOUS,
        Domain.INCONSISTENCY: Concern.NOT_SERIOUS,
        Domain.INDIRECTNESS: Concern.NOT_SERIOUS,
        Domain.IMPRECISION: Concern.VERY_SERIOUS,
        Domain.PUBLICATION_BIAS: Concern.NOT_SERIOUS,
    }
    assert (record.status, record.authored_by, record.checked_by) == (
        Status.DRAFT,
        "B. Reader",
        "not_checked",
    )
    assert (record.date_reviewed, record.next_review) == (date(2026, 11, 29), date(2027, 5, 30))
    digest = hashlib.sha256((folder.parent / "profile.csv").read_bytes()).hexdigest()
    assert record.imported.model_dump() == {
        "file": "profile.csv",
        "sha256": digest,
        "by": "B. Reader",
        "date": date(2026, 11, 29),
    }
    assert record.judged_by == "B. Reader (draft), imported from profile.csv"
    assert "without a reason" in record.ratings[Domain.IMPRECISION].reason


def test_today_is_the_day_if_none_is_given(folder):
    assert recorded(folder, HEAD + ROW, entry=Entry("B", "", "2027-01-01")).date_reviewed == NOW.date()


def test_the_report_tells_that_a_judgement_was_imported(folder):
    bring(folder, HEAD + ROW)
    row = build_report(open_review([folder])).summary_of_findings.rows[0]
    assert row.judged_by == "B. Reader (draft), imported from profile.csv"


@pytest.mark.parametrize(
    ("cell", "concern"),
    [
        ("not serious", Concern.NOT_SERIOUS),
        ("not_serious", Concern.NOT_SERIOUS),
        ("No serious limitations", Concern.NOT_SERIOUS),
        ("none", Concern.NOT_SERIOUS),
        ("Serious", Concern.SERIOUS),
        ("serious 1", Concern.SERIOUS),
        ("serious (a, b)", Concern.SERIOUS),
        ("very serious^c", Concern.VERY_SERIOUS),
        ("very_serious", Concern.VERY_SERIOUS),
        ("extremely serious d", Concern.EXTREMELY_SERIOUS),
        ("seriously", None),
        ("serious no", None),
        ("quite serious", None),
        ("-1", None),
        ("", None),
    ],
)
def test_a_rating_is_read_in_the_words_of_gradepro_and_in_no_others(folder, cell, concern):
    text = HEAD + ROW.replace("very serious b,c", "serious").replace("serious a", cell)
    text = text.replace("⨁◯◯◯ Very low", "")
    if concern is None:
        (fault,) = faults(folder, text)
        assert "risk_of_bias is" in fault
    else:
        assert recorded(folder, text).ratings[Domain.RISK_OF_BIAS].rating is concern


@pytest.mark.parametrize(
    ("words", "publication", "upgrades"),
    [
        ("none", Concern.NOT_SERIOUS, {}),
        ("", Concern.NOT_SERIOUS, {}),
        ("publication bias strongly suspected d", Concern.SERIOUS, {}),
        ("publication bias suspected", Concern.SERIOUS, {}),
        ("publication bias undetected", Concern.NOT_SERIOUS, {}),
        ("publication bias very likely", Concern.VERY_SERIOUS, {}),
        ("strong association", Concern.NOT_SERIOUS, {Upgrade.LARGE_EFFECT: 1}),
        ("very strong association e", Concern.NOT_SERIOUS, {Upgrade.LARGE_EFFECT: 2}),
        ("dose response gradient", Concern.NOT_SERIOUS, {Upgrade.DOSE_RESPONSE: 1}),
        (
            "strong association, all plausible residual confounding would reduce the demonstrated "
            "effect, dose response gradient",
            Concern.NOT_SERIOUS,
            {Upgrade.LARGE_EFFECT: 1, Upgrade.DOSE_RESPONSE: 1, Upgrade.OPPOSING_CONFOUNDING: 1},
        ),
    ],
)
def test_other_considerations(folder, words, publication, upgrades):
    row = ROW.replace(";none;", f";{words};").replace("randomised trials", "observational studies")
    record = recorded(folder, HEAD + row.replace("⨁◯◯◯ Very low", ""))
    assert record.start is Certainty.LOW
    assert record.ratings[Domain.PUBLICATION_BIAS].rating is publication
    given = {upgrade: rating.levels for upgrade, rating in record.upgrades.items() if rating.levels}
    assert given == upgrades


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (";none;", ";industry sponsored;", "other_considerations is 'industry sponsored'"),
        ("randomised trials", "trials", "where the certainty starts is not told: 'trials'"),
        ("randomised trials", "randomised trials and observational studies", "is not told"),
        ("⨁◯◯◯ Very low", "unclear", "certainty is 'unclear'"),
        ("⨁◯◯◯ Very low", "low to moderate", "certainty is 'low to moderate'"),
        ("⨁◯◯◯ Very low", "⨁⨁◯◯ Low", "the certainty is low, its ratings give very low"),
        ("regrows;", "regrowz;", "there is no proposition 'regrowz'"),
        ("regrows;", "costs;", "a logistics proposition is not graded"),
        ("regrows;Hair;1;", "regrows;Hair;4;", "it is on 4 studies, 1 count here"),
        ("regrows;Hair;1;", "harms;Hair;;", "no study counts for this proposition"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_never_a_guess(folder, old, new, fault):
    (told,) = faults(folder, HEAD + ROW.replace(old, new))
    assert told.startswith(f"{(folder.parent / 'profile.csv').as_posix()}:2: ")
    assert fault in told


def test_every_problem_of_a_file_comes_at_once_and_nothing_is_written(folder):
    rows = [
        ROW,
        ROW,
        ROW.replace("regrows", "nobody"),
        ROW.replace("regrows", "harms").replace("serious a", "bad").replace("randomised trials", "x"),
    ]
    told = faults(folder, HEAD + "".join(rows))
    assert len(told) == 4
    assert "regrows stands in a row above" in told[0]
    assert not list((folder / "certainty").iterdir())


def test_who_and_when_are_asked_for(folder):
    told = faults(folder, HEAD + ROW, entry=Entry("", "2031-01-01", "soon"))
    assert [fault.split(":")[0] for fault in told] == ["--by", "--date", "--next-review"]
    (past,) = faults(folder, HEAD + ROW, entry=Entry("B", "", "2026-11-30"))
    assert "not to come" in past


def test_what_is_wrong_with_the_form_comes_with_what_is_wrong_with_the_entry(folder):
    told = faults(folder, "Outcome;Risk of bias\nx;serious\n", entry=Entry("", "", "2027-01-01"))
    missing = {"proposition", "inconsistency", "indirectness", "imprecision"}
    assert told[0].startswith("--by")
    assert all(any(f"{name}" in fault for fault in told[1:]) for name in missing)


def test_two_headings_of_one_meaning_are_refused(folder):
    told = faults(folder, HEAD.replace("Importance", "Quality") + ROW)
    assert any("two headings mean certainty" in fault for fault in told)


def test_a_file_without_rows_is_refused(folder):
    (told,) = faults(folder, HEAD)
    assert "holds no row" in told


# What stands already


def test_a_judgement_is_replaced_only_when_asked(folder):
    bring(folder, HEAD + ROW)
    better = HEAD + ROW.replace("serious a", "not serious").replace("⨁◯◯◯ Very low", "Low")
    (told,) = faults(folder, better)
    assert "regrows has a recorded judgement" in told
    record = recorded(folder, better, entry=Entry("C. Reader", "", "2027-05-30", replaces=True))
    assert record.authored_by == "C. Reader"
    assert record.certainty is Certainty.LOW


def test_what_somebody_signed_is_never_replaced(folder):
    bring(folder, HEAD + ROW)
    path = folder / "certainty" / "regrows.yml"
    text = path.read_text("utf-8").replace("status: draft", "status: checked")
    path.write_text(text.replace("checked_by: not_checked", "checked_by: D. Reader"), "utf-8")
    (told,) = faults(folder, HEAD + ROW, entry=Entry("C", "", "2027-05-30", replaces=True))
    assert "signed or adjudicated" in told


def test_studies_can_be_named_and_must_be_linked(folder):
    head = HEAD.replace("Importance", "study_keys")
    assert recorded(folder, head + ROW.replace("CRITICAL", "trial2025")).studies == ("trial2025",)
    again = Entry("C", "", "2027-05-30", replaces=True)
    (told,) = faults(folder, head + ROW.replace("CRITICAL", "trial2025|nobody2001"), entry=again)
    assert "'nobody2001' is no study linked to regrows" in told


# JSON, and our own files


def json_rows(**more):
    row = {
        "proposition": "regrows",
        "start": "low",
        "start_reason": "It was no trial.",
        "risk_of_bias": "serious",
        "risk_of_bias_reason": "Nobody was blinded.",
        "inconsistency": "not_serious",
        "indirectness": "not_serious",
        "imprecision": "not_serious",
        "large_effect": 0,
        "certainty": "very-low",
    }
    return [{**row, **more}]


def test_json_rows_are_read_with_their_reasons(folder):
    record = recorded(folder, json.dumps(json_rows()), name="profile.json")
    assert record.start_reason == "It was no trial."
    assert record.ratings[Domain.RISK_OF_BIAS].reason == "Nobody was blinded."
    assert record.certainty is Certainty.VERY_LOW


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ('{"a": 1}', "this is no list of rows"),
        ("[1]", "this is no object"),
        ("[]", "holds no row"),
        (json.dumps(json_rows(risk_of_bias=["serious"])), "holds more than one value"),
        (json.dumps(json_rows(large_effect=3)), "large_effect is '3'"),
        (json.dumps(json_rows(start="middling")), "is not told: 'middling'"),
        (json.dumps(json_rows(start=None)), "is not told: ''"),
    ],
)
def test_json_of_another_form_is_refused(folder, text, fault):
    (told,) = faults(folder, text, name="profile.json")
    assert fault in told


@pytest.mark.parametrize(("name", "written"), [("s.csv", summary_csv), ("s.json", summary_json)])
def test_our_own_summary_comes_back_as_it_was(folder, name, written):
    bring(folder, HEAD + ROW)
    before = build_report(open_review([folder]))
    content = written(before)
    path = folder.parent / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    again = Entry("C", "", "2027-05-30", replaces=True)
    record_import([folder], path, again, NOW, lambda evidence: COUNTED)
    after = build_report(open_review([folder]))
    old, new = (report.summary_of_findings.rows[0] for report in (before, after))
    assert [(r.name, r.concern, r.reason) for r in new.ratings] == [
        (r.name, r.concern, r.reason) for r in old.ratings
    ]
    assert (new.certainty, new.start, new.start_reason) == (old.certainty, old.start, old.start_reason)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Risk of bias", "risk_of_bias"),
        ("№ of studies", "studies"),
        ("No. of studies", "studies"),
        ("CERTAINTY", "certainty"),
        ("Quality of the evidence (GRADE)", "Quality of the evidence (GRADE)"),
        ("Certainty (GRADE)", "certainty"),
        ("Importance", "Importance"),
    ],
)
def test_headings_are_known_by_our_names_and_gradepros(heading, column):
    assert column_of(heading) == column


def test_the_command_records_and_its_exit_code_tells_a_refusal(folder):
    profile = folder.parent / "profile.csv"
    profile.write_text(HEAD + ROW, "utf-8")
    asked = ("import", profile, "--by", "B. Reader", "--next-review", "2099-01-01", "--evidence", folder)
    done = run_review(*asked, cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    assert "1 judgement recorded as draft" in done.stdout
    assert "certainty/regrows.yml" in done.stdout
    assert "columns that are not read: 'Outcome', 'Importance'" in done.stderr
    again = run_review(*asked, cwd=folder.parent)
    assert again.returncode == ParameterError.exit_code
    assert "has a recorded judgement" in again.stderr


def test_a_folder_with_problems_takes_nothing_in(folder):
    (folder / "links.csv").write_text("link\n", "utf-8")
    path = Path(folder.parent / "profile.csv")
    path.write_text(HEAD + ROW, "utf-8")
    with pytest.raises(EvidenceError):
        record_import([folder], path, ENTRY, NOW, lambda evidence: COUNTED)
