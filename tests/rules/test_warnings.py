"""Which claims warn, and which tell a limit openly, on knee injections."""

import pytest
from sample_body import claim, standing_on
from sample_lexicon import PLAIN, lexicon, name

from review.model.vocabulary import Category, Polarity, Question, Species, Wording
from review.verdicts.case import Case
from review.verdicts.checks.warnings import is_disclosure, is_of_the_offered, warns

AFFIRMS, DENIES = Polarity
PLAINLY = "The knee is treated in one visit."
PRECAUTION = "Avoid alcohol for 24 hours."
WARNING = "The knee may swell for a day."
LIMIT = "It is unclear whether the knee heals."
STATEMENT = "Knee injections heal the knee."


def case(
    quote,
    question,
    category,
    polarity=AFFIRMS,
    statement=STATEMENT,
    words=PLAIN,
    intervention="Knee injection",
) -> Case:
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    about = standing_on(
        question=question, species=species, statement=statement, intervention=intervention
    )
    return Case(claim(quote, Wording.HEDGED, polarity, category), about, words)


@pytest.mark.parametrize(
    ("quote", "question", "category", "is_warning"),
    [
        (PRECAUTION, Question.PROTOCOL, Category.EFFICACY, True),
        (PRECAUTION, Question.BENEFIT, Category.CARE, True),
        (PRECAUTION, Question.REGULATION, Category.REGULATORY, False),
        (PLAINLY, Question.PROTOCOL, Category.CARE, False),
        (PLAINLY, Question.PROTOCOL, Category.CONTRAINDICATION, True),
        (PLAINLY, Question.HARM, Category.EFFICACY, True),
        (WARNING, Question.BENEFIT, Category.EFFICACY, False),
        (WARNING, Question.BENEFIT, Category.DURABILITY, True),
        (WARNING, Question.PROTOCOL, Category.EFFICACY, True),
        (WARNING, Question.LOGISTICS, Category.COST, True),
        (WARNING, Question.REGULATION, Category.SAFETY, True),
        (WARNING, Question.REGULATION, Category.REGULATORY, False),
        (WARNING, Question.BIOLOGY, Category.MECHANISM, False),
    ],
)
def test_what_warns(quote, question, category, is_warning):
    assert warns(case(quote, question, category)) is is_warning


@pytest.mark.parametrize("category", [Category.CONTRAINDICATION, Category.SAFETY])
@pytest.mark.parametrize("question", [Question.HARM, Question.PROTOCOL])
def test_a_denial_without_a_word_of_warning_warns_of_nothing(category, question):
    assert not warns(case(PLAINLY, question, category, DENIES))


def test_only_what_is_offered_is_warned_of_by_its_harm():
    clinic = lexicon(name("drip", "product", own="yes"), name("knee injection", "procedure"))
    assert warns(case(PLAINLY, Question.HARM, Category.SAFETY))
    assert warns(case(PLAINLY, Question.HARM, Category.SAFETY, words=clinic)) is False
    # For whom a treatment is not is worth saying of any.
    assert warns(case(PLAINLY, Question.HARM, Category.CONTRAINDICATION, words=clinic))


CLINIC = lexicon(name("drip", "product", own="yes"), name("knee injection", "procedure"))
UNNAMED, UNLISTED, OTHERS, OWN = "not_applicable", "A brace", "Knee injection", "Drip"


@pytest.mark.parametrize(
    ("category", "treatment", "quote", "is_theirs"),
    [
        pytest.param(Category.EFFICACY, OWN, PLAINLY, True, id="named as theirs"),
        pytest.param(Category.EFFICACY, OTHERS, "Our drip eases it.", True, id="named in the quote"),
        pytest.param(Category.EFFICACY, OTHERS, PLAINLY, False, id="of others"),
        pytest.param(Category.SAFETY, OTHERS, PLAINLY, False, id="a harm of others"),
        pytest.param(Category.SAFETY, UNLISTED, PLAINLY, True, id="a harm of what nobody listed"),
        pytest.param(Category.CARE, UNLISTED, PLAINLY, True, id="care of what nobody listed"),
        pytest.param(Category.EFFICACY, UNLISTED, PLAINLY, False, id="an effect of what nobody listed"),
        pytest.param(Category.EFFICACY, UNNAMED, PLAINLY, True, id="no treatment"),
        pytest.param(
            Category.EFFICACY, UNNAMED, "A knee injection eases it.", False, id="of others in the quote"
        ),
    ],
)
def test_what_is_of_the_offered(category, treatment, quote, is_theirs):
    about = {"statement": "The knee heals.", "intervention": treatment}
    words = case(quote, Question.BENEFIT, category, words=CLINIC, **about)
    assert is_of_the_offered(words) is is_theirs


@pytest.mark.parametrize(
    ("quote", "question", "polarity", "statement", "is_open"),
    [
        (LIMIT, Question.BENEFIT, AFFIRMS, STATEMENT, True),
        ("It may help; more research is needed.", Question.BENEFIT, AFFIRMS, STATEMENT, False),
        (PLAINLY, Question.BENEFIT, DENIES, STATEMENT, False),
        (LIMIT, Question.COMPOSITION, AFFIRMS, STATEMENT, True),
        (LIMIT, Question.COMPOSITION, DENIES, STATEMENT, True),
        (PLAINLY, Question.RESEARCH_STATE, DENIES, STATEMENT, True),
        (PLAINLY, Question.REGULATION, DENIES, STATEMENT, True),
        (PLAINLY, Question.COMPOSITION, DENIES, STATEMENT, False),
        (PLAINLY, Question.RESEARCH_STATE, AFFIRMS, STATEMENT, False),
        (PLAINLY, Question.COMPOSITION, AFFIRMS, LIMIT, True),
        (PLAINLY, Question.COMPOSITION, DENIES, LIMIT, False),
    ],
)
def test_what_tells_a_limit_openly(quote, question, polarity, statement, is_open):
    words = case(quote, question, Category.MECHANISM, polarity, statement)
    assert is_disclosure(words) is is_open
