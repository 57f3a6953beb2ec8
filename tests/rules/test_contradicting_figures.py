"""Claims of one proposition that give other figures contradict each other; other units alone do not."""

import pytest
from sample_lexicon import FIGURES

from review.model.records import Claim, Proposition
from review.verdicts.contradictions.opposed import contradictions


def claim(number: int, quote: str) -> Claim:
    return Claim(
        claim=f"home-00{number}",
        page="home",
        start=0,
        end=len(quote),
        quote=quote,
        category="durability",
        wording="asserted",
        checkworthy="yes",
        proposition="lasts",
        polarity="affirms",
    )


LASTS = Proposition(
    proposition="lasts",
    topic="exosome-efficacy",
    question="benefit",
    species="human",
    statement="It lasts.",
    population="x",
    intervention="x",
    comparator="x",
    outcome="x",
    horizon="x",
    outcome_kind="patient-oriented",
)


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        ("It lasts 3 months.", "It lasts 12 weeks.", False),
        ("It lasts 3 months.", "It lasts 12 months.", True),
        ("It lasts 3 days.", "It lasts 72 hours.", False),
        ("It lasts 3 days.", "It lasts 3 hours.", True),
        ("It lasts 3 months in 34%.", "It lasts 3 months in 50%.", True),
        ("It lasts 3 months in 34%.", "It lasts 3 months.", False),
        ("It lasts 3 months in 34%.", "It lasts.", False),
        ("It lasts 3 months or, in some, 2 years.", "It lasts 1 week; at most 24 months.", False),
    ],
)
def test_other_figures_exclude_each_other(one, other, excluded):
    found = contradictions([claim(1, one), claim(2, other)], {"lasts": LASTS}, [], FIGURES)
    assert [pair.why for pair in found] == ["The same thing with other figures."] * excluded
