"""Claims matched to propositions: worked examples of what must and must not match."""

import pytest

from review.language.claims.learning.models import TooLittleToLearnError
from review.language.claims.learning.training import learnt_claims
from review.language.claims.places import ClaimPlace, Marked, places_of
from review.language.matching.matcher import KNOWN, PERHAPS, Matcher
from review.model.vocabulary import Match, Polarity

MICE = "Mice regrow hair within six days of exosome treatment."


@pytest.fixture(scope="module")
def pages(review):
    evidence = review.evidence
    return [
        Marked(page.text, tuple(c for c in evidence.claims.values() if c.page == key))
        for key, page in evidence.pages.items()
    ]


@pytest.fixture(scope="module")
def matcher(review, pages):
    """The matcher of all pages, which also knows a statement about mice."""
    known = dict(review.evidence.propositions)
    like = known["exosomes-cross-barriers-that-cells-cannot"]
    values = {"proposition": "six-days-in-mice", "statement": MICE, "species": "animal"}
    known["six-days-in-mice"] = like.model_copy(update=values)
    return Matcher(known, pages, review.lexicon)


def matched(matcher, quote, heading=""):
    return matcher.match([ClaimPlace(quote, quote, heading, "")])[0]


@pytest.mark.parametrize(
    ("quote", "proposition", "polarity"),
    [
        (
            "There are no contraindications to exosome injections",
            "exosome-injections-have-contraindications",
            Polarity.DENIES,
        ),
        (
            "Exosome injections have some contraindications",
            "exosome-injections-have-contraindications",
            Polarity.AFFIRMS,
        ),
        ("VEGF stimulates new blood vessels", "vegf-forms-blood-vessels", Polarity.AFFIRMS),
    ],
)
def test_what_is_the_same_is_known(matcher, quote, proposition, polarity):
    found = matched(matcher, quote)
    assert (found.proposition, found.match, found.polarity) == (proposition, Match.KNOWN, polarity)
    assert found.probability >= KNOWN
    assert ("denies" in found.reason) == (polarity is Polarity.DENIES)


def test_mice_are_mice(matcher):
    found = matched(matcher, "Mice regrow hair within six days of exosome treatment")
    assert found.proposition == "six-days-in-mice"
    assert "same species: animal" in found.reason
    assert "same figures: 6 day" in found.reason


@pytest.mark.parametrize(
    ("quote", "forbidden", "what"),
    [
        (
            "People regrow hair within six days of exosome treatment",
            "six-days-in-mice",
            "species: human",
        ),
        ("Mice regrow hair within nine days of exosome treatment", "six-days-in-mice", "figures: 9 day"),
        ("MIP-1: forms new blood vessels", "vegf-forms-blood-vessels", "substance: MIP-1 here, VEGF"),
    ],
)
def test_what_disagrees_is_never_matched(matcher, quote, forbidden, what):
    found = matched(matcher, quote)
    assert found.proposition != forbidden
    if found.match is Match.NEW:
        assert what in found.reason


@pytest.mark.parametrize(
    ("quote", "names", "named", "match"),
    [
        ("There are no side effects", "", frozenset({"exosomes"}), Match.KNOWN),
        ("There are no side effects", "", frozenset(), Match.PERHAPS),
        ("There are no side effects", "Sample Laser", frozenset({"exosomes", "laser"}), Match.NEW),
    ],
)
def test_a_verdict_on_one_product_is_none_on_another(matcher, quote, names, named, match):
    (found,) = matcher.match([ClaimPlace(quote, quote, "", "", names, named)])
    assert found.match is match
    assert found.polarity is Polarity.DENIES
    if match is not Match.NEW:
        assert found.proposition == "exosome-has-adverse-effects"


def test_what_nobody_said_is_new(matcher):
    found = matched(matcher, "The clinic has a parking lot with twelve places.")
    assert (found.proposition, found.match) == ("", Match.NEW)
    assert found.probability < PERHAPS
    assert "closest is" in found.reason


def test_nothing_to_match(matcher):
    assert matcher.match([]) == []


def test_a_page_left_out_is_found_and_matched_better_than_by_chance(review, pages):
    """The surgeon's blog; the figures of all pages stand in docs/suggest.md."""
    page, others = pages[-1], pages[:-1]
    assert page.claims[0].page == "surgeon-blog"
    known = {claim.proposition for other in others for claim in other.claims}
    statements = {key: one for key, one in review.evidence.propositions.items() if key in known}
    found = Matcher(statements, others, review.lexicon).match(list(places_of(page, review.lexicon)))
    right = [
        one.proposition == (claim.proposition if claim.proposition in known else "")
        for one, claim in zip(found, page.claims, strict=True)
    ]
    assert sum(right) / len(right) > 0.75


def test_too_few_marked_claims_are_refused(review, pages):
    with pytest.raises(TooLittleToLearnError, match="too few to learn from"):
        learnt_claims(pages[:1], review.lexicon)
    with pytest.raises(TooLittleToLearnError, match="0 marked claims on 0 pages"):
        learnt_claims([], review.lexicon)


def test_pages_that_share_no_proposition_are_refused(review, pages):
    first = {claim.proposition for claim in pages[0].claims}
    others = [
        Marked(page.text, tuple(claim for claim in page.claims if claim.proposition not in first))
        for page in pages[1:2]
    ]
    with pytest.raises(TooLittleToLearnError, match="no proposition is stated on two pages"):
        Matcher(review.evidence.propositions, [pages[0], *others], review.lexicon)
