"""Pooling against R's metafor on published data, and what must hold for any data."""

import json
import math
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from review.model.vocabulary import Measure
from review.synthesis import (
    Described,
    Effect,
    IntervalMethod,
    Method,
    Prediction,
    alike,
    egger,
    leave_one_out,
    pooled,
    pooled_if_alike,
    reasons_against_pooling,
)
from review.synthesis.effects import (
    LARGEST,
    Arm,
    Events,
    log_odds_ratio,
    log_risk_ratio,
    logit_proportion,
    mean_difference,
    proportion,
    single_mean,
    standardised_mean_difference,
)
from review.synthesis.poolable import Aspect, Comparator

REFERENCE = json.loads(Path(__file__).with_name("metafor").joinpath("reference.json").read_text("utf-8"))
"""Data sets of metadat and what metafor gives for them; README.md there tells how it was made."""
SETS = REFERENCE["sets"]
STUDIES = {
    "bcg_rr": 13,
    "bcg_or": 13,
    "bcg_two": 2,
    "normand_md": 9,
    "normand_smd": 9,
    "normand_mn": 9,
    "nielweise_rr": 18,
    "nielweise_or": 18,
    "pritz_plo": 14,
    "hackshaw": 37,
    "bangertdrowns": 48,
}
TEST_OF = {
    IntervalMethod.WALD: "z",
    IntervalMethod.HARTUNG_KNAPP: "knha",
    IntervalMethod.CORRECTED: "adhoc",
}
"""What metafor calls each interval."""
GRID = list(product(STUDIES, Method, IntervalMethod))
NUMBERS = ("estimate", "se", "tau2", "i2", "q", "q_p")
INTERVALS = ("ci", "tau2_ci", "i2_ci")
close = pytest.approx
CLOSE = {"rel": 1e-8, "abs": 1e-8}
FOUR_DECIMALS = {"rel": 0, "abs": 5e-5}


def effects_of(name):
    found = SETS[name]
    return [Effect(*row) for row in zip(found["study"], found["yi"], found["vi"], strict=True)]


def fit_of(name, method, interval):
    test = TEST_OF[interval]
    (fit,) = [f for f in SETS[name]["fits"] if (f["method"], f["test"]) == (method, test)]
    return fit


@cache
def left_out(name, method, interval):
    return leave_one_out(effects_of(name), method, interval=interval)


def test_the_whole_grid_is_there():
    fits = [(name, f["method"], f["test"]) for name, found in SETS.items() for f in found["fits"]]
    assert sorted(fits) == sorted((name, method, TEST_OF[way]) for name, method, way in GRID)
    assert len(fits) == 11 * 3 * 3
    assert {name: len(found["yi"]) for name, found in SETS.items()} == STUDIES
    assert {name for name, found in SETS.items() if found["egger"]} == {
        name for name, k in STUDIES.items() if k >= 10
    }
    for name, method, interval in GRID:
        fit = fit_of(name, method, interval)
        assert all(fit[number] is not None for number in NUMBERS)
        assert all(None not in fit[ends] and len(fit[ends]) == 2 for ends in INTERVALS)
        assert len(fit["prediction"]["k-1"]) == 2
        assert (fit["prediction"]["k-2"] is None) == (name == "bcg_two")
        assert f'method="{method}", test="{TEST_OF[interval]}"' in fit["call"]
        left = fit["leave_one_out"]
        assert (left is None) == (name == "bcg_two")
        assert left is None or {len(column) for column in left.values()} == {STUDIES[name]}


@pytest.mark.parametrize(("name", "method", "interval"), GRID)
def test_pooling_agrees_with_metafor(name, method, interval):
    fit, result = fit_of(name, method, interval), pooled(effects_of(name), method, interval=interval)
    for number in NUMBERS:
        assert getattr(result, number) == close(fit[number], **CLOSE), number
    for ends in INTERVALS:
        assert getattr(result, ends) == close(tuple(fit[ends]), **CLOSE), ends
    assert (result.method, result.interval, result.k) == (method, interval, STUDIES[name])


