"""What a page leaves a reader with, on the five pages and on a page made for the purpose."""

from hashlib import sha256

import pytest

from review.verdicts.impression import LIMITS, RISKS, STATUS
from review.workbench import open_review


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


HOME = """Regrow your hair without surgery at last.
Our exosomes wake sleeping hair follicles in weeks.
Nine of ten patients see new hair by spring, our doctors say.
"""


@pytest.fixture
def home(folder):
    """The review of a page whose first line has seven words and whose second has eight."""
    (folder / "pages" / "home.txt").write_bytes(HOME.encode())
    digest = sha256(HOME.encode()).hexdigest()
    pages = (folder / "pages.csv").read_text("utf-8").splitlines()
    pages[1] = f"home,Home,other,{digest},not_reported,not_reported,none"
    (folder / "pages.csv").write_text("\n".join([*pages, ""]), "utf-8")
    head, *_ = (folder / "claims.csv").read_text("utf-8").splitlines()
    rows = [head]
    for number, line in enumerate(HOME.splitlines(), start=1):
        start = HOME.index(line)
        cells = f'{start},{start + len(line)},"{line}",efficacy,asserted,yes,regrows,affirms'
        rows.append(f"home-{number:03d},home,{cells}")
    (folder / "claims.csv").write_text("\n".join([*rows, ""]), "utf-8")
    return open_review([folder])


def test_the_first_paragraph_has_eight_words_and_what_is_shorter_stands_above_it(home):
    assert [len(line.split()) for line in HOME.splitlines()[:2]] == [7, 8]
    found = home.impression("home")
    assert [judged.claim.claim for judged in found.headline] == ["home-001", "home-002"]


def test_the_sentence_tells_what_is_left_out(small_review):
    found = small_review.impression("home")
    assert found.sentence.endswith(
        "the page says nothing of limits of the evidence or risks or regulatory status."
    )
    assert "2 of 2 claims in the headline" in found.sentence
