"""Trials with counted events: against metafor, which way is chosen, and what is said of it."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from review.model.vocabulary import Measure
from review.synthesis import IntervalMethod, Method, Prediction, pooled
from review.synthesis.answer import answer_from_effects, answer_from_trials
from review.synthesis.choice import Why, choice_for
from review.synthesis.counts import CommonMethod, Trial, effects_of, mantel_haenszel, peto
from review.synthesis.effects import Effect, Events, design_effect

REFERENCE = json.loads(Path(__file__).with_name("metafor").joinpath("reference.json").read_text("utf-8"))
SETS = REFERENCE["counts"]
"""Counts of published reviews and what metafor's rma.mh and rma.peto give for them."""
OR, RR = Measure.ODDS_RATIO, Measure.RISK_RATIO
MH, PETO = CommonMethod
WAYS = {
    'rma.mh(measure="OR"': lambda trials: mantel_haenszel(trials, OR),
    'rma.mh(measure="RR"': lambda trials: mantel_haenszel(trials, RR),
    "rma.peto(": peto,
}
close = pytest.approx


def trials_of(name):
    columns = SETS[name]["summary"]
    rows = zip(SETS[name]["study"], *(columns[c] for c in ("n1i", "ai", "n2i", "ci")), strict=True)
    return [Trial(s, Events(int(n1), int(a)), Events(int(n2), int(c))) for s, n1, a, n2, c in rows]


def trials(*rows):
    """Trials by people and events of the first group, then of the second."""
    return [Trial(f"T{n}", Events(*row[:2]), Events(*row[2:])) for n, row in enumerate(rows)]


def test_the_counts_of_metafor_are_all_there():
    assert {name: len(found["study"]) for name, found in SETS.items()} == {
        "yusuf": 21,
        "axfors": 28,
        "nielweise": 18,
        "bcg": 13,
    }
    silent = {name: sum(not t.is_informative for t in trials_of(name)) for name in SETS}
    assert silent == {"yusuf": 3, "axfors": 12, "nielweise": 1, "bcg": 0}


@pytest.mark.parametrize("call", WAYS)
@pytest.mark.parametrize("name", SETS)
def test_common_effects_agree_with_metafor(name, call):
    (fit,) = [fit for fit in SETS[name]["fits"] if fit["call"].startswith(call)]
    result = WAYS[call](trials_of(name))
    for number in ("k", "estimate", "se", "q", "q_p"):
        assert getattr(result, number) == close(fit[number], rel=1e-9, abs=1e-12), number
    assert result.ci == close(tuple(fit["ci"]), rel=1e-9)
    assert result.measure is (RR if "RR" in call else OR)
    assert result.method is (PETO if call == "rma.peto(" else MH)
    assert len(result.left_out) == len(trials_of(name)) - result.k


def test_millions_of_people_are_not_too_many():
    """The cube of three million is beyond a whole number of 64 bits."""
    large = trials((1500000, 6000, 1500000, 7000), (1500000, 6000, 1500000, 7000))
    # With groups of one size each trial has the variance m (n - m) / (4 (n - 1)) of m events.
    variance = 2 * 13000 * (3000000 - 13000) / (4 * (3000000 - 1))
    assert peto(large).se == close(1 / math.sqrt(variance))


def test_another_level_widens_the_interval():
    found, wide = peto(trials_of("yusuf")), peto(trials_of("yusuf"), 0.99)
    assert wide.ci[1] - wide.estimate == close(2.5758293 * found.se)
    assert (
        mantel_haenszel(trials_of("yusuf"), RR, 0.99).ci[0]
        < mantel_haenszel(trials_of("yusuf"), RR).ci[0]
    )


def test_trials_without_events_or_with_nothing_else_are_left_out():
    rows = [(100, 1, 100, 2), (80, 0, 90, 0), (5, 5, 6, 6), (60, 2, 60, 3)]
    found = peto(trials(*rows))
    assert (found.k, found.left_out) == (2, ("T1", "T2"))
    assert [effect.study for effect in effects_of(trials(*rows), OR)] == ["T0", "T3"]
    assert found.estimate == peto(trials(rows[0], rows[3])).estimate


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_has_no_answer_is_refused(way):
    with pytest.raises(
        ValueError, match=r"of 3 studies 1 had .* the event, and pooling needs at least 2$"
    ):
        way(trials((50, 1, 50, 2), (50, 0, 50, 0), (50, 50, 50, 50)))
    with pytest.raises(ValueError, match="T0: effects of one study are not independent"):
        way([*trials((50, 1, 50, 2)), *trials((60, 1, 60, 2))])


