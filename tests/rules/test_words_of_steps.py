"""The words in which grades, suggestions and appraisals show their steps.

A step that is shown is part of the answer: these are the sentences a director reads.
"""

import pytest
from pydantic import ValidationError
from sample_evidence import evidence

from review import appraisal
from review.grading.cases import Case, case_answer
from review.grading.grade import Step, graded
from review.grading.sort import SortGrade, sort_grade
from review.grading.suggest import suggested_ratings
from review.grading.thresholds import Thresholds
from review.model.vocabulary import (
    BiasConcern,
    Certainty,
    Concern,
    Design,
    Directness,
    Domain,
    Funding,
    Measure,
    OutcomeKind,
    Stance,
    Target,
    Upgrade,
)
from review.store.read import packaged_packs

LOW, SOME, HIGH, UNKNOWN = BiasConcern

TOOLS = packaged_packs().tools


def words(result) -> list[str]:
    return [str(step) for step in result.steps]


def test_steps_of_a_grade_with_reasons():
    result = graded(
        Certainty.HIGH,
        {Domain.RISK_OF_BIAS: Concern.SERIOUS, Domain.IMPRECISION: Concern.VERY_SERIOUS},
        reasons={"start": "One trial.", "risk_of_bias": "Not blinded.", "imprecision": "Twenty men."},
    )
    assert result.certainty is Certainty.VERY_LOW
    assert words(result) == [
        "start: high. One trial.",
        "risk_of_bias: -1 serious. Not blinded.",
        "inconsistency: not serious",
        "indirectness: not serious",
        "imprecision: -2 very serious. Twenty men.",
        "publication_bias: not serious",
    ]


def test_steps_at_the_floor_the_cap_and_with_upgrades():
    low = graded(Certainty.LOW, {Domain.INCONSISTENCY: Concern.EXTREMELY_SERIOUS})
    assert words(low)[0] == "start: low"
    assert words(low)[2] == "inconsistency: -3 extremely serious"
    assert words(low)[-1] == "floor: +2 certainty cannot fall below very low"
    ups = {Upgrade.LARGE_EFFECT: 2, Upgrade.DOSE_RESPONSE: 1, Upgrade.OPPOSING_CONFOUNDING: 0}
    high = graded(Certainty.LOW, {}, ups, reasons={"dose_response": "More gave more."})
    assert words(high)[-3:] == [
        "large_effect: +2",
        "dose_response: +1 More gave more.",
        "cap: -1 certainty cannot exceed high",
    ]
    strict = graded(Certainty.LOW, {Domain.IMPRECISION: Concern.SERIOUS}, ups)
    assert words(strict)[-2:] == [
        "large_effect: not taken: something was rated down",
        "dose_response: not taken: something was rated down",
    ]
    exact = graded(Certainty.MODERATE, {}, {Upgrade.LARGE_EFFECT: 1})
    assert words(exact)[-1] == "large_effect: +1"
    assert str(Step("start", 0, "")) == "start"
    assert str(Step("start", 0, "Of vitamin X")) == "start: Of vitamin X"


CLEAN = {
    "design": "randomized",
    "start": "high",
    "rob": "not_serious",
    "inconsistency": "not_serious",
    "indirectness": "not_serious",
    "imprecision": "not_serious",
    "publication_bias": "undetected",
}


def answer(strict=False, **inputs):
    case = Case.model_validate({"id": "a", "inputs": {**CLEAN, **inputs}})
    return case_answer(case, strict_upgrades=strict)


def test_answers_to_cases():
    assert answer(publication_bias="strongly_suspected")["certainty"] == "moderate"
    assert answer(rob=None, start=None) == {
        "id": "a",
        "certainty": None,
        "steps": ["not derivable: not judged in the case: risk_of_bias, start"],
        "notes": [],
    }
    assert answer(rob=None)["steps"] == ["not derivable: not judged in the case: risk_of_bias"]
    assert answer(start=None)["steps"] == ["not derivable: not judged in the case: start"]
    found = answer(imprecision=None, numbers={"ci_low": 0.6, "ci_high": 2, "threshold": 1})
    assert found["steps"][0] == "imprecision derived: interval 0.6 to 2 against the threshold 1"
    assert found["certainty"] == "moderate"


