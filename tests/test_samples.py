"""Suggestions on five sample pages whose claims were marked by hand; docs/suggest.md has the figures.

The limits stand some way below what was measured, so that only a real loss fails.
"""

import pytest

from benchmarks.samples import HELD_OUT, TUNED, finding, matching, measured
from review.dossier.suggestions import suggestions, suggestions_of_all
from review.model.vocabulary import Match, Polarity


@pytest.fixture(scope="module")
def pages(review):
    return {name: measured(name, review) for name in (*TUNED, *HELD_OUT)}


@pytest.mark.parametrize(
    ("names", "recall", "precision", "right", "given"),
    [(TUNED, 0.92, 0.86, 0.80, 0.75), (HELD_OUT, 0.86, 0.70, 0.53, 0.70)],
)
def test_claims_are_found_and_matched(pages, names, recall, precision, right, given):
    some = [pages[name] for name in names]
    found, matched = finding(some), matching(some)
    assert found[0] > recall
    assert found[1] > precision
    assert matched[0] > right
    assert matched[2] > given


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("accordion-faq", "Before the treatment"),
        ("price-table", "Prices 2026"),
        ("price-table", "Hair treatments"),
        ("price-table", "What is included"),
        ("long-article", "Written by the clinic team"),
        ("long-article", "Reading time"),
    ],
)
def test_what_only_names_or_tells_of_the_page_is_no_claim(pages, name, heading):
    assert heading in pages[name].text
    assert not [one for one in pages[name].found if one.quote.startswith(heading)]


def test_a_denial_of_side_effects_meets_what_it_denies(pages):
    found = [*pages["accordion-faq"].found, *pages["long-article"].found]
    denied = [one for one in found if "side effects" in one.quote]
    assert len(denied) == 2
    for one in denied:
        assert (one.proposition, one.polarity) == ("exosome-has-adverse-effects", Polarity.DENIES)
        assert "This page does not name exosomes." in one.reason


def test_a_cell_is_read_with_its_row(pages):
    (one,) = [one for one in pages["price-table"].found if one.quote == "No side effects"]
    assert one.match is Match.NEW
    (sessions,) = [one for one in pages["price-table"].found if one.quote.startswith("8 to 12")]
    assert sessions.quote == "8 to 12"


def test_the_same_cell_is_read_with_each_of_its_rows(review):
    row = " | 3 to 6 | No side effects"
    text = f"Treatment | Sessions | Safety\nLaser{row}\nExosomes{row}\n"
    laser, exosomes = [one for one in suggestions(text, review) if one.quote == "No side effects"]
    assert laser.match is Match.NEW
    assert exosomes.proposition == "exosome-has-adverse-effects"


def test_the_same_words_are_read_for_what_each_page_sells(review):
    words = "There are no side effects.\n"
    own, other = suggestions_of_all([f"{it} heal.\n\n{words}" for it in ("Exosomes", "Lasers")], review)
    assert (own[-1].quote, own[-1].match) == (words.strip(), Match.KNOWN)
    assert (other[-1].quote, other[-1].match) == (words.strip(), Match.PERHAPS)
    assert own[-1].probability == other[-1].probability


def test_an_empty_page_has_no_claims(review):
    assert suggestions("", review) == ()
    assert suggestions(" \n\n", review) == ()


def test_times_alone_are_no_match(pages):
    (one,) = [one for one in pages["price-table"].found if one.quote == "A check after six months"]
    assert one.match is Match.NEW
    assert "no word but figures and times" in one.reason


def test_no_verdict_on_one_product_is_given_to_another(pages, review):
    for page in pages.values():
        named = review.lexicon.names.listed(page.text)["product"]
        for one in page.found:
            if one.match is Match.KNOWN:
                statement = review.proposition(one.proposition).statement
                about = review.lexicon.names.listed(statement)["product"]
                assert not about or about & named
