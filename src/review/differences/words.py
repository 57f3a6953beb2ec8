"""Sentences that hold text out of the evidence, which no format may read as its own.

A phrase is a tuple of pieces. A plain piece is ours; a `Term` or a `Quote` came from a file.
"""

import re
from collections.abc import Iterable
from typing import TypeAlias

from review.model.visible import visible

LONGEST = 240
"""How many characters of one quoted piece are shown where a person reads."""


class Term(str):
    """A short word, an id or a value out of the evidence."""

    __slots__ = ()


class Quote(str):
    """Prose out of the evidence, shown between quotation marks."""

    __slots__ = ()


# A tuple and no text: put into a text, a piece would no longer be known as one out of a file.
Phrase: TypeAlias = tuple[str, ...]


def whole(phrase: Phrase) -> str:
    """The phrase in full, as data."""
    return "".join(f"“{_line(p)}”" if isinstance(p, Quote) else _line_or_own(p) for p in phrase)


def plain(phrase: Phrase) -> str:
    """The phrase for a terminal: on one line, long pieces cut, nothing invisible in it."""
    return "".join(_plain_piece(piece) for piece in phrase)


def markdown(phrase: Phrase) -> str:
    """The phrase for a comment: whatever came from a file stands in a code span.

    Nothing is live in there: no mark-up, HTML, mention, link or reference to an issue.
    """
    return "".join(_code_span(piece) if isinstance(piece, (Term, Quote)) else piece for piece in phrase)


def joined(phrases: Iterable[Phrase], between: str = "; ") -> Phrase:
    """Several phrases as one."""
    pieces: list[str] = []
    for phrase in phrases:
        pieces += [between, *phrase] if pieces else phrase
    return tuple(pieces)


def _plain_piece(piece: str) -> str:
    if isinstance(piece, Quote):
        return f"“{_cut(piece)}”"
    return _cut(piece) if isinstance(piece, Term) else piece


def _code_span(piece: str) -> str:
    """`piece` between more backticks than it holds in a row."""
    text = _cut(piece) or "(empty)"
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    # A blank on both sides is no part of a code span, and keeps a backtick from joining the fence
    # (CommonMark 6.1).
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _cut(text: str) -> str:
    line = visible(_line(text))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def _line(text: str) -> str:
    return " ".join(text.split())


def _line_or_own(piece: str) -> str:
    return _line(piece) if isinstance(piece, Term) else piece
