"""Raised text as plain text, so that 10 to the power of 9 never reads as 109."""

import re

_RAISED = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_EXPONENT = re.compile(r"[0-9+\-−–=()n]+")


def raised(text: str) -> str:
    """What stands raised, in Unicode's superscripts; a figure that has none there follows a `^`.

    Letters, as in `1st`, stay as they are.
    """
    if _EXPONENT.fullmatch(text):
        return text.translate(_RAISED)
    return f"^{text}" if any(character.isdigit() for character in text) else text
