"""Lesson 5, write wording that the evidence allows: a claim's verdict, what it needs, other words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from review.dossier.dossier import Dossier
from review.language.wording.firmness import ALLOWED, FIRMNESS_WORDS
from review.model.vocabulary import Action, Verdict, Wording
from review.people.decisions import is_wording_current
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem, Worked
from review.teaching.pools.facts import not_worked_out, one_line, question_lines
from review.verdicts.case import towards
from review.verdicts.reasons import Code
from review.verdicts.standing import Standing
from review.verdicts.verdict import Judged
from review.verdicts.wording import allowed_wording, by_grade

VERDICTS = tuple(str(verdict) for verdict in Verdict)
ACTIONS = tuple(str(action) for action in Action)

VERDICT = "verdict"
ACTION = "action"
WORDING = "wording"
"""The parts of the ids of the items of a claim."""

_ON_WORDING = frozenset(
    {
        Code.EVIDENCE_AGREES,
        Code.EVIDENCE_DIVIDED,
        Code.EVIDENCE_AGAINST,
        Code.LEANS_AGAINST,
        Code.NO_HUMAN_EVIDENCE,
        Code.NO_EVIDENCE,
        Code.NOT_LOOKED_FOR,
        Code.NOTHING_ESTABLISHES_IT,
        Code.OWN_DOCUMENT,
        Code.ONLY_UNVERIFIED,
        Code.ONLY_WEAK_SOURCES,
        Code.WORDED_TOO_FIRMLY,
        Code.OTHER_PEOPLE,
        Code.OTHER_TREATMENT,
        Code.OTHER_OUTCOME,
        Code.SECOND_HAND,
        Code.SET_ASIDE,
    }
)
"""The reasons that follow from the question, the wording, the direction, the standing and what was
searched, all of which the learner is given."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A claim that is asked about, and a wording that may be published on its statement, if any."""

    judged: Judged
    wording: str
    is_by_rule: bool

    @property
    def is_told_by_the_page(self) -> bool:
        """Whether the claim says the wording word for word: its own words would tell the key."""
        return _plain(self.wording) in _plain(self.judged.claim.quote)

    def action(self, verdict: Verdict) -> Action:
        """What the claim would need with this verdict; a medicine comes first, then what blocks."""
        if verdict is self.judged.verdict:
            return self.judged.action
        action = _ACTIONS.get(verdict) or (Action.REWORD if self.wording else Action.REMOVE)
        if verdict is Verdict.UNSUPPORTED and _is_own(self.judged):
            action = Action.PRODUCE_DOCUMENT
        is_lifted = action in (Action.REWORD, Action.REMOVE) or not self.judged.is_blocked
        return action if is_lifted and not self.judged.stops_a_medicine else Action.ESCALATE


_ACTIONS = {
    Verdict.SUBSTANTIATED: Action.MAY_STAND,
    Verdict.NOT_LOOKED_FOR: Action.LOOK_IT_UP,
    Verdict.SET_ASIDE: Action.MAY_STAND,
}


def _is_own(judged: Judged) -> bool:
    return judged.standing.proposition.question.is_shown_by_papers


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """Two or three items for each claim whose verdict follows from what a learner can be given.

    The first asks for the verdict of the claim as it stands, the second for what it needs by itself, the
    third for a wording that is allowed, where the rules or a person gave one that the claim does not say
    already. Of claims with the same words, the first by page and place is asked about.
    """
    claims: dict[str, Judged] = {}
    for judged in dossier.judged:  # by page and place, so that the first of the same words is kept
        if not judged.is_caution and {reason.code for reason in judged.reasons} <= _ON_WORDING:
            claims.setdefault(_plain(judged.claim.quote), judged)
    return tuple(
        item for judged in claims.values() for item in _of_claim(dossier, _asked(dossier, judged))
    )


def _asked(dossier: Dossier, judged: Judged) -> _Asked:
    standing = judged.standing
    wording = allowed_wording(
        standing,
        dossier.lexicon,
        is_wording_current=is_wording_current(dossier.evidence, judged.claim.proposition),
        is_contradicted=judged.verdict is Verdict.CONTRADICTED,
    )
    return _Asked(judged, wording, wording == by_grade(standing, dossier.lexicon))


