"""The verdict of a claim: what the page says against what the evidence lets it say.

A verdict compares direction, firmness of the wording, figures, and time. It always carries reason codes,
each with one sentence, and a wording that the evidence does allow. `docs/verdicts.md` gives an
example of every code. Nothing here decides: a person does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.language.figures.figures import Figure, Figures, same_figure
from review.language.flags import Hit
from review.language.lexicon import Lexicon
from review.language.wording.firmness import (
    ALLOWED,
    FIRMNESS_WORDS,
    Firmness,
    firmness,
    is_openly_hedged,
)
from review.model.records import Claim, Notice
from review.model.vocabulary import (
    Category,
    Certainty,
    Direction,
    Ground,
    Polarity,
    Question,
    Stance,
    Verdict,
    Wording,
)
from review.verdicts.bodies import Exclusion
from review.verdicts.follow_up import shortfall
from review.verdicts.standing import Basis, Standing
from review.verdicts.wording import allowed_wording


class Code(StrEnum):
    """Why a verdict is what it is."""

    EVIDENCE_AGREES = "evidence-agrees"
    EVIDENCE_AGAINST = "evidence-against"
    EVIDENCE_DIVIDED = "evidence-divided"
    LEANS_AGAINST = "leans-against"
    NO_HUMAN_EVIDENCE = "no-human-evidence"
    NO_EVIDENCE = "no-evidence"
    ONLY_UNVERIFIED = "only-unverified"
    ONLY_WEAK_SOURCES = "only-weak-sources"
    WORDED_TOO_FIRMLY = "worded-too-firmly"
    FIGURE_NOT_FOUND = "figure-not-found"
    FIGURE_CONVERTED = "figure-converted"
    OTHER_TIME = "other-time"
    OTHER_PEOPLE = "other-people"
    OTHER_TREATMENT = "other-treatment"
    OTHER_OUTCOME = "other-outcome"
    ESTABLISHMENT = "establishment"
    ABSOLUTE_SAFETY = "absolute-safety"
    SUGGESTED_GRADE = "suggested-grade"
    NOTHING_ESTABLISHES_IT = "nothing-establishes-it"
    CAUTION = "caution"
    SET_ASIDE = "set-aside"
    LATER_NOTICE = "later-notice"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code and the sentence that says it of this claim."""

    code: Code
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict, the reasons, and a wording that the evidence allows.

    `allowed_wording` is empty where the claim may stand as it is or is no evidence question.
    `is_caution` marks a claim that warns the reader, which lack of evidence never removes.
    """

    claim: Claim
    standing: Standing
    verdict: Verdict
    reasons: tuple[Reason, ...]
    allowed_wording: str
    flags: tuple[Hit, ...]
    is_caution: bool = False

    @property
    def may_stand(self) -> bool:
        """Whether the words may stay: the evidence allows them, or they warn the reader."""
        return self.verdict.may_stand or self.is_caution

    @property
    def is_blocked(self) -> bool:
        """Whether a flag that blocks publication was met in its words."""
        return any(hit.flag.is_blocking for hit in self.flags)


def verdict_of(claim: Claim, standing: Standing, lexicon: Lexicon, flags: Sequence[Hit] = ()) -> Judged:
    """The verdict of `claim` given the standing of its proposition and the flags met in its words."""
    if standing.is_set_aside:
        reason = Reason(Code.SET_ASIDE, "Prices, insurance and appointments are no evidence question.")
        return Judged(claim, standing, Verdict.SET_ASIDE, (reason,), "", tuple(flags))
    direction = towards(claim, standing.direction)
    # A warning is judged apart, before its wording is: want of evidence must never remove it.
    if _is_caution(claim, standing) and direction is not Direction.CONTRADICTS:
        return _caution(claim, standing, direction, flags)
    if standing.is_graded:
        verdict, reasons = _graded_verdict(claim, standing, direction)
    else:
        verdict, reasons = _document_verdict(claim, standing, direction, flags)
    # Figures and time can only take a verdict down; each looks at what the step before has left.
    verdict, of_figures = _checked_figures(claim, standing, verdict, lexicon.figures)
    verdict, of_time, limit = _checked_time(claim, standing, verdict, lexicon.figures)
    reasons += [*of_figures, *of_time, *_scope_reasons(standing)]
    reasons += _language_reasons(claim, standing, verdict, flags)
    if standing.is_graded and standing.basis is Basis.SUGGESTED:
        sentence = "The grade is a suggestion that no reviewer has confirmed."
        reasons.append(Reason(Code.SUGGESTED_GRADE, sentence))
    wording = "" if verdict is Verdict.SUBSTANTIATED else allowed_wording(standing, lexicon)
    if limit:
        wording = f"{wording.removesuffix('.')}; {limit}."
    return Judged(claim, standing, verdict, tuple(reasons), wording, tuple(flags))


def later_notice(notice: Notice, citation: str) -> Reason:
    """What was published about a study after the day of the review, and so is no part of the verdict."""
    kind = notice.kind.replace("-", " ")
    consequence = " ".join(notice.consequence.split())
    sentence = f"Known, later than this review: {kind} of {notice.date} about {citation}. {consequence}"
    return Reason(Code.LATER_NOTICE, sentence)


_WARNS = (Category.SAFETY, Category.CONTRAINDICATION)


def _is_caution(claim: Claim, standing: Standing) -> bool:
    """Whether a claim warns: it affirms a harm of the treatment, without giving a figure for it."""
    return (
        standing.proposition.question is Question.HARM
        and claim.polarity is Polarity.AFFIRMS
        and claim.category in _WARNS
        # A warning may stand whatever its evidence; a figure in it may not (our convention).
        and not any(character.isdigit() for character in claim.quote)
    )


def _caution(claim: Claim, standing: Standing, direction: Direction, flags: Sequence[Hit]) -> Judged:
    """One documented case is enough to warn; want of evidence is no reason to stop (our convention)."""
    if direction is Direction.NONE:
        sentence = "It warns the reader: want of evidence is no reason to take it out."
        reasons = (_nothing_found(standing), Reason(Code.CAUTION, sentence))
        verdict = Verdict.UNSUPPORTED
    else:
        agrees = Reason(Code.EVIDENCE_AGREES, f"Harm in people is on record ({standing.label}).")
        sentence = "It warns the reader: one documented case is enough to say so."
        reasons = (agrees, Reason(Code.CAUTION, sentence))
        verdict = Verdict.SUBSTANTIATED
    return Judged(claim, standing, verdict, reasons, "", tuple(flags), is_caution=True)


def towards(claim: Claim, direction: Direction) -> Direction:
    """The direction of the evidence seen from the claim, which may deny the positive statement."""
    return direction if claim.polarity is Polarity.AFFIRMS else direction.opposite


def _graded_verdict(
    claim: Claim, standing: Standing, direction: Direction
) -> tuple[Verdict, list[Reason]]:
    if direction is Direction.NONE or standing.certainty is None:
        return Verdict.UNSUPPORTED, [_nothing_found(standing)]
    certainty = standing.certainty
    if direction is Direction.CONTRADICTS:
        return _against(standing, certainty)
    stated = firmness(claim.quote, claim.wording)
    allowed = ALLOWED[certainty]
    reasons = []
    if direction is Direction.MIXED:
        sentence = f"Studies of equal rank disagree ({standing.label})."
        reasons.append(Reason(Code.EVIDENCE_DIVIDED, sentence))
    else:
        sentence = f"The evidence in people points the claim's way ({standing.label})."
        reasons.append(Reason(Code.EVIDENCE_AGREES, sentence))
    if stated > allowed:
        reasons.append(_too_firm(stated, allowed, certainty))
        return Verdict.OVERSTATED, reasons
    if direction is Direction.MIXED:
        return Verdict.OVERSTATED, reasons
    return Verdict.SUBSTANTIATED, reasons


def _too_firm(stated: Firmness, allowed: Firmness, certainty: Certainty) -> Reason:
    steps = stated - allowed
    return Reason(
        Code.WORDED_TOO_FIRMLY,
        f"The page puts it {FIRMNESS_WORDS[stated]}; {certainty.label} allows it only "
        f"{FIRMNESS_WORDS[allowed]} ({steps} step{'s' if steps > 1 else ''} too firm).",
    )


def _against(standing: Standing, certainty: Certainty) -> tuple[Verdict, list[Reason]]:
    """One reported harm refutes a denial of harm; a benefit is refuted by more than a very low grade."""
    if certainty is Certainty.VERY_LOW and standing.proposition.question is not Question.HARM:
        sentence = "What evidence there is points the other way, with very low certainty."
        return Verdict.UNSUPPORTED, [Reason(Code.LEANS_AGAINST, sentence)]
    sentence = f"The evidence in people says otherwise ({standing.label})."
    return Verdict.CONTRADICTED, [Reason(Code.EVIDENCE_AGAINST, sentence)]


def _nothing_found(standing: Standing) -> Reason:
    if standing.body.only_preclinical:
        sentence = "No human evidence: only animal or cell findings are linked."
        return Reason(Code.NO_HUMAN_EVIDENCE, sentence)
    if any(why is Exclusion.UNVERIFIED for _, why in standing.body.excluded):
        sentence = "Only facts that nobody has verified at a source are linked."
        return Reason(Code.ONLY_UNVERIFIED, sentence)
    return Reason(Code.NO_EVIDENCE, "No evidence that decides the question was found.")


def _document_verdict(
    claim: Claim, standing: Standing, direction: Direction, flags: Sequence[Hit]
) -> tuple[Verdict, list[Reason]]:
    kind = standing.source_kind
    if direction is Direction.NONE and _denies_that_it_is_established(claim, standing):
        sentence = "Nothing was found that would establish it, which is what the page says."
        return Verdict.SUBSTANTIATED, [Reason(Code.NOTHING_ESTABLISHES_IT, sentence)]
    if direction is Direction.NONE:
        if kind is not None:
            sentence = f"The strongest source linked confirms nothing by itself ({kind})."
            return Verdict.UNSUPPORTED, [Reason(Code.ONLY_WEAK_SOURCES, sentence)]
        return Verdict.UNSUPPORTED, [_nothing_found(standing)]
    if direction is Direction.CONTRADICTS:
        sentence = f"The strongest source linked says otherwise ({kind})."
        return Verdict.CONTRADICTED, [Reason(Code.EVIDENCE_AGAINST, sentence)]
    if direction is Direction.MIXED:
        reason = Reason(Code.EVIDENCE_DIVIDED, f"Sources of the same rank disagree ({kind}).")
        is_modest = not any(hit.flag.ground is Ground.COMPARISON for hit in flags)
        stands = claim.wording is Wording.HEDGED and is_openly_hedged(claim.quote) and is_modest
        return (Verdict.SUBSTANTIATED if stands else Verdict.OVERSTATED), [reason]
    reason = Reason(Code.EVIDENCE_AGREES, f"The strongest source linked confirms it ({kind}).")
    return Verdict.SUBSTANTIATED, [reason]


def _denies_that_it_is_established(claim: Claim, standing: Standing) -> bool:
    is_about_research = standing.proposition.question is Question.RESEARCH_STATE
    return is_about_research and claim.polarity is Polarity.DENIES


def _checked_figures(
    claim: Claim, standing: Standing, verdict: Verdict, figures: Figures
) -> tuple[Verdict, list[Reason]]:
    """A claim cannot stand on findings in which its figures do not occur, in this or another unit."""
    if verdict is not Verdict.SUBSTANTIATED or claim.polarity is Polarity.DENIES:
        return verdict, []
    supporting = [i.finding for i in standing.body.counted if i.link.stance is Stance.SUPPORTS]
    known = {x for f in supporting for text in (f.result, f.time_point or "") for x in figures.of(text)}
    stated = {
        figure: sorted(x for x in known if same_figure(figure, x)) for figure in figures.of(claim.quote)
    }
    missing = [figure for figure, same in stated.items() if not same]
    if missing:
        named = ", ".join(sorted(str(figure) for figure in missing))
        sentence = f"No linked finding holds the figure in the claim: {named}."
        return Verdict.OVERSTATED, [Reason(Code.FIGURE_NOT_FOUND, sentence)]
    return verdict, list(_converted_figures(stated))


def _converted_figures(stated: Mapping[Figure, Sequence[Figure]]) -> Iterator[Reason]:
    """Which figures of a claim the findings give in another unit only."""
    for figure, same in sorted(stated.items()):
        if all(other.unit != figure.unit for other in same):
            sentence = f"The page says {figure}; the findings give it as {same[0]}."
            yield Reason(Code.FIGURE_CONVERTED, sentence)


def _checked_time(
    claim: Claim, standing: Standing, verdict: Verdict, figures: Figures
) -> tuple[Verdict, list[Reason], str]:
    """A claim cannot stand for longer than anybody was followed; last comes that limit in words.

    A denial of harm needs the time as well; a denial of anything else does not, for an effect that is
    gone after a month is not there after a year.
    """
    denies = claim.polarity is Polarity.DENIES
    if not standing.is_graded or (denies and standing.proposition.question is not Question.HARM):
        return verdict, [], ""
    # The findings against the positive statement are those that support its denial.
    stance = Stance.CONTRADICTS if denies else Stance.SUPPORTS
    supporting = [item for item in standing.body.counted if item.link.stance is stance]
    short = shortfall(standing.proposition, supporting, figures)
    if short is None:
        return verdict, [], ""
    reasons = [Reason(Code.OTHER_TIME, str(short))]
    if verdict in (Verdict.SUBSTANTIATED, Verdict.OVERSTATED):
        return Verdict.OVERSTATED, reasons, short.limit
    return verdict, reasons, ""


_SCOPE = (
    (Code.OTHER_PEOPLE, "population", "people"),
    (Code.OTHER_TREATMENT, "intervention", "treatment"),
    (Code.OTHER_OUTCOME, "outcome", "outcome"),
)


def _scope_reasons(standing: Standing) -> Iterator[Reason]:
    """What no finding that supports the statement matches: people, treatment or outcome."""
    if not standing.is_graded:
        return
    supporting = [i.link for i in standing.body.counted if i.link.stance is Stance.SUPPORTS]
    for code, name, word in _SCOPE:
        if supporting and all(getattr(link, name).is_off for link in supporting):
            yield Reason(code, f"No supporting finding is about just this {word}.")


_ABOUT_SAFETY = (*_WARNS, Category.REGULATORY)


def _language_reasons(
    claim: Claim, standing: Standing, verdict: Verdict, flags: Sequence[Hit]
) -> Iterator[Reason]:
    grounds = {hit.flag.ground for hit in flags}
    weak = standing.is_graded and standing.certainty in (None, Certainty.LOW, Certainty.VERY_LOW)
    if Ground.ESTABLISHMENT in grounds and weak:
        yield Reason(
            Code.ESTABLISHMENT,
            "It says that studies establish it; that needs trials in people of at least moderate "
            "certainty.",
        )
    unsafe = Ground.SAFETY in grounds and claim.category in _ABOUT_SAFETY
    if unsafe and verdict is not Verdict.SUBSTANTIATED:
        yield Reason(Code.ABSOLUTE_SAFETY, "It promises safety without limits, which nothing can show.")
