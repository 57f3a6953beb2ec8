"""Statistics of agreement: against published worked examples, other libraries, and their own laws.

Where each example stands is said beside it; `docs/agreement.md` lists them.
"""

import math
import re

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater
from statsmodels.stats.proportion import proportion_confint

from review.teaching.agreement import (
    KRIPPENDORFF,
    LANDIS_KOCH,
    RESAMPLES,
    SEED,
    Statistic,
    agreement,
    band,
    cohens_kappa,
    wilson,
)
from review.teaching.ratings import Scale

S = Statistic


def table(rows, raters=None):
    """Ratings of rows of values, one row a unit, None where missing."""
    return {
        f"unit {at:03d}": {f"rater {j}": None if v is None else str(v) for j, v in enumerate(row)}
        for at, row in enumerate(rows)
    }


def crossed(cells):
    """Ratings of a square table: the first rater's category in rows, the second's in columns."""
    return table([(i, j) for i, row in enumerate(cells) for j, n in enumerate(row) for _ in range(n)])


def counted(rows):
    """Ratings of rows of counts by category, as printed where raters are not told apart."""
    return table([[c for c, n in enumerate(row) for _ in range(n)] for row in rows])


def found(ratings, categories, ordered=False):
    scale = Scale(tuple(str(category) for category in categories), ordered)
    return {one.statistic: one for one in agreement(ratings, scale)}


