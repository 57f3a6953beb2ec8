"""Denials of harm, which are another question than benefit.

One documented case refutes a denial, and no number of people without an event proves that there is no
risk: of n people without one, up to 3 in n may still have it (the rule of three: the upper limit of
the 95% interval; Hanley and Lippman-Hand 1983). That one case is enough is our convention.
"""

from collections.abc import Iterable

from review.language.wording.firmness import FIRMNESS_WORDS, Firmness, leaves_doubt
from review.model.vocabulary import Ground, Question, Sense, Stance, Verdict
from review.verdicts.bodies import Item
from review.verdicts.case import Case
from review.verdicts.reasons import Code, Reason


def is_denial_of_harm(case: Case) -> bool:
    """Whether the claim says that something does not harm."""
    return case.standing.proposition.question is Question.HARM and not case.affirms


def is_promise_of_safety(case: Case) -> bool:
    """Whether safety is promised without any limit, which no number of people can show."""
    is_denial = Sense.ABSOLUTE in case.senses and is_denial_of_harm(case)
    return is_denial or Ground.SAFETY in case.grounds


def is_absolute(case: Case) -> bool:
    """Whether harm is denied without any limit, or as a plain fact.

    "Can be used safely" tells of an ability, "potential harms" of harms: neither leaves room for doubt.
    """
    is_doubted = case.firmness is not Firmness.MAY or leaves_doubt(case.claim.quote)
    return is_promise_of_safety(case) or case.firmness is Firmness.FACT or not is_doubted


def denial_verdict(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    """The verdict of a denial of harm of which something is known."""
    standing = case.standing
    reporting = [i for i in standing.body.counted if i.link.stance in (Stance.SUPPORTS, Stance.MIXED)]
    if reporting:
        studies = ", ".join(sorted({item.study.study for item in reporting}))
        sentence = f"Such harm is on record ({studies}); one documented case refutes a denial."
        return Verdict.CONTRADICTED, (Reason(Code.HARM_ON_RECORD, sentence),)
    silent = Reason(Code.EVIDENCE_AGREES, f"No study linked reports a case ({standing.label}).")
    reasons = (silent, zero_events(case.supporting))
    if is_absolute(case):
        return Verdict.OVERSTATED, reasons
    if case.firmness > standing.allowed:
        allowed = FIRMNESS_WORDS[standing.allowed]
        sentence = f"The page puts it {FIRMNESS_WORDS[case.firmness]}; it may be put {allowed}."
        return Verdict.OVERSTATED, (*reasons, Reason(Code.WORDED_TOO_FIRMLY, sentence))
    return Verdict.SUBSTANTIATED, reasons


def zero_events(items: Iterable[Item]) -> Reason:
    """What studies without a case leave open: three over the number of people in them."""
    sizes = {item.study.study: item.study.n for item in items}
    known = [n for n in sizes.values() if isinstance(n, int) and n > 0]
    if not known:
        sentence = "How many people were looked at is not known, so nothing bounds the risk."
        return Reason(Code.ZERO_EVENTS, sentence)
    people = sum(known)
    share = min(1.0, 3 / people)
    sentence = (
        f"No case among {people:,} people leaves a risk of up to 3/{people:,} = {share:.2g}"
        f" ({share:.2%}) by the rule of three; it proves no absence."
    )
    return Reason(Code.ZERO_EVENTS, sentence)
