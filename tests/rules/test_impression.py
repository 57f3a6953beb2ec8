"""What a page leaves a reader with, on the five pages and on a page made for the purpose."""

import pytest

from review.verdicts.impression import LIMITS, RISKS, STATUS


@pytest.mark.parametrize(
    ("page", "made"),
    [
        # Read on the pages: only the patient guide says that it is experimental and not approved.
        ("clinic-brochure", {RISKS}),
        ("clinic-faq", {RISKS}),
        ("patient-guide", {LIMITS, RISKS, STATUS}),
        ("referral-blog", {LIMITS, RISKS}),
        ("surgeon-blog", {LIMITS}),
    ],
)
def test_the_three_disclosures(review, page, made):
    found = review.impression(page)
    assert {kind for kind, claims in found.disclosures.items() if claims} == made
    assert set(found.left_out) == {LIMITS, RISKS, STATUS} - made


def test_the_headline_is_the_beginning(review):
    for page in review.page_ids:
        found = review.impression(page)
        starts = [judged.claim.start for judged in found.headline]
        rest = [j.claim.start for j in review.judged if j.claim.page == page and j not in found.headline]
        assert max(starts, default=-1) < min(rest)


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        # The first paragraph of each page, as a reader sees it under its title.
        ("clinic-brochure", "Exosomes are tiny", "bypassing the need to use the stem cells themselves."),
        ("clinic-faq", "Exosomes are extracellular vesicles", "rather than the stem cells themselves."),
        ("referral-blog", "We use our hair", "by the age of 50."),
    ],
)
def test_the_headline_ends_with_the_first_paragraph(review, page, first, last):
    quotes = [judged.claim.quote for judged in review.impression(page).headline]
    assert first in quotes[0]
    assert quotes[-1].endswith(last)


def test_the_sentence_tells_what_is_left_out(small_review):
    found = small_review.impression("home")
    assert found.sentence.endswith(
        "the page says nothing of limits of the evidence or risks or regulatory status."
    )
    assert "2 of 2 claims in the headline" in found.sentence
