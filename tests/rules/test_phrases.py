"""Phrases: what they find, what is no phrase, and that no text makes a search slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.knowledge.phrases import (
    LONGEST_PHRASE,
    check_phrase,
    finder,
    inner,
    parted,
    term_finder,
    terms_named,
)
from review.store.read import packaged_packs


def found(phrase: str, text: str) -> list[str]:
    return [match[0] for match in finder((phrase,)).finditer(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("collagen", "Collagen and procollagen", ["Collagen"]),
        ("wrinkle[s]", "A wrinkle, two wrinkles, wrinkled", ["wrinkle", "wrinkles"]),
        ("smooth*", "It smoothed what was unsmooth", ["smoothed"]),
        ("*lipid", "A phospholipid", ["phospholipid"]),
        ("side-effect", "side effect, side-effect, sideeffect", ["side effect", "side-effect"]),
        ("re[-]use", "reuse and re-use", ["reuse", "re-use"]),
        ("(very|quite) safe", "Very safe; quite  safe; safe", ["Very safe", "quite  safe"]),
        ("safe and [highly] effective", "safe and effective", ["safe and effective"]),
        (
            "a [very|most] good day",
            "a very good day, a most good day",
            ["a very good day", "a most good day"],
        ),
        (
            "[all] [of|in] it",
            "all of it, of it, all it, in it",
            ["all of it", "of it", "all it", "in it"],
        ),
        ("sore [gums|lips]", "sore gums, sore lips", ["sore gums", "sore lips"]),
        ("seen [here]", "as seen here, as seen", ["seen here", "seen"]),
        ("#[ ]%", "12.5% or 30 %", ["12.5%", "30 %"]),
        ("studies …20 show", "Studies from Spain show it.", ["Studies from Spain show"]),
        ("studies …20 show", "Studies. They show it.", []),
        ("studies …20 show", "Studies of four hundred people show it.", []),
        ("can't", "It can’t, it can't", ["can’t", "can't"]),
        (
            "seen [here] …10 today",
            "seen today, seen here now today",
            ["seen today", "seen here now today"],
        ),
        ("stop …20 gout", "stop gout, gout", ["stop gout"]),
        (r"test\)", "(a test)", ["test)"]),
        ("$", "for $9", ["$"]),
    ],
)
def test_what_a_phrase_finds(phrase, text, expected):
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("(a|b", "is not closed"),
        ("a]", "closes nothing"),
        ("a|b", "between brackets only"),
        ("*", "found everywhere"),
        ("[word]", "found everywhere"),
        ("…", "found everywhere"),
        ("a …99 b", "at most 80"),
        ("((((a))))", "at most 3 deep"),
        ("a" * (LONGEST_PHRASE + 1), "at most 400"),
        ("[a]" * 24 + "b", "too many ways"),
        ("(a|a)" * 24 + "b", "too many ways"),
        ("*a*a*a*a*b", "too many ways"),
        ("a … b … c … d", "too many ways"),
    ],
)
def test_what_is_no_phrase(phrase, why):
    with pytest.raises(ValueError, match=why):
        check_phrase(phrase)


def test_a_number_is_found_whole():
    assert finder(("# weeks",)).search("in 12,500.5 weeks")[0] == "12,500.5 weeks"
    assert finder(("#5 weeks",)).search("15 weeks") is None


def test_a_spelling_may_follow_a_number():
    assert finder(("mg",)).search("5mg") is None
    assert inner("mg") in "x" + inner("mg")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("", ()), ("a", ("a",)), ("a | b", ("a", "b")), ("(a|b) c|d", ("(a|b) c", "d"))],
)
def test_a_cell_holds_several(cell, parts):
    assert parted(cell) == parts


@given(st.text(alphabet="ab *#-()[]|…9\\", max_size=40))
def test_any_text_is_a_phrase_that_compiles_or_is_refused(text):
    try:
        check_phrase(text)
    except ValueError:
        return
    assert finder((text,)).search("") is None


@pytest.mark.parametrize(
    ("phrase", "times"),
    [
        ("a* *b* c", 20_000),
        ("# # # %", 20_000),
        # Ten thousand steps at every letter, and so enough of them in a quarter of the text.
        ("(a|a|a) …80 (a|a) …80 b", 5_000),
        ("[a ]" * 14 + "b", 20_000),
    ],
)
def test_a_hostile_text_is_searched_in_steps_that_grow_with_its_length(phrase, times):
    # Every repetition is bounded, so that a match is given up after a fixed number of characters: the
    # same text twice as long takes twice as long, and this ends.
    assert finder((phrase,)).search("a 9 " * times) is None


def test_a_term_stands_for_its_pattern():
    pattern = term_finder(("<greets> …10 <people>",), {"greets": "hello|hi", "people": "all|everyone"})
    assert pattern.search("Hi there, everyone")[0] == "Hi there, everyone"
    assert not pattern.search("Hi there, everyones")
    assert terms_named("<greets> …10 <people>") == {"greets", "people"}
    with pytest.raises(KeyError):
        finder(("<greets>",))


def test_the_phrases_that_come_with_the_package_can_be_read():
    """They are not checked at each start of a command."""
    packs = packaged_packs()
    phrases = {phrase for trigger in packs.triggers.values() for phrase in trigger.phrases}
    for trigger in packs.triggers.values():
        phrases |= {*trigger.unless, *trigger.spared_by, *trigger.of_others}
    phrases |= {phrase for flag in packs.flags for phrase in flag.phrases}
    phrases |= {phrase for terms in packs.terms for phrase in terms.phrases}
    phrases |= {phrase for cue in (*packs.cues, *packs.species) for phrase in cue.phrases}
    phrases |= {phrase for unit in packs.units for phrase in unit.spellings}
    for pack in packs.sense_packs.values():
        phrases |= {phrase for cue in pack.senses for phrase in (*cue.phrases, *cue.unless)}
    assert len(phrases) > 1000
    for phrase in phrases:
        assert check_phrase(phrase) == phrase
