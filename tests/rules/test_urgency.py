"""Which sentences come first where only some can be looked at, on a page about drips and slimming."""

import pytest
from sample_sentences import HIGH, made, own, sentences

from review.dossier.urgency import urgency
from review.model.vocabulary import Polarity, Question, Tier

LINES = (
    MEDICINE := "Stop taking metformin before the drip.",
    SAFE := "The drip is completely safe.",
    NO_HARM := "The drip harms nobody.",
    BLOCKED := "The drip cures fatigue.",
    BLOCKED_TWICE := "The drip permanently cures fatigue.",
    PLAIN := "The drip firms the skin.",
    AGAIN := "The drip plumps the lips.",
    TESTED := "Each bag is tested for lead.",
)
PAGE = "\n".join(LINES) + "\n"
HARM = {"question": Question.HARM, "polarity": Polarity.DENIES, "category": "safety"}


def of(quote, *items, **changes):
    """The sentence that one claim makes."""
    (sentence,) = sentences(made(quote, *items, text=PAGE, **changes), text=PAGE)
    return sentence


def order(*outcome, headlines=(), pages=1):
    keys = {s.text: urgency(s, is_headline=s.text in headlines, pages=pages) for s in outcome}
    return sorted(keys, key=keys.get)


def test_what_can_hurt_comes_before_what_misleads_whatever_the_verdict():
    (tested,) = sentences(own(TESTED, text=PAGE), text=PAGE)
    plain, hurts = of(PLAIN), of(NO_HARM, *HIGH, **HARM)
    assert (plain.tier, hurts.tier) == (Tier.MISLEADS, Tier.CAN_HURT)
    assert order(tested, plain, hurts) == [NO_HARM, PLAIN, TESTED]


def test_a_medicine_to_be_stopped_comes_before_everything():
    medicine = of(MEDICINE, question=Question.PROTOCOL, species="not_applicable", category="care")
    assert order(of(SAFE, **HARM), medicine) == [MEDICINE, SAFE]


def test_within_a_tier_what_a_flag_blocks_comes_first():
    blocked, twice = of(BLOCKED), of(BLOCKED_TWICE)
    assert blocked.tier is twice.tier is Tier.UNLAWFUL
    assert order(of(NO_HARM, **HARM), of(SAFE, **HARM)) == [SAFE, NO_HARM]


def test_of_sentences_alike_the_category_that_can_do_more_harm_comes_first():
    assert order(of(PLAIN, category="onset"), of(AGAIN)) == [AGAIN, PLAIN]


def test_of_sentences_alike_that_in_the_headline_comes_first():
    assert order(of(PLAIN), of(AGAIN)) == [PLAIN, AGAIN]
    assert order(of(PLAIN), of(AGAIN), headlines=(AGAIN,)) == [AGAIN, PLAIN]


def test_a_statement_on_more_pages_comes_first():
    outcome = of(PLAIN)
    on_two, on_one = (urgency(outcome, is_headline=False, pages=number) for number in (2, 1))
    assert on_two < on_one


@pytest.mark.parametrize("is_headline", [True, False])
def test_what_nobody_looked_for_comes_after_what_was_not_found(is_headline):
    not_found = of(AGAIN)
    unsought = of(PLAIN, is_sought=False)
    keys = [urgency(s, is_headline=is_headline, pages=1) for s in (not_found, unsought)]
    assert keys == sorted(keys)
