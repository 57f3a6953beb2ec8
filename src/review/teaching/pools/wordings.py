"""Lesson 5, write wording that the evidence allows: a claim's verdict, and words that may stand."""

from collections.abc import Iterator
from functools import partial

from review.dossier.dossier import Dossier
from review.language.lexicon import Lexicon
from review.language.wording.firmness import ALLOWED, FIRMNESS_WORDS
from review.model.vocabulary import Verdict, Wording
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem
from review.teaching.pools.facts import one_line, question_lines
from review.verdicts.case import towards
from review.verdicts.reasons import Code
from review.verdicts.standing import Standing
from review.verdicts.verdict import Judged
from review.verdicts.wording import allowed_wording

VERDICTS = tuple(str(verdict) for verdict in Verdict if verdict is not Verdict.SET_ASIDE)

VERDICT = "verdict"
WORDING = "wording"
"""The parts of the ids of the two items of a claim."""

_ON_WORDING = frozenset(
    {
        Code.EVIDENCE_AGREES,
        Code.EVIDENCE_DIVIDED,
        Code.EVIDENCE_AGAINST,
        Code.LEANS_AGAINST,
        Code.NO_HUMAN_EVIDENCE,
        Code.NO_EVIDENCE,
        Code.ONLY_WEAK_SOURCES,
        Code.WORDED_TOO_FIRMLY,
        Code.OTHER_PEOPLE,
        Code.OTHER_TREATMENT,
        Code.OTHER_OUTCOME,
    }
)
"""The reasons that follow from wording, direction and certainty, all of which the learner is given."""


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """Two items for each claim whose verdict rests on wording, direction and certainty alone.

    The first asks for the verdict of the claim as it stands, the second for a wording that is allowed.
    Of claims with the same words, the first by page and place is asked about. A claim that says word
    for word what is allowed is left out: its own words would tell the key.
    """
    asked: dict[str, Judged] = {}
    for judged in dossier.judged:  # by page and place, so that the first of the same words is kept
        if _is_about_wording(judged, dossier.lexicon):
            asked.setdefault(_plain(judged.claim.quote), judged)
    return tuple(item for judged in asked.values() for item in _of_claim(dossier, judged))


def _is_about_wording(judged: Judged, lexicon: Lexicon) -> bool:
    tells_key = _plain(allowed_wording(judged.standing, lexicon)) in _plain(judged.claim.quote)
    is_by_wording = {reason.code for reason in judged.reasons} <= _ON_WORDING
    return is_by_wording and not judged.is_caution and not tells_key


def _plain(text: str) -> str:
    return one_line(text).casefold().removesuffix(".")


def _of_claim(dossier: Dossier, judged: Judged) -> Iterator[LessonItem]:
    group, quote = f"5.{judged.claim.claim}", one_line(judged.claim.quote)
    read = f"review explain {judged.claim.claim}"
    item = partial(
        LessonItem,
        lesson=5,
        group=group,
        difficulty=_difficulty(judged),
        context="\n".join(_context(dossier, judged)),
        about=(judged.claim.claim, quote),
    )
    reasons = " ".join(reason.sentence for reason in judged.reasons)
    rule = "docs/verdicts.md, The wording against the standing"
    yield item(
        f"{group}.{VERDICT}",
        prompt=f"Which verdict does this claim get as it stands? “{quote}”",
        choices=VERDICTS,
        scale=AnswerScale.NOMINAL,
        key=Key(str(judged.verdict), reasons, KeyBasis.RULE, rule, read),
    )
    wording, limit = allowed_wording(judged.standing, dossier.lexicon), _limit(judged.standing)
    rule = "GRADE guidelines 26, informative statements; docs/verdicts.md, The allowed wording"
    yield item(
        f"{group}.{WORDING}",
        prompt="Write a sentence that this evidence allows, for readers who are no clinicians, in place "
        f"of: “{quote}”",
        choices=(),
        scale=AnswerScale.WORDS,
        key=Key(wording, limit, KeyBasis.RULE, rule, read),
    )


def _context(dossier: Dossier, judged: Judged) -> Iterator[str]:
    """The claim, what it is about, and the standing; not the statement, which may be the key."""
    claim, standing = judged.claim, judged.standing
    yield f"The page says: “{one_line(claim.quote)}”"
    yield f"- Page: {dossier.evidence.pages[claim.page].title}"
    yield from question_lines(standing.proposition)
    yield f"- Wording of the claim: {claim.wording}"
    yield f"- Direction of the evidence, seen from the claim: {towards(claim, standing.direction)}"
    yield f"- Standing of the statement that the claim {claim.polarity}: {standing.label}"
    yield f"- Judged by: {'GRADE' if standing.is_graded else 'the strongest kind of document'}"


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