NA = None
# Four raters, twelve units, ratings missing: cac.raw4raters of the R package irrCAC 1.0 by K. L. Gwet
# (Handbook of Inter-Rater Reliability, 4th ed., 2014), and example C of Krippendorff 2011, "Computing
# Krippendorff's alpha-reliability" (there the lone rating of unit 12 is another rater's).
FOUR_RATERS = [
    (1, 1, NA, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4),
    (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (NA, 5, 5, 5), (NA, NA, 1, 1), (NA, NA, 3, NA),
]  # fmt: skip
# Five raters, twenty units: Gwet, Handbook, 5th ed., 2021, page 165.
FIVE_RATERS = [
    (1, 1, 2, NA, 2), (1, 1, 0, 1, NA), (2, 3, 3, 3, NA), (NA, 0, 0, NA, 0), (0, 0, 0, NA, 0),
    (0, 0, 0, NA, 0), (1, 0, 2, NA, 1), (1, NA, 2, 0, NA), (2, 2, 2, NA, 2), (2, 1, 1, 1, NA),
    (NA, 1, 0, 0, NA), (0, 0, 0, 0, NA), (1, 2, 2, 2, NA), (3, 3, 2, 2, 3), (1, 1, 1, NA, 1),
    (1, 1, 1, NA, 1), (2, 1, 2, NA, 2), (1, 2, 3, 3, NA), (1, 1, 0, 1, NA), (0, 0, 0, NA, 0),
]  # fmt: skip
# 100 pregnancies, two abstractors: cont3x3abstractors of irrCAC.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
# Two judges, 200 cases: Cohen 1968, table 1.
JUDGES = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
# Six psychiatrists, 30 patients, five diagnoses: Fleiss 1971, table 1.
DIAGNOSES = [
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0), (2, 0, 4, 0, 0),
    (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6), (1, 0, 0, 5, 0), (1, 1, 0, 4, 0),
    (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1), (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0),
    (0, 2, 0, 4, 0), (1, 0, 2, 0, 3), (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0),
    (1, 0, 0, 4, 1), (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
]  # fmt: skip
# A square table with limits as printed by SAS, kept in the tests of statsmodels.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]

PUBLISHED = [
    pytest.param(crossed(JUDGES), range(3), S.KAPPA, "0.492", id="Cohen 1968: kappa"),
    pytest.param(crossed(ABSTRACTORS), range(3), S.KAPPA, "0.7964094", id="irrCAC abstractors: kappa"),
    pytest.param(
        crossed(ABSTRACTORS), range(3), S.KAPPA_QUADRATIC, "0.8921569", id="irrCAC abstractors: weighted"
    ),
    pytest.param(crossed(ABSTRACTORS), range(3), S.AC1, "0.8493305", id="irrCAC abstractors: AC1"),
    pytest.param(crossed(ABSTRACTORS), range(3), S.AC2_QUADRATIC, "0.9402369", id="irrCAC: AC2"),
    pytest.param(crossed(ABSTRACTORS), range(3), S.ALPHA_NOMINAL, "0.7972585", id="irrCAC: alpha"),
    pytest.param(crossed(ABSTRACTORS), range(3), S.PERCENT, "0.89", id="irrCAC: percent agreement"),
    pytest.param(crossed(SAS), range(3), S.KAPPA, "0.4842", id="SAS: kappa"),
    pytest.param(crossed(SAS), range(3), S.KAPPA_LINEAR, "0.4701", id="SAS: weighted kappa"),
    pytest.param(counted(DIAGNOSES), range(5), S.FLEISS, "0.430", id="Fleiss 1971: kappa"),
    pytest.param(table(FOUR_RATERS), range(1, 6), S.PERCENT, "0.8181818", id="irrCAC: percent, missing"),
    pytest.param(table(FOUR_RATERS), range(1, 6), S.AC1, "0.77544", id="Gwet 2014: AC1, missing"),
    pytest.param(
        table(FOUR_RATERS), range(1, 6), S.AC2_QUADRATIC, "0.914", id="Gwet 2014: AC2, missing"
    ),
    pytest.param(
        table(FOUR_RATERS), range(1, 6), S.ALPHA_NOMINAL, "0.74342", id="irrCAC: alpha, missing"
    ),
    pytest.param(table(FOUR_RATERS), range(1, 6), S.ALPHA_NOMINAL, "0.743", id="Krippendorff 2011"),
    pytest.param(table(FOUR_RATERS), range(1, 6), S.ALPHA_ORDINAL, "0.815", id="Krippendorff, ordinal"),
    pytest.param(table(FIVE_RATERS), range(4), S.AC1, "0.5021", id="Gwet 2021: AC1"),
    pytest.param(table(FIVE_RATERS), range(4), S.AC2_QUADRATIC, "0.8224", id="Gwet 2021: AC2"),
]


@pytest.mark.parametrize(("ratings", "categories", "statistic", "printed"), PUBLISHED)
def test_a_published_value_to_its_last_digit(ratings, categories, statistic, printed):
    value = found(ratings, categories, ordered=True)[statistic].value
    assert f"{value:.{len(printed.partition('.')[2])}f}" == printed


def test_the_document_lists_every_published_value(project):
    text = (project / "docs" / "agreement.md").read_text("utf-8")
    for case in PUBLISHED:
        assert case.values[3].removeprefix("0") in text, case.id


def test_every_statistic_has_a_published_example():
    # Linear AC2 differs from quadratic AC2 in its weights alone, and these are those of linear kappa.
    assert {case.values[2] for case in PUBLISHED} == set(Statistic) - {S.AC2_LINEAR}


@pytest.mark.parametrize(
    ("ratings", "categories", "statistic", "low", "high"),
    [
        pytest.param(table(FOUR_RATERS), range(1, 6), S.AC1, "0.461", "1", id="Gwet 2014: AC1"),
        pytest.param(
            table(FOUR_RATERS), range(1, 6), S.AC2_QUADRATIC, "0.685", "1", id="Gwet 2014: AC2"
        ),
        pytest.param(crossed(SAS), range(3), S.KAPPA, "0.2137", "0.7547", id="SAS: kappa"),
        pytest.param(crossed(SAS), range(3), S.KAPPA_LINEAR, "0.1845", "0.7558", id="SAS: weighted"),
    ],
)
def test_a_published_interval_to_its_last_digit(ratings, categories, statistic, low, high):
    one = found(ratings, categories, ordered=True)[statistic]
    for limit, printed in ((one.low, low), (one.high, high)):
        assert f"{limit:.{len(printed.partition('.')[2])}f}" == printed


def test_weighted_kappa_of_cohens_own_weights():
    """Cohen 1968 weighs the disagreements of his table by 0, 1, 3 and 6 and prints .348."""
    weights = 1 - np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]]) / 6
    assert f"{cohens_kappa(np.array(JUDGES), weights)[0]:.3f}" == "0.348"


def test_high_agreement_and_a_low_kappa_that_ac1_does_not_share():
    """Nearly all in one category: 125 pairs of the kind that Feinstein and Cicchetti 1990 discuss."""
    one = found(crossed([[118, 5], [2, 0]]), range(2))
    assert one[S.PERCENT].value == pytest.approx(118 / 125)
    assert one[S.KAPPA].value < 0
    assert one[S.ALPHA_NOMINAL].value < 0
    assert one[S.AC1].value > 0.93
    assert (one[S.KAPPA].band.name, one[S.AC1].band.name) == ("poor", "almost perfect")


def test_gwets_own_data_have_a_lower_kappa_than_ac1_in_two_bands():
    """cont3x3abstractors of irrCAC: .796 and .849 of the same 100 pairs, most in one category."""
    one = found(crossed(ABSTRACTORS), range(3))
    assert (one[S.KAPPA].band.name, one[S.AC1].band.name) == ("substantial", "almost perfect")


# Against other libraries


