"""What a person enters when deciding or signing: texts and days, with every problem of each."""

from collections.abc import Iterator
from datetime import date

from review.model.errors import Problem
from review.model.fields import iso_date
from review.model.visible import NAMES

LONGEST_LINE = 200
LONGEST_PROSE = 5_000
"""Characters; a page quotes no longer claim."""


def line_problems(name: str, text: str) -> Iterator[Problem]:
    """What is wrong with a text of one line, such as a name or a role."""
    yield from _blank(name, text)
    yield from _unfit(name, text, LONGEST_LINE, allowed="")


def prose_problems(name: str, text: str) -> Iterator[Problem]:
    """What is wrong with a text that may have several lines, such as a reason."""
    yield from _blank(name, text)
    yield from _unfit(name, text, LONGEST_PROSE, allowed="\n\t")


def optional_prose_problems(name: str, text: str) -> Iterator[Problem]:
    """The same for a text that may be left out."""
    yield from _unfit(name, text, LONGEST_PROSE, allowed="\n\t")


def day_problems(name: str, text: str, today: date) -> Iterator[Problem]:
    """What is wrong with the day on which something was done: not a date, or still to come."""
    try:
        day = iso_date(text)
    except ValueError as error:
        remedy = str(error)
        yield Problem(name, 0, f"{text!r} is no date", f"{remedy[:1].upper()}{remedy[1:]}.")
        return
    if day > today:
        what = f"{day.isoformat()} is still to come: today is {today.isoformat()}"
        yield Problem(name, 0, what, "Give the day on which it was done.")


def _blank(name: str, text: str) -> Iterator[Problem]:
    if not any(character.isalnum() for character in text):
        yield Problem(name, 0, "it is blank", f"Write the {name}.")


def _unfit(name: str, text: str, longest: int, allowed: str) -> Iterator[Problem]:
    """Characters that would not be seen, or that no file can hold, and too many of any."""
    if len(text) > longest:
        what = f"it has {len(text):,} characters"
        yield Problem(name, 0, what, f"Use at most {longest:,}.")
    hidden = {c for c in text if _is_hidden(c) and c not in allowed}
    if hidden:
        named = ", ".join(f"U+{ord(c):04X}" for c in sorted(hidden))
        what = f"it holds characters that nobody sees: {named}"
        yield Problem(name, 0, what, "Type the text without them.")


def _is_hidden(character: str) -> bool:
    return ord(character) in NAMES or character in "\t\n"
