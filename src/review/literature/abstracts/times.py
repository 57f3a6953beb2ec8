"""For how long people were followed, as an abstract states it."""

import re

from review.literature.abstracts.fact import Fact
from review.literature.abstracts.parts import Abstract, Statement
from review.model.knowledge.abstract_words import Section

_TIME = r"(?<![\d.-])(?P<number>\d+(?:\.\d+)?)(?:\s*(?:\+/-|±)\s*\d+(?:\.\d+)?)?[\s-]*(?P<unit>hours?|hrs?|h|days?|weeks?|wks?|months?|mo|years?|yrs?|y)\b"
_MIDDLE = re.compile(
    rf"\b(?:median|mean|average)\s+(?:(?:duration|length|time|period)\s+of\s+)?follow(?:ed)?[- ]?up(?:\s+(?:time|period|duration|interval|length))?"
    rf"(?:\s+\([^()]*\))?\s*(?:was|of|:|,|=|is)?\s*(?:approximately\s+|about\s+)?{_TIME}"
    rf"|\bfollow[- ]?up(?:\s+(?:time|period|duration))?\s*(?:\((?:median|mean)\)\s*)?(?:was|of|:)?\s*(?:a\s+)?(?:median|mean|average)(?:\s+of)?\s*{_TIME.replace('number', 'number2').replace('unit', 'unit2')}"
    rf"|\bfollowed(?:[- ]up)?\s+for\s+(?:a\s+|an\s+)?(?:median|mean|average)\s+(?:of\s+)?{_TIME.replace('number', 'number3').replace('unit', 'unit3')}",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\bfollow(?:ed)?[- ]?up\s+(?:of|was|for|period of|duration of|time of|period was)\s+{_TIME}"
    rf"|\bfollowed(?:[- ]up)?\s+for\s+{_TIME.replace('number', 'number2').replace('unit', 'unit2')}"
    rf"|(?<![\d.]){_TIME.replace('number', 'number3').replace('unit', 'unit3')}[\s-]+follow[- ]?up\b",
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