@pytest.mark.parametrize(("name", "method", "interval"), GRID)
def test_prediction_agrees_with_metafor(name, method, interval):
    for prediction, ends in fit_of(name, method, interval)["prediction"].items():
        result = pooled(effects_of(name), method, interval=interval, prediction=Prediction(prediction))
        assert result.prediction == prediction
        expected = None if ends is None else close(tuple(ends), **CLOSE)
        assert result.prediction_interval == expected


@pytest.mark.parametrize(("name", "method", "interval"), GRID)
def test_metafor_as_called_by_default_agrees_to_four_decimals(name, method, interval):
    fit = fit_of(name, method, interval)["default"]
    result = pooled(effects_of(name), method, interval=interval)
    for number in ("estimate", "se", "tau2"):
        assert getattr(result, number) == close(fit[number], **FOUR_DECIMALS), number


@pytest.mark.parametrize(("name", "method", "interval"), [row for row in GRID if row[0] != "bcg_two"])
def test_leaving_one_out_agrees_with_metafor(name, method, interval):
    fit = fit_of(name, method, interval)["leave_one_out"]
    results = left_out(name, method, interval)
    assert [study for study, _ in results] == SETS[name]["study"]
    for number in ("estimate", "se", "tau2", "i2", "q"):
        assert [getattr(result, number) for _, result in results] == close(fit[number], **CLOSE)
    assert [result.ci[0] for _, result in results] == close(fit["ci_low"], **CLOSE)
    assert [result.ci[1] for _, result in results] == close(fit["ci_high"], **CLOSE)


@pytest.mark.parametrize("name", [name for name, k in STUDIES.items() if k >= 10])
def test_egger_agrees_with_metafor(name):
    expected, result = SETS[name]["egger"], egger(effects_of(name))
    assert (result.t, result.p) == close((expected["t"], expected["p"]), **CLOSE)
    assert (result.limit, result.degrees) == close((expected["limit"], expected["df"]), **CLOSE)
    assert result.t == result.intercept / result.se
    effects = effects_of(name)
    precision = np.array([1 / math.sqrt(e.vi) for e in effects])
    slope, intercept = np.polyfit(precision, precision * [e.yi for e in effects], 1)
    assert (result.intercept, result.limit) == close((intercept, slope), rel=1e-6)


def test_bcg_vaccine_as_metafor_prints_it():
    result = pooled(effects_of("bcg_rr"), interval=IntervalMethod.WALD)
    assert (result.tau2, result.estimate, result.se) == close((0.3132, -0.7145, 0.1798), **FOUR_DECIMALS)
    assert result.ci == close((-1.0669, -0.3622), **FOUR_DECIMALS)
    assert (result.i2, result.q) == close((92.2214, 152.2330), **FOUR_DECIMALS)
    # metafor's default search stops at 1.2e-4 of tau2, so its ends hold to two decimals of a percent.
    assert result.i2_ci == close((81.9177, 97.6781), abs=5e-3)


def table(name):
    columns = SETS[name]["summary"]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def arms(row):
    return Arm(row["n1i"], row["m1i"], row["sd1i"]), Arm(row["n2i"], row["m2i"], row["sd2i"])


def events(row):
    return Events(row["n1i"], row["ai"]), Events(row["n2i"], row["ci"])


FROM_SUMMARY = {
    "MD": lambda row: mean_difference("s", *arms(row)),
    "SMD": lambda row: standardised_mean_difference("s", *arms(row)),
    "MN": lambda row: single_mean("s", Arm(row["n1i"], row["m1i"], row["sd1i"])),
    "RR": lambda row: log_risk_ratio("s", *events(row)),
    "OR": lambda row: log_odds_ratio("s", *events(row)),
    "PLO": lambda row: logit_proportion("s", Events(row["ni"], row["xi"])),
}