ratings_of = st.lists(st.tuples(*[st.sampled_from("abcd")] * 2), min_size=2, max_size=25)
with_gaps = st.lists(
    st.tuples(*[st.sampled_from(["a", "b", "c", "d", None])] * 4), min_size=2, max_size=15
)
FAST = settings(max_examples=25)


@FAST
@given(ratings_of)
def test_kappas_are_those_of_scikit_learn(pairs):
    one = found(table(pairs), "abcd", ordered=True)
    a, b = zip(*pairs, strict=True)
    for statistic, weights in (
        (S.KAPPA, None),
        (S.KAPPA_LINEAR, "linear"),
        (S.KAPPA_QUADRATIC, "quadratic"),
    ):
        if one[statistic].value is not None:
            theirs = cohen_kappa_score(a, b, labels=list("abcd"), weights=weights)
            assert one[statistic].value == pytest.approx(theirs, abs=1e-12)


@FAST
@given(ratings_of)
def test_kappas_and_their_limits_are_those_of_statsmodels(pairs):
    one = found(table(pairs), "abcd", ordered=True)
    cross = [[pairs.count((first, second)) for second in "abcd"] for first in "abcd"]
    for statistic, weights in (
        (S.KAPPA, None),
        (S.KAPPA_LINEAR, "linear"),
        (S.KAPPA_QUADRATIC, "quadratic"),
    ):
        if one[statistic].value is not None:
            with np.errstate(invalid="ignore", divide="ignore"):
                theirs = inter_rater.cohens_kappa(cross, wt=weights)
            reach = 1.959963984540054 * math.sqrt(max(theirs.var_kappa, 0))
            limits = [max(theirs.kappa - reach, -1), min(theirs.kappa + reach, 1)]
            ours = [one[statistic].value, one[statistic].low, one[statistic].high]
            # The root of a variance of nought: statsmodels leaves the rounding in it.
            assert ours == pytest.approx([theirs.kappa, *limits], abs=1e-6 if reach < 1e-5 else 1e-12)


@FAST
@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 4), min_size=1, max_size=15))
def test_fleiss_kappa_is_that_of_statsmodels(rows):
    one = found(table(rows), "abc")[S.FLEISS]
    if one.value is not None:
        theirs = inter_rater.fleiss_kappa([[row.count(letter) for letter in "abc"] for row in rows])
        assert one.value == pytest.approx(theirs, abs=1e-12)


@given(st.integers(1, 500), st.floats(0, 1))
def test_wilsons_interval_is_that_of_statsmodels(of, share):
    count = round(of * share)
    assert wilson(count, of) == pytest.approx(proportion_confint(count, of, method="wilson"), abs=1e-12)


@FAST
@given(with_gaps)
def test_alphas_are_those_of_the_krippendorff_package(rows):
    one = found(table(rows), "abcd", ordered=True)
    codes = {letter: at for at, letter in enumerate("abcd")}
    data = np.array([[math.nan if v is None else codes[v] for v in row] for row in rows]).T
    for statistic, level in ((S.ALPHA_NOMINAL, "nominal"), (S.ALPHA_ORDINAL, "ordinal")):
        if one[statistic].value is not None:
            theirs = krippendorff.alpha(data, level_of_measurement=level, value_domain=range(4))
            assert one[statistic].value == pytest.approx(theirs, abs=1e-9)


# Properties


def values(statistics):
    return {
        name: (one.value, one.low, one.high, one.units, one.note) for name, one in statistics.items()
    }


def assert_same(one, other):
    for name, mine in values(one).items():
        assert mine == pytest.approx(values(other)[name], abs=1e-9, nan_ok=False), name


@FAST
@given(with_gaps, st.randoms(use_true_random=False))
def test_the_order_and_names_of_units_and_raters_make_no_difference(rows, random):
    columns = list(range(4))
    random.shuffle(columns)
    shuffled = [[row[at] for at in columns] for row in rows]
    random.shuffle(shuffled)
    assert_same(found(table(rows), "abcd", ordered=True), found(table(shuffled), "abcd", ordered=True))


@FAST
@given(ratings_of)
def test_it_does_not_matter_who_of_two_comes_first(pairs):
    swapped = [(b, a) for a, b in pairs]
    assert_same(found(table(pairs), "abcd", ordered=True), found(table(swapped), "abcd", ordered=True))


@FAST
@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=20), st.integers(2, 4))
def test_perfect_agreement_is_one_or_undefined(given_by_all, raters):
    for one in found(table([[v] * raters for v in given_by_all]), "abcd", ordered=True).values():
        if one.value is None:
            assert len(set(given_by_all)) == 1
            assert one.note.startswith("undefined: every rating is the same category")
        else:
            assert one.value == pytest.approx(1)


