"""What an edited page would get: the claims stand where the new text has them, and are judged anew."""

from dataclasses import replace

import pytest
from sample_pages import decided

from review.model.vocabulary import Action, Audience, Polarity, Wording
from review.report.build import build_report
from review.report.edited_page.changes import Change
from review.report.edited_page.edits import edits_of, new_text, page_text
from review.report.edited_page.judged_again import _Places, after
from review.report.model import Report, SentenceRow
from review.report.parts.after import after_paragraph, after_table


def with_actions(report: Report, *actions: str, wording: str = "") -> Report:
    """The report with other actions for its sentences, in reading order."""
    rows = [
        replace(row, action=Action(action), warns=False, wording=wording if action == "reword" else "")
        for row, action in zip(report.sentences, actions, strict=True)
    ]
    return replace(report, sentences=tuple(rows))


@pytest.fixture
def report(small_review) -> Report:
    return build_report(small_review)


def quotes(review) -> dict[str, str]:
    for claim in review.evidence.claims.values():
        assert review.evidence.pages[claim.page].text[claim.start : claim.end] == claim.quote
    return {claim.claim: claim.quote for claim in review.evidence.claims.values()}


def test_what_stays_keeps_its_claims_and_what_goes_has_none(small_review, report):
    keys = [row.claims[0] for row in report.sentences]
    made = with_actions(report, "remove", *["may-stand"] * (len(keys) - 1))
    edited = after(small_review, made)
    assert sorted(quotes(edited)) == sorted(set(quotes(small_review)) - {keys[0]})
    page = made.pages[0]
    text = edited.evidence.pages[page.page].text
    assert text == new_text(made, page, suggest=True) != page_text(page)
    assert edited.evidence.pages[page.page].sha256 != page.sha256


def test_new_words_are_a_claim_on_what_asked_for_them(small_review, report):
    words = "It is not certain that it may do that."
    first: SentenceRow = report.sentences[0]
    rest = ["may-stand"] * (len(report.sentences) - 1)
    edited = after(small_review, with_actions(report, "reword", *rest, wording=words))
    claim = edited.evidence.claims[first.decided_by]
    assert quotes(edited)[first.decided_by] == words
    assert claim.proposition == small_review.evidence.claims[first.decided_by].proposition
    assert (claim.polarity, claim.wording) == (Polarity.DENIES, Wording.HEDGED)


def test_words_that_a_person_decided_are_the_words_of_the_claim(small_review, report):
    row = report.claims[0]
    claims = (replace(row, decisions=(decided("reword", "Nobody knows"),)), *report.claims[1:])
    assert quotes(after(small_review, replace(report, claims=claims)))[row.claim] == "Nobody knows"


def test_what_the_projects_pages_change_needs_no_change_after_it(whole):
    for page in whole.pages:
        made = {count.action: count for count in page.after.actions}
        changed = edits_of(whole, page, suggest=True).changes
        left = made[Action.REMOVE].after + made[Action.REWORD].after
        needed = made[Action.REMOVE].now + made[Action.REWORD].now
        # What is held waits for a person; every sentence that is changed stands.
        assert needed - left >= sum(bool(change.new) and len(change.new) > 40 for change in changed)
        assert sum(count.now for count in page.after.actions) == sum(
            row.page == page.page for row in whole.sentences
        )
        assert page.after.blocked_after <= page.after.blocked_now


def test_a_class_does_not_see_it(small_review):
    assert build_report(small_review, Audience.CLASS).pages[0].after is None


def test_the_report_says_it_of_each_page(report):
    table = after_table(report)
    assert len(table.rows) == len(report.pages)
    (paragraph,) = after_paragraph(report.pages[0])
    assert "would still" in paragraph.text[1].text
    assert after_paragraph(replace(report.pages[0], after=None)) == ()


def test_places_move_with_the_changes_before_them():
    # "However, gels last. Old. End" -> "Gels last. End"
    changes = (Change(0, 10, "However, g", "G", "", ""), Change(20, 25, "Old. ", "", "", ""))
    place = _Places(changes)
    assert (place.first(0), place.last(19)) == (0, 10)
    assert (place.first(9), place.last(10)) == (0, 1)
    assert (place.first(25), place.last(28)) == (11, 14)
