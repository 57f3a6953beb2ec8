"""The time for which something is claimed, against how long people were followed."""

from review.model.vocabulary import Question, Verdict
from review.verdicts.case import Case
from review.verdicts.checks.follow_up import shortfall
from review.verdicts.reasons import Code, Reason


def of_time(case: Case) -> tuple[Verdict | None, tuple[Reason, ...]]:
    """Overstated where nobody was followed for as long as the claim speaks of.

    A denial of harm needs the time as well; a denial of anything else does not, for an effect that is
    gone after a month is not there after a year.
    """
    proposition = case.standing.proposition
    if not case.standing.is_graded or not (case.affirms or proposition.question is Question.HARM):
        return None, ()
    short = shortfall(proposition, case.supporting, case.lexicon.figures)
    if short is None:
        return None, ()
    return Verdict.OVERSTATED, (Reason(Code.OTHER_TIME, str(short)),)
