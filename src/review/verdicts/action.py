"""What a claim asks for, by its verdict: nothing, a search, a document, a person, other words, to go."""

from review.model.vocabulary import Action, Bar, Ground, Verdict
from review.verdicts.assess import Assessed
from review.verdicts.case import Case
from review.verdicts.checks.figures import missing_figures
from review.verdicts.checks.harm import is_denial_of_harm, is_promise_of_safety
from review.verdicts.reasons import Code


def action_of(case: Case, result: Assessed, wording: str, *, is_caution: bool) -> Action:
    """What a claim asks for; a medicine to be stopped comes before everything (our convention).

    `wording` is what may be published in its place, empty where nothing is known; `is_caution` tells
    that it warns, and so is never taken out.
    """
    if Ground.MEDICINE in case.grounds:
        return Action.ESCALATE
    is_blocked = any(hit.is_blocking for hit in case.flags)
    plain = _plain_action(case, result, wording)
    action = _action_on_a_warning(case, result) if is_caution else plain
    # A flag that blocks is not lifted by evidence for the words, nor by a search still to be made.
    return Action.ESCALATE if is_blocked and action in _LIFTED_BY_NOBODY else action


_LIFTED_BY_NOBODY = frozenset({Action.MAY_STAND, Action.LOOK_IT_UP, Action.PRODUCE_DOCUMENT})


def _plain_action(case: Case, result: Assessed, wording: str) -> Action:
    match result.verdict:
        case Verdict.SET_ASIDE:
            return Action.MAY_STAND
        case Verdict.SUBSTANTIATED:
            # Right as far as it goes, and still no advertising: a person of the profession decides.
            return Action.ESCALATE if result.bar is Bar.NOT_MET else Action.MAY_STAND
        case Verdict.NOT_LOOKED_FOR:
            return _action_meanwhile(case)
    own = case.standing.proposition.question.is_shown_by_papers
    if own and result.verdict is Verdict.UNSUPPORTED:
        return Action.PRODUCE_DOCUMENT
    if wording:
        return Action.REWORD
    return Action.LOOK_IT_UP if _is_nearly_shown(case, result) else Action.REMOVE


def _action_meanwhile(case: Case) -> Action:
    """What to do with what nobody has looked for: no search bears out a promise of safety, and a benefit
    may not be advertised against a disease, or above something else, until somebody has looked.
    """
    promises_safety = is_denial_of_harm(case) and is_promise_of_safety(case)
    return Action.REMOVE if promises_safety or _is_unlawful_meanwhile(case) else Action.LOOK_IT_UP


def _is_unlawful_meanwhile(case: Case) -> bool:
    """Whether a benefit is claimed for a disease, or above something else, before anybody looked."""
    promises = case.affirms and case.standing.proposition.question.is_of_benefit
    return promises and bool({Ground.DISEASE, Ground.COMPARISON} & case.grounds)


_SLIGHT = frozenset(
    {
        Code.EVIDENCE_AGREES,
        Code.WORDED_TOO_FIRMLY,
        Code.OTHER_PEOPLE,
        Code.OTHER_TREATMENT,
        Code.OTHER_OUTCOME,
        Code.SECOND_HAND,
    }
)


def _is_nearly_shown(case: Case, result: Assessed) -> bool:
    """Whether documents confirm it, only not of just this: a better source is looked for first."""
    is_slight = {reason.code for reason in result.reasons} <= _SLIGHT
    return is_slight and not case.standing.is_graded


def _action_on_a_warning(case: Case, result: Assessed) -> Action:
    """A warning stays; what may be wrong in it is looked up, or put before a person."""
    if result.verdict is Verdict.CONTRADICTED:
        return Action.ESCALATE
    if result.verdict.may_stand or not missing_figures(case):
        return Action.MAY_STAND
    own = case.standing.proposition.question.is_shown_by_papers
    return Action.PRODUCE_DOCUMENT if own else Action.LOOK_IT_UP
