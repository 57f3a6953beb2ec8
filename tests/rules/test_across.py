"""The certainty across the outcomes of one comparison, from what was judged critical."""

import pytest
from sample_body import item, proposition, sound, standing_on

from review.model.vocabulary import Design, Importance, OutcomeKind, Question, Stance
from review.verdicts.across import across, across_sentences, outcomes_beside

TWO_TRIALS = (sound(1), sound(2))
SERIES = (item(1, Design.CASE_SERIES),)
CRITICAL, IMPORTANT, NOT_IMPORTANT = Importance


def outcome(name, items, importance=CRITICAL, question=Question.BENEFIT):
    return standing_on(*items, proposition=name, importance=importance, question=question)


def sentences(*outcomes):
    return list(across_sentences(across(outcomes)))


def test_the_lowest_of_the_critical_outcomes_and_what_could_hold_instead():
    sleep, falls = outcome("sleep", TWO_TRIALS), outcome("falls", SERIES)
    found = across([sleep, falls, outcome("cost", SERIES, IMPORTANT)])
    assert (found.lowest, found.highest) == ("very-low", "high")
    assert list(across_sentences(found)) == [
        "Across outcomes: very low certainty, the lowest of the critical ones (sleep, falls).",
        "All of these point the same way: high certainty, if the outcome that has it would alone "
        "suffice to decide.",
    ]


@pytest.mark.parametrize(
    ("question", "stance", "is_alike"),
    [
        (Question.BENEFIT, Stance.SUPPORTS, True),
        (Question.SCREENING, Stance.SUPPORTS, True),
        (Question.BENEFIT, Stance.CONTRADICTS, False),
        (Question.BENEFIT, Stance.MIXED, False),
        (Question.HARM, Stance.CONTRADICTS, True),
        (Question.HARM, Stance.SUPPORTS, False),
        (Question.PREVALENCE, Stance.SUPPORTS, False),
    ],
)
def test_a_benefit_and_an_absent_harm_point_the_same_way(question, stance, is_alike):
    other = outcome("falls", [item(1, Design.CASE_SERIES, stance=stance)], question=question)
    found = across([outcome("sleep", TWO_TRIALS), other])
    assert found.lowest == "very-low"
    assert found.highest == ("high" if is_alike else "very-low")


def test_two_harms_point_the_same_way():
    harm = Question.HARM
    found = across([outcome("falls", TWO_TRIALS, question=harm), outcome("rash", SERIES, question=harm)])
    assert (found.lowest, found.highest) == ("very-low", "high")


def test_equal_certainty_is_told_once():
    assert sentences(outcome("sleep", SERIES), outcome("falls", SERIES)) == [
        "Across outcomes: very low certainty, the lowest of the critical ones (sleep, falls)."
    ]


def test_what_nobody_judged_is_told_and_counts_for_nothing():
    assert sentences(outcome("sleep", TWO_TRIALS), outcome("falls", SERIES, None)) == [
        "The importance of 1 of 2 outcomes of this comparison was not judged: falls.",
        "Across outcomes: high certainty, the lowest of the critical ones (sleep).",
    ]
    assert sentences(outcome("sleep", TWO_TRIALS, None), outcome("falls", SERIES, None))[0] == (
        "The importance of 2 of 2 outcomes of this comparison was not judged: sleep, falls."
    )
    assert sentences(
        outcome("sleep", TWO_TRIALS, IMPORTANT), outcome("cost", SERIES, NOT_IMPORTANT)
    ) == ["No outcome was judged critical, so there is no certainty across outcomes."]


def test_a_critical_outcome_without_evidence_leaves_none_across():
    found = across([outcome("sleep", TWO_TRIALS), outcome("death", ())])
    assert (found.lowest, found.highest) == (None, None)
    assert list(across_sentences(found)) == [
        "A critical outcome has no certainty, so there is none across them: sleep, death."
    ]


def test_one_outcome_is_no_body_of_several():
    assert sentences(outcome("sleep", TWO_TRIALS, None)) == []


def test_outcomes_of_one_comparison_are_found_by_people_treatment_and_comparator():
    sleep = proposition(proposition="sleep")
    shouted = proposition(proposition="falls", population="X")
    others = [
        proposition(proposition="others", population="y"),
        proposition(proposition="dose", intervention="y"),
        proposition(proposition="rival", comparator="y"),
        proposition(Question.PROTOCOL, proposition="how", outcome_kind=OutcomeKind.NOT_APPLICABLE),
    ]
    assert outcomes_beside(sleep, [sleep, shouted, *others]) == (sleep, shouted)


def test_what_names_no_treatment_is_beside_nothing():
    share, other = (
        proposition(Question.PREVALENCE, proposition=name, intervention="not_applicable")
        for name in ("share", "other")
    )
    assert outcomes_beside(share, [share, other]) == (share,)
