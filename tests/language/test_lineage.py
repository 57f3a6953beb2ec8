"""Passages that pages share, in their words or in what they state, on teeth, fillers and tea."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.language.alignment import GAP, LEAST, Element, chains
from review.language.lineage import PageWords, Stated, comparable, lineages, similarity
from review.language.sentences import Span

RICH = "Green tea is rich in catechins."
WAS = "Green tea was rich in catechins."

FILLER = """Who should have fillers?
Hyaluronic acid fillers smooth deep lines around the mouth. They draw water into the skin.
The result lasts nine to twelve months. Bruises fade within a week.
"""
FILLER_TOLD_AGAIN = """Is it for me?
Deep folds beside the lips are softened by injected hyaluronic acid. The gel binds water in skin.
You will enjoy the effect for nine to twelve months. Any bruising is gone in a week.
"""
STATEMENTS = (
    ("smooths", "fillers smooth deep lines around the mouth", "Deep folds beside the lips are softened"),
    ("water", "They draw water into the skin", "The gel binds water in skin"),
    ("lasts", "The result lasts nine to twelve months", "the effect for nine to twelve months"),
    ("bruises", "Bruises fade within a week", "Any bruising is gone in a week"),
)


def page_of(text: str, *quotes: tuple[str, str]) -> PageWords:
    """A page with what its quotes state."""
    places = ((text.index(quote), len(quote), statement) for statement, quote in quotes)
    return PageWords(text, tuple(Stated(at, at + length, what) for at, length, what in places))


def shared_passages(**texts: str):
    return lineages({name: PageWords(text) for name, text in texts.items()})


def test_a_shared_passage_is_placed_and_measured():
    texts = {"b": f"Drink it.\n{WAS}", "a": f"{RICH}\nSo drink it."}
    (shared,) = shared_passages(**texts)
    assert (shared.a.page, shared.b.page) == ("a", "b")
    assert (shared.a.quote, shared.b.quote) == (RICH, WAS)
    for side in (shared.a, shared.b):
        assert texts[side.page][side.start : side.end] == side.quote
    # In order, 1 - 3/61 of 30 and 31 letters; sorted, "is" and "was" stand in different places.
    assert (shared.similarity, shared.kind, shared.parts) == (0.918, "reworded", 1)


def test_every_pair_of_pages_is_compared():
    found = shared_passages(a=RICH, b=RICH, c=RICH)
    assert [(shared.a.page, shared.b.page) for shared in found] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_each_sentence_has_its_best_match_and_stands_in_one_passage():
    (shared,) = shared_passages(a=RICH, b=f"{WAS}\n{RICH}")
    assert (shared.b.quote, shared.similarity, shared.kind) == (RICH, 1.0, "verbatim")


def test_a_page_told_again_in_other_words_is_one_passage():
    pages = {
        "clinic": page_of(FILLER, *((key, quote) for key, quote, _ in STATEMENTS)),
        "rival": page_of(FILLER_TOLD_AGAIN, *((key, quote) for key, _, quote in STATEMENTS)),
    }
    (shared,) = lineages(pages)
    assert (shared.kind, shared.parts) == ("paraphrased", 4)
    assert shared.a.quote == FILLER[FILLER.index("fillers smooth") : FILLER.rindex(".")]
    assert shared.b.quote == FILLER_TOLD_AGAIN[14 : FILLER_TOLD_AGAIN.rindex(".")]
    # Without what they state, the words alone are too far apart.
    assert shared_passages(clinic=FILLER, rival=FILLER_TOLD_AGAIN) == ()


def test_the_same_statements_in_another_order_are_no_chain():
    quotes = [(key, quote) for key, quote, _ in STATEMENTS]
    again = " ".join(f"{quote}." for _, _, quote in reversed(STATEMENTS))
    pages = {
        "clinic": page_of(FILLER, *quotes),
        "rival": page_of(f"{again}\n", *((key, quote) for key, _, quote in STATEMENTS)),
    }
    assert {shared.parts for shared in lineages(pages)} == {1}


def test_a_denial_is_not_a_copy_of_what_it_denies():
    clinic = page_of(FILLER, *((f"affirms {key}", quote) for key, quote, _ in STATEMENTS))
    rival = page_of(FILLER_TOLD_AGAIN, *((f"denies {key}", quote) for key, _, quote in STATEMENTS))
    assert lineages({"clinic": clinic, "rival": rival}) == ()


def test_reworded_sentences_in_one_order_are_one_passage_without_any_claim():
    crowns = (
        "Zirconia crowns look like natural teeth. They are stronger than the older porcelain crowns. "
        "A dentist grinds the tooth before the crown is glued.\n"
    )
    again = (
        "Crowns of zirconia look like your natural teeth. They are stronger than old porcelain crowns. "
        "The dentist must grind the tooth before a crown is glued.\n"
    )
    (shared,) = shared_passages(a=crowns, b=again)
    assert (shared.kind, shared.parts) == ("reworded", 3)
    assert (shared.a.quote, shared.b.quote) == (crowns.strip(), again.strip())


@pytest.mark.parametrize(
    "line",
    [
        "How long does whitening of the teeth last?",
        "Everything you should know about whitening your teeth",
    ],
)
def test_a_question_or_a_heading_is_no_passage(line):
    words = {"a": "Gels bleach enamel slowly over nights.", "b": "Lamps add nothing to peroxide at all."}
    assert shared_passages(**{page: f"{line}\n\n{words[page]}\n" for page in words}) == ()


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


@pytest.mark.parametrize(("letters", "similarity"), [(5, 0.9), (6, None)])
def test_from_which_similarity_on_one_sentence_is_a_passage(letters, similarity):
    same = "tea leaves are dried in the open spaces of hills"[: 49 - letters]
    texts = {page: f"{same} {letter * letters}." for page, letter in (("a", "x"), ("b", "y"))}
    assert len(same) + 1 + letters == 50
    found = [shared.similarity for shared in shared_passages(**texts)]
    assert found == [similarity] * bool(similarity)


def test_similarity_weighs_order_by_half():
    assert similarity("a bite splint", "A bite splint!") == 1.0
    assert 0.5 < similarity("splint for the bite", "bite for the splint") < 1.0


def element(a: int, b: int, statement: str = "") -> Element:
    return Element(Span(a, a + 10), Span(b, b + 10), 0.8, statement or f"s{a}")


def test_a_chain_is_long_enough_in_order_and_without_wide_gaps():
    row = [element(0, 0), element(20, 30), element(50, 60)]
    assert chains(row) == [tuple(row)]
    assert chains(row[: LEAST - 1]) == []
    far = [row[0], row[1], element(30 + GAP, 60)]
    assert chains(far) == [tuple(far)]
    assert chains([row[0], row[1], element(31 + GAP, 60)]) == []
    assert chains([row[0], row[1], element(50, 5)]) == []


def test_parts_that_are_hardly_alike_are_no_chain():
    row = [Element(Span(x, x + 5), Span(x, x + 5), 0.49, f"s{x}") for x in (0, 10, 20)]
    assert chains(row) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=14), st.randoms())
def test_no_stretch_stands_in_two_chains_and_the_order_given_does_not_matter(places, random):
    elements = list({element(a * 5, b * 5, f"s{a}-{b}") for a, b in places})
    made = chains(elements)
    random.shuffle(elements)
    assert chains(elements) == made
    for chain in made:
        for first, then in pairwise(chain):
            assert first.a.start < then.a.start
            assert first.b.start < then.b.start
    extents = [(x[0].a.start, x[-1].a.end) for x in made]
    ordered = sorted(extents)
    assert all(end <= start for (_, end), (start, _) in pairwise(ordered))
