"""The sentences of a page, which are what a person edits: each gets one answer for all its claims.

The claim that asks for most decides for its sentence. A sentence is changed as a whole or not at all,
and never where that would take a warning or an open word on the evidence out of the page.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

from review.language.sentences import Span, sentence_spans
from review.model.vocabulary import (
    Action,
    Category,
    Ground,
    Polarity,
    Question,
    Species,
    Tier,
    Verdict,
)
from review.verdicts.reasons import Code, Reason
from review.verdicts.verdict import Judged


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence with claims in it, and its answer.

    `start` and `end` are offsets in the page's text, `end` exclusive. `wording` is what may stand in its
    place, empty where no such words are known. `warns` tells that it must stay: it warns, or says openly
    that something is not established. `decided_by` is the claim that asked for the action.
    """

    page: str
    start: int
    end: int
    text: str
    judged: tuple[Judged, ...]
    action: Action
    tier: Tier
    warns: bool
    wording: str
    decided_by: str

    def narrowed(self, claims: Collection[str]) -> Self:
        """The same answer, told of some of its claims: by the one of them that asks for most."""
        judged = tuple(j for j in self.judged if j.claim.claim in claims)
        if len(judged) == len(self.judged):
            return self
        return replace(self, judged=judged, decided_by=min(judged, key=_weight).claim.claim)

    @property
    def decisive(self) -> Judged:
        """The claim in it that asked for the action."""
        return next(j for j in self.judged if j.claim.claim == self.decided_by)

    @property
    def verdict(self) -> Verdict:
        """The verdict in it that needs attention most."""
        return min((j.verdict for j in self.judged), key=lambda verdict: verdict.urgency)


