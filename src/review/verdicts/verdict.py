"""A claim judged: its verdict, what may be said instead, and what it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.language.flags import Hit
from review.language.lexicon import Lexicon
from review.model.records import Claim, Notice
from review.model.vocabulary import Action, Bar, Ground, Question, Verdict
from review.verdicts.assess import Assessed, assessed
from review.verdicts.case import Case
from review.verdicts.checks.figures import missing_figures
from review.verdicts.checks.harm import is_denial_of_harm, is_promise_of_safety
from review.verdicts.checks.warnings import is_disclosure, is_of_the_offered, warns
from review.verdicts.reasons import Code, Reason
from review.verdicts.standing import Standing
from review.verdicts.wording import allowed_wording


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, the reasons, a wording that may be published, and what it asks for.

    `allowed_wording` is empty where the claim may stand, and where no wording is known that the same
    rules would let stand. `is_caution` marks a claim that warns the reader, which is never taken out;
    `discloses` one that tells a limit openly; `is_of_the_offered` is false for one on another treatment
    than those that the pages offer. `action` is what this claim asks for by itself: a person
    edits sentences, which may hold several claims.
    """

    claim: Claim
    standing: Standing
    verdict: Verdict
    reasons: tuple[Reason, ...]
    allowed_wording: str
    flags: tuple[Hit, ...]
    action: Action
    bar: Bar = Bar.NOT_ASKED
    is_caution: bool = False
    discloses: bool = False
    is_of_the_offered: bool = True

    @property
    def may_stand(self) -> bool:
        """Whether the words of this claim may stay as they are."""
        return self.action is Action.MAY_STAND

    @property
    def is_blocked(self) -> bool:
        """Whether a flag that blocks publication was met in its words."""
        return any(hit.flag.is_blocking for hit in self.flags)

    @property
    def stops_a_medicine(self) -> bool:
        """Whether it tells people to stop or pause a medicine."""
        return any(hit.flag.ground is Ground.MEDICINE for hit in self.flags)


def verdict_of(
    claim: Claim,
    standing: Standing,
    lexicon: Lexicon,
    flags: Sequence[Hit] = (),
    *,
    is_wording_current: bool = True,
) -> Judged:
    """The verdict of `claim` given the standing of its proposition and the flags met in its words.

    `is_wording_current` tells whether the public wording of the proposition was written on the evidence
    as it is; an outdated one is not suggested.
    """
    case = Case(claim, standing, lexicon, tuple(flags))
    result = assessed(case)
    is_caution = not standing.is_set_aside and warns(case)
    wording = ""
    if result.verdict in _REWORDABLE and not is_caution:
        wording = allowed_wording(
            standing,
            lexicon,
            is_wording_current=is_wording_current,
            is_contradicted=result.verdict is Verdict.CONTRADICTED,
        )
    reasons = (*result.reasons, *((_caution(result),) if is_caution else ()))
    return Judged(
        claim=claim,
        standing=standing,
        verdict=result.verdict,
        reasons=reasons,
        allowed_wording=wording,
        flags=tuple(flags),
        action=_action(case, result, wording, is_caution),
        bar=result.bar,
        is_caution=is_caution,
        discloses=is_disclosure(case) and result.verdict is Verdict.SUBSTANTIATED,
        is_of_the_offered=is_of_the_offered(case),
    )


_REWORDABLE = frozenset(Verdict) - {Verdict.SUBSTANTIATED, Verdict.SET_ASIDE}


def _caution(result: Assessed) -> Reason:
    if result.verdict is Verdict.SUBSTANTIATED:
        return Reason(Code.CAUTION, "It warns the reader, and there is reason to.")
    sentence = "It warns the reader: want of evidence is no reason to take it out."
    return Reason(Code.CAUTION, sentence)


def _action(case: Case, result: Assessed, wording: str, is_caution: bool) -> Action:
    """What a claim asks for; a medicine to be stopped comes before everything (our convention)."""
    if Ground.MEDICINE in case.grounds:
        return Action.ESCALATE
    is_blocked = any(hit.flag.is_blocking for hit in case.flags)
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
            return _action_meanwhile(case, wording)
    own = case.standing.proposition.question.is_shown_by_papers
    if own and result.verdict is Verdict.UNSUPPORTED:
        return Action.PRODUCE_DOCUMENT
    if wording:
        return Action.REWORD
    return Action.LOOK_IT_UP if _is_nearly_shown(case, result) else Action.REMOVE


def _action_meanwhile(case: Case, wording: str) -> Action:
    """What to do with what nobody has looked for: no search bears out a promise of safety, and a benefit
    may not be advertised against a disease, or above something else, until somebody has looked.
    """
    if wording:
        return Action.REWORD
    promises_safety = is_denial_of_harm(case) and is_promise_of_safety(case)
    return Action.REMOVE if promises_safety or _is_unlawful_meanwhile(case) else Action.LOOK_IT_UP


def _is_unlawful_meanwhile(case: Case) -> bool:
    """Whether a benefit is claimed for a disease, or above something else, before anybody looked."""
    promises = case.affirms and case.standing.proposition.question in _PROMISES
    return promises and bool({Ground.DISEASE, Ground.COMPARISON} & case.grounds)


_PROMISES = frozenset({Question.BENEFIT, Question.COMPARISON})
_SLIGHT = frozenset(
    {
        Code.EVIDENCE_AGREES,
        Code.WORDED_TOO_FIRMLY,
        Code.OTHER_PEOPLE,
        Code.OTHER_TREATMENT,
        Code.OTHER_OUTCOME,
    }
)


def _is_nearly_shown(case: Case, result: Assessed) -> bool:
    """Whether documents confirm it, only not of just this: a better source is looked for first."""
    is_overstated = result.verdict is Verdict.OVERSTATED and not case.standing.is_graded
    return is_overstated and {reason.code for reason in result.reasons} <= _SLIGHT


def _action_on_a_warning(case: Case, result: Assessed) -> Action:
    """A warning stays; what may be wrong in it is looked up, or put before a person."""
    if result.verdict is Verdict.CONTRADICTED:
        return Action.ESCALATE
    has_open_figure = not result.verdict.may_stand and bool(missing_figures(case))
    return Action.LOOK_IT_UP if has_open_figure else Action.MAY_STAND


def later_notice(notice: Notice, citation: str) -> Reason:
    """What was published about a study after the day of the review, and so is no part of the verdict."""
    kind = notice.kind.replace("-", " ")
    consequence = " ".join(notice.consequence.split())
    sentence = f"Known, later than this review: {kind} of {notice.date} about {citation}. {consequence}"
    return Reason(Code.LATER_NOTICE, sentence)
