"""Hedges, denials, synonyms and figures, as words show them."""

import pytest
from sample_lexicon import FIGURES, PLAIN, figure

from review.language.cues import is_opposite, wording
from review.model.vocabulary import Wording


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Exosomes regrow hair.", Wording.ASSERTED),
        ("Exosomes may regrow hair.", Wording.HEDGED),
        ("The results can be permanent.", Wording.HEDGED),
        ("Cells cannot cross.", Wording.ASSERTED),
        ("You can’t wash your hair.", Wording.ASSERTED),
    ],
)
def test_wording(quote, expected):
    assert wording(quote) is expected


@pytest.mark.parametrize(
    ("quote", "statement", "expected"),
    [
        ("There are no contraindications.", "Exosome injections have contraindications.", True),
        ("there are also some contraindications", "Exosome injections have contraindications.", False),
        ("IT HASN’T BEEN APPROVED BY THE FDA", "The FDA has approved an exosome product.", True),
        ("No, it does not hurt.", "Exosome treatment hurts.", True),
        ("No. It is ideal to stop.", "It is ideal to stop.", False),
        ("Exosomes are safe.", "Exosome injections can harm people.", True),
        ("Dead follicles cannot recover.", "Dead follicles cannot recover.", False),
        ("No cuts, no pain and no scars", "Exosome treatment hurts.", True),
    ],
)
def test_opposites(quote, statement, expected):
    assert is_opposite(quote, statement) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No side effects", "No adverse effects"),
        ("painless", "No pain"),
        ("without surgery", "non-surgical"),
        ("not suitable during pregnancy", "unsuitable during pregnant"),
    ],
)
def test_other_words_for_the_same_are_compared_as_one(one, other):
    assert PLAIN.in_one_word(one).lower() == PLAIN.in_one_word(other).lower()


def test_numbers_in_words_are_read_whole():
    assert FIGURES.plain_of("Eighty-five per cent of men") == {figure(85, 85, "%")}
    assert FIGURES.of("twenty minutes") == {figure(20, 20, "minute")}