@pytest.mark.parametrize("measure", [OR, RR])
@pytest.mark.parametrize("rows", [[(50, 1, 50, 0), (70, 2, 70, 0)], [(50, 0, 50, 1), (70, 0, 70, 2)]])
def test_a_ratio_of_mantel_haenszel_needs_events_in_both_groups(measure, rows):
    with pytest.raises(ValueError, match=f"one group has all the events: the {measure.spoken} has no"):
        mantel_haenszel(trials(*rows), measure)


groups = st.tuples(st.integers(2, 400), st.integers(0, 400)).filter(lambda g: g[1] <= g[0])
samples = st.lists(st.tuples(groups, groups), min_size=2, max_size=8).map(
    lambda rows: trials(*(first + second for first, second in rows))
)


@given(samples)
def test_groups_the_other_way_round_turn_the_ratio_round(sample):
    turned = [Trial(t.study, t.second, t.first) for t in sample]
    assume(sum(t.is_informative for t in sample) > 1)
    there, back = peto(sample), peto(turned)
    assert back.estimate == close(-there.estimate, abs=1e-9)
    assert (back.se, back.q) == close((there.se, there.q), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("row", "empty", "informative", "imbalance"),
    [
        ((9, 1, 9, 8), False, True, 1),
        ((9, 0, 9, 1), True, True, 1),
        ((9, 1, 18, 18), True, True, 2),
        ((9, 0, 3, 0), True, False, 3),
        ((9, 9, 9, 9), True, False, 1),
        ((9, 9, 9, 0), True, True, 1),
    ],
)
def test_what_a_table_of_counts_says(row, empty, informative, imbalance):
    (trial,) = trials(row)
    assert (trial.has_empty_cell, trial.is_informative) == (empty, informative)
    assert trial.imbalance == imbalance
    assert (trial.people, trial.events) == (row[0] + row[2], row[1] + row[3])


CHOSEN = [
    # Just below and at 1 in 100 of the second groups, no empty cell.
    (Why.RARE_AND_BALANCED, PETO, [(1000, 8, 1000, 9), (1000, 9, 1000, 10)]),
    (Why.NOT_RARE, None, [(1000, 9, 1000, 10), (1000, 9, 1000, 10)]),
    # From 1 in 100 to 1 in 10 it is the empty cells that count.
    (Why.EMPTY_CELLS, MH, [(100, 0, 100, 1), (100, 2, 100, 1)]),
    (Why.EMPTY_CELLS, MH, [(50, 9, 50, 10), (50, 1, 50, 0)]),
    (Why.NOT_RARE, None, [(50, 9, 50, 11), (50, 1, 50, 0)]),
    # A trial without events has empty cells, but they are not pooled.
    (Why.NOT_RARE, None, [(100, 4, 100, 5), (100, 6, 100, 5), (90, 0, 90, 0)]),
    # Groups twice and more than twice as large as the other, either way round.
    (Why.RARE_AND_BALANCED, PETO, [(1000, 8, 500, 4), (1000, 9, 1000, 9)]),
    (Why.UNBALANCED, MH, [(1002, 8, 500, 4), (1000, 9, 1000, 9)]),
    (Why.UNBALANCED, MH, [(500, 4, 1002, 8), (1000, 9, 1000, 9)]),
    # An odds ratio just within and just beyond 2, and its inverse.
    (Why.RARE_AND_BALANCED, PETO, [(2000, 17, 2000, 9), (2000, 18, 2000, 9)]),
    (Why.LARGE_EFFECT, MH, [(2000, 20, 2000, 9), (2000, 21, 2000, 9)]),
    (Why.LARGE_EFFECT, MH, [(2000, 9, 2000, 19), (2000, 9, 2000, 19)]),
    (Why.ONE_SIDED, PETO, [(500, 3, 500, 0), (500, 2, 500, 0)]),
    (Why.ONE_SIDED, PETO, [(500, 0, 500, 3), (500, 0, 500, 2)]),
    (Why.DIFFERENT, None, [(2000, 18, 2000, 3), (2000, 3, 2000, 18)]),
]


@pytest.mark.parametrize(("why", "method", "rows"), CHOSEN)
def test_counts_decide_the_way(why, method, rows):
    choice = choice_for(trials(*rows))
    assert (choice.why, choice.method) == (why, method)
    assert choice.risk == sum(row[3] for row in rows) / sum(row[2] for row in rows)


@pytest.mark.parametrize(("extra", "why"), [(0, Why.RARE_AND_BALANCED), (1, Why.DIFFERENT)])
def test_no_common_effect_is_supposed_where_studies_surely_differ(extra, why):
    sample = trials((2000, 12 + extra, 2000, 8), (2000, 8, 2000, 14))
    assert (peto(sample).q_p < 0.10) == (why is Why.DIFFERENT)
    assert choice_for(sample).why is why


def test_a_choice_needs_two_trials():
    with pytest.raises(ValueError, match="of 0 studies 0 had"):
        choice_for([])