@pytest.mark.parametrize(
    ("word", "certainty", "is_told"),
    [
        ("undetected", "high", False),
        ("suspected", "moderate", False),
        ("strongly_suspected", "moderate", False),
        ("very_likely", "low", False),
        ("not_assessed", "high", True),
        ("not_applicable", "high", True),
        ("unclear", "high", True),
    ],
)
def test_what_each_word_on_publication_bias_costs(word, certainty, is_told):
    found = answer(publication_bias=word)
    assert found["certainty"] == certainty
    told = (
        f"publication bias is {word.replace('_', ' ')}: no level is taken for it, and that is no sign "
        f"that there is none"
    )
    assert found["notes"] == [told] * is_told


@pytest.mark.parametrize("levels", [-1, 3, 5, 1.5, True, "1"])
def test_no_reason_lifts_by_less_than_nothing_or_more_than_two_levels(levels):
    with pytest.raises(ValidationError):
        answer(upgrades={"dose_response": levels})


@pytest.mark.parametrize(("levels", "certainty"), [(0, "low"), (1, "moderate"), (2, "high")])
def test_a_reason_lifts_by_its_levels(levels, certainty):
    found = answer(design="observational", start="low", upgrades={"large_effect": levels})
    assert found["certainty"] == certainty


NO_INTERVAL = "a threshold needs an interval: give ci_low and ci_high"


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ({"threshold": 1.0}, NO_INTERVAL),
        ({"thresholds": [1.0]}, NO_INTERVAL),
        ({"threshold": 0, "ci_low": 0.5}, NO_INTERVAL),
        ({"threshold": 0, "ci_high": 0.5}, NO_INTERVAL),
        ({"threshold": 1.0, "ci_low": 2, "ci_high": 1.5}, "ci_low is above ci_high"),
        ({"ci_low": 2, "ci_high": 1.5}, "ci_low is above ci_high"),
        ({"threshold": "a little", "ci_low": 1, "ci_high": 2}, "valid number"),
        ({"n_total": -4}, "greater than or equal to 0"),
    ],
)
def test_numbers_that_cannot_be_used_are_refused(numbers, fault):
    with pytest.raises(ValidationError, match=fault):
        answer(imprecision=None, numbers=numbers)


def test_nobody_and_an_interval_of_one_point_are_numbers():
    found = answer(imprecision=None, numbers={"ci_low": 2, "ci_high": 2, "threshold": 2, "n_total": 0})
    assert found["certainty"] == "high"
    assert found["notes"] == [
        "0 participants are fewer than 400: the rules would suggest very serious imprecision, and "
        "then at most low certainty"
    ]


def test_several_thresholds_are_one_rule():
    numbers = {"ci_low": -12, "ci_high": 9, "thresholds": [8, -10]}
    found = answer(imprecision=None, numbers=numbers)
    assert found["steps"][0] == "imprecision derived: interval -12 to 9 against the thresholds -10 and 8"
    assert found["certainty"] == "low"
    assert answer(imprecision=None, numbers={**numbers, "threshold": 0})["certainty"] == "very_low"
    assert answer(numbers=numbers)["certainty"] == "high"
    no_threshold = answer(imprecision=None, numbers={"ci_low": -12, "ci_high": 9})
    assert no_threshold["steps"] == ["not derivable: not judged in the case: imprecision"]


@pytest.mark.parametrize(
    ("expected", "rob", "notes"),
    [
        ({"certainty": "low"}, "serious", ["the case expects low; its judgements give moderate"]),
        (
            {"certainty": "very_low"},
            "very_serious",
            ["the case expects very low; its judgements give low"],
        ),
        ({"certainty": "moderate"}, "serious", []),
        ({"certainty": "low"}, None, []),
        ({}, "serious", []),
        (None, "serious", []),
    ],
)
def test_a_case_that_expects_something_else_is_told(expected, rob, notes):
    case = {"id": "a", "inputs": {**CLEAN, "rob": rob}, "expected": expected}
    assert case_answer(Case.model_validate(case))["notes"] == notes


