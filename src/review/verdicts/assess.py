"""The verdict of a claim: what the page says against what the evidence lets it say.

A verdict compares direction, firmness of the wording, words of size and comparison, figures, and time.
It always carries reason codes, each with one sentence; `docs/verdicts.md` gives an example of every
code. Nothing here decides: a person does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from review.language.wording.firmness import FIRMNESS_WORDS, Firmness, is_openly_hedged
from review.model.vocabulary import (
    Bar,
    Certainty,
    Direction,
    Ground,
    Question,
    Verdict,
    Wording,
)
from review.verdicts.bodies import Exclusion
from review.verdicts.case import Case
from review.verdicts.checks.advertising import bar_of, bar_reason, is_establishment_unmet
from review.verdicts.checks.figures import of_figures
from review.verdicts.checks.harm import denial_verdict, is_denial_of_harm, is_promise_of_safety
from review.verdicts.checks.scope import of_reading, of_scope
from review.verdicts.checks.time import of_time
from review.verdicts.checks.warnings import is_disclosure, warns
from review.verdicts.checks.words import of_words
from review.verdicts.reasons import Code, Reason
from review.verdicts.standing import Basis, Standing


@dataclass(frozen=True, slots=True)
class Assessed:
    """A verdict with its reasons, and whether the claim meets the bar of advertising."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    bar: Bar = Bar.NOT_ASKED


def assessed(case: Case) -> Assessed:
    """The verdict of a claim, with its reasons."""
    if case.standing.is_set_aside:
        sentence = "Prices, insurance and appointments are no evidence question."
        return Assessed(Verdict.SET_ASIDE, (Reason(Code.SET_ASIDE, sentence),))
    verdict, reasons = _by_direction(case)
    # These can only take a verdict down. Who says that nobody knows asserts no figure and no size.
    asserts = case.firmness is not Firmness.UNCERTAIN
    for check in (of_words, of_figures, of_time):
        worse, more = check(case) if asserts and verdict.has_evidence else (None, ())
        verdict = worse or verdict
        reasons = (*reasons, *more)
    if verdict.has_evidence and is_establishment_unmet(case):
        verdict = Verdict.OVERSTATED
    bar = bar_of(case, verdict)
    beside = (*of_scope(case), *of_reading(case), *_of_language(case, verdict), *bar_reason(bar))
    return Assessed(verdict, (*reasons, *beside, *_of_grade(case.standing)), bar)


