"""Numbers as abstracts print them, in figures and in words."""

import re

from review.language.figures.numbers import WORD_NUMBERS

DECIMAL = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
WHOLE = r"(?:\d{1,3}(?:[, ]\d{3})+(?![\d.])|\d+)"
_WORD = "|".join(
    sorted((re.escape(w).replace(r"\-", "[- ]") for w in WORD_NUMBERS), key=len, reverse=True)
)
SPELLED = (
    rf"(?:(?:{_WORD}|a)\s+(?:hundred|thousand)(?:\s+(?:and\s+)?(?:{_WORD})(?:\s+hundred)?(?:\s+(?:and\s+)?"
    rf"(?:{_WORD}))?)?|(?:{_WORD}))"
)
COUNT = rf"(?:{WHOLE}|{SPELLED})"


def decimal(text: str) -> float:
    """The number that a match of `DECIMAL` is."""
    return float(text.replace(",", ""))


def count(text: str) -> int:
    """The number that a match of `COUNT` is."""
    figures = re.sub(r"[,\s]", "", text)
    if figures.isdigit():
        return int(figures)
    total, current = 0, 0
    for word in re.sub(r"\band\b", " ", text.lower()).replace("-", " ").split():
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        elif word == "a":
            current = 1
        else:
            current += int(WORD_NUMBERS[word])
    return total + current
