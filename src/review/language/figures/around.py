"""What the words around a figure make of it: a bound, and what a percentage is a share of."""

import re
from enum import StrEnum


class Bound(StrEnum):
    """Which side of a number is meant, in the words in which it is given."""

    EXACT = ""
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at least"
    UP_TO = "up to"
    AT_MOST = "at most"
    UNDER = "under"

    @property
    def is_from_below(self) -> bool:
        """Whether the number is the least that is meant."""
        return self in (Bound.OVER, Bound.AT_LEAST)

    @property
    def is_from_above(self) -> bool:
        """Whether the number is the most that is meant."""
        return self in (Bound.UP_TO, Bound.AT_MOST, Bound.UNDER)


class Role(StrEnum):
    """What a percentage is: a share of people, or a change; empty where no word tells."""

    UNKNOWN = ""
    PEOPLE = "people"
    CHANGE = "change"


# In this order: "no more than" holds "more than".
_BEFORE = tuple(
    (bound, re.compile(rf"(?:{words})\s*(?:an?\s+)?$", re.IGNORECASE))
    for bound, words in (
        (Bound.AT_MOST, r"\b(?:at most|no(?:t)? more than|a maximum of|maximum|no higher than)|≤"),
        (Bound.AT_LEAST, r"\b(?:at least|no(?:t)? (?:less|fewer) than|a minimum of|minimum)|≥"),
        (Bound.UP_TO, r"\b(?:up to|as (?:many|much|high|long) as)"),
        (Bound.UNDER, r"\b(?:less than|fewer than|lower than|under|below)|<"),
        (
            Bound.OVER,
            r"\b(?:over|(?:more|greater|higher) than|above|in excess of|upwards? of|exceed\w*)|>",
        ),
        (
            Bound.ABOUT,
            r"\b(?:about|around|approximately|approx\.?|roughly|nearly|almost|close to|some|circa)|~|≈",
        ),
    )
)
_AFTER = tuple(
    (bound, re.compile(rf"\s*(?:{words})", re.IGNORECASE))
    for bound, words in (
        (Bound.AT_LEAST, r"\+|or (?:more|longer|higher|above)\b|plus\b"),
        (Bound.AT_MOST, r"or (?:less|fewer|under|below|lower)\b"),
    )
)
# "Over twelve weeks" is during them; "for over twelve weeks" is longer.
_LONGER = re.compile(
    r"\b(?:for|lasts?|lasting|lasted|takes?|well|just|little|wait|follow\w*)\s+over\s*(?:an?\s+)?$", re.I
)
_OVER = re.compile(r"\bover\s*(?:an?\s+)?$", re.I)

_PEOPLE = (
    r"(?:patient|client|people|person|wom[ae]n|m[ae]n|adult|child|participant|subject|user|customer|case"
    r"|respondent|volunteer|individual|mother|smoker|sufferer|recipient|girl|boy|doctor|dentist|them|us"
    r"|those)(?:s|ren)?\b"
)
_NO_PART_OF_IT = r"(?:in|for|among|and|or|but|after|while|when|with|over|than)"
_OF_PEOPLE_AFTER = re.compile(
    rf"\s*(?:of\s+)?(?:(?:the|our|all|these|those|treated|her|his|their)\s+)*"
    rf"(?:(?!{_NO_PART_OF_IT}\b)[\w-]+\s+){{0,2}}?{_PEOPLE}"
    r"|\s+(?:responded|were|are|had|have|has|was|reported|saw|noticed|experienced|agreed|felt|achieved"
    r"|would|improved|recovered)\b"
    r"|\s+(?:\w+\s+)?(?:success|response|satisfaction|cure|remission|failure|survival) rate",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:more|less|fewer|higher|lower|greater|thicker|faster|better|longer|denser|whiter"
    r"|smaller|larger|stronger|increase|reduction|improvement|rise|drop|decrease|gain|fall|boost|loss"
    r"|growth|decline|change)\b",
    re.IGNORECASE,
)
_OF_PEOPLE_BEFORE = re.compile(r"\b(?:in|for|among|share of|proportion of)\s+$", re.IGNORECASE)
_CHANGE_BEFORE = re.compile(
    r"\b(?:rose|ris(?:e|es|en|ing)|increas\w+|improv\w+|gr[eo]w\w*|reduc\w+|f[ae]ll\w*|drop\w*|declin\w+"
    r"|decreas\w+|gain\w*|los[et]s?|losing|loss|lower\w*|rais\w+|cuts?|cutting|shr[iau]nk\w*|boost\w*"
    r"|chang\w+|lift\w*|accelerat\w+|slow\w*|eas\w+|diminish\w*)\s+(?:[\w-]+\s+){0,4}?(?:(?:by|of)\s+)?$",
    re.IGNORECASE,
)


def bound_of(before: str, after: str, kind: str) -> tuple[Bound, str, str]:
    """The bound that stands next to a figure of this kind, and the text on both sides without it."""
    for bound, pattern in _BEFORE:
        if match := pattern.search(before):
            is_during = kind == "time" and _OVER.search(before) and not _LONGER.search(before)
            return (Bound.EXACT if is_during else bound), before[: match.start()], after
    for bound, pattern in _AFTER:
        if match := pattern.match(after):
            return bound, before, after[match.end() :]
    return Bound.EXACT, before, after


def role_of(before: str, after: str) -> Role:
    """What a percentage is, by the words after it and, where these do not tell, by those before it."""
    # "95% of patients", "a 95% rise" and "in 95%" tell more than the verb of the sentence.
    if _CHANGE_AFTER.match(after):
        return Role.CHANGE
    if _OF_PEOPLE_AFTER.match(after) or _OF_PEOPLE_BEFORE.search(before):
        return Role.PEOPLE
    return Role.CHANGE if _CHANGE_BEFORE.search(before) else Role.UNKNOWN
