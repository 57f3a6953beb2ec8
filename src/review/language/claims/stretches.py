"""Stretches of a page: trimmed, found again by their words, and where in them a word begins."""

import re

from review.language.sentences import Span

_WORD = re.compile(r"\S+")


def trimmed(text: str, span: Span) -> Span:
    """`span` without the white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def word_starts(text: str, span: Span) -> tuple[int, ...]:
    """Where the words of `span` begin, in characters of the page."""
    return tuple(match.start() for match in _WORD.finditer(text, span.start, span.end))


def found_again(text: str, words: str, near: int) -> Span | None:
    """Where `words` stand in `text`, closest to `near`, or None; white space may differ."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    spans = [Span(*match.span()) for match in re.finditer(pattern, text)] if pattern else []
    return min(spans, key=lambda span: abs(span.start - near), default=None)
