"""What a reader gives: the text of a page in one form, and everything that is to be said about it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from review.model.errors import InputError, InSource

MAX_TEXT = 300_000
"""Characters of one page: about a hundred printed pages."""
MAX_PASSAGE = 2_000
TOO_LONG = "Split it, or keep only the part that is to be reviewed."

# Line ends of every kind become LF, blanks of every kind a space.
_LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
    "|[\U000e0000-\U000e007f]"
)
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a page, how it was read, and what is not in it or was assumed.

    The lists are those of a Capture. `title` is empty where the source names none.
    """

    text: str
    reading: str
    title: str = ""
    notes: tuple[str, ...] = ()
    only_walk: tuple[str, ...] = ()
    only_article: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


class BlockKind(Enum):
    """What a block of a page is: a paragraph, an item of a list or a row of a table."""

    TEXT = auto()
    ITEM = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Words of a page that stand together."""

    kind: BlockKind
    text: str


def joined(blocks: Iterable[Block]) -> str:
    """All blocks as one text: items of a list and rows of a table stand close, other blocks apart."""
    parts: list[str] = []
    before = BlockKind.TEXT
    for block in blocks:
        close = block.kind is before is not BlockKind.TEXT
        parts.append("" if not parts else "\n" if close else "\n\n")
        parts.append(f"- {block.text}" if block.kind is BlockKind.ITEM else block.text)
        before = block.kind
    return "".join(parts)


def canonical_text(raw: str, name: str) -> tuple[str, tuple[str, ...]]:
    """`raw` as a page is kept, and notes of the characters that were dropped.

    Unicode NFC, LF, plain spaces, none at the end of a line, at most one empty line in a row, one
    line end at the end. Control characters, marks that turn the direction of text, soft hyphens and
    blanks of no width are dropped, because a quote that holds them cannot be checked by eye. Raises
    InputError when nothing is left, or more than a page can be.
    """
    text = _BLANK.sub(" ", _LINE_END.sub("\n", raw).replace("\t", " "))
    dropped = Counter(_DROPPED.findall(text))
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    lines = (line.rstrip(" ") for line in text.split("\n"))
    text = _GAP.sub("\n\n", "\n".join(lines)).strip("\n")
    if not any(character.isalnum() for character in text):
        raise InputError.at(InSource(name), "no text was found", remedy="Give a source that holds text.")
    if len(text) > MAX_TEXT:
        fault = f"the text has {len(text):,} characters, more than {MAX_TEXT:,}"
        raise InputError.at(InSource(name), fault, remedy=TOO_LONG)
    notes = tuple(f"dropped {count} × U+{ord(mark):04X}" for mark, count in sorted(dropped.items()))
    return f"{text}\n", notes


def squashed(text: str) -> str:
    """`text` on one line, with single spaces."""
    return " ".join(text.split())


def one_line(text: str, longest: int = 300) -> str:
    """`text` on one line without the characters that a page may not hold, cut where it is too long."""
    return squashed(unicodedata.normalize("NFC", _DROPPED.sub("", squashed(text))))[:longest].rstrip()


def passages(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text once and on one line, as a list of a Capture holds it; long ones come in pieces."""
    pieces: dict[str, None] = {}
    for text in texts:
        # Normalised, a text can be up to three times as long (Unicode's questions on normalization).
        line = one_line(text, len(text) * 3)
        for start in range(0, len(line), MAX_PASSAGE):
            if piece := line[start : start + MAX_PASSAGE].strip():
                pieces[piece] = None
    return tuple(pieces)
