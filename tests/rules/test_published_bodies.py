"""The published bodies that suggestions are held to: their data, and the figures of the docs."""

import re
from pathlib import Path

import pytest
from sample_evidence import evidence

from benchmarks import bodies
from benchmarks.bodies import COMPARED, agreement, bias_suggested, compared, effect, leaning, shown
from review.model.vocabulary import BiasConcern, Concern, Domain, Measure, Stance

DOCS = Path(__file__).resolve().parents[2] / "docs" / "grading.md"
BODIES = {row["body"]: row for row in bodies.bodies()}
STUDIES = bodies.studies()
RATED = ("risk_of_bias", "inconsistency", "indirectness", "imprecision", "publication_bias")


@pytest.fixture(scope="module")
def pairs():
    return compared()


def events(treated, of_treated, control, of_control):
    return {
        "treated_events": str(treated),
        "treated": str(of_treated),
        "control_events": str(control),
        "control": str(of_control),
        "estimate": "",
    }


def test_every_body_has_a_source_and_ratings_of_the_vocabulary():
    assert len(BODIES) == len(bodies.bodies())
    for row in BODIES.values():
        assert row["source"].startswith("https://")
        assert all(Concern(row[name]) for name in RATED if row[name]), row["body"]


def test_every_study_belongs_to_a_body_and_is_named_there_once():
    assert STUDIES.keys() <= BODIES.keys()
    for rows in STUDIES.values():
        assert len({row["study"] for row in rows}) == len(rows)
        assert all(row["source"].startswith("https://") for row in rows)


def test_arms_hold_their_events_and_add_up_to_the_people():
    rows = [row for rows in STUDIES.values() for row in rows if row["treated"]]
    for row in rows:
        assert int(row["treated_events"]) <= int(row["treated"])
        assert int(row["control_events"]) <= int(row["control"])
        assert int(row["treated"]) + int(row["control"]) == int(row["people"]), row


def test_studies_hold_the_people_that_the_authors_count():
    counted = [name for name in STUDIES if BODIES[name]["people"]]
    assert counted
    for name in counted:
        people = sum(int(row["people"]) for row in STUDIES[name])
        assert people == int(BODIES[name]["people"]), name


@pytest.mark.parametrize(
    ("arms", "printed"),
    [
        ((20, 62, 32, 64), (0.65, 0.42, 1.00)),
        ((53, 155, 67, 164), (0.84, 0.63, 1.11)),
        ((12, 127, 19, 133), (0.66, 0.33, 1.31)),
        # One arm without an event, as ACR prints it: a half is added to each cell.
        ((0, 53, 2, 47), (0.18, 0.01, 3.61)),
        ((4, 149, 0, 140), (8.46, 0.46, 155.72)),
    ],
)
def test_events_give_the_effect_that_the_sources_print(arms, printed):
    assert effect(events(*arms)) == pytest.approx(printed, abs=0.006)


def test_arms_without_any_event_give_no_effect():
    assert effect(events(0, 60, 0, 58)) == (None, None, None)


@pytest.mark.parametrize(
    ("limits", "by_interval", "by_estimate"),
    [
        ((0.5, 0.3, 0.8), Stance.SUPPORTS, Stance.SUPPORTS),
        ((0.9, 0.7, 1.2), Stance.SUPPORTS, Stance.SUPPORTS),
        ((1.1, 0.9, 1.4), Stance.SUPPORTS, Stance.CONTRADICTS),
        ((1.5, 1.2, 2.0), Stance.CONTRADICTS, Stance.CONTRADICTS),
        ((1.5, 1.0, 2.0), Stance.SUPPORTS, Stance.CONTRADICTS),
        ((1.0, 0.5, 2.0), Stance.SUPPORTS, Stance.MIXED),
    ],
)
def test_a_study_takes_the_side_of_its_interval_or_of_its_estimate(limits, by_interval, by_estimate):
    estimate, low, high = limits
    item = evidence("a", measure=Measure.RISK_RATIO, estimate=estimate, ci_low=low, ci_high=high)
    assert shown(item, -1.0) is by_interval
    assert leaning(item, -1.0) is by_estimate


def test_the_side_of_a_body_is_that_of_its_more_precise_studies():
    large = evidence("a", measure=Measure.RISK_RATIO, estimate=0.8, ci_low=0.7, ci_high=0.9)
    small = evidence("b", measure=Measure.RISK_RATIO, estimate=3.0, ci_low=0.5, ci_high=18.0)
    assert bodies.side_of_body({"estimate": ""}, [large, small]) == -1.0
    assert bodies.side_of_body({"estimate": ""}, [small]) == 1.0
    assert bodies.side_of_body({"estimate": ""}, []) == 0.0
    assert bodies.side_of_body({"estimate": "1.2", "measure": "risk-ratio"}, [large]) == 1.0


@pytest.mark.parametrize(
    ("footnote", "rating"),
    [
        ("3 low, 1 some", Concern.NOT_SERIOUS),
        ("1 low, 1 some, 1 high", Concern.SERIOUS),
        ("all some", Concern.SERIOUS),
        ("1 unknown, 4 some", Concern.SERIOUS),
        ("4 low, 1 unknown", Concern.NOT_SERIOUS),
        ("1 high, 1 unknown", None),
    ],
)
def test_bias_is_compared_only_where_the_unknown_decides_nothing(footnote, rating):
    suggested = bias_suggested(bodies.footnoted({"bias": footnote, "design": "randomised-trial"}))
    assert (suggested and suggested.concern) is rating


def test_what_authors_call_not_applicable_is_not_compared(pairs):
    domains = {pair.domain for pair in pairs if pair.body == "ean-4c-serious-events"}
    assert domains == {Domain.IMPRECISION}


def test_unappraised_studies_give_no_comparison_of_bias(pairs):
    appraised = {pair.body for pair in pairs if pair.domain is Domain.RISK_OF_BIAS}
    unknown = {
        name
        for name, rows in STUDIES.items()
        if not BODIES[name]["bias"] and not any(row["bias"] for row in rows)
    }
    assert unknown
    assert not appraised & unknown
    assert all(BiasConcern(row["bias"]) for rows in STUDIES.values() for row in rows if row["bias"])


def test_each_difference_names_what_the_guidance_says(pairs):
    differing = [pair for pair in pairs if not pair.agrees]
    assert differing
    assert all(bodies.guidance(pair) for pair in differing)


def test_agreement_of_ratings_that_are_all_alike_has_no_kappa(pairs):
    alike = [p for p in pairs if p.agrees and p.authors is Concern.SERIOUS]
    assert agreement(alike).endswith("kappa not defined: all are rated alike")


def test_the_docs_give_the_figures_of_the_run(pairs):
    of = {word.replace("_", " "): domain for domain, word in COMPARED.items()}
    within = pairs
    rows = re.findall(
        r"^\| (.+?) \| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", DOCS.read_text("utf-8"), re.M
    )
    assert len(rows) == 10
    for name, number, same, kappa, weighted in rows:
        if name in of:
            within = [pair for pair in pairs if pair.domain is of[name]]
        basis = name.removeprefix("- ")
        chosen = pairs if name == "all three" else [p for p in within if name in of or p.basis == basis]
        figures = f"{same.replace(' (', f' of {number} (')}, kappa {kappa}, weighted {weighted}"
        assert agreement(chosen) == figures, name
