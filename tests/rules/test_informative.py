"""The informative statements of GRADE: every cell of the table, and where a size begins."""

import pytest

from review.model.records import EffectThresholds
from review.model.vocabulary import Certainty, Direction, EffectSize
from review.verdicts.informative import effect_statement, narrative_statement

# Cochrane Handbook, table 15.6.b, cell by cell in our words; a size that is not known is told as none.
CELLS = {
    (Certainty.HIGH, EffectSize.LARGE): "there is a large reduction in",
    (Certainty.HIGH, EffectSize.MODERATE): "there is a reduction in",
    (Certainty.HIGH, EffectSize.SMALL): "there is a slight reduction in",
    (Certainty.HIGH, EffectSize.TRIVIAL): "there is little or no difference in",
    (Certainty.HIGH, None): "there is a reduction in",
    (Certainty.MODERATE, EffectSize.LARGE): "there is probably a large reduction in",
    (Certainty.MODERATE, EffectSize.MODERATE): "there is probably a reduction in",
    (Certainty.MODERATE, EffectSize.SMALL): "there is probably a slight reduction in",
    (Certainty.MODERATE, EffectSize.TRIVIAL): "there is probably little or no difference in",
    (Certainty.MODERATE, None): "there is probably a reduction in",
    (Certainty.LOW, EffectSize.LARGE): "there may be a large reduction in",
    (Certainty.LOW, EffectSize.MODERATE): "there may be a reduction in",
    (Certainty.LOW, EffectSize.SMALL): "there may be a slight reduction in",
    (Certainty.LOW, EffectSize.TRIVIAL): "there may be little or no difference in",
    (Certainty.LOW, None): "there may be a reduction in",
    (Certainty.VERY_LOW, EffectSize.LARGE): "there may be a reduction in",
    (Certainty.VERY_LOW, EffectSize.MODERATE): "there may be a reduction in",
    (Certainty.VERY_LOW, EffectSize.SMALL): "there may be a reduction in",
    (Certainty.VERY_LOW, EffectSize.TRIVIAL): "there may be little or no difference in",
    (Certainty.VERY_LOW, None): "there may be a reduction in",
}


@pytest.mark.parametrize(("certainty", "size"), CELLS)
def test_every_cell(certainty, size):
    told = effect_statement(certainty, size, is_more=False, treatment="bed rest", outcome="back pain")
    unsure = ", but the evidence is very uncertain" if certainty is Certainty.VERY_LOW else ""
    assert told == f"With bed rest {CELLS[certainty, size]} back pain{unsure}."


@pytest.mark.parametrize(
    ("size", "change"),
    [
        (EffectSize.LARGE, "a large increase"),
        (EffectSize.MODERATE, "an increase"),
        (EffectSize.SMALL, "a slight increase"),
        (None, "an increase"),
    ],
)
def test_more_is_an_increase(size, change):
    told = effect_statement(Certainty.HIGH, size, is_more=True, treatment="fluoride", outcome="spots")
    assert told == f"With fluoride there is {change} in spots."


def thresholds(small, moderate, large):
    return EffectThresholds(
        proposition="tea-stains-teeth",
        measure="risk-difference",
        unit="per 1,000",
        small=small,
        moderate=moderate,
        large=large,
        source="A panel",
    )


@pytest.mark.parametrize(
    ("distance", "size"),
    [
        (0, EffectSize.TRIVIAL),
        (9.99, EffectSize.TRIVIAL),
        (10, EffectSize.SMALL),
        (24.99, EffectSize.SMALL),
        (25, EffectSize.MODERATE),
        (59.99, EffectSize.MODERATE),
        (60, EffectSize.LARGE),
    ],
)
def test_a_size_begins_at_its_threshold_on_either_side(distance, size):
    recorded = thresholds(10, 25, 60)
    assert recorded.size_of(distance) is recorded.size_of(-distance) is size


@pytest.mark.parametrize("given", [(0, 1, 2), (1, 1, 2), (1, 2, 2), (3, 2, 1), (-1, 1, 2)])
def test_thresholds_rise_from_above_nought(given):
    with pytest.raises(ValueError, match="must rise"):
        thresholds(*given)


NARRATIVE = {
    (Certainty.HIGH, Direction.SUPPORTS): "It is shown that tea stains teeth.",
    (Certainty.MODERATE, Direction.SUPPORTS): "It is probably so that tea stains teeth.",
    (Certainty.LOW, Direction.SUPPORTS): "It may be so that tea stains teeth.",
    (Certainty.HIGH, Direction.CONTRADICTS): "It is shown not to be so that tea stains teeth.",
    (Certainty.MODERATE, Direction.CONTRADICTS): "It is probably not so that tea stains teeth.",
    (Certainty.LOW, Direction.CONTRADICTS): "It may not be so that tea stains teeth.",
    (
        Certainty.LOW,
        Direction.MIXED,
    ): "The studies are divided on whether tea stains teeth (low certainty).",
    (Certainty.VERY_LOW, Direction.SUPPORTS): "It is very uncertain whether tea stains teeth.",
    (Certainty.VERY_LOW, Direction.MIXED): "It is very uncertain whether tea stains teeth.",
    (Certainty.VERY_LOW, Direction.CONTRADICTS): "It is very uncertain whether tea stains teeth.",
}


@pytest.mark.parametrize(("certainty", "direction"), NARRATIVE)
def test_without_a_number_the_statement_is_told(certainty, direction):
    assert (
        narrative_statement(certainty, direction, "tea stains teeth") == NARRATIVE[certainty, direction]
    )


@pytest.mark.parametrize("direction", [Direction.SUPPORTS, Direction.MIXED])
def test_a_harm_that_was_reported_has_happened(direction):
    told = narrative_statement(Certainty.VERY_LOW, direction, "tea stains teeth", is_harm=True)
    assert told == "There are reports that tea stains teeth; how often is very uncertain."


def test_a_harm_that_was_not_found_is_uncertain_and_a_surer_one_is_told_as_such():
    against = narrative_statement(
        Certainty.VERY_LOW, Direction.CONTRADICTS, "tea stains teeth", is_harm=True
    )
    assert against == "It is very uncertain whether tea stains teeth."
    surer = narrative_statement(Certainty.LOW, Direction.SUPPORTS, "tea stains teeth", is_harm=True)
    assert surer == "It may be so that tea stains teeth."


def test_where_nothing_was_found_nothing_is_said():
    with pytest.raises(ValueError, match=r"^where nothing was found, nothing can be said$"):
        narrative_statement(Certainty.LOW, Direction.NONE, "tea stains teeth")
