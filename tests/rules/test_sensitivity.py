"""What would change a grade: worked examples, and what must hold for every set of judgements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.grading.grade import graded
from review.grading.sensitivity import MOST_UP, Sensitivity, WhatIf, sensitivity
from review.model.vocabulary import Certainty, Concern, Domain, Upgrade

HIGH, MODERATE, LOW, VERY_LOW = Certainty.HIGH, Certainty.MODERATE, Certainty.LOW, Certainty.VERY_LOW
BIAS, IMPRECISION = Domain.RISK_OF_BIAS, Domain.IMPRECISION
SERIOUS, VERY_SERIOUS, EXTREME = Concern.SERIOUS, Concern.VERY_SERIOUS, Concern.EXTREMELY_SERIOUS
LARGE, DOSE, OPPOSING = Upgrade
SMALL_TRIAL = {
    BIAS: SERIOUS,
    Domain.INDIRECTNESS: SERIOUS,
    IMPRECISION: VERY_SERIOUS,
    Domain.PUBLICATION_BIAS: SERIOUS,
}


def named(result: Sensitivity, judgement: str) -> WhatIf:
    (found,) = [what_if for what_if in result.judgements if what_if.judgement == judgement]
    return found


@pytest.mark.parametrize(
    ("start", "downs", "ups", "judgement", "now", "better", "worse"),
    [
        pytest.param(HIGH, {}, {}, BIAS, HIGH, None, MODERATE, id="clean trial"),
        pytest.param(HIGH, {BIAS: SERIOUS}, {}, BIAS, MODERATE, HIGH, LOW, id="one serious concern"),
        pytest.param(HIGH, {BIAS: EXTREME}, {}, BIAS, VERY_LOW, LOW, None, id="end of the scale"),
        pytest.param(HIGH, {BIAS: SERIOUS}, {}, "start", MODERATE, None, LOW, id="start at the top"),
        pytest.param(VERY_LOW, {}, {}, "start", VERY_LOW, LOW, None, id="start at the bottom"),
        pytest.param(LOW, {}, {LARGE: 1}, "start", MODERATE, HIGH, LOW, id="start under an upgrade"),
        pytest.param(LOW, {}, {}, LARGE, LOW, MODERATE, None, id="large effect not yet taken"),
        pytest.param(LOW, {}, {LARGE: 1}, LARGE, MODERATE, HIGH, LOW, id="large effect taken once"),
        pytest.param(LOW, {}, {LARGE: 2}, LARGE, HIGH, None, MODERATE, id="large effect taken twice"),
        pytest.param(LOW, {}, {DOSE: 1}, DOSE, MODERATE, None, LOW, id="a dose response, one level"),
        pytest.param(
            LOW, {}, {OPPOSING: 1}, OPPOSING, MODERATE, None, LOW, id="opposing confounding, one level"
        ),
        pytest.param(LOW, {}, {LARGE: 2}, BIAS, HIGH, None, VERY_LOW, id="a concern forbids upgrades"),
        pytest.param(
            LOW, {BIAS: SERIOUS}, {LARGE: 2}, BIAS, VERY_LOW, HIGH, VERY_LOW, id="upgrades come free"
        ),
        pytest.param(
            HIGH, SMALL_TRIAL, {}, IMPRECISION, VERY_LOW, VERY_LOW, VERY_LOW, id="far below the floor"
        ),
    ],
)
def test_one_level_better_and_worse(start, downs, ups, judgement, now, better, worse):
    found = named(sensitivity(start, downs, ups), judgement)
    assert (found.now, found.if_better, found.if_worse) == (now, better, worse)


@pytest.mark.parametrize(
    ("start", "downs", "ups", "expected"),
    [
        pytest.param(HIGH, {}, {}, None, id="high cannot be lifted"),
        pytest.param(HIGH, {BIAS: SERIOUS}, {}, 1, id="one concern less"),
        pytest.param(HIGH, SMALL_TRIAL, {}, 3, id="five levels down from high need three back"),
        pytest.param(LOW, {}, {}, 1, id="one upgrade"),
        pytest.param(LOW, {BIAS: VERY_SERIOUS}, {LARGE: 1}, 2, id="two concerns less"),
        pytest.param(LOW, {BIAS: SERIOUS}, {LARGE: 2}, 1, id="an upgrade waits behind one concern"),
        pytest.param(VERY_LOW, {BIAS: SERIOUS}, {LARGE: 1}, 1, id="cleared, so the upgrade counts"),
        pytest.param(
            VERY_LOW, {IMPRECISION: VERY_SERIOUS}, {}, 3, id="case series: clear, then rate up"
        ),
    ],
)
def test_changes_to_lift(start, downs, ups, expected):
    assert sensitivity(start, downs, ups).changes_to_lift == expected


def test_there_is_one_row_for_each_judgement_in_the_order_of_the_vocabularies():
    names = [what_if.judgement for what_if in sensitivity(HIGH, {}).judgements]
    assert names == ["start", *Domain, *Upgrade]
    assert set(MOST_UP) == set(Upgrade)


def test_each_row_says_what_was_judged():
    result = sensitivity(LOW, {BIAS: SERIOUS}, {LARGE: 2})
    said = {name: named(result, name).rating for name in ("start", BIAS, IMPRECISION, LARGE)}
    assert said == {"start": "low", BIAS: "serious", IMPRECISION: "not_serious", LARGE: "2"}


def test_a_record_refuses_nonsense():
    with pytest.raises(ValueError, match="cannot lower"):
        WhatIf("start", "low", LOW, VERY_LOW, None)
    with pytest.raises(ValueError, match="cannot raise"):
        WhatIf("start", "low", LOW, None, HIGH)
    with pytest.raises(ValueError, match="lifted"):
        Sensitivity(HIGH, (), 1)
    with pytest.raises(ValueError, match="lifted"):
        Sensitivity(LOW, (), None)


starts = st.sampled_from(Certainty)
ratings = st.dictionaries(st.sampled_from(Domain), st.sampled_from(Concern))
few_ratings = st.dictionaries(st.sampled_from(Domain), st.sampled_from(Concern), max_size=3)
upgrades = st.fixed_dictionaries({}, optional={up: st.integers(0, most) for up, most in MOST_UP.items()})


@given(starts, ratings, upgrades, st.booleans())
def test_worse_never_raises_and_better_never_lowers(start, downs, ups, strict):
    result = sensitivity(start, downs, ups, strict_upgrades=strict)
    assert result.certainty == graded(start, downs, ups, strict_upgrades=strict).certainty
    for what_if in result.judgements:
        assert what_if.now is result.certainty
        if what_if.if_better is not None:
            assert what_if.if_better.level >= what_if.now.level
        if what_if.if_worse is not None:
            assert what_if.if_worse.level <= what_if.now.level


@given(starts, ratings, upgrades)
def test_nothing_leaves_the_four_levels(start, downs, ups):
    result = sensitivity(start, downs, ups)
    if result.certainty is HIGH:
        assert {w.if_better for w in result.judgements} <= {HIGH, None}
    if result.certainty is VERY_LOW:
        assert {w.if_worse for w in result.judgements} <= {VERY_LOW, None}


@given(starts, ratings, upgrades)
def test_one_change_lifts_exactly_where_a_row_shows_it(start, downs, ups):
    """The start is not needed for it: where a better start lifts, so does a better judgement."""
    result = sensitivity(start, downs, ups)
    shown = any(w.if_better not in (None, w.now) for w in result.judgements if w.judgement != "start")
    assert shown is (result.changes_to_lift == 1)


@given(starts, few_ratings, upgrades, st.booleans())
def test_no_shorter_way_up_is_found_by_trying_all(start, downs, ups, strict):
    found = sensitivity(start, downs, ups, strict_upgrades=strict)
    assert found.changes_to_lift == fewest_by_trying(start, downs, ups, strict)


@pytest.mark.parametrize(
    ("start", "downs", "ups", "judgement", "now", "better", "worse", "lift"),
    [
        pytest.param(
            LOW, {BIAS: SERIOUS}, {LARGE: 2}, BIAS, MODERATE, HIGH, LOW, 1, id="both are added up"
        ),
        pytest.param(
            LOW, {BIAS: SERIOUS}, {LARGE: 2}, LARGE, MODERATE, None, LOW, 1, id="fewer upgrades"
        ),
        pytest.param(LOW, {BIAS: SERIOUS}, {}, LARGE, VERY_LOW, LOW, None, 1, id="an upgrade lifts"),
        pytest.param(
            VERY_LOW, {BIAS: VERY_SERIOUS}, {LARGE: 1}, "start", VERY_LOW, VERY_LOW, None, 2, id="below"
        ),
    ],
)
def test_lenient_upgrading_is_varied_leniently(start, downs, ups, judgement, now, better, worse, lift):
    result = sensitivity(start, downs, ups, strict_upgrades=False)
    found = named(result, judgement)
    assert (found.now, found.if_better, found.if_worse) == (now, better, worse)
    assert result.changes_to_lift == lift


def fewest_by_trying(start, downs, ups, strict):
    """The fewest single-level changes to any judgement, start included, found breadth first."""
    now = graded(start, downs, ups, strict_upgrades=strict).certainty.level
    states = {(start.level, *(downs.get(d, Concern.NOT_SERIOUS).levels for d in Domain))}
    states = {(state, tuple(ups.get(up, 0) for up in Upgrade)) for state in states}
    for changes in range(1, 20):
        states = {better for state in states for better in one_better(*state)}
        if any(level_of(*state, strict) > now for state in states):
            return changes
    return None


def one_better(judged, ups):
    start, *downs = judged
    if start < 4:
        yield (start + 1, *downs), ups
    for at, down in enumerate(downs):
        if down:
            yield (start, *downs[:at], down - 1, *downs[at + 1 :]), ups
    for at, (level, most) in enumerate(zip(ups, MOST_UP.values(), strict=True)):
        if level < most:
            yield judged, (*ups[:at], level + 1, *ups[at + 1 :])


def level_of(judged, ups, strict):
    start, *downs = judged
    rated_up = 0 if strict and any(downs) else sum(ups)
    return min(4, max(1, start - sum(downs) + rated_up))
