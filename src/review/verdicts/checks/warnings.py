"""Which claims warn a reader: they are never told to be removed, whatever is known of them.

What is said of the harm of another treatment than the one offered is no warning but an argument.
"""

from review.language.wording.firmness import Firmness
from review.model.vocabulary import NOT_APPLICABLE, Category, Question, Sense
from review.verdicts.case import Case

_TELLS_TO_DO = frozenset({Question.PROTOCOL, Question.OWN_PRODUCT, Question.HARM})
_TELLS_OF_BURDENS = _TELLS_TO_DO | {Question.BENEFIT, Question.LOGISTICS}


def warns(case: Case) -> bool:
    """Whether a claim warns of what is offered, or tells the reader to take care.

    A harm affirmed, a contraindication, a precaution, or words that tell of a harm, a burden or a limit;
    its category and its figures make no difference.
    """
    question, category = case.standing.proposition.question, case.claim.category
    is_on_safety = category in _ON_SAFETY
    # For whom a treatment is not, and what to take care of, is worth saying of any treatment.
    restricts = category is Category.CONTRAINDICATION and case.affirms
    if restricts or (Sense.PRECAUTION in case.senses and (is_on_safety or question in _TELLS_TO_DO)):
        return True
    if not is_of_the_offered(case):
        return False
    if question is Question.HARM:
        return case.affirms
    # "Not suitable in pregnancy" denies a statement and warns; "the pain melts away" promises an effect.
    promises = category is Category.EFFICACY and question is Question.BENEFIT
    may_tell = is_on_safety or question in _TELLS_OF_BURDENS
    return Sense.WARNING in case.senses and may_tell and not promises


def is_of_the_offered(case: Case) -> bool:
    """Whether a claim is about what the pages offer: named as theirs, or no other treatment named.

    Where nobody recorded what they offer, any treatment may be theirs.
    """
    if not case.lexicon.subject.own:
        return True
    proposition = case.standing.proposition
    names = case.lexicon.names
    texts = (proposition.statement, proposition.intervention, case.claim.quote)
    if any(names.owned(text) for text in texts):
        return True
    # What nobody listed may be theirs: a lost warning does more harm than an argument let through.
    about_safety = case.claim.category in _ON_SAFETY
    names_none = about_safety or proposition.intervention == NOT_APPLICABLE
    return names_none and not any(names.others(text) for text in texts)


_ON_SAFETY = frozenset({Category.SAFETY, Category.CONTRAINDICATION, Category.CARE})


_OPEN = frozenset({Question.RESEARCH_STATE, Question.REGULATION})


def is_disclosure(case: Case) -> bool:
    """Whether a claim tells openly a limit of the evidence, or that no regulator approved something.

    Words of limit beside a promise ("results may vary; it lowers weight in weeks") disclose nothing.
    """
    proposition = case.standing.proposition
    if proposition.question.is_graded and case.firmness is not Firmness.UNCERTAIN:
        return False
    denies_what_is_open = not case.affirms and proposition.question in _OPEN
    states_a_limit = case.affirms and Sense.LIMIT in case.lexicon.senses.of(proposition.statement)
    return Sense.LIMIT in case.senses or denies_what_is_open or states_a_limit
