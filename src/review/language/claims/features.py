"""What a model sees of a stretch of text: its form, its place, its words' kinds."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import log2
from typing import NamedTuple

from review.language.claims.clauses import Candidate
from review.language.claims.segments import Segment, SegmentKind
from review.language.cues import NO_CLAIM, denials
from review.language.lexicon import Lexicon
from review.language.names import PRODUCT
from review.language.sentences import Span

Features = dict[str, float]

REACH = 120
"""How many characters before and after a stretch are looked at."""

# Pages laid out in cards or cells read alike, and few of the marked pages have a table.
_FORM = {SegmentKind.CELL: SegmentKind.LABEL}
_WORD = re.compile(r"[\w’'-]+")
_AUXILIARIES = (
    "is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|will|would|should|must"
)
_AUXILIARY = re.compile(rf"\b(?:{_AUXILIARIES})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKING = re.compile(r"\W*(?:what|why|how|when|where|who|which|whom|whose)\b", re.IGNORECASE)
_VERB = re.compile(rf"\b(?:{_AUXILIARIES}|\w+(?:s|ed))\b", re.IGNORECASE)
_PRICE = re.compile(r"\$|\b(?:cost|price|insurance|expensive|free)\w*", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|we|our)\b", re.IGNORECASE)
RARE = 4.0
"""How much more than its examples a sign may weigh that few marked pages show."""


def form_features(text: str, stretches: Sequence[Candidate], lexicon: Lexicon) -> list[Features]:
    """The form of stretches of one segment: what parts each from its neighbours, what it holds.

    What the stretches have in common is looked at once.
    """
    if not stretches:
        return []
    segment = stretches[0].segment
    words = segment.span.of(text)
    flags = [
        Span(segment.start + start, segment.start + end) for start, end in lexicon.screen.asserted(words)
    ]
    before = {stretch.start: _before(text, segment, stretch.start) for stretch in stretches}
    after = {stretch.end: _after(text, segment, stretch.end) for stretch in stretches}
    no_claim = lru_cache(maxsize=None)(lambda around: bool(NO_CLAIM.search(around)))
    shared = {"names only": RARE} if _names_only(segment.kind, words, has_flag=bool(flags)) else {}
    return [
        _form(
            stretch,
            stretch.span.of(text),
            before[stretch.start],
            after[stretch.end],
            flags,
            no_claim,
            shared,
        )
        for stretch in stretches
    ]


class _Beside(NamedTuple):
    """What stands on one side of a stretch, the word next to it, and whether a verb is there."""

    text: str
    word: str
    verb: bool


def _before(text: str, segment: Segment, start: int) -> _Beside:
    before = text[max(segment.start, start - REACH) : start]
    word = (_WORD.findall(before.lower()) or ["^"])[-1]
    return _Beside(before, word, verb=bool(_VERB.search(before)))


def _after(text: str, segment: Segment, end: int) -> _Beside:
    after = text[end : min(segment.end, end + REACH)]
    word = (_WORD.findall(after.lower()) or ["$"])[0]
    return _Beside(after, word, verb=bool(_VERB.search(after)))


def _form(
    candidate: Candidate,
    quote: str,
    before: _Beside,
    after: _Beside,
    flags: Sequence[Span],
    no_claim: Callable[[str], bool],
    shared: Features,
) -> Features:
    words = _WORD.findall(quote.lower())
    verb = bool(_VERB.search(quote))
    # Two steps for each doubling of the number of words; from 63 on all are one.
    size = min(int(log2(len(words) + 1) * 2), 12)
    kind = _FORM.get(candidate.segment.kind, candidate.segment.kind)
    features = shared | {
        f"left={candidate.left}": 1.0,
        f"right={candidate.right}": 1.0,
        f"kind={kind}": 1.0,
        f"kind={kind} parts={min(len(candidate.inner), 3)}": 1.0,
        f"parts={min(len(candidate.inner), 6)}": 1.0,
        f"size={size}": 1.0,
        f"first={words[0] if words else ''}": 1.0,
        f"last={words[-1] if words else ''}": 1.0,
        f"before={before.word}": 1.0,
        f"after={after.word}": 1.0,
        "parts": len(candidate.inner) / 5,
        "room before": len(before.text) / REACH,
        "room after": len(after.text) / REACH,
    }
    signs = {
        f"whole {kind}": candidate.is_whole,
        "verb": verb,
        f"verb left={candidate.left}": verb,
        f"verb right={candidate.right}": verb,
        "verb before": before.verb,
        "verb after": after.verb,
        "capitals": quote.isupper(),
        "no claim": no_claim(before.text + quote + after.text),
        "price": bool(_PRICE.search(quote)),
        "figure": any(map(str.isdigit, quote)),
        "flagged": any(candidate.start <= at and end <= candidate.end for at, end in flags),
        "under a question": candidate.segment.heading.endswith("?"),
        "reader": bool(_READER.search(quote)),
    }
    features |= {name: 1.0 for name, holds in signs.items() if holds}
    for sign in candidate.inner:
        features[f"within={sign}"] = features.get(f"within={sign}", 0.0) + 1.0
    return features


def _names_only(kind: SegmentKind, words: str, has_flag: bool) -> bool:
    """Whether a segment is a heading that says nothing of its own: one that asks in passing ("What is
    included"), or that has no verb, no figure, no denial and no flag.
    """
    if kind not in (SegmentKind.HEADING, SegmentKind.LABEL):
        return False
    if _ASKING.match(words):
        return True
    says = has_flag or _AUXILIARY.search(words) or denials(words)
    has_figure = any(map(str.isdigit, _YEAR.sub("", words)))
    return kind is SegmentKind.HEADING and not says and not has_figure


def topic_features(
    quote: str,
    sentence: str,
    heading: str,
    before: Iterable[str],
    sells_another: bool,
    lexicon: Lexicon,
) -> Features:
    """What a claim is about: cues and subjects in and around its words, and the products before it.

    On a page that `sells_another` product, a claim that names none is read as one of what the pages of
    this subject sell.
    """
    features: Features = {}
    for place, words, weight in (
        ("", quote, 1.0),
        ("sentence ", sentence, 0.5),
        ("heading ", heading, 1.0),
    ):
        features |= {f"{place}{category}": weight for category in lexicon.cued(words)}
        for names in lexicon.names.listed(words).values():
            features |= {f"{place}{name}": weight for name in names}
    near = lexicon.names.named(f"{sentence} {heading}", PRODUCT)
    own = lexicon.subject.own
    features |= {f"before {name}": 0.5 for name in before}
    features |= {"another product": 1.0} if near - own else {}
    features |= {f"unit {figure.unit.name}": 1.0 for figure in lexicon.figures.of(quote)}
    if sells_another and not near:
        features |= {f"{place}{name}": 0.5 for place in ("", "sentence ", "before ") for name in own}
    return features