def test_strict_upgrades_are_passed_on():
    inputs = {"design": "observational", "start": "low", "rob": "serious"}
    assert answer(upgrades={"large_effect": 1}, **inputs)["certainty"] == "low"
    assert answer(strict=True, upgrades={"large_effect": 1}, **inputs)["certainty"] == "very_low"
    case = Case.model_validate(
        {"id": "a", "inputs": {**CLEAN, **inputs, "upgrades": {"large_effect": 1}}}
    )
    assert case_answer(case)["certainty"] == "low"


@pytest.mark.parametrize(
    ("design", "start", "notes"),
    [
        ("observational", "low", []),
        ("unknown design", "low", []),
        (
            "observational",
            "high",
            [
                "the case starts at high, the classic rule starts observational evidence at low: the "
                "answer is 2 levels higher than that rule allows before cap and floor"
            ],
        ),
        (
            "case_series",
            "low",
            [
                "the case starts at low, the classic rule starts case_series evidence at very-low: the "
                "answer is 1 level higher than that rule allows before cap and floor"
            ],
        ),
        ("prognostic", "high", []),
        (
            "prognostic",
            "low",
            [
                "the case starts at low, the classic rule starts prognostic evidence at high: the "
                "answer is 2 levels lower than that rule allows before cap and floor"
            ],
        ),
        ("nonrandomized_robins_i", "high", []),
        (
            "nonrandomized_robins_i",
            "low",
            [
                "the case starts at low, the robins-i rule starts nonrandomized_robins_i evidence at "
                "high: the answer is 2 levels lower than that rule allows before cap and floor"
            ],
        ),
        (
            "randomized",
            "moderate",
            [
                "the case starts at moderate, the classic rule starts randomized evidence at high: the "
                "answer is 1 level lower than that rule allows before cap and floor"
            ],
        ),
    ],
)
def test_notes_on_unusual_starts(design, start, notes):
    assert answer(design=design, start=start)["notes"] == notes


@pytest.mark.parametrize(
    ("participants", "note"),
    [
        (119, "very serious imprecision, and then at most low certainty"),
        (120, "serious imprecision, and then at most moderate certainty"),
        (399, "serious imprecision, and then at most moderate certainty"),
        (400, None),
    ],
)
def test_notes_on_too_few_participants(participants, note):
    suggests = f"{participants} participants are fewer than 400: the rules would suggest {note}"
    assert answer(numbers={"n_total": participants})["notes"] == ([suggests] if note else [])
    assert answer(numbers={"n_total": participants}, imprecision="serious")["notes"] == []


def outcome(name, importance, certainty):
    return {"name": name, "importance": importance, "certainty": certainty}


def test_overall_answers():
    found = answer(
        outcomes=[
            outcome("death", "critical", "moderate"),
            outcome("pain", "important", "very_low"),
            outcome("harm", "critical", "low"),
        ]
    )
    assert found["certainty"] == "low"
    assert found["steps"] == ["overall: lowest of the critical outcomes: death moderate, harm low"]
    alike = answer(
        outcomes=[
            {**outcome("death", "critical", "very_low"), "towards": "benefit"},
            {**outcome("relapse", "critical", "moderate"), "towards": "benefit", "suffices": True},
        ]
    )
    assert alike["certainty"] == "moderate"
    assert alike["steps"] == [
        "overall: all point the same way, so the highest of those that suffice alone: death very low, "
        "relapse moderate"
    ]
    none_suffices = {**outcome("death", "critical", "low"), "towards": "benefit"}
    of_no_way = {**outcome("death", "critical", "low"), "suffices": True}
    for only in (none_suffices, of_no_way):
        steps = answer(outcomes=[only])["steps"]
        assert steps == ["overall: lowest of the critical outcomes: death low"]
    none = answer(outcomes=[outcome("pain", "important", "low")])
    assert none["certainty"] is None
    assert none["steps"] == ["not derivable: no outcome is critical"]


