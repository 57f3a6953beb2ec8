"""OCEBM 2011 levels, cell by cell as the table (version 2.1) has them."""

import pytest

from review.grading.ocebm import METHOD, METHOD_VERSION, NOT_RATED, level_of_evidence
from review.model.vocabulary import Design, Question


def test_the_table_is_named_with_its_version():
    assert f"{METHOD} {METHOD_VERSION}" == "OCEBM 2011, table 2.1"


@pytest.mark.parametrize(
    ("question", "design", "level"),
    [
        (Question.BENEFIT, Design.REVIEW_OF_TRIALS, 1),
        (Question.BENEFIT, Design.N_OF_1, 1),
        (Question.BENEFIT, Design.RANDOMISED_TRIAL, 2),
        (Question.BENEFIT, Design.COHORT, 3),
        (Question.BENEFIT, Design.NON_RANDOMISED, 3),
        (Question.BENEFIT, Design.INCEPTION_COHORT, 3),
        (Question.BENEFIT, Design.CASE_SERIES, 4),
        (Question.BENEFIT, Design.CASE_REPORT, 4),
        (Question.BENEFIT, Design.CASE_CONTROL, 4),
        (Question.BENEFIT, Design.ANIMAL, 5),
        (Question.BENEFIT, Design.IN_VITRO, 5),
        (Question.BENEFIT, Design.EX_VIVO, 5),
        (Question.BENEFIT, Design.REVIEW_OF_PRECLINICAL, 5),
        (Question.HARM, Design.REVIEW_OF_TRIALS, 1),
        (Question.HARM, Design.RANDOMISED_TRIAL, 2),
        (Question.HARM, Design.CASE_SERIES, 4),
        (Question.COMPARISON, Design.RANDOMISED_TRIAL, 2),
        (Question.PREVALENCE, Design.RANDOM_SURVEY, 1),
        (Question.PREVALENCE, Design.REVIEW_OF_SURVEYS, 2),
        (Question.PREVALENCE, Design.NON_RANDOM_SURVEY, 3),
        (Question.PREVALENCE, Design.CASE_SERIES, 4),
        (Question.SCREENING, Design.REVIEW_OF_TRIALS, 1),
        (Question.SCREENING, Design.RANDOMISED_TRIAL, 2),
        (Question.SCREENING, Design.COHORT, 3),
        (Question.SCREENING, Design.CASE_SERIES, 4),
        (Question.DIAGNOSIS, Design.REVIEW_OF_ACCURACY, 1),
        (Question.DIAGNOSIS, Design.ACCURACY, 2),
        (Question.DIAGNOSIS, Design.LIMITED_ACCURACY, 3),
        (Question.DIAGNOSIS, Design.CASE_CONTROL, 4),
        (Question.DIAGNOSIS, Design.IN_VITRO, 5),
        (Question.PROGNOSIS, Design.REVIEW_OF_INCEPTION_COHORTS, 1),
        (Question.PROGNOSIS, Design.INCEPTION_COHORT, 2),
        (Question.PROGNOSIS, Design.COHORT, 3),
        (Question.PROGNOSIS, Design.RANDOMISED_TRIAL, 3),
        (Question.PROGNOSIS, Design.CASE_SERIES, 4),
        (Question.PROGNOSIS, Design.CASE_CONTROL, 4),
    ],
)
def test_level(question, design, level):
    assert level_of_evidence(question, design).value == level


@pytest.mark.parametrize(
    ("question", "design"),
    [
        (Question.PREVALENCE, Design.ANIMAL),
        (Question.PREVALENCE, Design.RANDOMISED_TRIAL),
        (Question.PROGNOSIS, Design.ANIMAL),
        (Question.DIAGNOSIS, Design.RANDOM_SURVEY),
        (Question.BENEFIT, Design.NARRATIVE_REVIEW),
        (Question.BENEFIT, Design.OPINION),
        (Question.BIOLOGY, Design.RANDOMISED_TRIAL),
        (Question.LOGISTICS, Design.LABEL),
    ],
)
def test_no_level_comes_with_the_reason(question, design):
    level = level_of_evidence(question, design)
    assert level.value is None
    assert str(question) in level.reason


