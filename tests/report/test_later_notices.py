"""What is published about a study after the day of a review is shown, and changes no verdict."""

import json
import shutil

import pytest
from commands import run_review

from review.model.errors import EvidenceError
from review.model.vocabulary import Audience
from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.formats.render import report_json
from review.report.parts.compose import compose
from review.runs.report_run import run_report
from review.verdicts.verdict import Code
from review.workbench import open_review

NOTICE = (
    "- study: trial2025\n  kind: {kind}\n  source: the journal\n  date: {date}\n"
    "  consequence: The data cannot be trusted.\n"
)
KINDS = ("retraction", "expression-of-concern", "correction")


def publish(folder, kind="retraction", date="2026-11-22"):
    (folder / "corrections.yml").write_text(NOTICE.format(kind=kind, date=date), "utf-8")


def judged(review, claim="home-001"):
    (found,) = [one for one in review.judged if one.claim.claim == claim]
    return found


def later(judged):
    return [reason.sentence for reason in judged.reasons if reason.code is Code.LATER_NOTICE]


def test_a_retraction_of_the_day_after_everything_else_counts(folder):
    before = open_review([folder])
    publish(folder)
    after = open_review([folder])
    assert after.as_of == before.as_of.replace(day=22)
    assert judged(before).standing.body.studies == ("trial2025",)
    assert judged(after).standing.body.studies == ()
    assert not later(judged(after))
    (reference,) = build_report(after).references
    assert reference.notices == "retraction"


@pytest.mark.parametrize("kind", KINDS)
def test_a_later_notice_is_shown_and_changes_no_verdict(folder, kind):
    before = judged(open_review([folder]))
    publish(folder, kind)
    review = open_review([folder], "2026-11-21")
    after = judged(review)
    spoken = kind.replace("-", " ")
    sentence = (
        f"Known, later than this review: {spoken} of 2026-11-22 about A trial 2025. "
        "The data cannot be trusted."
    )
    assert (after.verdict, after.standing.certainty) == (before.verdict, before.standing.certainty)
    assert after.reasons[:-1] == before.reasons
    assert later(after) == [sentence]
    assert not later(judged(review, "home-002"))
    assert f"  later-notice: {sentence}" in str(review.explain("home-001")).splitlines()


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_shows_a_later_notice_beside_the_claim_and_the_reference(folder, kind):
    publish(folder, kind)
    review = open_review([folder], "2026-11-21")
    report = build_report(review)
    (reference,) = report.references
    assert reference.notices == f"{kind} (known, later than this review: 2026-11-22)"
    page = report_html(compose(report))
    assert page.count("nown, later than this review") == 2
    for audience, shown in ((Audience.CLINIC, True), (Audience.CLASS, False)):
        assert ("Known, later" in report_json(build_report(review, audience))) is shown


def test_a_notice_of_the_day_itself_or_without_a_date_is_not_later(folder):
    for date in ("2026-11-21", "not_reported"):
        publish(folder, date=date)
        review = open_review([folder])
        assert not later(judged(review))
        assert judged(review).standing.body.studies == ()


def test_a_notice_about_a_study_that_was_not_known_is_not_shown(folder):
    publish(folder)
    assert not later(judged(open_review([folder], "2020-01-01")))


def test_check_tells_the_day_and_what_is_later(folder):
    publish(folder)
    told = run_review("check", "--evidence", str(folder), cwd=folder).stdout.splitlines()
    assert "notices 1 (retraction 1)" in told
    assert "day of the review 2026-11-22" in told
    assert not [line for line in told if line.startswith("known, later")]
    earlier = run_review("check", "--evidence", str(folder), "--as-of", "2026-11-21", cwd=folder)
    told = earlier.stdout.splitlines()
    assert "day of the review 2026-11-21" in told
    assert "known, later than this review: retraction of 2026-11-22 about trial2025" in told
    wrong = run_review("check", "--evidence", str(folder), "--as-of", "21 Nov", cwd=folder)
    assert (wrong.returncode, "write the date as YYYY-MM-DD" in wrong.stderr) == (4, True)


@pytest.fixture
def without_a_study(folder):
    """A page and its claims alone, the page read on no known day."""
    for name in ("studies", "certainty"):
        shutil.rmtree(folder / name)
    for name in ("links.csv", "references.bib"):
        (folder / name).unlink()
    return folder


def test_a_review_without_studies_stands_on_the_day_of_its_page(without_a_study):
    pages = without_a_study / "pages.csv"
    pages.write_text(pages.read_text("utf-8").replace(",not_reported,", ",2024-02-29,", 1), "utf-8")
    assert open_review([without_a_study]).as_of.isoformat() == "2024-02-29"


def test_where_no_record_carries_a_day_it_has_to_be_given(without_a_study, project, tmp_path):
    with pytest.raises(EvidenceError, match="carries a day"):
        open_review([without_a_study])
    with pytest.raises(EvidenceError, match="carries a day"):
        run_report([], [without_a_study], tmp_path / "out", project)
    given = open_review([without_a_study], "2024-02-29")
    assert json.loads(report_json(build_report(given)))["as_of"] == "2024-02-29"
    told = run_review("check", "--evidence", str(without_a_study), cwd=tmp_path)
    assert "day of the review not known" in told.stdout
    assert told.returncode == 0