@pytest.mark.parametrize(
    ("levels", "outcome_kind", "consistent", "expected"),
    [
        ([], OutcomeKind.PATIENT_ORIENTED, True, SortGrade(None, "SORT does not apply")),
        ([1], OutcomeKind.NOT_APPLICABLE, True, SortGrade(None, "SORT does not apply")),
        ([1], OutcomeKind.DISEASE_ORIENTED, True, SortGrade("C", "disease-oriented outcome")),
        (
            [3],
            OutcomeKind.PATIENT_ORIENTED,
            True,
            SortGrade("C", "series, laboratory work, usual practice or opinion"),
        ),
        (
            [1, 3],
            OutcomeKind.PATIENT_ORIENTED,
            True,
            SortGrade("A", "consistent, good-quality patient-oriented evidence"),
        ),
        (
            [1],
            OutcomeKind.PATIENT_ORIENTED,
            False,
            SortGrade("B", "inconsistent patient-oriented evidence"),
        ),
        (
            [2],
            OutcomeKind.PATIENT_ORIENTED,
            True,
            SortGrade("B", "limited-quality patient-oriented evidence"),
        ),
    ],
)
def test_words_of_sort(levels, outcome_kind, consistent, expected):
    assert sort_grade(levels, outcome_kind, consistent) == expected


def reason(domain, *body, **more) -> str:
    return suggested_ratings(body, **more)[domain].reason


def ratio(estimate, low, high, **changes) -> dict[str, object]:
    effect = {"estimate": estimate, "ci_low": low, "ci_high": high}
    return {"measure": Measure.RISK_RATIO, **effect, **changes}


def difference(estimate, low, high, **changes) -> dict[str, object]:
    return ratio(estimate, low, high, **{"measure": Measure.MEAN_DIFFERENCE, "unit": "kg", **changes})


STANDARDISED = {"measure": Measure.STANDARDISED_MEAN_DIFFERENCE, "unit": None}


