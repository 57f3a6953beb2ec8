"""What an edited page changes, which of two overlapping claims comes first, and what comments say."""

from dataclasses import replace

from sample_pages import REMOVE, claim, decided, report_of

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
from review.report.edited_page.changes import Change
from review.report.edited_page.edits import UNDECIDED, Comment, edits_of, new_text
from review.report.model import FindingRow, Profile, Report
from review.verdicts.bodies import Exclusion
from review.verdicts.standing import Basis


def changed(report: Report) -> tuple[Change, ...]:
    return edits_of(report, report.pages[0], suggest=True).changes


def comments(report: Report) -> tuple[Comment, ...]:
    return edits_of(report, report.pages[0], suggest=True).comments


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
    assert {(made.author, made.date) for made in (*changed(report), *comments(report))} == {
        ("reviewer A, medical director", "2026-11-20")
    }


def test_the_last_decision_holds():
    row = claim(0, 3, decisions=(REMOVE, decided("keep", reviewer="reviewer B")))
    assert changed(report_of("one", row)) == ()
    (comment,) = comments(report_of("one", row))
    assert "Decision: keep, by reviewer B, medical director, on 2026-11-20." in comment.text


def test_a_claim_that_no_sentence_holds_only_gets_a_comment():
    report = report_of("It works. Truly.", claim(0, 9), claim(10, 16, verdict=Verdict.SUBSTANTIATED))
    assert changed(report) == ()
    (comment,) = comments(report)
    assert (comment.claims, comment.author) == (("home-001",), UNDECIDED)


def test_a_decided_wording_is_put_in_as_it_is():
    row = claim(5, 13, decided("reword", "It May."))
    assert changed(report_of("Yes, it works, says he.", row))[0].new == "It May."


# Which of two overlapping claims changes the words


def first_changed(*rows) -> list[str]:
    """The words that change on a page on which each of `rows` covers the word `two`."""
    return [change.old for change in changed(report_of("one two three", *rows))]


def test_the_more_urgent_claim_comes_first():
    contradicted = claim(4, 7, REMOVE, verdict=Verdict.CONTRADICTED)
    overstated = claim(0, 7, REMOVE, verdict=Verdict.OVERSTATED)
    assert first_changed(claim(0, 13, REMOVE), contradicted) == ["two"]
    assert first_changed(overstated, claim(4, 13, REMOVE)) == ["two three"]
    assert first_changed(claim(0, 7, REMOVE), claim(4, 13, REMOVE)) == ["one two"]


def test_what_comes_later_says_what_came_first():
    report = report_of("one two three", claim(0, 7, REMOVE), claim(4, 13, REMOVE))
    lines = {comment.claims: comment.text.splitlines()[-1] for comment in comments(report)}
    assert lines == {
        ("home-001",): "Reason given: Because.",
        ("home-002",): "Not changed here: words of this claim change with home-001, which comes first.",
    }


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
    next_review="",
    is_due=False,
    stale=False,
    steps=(),
    judgements=(),
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
    searches=(),
    claims=(),
)


def test_a_comment_says_what_there_is_to_know():
    row = claim(0, 9, decided("reword", "It may work.", on_earlier_evidence=True))
    report = replace(report_of("It works.", row), profiles=(PROFILE,))
    assert comments(report)[0].text.splitlines() == [
        "○ unsupported (home-001)",
        "No evidence that decides the question was found.",
        "Allowed wording: It has not been confirmed.",
        "What to do: remove",
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
    lines = comments(report)[0].text.splitlines()
    assert "Evidence for it: Poe 2019." in lines
    assert "Evidence against it: Doe 2020; Roe 2021." in lines


def test_each_audience_gets_what_it_may_see(small_review):
    director = build_report(small_review, Audience.DIRECTOR)
    clinic = build_report(small_review, Audience.CLINIC)
    pupils = build_report(small_review, Audience.CLASS)
    assert comments(director) != ()
    assert any("Evidence for it: A trial 2025." in comment.text for comment in comments(director))
    assert not any("Evidence for it" in comment.text for comment in comments(clinic))
    assert comments(pupils) == ()
