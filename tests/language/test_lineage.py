"""Passages that pages share, word by word, on sentences about tea."""

import pytest

from review.language.lineage import comparable, lineages

RICH = "Green tea is rich in catechins."
WAS = "Green tea was rich in catechins."


def test_a_shared_passage_is_placed_and_measured():
    texts = {"b": f"Drink it.\n{WAS}", "a": f"{RICH}\nSo drink it."}
    (shared,) = lineages(texts)
    assert (shared.a.page, shared.b.page) == ("a", "b")
    assert (shared.a.quote, shared.b.quote) == (RICH, WAS)
    for side in (shared.a, shared.b):
        assert texts[side.page][side.start : side.end] == side.quote
    # One letter less and two more, of 30 and 31: 1 - 3/61, to three places.
    assert (shared.similarity, shared.kind) == (0.951, "reworded")


def test_every_pair_of_pages_is_compared():
    found = lineages({"a": RICH, "b": RICH, "c": RICH})
    assert [(shared.a.page, shared.b.page) for shared in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_each_sentence_has_its_best_match():
    (shared,) = lineages({"a": RICH, "b": f"{WAS}\n{RICH}"})
    assert (shared.b.quote, shared.similarity, shared.kind) == (RICH, 1.0, "verbatim")


@pytest.mark.parametrize(
    ("sentence", "compared"),
    [
        ("Tea is rich in catechins.", False),
        (RICH, True),
        ("Green tea is very rich in catechins.", True),
    ],
)
def test_a_sentence_of_six_words_is_long_enough(sentence, compared):
    assert bool(comparable(sentence)) is compared


@pytest.mark.parametrize(("letters", "similarity"), [(15, 0.7), (16, None)])
def test_from_which_similarity_on_two_sentences_are_one_passage(letters, similarity):
    same = "tea leaves are dried in open spaces"[: 49 - letters]
    texts = {page: f"{same} {letter * letters}." for page, letter in (("a", "x"), ("b", "y"))}
    assert len(same) + 1 + letters == 50
    assert [shared.similarity for shared in lineages(texts)] == [similarity] * bool(similarity)
