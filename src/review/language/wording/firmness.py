"""How firmly a sentence puts its claim, against how firmly GRADE's statements allow it to be put.

GRADE guidelines 26 (Santesso and others, 2020) tie verbs to certainty: high "is, does", moderate
"likely, probably", low "may", very low "the evidence is very uncertain". The ranks 4 to 1 are ours, and
so is the reading clause by clause: in "results may vary; it works in weeks" the second is put as a fact.
"""

import re
from collections.abc import Mapping
from enum import IntEnum

from review.language.cues import wording as recorded_wording
from review.language.sentences import sentences
from review.language.wording.clauses import clauses
from review.model.vocabulary import Certainty, Wording


class Firmness(IntEnum):
    """How firmly something is put; comparable with what a certainty allows."""

    UNCERTAIN = 1
    MAY = 2
    LIKELY = 3
    FACT = 4


ALLOWED: Mapping[Certainty, Firmness] = {
    Certainty.HIGH: Firmness.FACT,
    Certainty.MODERATE: Firmness.LIKELY,
    Certainty.LOW: Firmness.MAY,
    Certainty.VERY_LOW: Firmness.UNCERTAIN,
}

FIRMNESS_WORDS: Mapping[Firmness, str] = {
    Firmness.FACT: "as a fact",
    Firmness.LIKELY: "as likely",
    Firmness.MAY: "as a possibility",
    Firmness.UNCERTAIN: "as uncertain",
}

_IS = r"(?:is|are|was|were|be|been|remains?|seems?|looks?)\s+(?:(?:still|yet|largely|very|quite)\s+)*"
# "It is not known why it works" takes for granted that it works; "how long" and the like do not.
_TAKEN_FOR_GRANTED = (
    r"(?!,?\s+(?:why|how(?!\s+(?:long|much|many|well|often|far|safe|likely|large)))\s+\w+\s+\w+)"
)
# "By a mechanism that is unclear" leaves open the mechanism, and not what it does.
_UNCERTAIN = re.compile(
    r"\b(?:too (?:early|soon) to (?:say|tell|know)|(?:hard|difficult|impossible) to (?:say|tell|know)"
    r"|time will tell|remains to be seen|(?:very|highly) uncertain"
    r"|(?:nobody|no one) (?:yet )?knows|(?:we|scientists|doctors) (?:do not|don[’']t) (?:yet )?know"
    r"|(?:studies|trials|experts) disagree (?:on|about|over)|little is known"
    r"|no evidence (?:was|has been) (?:found|collected) (?:on|as to) whether"
    r"|(?:has|have) not (?:yet )?been (?:shown|proven|studied|tested|established|demonstrated)"
    rf"|(?<!that )(?<!which ){_IS}(?:unclear|unknown|uncertain"
    rf"|not (?:yet |fully |really )?(?:known|clear)){_TAKEN_FOR_GRANTED})\b",
    re.I,
)
_LIKELY = re.compile(
    r"\b(?:(?<!more )(?<!less )(?<!times as )likely|probabl[ey]|usually|typically|generally|often"
    # "Most patients" and "most of them"; not "the most powerful", "at most", "most serious".
    r"|(?<!the )(?<!at )most (?:of|people|women|men|children|\w+(?<![ous]s)(?<!ous)s))\b",
    re.I,
)
_MAY = re.compile(
    r"\b(?:may|might|could|can(?!not|[’']t)|possibl[ey]|potential(?:ly)?|perhaps|seems?)\b", re.I
)
_MONTH = re.compile(
    r"\b(?:(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Oo]f|[Ll]ast|[Nn]ext|[Ee]arly|[Ll]ate|\d{1,2}(?:st|nd|rd|th)?)"
    r"\s+May\b|May\s+\d)"
)
_NO_HEDGE = re.compile(r"\bas \w+ as possible\b|\bbest possible\b", re.I)
# A remark in brackets, between dashes or after "which" neither claims for its sentence nor hedges.
_REMARK = re.compile(r"\([^()]*\)|,\s+which\b[^,;]*,(?=\s)|(?<=\s)[–—-]\s[^–—]{3,}?\s[–—-](?=\s)")
# What a reader may have taken for a hedge although it clears no clause.
_LOOKS_LIKE_A_HEDGE = re.compile(
    r"\b(?:unclear|unknown|uncertain|not (?:yet )?known|most|likely|possible"
    r"|may|might|could|can(?:not)?)\b",
    re.I,
)
# What sets a condition, or asks, claims nothing.
_CONDITION = re.compile(r"\W*(?:if|when|once|as|unless|even if)\b.*,\s*$", re.I | re.S)
_LEAST_WORDS = 3
_STEM = 5
_SMALL = frozenset(
    "about after also because been before being could does each even from have having into just like "
    "made makes many might more most much only other over should some such than that their them then "
    "there these they this those very well were what when where which while will with within would "
    "your".split()
)

