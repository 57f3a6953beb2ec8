"""The register: the same things said as advertising says them, and as information for patients does."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import PLAIN

from review.language.flags.register import Register, score, tokens
from review.model.knowledge.packs import RegisterPack, WordWeight
from review.model.vocabulary import Assertion, Market, Severity
from review.store.read import packaged_packs

PACK = RegisterPack(
    pack="toy",
    title="A toy",
    source="our own numbers",
    version="1",
    bias=50,
    informs_below=-100,
    weights=(WordWeight(weight=200, words="miracle our"), WordWeight(weight=-300, words="may doctor")),
)
WEIGHTS = {"miracle": 200, "our": 200, "may": -300, "doctor": -300}


def of_rules(text):
    """The severities with which a text meets rules of the United States."""
    hits = [h for h in PLAIN.screen.hits(text) if h.market is Market.US]
    return {h.flag.severity for h in hits} - {Severity.INFORM}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing known here.", 50),
        ("Our cream.", 50 + 200),
        ("OUR miracle", 50 + 400 / math.sqrt(2)),
        ("our, our and our", 50 + 200),
        ("Your doctor may help.", 50 - 600 / math.sqrt(2)),
    ],
)
def test_the_score_is_the_bias_and_the_weights_over_the_root_of_their_number(text, expected):
    assert score(text, WEIGHTS, 50) == pytest.approx(expected)


@given(st.text())
def test_any_text_has_a_score_within_its_weights(text):
    worst = 300 * math.sqrt(len(WEIGHTS))
    assert 50 - worst <= score(text, WEIGHTS, 50) <= 50 + worst


def test_every_number_is_the_same_word():
    assert tokens("12 of 3,000 lost 4.5 kg") == tokens("9 of 9,9 lost 7.1 kg")


def test_a_sentence_informs_below_the_bound_of_its_pack():
    assert Register([PACK]).informs("Your doctor may tell you.")
    assert not Register([PACK]).informs("Our doctor may do a miracle.")
    assert not Register([]).informs("Your doctor may tell you.")


@pytest.mark.parametrize(
    ("sells", "informs"),
    [
        (
            "Our capsules lower your blood pressure naturally!",
            "Your nurse may talk to you about tablets that lower blood pressure if changes in diet have"
            " not been enough.",
        ),
        (
            "Get rid of painful gout with our cherry drops!",
            "There are several treatments which can reduce the pain of gout, but they may not be right"
            " for everyone and some have side effects.",
        ),
        (
            "Clinically proven to boost your memory!",
            "Some studies have shown that people who sleep badly may do worse in tests of memory.",
        ),
    ],
)
def test_the_same_things_are_flagged_as_advertising_and_not_as_information(sells, informs):
    assert of_rules(sells)
    assert not of_rules(informs)


@pytest.mark.parametrize(
    "text",
    [
        "There may be no side effects at all for some people who have this treatment.",
        "You may be asked to stop taking warfarin before your operation.",
    ],
)
def test_safety_and_medicines_are_read_in_every_register(text):
    flags = {flag for flag in PLAIN.screen.flags if Assertion.INFORMED in flag.when}
    assert {"US08", "F15", "US10", "US11", "US22"} <= {flag.flag for flag in flags}
    assert any(hit.flag in flags for hit in PLAIN.screen.hits(text))


def test_the_packaged_weights_name_no_condition_and_no_medicine():
    """Words of topics would tell what a sentence is about, and not how it is worded."""
    (pack,) = packaged_packs().register_packs.values()
    weighed = {word for each in pack.weights for word in each.words.split()}
    assert not weighed & {
        "diabetes",
        "eczema",
        "migraine",
        "warfarin",
        "semaglutide",
        "exosome",
        "botox",
    }
    assert len(weighed) > 300


def test_what_a_register_clears_is_told_with_the_rule_and_the_words():
    informs = (
        "Physiotherapists may use heat to relieve stiffness, and will explain how you can do the "
        "exercises at home."
    )
    assert not of_rules(informs)
    met = [hit for hit in PLAIN.screen.informing(informs) if hit.market is Market.US]
    assert [(hit.flag.flag, hit.span, hit.assertion) for hit in met] == [
        ("US01", "relieve stiffness", Assertion.INFORMED)
    ]


def test_a_register_clears_nothing_of_advertising_and_nothing_that_is_read_in_all_words():
    for text in ("Our balm relieves stiffness!", "Your nurse will explain that it is completely safe."):
        assert of_rules(text)
        assert not PLAIN.screen.informing(text)
