"""Times in words: how long something is said to last, and for how long people were followed."""

import re
from collections.abc import Iterable

from review.language.figures.figures import Figure, Figures
from review.language.figures.units import days

_PERMANENT = re.compile(
    r"\b(?:permanent(?:ly)?|life-?long|life-?time|for ?ever|for life)\b", re.IGNORECASE
)
_NO_SPAN = re.compile(
    # Remarks in brackets, ages, and the time between two sessions or before the first.
    r"\([^()]*\)|\bage[ds]?\b[^,;]*|\bevery\s+\S+(?:\s+\w+)?"
    r"|\b\w+[\s-]+\w+[\s-]+(?:apart|intervals?|before|prior|of age)\b",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(r"\b(day|week|month|year)s? (\d+)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban? (?=(?:hour|day|week|month|year)\b)", re.IGNORECASE)


def is_permanent(text: str) -> bool:
    """Whether `text` speaks of something without an end: permanent, lifelong, for ever."""
    return bool(_PERMANENT.search(text))


def longest_time(text: str, figures: Figures) -> Figure | None:
    """The time in `text` that ends last, such as 6 to 8 months in "For 6 to 8 months"; None without one.

    Reads "week 24", "a year" and ranges. Leaves out what is no length of time after a treatment: ages,
    times between sessions or before the first, and remarks in brackets. Words without a number, such as
    "weeks" or "some days", are no time.
    """
    plain = _ARTICLE.sub("1 ", _NAMED_DAY.sub(r"\2 \1", _NO_SPAN.sub(" ", text)))
    return longest(figure for figure in figures.plain_of(plain) if figure.kind == "time")


def longest(times: Iterable[Figure]) -> Figure | None:
    """The time that can last longest, whatever the order; None without one."""
    return max(times, key=lambda time: (days(time.high, time.unit), time), default=None)


def reaches(followed: Figure, claimed: Figure) -> bool:
    """Whether a follow-up can be as long as the end of the time claimed: 12 weeks reach 3 months."""
    _, most = days(followed.high, followed.unit)
    least, _ = days(claimed.high, claimed.unit)
    return most >= least