def _by_direction(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    if case.direction is Direction.NONE:
        return _nothing(case)
    if is_denial_of_harm(case):
        return denial_verdict(case)
    if case.direction is Direction.CONTRADICTS:
        return _against(case)
    if case.direction is Direction.MIXED:
        return _divided(case)
    return _agreeing(case)


# Nothing decides


def _nothing(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    standing, question = case.standing, case.standing.proposition.question
    if question is Question.RESEARCH_STATE and not case.affirms and standing.is_sought:
        sentence = "A search found nothing that would establish it, which is what the page says."
        return Verdict.SUBSTANTIATED, (Reason(Code.NOTHING_ESTABLISHES_IT, sentence),)
    if question.is_shown_by_papers:
        sentence = "Only a document of whoever offers it can show this, and none is recorded."
        return Verdict.UNSUPPORTED, (Reason(Code.OWN_DOCUMENT, sentence),)
    held = _held(standing)
    if standing.is_sought:
        return Verdict.UNSUPPORTED, (held,)
    return Verdict.NOT_LOOKED_FOR, (held, Reason(Code.NOT_LOOKED_FOR, _unsought(standing)))


def _unsought(standing: Standing) -> str:
    if not standing.to_screen:
        return "Nobody has searched a literature database for it, so nothing can be said of it yet."
    records = "record" if standing.to_screen == 1 else "records"
    return f"Nobody has looked through {standing.to_screen:,} {records} that searches gave for it yet."


def _held(standing: Standing) -> Reason:
    """What is there where nothing decides."""
    if standing.body.only_preclinical:
        sentence = "No human evidence: only animal or cell findings are linked."
        return Reason(Code.NO_HUMAN_EVIDENCE, sentence)
    if standing.source_kind is not None:
        sentence = f"The strongest source linked confirms nothing by itself ({standing.source_kind})."
        return Reason(Code.ONLY_WEAK_SOURCES, sentence)
    unread = (Exclusion.UNVERIFIED, Exclusion.UNCONFIRMED)
    if any(why in unread for _, why in standing.body.excluded):
        sentence = "Only facts that nobody has verified at a source are linked."
        return Reason(Code.ONLY_UNVERIFIED, sentence)
    return Reason(Code.NO_EVIDENCE, "No evidence that decides the question is linked.")


# Something decides


def _against(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    """Contradicted where enough is certain to say the opposite; else it is very uncertain."""
    standing = case.standing
    if standing.is_graded:
        too_little = standing.certainty in (None, Certainty.VERY_LOW)
        basis = f"The evidence in people says otherwise ({standing.label})."
    else:
        too_little = standing.allowed < Firmness.LIKELY
        basis = f"The most direct sources say otherwise ({standing.source_kind})."
    if too_little:
        sentence = "What there is points the other way, but leaves it very uncertain."
        return Verdict.UNSUPPORTED, (Reason(Code.LEANS_AGAINST, sentence),)
    return Verdict.CONTRADICTED, (Reason(Code.EVIDENCE_AGAINST, basis),)


def _divided(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    standing = case.standing
    if standing.proposition.question is Question.HARM:
        sentence = "Harm in people is on record, though not in every study."
        reason = Reason(Code.EVIDENCE_DIVIDED, sentence)
        return _not_too_firm(case, _allowed_of_harm(case), reason)
    reason = Reason(Code.EVIDENCE_DIVIDED, _who_disagrees(standing))
    # What is put as open is put right; a possibility is enough of an answer for a document alone.
    is_open = case.firmness is Firmness.UNCERTAIN or is_disclosure(case)
    is_modest = Ground.COMPARISON not in case.grounds
    is_hedged = case.claim.wording is Wording.HEDGED and is_openly_hedged(case.claim.quote)
    stands = is_open or (not standing.is_graded and is_hedged and is_modest)
    return (Verdict.SUBSTANTIATED if stands else Verdict.OVERSTATED), (reason,)


def _who_disagrees(standing: Standing) -> str:
    studies = standing.body.studies
    if len(studies) == 1:
        return f"The one source that counts says both ({studies[0]})."
    if standing.is_graded:
        return f"Studies of equal rank disagree ({standing.label})."
    return f"The most direct sources do not agree ({standing.source_kind})."


def _agreeing(case: Case) -> tuple[Verdict, tuple[Reason, ...]]:
    standing = case.standing
    if not standing.is_graded:
        sentence = f"The most direct sources confirm it ({standing.source_kind})."
        return _not_too_firm(case, standing.allowed, Reason(Code.EVIDENCE_AGREES, sentence))
    sentence = f"The evidence in people points the claim's way ({standing.label})."
    is_harm = standing.proposition.question is Question.HARM
    allowed = _allowed_of_harm(case) if is_harm else standing.allowed
    return _not_too_firm(case, allowed, Reason(Code.EVIDENCE_AGREES, sentence))


def _allowed_of_harm(case: Case) -> Firmness:
    """One documented case lets a page warn of a harm as a fact, and say of a rival's that it can happen.

    This is our convention: what one case refutes when it is denied, it bears out when it is owned.
    """
    return Firmness.FACT if warns(case) else max(case.standing.allowed, Firmness.MAY)


def _not_too_firm(case: Case, allowed: Firmness, reason: Reason) -> tuple[Verdict, tuple[Reason, ...]]:
    """Substantiated if the words are no firmer than `allowed`, else overstated.

    To say openly that something is not established or not approved is never put too firmly.
    """
    steps = case.firmness - allowed
    if steps <= 0 or is_disclosure(case):
        return Verdict.SUBSTANTIATED, (reason,)
    basis = case.standing.label if case.standing.is_graded else "what the sources are"
    sentence = (
        f"The page puts it {FIRMNESS_WORDS[case.firmness]}; {basis} allows it only "
        f"{FIRMNESS_WORDS[allowed]} ({steps} step{'s' if steps > 1 else ''} too firm)."
    )
    return Verdict.OVERSTATED, (reason, Reason(Code.WORDED_TOO_FIRMLY, sentence))


# What is told beside


def _of_language(case: Case, verdict: Verdict) -> Iterator[Reason]:
    if is_establishment_unmet(case):
        sentence = "It says that studies establish it; no randomised trial in people that counts does."
        yield Reason(Code.ESTABLISHMENT, sentence)
    if is_promise_of_safety(case) and verdict is not Verdict.SUBSTANTIATED:
        sentence = "It promises safety without limits, which nothing can show."
        yield Reason(Code.ABSOLUTE_SAFETY, sentence)


def _of_grade(standing: Standing) -> Iterator[Reason]:
    if standing.basis is Basis.SUGGESTED:
        sentence = "The grade is a suggestion that no reviewer has confirmed."
        yield Reason(Code.SUGGESTED_GRADE, sentence)