@pytest.mark.parametrize(
    ("domain", "body", "expected"),
    [
        (Domain.RISK_OF_BIAS, [{}], "Risk of bias of 1 study: 1 low."),
        (
            Domain.RISK_OF_BIAS,
            [{"bias": SOME}, {"bias": HIGH, "participants": 500}, {"bias": UNKNOWN}],
            "Risk of bias of 3 studies: 1 some, 1 high, 1 unknown.",
        ),
        (
            Domain.RISK_OF_BIAS,
            [{"bias": HIGH, "participants": 55}, {"bias": LOW, "participants": 45}],
            "Risk of bias of 2 studies: 1 low, 1 high. "
            "55% of the people are not known to be at low risk.",
        ),
        (
            Domain.RISK_OF_BIAS,
            [{"bias": HIGH, "participants": None}, {"bias": LOW}],
            "Risk of bias of 2 studies: 1 low, 1 high. "
            "50% of the studies are not known to be at low risk.",
        ),
        (Domain.INCONSISTENCY, [{}], "One study only."),
        (Domain.INCONSISTENCY, [{}, {}], "All 2 studies point the same way."),
        (
            Domain.INCONSISTENCY,
            [{}, {}, {"stance": Stance.MIXED}],
            "Divided, by the people: 67% support the statement, 33% are mixed.",
        ),
        (
            Domain.INCONSISTENCY,
            [{"participants": 9000}, {"stance": Stance.CONTRADICTS}],
            "By the people, 90% support the statement, 10% contradict it. One side has the weight.",
        ),
        (
            Domain.INCONSISTENCY,
            [ratio(0.5, 0.4, 0.6), ratio(0.6, 0.5, 0.7)],
            "The intervals of 100% of the people overlap.",
        ),
        (
            Domain.INCONSISTENCY,
            [ratio(0.8, 0.78, 0.82), ratio(0.9, 0.88, 0.92)],
            "The estimates differ by less than what matters.",
        ),
        (
            Domain.INCONSISTENCY,
            [ratio(0.3, 0.28, 0.32), ratio(0.9, 0.88, 0.92)],
            "2 estimates vary widely, and no more than 50% of the people have intervals that overlap; "
            "unexplained.",
        ),
        (
            Domain.INDIRECTNESS,
            [
                {"comparator": Directness.INDIRECT, "participants": 550},
                {"comparator": Directness.DIRECT, "participants": 450},
            ],
            "In most of the people: comparator indirect.",
        ),
        (
            Domain.INDIRECTNESS,
            [{"comparator": Directness.DIRECT}],
            "Most of the body is direct.",
        ),
        (
            Domain.INDIRECTNESS,
            [
                {"directness": (Directness.INDIRECT, Directness.PARTLY, Directness.DIRECT)},
                {
                    "directness": (Directness.INDIRECT, Directness.INDIRECT, Directness.DIRECT),
                    "comparator": Directness.PARTLY,
                },
            ],
            "In most of the people: population indirect, intervention partly. "
            "The comparator was not judged in 1 of the studies.",
        ),
        (
            Domain.INDIRECTNESS,
            [{"directness": (Directness.NOT_APPLICABLE, Directness.DIRECT, Directness.PARTLY)}],
            "In most of the people: outcome partly. The comparator was not judged.",
        ),
        (
            Domain.IMPRECISION,
            [{"design": Design.CASE_SERIES}, {"design": Design.CASE_REPORT}],
            "No comparison group, so no interval for an effect: not assessable.",
        ),
        (
            Domain.IMPRECISION,
            [{"participants": None}],
            "The number of participants is not reported.",
        ),
        (
            Domain.IMPRECISION,
            [{"participants": 50}, {"participants": 60}],
            "110 participants in 2 studies: under 30% of 400.",
        ),
        (
            Domain.IMPRECISION,
            [{"participants": 50}, {"participants": None}],
            "50 participants in 1 study, 1 more without a number: fewer than 400.",
        ),
        (Domain.IMPRECISION, [{"participants": 400}], "400 participants in 1 study."),
        (
            Domain.IMPRECISION,
            [{"measure": Measure.PROPORTION, "events": 399}],
            "1000 participants in 1 study, but 399 events are fewer than 400.",
        ),
        (
            Domain.IMPRECISION,
            [{"measure": Measure.PROPORTION, "events": 400}],
            "1000 participants in 1 study.",
        ),
        (Domain.IMPRECISION, [{"events": 9}], "1000 participants in 1 study."),
        (
            Domain.IMPRECISION,
            [ratio(0.2, 0.1, 0.3, measure=Measure.RISK_DIFFERENCE, events=500)],
            "One study: risk difference 0.2 (0.1 to 0.3): it crosses no threshold, but is perhaps "
            "implausibly large, and there are 500 events; 400 are needed.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.9, 0.8, 0.99, design=Design.REVIEW_OF_TRIALS)],
            "One review: risk ratio 0.9 (0.8 to 0.99): it crosses no threshold, and is not "
            "implausibly large.",
        ),
        (
            Domain.IMPRECISION,
            [difference(0.1, -0.6, 0.7, stance=Stance.CONTRADICTS, **STANDARDISED)],
            "One study: standardised mean difference 0.1 (-0.6 to 0.7): it includes no effect, "
            "appreciable benefit and appreciable harm (-0.5 and 0.5).",
        ),
        (
            Domain.IMPRECISION,
            [ratio(3.0, 1.0, 9.0)],
            "One study: risk ratio 3 (1 to 9): it crosses no threshold, but is implausibly large, "
            "and the limits lie too far apart.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.6, 0.5, 0.7)],
            "One study: risk ratio 0.6 (0.5 to 0.7): it crosses no threshold, but is implausibly "
            "large, and the number of events is not reported.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.6, 0.5, 0.7, events=399)],
            "One study: risk ratio 0.6 (0.5 to 0.7): it crosses no threshold, but is implausibly "
            "large, and there are 399 events; 400 are needed.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.9, 0.8, 0.99)],
            "One study: risk ratio 0.9 (0.8 to 0.99): it crosses no threshold, and is not "
            "implausibly large.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.9, 0.8, 1.1)],
            "One study: risk ratio 0.9 (0.8 to 1.1): it includes no effect.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(0.9, 0.7, 1.26)],
            "One study: risk ratio 0.9 (0.7 to 1.26): it includes no effect, appreciable benefit "
            "and appreciable harm (0.75 and 1.25).",
        ),
        (
            Domain.IMPRECISION,
            [ratio(1.5, 0.8, 2.5)],
            "One study: risk ratio 1.5 (0.8 to 2.5): it includes no effect, and its limits lie too "
            "far apart.",
        ),
        (
            Domain.IMPRECISION,
            [ratio(1.0, 0.7, 1.1, stance=Stance.CONTRADICTS)],
            "One study: risk ratio 1 (0.7 to 1.1): it includes an effect that matters (0.75).",
        ),
        (
            Domain.IMPRECISION,
            [ratio(1.0, 0.9, 1.1, stance=Stance.CONTRADICTS)],
            "One study: risk ratio 1 (0.9 to 1.1): it includes no effect that matters.",
        ),
        (
            Domain.IMPRECISION,
            [difference(1.0, -1.0, 3.0)],
            "One study: mean difference 1 (-1 to 3) kg: it includes no effect; from where on it "
            "matters is not recorded.",
        ),
        (
            Domain.IMPRECISION,
            [difference(4.0, 3.0, 5.0, participants=30)],
            "One study: mean difference 4 (3 to 5) kg: it crosses no threshold, but is perhaps "
            "implausibly large, and 30 participants in 1 study are fewer than 400.",
        ),
        (
            Domain.IMPRECISION,
            [difference(4.0, 3.0, 5.0, sd=2.0)],
            "One study: mean difference 4 (3 to 5) kg: it crosses no threshold, but is implausibly "
            "large, and 1000 participants in 1 study are enough (400).",
        ),
        (
            Domain.IMPRECISION,
            [difference(4.0, 3.0, 5.0, participants=None)],
            "One study: mean difference 4 (3 to 5) kg: it crosses no threshold, but is perhaps "
            "implausibly large, and the number of participants is not reported.",
        ),
        (
            Domain.PUBLICATION_BIAS,
            [{"funding": Funding.INDUSTRY, "participants": 399}, {}],
            "1 of 2 studies known to be small and paid for by industry.",
        ),
        (Domain.PUBLICATION_BIAS, [{}], "0 of 1 study known to be small and paid for by industry."),
        (
            Domain.PUBLICATION_BIAS,
            [
                {"funding": Funding.MIXED, "participants": 399},
                {"funding": Funding.INDUSTRY, "participants": None},
                {"funding": Funding.INDUSTRY, "participants": 400},
            ],
            "Small and paid for by industry: study0, study1.",
        ),
        (
            Domain.PUBLICATION_BIAS,
            [{"funding": Funding.NOT_REPORTED, "participants": 39}],
            "Nothing but small positive studies, most without a statement of independent funding.",
        ),
    ],
)
def test_words_of_suggestions(domain, body, expected):
    assert reason(domain, *(evidence(f"study{i}", **b) for i, b in enumerate(body))) == expected


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        (
            ratio(0.8, 0.7, 0.97),
            Thresholds(unit="per 1,000", small=5, baseline_risk=0.1),
            "One study: risk ratio 0.8 (0.7 to 0.97), that is -20 (-30 to -3) per 1,000: it includes "
            "thresholds of what matters (-5).",
        ),
        (
            ratio(0.6, 0.5, 0.7, participants=4000),
            Thresholds(baseline_risk=0.1),
            "One study: risk ratio 0.6 (0.5 to 0.7): it crosses no threshold, but is implausibly "
            "large, and 4000 participants in 1 study are fewer than needed (4,004).",
        ),
        (
            ratio(0.6, 0.5, 0.7, participants=4004),
            Thresholds(baseline_risk=0.1),
            "One study: risk ratio 0.6 (0.5 to 0.7): it crosses no threshold, but is implausibly "
            "large, and 4004 participants in 1 study are enough (4,004).",
        ),
        (
            difference(0.5, -3.0, 2.5),
            Thresholds(unit="kg", small=2.0),
            "One study: mean difference 0.5 (-3 to 2.5) kg: it includes thresholds of what matters "
            "(-2, 2).",
        ),
        (
            difference(0.5, -1.0, 2.0),
            Thresholds(unit="kg", small=2.0),
            "One study: mean difference 0.5 (-1 to 2) kg: it includes no effect that matters.",
        ),
    ],
)
def test_words_on_thresholds(changes, known, expected):
    assert reason(Domain.IMPRECISION, evidence(**changes), thresholds=known) == expected