@pytest.mark.parametrize("name", [name for name, found in SETS.items() if found["summary"]])
def test_effect_sizes_agree_with_escalc(name):
    found = [FROM_SUMMARY[SETS[name]["measure"]](row) for row in table(name)]
    assert [effect.yi for effect in found] == close(SETS[name]["yi"], rel=1e-11)
    assert [effect.vi for effect in found] == close(SETS[name]["vi"], rel=1e-11)


def test_every_effect_size_was_compared_and_some_tables_hold_a_zero():
    assert {found["measure"] for found in SETS.values()} == {*FROM_SUMMARY, "given"}
    assert any(row["ai"] == 0 for row in table("nielweise_rr"))
    assert any(row["xi"] == row["ni"] for row in table("pritz_plo"))


@pytest.mark.parametrize(
    ("first", "second", "ratio", "odds"),
    [
        pytest.param((10, 0), (12, 3), (-1.7789, 2.1179), (-2.0460, 2.4862), id="no event in one"),
        pytest.param((10, 0), (12, 0), (0.1671, 3.8322), (0.1744, 4.1752), id="no event in either"),
        pytest.param((5, 5), (10, 2), (1.3946, 0.3242), (3.6217, 2.6995), id="event in all of one"),
    ],
)
def test_a_half_is_added_where_a_cell_is_empty(first, second, ratio, odds):
    """Expected values printed by metafor 3.8-1's escalc."""
    groups = (Events(*first), Events(*second))
    found = log_risk_ratio("s", *groups), log_odds_ratio("s", *groups)
    assert [(e.yi, e.vi) for e in found] == [close(ratio, abs=5e-5), close(odds, abs=5e-5)]


def test_a_proportion_comes_back_from_its_logit():
    assert proportion(logit_proportion("s", Events(40, 10)).yi) == close(0.25)
    assert [proportion(-1e4), proportion(0), proportion(1e4)] == [0, 0.5, 1]


@pytest.mark.parametrize(
    ("build", "said"),
    [
        pytest.param(lambda: Effect("A", math.nan, 1), "finite", id="NaN effect"),
        pytest.param(lambda: Effect("A", 1, math.nan), "finite", id="NaN variance"),
        pytest.param(lambda: Effect("A", math.inf, 1), "finite", id="infinite effect"),
        pytest.param(lambda: Effect("A", 1, math.inf), "finite", id="infinite variance"),
        pytest.param(lambda: Effect("A", 1, 0), "above zero", id="variance of zero"),
        pytest.param(lambda: Effect("A", 1, -1), "above zero", id="negative variance"),
        pytest.param(lambda: Effect("A", 1e31, 1), "beyond", id="effect too large"),
        pytest.param(lambda: Effect("A", 1, 1e-31), "beyond", id="variance too small"),
        pytest.param(lambda: Effect(" ", 1, 1), "^an effect needs the name of its study$", id="no name"),
        pytest.param(lambda: Arm(1, 0, 1), "at least 2", id="one person"),
        pytest.param(
            lambda: Arm(9, 0, 0),
            "^the mean must be finite and the standard deviation above zero$",
            id="no deviation",
        ),
        pytest.param(lambda: Arm(9, math.nan, 1), "finite", id="no mean"),
        pytest.param(lambda: Events(5, 6), "cannot happen", id="more events than people"),
        pytest.param(lambda: Events(0, 0), "cannot happen", id="nobody"),
    ],
)
def test_nonsense_is_refused(build, said):
    with pytest.raises(ValueError, match=said):
        build()


def study(number, yi=0.3, vi=0.1):
    return Effect(f"S{number}", yi, vi)


@pytest.mark.parametrize("method", Method)
def test_too_few_studies_are_refused(method):
    for effects in ([], [study(1)]):
        with pytest.raises(ValueError, match="at least 2 studies"):
            pooled(effects, method)
    with pytest.raises(
        ValueError, match=r"^leaving one out needs at least 3 studies, for 2 must remain$"
    ):
        leave_one_out([study(1), study(2)], method)
    with pytest.raises(ValueError, match="at least 10 studies"):
        egger([study(n, n / 10, n / 10) for n in range(1, 10)])


