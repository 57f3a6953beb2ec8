"""How firmly a sentence puts its claim, clause by clause."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.language.wording.clauses import clauses
from review.language.wording.firmness import Firmness, firmness
from review.model.vocabulary import Wording

HEDGED = Wording.HEDGED


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        ("It whitens teeth.", ["It whitens teeth."]),
        ("Results may vary; fat melts away.", ["Results may vary; ", "fat melts away."]),
        ("It may sting, but it heals fast.", ["It may sting,", " but it heals fast."]),
        ("It may ease pain and improve sleep.", ["It may ease pain and improve sleep."]),
        ("It may ease pain and it is cheap.", ["It may ease pain", " and it is cheap."]),
        ("Although it may sting, it heals.", ["Although it may sting,", " it heals."]),
        (
            "The gel, which may sting a bit, fills lines.",
            ["The gel,", " which may sting a bit,", " fills lines."],
        ),
        (
            "Stress, smoking and illness can stain teeth.",
            ["Stress, smoking and illness can stain teeth."],
        ),
        ("Side effects: redness.", ["Side effects: redness."]),
        ("It is simple: you may go home.", ["It is simple", ": you may go home."]),
        ("It may hurt – pain passes in minutes.", ["It may hurt", " – pain passes in minutes."]),
    ],
)
def test_where_a_clause_ends(quote, parts):
    assert "".join(parts) == quote
    assert [span.of(quote).strip() for span in clauses(quote)] == [part.strip() for part in parts]


@given(st.text(alphabet="it may,;:–()and but h.?\n", max_size=120))
def test_clauses_leave_nothing_out(text):
    spans = clauses(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("It is not known why, but the patch stops smoking for good.", Firmness.FACT),
        ("Results may vary; the drip restores energy.", Firmness.FACT),
        ("Although results may vary, veneers last ten years.", Firmness.FACT),
        ("Veneers last ten years, although results may vary.", Firmness.FACT),
        ("Results may vary – veneers last for decades.", Firmness.FACT),
        ("Fillers plump lips (results may vary).", Firmness.FACT),
        ("The gel, which may sting, fills lines.", Firmness.FACT),
        ("The peel fades scars by a mechanism that is unclear.", Firmness.FACT),
        ("It is unclear why the peel fades scars.", Firmness.FACT),
        ("The most powerful filler lifts cheeks.", Firmness.FACT),
        ("At most three fillings are placed.", Firmness.FACT),
        ("In May 2020 we opened, and the drip restores energy.", Firmness.FACT),
        ("The diet cannot fail.", Firmness.FACT),
        ("People on it are more likely to lose weight.", Firmness.FACT),
        ("It may ease cramps and improve sleep.", Firmness.MAY),
        ("Fillers – tiny gels made of sugar – may plump lips.", Firmness.MAY),
        ("If the tooth is dead, it can be whitened from within.", Firmness.MAY),
        ("Stress, smoking and illness can stain teeth.", Firmness.MAY),
        ("Early studies suggest that the drip restores energy.", Firmness.MAY),
        ("Most patients probably lose weight, or may lose it.", Firmness.MAY),
        ("A record of a reader alone.", Firmness.MAY),
        ("Most patients lose weight.", Firmness.LIKELY),
        ("Most of them lose weight.", Firmness.LIKELY),
        ("The crown is likely to last.", Firmness.LIKELY),
        ("It is unclear whether the peel fades scars.", Firmness.UNCERTAIN),
        ("How long a crown lasts is not known.", Firmness.UNCERTAIN),
        ("The evidence is very uncertain on ozone for teeth.", Firmness.UNCERTAIN),
        ("It is very uncertain whether ozone heals teeth.", Firmness.UNCERTAIN),
        ("The drip has not been shown in people to restore energy.", Firmness.UNCERTAIN),
        ("Nobody knows whether the drip restores energy.", Firmness.UNCERTAIN),
        ("Studies disagree on whether ozone heals teeth.", Firmness.UNCERTAIN),
        ("Can ozone heal teeth? Time will tell.", Firmness.UNCERTAIN),
    ],
)
def test_how_firmly_a_hedged_quote_puts_it(quote, expected):
    assert firmness(quote, HEDGED) is expected
    assert firmness(quote, Wording.ASSERTED) is Firmness.FACT


TWO = "The drip may restore energy, and it clears the skin."


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("A vitamin drip restores energy.", Firmness.MAY),
        ("A vitamin drip clears the skin.", Firmness.FACT),
        ("Crowns last ten years.", Firmness.FACT),
        ("", Firmness.FACT),
    ],
)
def test_the_clause_of_the_statement_counts(statement, expected):
    assert firmness(TWO, HEDGED, statement) is expected


CLAUSES = {
    "a crown lasts for years": Firmness.FACT,
    "a crown may last for years": Firmness.MAY,
    "a crown usually lasts for years": Firmness.LIKELY,
    "nobody knows whether a crown lasts": Firmness.UNCERTAIN,
}


@given(st.lists(st.sampled_from(sorted(CLAUSES)), min_size=1, max_size=5))
def test_the_firmest_clause_counts(parts):
    read = {CLAUSES[part] for part in parts}
    expected = Firmness.MAY if read == {Firmness.FACT} else max(read)
    assert firmness("; ".join(parts), HEDGED, "A crown lasts.") is expected


@given(st.text(alphabet="it may most ,;:–()?.nkow", max_size=120), st.text(max_size=20))
def test_any_quote_has_a_firmness(quote, statement):
    assert firmness(quote, HEDGED, statement) in Firmness
