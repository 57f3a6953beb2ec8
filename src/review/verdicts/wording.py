"""A sentence that the evidence allows, following GRADE's informative statements (guidelines 26)."""

import re
from collections.abc import Collection, Iterator

from review.language.lexicon import Lexicon
from review.model.records import Proposition
from review.model.vocabulary import Certainty, Direction, Question
from review.verdicts.standing import Standing

_TITLES = ("Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "St")


def allowed_wording(standing: Standing, lexicon: Lexicon) -> str:
    """A sentence that the evidence allows, following GRADE's informative statements (guidelines 26).

    Where nothing is known it leaves both answers open, so that a denial of harm that nobody has
    studied is not turned into reassurance.
    Names keep their capital, whether the lexicon lists them or nobody does.
    """
    proposition = standing.proposition
    unlisted = lexicon.names.unlisted(proposition.statement)
    proper = {*lexicon.proper, *unlisted, *_capitals_in(proposition)}
    statement = as_clause(proposition.statement, proper)
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
    # One documented case is on record whatever the certainty (our convention).
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


def as_clause(statement: str, proper: Collection[str]) -> str:
    """The statement as the inside of a sentence: without its full stop, with a small first letter.

    The first word keeps its capital where it is one of the `proper` words, is a person's title, or has
    further capitals.
    """
    text = statement.removesuffix(".")
    first = text.split()[0].strip(",;:")
    stem = re.sub(r"[’']s$", "", first)
    has_capitals = first[1:] and not first[1:].islower()
    if has_capitals or {first, stem} & {*proper, *_TITLES}:
        return text
    return text[0].lower() + text[1:]


def _capitals_in(proposition: Proposition) -> Iterator[str]:
    """The words that the proposition writes with a capital where no sentence begins.

    A name that nobody has listed shows itself there: "Restylane" in the treatment "Injected Restylane".
    """
    for text in (proposition.statement, proposition.intervention, proposition.comparator):
        for word in text.split()[1:]:
            plain = word.strip(",;:.()")
            if plain[:1].isupper():
                yield plain