def test_words_on_the_side_of_a_threshold():
    body = [evidence("a", **difference(4, 3.9, 4.1)), evidence("b", **difference(9, 8.9, 9.1))]
    found = reason(Domain.INCONSISTENCY, *body, thresholds=Thresholds(target=Target.NO_EFFECT))
    assert found == "2 estimates differ in size, not in the side of the threshold."


def test_words_on_people_who_are_not_added():
    trials = [evidence(name, participants=9) for name in "ab"]
    body = [evidence("r", design=Design.REVIEW_OF_TRIALS), *trials]
    not_added = " Not added, for a review and its trials hold the same people: a, b."
    for domain in (Domain.RISK_OF_BIAS, Domain.INDIRECTNESS, Domain.IMPRECISION):
        assert reason(domain, *body).endswith(not_added)
    told = "All 3 studies point the same way. A review and its trials may hold the same people: a, b."
    assert reason(Domain.INCONSISTENCY, *body) == told


def test_words_on_silent_registrations():
    silent = ["nct2", "nct1"]
    found = reason(Domain.PUBLICATION_BIAS, evidence(), registered_without_results=silent)
    assert found == "Ended, no results read: nct1, nct2."
    found = reason(Domain.PUBLICATION_BIAS, evidence(), registered_and_open=silent)
    assert found == (
        "0 of 1 study known to be small and paid for by industry. "
        "Registered, not known to have ended: nct1, nct2."
    )
    many = [evidence(f"study{i}") for i in range(10)]
    found = reason(Domain.PUBLICATION_BIAS, *many, registered_without_results=silent)
    assert found == "0 of 10 studies known to be small and paid for by industry."


