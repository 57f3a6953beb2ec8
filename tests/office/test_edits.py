"""What an edited page changes, which of two overlapping claims comes first, and what comments say."""

from dataclasses import replace

import pytest
from sample_pages import AS_OF, REMOVE, WORDING, claim, decided, report_of

from review.model.vocabulary import (
    Audience,
    Checked,
    Design,
    Direction,
    Polarity,
    Question,
    Species,
    Stance,
    Verdict,
    YesNo,
)
from review.report.build import build_report
from review.report.edited_page.edits import SUGGESTED, UNDECIDED, changes, edits_of, new_text
from review.report.model import FindingRow, Profile, Report
from review.verdicts.bodies import Exclusion
from review.verdicts.standing import Basis


def edited(report: Report, suggest: bool = True) -> list:
    return list(edits_of(report, report.pages[0], suggest))


# What is changed


def test_each_decision_becomes_its_change():
    text = "one two six ten"
    report = report_of(
        text,
        claim(0, 3, decided("keep")),
        claim(4, 7, decided("reword", "2")),
        claim(8, 11, REMOVE),
        claim(12, 15, decided("escalate")),
    )
    assert new_text(report, report.pages[0], suggest=True) == "one 2  ten"
    assert [edit.is_change for edit in edited(report)] == [False, True, True, False]
    assert {(edit.author, edit.date) for edit in edited(report)} == {
        ("reviewer A, medical director", "2026-11-20")
    }


def test_the_last_decision_holds():
    row = claim(0, 3, decisions=(REMOVE, decided("keep", reviewer="reviewer B")))
    (edit,) = edited(report_of("one", row))
    assert not edit.is_change
    assert "Decision: keep, by reviewer B, medical director, on 2026-11-20." in edit.comment


def test_a_suggestion_is_made_only_where_asked_for_and_says_so():
    report = report_of("It works. Truly.", claim(0, 9), claim(10, 16, verdict=Verdict.SUBSTANTIATED))
    (suggested,) = edited(report, suggest=True)
    (commented,) = edited(report, suggest=False)
    assert (suggested.new, suggested.author, suggested.date) == (WORDING, SUGGESTED, AS_OF)
    assert (commented.new, commented.author) == ("It works.", UNDECIDED)


def test_a_warning_without_allowed_wording_only_gets_a_comment():
    (edit,) = edited(report_of("It may harm.", claim(0, 12, allowed_wording="")))
    assert not edit.is_change


@pytest.mark.parametrize(
    ("text", "start", "end", "new"),
    [
        ("It works.", 0, 9, "It has not been confirmed."),
        ("It works", 0, 8, "It has not been confirmed."),
        ("Yes, it works, says he.", 5, 13, "it has not been confirmed"),
        ("Yes! It works, says he.", 5, 13, "It has not been confirmed"),
        ("Yes, it works.", 5, 14, "it has not been confirmed."),
        ("Yes\n• It works\nNo", 6, 14, "It has not been confirmed."),
    ],
)
def test_a_suggestion_fits_into_its_sentence(text, start, end, new):
    assert edited(report_of(text, claim(start, end)))[0].new == new


def test_a_decided_wording_is_put_in_as_it_is():
    row = claim(5, 13, decided("reword", "It May."))
    assert edited(report_of("Yes, it works, says he.", row))[0].new == "It May."


# Which of two overlapping claims changes the words


def first_changed(*rows) -> list[str]:
    """The claims that change words of a page on which each of `rows` covers the word `two`."""
    return [edit.claim for edit in changes(edited(report_of("one two three", *rows)))]


def test_the_more_urgent_claim_comes_first():
    contradicted = claim(4, 7, verdict=Verdict.CONTRADICTED)
    overstated = claim(0, 7, verdict=Verdict.OVERSTATED)
    assert first_changed(claim(0, 13), contradicted) == ["home-002"]
    assert first_changed(overstated, claim(4, 13)) == ["home-002"]
    assert first_changed(claim(0, 7), claim(4, 13)) == ["home-001"]
    assert first_changed(claim(4, 7), claim(4, 7)) == ["home-001"]


def test_a_decision_comes_before_a_suggestion():
    decided_late = claim(4, 13, REMOVE, verdict=Verdict.OVERSTATED)
    assert first_changed(claim(0, 7, verdict=Verdict.CONTRADICTED), decided_late) == ["home-002"]


