"""A sentence that the evidence allows, following GRADE's informative statements (guidelines 26)."""

from review.model.vocabulary import Certainty, Direction, Question
from review.verdicts.standing import Standing

_PROPER_NAMES = frozenset(
    "FDA AATB PRP PRF NSAIDs Nutrafol Viviscal Fotona AminoMar Cynatine Sensoril Tocomax Propecia "
    "Eisenhower Millennials TGF-beta-3 VEGF FGF SCF MIP-1 WNT HIV UCLA EVs BCM-95 Dr American US "
    "Wharton's China BCM Hairlase".split()
)


def allowed_wording(standing: Standing) -> str:
    """A sentence that the evidence allows, following GRADE's informative statements (guidelines 26).

    Where nothing is known it leaves both answers open, so that a denial of harm that nobody has
    studied is not turned into reassurance.
    """
    statement = as_clause(standing.proposition.statement)
    if not standing.is_graded:
        return _allowed_by_documents(standing, statement)
    if standing.direction is Direction.NONE or standing.certainty is None:
        if standing.body.only_preclinical:
            return f"It is not known whether in people {statement}; only animal or cell studies exist."
        return f"No evidence was found on whether {statement}."
    if standing.direction is Direction.MIXED:
        return f"Studies disagree on whether {statement} ({standing.label})."
    if standing.direction is Direction.CONTRADICTS:
        return f"The evidence speaks against the statement that {statement} ({standing.label})."
    if standing.proposition.question is Question.HARM and standing.certainty is not Certainty.HIGH:
        return f"It is on record that {statement}; how often is not known ({standing.label})."
    return {
        Certainty.HIGH: standing.proposition.statement,
        Certainty.MODERATE: f"It is likely that {statement}.",
        Certainty.LOW: f"Low-certainty evidence suggests that {statement}.",
        Certainty.VERY_LOW: f"The evidence is very uncertain on whether {statement}.",
    }[standing.certainty]


def _allowed_by_documents(standing: Standing, statement: str) -> str:
    if standing.direction is Direction.NONE and standing.body.only_preclinical:
        return f"It is not known whether in people {statement}."
    return {
        Direction.SUPPORTS: standing.proposition.statement,
        Direction.CONTRADICTS: f"It is not the case that {statement}.",
        Direction.MIXED: f"Sources disagree on whether {statement}.",
        Direction.NONE: f"It has not been confirmed whether {statement}.",
    }[standing.direction]


def as_clause(statement: str) -> str:
    """The statement as the inside of a sentence: without its full stop, with a small first letter."""
    text = statement.removesuffix(".")
    first = text.split()[0].strip(",;:")
    if first in _PROPER_NAMES or (first[1:] and not first[1:].islower()):
        return text
    return text[0].lower() + text[1:]