def test_an_answer_says_what_was_chosen_and_what_was_left_out():
    rows = [(1000, 8, 1000, 9), (1000, 9, 1000, 10), (300, 0, 235, 0), (90, 0, 9, 0)]
    answer = answer_from_trials(trials(*rows), RR)
    assert answer.result == peto(trials(*rows))
    assert answer.measure is OR
    chosen, left_out, common, limit = answer.explained
    assert chosen == (
        f"Chosen by the counts: {Why.RARE_AND_BALANCED}. 0.85% of the second groups had the event "
        "(Cochrane Handbook 5.1, 16.9.1 and 16.9.5)."
    )
    assert left_out == (
        "Left out, for without events or with nothing else they say nothing of a ratio (Cochrane "
        "Handbook 5.1, 16.9.3): T2, T3."
    )
    assert common.startswith("Peto")
    assert "no tau² and no prediction interval" in limit


def test_mantel_haenszel_is_of_the_measure_that_is_asked_for():
    rows = [(100, 0, 100, 1), (100, 2, 100, 1)]
    for measure in (RR, OR):
        answer = answer_from_trials(trials(*rows), measure)
        assert (answer.result, answer.measure) == (mantel_haenszel(trials(*rows), measure), measure)
    assert answer.explained[1].startswith("Mantel-Haenszel")
    asked = answer_from_trials(trials(*rows), RR, PETO)
    assert asked.result == peto(trials(*rows))
    assert not any("Chosen" in sentence for sentence in asked.explained)


def test_events_that_are_not_rare_are_pooled_under_random_effects():
    rows = [(40, 20, 40, 25), (40, 0, 40, 22), (40, 12, 40, 19), (40, 0, 40, 0), (40, 12, 40, 40)]
    rules = {"interval": IntervalMethod.WALD, "prediction": Prediction.K_MINUS_1}
    answer = answer_from_trials(trials(*rows), RR, **rules)
    assert answer.result == pooled(effects_of(trials(*rows), RR), **rules)
    assert answer.measure is RR
    chosen, left_out, halved, tau2, interval, prediction = answer.explained
    assert Why.NOT_RARE in chosen
    assert "T3" in left_out
    assert halved == "A half was added to each cell of studies with an empty one: T1, T4."
    assert (tau2, interval[:17]) == ("Random effects: tau² by REML.", "Interval by Wald:")
    assert "k − 1" in prediction
    plain = answer_from_trials(trials(*rows[:1], *rows[2:3]), RR, Method.DL)
    assert plain.result.method is Method.DL
    assert plain.explained[0] == "Random effects: tau² by DL."


STUDIES = [Effect("A", 0.1, 0.1), Effect("B", 0.3, 0.2), Effect("C", 0.2, 0.1)]


def test_given_effects_are_explained_as_far_as_they_are_known():
    answer = answer_from_effects(STUDIES)
    assert (answer.result, answer.measure) == (pooled(STUDIES), None)
    assert [sentence.split(":")[0] for sentence in answer.explained[:2]] == [
        "Random effects",
        "Interval by Hartung-Knapp, its error never below Wald's",
    ]
    assert "k − 2" in answer.explained[2]
    assert len(answer.explained) == 3
    rules = {"interval": IntervalMethod.HARTUNG_KNAPP, "prediction": Prediction.K_MINUS_1}
    told = answer_from_effects(STUDIES, RR, Method.PM, **rules)
    assert (told.measure, told.result) == (RR, pooled(STUDIES, Method.PM, **rules))
    assert told.explained[1].startswith("Interval by Hartung-Knapp, uncorrected")


def test_two_studies_are_told_to_say_little():
    *_, prediction, caution = answer_from_effects(STUDIES[:2]).explained
    assert prediction.startswith("No prediction interval")
    assert caution.startswith("Two studies say little")
    wald = answer_from_effects(STUDIES[:2], interval=IntervalMethod.WALD)
    assert not any("Two studies" in sentence for sentence in wald.explained)


def test_the_worked_example_of_the_handbook_for_clusters():
    """Cochrane Handbook 5.1, 16.3.6: an error of 0.19 becomes 0.24 by a design effect of 1.576."""
    effect = design_effect(29.8, 0.02)
    assert effect == close(1.576)
    assert round(0.19 * math.sqrt(effect), 2) == 0.24
    assert (design_effect(1, 0.5), design_effect(30, 0), design_effect(11, 1)) == (1, 1, 11)


@pytest.mark.parametrize(
    ("cluster_size", "icc", "fault"),
    [
        (0.9, 0.1, "1 person"),
        (math.inf, 0.1, "1 person"),
        (9, -0.1, "^the correlation within clusters lies between 0 and 1, not at -0.1$"),
        (9, 1.1, "0 and 1"),
    ],
)
def test_clusters_that_cannot_be_are_refused(cluster_size, icc, fault):
    with pytest.raises(ValueError, match=fault):
        design_effect(cluster_size, icc)
