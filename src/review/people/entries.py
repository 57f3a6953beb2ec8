"""What a person enters into a form: its fields, their texts and days, with every problem of each."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from review.model.days import last_day_begun
from review.model.errors import Place, Problem
from review.model.fields import iso_date
from review.model.visible import NAMES

LONGEST_LINE = 200
LONGEST_PROSE = 5_000
"""Characters; a page quotes no longer claim."""


class Entered(StrEnum):
    """What a person enters, by the name that a form shows it under; a record's columns come besides."""

    ANSWER = "answer"
    CLAIM = "claim"
    COMMAND = "command"
    DATE = "date"
    COUNTERSIGNED = "second signatory"
    DECISION = "decision"
    DUE = "due date"
    GO_TO = "go to"
    KIND = "kind"
    LESSON = "lesson"
    MEANING = "meaning"
    MERGE = "merge"
    NUMBER = "number"
    OWNER = "owner"
    PAGE = "page"
    PROPOSITION = "proposition"
    QUESTION = "question"
    REASON = "reason"
    REVIEWER = "reviewer"
    ROLE = "role"
    SCOPE = "scope"
    SPLIT = "split"
    STATEMENT = "statement"
    SUGGESTION = "suggestion"
    VALUE = "value"
    WORDING = "wording"
    WORDS = "words"
    YOUR_WORDS = "your words"


def line_problems(place: Place, text: str) -> Iterator[Problem]:
    """What is wrong with a text of one line, such as a name or a role."""
    yield from _blank(place, text)
    yield from _unfit(place, text, LONGEST_LINE, allowed="")


def prose_problems(place: Place, text: str) -> Iterator[Problem]:
    """What is wrong with a text that may have several lines, such as a reason."""
    yield from _blank(place, text)
    yield from _unfit(place, text, LONGEST_PROSE, allowed="\n\t")


def optional_prose_problems(place: Place, text: str) -> Iterator[Problem]:
    """The same for a text that may be left out."""
    yield from _unfit(place, text, LONGEST_PROSE, allowed="\n\t")


def day_problems(place: Place, text: str, now: datetime) -> Iterator[Problem]:
    """What is wrong with the day on which something was done: not a date, or begun nowhere yet."""
    if problems := tuple(date_problems(place, text)):
        yield from problems
        return
    day = iso_date(text)
    if day > last_day_begun(now):
        fault = f"{day.isoformat()} is still to come: it is {now:%Y-%m-%d %H:%M} UTC"
        yield place.problem(fault, remedy="Give the day on which it was done.")


def date_problems(place: Place, text: str) -> Iterator[Problem]:
    """That a text is no date, with the form that one has."""
    try:
        iso_date(text)
    except ValueError as error:
        remedy = str(error)
        yield place.problem(f"{text!r} is no date", remedy=f"{remedy[:1].upper()}{remedy[1:]}.")


def _blank(place: Place, text: str) -> Iterator[Problem]:
    # A dash or a full stop says nothing either.
    if not any(character.isalnum() for character in text):
        yield place.problem("it is blank", remedy=f"Write the {place}.")


def _unfit(place: Place, text: str, longest: int, allowed: str) -> Iterator[Problem]:
    """Characters that would not be seen, or that no file can hold, and too many of any."""
    if len(text) > longest:
        fault = f"it has {len(text):,} characters"
        yield place.problem(fault, remedy=f"Use at most {longest:,}.")
    hidden = {c for c in text if _is_hidden(c) and c not in allowed}
    if hidden:
        named = ", ".join(f"U+{ord(c):04X}" for c in sorted(hidden))
        fault = f"it holds characters that nobody sees: {named}"
        yield place.problem(fault, remedy="Type the text without them.")


def _is_hidden(character: str) -> bool:
    # `visible` lets tabs and line breaks pass, but on one line nobody sees them either.
    return ord(character) in NAMES or character in "\t\n"
