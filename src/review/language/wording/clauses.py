"""The clauses of a sentence: stretches with a subject and a verb of their own, by a plain rule.

A clause ends at a semicolon; at a colon after a whole clause; at a dash; before *but, although, though,
whereas, because, which* and the like after a comma; before *and, or, but, because* where a pronoun, or a
few words and an auxiliary verb, begin another; and at the comma that closes an opening *although, if,
while*. "May ease pain and improve sleep" has one verb phrase and is one clause. The rule is ours.
"""

import re
from collections.abc import Iterator

from review.language.sentences import Span, sentence_spans

AUXILIARY = (
    r"(?:(?:is|are|was|were|has|have|had|does|do|did|could|might|would|should|must|ca|wo)(?:n[’']t)?"
    r"|can|cannot|may|will|shall)\b"
)
_PRONOUN = r"(?:i|you|he|she|it|we|they|there|nobody|everybody|everyone)\b"
_WORD = r"(?!(?:that|which|who|where|and|or|but|if|when)\b)[\w'’%-]+\s+"
_ANOTHER = rf"(?=(?:{_PRONOUN}|(?:{_WORD}){{0,4}}?{AUXILIARY}))"
_THREE_WORDS = r"(?=(?:[^\s,;:]+,?\s+){2}\S)"
_BREAK = re.compile(
    rf";\s*|\s[-–—]+\s{_THREE_WORDS}|—{_THREE_WORDS}"
    rf"|,\s+(?:but(?!\s+also\b)|yet|so|(?:even\s+)?though|although|while|whereas|because(?!\s+of\b)|since"
    rf"|however|which|as(?!\s+(?:well|soon|long|far|much|many)\b))\s+{_THREE_WORDS}"
    rf"|,?\s+(?:and|or|but|so|because|although|though|whereas)\s+{_ANOTHER}"
    # What opened with "although" ends at its comma, and so does what a comma and "which" opened.
    r"|(?<=,)(?=\s)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:although|though|even\s+(?:though|if)|while|whereas|because(?!\s+of\b)|since|if|when|once|as)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"which\b", re.IGNORECASE)
_COORDINATES = re.compile(r",?\s+(?:and|or)\b", re.IGNORECASE)
_COLON = re.compile(r":\s+")
_WHOLE = re.compile(rf"\W*{_PRONOUN}|\b{AUXILIARY}", re.IGNORECASE)


def clauses(text: str) -> tuple[Span, ...]:
    """Where the clauses of every sentence of `text` stand, each with the word that opens it."""
    return tuple(clause for sentence in sentence_spans(text) for clause in _of(text, sentence))


def _of(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for at, sign in sorted(_places(text, sentence)):
        if at <= start or not _ends_one(text[start:at], sign):
            continue
        yield Span(start, at)
        start = at
    yield Span(start, sentence.end)


def _places(text: str, sentence: Span) -> Iterator[tuple[int, str]]:
    """Where a clause may end, with what stands there."""
    for pattern in (_BREAK, _COLON):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            yield match.start() + match[0].startswith((",", ";")), match[0]


def _ends_one(piece: str, sign: str) -> bool:
    """Whether a clause that reads `piece` so far ends at this sign."""
    if sign == "":
        opened = _OPENING.match(piece) or _RELATIVE.match(piece.lstrip(" ,"))
        return bool(opened) and bool(_WHOLE.search(piece) or len(piece.split()) > 2)
    if sign.startswith(":"):
        return bool(_WHOLE.search(piece))
    if _COORDINATES.match(sign) and not _WHOLE.search(piece):
        # "Stress, smoking and illness can", "hormones and stress can": one subject, and no clause yet.
        return "," not in piece and len(piece.split()) > 3
    return True
