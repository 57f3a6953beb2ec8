"""What one reading of a page kept and another did not, passage by passage."""

import re
from collections.abc import Iterator

from review.language.sentences import sentence_spans

_WORD = re.compile(r"\w+")
FEW_WORDS = 4
"""Below this many words a passage must stand in the other text as a passage of its own."""


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.casefold())


def only_in(text: str, other: str) -> tuple[str, ...]:
    """The sentences and lines of `text` whose words do not stand, in that order, in `other`.

    Case, punctuation and line breaks do not count. Each passage is given once, in the order of the
    text.
    """
    # The blanks at both ends keep a passage from being met in the middle of a word.
    whole = f" {' '.join(words(other))} "
    alone = {" ".join(words(passage)) for passage in _passages(other)}
    alone |= {" ".join(words(line)) for line in other.split("\n")}
    alone_here: dict[str, str] = {}
    for passage in _passages(text):
        key = " ".join(words(passage))
        few = key.count(" ") < FEW_WORDS - 1
        if key and not (key in alone if few else f" {key} " in whole):
            alone_here.setdefault(key, passage)
    return tuple(alone_here.values())


def _passages(text: str) -> Iterator[str]:
    for span in sentence_spans(text):
        yield span.of(text)
