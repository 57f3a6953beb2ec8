"""Whether a sentence stands without the one before it."""

import pytest

from review.language.leaning import (
    Lean,
    is_bare_answer,
    lean_of,
    links,
    links_and_reasons,
    may_lean,
)


@pytest.mark.parametrize(
    ("sentence", "lean"),
    [
        ("Crowns are hard.", Lean.NOT),
        ("They are hard.", Lean.PERSON),
        ("Its colour fades.", Lean.PERSON),
        ("However, it fades.", Lean.PERSON),
        ("(See below) They fade.", Lean.PERSON),
        ("When they fade, come back.", Lean.PERSON),
        ("The good news is that it fades.", Lean.PERSON),
        ("It is important to brush daily.", Lean.NOT),
        ("It's also possible that a crown breaks.", Lean.NOT),
        ("It is not known whether gels last.", Lean.NOT),
        ("It is still being studied.", Lean.PERSON),
        ("This is the best.", Lean.POINTING),
        ("For these patients we wait.", Lean.POINTING),
        ("Combining these fillers is common.", Lean.POINTING),
        ("Nobody pays for this service.", Lean.POINTING),
        ("Nobody pays for this treatment.", Lean.NOT),
        ("We cannot say that for sure.", Lean.POINTING),
        ("We say that gels last.", Lean.NOT),
        ("Both are safe.", Lean.POINTING),
        ("Both men and women come.", Lean.NOT),
        ("Few, though, stay.", Lean.POINTING),
        ("The second is a gel.", Lean.POINTING),
        ("Others wait.", Lean.POINTING),
        ("Those who wait are many.", Lean.POINTING),
        ("Ask us for these gels:", Lean.NOT),
        ("Therefore, come early.", Lean.CONSEQUENCE),
        ("That is why we wait.", Lean.CONSEQUENCE),
        ("So we wait.", Lean.CONSEQUENCE),
        ("So far, we are two.", Lean.NOT),
        ("As a result, teeth shine.", Lean.CONSEQUENCE),
    ],
)
def test_how_a_sentence_leans(sentence, lean):
    assert lean_of(sentence) is lean


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("However, gels last.", "gels last."),
        ("In fact, of course, gels last.", "gels last."),
        ("But gels last.", "gels last."),
        ("In the meantime, though, gels last.", "gels last."),
        ("Though gels last, wait.", "Though gels last, wait."),
        ("However small, gels last.", "However small, gels last."),
        ("Also known as gels.", "Also known as gels."),
        ("Therefore, gels last.", "Therefore, gels last."),
        ("Yes, gels last.", "gels last."),
        ("But ", "But "),
    ],
)
def test_linking_words_are_counted(sentence, rest):
    assert sentence[links(sentence) :] == rest


def test_words_of_a_reason_are_counted_where_that_is_asked_for():
    assert links_and_reasons("And therefore, wait.") == len("And therefore, ")
    assert links_and_reasons("That is why we wait.") == 0


def test_an_answer_is_bare_if_nothing_follows():
    assert is_bare_answer("Yes.")
    assert is_bare_answer("Absolutely!")
    assert not is_bare_answer("No, never mind.")


def test_a_word_near_the_beginning_may_mean_something_before():
    assert may_lean("Men need to take it twice.")
    assert not may_lean("Men come to us by bus and pay for a ticket, which they keep.")
