"""Which claims warn a reader: they are never told to be removed, whatever is known of them.

What is said of the harm of another treatment than the one offered is no warning but an argument.
"""

from review.model.vocabulary import Category, Direction, Question, Sense
from review.verdicts.case import Case


def warns(case: Case) -> bool:
    """Whether a claim warns of what is offered, or tells the reader to take care.

    A harm affirmed, a contraindication, a precaution, or words that tell of a harm, a burden or a limit;
    its category and its figures make no difference.
    """
    if Sense.PRECAUTION in case.senses:
        return True
    if not is_of_the_offered(case):
        return False
    question, category = case.standing.proposition.question, case.claim.category
    affirms_harm = question is Question.HARM and case.affirms
    restricts = category is Category.CONTRAINDICATION and case.affirms
    return affirms_harm or restricts or (Sense.WARNING in case.senses and case.affirms)


def is_of_the_offered(case: Case) -> bool:
    """Whether a claim is about what the pages offer: named as theirs, or no other product named."""
    proposition = case.standing.proposition
    names = case.lexicon.names
    texts = (proposition.statement, proposition.intervention, case.claim.quote)
    return any(names.owned(text) for text in texts) or not any(names.others(text) for text in texts)


def is_disclosure(case: Case) -> bool:
    """Whether a claim tells a limit of the evidence or of the product, and may be right in doing so."""
    tells_limit = Sense.LIMIT in case.senses
    return tells_limit and case.direction is not Direction.CONTRADICTS