def judged(name, answers=None, **changed):
    tool = next(tool for tool in TOOLS.values() if tool.name == name)
    return appraisal.judged(tool, {**(answers or {}), **changed})


def test_words_of_jbi():
    yes = {f"q{i}": "Y" for i in range(1, 11)}
    best = judged("jbi-case-series", yes)
    assert (best.overall, best.concern) == ("10 of 10 items met, 0 not in what was read", "low")
    assert best.steps == (best.overall, "validity items give low concern")
    assert best.domains == ()
    mixed = judged("jbi-case-series", yes, q1="NA", q6="N", q7="NR", q2="NR")
    assert mixed.overall == "6 of 9 items met, 2 not in what was read"
    assert mixed.concern == "unknown"
    assert judged("jbi-case-series", yes, q6="N").concern == "low"
    for item in ("q1", "q2", "q3", "q4", "q5", "q10"):
        assert judged("jbi-case-series", yes, **{item: "N"}).concern == "high"
        assert judged("jbi-case-series", yes, **{item: "U"}).concern == "high"
        assert judged("jbi-case-series", yes, **{item: "NR"}).concern == "unknown"
        assert judged("jbi-case-series", yes, **{item: "NA"}).concern == "low"


def test_words_of_syrcle():
    yes = {f"q{i}": "Y" for i in range(1, 11)}
    best = judged("syrcle", yes)
    assert best.overall == "10 items at low risk, 0 at high risk, 0 unclear"
    assert (best.concern, best.domains, best.steps) == ("low", (), (best.overall,))
    assert judged("syrcle", yes, q1="U", q2="NR").concern == "unknown"
    worst = judged("syrcle", yes, q1="N", q2="U")
    assert worst.overall == "8 items at low risk, 1 at high risk, 1 unclear"
    assert worst.concern == "high"


