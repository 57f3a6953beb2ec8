"""What a review holds decides where it starts, and the question decides where everything does."""

from dataclasses import replace

import pytest
from pydantic import ValidationError
from sample_body import AS_OF, item, proposition, sound, standing_on

from review.grading.settings import GradeSettings
from review.model.records import Study
from review.model.vocabulary import Certainty, Design, Question, Stance, StartRule
from review.verdicts.bodies import body_of_evidence
from review.verdicts.standing import standing_of

TRIAL, COHORT, SERIES = Design.RANDOMISED_TRIAL, Design.COHORT, Design.CASE_SERIES


def review_of(*designs, number=1, word=Design.REVIEW_MIXED, **changes):
    found = sound(number, word, **changes)
    return replace(found, study=found.study.model_copy(update={"included_designs": designs}))


def start_of(standing):
    return str(standing.steps[0])


@pytest.mark.parametrize(
    ("designs", "start", "inside", "level"),
    [
        ((SERIES, TRIAL), "high", "case series, randomised trial", 2),
        ((SERIES,), "very-low", "case series", 4),
        ((), "low", "of what is not recorded", 3),
    ],
)
def test_a_mixed_review_starts_by_what_is_in_it_and_says_so(designs, start, inside, level):
    standing = standing_on(review_of(*designs))
    reason = f"Design in people: Systematic review mixed ({inside})."
    assert start_of(standing) == f"start: {start}. {reason}"
    assert standing.level.value == level


def test_a_review_that_holds_trials_decides_beside_them():
    against = sound(2, stance=Stance.CONTRADICTS)
    assert standing_on(review_of(TRIAL), against).direction == "mixed"
    assert standing_on(review_of(COHORT), against).direction == "contradicts"


def test_a_review_of_surveys_starts_as_its_best_survey():
    def start(*designs):
        found = review_of(*designs, word=Design.REVIEW_OF_SURVEYS)
        return start_of(standing_on(found, question=Question.PREVALENCE)).partition(".")[0]

    assert start(Design.NON_RANDOM_SURVEY) == "start: low"
    assert start(Design.NON_RANDOM_SURVEY, Design.RANDOM_SURVEY) == start() == "start: high"


@pytest.mark.parametrize(
    ("question", "certainty"),
    [(Question.BENEFIT, Certainty.LOW), (Question.PROGNOSIS, Certainty.HIGH)],
)
def test_a_sound_cohort_is_held_to_the_question(question, certainty):
    body = (sound(1, COHORT), sound(2, COHORT))
    assert standing_on(*body, question=question).certainty is certainty


@pytest.mark.parametrize(
    ("question", "is_lifted"), [(Question.BENEFIT, True), (Question.PROGNOSIS, False)]
)
def test_a_start_that_the_question_gives_needs_no_robins_i(question, is_lifted):
    about = proposition(question)
    body = body_of_evidence(about, [sound(1, COHORT)], AS_OF)
    standing = standing_of(about, body, settings=GradeSettings(start_rule=StartRule.ROBINS_I))
    assert start_of(standing).startswith("start: high")
    assert ("ROBINS-I" in start_of(standing)) is is_lifted


@pytest.mark.parametrize(
    ("design", "included", "fault"),
    [
        (TRIAL, [COHORT], "says which designs it includes; leave included_designs out"),
        (Design.REVIEW_OF_TRIALS, [TRIAL], "says which designs it includes"),
        (Design.REVIEW_MIXED, [TRIAL, Design.REVIEW_OF_TRIALS], "names designs of single studies"),
        (Design.REVIEW_MIXED, [Design.LABEL], "names designs of single studies"),
    ],
)
def test_what_cannot_be_in_a_review_is_refused(design, included, fault):
    record = item(1, design).study.model_dump()
    with pytest.raises(ValidationError, match=fault):
        Study.model_validate({**record, "included_designs": included})


def test_what_can_be_in_a_review_is_kept():
    record = item(1, Design.REVIEW_MIXED).study.model_dump()
    study = Study.model_validate({**record, "included_designs": ["in-vitro", "cohort"]})
    assert study.included_designs == (Design.IN_VITRO, Design.COHORT)