def with_same_words(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """The claims of a page, none better than the parts of it and all with the same words alike.

    A claim that holds another's words, or the same words elsewhere on the page, gets the worse verdict
    of the two: no reader meets a tick and a cross on one sentence.
    """
    # What fails within one sentence fails a second one of the same words, which holds no claim itself.
    before: tuple[Judged, ...] = ()
    after = tuple(judged)
    while [j.verdict for j in after] != [j.verdict for j in before]:
        before, after = after, tuple(_no_better_than_its_parts(claim, after) for claim in after)
    return after


def _no_better_than_its_parts(claim: Judged, judged: Iterable[Judged]) -> Judged:
    worse = [other for other in judged if _is_part(other, claim) and _counts_against(claim, other)]
    if not worse:
        return claim
    worst = min(worse, key=lambda other: (other.verdict.urgency, other.claim.claim))
    sentence = f"Its words hold those of {worst.claim.claim}, which is {worst.verdict.spoken}."
    reasons = (*claim.reasons, Reason(Code.PART_FAILS, sentence))
    action = max(claim.action, worst.action, key=lambda action: action.place)
    if action in _CHANGING and (claim.is_caution or claim.discloses):
        action = Action.ESCALATE
    return replace(claim, verdict=worst.verdict, reasons=reasons, action=action)


def _is_part(part: Judged, whole: Judged) -> bool:
    """Whether one claim's words stand within another's, or are the same words elsewhere on the page."""
    within = whole.claim.start <= part.claim.start and part.claim.end <= whole.claim.end
    return within or _is_alike(part, whole)


def _counts_against(claim: Judged, part: Judged) -> bool:
    if Verdict.SET_ASIDE in (part.verdict, claim.verdict):
        return False
    if part.verdict.urgency >= claim.verdict.urgency:
        return False
    # A warning within a sentence is no fault of it. What nobody looked for is answered by a part only
    # where the part is refuted: that a part says too much tells nothing of the whole.
    is_answer = claim.verdict is not Verdict.NOT_LOOKED_FOR or part.verdict is Verdict.CONTRADICTED
    return _is_alike(part, claim) or (is_answer and not part.is_caution)


def _is_alike(a: Judged, b: Judged) -> bool:
    return _plain(a.claim.quote) == _plain(b.claim.quote)


@lru_cache(maxsize=4096)
def _plain(quote: str) -> str:
    return " ".join(quote.split()).casefold().strip(" .,;:!?")


def judged_sentences(page: str, text: str, judged: Iterable[Judged]) -> tuple[JudgedSentence, ...]:
    """The sentences of a page that hold claims, in reading order; they never overlap.

    Sentences that one claim holds together are taken as one.
    """
    claims = sorted(judged, key=lambda j: (j.claim.start, j.claim.end, j.claim.claim))
    suggested: set[str] = set()
    sentences = []
    for span, within in _grouped(text, claims):
        sentence = _sentence(page, span, span.of(text), within, suggested)
        if sentence.action is Action.REWORD:
            suggested.update(_wordings(within))
        sentences.append(sentence)
    return tuple(sentences)


def _grouped(text: str, claims: Sequence[Judged]) -> Iterator[tuple[Span, list[Judged]]]:
    spans = list(sentence_spans(text))
    held: list[tuple[Span, list[Judged]]] = []
    for claim in claims:
        met = [s for s in spans if s.start < claim.claim.end and claim.claim.start < s.end]
        start = min([s.start for s in met], default=claim.claim.start)
        end = max([s.end for s in met], default=claim.claim.end)
        if held and start < held[-1][0].end:
            before, within = held[-1]
            held[-1] = (Span(before.start, max(before.end, end)), [*within, claim])
        else:
            held.append((Span(start, end), [claim]))
    yield from held


def _sentence(
    page: str, span: Span, text: str, judged: Sequence[Judged], suggested: Iterable[str]
) -> JudgedSentence:
    warns = any(j.is_caution or j.discloses for j in judged)
    decisive = min(judged, key=_weight)
    # The same words twice on a page would say nothing more.
    known = frozenset(suggested)
    new = [words for words in _wordings(judged) if words not in known]
    wording = " ".join(new) if _is_whole(text) else ""
    action = _sentence_action(decisive.action, wording, warns=warns)
    return JudgedSentence(
        page=page,
        start=span.start,
        end=span.end,
        text=text,
        judged=tuple(judged),
        action=action,
        tier=_tier(judged, action),
        warns=warns,
        wording=wording if action is Action.REWORD else "",
        decided_by=decisive.claim.claim,
    )


def _is_whole(text: str) -> bool:
    """Whether it is a sentence, and no heading, no item of a list and no cell of a table."""
    begins = text[:1].isalnum() or text[:1] in "\"“‘'("
    return begins and text.rstrip("\"'”’)")[-1:] in (".", "!", "?", "…")


def _weight(judged: Judged) -> tuple[bool, int, int, str]:
    """Orders the claims of a sentence; a medicine to be stopped comes before everything."""
    return (
        not judged.stops_a_medicine,
        -judged.action.place,
        judged.verdict.urgency,
        judged.claim.claim,
    )


def _wordings(judged: Iterable[Judged]) -> tuple[str, ...]:
    """The wordings of the claims that cannot stand, each once, in reading order."""
    wordings = [j.allowed_wording for j in judged if j.action in _CHANGING and j.allowed_wording]
    return tuple(dict.fromkeys(wordings))


_CHANGING = frozenset({Action.REWORD, Action.REMOVE})


def _sentence_action(action: Action, wording: str, *, warns: bool) -> Action:
    """What becomes of the whole sentence: no words are changed by rule that must stay in the page."""
    if action not in _CHANGING:
        return action
    if warns:
        return Action.ESCALATE
    return Action.REWORD if wording else Action.REMOVE


# What it can do if it is published


def _tier(judged: Sequence[Judged], action: Action) -> Tier:
    """The gravest tier of what fails in a sentence; what may stand is background (our convention)."""
    if action is Action.MAY_STAND:
        return Tier.BACKGROUND
    return min((_tier_of(j) for j in judged if not j.may_stand), key=lambda tier: tier.place)


def _tier_of(judged: Judged) -> Tier:
    question = judged.standing.proposition.question
    grounds = {hit.flag.ground for hit in judged.flags}
    if judged.stops_a_medicine or _can_hurt(judged):
        return Tier.CAN_HURT
    if judged.is_blocked or grounds & _UNLAWFUL:
        return Tier.UNLAWFUL
    if question.is_shown_by_papers:
        return Tier.DOCUMENTS
    return Tier.MISLEADS if _promises(judged) else Tier.BACKGROUND


def _promises(judged: Judged) -> bool:
    """Whether it promises what is offered to do good: by its question, its kind, or how it works."""
    proposition = judged.standing.proposition
    if judged.claim.polarity is Polarity.DENIES or judged.is_caution:
        return False
    in_people = proposition.question is Question.BIOLOGY and proposition.species is Species.HUMAN
    about_it = in_people or proposition.question is Question.RESEARCH_STATE
    promises = proposition.question.is_of_benefit or judged.claim.category in _KINDS_OF_BENEFIT
    return promises or (about_it and judged.is_of_the_offered)


_UNLAWFUL = frozenset({Ground.APPROVAL, Ground.DISEASE, Ground.COMPARISON})
_KINDS_OF_BENEFIT = frozenset(
    {Category.EFFICACY, Category.DURABILITY, Category.ONSET, Category.COMPARISON, Category.SESSIONS}
)


def _can_hurt(judged: Judged) -> bool:
    """Whether a reader could come to harm by believing it: harm denied, safety promised."""
    claim, question = judged.claim, judged.standing.proposition.question
    promises_safety = any(hit.flag.ground is Ground.SAFETY for hit in judged.flags)
    denies = claim.category is Category.SAFETY and claim.polarity is Polarity.DENIES
    about_harm = question is Question.HARM or claim.category is Category.CONTRAINDICATION
    return promises_safety or denies or (about_harm and claim.polarity is Polarity.DENIES)
