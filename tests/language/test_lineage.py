"""Passages that pages share, in their words or in what they state, on teeth, fillers and tea."""

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from review.language.alignment import GAP, LEAST, Element, chains
from review.language.lineage import Lineage, PageWords, Stated, comparable, lineages, similarity
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


def quotes(shared: Lineage) -> list[str]:
    return [wording.quote for wording in shared.wordings]


def test_a_shared_passage_is_placed_and_measured():
    texts = {"b": f"Drink it.\n{WAS}", "a": f"{RICH}\nSo drink it."}
    (shared,) = shared_passages(**texts)
    assert [wording.pages for wording in shared.wordings] == [("a",), ("b",)]
    assert quotes(shared) == [RICH, WAS]
    for wording in shared.wordings:
        for place in wording.places:
            assert texts[place.page][place.start : place.end] == wording.quote
    # In order, 1 - 3/61 of 30 and 31 letters; sorted, "is" and "was" stand in different places.
    assert (shared.similarity, shared.kind, shared.parts) == (0.918, "reworded", 1)


def test_the_same_words_are_told_once_with_every_page():
    (shared,) = shared_passages(a=RICH, b=f"Drink it.\n{RICH}", c=RICH)
    assert [(x.quote, x.places) for x in shared.wordings] == [
        (RICH, (("a", 0, 31), ("b", 10, 41), ("c", 0, 31)))
    ]
    assert (shared.kind, shared.pages) == ("verbatim", {"a", "b", "c"})


def test_each_sentence_has_its_best_match_and_stands_in_one_passage():
    (shared,) = shared_passages(a=RICH, b=f"{WAS}\n{RICH}")
    (wording,) = shared.wordings
    assert [(place.page, place.start) for place in wording.places] == [("a", 0), ("b", len(WAS) + 1)]
    assert (wording.quote, shared.similarity, shared.kind) == (RICH, 1.0, "verbatim")


def test_a_page_told_again_in_other_words_is_one_passage():
    pages = {
        "clinic": page_of(FILLER, *((key, quote) for key, quote, _ in STATEMENTS)),
        "rival": page_of(FILLER_TOLD_AGAIN, *((key, quote) for key, _, quote in STATEMENTS)),
    }
    (shared,) = lineages(pages)
    assert (shared.kind, shared.parts) == ("paraphrased", 4)
    assert quotes(shared) == [
        FILLER[FILLER.index("fillers smooth") : FILLER.rindex(".")],
        FILLER_TOLD_AGAIN[14 : FILLER_TOLD_AGAIN.rindex(".")],
    ]
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
    assert quotes(shared) == [crowns.strip(), again.strip()]


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


BRACES = """Braces move teeth by a light and steady pull on each of them.
Most patients wear their braces for about eighteen months in all.
Sticky sweets can pull a bracket from the enamel of a tooth.
Wax from the box eases a wire that rubs against the cheek.
A retainer keeps the teeth in place after the braces come off.
"""
TOWNS = ("Ashford", "Bedale", "Corby", "Dunster", "Evesham", "Fowey", "Glossop", "Hexham")


def test_a_group_of_clinics_with_one_page_gets_one_row():
    group = {f"braces-{town}": BRACES for town in TOWNS}
    (shared,) = shared_passages(**group)
    (wording,) = shared.wordings
    assert wording.pages == tuple(sorted(group))
    assert (wording.quote, shared.parts) == (BRACES.strip(), 5)


def test_pages_with_the_name_of_their_town_are_held_against_one_of_them():
    local = {
        f"braces-{town}": BRACES.replace("Most patients", f"Most patients in {town}") for town in TOWNS
    }
    found = shared_passages(**local)
    assert len(found) == len(TOWNS) - 1
    for shared, town in zip(found, TOWNS[1:], strict=True):
        assert [wording.pages for wording in shared.wordings] == [
            ("braces-Ashford",), (f"braces-{town}",),
        ]  # fmt: skip
        assert 0.9 < shared.similarity < 1


def test_what_a_copy_has_for_itself_is_still_held_against_other_pages():
    own = "Clear trays straighten mild crowding of the lower front teeth."
    pages = {"first": BRACES, "second": f"{BRACES}\n{own}\n", "third": f"{own}\n"}
    found = {tuple(sorted(shared.pages)): quotes(shared) for shared in shared_passages(**pages)}
    assert found == {("first", "second"): [BRACES.strip()], ("second", "third"): [own]}


def test_a_sentence_put_into_a_copy_is_held_against_other_pages():
    own = "Clear trays straighten mild crowding of the lower front teeth."
    lines = BRACES.splitlines()
    pages = {"first": BRACES, "second": "\n".join([*lines[:2], own, *lines[2:]]), "third": f"{own}\n"}
    shared = {tuple(sorted(shared.pages)): quotes(shared) for shared in shared_passages(**pages)}
    assert shared["second", "third"] == [own]


def test_a_passage_of_a_page_that_has_copies_names_the_copies_too():
    other = "Wax from the box eases a wire that rubs against your cheek."
    found = shared_passages(a=BRACES, b=BRACES, other=other)
    (shared,) = (x for x in found if "other" in x.pages)
    assert [wording.pages for wording in shared.wordings] == [("a", "b"), ("other",)]


def test_a_page_under_review_is_told_by_itself_before_it_is_taken_for_a_copy():
    again = BRACES.replace("eighteen", "twenty")
    pages = {key: PageWords(text) for key, text in (("a", BRACES), ("b", again), ("c", BRACES))}
    by_name = [shared.pages for shared in lineages(pages)]
    assert by_name == [{"a", "b", "c"}, {"a", "c"}]
    assert {"b", "c"} <= {page for shared in lineages(pages, first=["b"]) for page in shared.pages}
    assert all("b" in shared.pages for shared in lineages(pages, first=["b"]))


@example(
    [
        [BRACES.splitlines()[0]],
        [BRACES.splitlines()[0]] * 4,
        [FILLER.splitlines()[1], *[BRACES.splitlines()[0]] * 3],
    ]
)
@given(
    st.lists(
        st.lists(st.sampled_from([*BRACES.splitlines(), *FILLER.splitlines()[1:], RICH]), max_size=6),
        min_size=2,
        max_size=4,
    )
)
def test_a_sentence_that_stands_on_two_pages_is_told_with_both(pages):
    texts = {f"page-{number}": "\n".join(lines) for number, lines in enumerate(pages)}
    found = lineages({name: PageWords(text) for name, text in texts.items()})
    for shared in found:
        for wording in shared.wordings:
            for page, start, end in wording.places:
                assert texts[page][start:end] == wording.quote
    for one, other in combinations(texts, 2):
        for line in set(texts[one].splitlines()) & set(texts[other].splitlines()):
            for page in (one, other):
                assert any(
                    (line in wording.quote and page in wording.pages) or page in shared.pages
                    for shared in found
                    for wording in shared.wordings
                )