@pytest.mark.parametrize("kind", ["keep", "escalate"])
def test_words_decided_to_stay_are_not_changed_by_a_suggestion(kind):
    assert first_changed(claim(0, 7), claim(4, 13, decided(kind))) == []
    assert first_changed(claim(0, 7, REMOVE), claim(4, 13, decided(kind))) == ["home-001"]


def test_what_comes_later_says_what_came_first():
    report = report_of(
        "one two three",
        claim(0, 7, REMOVE),
        claim(4, 13),
        claim(0, 3, verdict=Verdict.SUBSTANTIATED),
        claim(8, 13, verdict=Verdict.SUBSTANTIATED),
    )
    comments = {edit.claim: edit.comment.splitlines()[-1] for edit in edited(report)}
    assert comments == {
        "home-001": "Reason given: Because.",
        "home-002": "Not changed here: words of this claim change with home-001, which comes first.",
        "home-003": "Words of this claim change with home-001; read the two together.",
    }
    kept = report_of("one two three", claim(0, 7), claim(4, 13, decided("keep")))
    assert edited(kept)[0].comment.endswith("words of this claim stay as decided for home-002.")


# What the comments say


def finding(citation, stance, counts=YesNo.YES) -> FindingRow:
    return FindingRow(
        link="lnk-0001",
        study="doe2020",
        citation=citation,
        design=Design.COHORT,
        species=Species.HUMAN,
        n="40",
        bias="not appraised",
        stance=stance,
        directness="",
        result="",
        source="",
        checked=Checked.ABSTRACT,
        reason="",
        counts=counts,
    )


PROFILE = Profile(
    proposition="it-works",
    statement="It works.",
    topic="other",
    question=Question.BENEFIT,
    direction=Direction.SUPPORTS,
    standing="low certainty",
    level="level 3",
    level_reason="",
    sort="",
    basis=Basis.RECORDED,
    method="",
    judged_by="",
    stale=False,
    steps=(),
    disagreements=(),
    would_change="",
    findings=(
        finding("Doe 2020", Stance.SUPPORTS),
        finding("Doe 2020", Stance.SUPPORTS),
        finding("Roe 2021", Stance.SUPPORTS),
        finding("Poe 2019", Stance.CONTRADICTS),
        finding("Moe 2018", Stance.MIXED),
        finding("Noe 2017", Stance.SUPPORTS, Exclusion.NOT_IN_PEOPLE),
    ),
    warnings=(),
    looked_for="",
    search_result="",
    claims=(),
)


def test_a_comment_says_what_there_is_to_know():
    row = claim(0, 9, decided("reword", "It may work.", on_earlier_evidence=True))
    report = replace(report_of("It works.", row), profiles=(PROFILE,))
    assert edited(report)[0].comment.splitlines() == [
        "○ unsupported (home-001)",
        "No evidence that decides the question was found.",
        "Allowed wording: It has not been confirmed.",
        "What to do: Remove, or say what is not known.",
        "Evidence for it: Doe 2020; Roe 2021.",
        "Evidence against it: Poe 2019.",
        "Evidence both ways: Moe 2018.",
        "Decision: reword, by reviewer A, medical director, on 2026-11-20.",
        "Decided wording: It may work.",
        "Reason given: Because.",
        "The evidence has changed since this decision was taken; look at it again.",
    ]


def test_what_supports_a_statement_speaks_against_its_denial():
    report = replace(report_of("No.", claim(0, 3, polarity=Polarity.DENIES)), profiles=(PROFILE,))
    lines = edited(report)[0].comment.splitlines()
    assert "Evidence for it: Poe 2019." in lines
    assert "Evidence against it: Doe 2020; Roe 2021." in lines


def test_each_audience_gets_what_it_may_see(small_review):
    director = build_report(small_review, Audience.DIRECTOR)
    clinic = build_report(small_review, Audience.CLINIC)
    pupils = build_report(small_review, Audience.CLASS)
    assert len(edited(director)) == len(edited(clinic)) == 2
    assert any("Evidence for it: A trial 2025." in edit.comment for edit in edited(director))
    assert not any("Evidence for it" in edit.comment for edit in edited(clinic))
    assert edited(pupils) == []
