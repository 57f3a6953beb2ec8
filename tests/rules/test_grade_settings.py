"""The conventions of GRADE as settings: what they say, and what they do to a standing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_body import AS_OF, item, proposition

from review.grading.settings import DEFAULTS, GradeSettings
from review.model.records import CertaintyRecord
from review.model.vocabulary import (
    BiasConcern,
    Certainty,
    Concern,
    Design,
    Direction,
    Domain,
    Stance,
    StartRule,
    Upgrade,
    Upgrading,
)
from review.verdicts.bodies import body_of_evidence
from review.verdicts.standing import Basis, standing_of

ROBINS_I = GradeSettings(StartRule.ROBINS_I)
CORE = GradeSettings(StartRule.CORE)
LENIENT = GradeSettings(upgrading=Upgrading.LENIENT)
CARRY = "Such a start holds only where the risk of bias was rated by ROBINS-I."


def record(start=Certainty.LOW, studies=("study1",), ratings=None, upgrades=None) -> CertaintyRecord:
    ratings, upgrades = ratings or {}, upgrades or {}
    return CertaintyRecord(
        proposition="regrows",
        studies=studies,
        start=start,
        start_reason="As judged.",
        ratings={
            domain: {"rating": ratings.get(domain, Concern.NOT_SERIOUS), "reason": "x"}
            for domain in Domain
        },
        upgrades={
            upgrade: {"levels": str(upgrades.get(upgrade, 0)), "reason": "x"} for upgrade in Upgrade
        },
        certainty=Certainty.LOW,
        status="draft",
        authored_by="reviewer A",
        checked_by="not_checked",
        date_reviewed=date(2026, 11, 21),
        next_review=date(2027, 11, 21),
    )


def standing(*items, recorded=None, settings=DEFAULTS):
    about = proposition()
    return standing_of(about, body_of_evidence(about, items, AS_OF), recorded, settings)


def test_the_defaults_are_what_they_are_documented_to_be():
    assert GradeSettings(StartRule.CLASSIC, Upgrading.STRICT, 400) == DEFAULTS
    assert str(DEFAULTS) == "classic start rule, strict upgrading, information size 400"
    assert DEFAULTS.method == f"GRADE, 2011-2013 guidelines, arithmetic form 1, {DEFAULTS}"
    assert DEFAULTS.strict_upgrades
    assert not LENIENT.strict_upgrades
    assert str(GradeSettings(StartRule.ROBINS_I, Upgrading.LENIENT, 800)) == (
        "robins-i start rule, lenient upgrading, information size 800"
    )


@pytest.mark.parametrize("size", [0, -400])
def test_an_information_size_is_a_number_of_people(size):
    with pytest.raises(ValueError, match=f"size of {size} is no number of people"):
        GradeSettings(information_size=size)
    assert GradeSettings(information_size=1).information_size == 1


@pytest.mark.parametrize(
    ("settings", "start", "certainty"),
    [
        pytest.param(DEFAULTS, "low", Certainty.LOW, id="classic"),
        pytest.param(CORE, "low", Certainty.LOW, id="core"),
        pytest.param(ROBINS_I, "high", Certainty.HIGH, id="robins-i"),
    ],
)
def test_a_suggested_start_follows_the_rule(settings, start, certainty):
    found = standing(item(design=Design.COHORT, bias=BiasConcern.LOW), settings=settings)
    assert found.basis is Basis.SUGGESTED
    assert found.certainty is certainty
    said = f"{start}. Design in people: Cohort."
    assert found.steps[0].reason == (f"{said} {CARRY}" if settings is ROBINS_I else said)
    assert found.method == settings.method


@pytest.mark.parametrize("settings", [DEFAULTS, CORE, ROBINS_I])
def test_a_trial_starts_high_under_every_rule(settings):
    found = standing(item(bias=BiasConcern.LOW), settings=settings)
    assert found.steps[0].reason == "high. Design in people: Randomised trial."
    assert found.certainty is Certainty.HIGH


@pytest.mark.parametrize(
    ("design", "recorded_start", "settings", "start", "said"),
    [
        pytest.param(
            Design.COHORT, Certainty.LOW, DEFAULTS, Certainty.LOW, "low. As judged.", id="classic"
        ),
        pytest.param(Design.COHORT, Certainty.LOW, CORE, Certainty.LOW, "low. As judged.", id="core"),
        pytest.param(
            Design.COHORT, Certainty.LOW, ROBINS_I, Certainty.HIGH,
            "high. By the robins-i start rule, in place of the recorded low. "
            f"{CARRY} Recorded: As judged.", id="replaced",
        ),
        pytest.param(
            Design.COHORT, Certainty.MODERATE, ROBINS_I, Certainty.MODERATE, "moderate. As judged.",
            id="a start that was judged stands",
        ),
        pytest.param(
            Design.RANDOMISED_TRIAL, Certainty.HIGH, ROBINS_I, Certainty.HIGH, "high. As judged.",
            id="the rules agree on trials",
        ),
        pytest.param(
            Design.RANDOMISED_TRIAL, Certainty.LOW, ROBINS_I, Certainty.LOW, "low. As judged.",
            id="a trial that was judged to start low",
        ),
        pytest.param(
            Design.CASE_SERIES, Certainty.VERY_LOW, ROBINS_I, Certainty.VERY_LOW,
            "very-low. As judged.", id="the rules agree on series",
        ),
    ],
)  # fmt: skip
def test_the_start_of_a_recorded_judgement(design, recorded_start, settings, start, said):
    found = standing(item(design=design), recorded=record(recorded_start), settings=settings)
    assert found.basis is Basis.RECORDED
    assert found.certainty is start
    assert found.steps[0].reason == said


def test_a_low_start_of_a_body_with_a_trial_was_judged_and_stands():
    body = item(1, Design.COHORT), item(2)
    judged = record(Certainty.LOW, ("study1", "study2"))
    found = standing(*body, recorded=judged, settings=ROBINS_I)
    assert found.steps[0].reason == "low. As judged."


def test_recorded_ratings_are_kept_under_another_rule():
    judged = record(ratings={Domain.RISK_OF_BIAS: Concern.SERIOUS})
    cohort = item(design=Design.COHORT)
    assert standing(cohort, recorded=judged).certainty is Certainty.VERY_LOW
    assert standing(cohort, recorded=judged, settings=ROBINS_I).certainty is Certainty.MODERATE


@pytest.mark.parametrize("studies", [("study1",), ("study1", "study3"), ("study2",)])
def test_a_judgement_of_other_studies_is_marked_and_not_used(studies):
    body = item(1), item(2)
    judged = record(Certainty.LOW, studies)
    found, fresh = standing(*body, recorded=judged), standing(*body)
    assert (found.stale, fresh.stale, found.basis) == (True, False, Basis.SUGGESTED)
    assert (found.certainty, found.judged_by) == (fresh.certainty, "nobody yet")


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ((), "(of what is not recorded)."),
        ((Design.COHORT, Design.CASE_CONTROL), "(cohort, case control)."),
    ],
)
def test_the_start_says_which_designs_a_review_includes(inside, words):
    found = item(design=Design.REVIEW_MIXED)
    study = found.study.model_copy(update={"included_designs": inside})
    (start,) = (s for s in standing(replace(found, study=study)).steps if s.name == "start")
    assert words in start.reason


def test_lenient_upgrading_adds_what_was_recorded():
    judged = record(ratings={Domain.RISK_OF_BIAS: Concern.SERIOUS}, upgrades={Upgrade.LARGE_EFFECT: 2})
    cohort = item(design=Design.COHORT)
    assert standing(cohort, recorded=judged).certainty is Certainty.VERY_LOW
    assert standing(cohort, recorded=judged, settings=LENIENT).certainty is Certainty.MODERATE


@pytest.mark.parametrize(
    ("size", "concern", "certainty"),
    [(400, "not serious", Certainty.HIGH), (501, "serious", Certainty.MODERATE)],
)
def test_the_information_size_decides_what_is_suggested(size, concern, certainty):
    found = standing(item(n=500, bias=BiasConcern.LOW), settings=GradeSettings(information_size=size))
    (step,) = [step for step in found.steps if step.name == Domain.IMPRECISION]
    assert step.reason.startswith(f"{concern}. 500 participants in 1 study")
    assert found.certainty is certainty


def test_the_information_size_shows_where_a_recorded_rating_differs():
    trial = item(n=500, bias=BiasConcern.LOW)
    judged = record(Certainty.HIGH)
    assert standing(trial, recorded=judged).disagreements == ()
    (said,) = standing(
        trial, recorded=judged, settings=GradeSettings(information_size=800)
    ).disagreements
    assert said.startswith("imprecision: recorded not serious, suggested serious.")


def test_the_steps_of_a_recorded_judgement_quote_its_reasons():
    judged = record(Certainty.LOW, upgrades={Upgrade.DOSE_RESPONSE: 1})
    ratings = {
        domain: rating.model_copy(update={"reason": f"About\n  {domain}."})
        for domain, rating in judged.ratings.items()
    }
    upgrades = {
        upgrade: rating.model_copy(update={"reason": f"About {upgrade}."})
        for upgrade, rating in judged.upgrades.items()
    }
    quoted = judged.model_copy(update={"ratings": ratings, "upgrades": upgrades})
    found = standing(item(design=Design.COHORT), recorded=quoted)
    assert [step.reason for step in found.steps] == [
        "low. As judged.",
        *(f"not serious. About {domain}." for domain in Domain),
        f"About {Upgrade.DOSE_RESPONSE}.",
    ]
    assert found.judged_by == "reviewer A (draft)"


def test_under_robins_i_cohorts_decide_together_with_trials():
    body = item(1), item(2, Design.COHORT, stance=Stance.CONTRADICTS)
    assert standing(*body).direction is Direction.SUPPORTS
    assert standing(*body, settings=ROBINS_I).direction is Direction.MIXED
    mixed = standing(*body, settings=ROBINS_I).steps[0].reason
    assert mixed == f"high. Design in people: Cohort, randomised trial. {CARRY}"


DECIDES = "which design decides"


def test_the_body_of_higher_certainty_decides_and_a_step_says_so():
    """A trial of twelve is of very low certainty, a cohort of 50,000 of low."""
    trial = item(1, n=12, stance=Stance.CONTRADICTS)
    cohort = item(2, Design.COHORT, n=50_000, bias=BiasConcern.LOW)
    assert standing(trial).certainty is Certainty.VERY_LOW
    assert standing(cohort).certainty is Certainty.LOW
    found = standing(trial, cohort)
    assert (found.certainty, found.direction) == (Certainty.LOW, Direction.SUPPORTS)
    (step,) = (step for step in found.steps if step.name == DECIDES)
    assert (step.change, step.reason) == (
        0,
        "Low certainty of cohort replaces very low certainty of randomised trial "
        "(GRADE guidelines 24 and 44).",
    )


@pytest.mark.parametrize(
    ("stance", "way"),
    [
        (Stance.SUPPORTS, "complements it"),
        (Stance.CONTRADICTS, "points elsewhere, and does not outweigh it"),
    ],
)
def test_of_equal_certainty_the_design_that_starts_higher_decides(stance, way):
    trial = item(1, n=200)
    cohort = item(2, Design.COHORT, n=50_000, bias=BiasConcern.LOW, stance=stance)
    assert standing(trial).certainty is standing(cohort).certainty is Certainty.LOW
    found = standing(trial, cohort)
    assert (found.certainty, found.direction) == (Certainty.LOW, Direction.SUPPORTS)
    (step,) = (step for step in found.steps if step.name == DECIDES)
    assert step.reason == f"Cohort, of the same certainty, {way}."
    # What is less certain has no say in that.
    series = item(3, Design.CASE_SERIES, stance=Stance.CONTRADICTS)
    assert step in standing(trial, cohort, series).steps


def test_where_the_trials_are_of_higher_certainty_no_step_is_needed():
    found = standing(item(1), item(2, Design.COHORT, stance=Stance.CONTRADICTS))
    assert found.direction is Direction.SUPPORTS
    assert all(step.name != DECIDES for step in found.steps)


def test_a_judgement_that_starts_lower_is_about_the_design_that_starts_there():
    """Who rated the cohort, and not the trial, is asked which way the cohort points."""
    body = item(1, n=12), item(2, Design.COHORT, n=50_000, stance=Stance.CONTRADICTS)
    of_trials = record(Certainty.HIGH, ("study1", "study2"))
    of_cohorts = record(Certainty.LOW, ("study1", "study2"))
    assert standing(*body, recorded=of_trials).direction is Direction.SUPPORTS
    assert standing(*body, recorded=of_cohorts).direction is Direction.CONTRADICTS


@pytest.mark.parametrize(("studies", "stale"), [(("study1",), True), ((), False)])
def test_a_judgement_of_studies_that_no_longer_count_is_marked(studies, stale):
    assert standing(recorded=record(studies=studies)).stale is stale


def test_the_settings_are_named_where_nothing_in_people_was_found():
    assert standing(settings=ROBINS_I).method == ROBINS_I.method


cohorts = st.lists(
    st.builds(
        item,
        number=st.integers(1, 9999),
        design=st.sampled_from([design for design in Design if design is not Design.NOT_REPORTED]),
        bias=st.sampled_from(BiasConcern),
        n=st.integers(1, 2000),
    ),
    max_size=4,
    unique_by=lambda made: made.link.link,
)


@given(cohorts, st.sampled_from(Upgrading), st.integers(1, 3000))
def test_core_grades_as_the_classic_rule(body, upgrading, size):
    classic = standing(*body, settings=GradeSettings(StartRule.CLASSIC, upgrading, size))
    core = standing(*body, settings=GradeSettings(StartRule.CORE, upgrading, size))
    assert (core.certainty, core.direction) == (classic.certainty, classic.direction)


@given(cohorts, st.integers(1, 3000), st.integers(0, 3000))
def test_asking_for_more_information_never_raises_certainty(body, size, more):
    found = [
        standing(*body, settings=GradeSettings(information_size=needed)).certainty
        for needed in (size, size + more)
    ]
    levels = [certainty.level for certainty in found if certainty is not None]
    assert levels == sorted(levels, reverse=True)
