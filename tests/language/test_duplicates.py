"""Near-duplicates: exact similarity decides, order and case do not disturb."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.language.duplicates import jaccard, near_duplicates, shingles

TEXT = "Exosomes are isolated from donated human amniotic mesenchymal stem cells"


def test_copies_and_small_changes_are_one_group():
    texts = [
        TEXT,
        "It costs 9,000 dollars.",
        TEXT.upper() + ".",
        TEXT.replace("donated ", ""),
        "Hair follicles age like every part of the body.",
    ]
    assert near_duplicates(texts, 0.6) == ((0, 2, 3),)


def test_what_is_less_alike_than_asked_is_no_duplicate():
    texts = [TEXT, TEXT.replace("donated ", "")]
    alike = jaccard(shingles(texts[0]), shingles(texts[1]))
    assert near_duplicates(texts, alike) == ((0, 1),)
    assert near_duplicates(texts, alike + 0.01) == ()


@settings(max_examples=50)
@given(st.lists(st.text("ab c", max_size=12), max_size=12), st.floats(0.3, 1))
def test_every_member_is_alike_to_the_first(texts, threshold):
    groups = near_duplicates(texts, threshold)
    members = [number for group in groups for number in group]
    assert len(members) == len(set(members))
    for first, *others in groups:
        assert others
        assert all(jaccard(shingles(texts[first]), shingles(texts[n])) >= threshold for n in others)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a b c d", "a b c e", "x y z", "X Y Z", ""]), max_size=9))
def test_the_same_words_always_share_a_group(texts):
    group_of = {n: group for group in near_duplicates(texts, 1.0) for n in group}
    for a, text in enumerate(texts):
        for b in range(a):
            same = text.lower() == texts[b].lower()
            assert (group_of.get(a, a) == group_of.get(b, b)) == same


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_must_be_a_similarity(threshold):
    with pytest.raises(ValueError, match="not a similarity"):
        near_duplicates([TEXT], threshold)
