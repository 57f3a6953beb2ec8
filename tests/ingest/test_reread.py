"""A changed page: which claims stay, move, change or go, and what is new."""

from hypothesis import given
from hypothesis import strategies as st

from review.ingest.reread import changes
from review.model.records import Claim

OLD = (
    "Exosomes regrow hair. There are no side effects.\n\nIt costs 9,000$.\n\n"
    "Safe. Painless.\n\nThe laser: Safe.\n"
)


def claims(*quotes: str, text: str = OLD, nth: int = 0) -> list[Claim]:
    made = []
    for number, quote in enumerate(quotes, start=1):
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        made.append(claim(number, start, quote))
    return made


def claim(number: int, start: int, quote: str) -> Claim:
    return Claim(
        claim=f"home-{number:03d}",
        page="home",
        start=start,
        end=start + len(quote),
        quote=quote,
        category="efficacy",
        wording="asserted",
        checkworthy="yes",
        proposition="regrows",
        polarity="affirms",
    )


def test_an_unchanged_page_changes_nothing():
    found = changes(OLD, OLD, claims("Exosomes regrow hair.", "It costs 9,000$."))
    assert [item.stays for item in found.kept] == [True, True]
    assert (found.changed, found.gone, found.new) == ((), (), ())


def test_a_claim_moves_with_its_words():
    new = f"Welcome.\n\n{OLD}"
    (item,) = changes(OLD, new, claims("There are no side effects.")).kept
    assert new[item.start : item.end] == "There are no side effects."
    assert item.start == item.claim.start + len("Welcome.\n\n")


def test_a_changed_claim_is_shown_with_both_wordings():
    new = OLD.replace("Exosomes regrow hair.", "Exosomes can regrow hair.")
    found = changes(OLD, new, claims("Exosomes regrow hair.", "regrow hair", "It costs 9,000$."))
    (whole,) = found.changed
    assert (whole.claim.claim, whole.quote) == ("home-001", "Exosomes can regrow hair.")
    assert new[whole.start : whole.end] == whole.quote
    assert {item.claim.claim for item in found.kept} == {"home-002", "home-003"}
    assert found.new == ()


def test_a_part_of_a_sentence_changes_into_a_part():
    old = "The serum, which is made here, regrows lost hair within three months of use.\n"
    new = "The serum, which is made here, regrows your hair within three months of use.\n"
    (found,) = changes(old, new, claims("regrows lost hair within three months", text=old)).changed
    assert found.quote == "regrows your hair within three months"


def test_a_claim_without_a_likeness_is_gone_and_what_is_there_instead_is_new():
    new = OLD.replace("It costs 9,000$.", "Parking is free of charge for visitors.")
    found = changes(OLD, new, claims("It costs 9,000$.", "Exosomes regrow hair."))
    assert [item.claim for item in found.gone] == ["home-001"]
    assert found.new == ("Parking is free of charge for visitors.",)


def test_a_negation_is_never_taken_for_the_same_claim():
    new = OLD.replace("There are no side effects.", "There are side effects.")
    found = changes(OLD, new, claims("There are no side effects."))
    assert found.kept == ()
    assert found.changed[0].quote == "There are side effects."


def test_a_repeated_quote_follows_what_stands_around_it():
    first, second = OLD.index("Safe."), OLD.rindex("Safe.")
    both = [claim(1, first, "Safe."), claim(2, second, "Safe.")]
    new = "The laser: Safe.\n\nSafe. Painless.\n"
    found = {item.claim.claim: item.start for item in changes(OLD, new, both).kept}
    assert found == {"home-001": new.rindex("Safe."), "home-002": new.index("Safe.")}


def test_a_repeated_quote_that_is_there_once_less_is_gone_once():
    first, second = OLD.index("Safe."), OLD.rindex("Safe.")
    both = [claim(1, first, "Safe."), claim(2, second, "Safe.")]
    found = changes(OLD, "Nothing else.\n\nThe laser: Safe.\n", both)
    assert [item.claim.claim for item in found.kept] == ["home-002"]
    assert [item.claim for item in found.gone] == ["home-001"]


def test_two_claims_on_the_same_words_move_together():
    start = OLD.index("Exosomes")
    both = [claim(1, start, "Exosomes regrow hair."), claim(2, start, "Exosomes regrow hair.")]
    found = changes(OLD, f"Hello there. {OLD}", both)
    assert [item.start for item in found.kept] == [13, 13]


SENTENCE = st.sampled_from(
    ["It works.", "It works well.", "No pain.", "It is safe.", "Hair grows.", "It costs little."]
)


@given(st.lists(SENTENCE, min_size=1, max_size=8), st.lists(SENTENCE, min_size=1, max_size=8))
def test_every_claim_is_told_of_once_and_every_offset_is_right(old, new):
    before, after = " ".join(old), " ".join(new)
    made, at = [], 0
    for number, sentence in enumerate(old, start=1):
        made.append(claim(number, at, sentence))
        at += len(sentence) + 1
    found = changes(before, after, made)
    told = [item.claim.claim for item in (*found.kept, *found.changed)]
    assert sorted(told + [item.claim for item in found.gone]) == [item.claim for item in made]
    for item in found.kept:
        assert after[item.start : item.end] == item.claim.quote
    for item in found.changed:
        assert after[item.start : item.end] == item.quote != item.claim.quote
    assert len({item.start for item in found.kept}) == len(found.kept)
    assert not set(found.new) & set(old)


@given(st.lists(SENTENCE, min_size=1, max_size=8))
def test_a_text_put_before_moves_every_claim_by_its_length(old):
    before = " ".join(old)
    made, at = [], 0
    for number, sentence in enumerate(old, start=1):
        made.append(claim(number, at, sentence))
        at += len(sentence) + 1
    found = changes(before, f"Something quite different stands here first. {before}", made)
    assert all(item.start == item.claim.start + 45 for item in found.kept)
    assert len(found.kept) == len(made)
