"""Raised and lowered characters on the line: powers as powers, marks of notes apart from words.

Text has no second line: 10 with a raised 10 after it would read 1010, and a note's raised 3 would become
part of the number or word before it. Unicode has raised characters of its own, which keep what a reader
of the page sees.
"""

import re
from enum import Enum, auto

_RAISED = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_LOWERED = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_NEAR = 20
"""Characters before it that tell what raised text is."""
_SIGNS = {"tm": "™", "sm": "℠"}
_MARK = r"(?:[0-9]{1,3}|[a-z])(?:\s?[–-]\s?(?:[0-9]{1,3}|[a-z]))?"
_MARKS = re.compile(rf"{_MARK}(?:\s?[,;]\s?{_MARK})*[,;]?")
_BRACKETED = re.compile(rf"[\[(]{_MARKS.pattern}[\])]")
_OF_MARK = re.compile(r"[0-9a-z]")
_POWER = re.compile(r"[+\-−–]?[0-9]{1,2}|[0-9]{0,2}[+\-−–]")
# What is raised to a power: units of length, mass, volume, time and amount, and any single letter.
_BASE = re.compile(
    r"(?:^|[\W\d_])(?:[nµμmcdk]?m|[nµμmk]?g|[mdcµμ]?[lL]|in|ft|yd|mi|ms|min|hr|mol|Hz|Pa|IU|[^\W\d_])$"
)


class Shift(Enum):
    """Where characters stand: above the line, below it, or above it and known to be a note's mark."""

    UP = auto()
    DOWN = auto()
    NOTE = auto()


def on_line(text: str, before: str, shift: Shift) -> str:
    """Raised or lowered `text` as it follows `before` on the line, with the blanks around it.

    Where a character has no raised form, the whole stands after a caret; after a low line if lowered.
    """
    inner = text.strip()
    if not inner:
        return text
    start, _, end = text.partition(inner)
    return f"{start}{_placed(' '.join(inner.split()), f'{before}{start}'[-_NEAR:], shift)}{end}"


def raised(text: str) -> str:
    """`text` as a power of what stands before it."""
    return _shifted(text, _RAISED, "^")


def lowered(text: str) -> str:
    """`text` as an index of what stands before it."""
    return _shifted(text, _LOWERED, "_")


def _placed(text: str, before: str, shift: Shift) -> str:
    if shift is Shift.DOWN:
        # CO2, B12 and SpO2 are written so wherever there is no second line.
        return lowered(text) if before[-1:].isdigit() else text
    if text.lower() in _SIGNS:
        return _SIGNS[text.lower()]
    if _BRACKETED.fullmatch(text) or not (_POWER.fullmatch(text) or any(map(str.isalnum, text))):
        return text  # a mark in brackets, an asterisk, ®
    if shift is Shift.NOTE or not _belongs(text, before):
        marks = _MARKS.fullmatch(text)
        text = _OF_MARK.sub(lambda mark: mark[0].translate(_RAISED), text) if marks else text
        return f" {text}" if before[-1:].isalnum() or not (marks or before[-1:].isspace()) else text
    return text if text.isalpha() and len(text) > 1 else raised(text)


def _belongs(text: str, before: str) -> bool:
    """Whether raised text belongs to what stands before it: a power, a charge, an ordinal."""
    last = before[-1:]
    if "," in text or ";" in text:
        return False  # a list of notes
    if last.isalpha() and not _BASE.search(before):
        return bool(_POWER.fullmatch(text)) and not text.isdigit()
    return last.isalnum() or last == ")"


def _shifted(text: str, table: dict[int, int], sign: str) -> str:
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return f"{sign}{text}" if re.fullmatch(r"[\w.,+\-−]+|\(.*\)", text) else f"{sign}({text})"