@FAST
@given(with_gaps)
def test_a_value_lies_within_bounds_and_is_never_not_a_number(rows):
    for one in found(table(rows), "abcd", ordered=True).values():
        if one.value is None:
            assert one.note.startswith("undefined")
            assert one.low is one.high is one.band is None
        else:
            assert -2 < one.value <= 1 + 1e-12
            assert one.low is None or -1 <= one.low <= one.high <= 1
            assert one.low is not None or one.note


# What is said


def test_one_category_throughout_leaves_kappa_undefined_and_ac1_one():
    one = found(table([("a", "a")] * 5), "ab")
    assert one[S.KAPPA].value is one[S.ALPHA_NOMINAL].value is None
    assert "same category" in one[S.KAPPA].note
    assert one[S.AC1].value == one[S.PERCENT].value == 1


def test_no_pair_of_ratings_says_so():
    for one in found(table([("a", None), (None, "b")]), "ab").values():
        assert (one.value, one.note) == (None, "undefined: no unit has two ratings")


def test_one_unit_has_no_interval():
    one = found(table([("a", "b", "a")]), "ab")
    assert one[S.AC1].low is one[S.FLEISS].low is None
    assert one[S.FLEISS].note == "no interval: fewer than two units"


def test_units_that_not_everybody_rated_are_left_out_of_fleiss_kappa_and_counted():
    one = found(table(FOUR_RATERS), range(1, 6))[S.FLEISS]
    complete = [row for row in FOUR_RATERS if None not in row]
    counts = [[row.count(c) for c in range(1, 6)] for row in complete]
    assert one.value == pytest.approx(inter_rater.fleiss_kappa(counts))
    assert one.units == len(complete) == 8
    assert "4 units that not every rater rated are left out" in one.note


def test_which_statistics_fit():
    two, more = (found(table([row, row[::-1]]), "abc", True) for row in (("a", "b"), ("a", "b", "c")))
    assert set(two) == set(S) - {S.FLEISS}
    assert set(more) == set(S) - {S.KAPPA, S.KAPPA_LINEAR, S.KAPPA_QUADRATIC}
    nominal = found(table([("a", "b"), ("b", "b")]), "abc")
    assert set(nominal) == {S.PERCENT, S.KAPPA, S.AC1, S.ALPHA_NOMINAL}
    assert list(two) == [s for s in S if s in two], "always in the same order"


def test_the_bootstrap_is_named_and_gives_the_same_again():
    one, again = (found(table(FIVE_RATERS), range(4))[S.ALPHA_NOMINAL] for _ in range(2))
    assert one == again
    assert one.interval == f"bootstrap over units, {RESAMPLES:,} resamples, seed {SEED}"
    assert one.low < one.value < one.high


def test_a_missing_rating_may_be_absent_none_empty_or_not_a_number():
    forms = [{"x": "a"}, {"x": "a", "y": None}, {"x": "a", "y": ""}, {"x": "a", "y": math.nan}]
    rest = {"two": {"x": "a", "y": "a"}, "three": {"x": "b", "y": "a"}, "four": {"x": "b", "y": "b"}}
    results = [agreement({"one": form, **rest}, Scale(("a", "b"))) for form in forms]
    assert results[0] == results[1] == results[2] == results[3]


def test_what_is_not_on_the_scale_is_refused():
    with pytest.raises(ValueError, match=re.escape("'c' is not on the scale a, b")):
        agreement({"one": {"x": "a", "y": "c"}}, Scale(("a", "b")))
    with pytest.raises(ValueError, match="at least two raters"):
        agreement({"one": {"x": "a"}}, Scale(("a", "b")))
    for categories in (("a",), ("a", "a")):
        with pytest.raises(ValueError, match="at least two categories"):
            Scale(categories)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (-0.01, "poor"), (0, "slight"), (0.20, "slight"), (0.21, "fair"), (0.40, "fair"),
        (0.41, "moderate"), (0.60, "moderate"), (0.61, "substantial"), (0.80, "substantial"),
        (0.81, "almost perfect"), (1, "almost perfect"),
    ],
)  # fmt: skip
def test_the_bands_of_landis_and_koch(value, name):
    assert (band(S.KAPPA, value).name, band(S.AC1, value).source) == (name, LANDIS_KOCH)


@pytest.mark.parametrize(
    ("value", "name"),
    [(0.8, "reliable"), (0.799, "tentative"), (0.667, "tentative"), (0.666, "not reliable")],
)
def test_the_bands_of_krippendorff(value, name):
    assert (band(S.ALPHA_ORDINAL, value).name, band(S.ALPHA_NOMINAL, value).source) == (
        name,
        KRIPPENDORFF,
    )


def test_percent_agreement_has_no_band():
    assert band(S.PERCENT, 0.99) is None