def _plain(text: str) -> str:
    """The letters and digits of a text alone: a comma does not hide that two sentences are one."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _of_claim(dossier: Dossier, asked: _Asked) -> Iterator[LessonItem]:
    judged = asked.judged
    group, quote = f"5.{judged.claim.claim}", one_line(judged.claim.quote)
    read = f"review explain {judged.claim.claim}"
    item = partial(
        LessonItem,
        lesson=5,
        group=group,
        difficulty=_difficulty(judged),
        context="\n".join(_context(dossier, asked)),
        about=(judged.claim.claim, quote),
    )
    rule = "docs/verdicts.md, The six verdicts"
    yield item(
        f"{group}.{VERDICT}",
        prompt=f"Which verdict does this claim get as it stands? “{quote}”",
        choices=VERDICTS,
        scale=AnswerScale.NOMINAL,
        key=Key(str(judged.verdict), _reasons(judged), KeyBasis.RULE, rule, read),
    )
    rule = "docs/verdicts.md, What a sentence needs"
    yield item(
        f"{group}.{ACTION}",
        prompt="By the verdict that you gave it: what does a sentence need that says this and no more?",
        choices=ACTIONS,
        scale=AnswerScale.NOMINAL,
        key=Key(str(judged.action), _why(asked), KeyBasis.RULE, rule, read),
        works_out=partial(_worked, asked, f"{group}.{VERDICT}"),
    )
    if asked.wording and not asked.is_told_by_the_page:
        yield item(
            f"{group}.{WORDING}",
            prompt="Write a sentence that this evidence allows, for readers who are no clinicians, in "
            f"place of: “{quote}”",
            choices=(),
            scale=AnswerScale.WORDS,
            key=_wording_key(asked, read),
        )


def _wording_key(asked: _Asked, read: str) -> Key:
    limit = _limit(asked.judged.standing)
    if asked.is_by_rule:
        rule = "GRADE guidelines 26, informative statements; docs/verdicts.md, What may be said instead"
        return Key(asked.wording, limit, KeyBasis.RULE, rule, read)
    return Key(asked.wording, limit, KeyBasis.JUDGEMENT, "Written by a person, and judged by rule", read)


def _worked(asked: _Asked, verdict_item: str, answers: Mapping[str, str]) -> Worked:
    """What the claim needs by the learner's own verdict: who errs above can be right here."""
    verdict = answers.get(verdict_item, "")
    if verdict not in VERDICTS:
        return not_worked_out(["the verdict"])
    return Worked(str(asked.action(Verdict(verdict))), f"the claim is {Verdict(verdict).spoken}")


def _reasons(judged: Judged) -> str:
    return " ".join(reason.sentence for reason in judged.reasons)


def _why(asked: _Asked) -> str:
    """Why a claim needs what it needs, said of this claim."""
    judged = asked.judged
    if judged.stops_a_medicine:
        why = "it tells people to stop a medicine"
    elif judged.action is Action.ESCALATE:
        why = "a flag blocks its words"
    elif judged.verdict in _ACTIONS or judged.action is Action.PRODUCE_DOCUMENT:
        why = f"it is {judged.verdict.spoken}"
    else:
        known = "words are known" if asked.wording else "no words are known"
        why = f"it is {judged.verdict.spoken}, and {known} that may stand in its place"
    return f"Of {judged.claim.claim}, “{one_line(judged.claim.quote)}”: {why}."


def _context(dossier: Dossier, asked: _Asked) -> Iterator[str]:
    """The claim, what it is about, and the standing; not the statement, which may be the key."""
    judged = asked.judged
    claim, standing = judged.claim, judged.standing
    yield f"The page says: “{one_line(claim.quote)}”"
    yield f"- Page: {dossier.evidence.pages[claim.page].title}"
    yield from question_lines(standing.proposition)
    yield f"- Wording of the claim: {claim.wording}"
    if not standing.is_set_aside:
        yield f"- Direction of the evidence, seen from the claim: {towards(claim, standing.direction)}"
        yield f"- Standing of the statement that the claim {claim.polarity}: {standing.label}"
        yield f"- Judged by: {'GRADE' if standing.is_graded else 'the strongest kind of document'}"
        yield f"- Searched for in a literature database: {'yes' if standing.is_sought else 'no'}"
    blocking = sorted({hit.flag.title for hit in judged.flags if hit.is_blocking})
    yield f"- Flags that block publication: {'; '.join(blocking) or 'none'}"
    yield f"- Words that may stand in its place: {'known' if asked.wording else 'none are known'}"


def _limit(standing: Standing) -> str:
    """How firmly the evidence lets the statement be put."""
    if standing.certainty is None or not standing.is_graded:
        return f"Its standing is: {standing.label}; the words may say no more."
    words = FIRMNESS_WORDS[ALLOWED[standing.certainty]]
    grade = standing.certainty.spoken.capitalize()
    return f"{grade} certainty lets it be put {words}, and no more firmly."


def _difficulty(judged: Judged) -> int:
    """1, and one more for each, up to 3: every further reason code; a wording that is hedged."""
    further = len({reason.code for reason in judged.reasons}) - 1
    return 1 + min(2, further + (judged.claim.wording is Wording.HEDGED))