@pytest.mark.parametrize(
    ("question", "design", "level"),
    [
        (Question.BENEFIT, Design.REVIEW_OF_OBSERVATIONAL, 3),
        (Question.BENEFIT, Design.REVIEW_OF_INCEPTION_COHORTS, 3),
        (Question.BENEFIT, Design.REVIEW_OF_UNCONTROLLED, 4),
        (Question.BENEFIT, Design.REVIEW_MIXED, 3),
        (Question.PREVALENCE, Design.REVIEW_OF_UNCONTROLLED, 4),
        (Question.PROGNOSIS, Design.REVIEW_OF_OBSERVATIONAL, 3),
        (Question.PROGNOSIS, Design.REVIEW_OF_TRIALS, 3),
        (Question.PROGNOSIS, Design.NON_RANDOMISED, 3),
        (Question.PROGNOSIS, Design.REVIEW_OF_UNCONTROLLED, 4),
    ],
)
def test_where_the_table_is_silent_our_convention_speaks(question, design, level):
    found = level_of_evidence(question, design)
    assert (found.value, found.is_our_convention) == (level, True)


@pytest.mark.parametrize(
    ("question", "included", "level"),
    [
        (Question.BENEFIT, [Design.CASE_SERIES, Design.RANDOMISED_TRIAL, Design.ANIMAL], 2),
        (Question.BENEFIT, [Design.CASE_SERIES, Design.CASE_REPORT], 4),
        (Question.BENEFIT, [Design.RANDOM_SURVEY], 3),
        (Question.PROGNOSIS, [Design.CASE_SERIES, Design.INCEPTION_COHORT], 2),
        (Question.PROGNOSIS, [Design.RANDOM_SURVEY], None),
    ],
)
def test_a_mixed_review_is_rated_as_the_best_of_its_studies(question, included, level):
    found = level_of_evidence(question, Design.REVIEW_MIXED, included)
    assert found.value == level
    assert found.is_our_convention is ("our convention" in found.reason)


@pytest.mark.parametrize(
    ("question", "design", "included", "reason"),
    [
        (
            Question.BIOLOGY,
            Design.ANIMAL,
            [],
            "the table does not rate biology questions",
        ),
        (
            Question.PREVALENCE,
            Design.COHORT,
            [],
            "the table has no level for cohort on a prevalence question",
        ),
        (
            Question.HARM,
            Design.REVIEW_MIXED,
            [Design.CASE_CONTROL, Design.CASE_REPORT],
            "mixed review, rated as the best of its studies (our convention): case-control study",
        ),
    ],
)
def test_words_of_what_the_table_does_not_say(question, design, included, reason):
    assert level_of_evidence(question, design, included).reason == reason


def test_what_the_table_rates_by_name_is_not_rated_by_what_is_in_it():
    inside = [Design.RANDOM_SURVEY]
    found = level_of_evidence(Question.PREVALENCE, Design.REVIEW_OF_SURVEYS, inside)
    assert found == level_of_evidence(Question.PREVALENCE, Design.REVIEW_OF_SURVEYS)


@pytest.mark.parametrize("design", [Design.ANIMAL, Design.IN_VITRO, Design.EX_VIVO])
def test_the_laboratory_is_mechanism_based_reasoning(design):
    assert "mechanism-based" in level_of_evidence(Question.BENEFIT, design).reason


@pytest.mark.parametrize("design", Design)
def test_a_level_that_is_ours_says_so(design):
    for question in Question:
        level = level_of_evidence(question, design)
        assert level.is_our_convention is ("our convention" in level.reason)
        assert level.label == (NOT_RATED if level.value is None else f"level {level.number}")
