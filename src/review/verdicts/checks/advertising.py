"""What advertising law asks for a health benefit, beside what GRADE allows to say: two tests.

The FTC asks for randomised, controlled trials in people, and a hedge such as "may" or "promising" does
not lower what is asked (Health Products Compliance Guidance, December 2022). A sentence that tells
openly that it has not been shown claims no benefit.
"""

from review.language.wording.firmness import Firmness
from review.model.vocabulary import Bar, Ground, Question, Verdict
from review.verdicts.case import Case
from review.verdicts.reasons import Code, Reason

_ESTABLISHES = frozenset({Question.HARM, Question.RESEARCH_STATE})


def bar_of(case: Case, verdict: Verdict) -> Bar:
    """Whether a claim of a benefit meets the bar of advertising; not asked of anything else."""
    is_asked = case.standing.proposition.question.is_of_benefit and case.affirms
    # "Preliminary evidence suggests" names a limit and promises the benefit all the same.
    tells_openly = case.firmness is Firmness.UNCERTAIN
    if not is_asked or tells_openly or not verdict.has_evidence:
        return Bar.NOT_ASKED
    # What a regulator approved for this use has passed a higher bar.
    approved = case.standing.source_kind is not None
    # Of just this treatment, these people and this outcome: a trial of something near shows nothing.
    trials = (item for item in case.supporting if item.study.design.is_randomised)
    is_more_than_very_low = case.standing.allowed > Firmness.UNCERTAIN
    has_trial = is_more_than_very_low and any(item.directness == 0 for item in trials)
    return Bar.MET if has_trial or approved else Bar.NOT_MET


def bar_reason(bar: Bar) -> tuple[Reason, ...]:
    """The sentence on the bar, where it is not met."""
    if bar is not Bar.NOT_MET:
        return ()
    sentence = (
        "Advertising of a health benefit needs a randomised trial of just this in people; none "
        "supports it, and a hedge does not lower that bar."
    )
    return (Reason(Code.ADVERTISING_BAR, sentence),)


def is_establishment_unmet(case: Case) -> bool:
    """Whether it says that studies establish a thing, and no randomised trial supports it."""
    question = case.standing.proposition.question
    is_asked = (question.is_of_benefit or question in _ESTABLISHES) and case.affirms
    return (
        Ground.ESTABLISHMENT in case.grounds
        and is_asked
        and not any(item.study.design.is_randomised for item in case.supporting)
    )