# "Could not be safer" and "we may say" leave nothing open.
_OPEN = re.compile(
    r"\b(may(?! say\b)|might|could(?! not\b|n[’']t\b)|possibl[ey]|perhaps|seems?)\b", re.I
)


def is_openly_hedged(quote: str) -> bool:
    """Whether the sentence itself says *may*, *might*, *could* or the like.

    Promise and potential are not enough: they are what such a sentence asserts.
    """
    return bool(_OPEN.search(quote))


def leaves_doubt(quote: str) -> bool:
    """Whether the sentence itself says *may*, *usually* or *unclear*; an ability (*can*) is no doubt."""
    return any(words.search(quote) for words in (_OPEN, _LIKELY, _UNCERTAIN))


def firmness(quote: str, wording: Wording, statement: str = "") -> Firmness:
    """How firmly a claim is put: a fact if a reader recorded it as asserted, else by its hedges.

    A hedge clears its own clause only: of the clauses that share a word with `statement`, or of all
    where none does, the firmest counts. Within a clause possibility wins over likelihood, because the
    weaker word is the one a reader is left with. Where the quote holds no word that could be a hedge,
    the reader's record stands, and it is put as a possibility.
    """
    if wording is Wording.ASSERTED:
        return Firmness.FACT
    parts = _parts(_MONTH.sub("in spring", _NO_HEDGE.sub(" ", quote)))
    read = {part: _of_clause(part) for part in parts}
    if set(read.values()) <= {Firmness.FACT} and not _LOOKS_LIKE_A_HEDGE.search(quote):
        return Firmness.MAY
    about = _stems(statement)
    return max((read[part] for part in parts if about & _stems(part)), default=max(read.values()))


def _of_clause(clause: str) -> Firmness:
    if _UNCERTAIN.search(clause):
        return Firmness.UNCERTAIN
    if _MAY.search(clause):
        return Firmness.MAY
    if _LIKELY.search(clause):
        return Firmness.LIKELY
    return Firmness.MAY if recorded_wording(clause) is Wording.HEDGED else Firmness.FACT


def _parts(quote: str) -> list[str]:
    """The clauses of a quote that claim something, without remarks, questions and conditions.

    One of fewer than three words goes with the next; where nothing is left, the quote is one clause.
    """
    without = _REMARK.sub(" ", quote)
    stated = " ".join(sentence for sentence in sentences(without) if not sentence.endswith("?"))
    parts: list[str] = []
    short = ""
    for span in clauses(stated):
        short = f"{short} {span.of(stated)}".strip()
        if len(short.split()) >= _LEAST_WORDS:
            parts.append(short)
            short = ""
    if short and parts:
        parts[-1] = f"{parts[-1]} {short}"
    return [part for part in parts if not _CONDITION.match(f"{part} ")] or [quote]


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry meaning, five letters each."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(word[:_STEM] for word in words if word not in _SMALL)
