"""A claim judged: its verdict, what may be said instead, and what it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.model.records import Claim, Notice
from review.model.vocabulary import Action, Bar, Ground, Question, Verdict
from review.verdicts.action import action_of
from review.verdicts.assess import Assessed, assessed
from review.verdicts.case import Case
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
        return any(hit.is_blocking for hit in self.flags)

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

    A flag of a market that is not under review tells what the words mean, and holds nothing back.

    `is_wording_current` tells whether the public wording of the proposition was written on the evidence
    as it is; an outdated one is not suggested.
    """
    case = Case(claim, standing, lexicon, tuple(flags))
    result = assessed(case)
    is_caution = not standing.is_set_aside and warns(case)
    wording = ""
    if result.verdict is not Verdict.SUBSTANTIATED and not is_caution:
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
        flags=tuple(hit for hit in flags if hit.is_in_force),
        action=action_of(case, result, wording, is_caution=is_caution),
        bar=result.bar,
        is_caution=is_caution,
        discloses=is_disclosure(case) and _is_true_or_open(case, result.verdict),
        is_of_the_offered=is_of_the_offered(case),
    )


def _caution(result: Assessed) -> Reason:
    if result.verdict is Verdict.SUBSTANTIATED:
        return Reason(Code.CAUTION, "It warns the reader, and there is reason to.")
    sentence = "It warns the reader: want of evidence is no reason to take it out."
    return Reason(Code.CAUTION, sentence)


def later_notice(notice: Notice, citation: str) -> Reason:
    """What was published about a study after the day of the review, and so is no part of the verdict."""
    kind = notice.kind.replace("-", " ")
    consequence = " ".join(notice.consequence.split())
    sentence = f"Known, later than this review: {kind} of {notice.date} about {citation}. {consequence}"
    return Reason(Code.LATER_NOTICE, sentence)


def _is_true_or_open(case: Case, verdict: Verdict) -> bool:
    """That nobody has looked yet is no reason to take out that something is not established."""
    if verdict is Verdict.NOT_LOOKED_FOR:
        return case.standing.proposition.question is Question.RESEARCH_STATE
    return verdict is Verdict.SUBSTANTIATED
