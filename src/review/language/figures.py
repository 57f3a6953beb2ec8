"""The figures in a text: numbers that carry a unit, as they must reappear in the evidence."""

import re
from typing import NamedTuple

_ONES = "one two three four five six seven eight nine".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD_NUMBERS = {
    **{
        f"{ten}-{one}": str(10 * t + n)
        for t, ten in enumerate(_TENS, 2)
        for n, one in enumerate(_ONES, 1)
    },
    **{ten: str(10 * t) for t, ten in enumerate(_TENS, 2)},
    **{word: str(number) for number, word in enumerate([*_ONES, "ten", "eleven", "twelve"], start=1)},
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(_WORD_NUMBERS) + r")"
_UNITS = {
    "%": r"%|per ?cent\b",
    "minute": r"minutes?\b|min\b",
    "hour": r"hours?\b",
    "day": r"days?\b",
    "week": r"weeks?\b",
    "month": r"months?\b",
    "year": r"years?\b",
    "session": r"sessions?\b",
    "fold": r"-?fold\b|times\b",
    "nm": r"nm\b",
    "mg": r"mg\b",
    "dollar": r"\$|USD\b",
}
_FIGURE = re.compile(
    rf"(?P<first>{_NUMBER})(?:\s*\$)?(?:\s*(?:-|–|to|or|and)\s*(?P<last>{_NUMBER}))?\s?-?(?P<unit>"
    + "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
    + r")(?!\s*(?:sure|safe|certain)\b)",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """One figure: its lower and upper number (the same for a single one) and its unit."""

    low: float
    high: float
    unit: str


def figures(text: str) -> frozenset[Figure]:
    """The figures of `text`: numbers or ranges followed by a unit of time, share, size or money."""
    found = set()
    for match in _FIGURE.finditer(text):
        low = _number(match["first"])
        high = _number(match["last"]) if match["last"] else low
        found.add(Figure(min(low, high), max(low, high), _unit(match["unit"])))
    return frozenset(found)


def _number(text: str) -> float:
    return float(_WORD_NUMBERS.get(text.lower(), text.replace(",", "")))


def _unit(text: str) -> str:
    for name, pattern in _UNITS.items():
        if re.fullmatch(pattern, text.strip(), re.IGNORECASE):
            return name
    raise ValueError(f"{text!r} is not a unit")
