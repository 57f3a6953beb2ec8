"""What words do: the packaged senses by their own examples, denials, questions, and what packs add."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import PLAIN

from review.language.senses import Senses
from review.model.knowledge.packs import SensePack
from review.model.vocabulary import Sense
from review.store.read import packaged_packs

SENSES = PLAIN.senses
CUES = [cue for pack in packaged_packs().sense_packs.values() for cue in pack.senses]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.sense)
def test_a_sense_is_held_by_its_examples_and_not_by_its_counter_examples(cue):
    assert len(cue.examples) >= 6
    assert len(cue.counter_examples) >= 4
    assert [text for text in cue.examples if cue.sense not in SENSES.of(text)] == []
    assert [text for text in cue.counter_examples if cue.sense in SENSES.of(text)] == []


def test_every_sense_has_words():
    assert {cue.sense for cue in CUES} == set(Sense)


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("Veneers straighten a smile.", ""),
        ("Unlike dentures, implants vastly improve chewing in every patient.", "better size everybody"),
        (
            "Our drip is the most potent on the market and has zero side effects.",
            "superlative size absolute",
        ),
        ("The balloon is as effective as a sleeve operation.", "equal"),
        ("Do not smoke for a week, as the gum may bleed.", "precaution warning"),
        ("More studies are needed, and results vary.", "limit"),
        ("There is no doubt that it is the best cream.", "superlative"),
        ("The injection is not only painless but completely safe.", "absolute"),
    ],
)
def test_what_the_words_of_a_sentence_do(text, senses):
    assert {str(sense) for sense in SENSES.of(text)} == set(senses.split())


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("There was no swelling, redness or bruising.", "warning"),
        ("Swelling does not occur.", "warning"),
        ("The peel is neither risky nor painful.", "warning"),
        ("The filler eases soreness of the jaw.", "warning"),
        ("You do not need to wait or avoid exercise.", "precaution"),
        ("Insurers do not take part.", "precaution"),
        ("It is not a powerful drug.", "size"),
        ("Not everyone keeps the weight off.", "everybody"),
        ("No dentist is the best for all of them.", "superlative"),
        ("The pill is hardly better than the patch.", "better"),
        ("A crown is not comparable to a tooth.", "equal"),
        ("No operation is completely safe.", "absolute"),
        ("The drip is not without risk.", "absolute"),
        ("Are there side effects?", "warning"),
        ("Is this the best clinic?", "superlative"),
    ],
)
def test_what_is_denied_or_asked_is_not_held(text, sense):
    assert Sense(sense) not in SENSES.of(text)


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("No downtime, mild redness for a day.", "warning"),
        ("No downtime, but you may feel sore.", "warning"),
        ("If it does not heal, avoid the sun.", "precaution"),
        ("After the peel do not wash your face.", "precaution"),
        ("No needles, no side effects.", "absolute"),
        ("No. It is best to stop taking aspirin.", "precaution"),
        ("Results are nothing short of dramatic.", "size"),
        ("It was never tested. It is the best.", "superlative"),
    ],
)
def test_a_denial_of_something_else_takes_nothing_back(text, sense):
    assert Sense(sense) in SENSES.of(text)


@given(st.lists(st.sampled_from([text for cue in CUES for text in cue.examples]), max_size=4))
def test_hits_stand_where_they_say_in_reading_order(texts):
    text = " ".join(texts)
    hits = SENSES.hits(text)
    assert all(text[hit.start : hit.end] == hit.words for hit in hits)
    assert all(a.start <= b.start for a, b in pairwise(hits))
    assert {hit.sense for hit in hits} == SENSES.of(text)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.sense)
def test_a_sentence_holds_what_it_holds_beside_others(cue):
    for text in cue.examples:
        assert cue.sense in SENSES.of(f"We are open. {text} Come in.")


@given(st.text(alphabet="no swelfrm,.?;:–—()'\n ", max_size=200))
def test_any_text_can_be_read(text):
    assert all(hit.words for hit in SENSES.hits(text))


def pack(name: str, **cue) -> SensePack:
    given_cue = {"sense": "size", "phrases": ["zappy"], "examples": [], "counter_examples": [], **cue}
    return SensePack(pack=name, title="Ours", source="our own", version="1", senses=[given_cue])


def test_the_words_of_several_packs_add_up():
    senses = Senses([pack("a"), pack("b", phrases=["zippy"], unless=["zappy zebra"])])
    assert [hit.words for hit in senses.hits("A zappy, zippy drip")] == ["zappy", "zippy"]
    assert senses.of("A zappy zebra") == frozenset()
    assert Senses([]).of("A zappy drip") == frozenset()