def test_a_study_that_stands_twice_and_an_impossible_level_are_refused():
    with pytest.raises(ValueError, match="S1: effects of one study are not independent"):
        pooled([study(1), study(1, 0.5)])
    with pytest.raises(ValueError, match=r"^S1, S2: effects"):
        pooled([study(2), study(1), study(2, 0.5), study(1, 0.4), study(3)])
    for level in (0, 1, 95, math.nan):
        with pytest.raises(ValueError, match="between 0 and 1"):
            pooled([study(1), study(2)], level=level)


@pytest.mark.parametrize("method", Method)
def test_equal_effects_have_no_heterogeneity_and_no_hartung_knapp_interval(method):
    """Estimate, error and the empty set of tau2 as metafor 3.8-1 gives them."""
    effects = [study(1, vi=0.1), study(2, vi=0.2), study(3, vi=0.3)]
    result = pooled(effects, method)
    assert (result.estimate, result.se) == close((0.3, 0.2335), abs=5e-5)
    assert (result.tau2, result.q, result.q_p, result.i2) == (0, 0, 1, 0)
    assert (result.tau2_ci, result.i2_ci) == ((0, 0), (0, 0))
    with pytest.raises(
        ValueError, match=r"^all effects are equal: the uncorrected Hartung-Knapp interval has no width$"
    ):
        pooled(effects, method, interval=IntervalMethod.HARTUNG_KNAPP)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("range_of_effects", [0.5, 1, 2])
def test_effects_of_any_range_differ_where_their_errors_are_small(method, range_of_effects):
    result = pooled([study(1, 0, 0.001), study(2, range_of_effects, 0.001)], method)
    assert result.tau2 == close(range_of_effects**2 / 2 - 0.001)
    assert 0 < result.tau2_ci[0] < result.tau2 < result.tau2_ci[1]


def test_egger_needs_no_more_than_ten_studies():
    effects = effects_of("bcg_rr")[:10]
    assert egger(effects).degrees == 8


def test_egger_is_refused_where_it_says_nothing():
    with pytest.raises(ValueError, match=r"^all studies are equally precise: Egger's .* to compare$"):
        egger([study(n, n / 10) for n in range(12)])
    with pytest.raises(
        ValueError, match=r"^the effects lie on a line without .* Egger's .* says nothing$"
    ):
        egger([study(n, vi=n / 10) for n in range(1, 13)])


@pytest.mark.parametrize("beside", [1, -1])
def test_one_overwhelming_study_keeps_its_digits(beside):
    result = pooled([study(1, 1e6, 1e-18), study(2, 1e6 + beside, 1.0)], Method.PM)
    assert result.q == close(1.0)
    assert result.tau2 == 0


def test_the_higher_of_two_hills_of_the_likelihood_is_taken():
    """metafor 3.8-1 stops on the lower one, at 35.41397; its own likelihood is higher near 0.1."""
    rows = [
        (-12.21, 28.552),
        (-24.92, 77.724),
        (-0.68, 0.069),
        (-0.12, 0.018),
        (0.1, 0.004),
    ]
    effects = [study(n, *row) for n, row in enumerate(rows)]
    found = pooled(effects, Method.REML).tau2
    assert found == close(0.11462, abs=5e-5)
    assert log_likelihood(effects, found) > log_likelihood(effects, 35.41397) + 1
    assert log_likelihood(effects, 35.41397) > log_likelihood(effects, 12)


def log_likelihood(effects, tau2):
    """The restricted log-likelihood as in textbooks, without its constant."""
    w = [1 / (e.vi + tau2) for e in effects]
    mean = sum(a * e.yi for a, e in zip(w, effects, strict=True)) / sum(w)
    squares = sum(a * (e.yi - mean) ** 2 for a, e in zip(w, effects, strict=True))
    return (sum(map(math.log, w)) - math.log(sum(w)) - squares) / 2


