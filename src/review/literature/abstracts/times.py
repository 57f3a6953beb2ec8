"""For how long people were followed, as an abstract states it."""

import re

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.parts import Abstract, Statement
from review.model.knowledge.abstract_words import Section


def _time(at: str = "") -> str:
    """The pattern of a length of time, its groups told apart by `at`; its spread is passed over."""
    return (
        rf"(?<![\d.-])(?P<number{at}>\d+(?:\.\d+)?)(?:\s*(?:\+/-|±)\s*\d+(?:\.\d+)?)?[\s-]*"
        rf"(?P<unit{at}>hours?|hrs?|h|days?|weeks?|wks?|months?|mo|years?|yrs?|y)\b"
    )


_MEAN = r"(?:median|mean|average)"
_FOLLOW_UP = r"follow(?:ed)?[- ]?up"
_SPAN = r"(?:duration|length|time|period|interval)"
_MIDDLE = re.compile(
    rf"\b{_MEAN}\s+(?:{_SPAN}\s+of\s+)?{_FOLLOW_UP}(?:\s+{_SPAN})?(?:\s+\([^()]*\))?"
    rf"\s*(?:was|of|:|,|=|is)?\s*(?:approximately\s+|about\s+)?{_time()}"
    rf"|\bfollow[- ]?up(?:\s+{_SPAN})?\s*(?:\({_MEAN}\)\s*)?(?:was|of|:)?\s*(?:a\s+)?{_MEAN}(?:\s+of)?"
    rf"\s*{_time('2')}"
    rf"|\bfollowed(?:[- ]up)?\s+for\s+(?:an?\s+)?{_MEAN}\s+(?:of\s+)?{_time('3')}",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\b{_FOLLOW_UP}\s+(?:of|was|for|period of|duration of|time of|period was)\s+{_time()}"
    rf"|\bfollowed(?:[- ]up)?\s+for\s+{_time('2')}"
    rf"|(?<![\d.]){_time('3')}[\s-]+follow[- ]?up\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:age|aged|time to|interval between)\b", re.IGNORECASE)
_UNITS = {"h": "hours", "d": "days", "w": "weeks", "m": "months", "y": "years"}


def followed_for(abstract: Abstract) -> Fact[str] | None:
    """The middle time of following people up, else the one that is named; None where several are."""
    for pattern in (_MIDDLE, _PLAIN):
        found = [
            (f"{number} {_UNITS[unit[0].lower()]}", statement)
            for statement in abstract.statements
            if statement.section not in (Section.BACKGROUND, Section.CONCLUSIONS)
            for number, unit in _times(pattern, statement)
        ]
        if len({time for time, _ in found}) == 1:
            return Fact(found[0][0], found[0][1].sentence)
        if found:
            return None
    return None


def _times(pattern: re.Pattern[str], statement: Statement) -> list[tuple[str, str]]:
    times = []
    for match in pattern.finditer(statement.plain):
        if _AGE.search(statement.plain[max(0, match.start() - 30) : match.start()]):
            continue
        groups = {k.rstrip("23"): v for k, v in match.groupdict().items() if v}
        times.append((groups["number"], groups["unit"]))
    return times
