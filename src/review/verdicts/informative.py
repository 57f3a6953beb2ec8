"""What a summary of findings says in plain words: the informative statements of GRADE.

GRADE guidelines 26 (Santesso and others, 2020), as in table 15.6.b of the Cochrane Handbook, chapter 15
(read second-hand): the verb by the certainty, the size by how much the effect matters. The words are
ours, put so that they are English whether the treatment is one thing or several.
"""

from collections.abc import Mapping

from review.model.vocabulary import Certainty, Direction, EffectSize

_THERE_IS: Mapping[Certainty, str] = {
    Certainty.HIGH: "there is",
    Certainty.MODERATE: "there is probably",
    Certainty.LOW: "there may be",
    Certainty.VERY_LOW: "there may be",
}


def effect_statement(
    certainty: Certainty, size: EffectSize | None, *, is_more: bool, treatment: str, outcome: str
) -> str:
    """An effect in a sentence; without a size it says only more or less.

    `is_more` tells whether there is more of the outcome with the treatment. Of very low certainty the
    guideline tells no size but little or none.
    """
    is_unsure = certainty is Certainty.VERY_LOW
    size_named = EffectSize.MODERATE if is_unsure and size is not EffectSize.TRIVIAL else size
    change = _change(size_named or EffectSize.MODERATE, "increase" if is_more else "reduction")
    end = ", but the evidence is very uncertain" if is_unsure else ""
    return f"With {treatment} {_THERE_IS[certainty]} {change} in {outcome}{end}."


def _change(size: EffectSize, change: str) -> str:
    return {
        EffectSize.LARGE: f"a large {change}",
        EffectSize.MODERATE: f"an {change}" if change == "increase" else f"a {change}",
        EffectSize.SMALL: f"a slight {change}",
        EffectSize.TRIVIAL: "little or no difference",
    }[size]


def narrative_statement(
    certainty: Certainty, direction: Direction, clause: str, *, is_harm: bool = False
) -> str:
    """Whether a statement holds, where no effect could be put in a number; `clause` is that statement.

    A harm that was reported has happened, however unsure it is how often. Raises ValueError without a
    direction, for then nothing was found.
    """
    if direction is Direction.NONE:
        raise ValueError("where nothing was found, nothing can be said")
    if certainty is Certainty.VERY_LOW:
        if is_harm and direction is not Direction.CONTRADICTS:
            return f"There are reports that {clause}; how often is very uncertain."
        return f"It is very uncertain whether {clause}."
    if direction is Direction.MIXED:
        return f"The studies are divided on whether {clause} ({certainty.label})."
    opening = _HOLDS if direction is Direction.SUPPORTS else _HOLDS_NOT
    return f"{opening[certainty]} {clause}."


_HOLDS = {
    Certainty.HIGH: "It is shown that",
    Certainty.MODERATE: "It is probably so that",
    Certainty.LOW: "It may be so that",
}
_HOLDS_NOT = {
    Certainty.HIGH: "It is shown not to be so that",
    Certainty.MODERATE: "It is probably not so that",
    Certainty.LOW: "It may not be so that",
}