pairs = st.tuples(st.floats(-50, 50), st.floats(0.001, 50))
samples = st.lists(pairs, min_size=3, max_size=12).map(
    lambda rows: [study(n, *row) for n, row in enumerate(rows)]
)
methods, intervals = st.sampled_from(Method), st.sampled_from(IntervalMethod)


def spread(effects):
    return max(e.yi for e in effects) - min(e.yi for e in effects)


@given(samples, methods, st.randoms())
def test_the_order_of_studies_does_not_matter(effects, method, random):
    shuffled = random.sample(effects, len(effects))
    assert pooled(shuffled, method) == pooled(effects, method)


@given(samples, methods)
def test_variances_and_shares_stay_in_their_ranges(effects, method):
    result = pooled(effects, method)
    assert 0 <= result.tau2 <= spread(effects) ** 2 + 1e-9
    assert 0 <= result.tau2_ci[0] <= result.tau2_ci[1]
    assert 0 <= result.i2 < 100
    assert 0 <= result.q_p <= 1
    assert result.prediction_interval[0] <= result.ci[0] <= result.estimate
    assert result.estimate <= result.ci[1] <= result.prediction_interval[1]
    wald = pooled(effects, method, interval=IntervalMethod.WALD)
    assert result.se >= wald.se
    assert result.ci[0] < wald.ci[0]
    assert result.ci[1] > wald.ci[1]
    assert result.se**2 >= 1 / sum(1 / e.vi for e in effects) * (1 - 1e-12)


@given(samples, methods, intervals, st.floats(-1000, 1000))
def test_a_constant_added_to_all_effects_moves_the_estimate_by_it(effects, method, interval, constant):
    assume(spread(effects) > 1e-3)
    shifted = [Effect(e.study, e.yi + constant, e.vi) for e in effects]
    moved = pooled(shifted, method, interval=interval)
    still = pooled(effects, method, interval=interval)
    assert moved.estimate == close(still.estimate + constant, abs=1e-6)
    assert (moved.se, moved.tau2, moved.q) == close((still.se, still.tau2, still.q), rel=1e-5, abs=1e-6)


@given(samples, methods, intervals, st.sampled_from([-8.0, 0.25, 1024.0]))
def test_another_unit_changes_nothing_but_the_unit(effects, method, interval, factor):
    assume(spread(effects) > 1e-3)
    scaled = pooled(
        [Effect(e.study, e.yi * factor, e.vi * factor**2) for e in effects], method, interval=interval
    )
    plain = pooled(effects, method, interval=interval)
    assert scaled.estimate == close(plain.estimate * factor, rel=1e-7, abs=1e-7)
    assert (scaled.se, scaled.tau2) == close((plain.se * abs(factor), plain.tau2 * factor**2), rel=1e-7)
    assert (scaled.q, scaled.i2) == close((plain.q, plain.i2), rel=1e-7)
    assert sorted(scaled.ci) == close(sorted(end * factor for end in plain.ci), rel=1e-7, abs=1e-7)


@given(samples, methods)
def test_leaving_one_out_gives_one_result_for_each_study(effects, method):
    results = leave_one_out(effects, method)
    assert [name for name, _ in results] == [e.study for e in effects]
    assert {result.k for _, result in results} == {len(effects) - 1}


@given(samples)
def test_restricted_likelihood_is_nowhere_higher(effects):
    found = log_likelihood(effects, pooled(effects, Method.REML).tau2)
    top = spread(effects) ** 2
    assert found >= max(log_likelihood(effects, top * step / 200) for step in range(201)) - 1e-9


QUANTILES = {
    IntervalMethod.WALD: 1.6448536,
    IntervalMethod.HARTUNG_KNAPP: 1.7822876,
    IntervalMethod.CORRECTED: 1.7822876,
}
"""Of the normal distribution and of t with 12 degrees of freedom at 95 per cent, as R's qnorm and qt."""


