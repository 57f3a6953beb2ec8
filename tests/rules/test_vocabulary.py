"""What the words of the vocabularies know of themselves: their order, sides and spoken form."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model import vocabulary
from review.model.vocabulary import (
    Action,
    Category,
    Certainty,
    Concern,
    Design,
    Direction,
    Directness,
    Question,
    Species,
    Stance,
    Tier,
    Verdict,
    Word,
    spoken,
)

VOCABULARIES = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Word) and list(kind)
]


@pytest.mark.parametrize("kind", VOCABULARIES, ids=lambda kind: kind.__name__)
def test_a_word_is_spoken_without_marks_and_has_its_place(kind):
    for place, word in enumerate(kind):
        assert word.place == place
        assert word.spoken.isprintable()
        assert not set("-_") & set(word.spoken)
        assert word.spoken.lower().replace(" ", "") == word.replace("-", "").replace("_", "")


def test_words_that_are_no_member_are_spoken_alike():
    assert spoken("very-low") == Certainty.VERY_LOW.spoken == "very low"
    assert spoken("risk_of_bias") == "risk of bias"


def test_every_verdict_is_urgent_in_its_own_place():
    assert [verdict for verdict in sorted(Verdict, key=lambda verdict: verdict.urgency)] == [
        Verdict.CONTRADICTED,
        Verdict.UNSUPPORTED,
        Verdict.OVERSTATED,
        Verdict.NOT_LOOKED_FOR,
        Verdict.SUBSTANTIATED,
        Verdict.SET_ASIDE,
    ]


def test_what_may_stand_is_less_urgent_than_what_may_not():
    standing = [verdict for verdict in Verdict if verdict.may_stand]
    failing = [verdict for verdict in Verdict if not verdict.may_stand]
    assert standing == [Verdict.SUBSTANTIATED, Verdict.SET_ASIDE]
    assert max(v.urgency for v in failing) < min(v.urgency for v in standing)


def test_no_two_verdicts_share_a_sign_or_a_meaning():
    assert len({verdict.symbol for verdict in Verdict}) == len(Verdict)
    assert len({verdict.meaning for verdict in Verdict}) == len(Verdict)


def test_only_what_evidence_speaks_for_may_be_said_in_less():
    assert [v for v in Verdict if v.has_evidence] == [Verdict.SUBSTANTIATED, Verdict.OVERSTATED]


def test_what_changes_the_words_weighs_more_than_what_waits_for_somebody():
    least_first = ["may-stand", "look-it-up", "produce-document", "escalate", "reword", "remove"]
    assert [str(action) for action in Action] == least_first
    assert [action.place for action in Action] == list(range(6))


def test_the_gravest_tier_comes_first():
    assert Tier.CAN_HURT.place == 0
    assert Tier.BACKGROUND.place == len(Tier) - 1


def test_only_the_own_product_is_shown_by_papers():
    assert [q for q in Question if q.is_shown_by_papers] == [Question.OWN_PRODUCT]


def test_certainty_is_a_ladder_of_four():
    assert [certainty.level for certainty in Certainty] == [4, 3, 2, 1]
    for upper, lower in pairwise(Certainty):
        assert Certainty.at(upper.level - 1) is lower


@given(st.integers(-20, 20))
def test_nothing_leaves_the_ladder(level):
    assert Certainty.at(level).level == min(4, max(1, level))


def test_each_concern_takes_one_level_more_than_the_one_before():
    assert [concern.levels for concern in Concern] == [0, 1, 2, 3]


@pytest.mark.parametrize("kind", [Stance, Direction])
def test_the_denial_of_a_statement_turns_what_points_at_it(kind):
    assert kind.SUPPORTS.opposite is kind.CONTRADICTS
    assert kind.MIXED.opposite is kind.MIXED
    assert all(word.opposite.opposite is word for word in kind)


def test_a_question_is_answered_in_one_way():
    for question in Question:
        assert question.is_graded + question.is_set_aside + question.is_shown_by_papers <= 1
    assert [q for q in Question if q.is_set_aside] == [Question.LOGISTICS]
    assert Question.HARM.is_graded
    assert not Question.BIOLOGY.is_graded


def test_what_promises_something_good_is_graded():
    good = [Question.BENEFIT, Question.COMPARISON, Question.SCREENING]
    assert [q for q in Question if q.is_of_benefit] == good
    assert all(question.is_graded for question in good)


def test_a_design_has_one_kind_of_comparison():
    for design in Design:
        kinds = (
            design.is_randomised,
            design.is_observational,
            design.is_uncontrolled,
            design.is_survey,
            design.is_accuracy,
        )
        assert sum(kinds) == design.is_in_people
        assert not (design.is_study and design.is_systematic_review)
        assert design.is_systematic_review or not design.is_open
    assert {d for d in Design if d.is_systematic_review} == {d for d in Design if "systematic" in d}


def test_harm_ranks_the_gravest_first_and_the_rest_alike():
    ordered = sorted(Category, key=lambda category: category.harm_rank)
    assert ordered[:3] == [Category.CONTRAINDICATION, Category.SAFETY, Category.EFFICACY]
    assert Category.COST.harm_rank == Category.CARE.harm_rank > Category.COMPARISON.harm_rank


def test_what_is_off_and_what_is_no_evidence_in_people():
    assert [d for d in Directness if d.is_off] == [Directness.PARTLY, Directness.INDIRECT]
    assert [s for s in Species if s.is_preclinical] == [Species.ANIMAL, Species.CELLS]