def test_words_of_amstar2():
    yes = {f"q{i}": "Y" for i in range(1, 17)}
    steps = ("1 critical flaws", "2 other weaknesses", "0 items not in what was read")
    found = judged("amstar2", yes, q2="N", q3="N", q5="N")
    assert (found.overall, found.concern, found.domains, found.steps) == ("low", "high", (), steps)
    assert judged("amstar2", yes).concern == "low"
    assert judged("amstar2", yes, q3="N", q5="N").concern == "some"
    assert judged("amstar2", yes, q3="N", q5="N").overall == "moderate"
    flawed = judged("amstar2", yes, q3="NR", q2="N")
    assert (flawed.overall, flawed.cautions) == ("low", ())
    assert flawed.steps[2] == "1 items not in what was read"
    darker = judged("amstar2", yes, q4="NR", q2="N")
    caution = "critically low at worst, as critical items were not in what was read"
    assert (darker.overall, darker.cautions, darker.steps[-1]) == ("low", (caution,), caution)
    unread = judged("amstar2", yes, q3="NR")
    assert unread.overall == "not assessable from what was read"
    worst = judged("amstar2", yes, q2="N", q4="N", q5="NR")
    assert (worst.overall, worst.concern) == ("critically low", "high")


def test_answers_that_amstar2_allows():
    allowed = TOOLS["amstar2-2017"].answers
    for number in range(1, 17):
        partial = ("PY",) if number in (2, 4, 7, 8, 9) else ()
        pooled = ("NA",) if number in (11, 12, 15) else ()
        assert tuple(allowed[f"q{number}"]) == ("Y", *partial, "N", *pooled, "NR")


def test_words_of_quin_sanra_and_robins_i():
    full = {f"q{i}": "2" for i in range(1, 13)}
    best = judged("quin", full)
    assert (best.overall, best.concern) == ("low risk, score 100.00", "low")
    assert (best.domains, best.steps) == ((), ("score 100.00",))
    unread = judged("quin", full, q1="NR", q2="NR")
    assert (unread.overall, unread.concern) == ("not assessable from what was read", "unknown")
    assert unread.steps == ("2 criteria not in what was read, so no score",)
    half = judged("quin", dict.fromkeys(full, "1"))
    assert (half.overall, half.concern) == ("medium risk, score 50.00", "some")
    poor = judged("quin", dict.fromkeys(full, "0"))
    assert (poor.overall, poor.concern) == ("high risk, score 0.00", "high")
    none = judged("quin", dict.fromkeys(full, "NA"))
    assert (none.text, none.steps) == ("not applicable", ("no item applies",))
    six = {f"q{i}": "2" for i in range(1, 7)}
    whole = judged("sanra", six, q1="1")
    assert (whole.overall, whole.concern) == ("11 of 12 points", "unknown")
    assert (whole.domains, whole.steps) == ((), ("11 of 12 points",))
    assert judged("sanra", six, q2="NR").overall == "10 points, 1 of 6 items not in what was read"
    names = ("confounding", "selection", "classification", "deviations", "missing_data")
    low = dict.fromkeys((*names, "measurement", "selected_result"), "low")
    found = judged("robins-i", low, missing_data="serious")
    assert found.domains[4] == ("missing data", "serious")
    assert found.steps[0] == "confounding: low"
    assert found.steps[-1] == "overall: worst domain, serious"


def test_rob2_names_its_domains():
    tool = TOOLS["rob2-2019"]
    found = appraisal.judged(tool, {**dict.fromkeys(tool.answers, "NI"), "3.2": "N"})
    assert [name for name, _ in found.domains] == [
        "randomisation",
        "deviations",
        "missing data",
        "measurement",
        "selected result",
    ]
    assert found.steps == (
        "randomisation: some concerns",
        "deviations: high",
        "missing data: high",
        "measurement: high",
        "selected result: some concerns",
        "low at best: what was read leaves items open",
    )