@pytest.mark.parametrize(("interval", "quantile"), QUANTILES.items())
def test_another_level_takes_another_quantile(interval, quantile):
    effects = effects_of("bcg_rr")
    found = pooled(effects, interval=interval, level=0.90)
    assert found.ci[1] - found.estimate == close(quantile * found.se, rel=1e-6)
    reach = math.hypot(found.se, math.sqrt(found.tau2))
    # t with 11 degrees of freedom.
    assert found.prediction_interval[1] - found.estimate == close(1.7958848 * reach, rel=1e-6)
    wide = pooled(effects, interval=interval)
    assert wide.tau2_ci[0] < found.tau2_ci[0] < found.tau2_ci[1] < wide.tau2_ci[1]


def test_leaving_one_out_is_pooling_the_others_by_the_same_rules():
    effects = effects_of("bcg_rr")[:4]
    rules = {
        "interval": IntervalMethod.WALD,
        "prediction": Prediction.K_MINUS_1,
        "level": 0.8,
    }
    results = leave_one_out(effects, Method.DL, **rules)
    for place, (name, result) in enumerate(results):
        others = effects[:place] + effects[place + 1 :]
        assert (name, result) == (effects[place].study, pooled(others, Method.DL, **rules))
    assert [r for _, r in leave_one_out(effects)] == [
        pooled(effects[:place] + effects[place + 1 :]) for place in range(4)
    ]


def test_the_ways_are_spoken_as_sentences_name_them():
    assert [way.spoken for way in IntervalMethod] == [
        "Hartung-Knapp, its error never below Wald's",
        "Hartung-Knapp, uncorrected",
        "Wald",
    ]
    assert [way.spoken for way in Prediction] == [
        "t with k − 2 degrees of freedom",
        "t with k − 1 degrees of freedom",
    ]


def test_numbers_at_the_edge_of_what_is_no_slip_are_taken():
    assert Effect("A", LARGEST, LARGEST).yi == LARGEST
    assert Effect("A", -LARGEST, 1 / LARGEST).vi == 1 / LARGEST


def test_two_people_and_a_small_deviation_are_enough():
    assert single_mean("A", Arm(2, 1, 0.5)).vi == 0.125


def test_the_interval_of_one_study_is_its_own():
    assert Effect("A", 1, 4).ci == close((1 - 2 * 1.959963984540054, 1 + 2 * 1.959963984540054))


def described(number, **other):
    fields = {"product": "exosomes", "outcome": "hair density", "unit": "hairs/cm²"} | other
    fields.setdefault("comparison", Comparator.CONTROLLED)
    fields.setdefault("measure", Measure.MEAN_DIFFERENCE)
    return Described(study(number, number / 10), **fields)


@pytest.mark.parametrize(
    ("other", "aspect"),
    [
        pytest.param({"product": "platelet-rich plasma"}, Aspect.PRODUCT, id="other product"),
        pytest.param({"comparison": Comparator.BEFORE_AFTER}, Aspect.COMPARISON, id="before-after"),
        pytest.param({"outcome": "hair diameter"}, Aspect.OUTCOME, id="other outcome"),
        pytest.param({"unit": "hairs"}, Aspect.UNIT, id="other unit"),
        pytest.param({"measure": Measure.MEAN}, Aspect.MEASURE, id="other measure"),
    ],
)
def test_unlike_studies_are_pooled_only_for_a_stated_reason(other, aspect):
    studies = [described(1), described(2), described(3, **other)]
    assert set(reasons_against_pooling(studies)) == {aspect}
    with pytest.raises(ValueError, match=f"should not be pooled: different {aspect}: .*S1, S2"):
        pooled_if_alike(studies)
    with pytest.raises(ValueError, match="should not be pooled"):
        pooled_if_alike(studies, despite={aspect: " "})
    rules = {"interval": IntervalMethod.WALD, "prediction": Prediction.K_MINUS_1}
    despite = {aspect: "a sensitivity analysis"}
    told = pooled_if_alike(studies, Method.DL, **rules, despite=despite)
    assert told == pooled([s.effect for s in studies], Method.DL, **rules)
    assert pooled_if_alike(studies, despite=despite) == pooled([s.effect for s in studies])
    (group,) = alike(studies)
    assert group == (studies[0], studies[1])


