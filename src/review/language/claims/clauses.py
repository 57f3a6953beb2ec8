"""Where within a segment a claim may begin or end, and the stretches that these places bound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from review.language.claims.segments import Segment, without_marks
from review.language.sentences import Span

MAX_GAPS = 40
"""Longer segments are read in pieces of this many gaps, so that work grows with their length."""
MAX_PARTS = 12
"""No claim of more than this many parts is looked for."""
MAX_LENGTH = 1000
"""No claim of more characters is looked for."""

# Words between two clauses that belong to neither.
_BETWEEN = r"and|but|or|while|so|yet|as|with|because|meaning"
# Words that open the clause after them.
_OPENING = (
    r"which|who|where|that|to|without|including|as well as|when|since|although|if|after|before|by|for"
    r"|such as|like|than|even|then|until|thereby|therefore|also|at|until"
)
# Long enough to leave out "thing" and "bring".
_PARTICIPLE = r"\w{3,}ing"
# A sign takes the word after it into its gap ("; and"); where both kinds of word begin alike ("as",
# "as well as"), the first pattern holds.
_GAP = re.compile(
    rf"(?P<comma>,)\s+(?:(?P<comma_between>{_BETWEEN})\s+)?"
    rf"|(?P<stop>[;:–—(])\s*(?:(?P<stop_between>{_BETWEEN})\s+)?"
    rf"|(?P<close>\))[,;:.]?\s+(?:(?P<close_between>{_BETWEEN})\s+)?"
    rf"|(?P<full>[.!?])\s+"
    rf"|\s+(?P<between>{_BETWEEN})\s+"
    rf"|\s+(?=(?P<opening>{_OPENING})\s)"
    rf"|\s+(?=(?P<participle>{_PARTICIPLE})\s)",
    re.IGNORECASE,
)

_LETTER = re.compile(r"[^\W\d_]")
# A cell of figures alone is told by the heading of its column.
_SIGN = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a clause may end at `end` and the next begin at `start`, parted by `sign`."""

    end: int
    start: int
    sign: str


_START, _END = "start", "end"
"""What stands for a sign at the ends of a segment."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a claim: its segment, its parts and the signs around and within it."""

    start: int
    end: int
    segment: Segment
    left: str
    right: str
    inner: tuple[str, ...]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its segment."""
        return self.left == _START and self.right == _END


def gaps(text: str, span: Span) -> Iterator[Gap]:
    """The places within `span` where a clause may end and another begin, in reading order."""
    for match in _GAP.finditer(text, span.start, span.end):
        if match.end() >= span.end or match.start() <= span.start:
            continue
        sign = " ".join(
            "-ing" if name == "participle" else value.lower()
            for name, value in match.groupdict().items()
            if value
        )
        yield Gap(match.start(), match.end(), sign)


def candidates(text: str, segment: Segment) -> Iterator[Candidate]:
    """Every stretch of `segment` between two gaps, itself included, in the order of their starts."""
    span = without_marks(text, segment.span)
    if span.start == span.end:
        return
    every = list(gaps(text, span))
    says_something = _SIGN if segment.column else _LETTER
    for at in range(0, max(len(every), 1), MAX_GAPS):
        piece = every[at : at + MAX_GAPS]
        starts = [(span.start, _START), *((gap.start, gap.sign) for gap in piece)]
        ends = [*((gap.end, gap.sign) for gap in piece), (span.end, _END)]
        for i, (start, left) in enumerate(starts):
            for j in range(i, min(len(ends), i + MAX_PARTS)):
                end, right = ends[j]
                end = _rounded(text, start, end)
                inner = tuple(gap.sign for gap in piece[i:j])
                if end - start <= MAX_LENGTH and says_something.search(text, start, end):
                    yield Candidate(start, end, segment, left, right, inner)


def _rounded(text: str, start: int, end: int) -> int:
    """Where a stretch ends without blanks at its end, and with the bracket that closes one within it."""
    stretch = text[start:end].rstrip()
    end = start + len(stretch)
    opened = stretch.count("(") > stretch.count(")")
    return end + 1 if opened and text[end : end + 1] == ")" else end
