"""Mentions of long lists: what is met, in which form, and where it stands."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.language.flags.mentions import WordList, spelt

LIST = WordList(["gout", "heel pain", "pain", "high blood pressure", "COPD", "allergy", "biopsy"])


def mentioned(text: str, words: WordList = LIST) -> list[str]:
    return [span.of(text) for span in words.spans(spelt(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gout and heel pain.", ["Gout", "heel pain"]),
        ("HEEL-PAIN, heel  pain, heel’s pain", ["HEEL-PAIN", "heel  pain", "pain"]),
        ("Heel, pain", ["pain"]),
        ("Pains, allergies, biopsies", ["Pains", "allergies", "biopsies"]),
        ("High blood pressure; high blood", ["High blood pressure"]),
        ("COPD, COPDs, COPDS, copd", ["COPD", "COPDs", "COPDS"]),
        ("goutweed and a gouty toe", []),
        ("", []),
    ],
)
def test_what_a_list_meets(text, expected):
    assert mentioned(text) == expected


@given(
    st.lists(st.sampled_from(["gout", "heel", "pain", "of", "Pains", ",", "high", "blood"]), max_size=12)
)
def test_mentions_stand_in_order_and_never_overlap(words):
    text = " ".join(words)
    spans = list(LIST.spans(spelt(text)))
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    known = {"gout", "heel pain", "heel pains", "pain", "pains"}
    assert {span.of(text).lower() for span in spans} <= known


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for span in LIST.spans(spelt(text)):
        assert 0 <= span.start < span.end <= len(text)