def test_a_difference_names_the_values_and_who_has_them():
    smd = {"measure": Measure.STANDARDISED_MEAN_DIFFERENCE}
    studies = [described(3), described(2), described(1, **smd), described(4, product="other")]
    assert reasons_against_pooling(studies) == {
        Aspect.PRODUCT: "different product: exosomes (S1, S2, S3); other (S4)",
        Aspect.MEASURE: "different measure: mean-difference (S2, S3, S4); "
        "standardised-mean-difference (S1)",
        Aspect.UNIT: "different unit: none (S1); hairs/cm² (S2, S3, S4)",
    }
    assert studies[2].value(Aspect.UNIT) == ""


def test_all_differences_are_told_at_once():
    studies = [described(1), described(2, product="other", comparison=Comparator.BEFORE_AFTER)]
    with pytest.raises(ValueError, match=r"different product: .* different comparison: "):
        pooled_if_alike(studies, despite={Aspect.UNIT: "not in the way"})


def test_the_unit_counts_only_where_the_effect_has_one():
    smd = Measure.STANDARDISED_MEAN_DIFFERENCE
    studies = [described(1, measure=smd), described(2, measure=smd, unit="hairs")]
    assert not reasons_against_pooling(studies)
    assert pooled_if_alike(studies).k == 2
    with pytest.raises(ValueError, match="needs a unit"):
        described(1, unit="")
    with pytest.raises(ValueError, match="must be named"):
        described(1, product="")


def test_the_document_shows_the_numbers_of_today():
    text = (Path(__file__).parents[2] / "docs" / "synthesis.md").read_text("utf-8")
    numbers = text.partition("| data | k |")[2]
    rows = [line for line in numbers.splitlines() if line.startswith("| `")]
    assert rows == [document_row(name, method) for name, method in product(STUDIES, Method)]


def document_row(name, method):
    """metafor's numbers, and the largest difference of ours over all that the fits hold."""
    wald = fit_of(name, method, IntervalMethod.WALD)
    knha = fit_of(name, method, IntervalMethod.HARTUNG_KNAPP)
    corrected = fit_of(name, method, IntervalMethod.CORRECTED)
    errors = [wald["se"], knha["se"], corrected["se"]]
    numbers = [wald["estimate"], *errors, wald["tau2"], wald["i2"], wald["q"]]
    worst = max(largest_difference(name, method, interval) for interval in IntervalMethod)
    cells = [
        f"`{name}`",
        str(STUDIES[name]),
        str(method),
        *(f"{n:.4f}" for n in numbers),
        f"{worst:.6f}",
    ]
    return f"| {' | '.join(cells)} |"


def largest_difference(name, method, interval):
    effects, fit = effects_of(name), fit_of(name, method, interval)
    found = [abs(a - b) for a, b in both(effects, method, interval, fit)]
    left = fit["leave_one_out"]
    if left:
        for place, (_, result) in enumerate(left_out(name, method, interval)):
            theirs = {column: values[place] for column, values in left.items()}
            ours = {column: getattr(result, column) for column in ("estimate", "se", "tau2", "i2", "q")}
            ours |= {"ci_low": result.ci[0], "ci_high": result.ci[1]}
            found += [abs(ours[column] - theirs[column]) for column in theirs]
    return max(found)


def both(effects, method, interval, fit):
    result = pooled(effects, method, interval=interval)
    for number in NUMBERS:
        yield getattr(result, number), fit[number]
    for ends in INTERVALS:
        yield from zip(getattr(result, ends), fit[ends], strict=True)
    for prediction, ends in fit["prediction"].items():
        if ends:
            rules = {"interval": interval, "prediction": Prediction(prediction)}
            yield from zip(pooled(effects, method, **rules).prediction_interval, ends, strict=True)
