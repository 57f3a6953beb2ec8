"""What a model sees of a stretch of text: its form, its place, its words' kinds."""

import re
from math import log2

from review.language.clauses import Candidate
from review.language.cues import NO_CLAIM, cued, denials
from review.language.figures import figures
from review.language.flags import FLAGS
from review.language.segments import Kind
from review.language.subjects import subjects

Features = dict[str, float]

REACH = 120
"""How many characters before and after a stretch are looked at."""

# Pages laid out in cards or cells read alike, and few of the marked pages have a table.
_FORM = {Kind.CELL: Kind.LABEL}
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


def form_features(text: str, candidate: Candidate) -> Features:
    """The form and place of a stretch: what parts it from its neighbours, its length, what it holds."""
    quote = candidate.span.of(text)
    before = text[max(candidate.segment.start, candidate.start - REACH) : candidate.start]
    after = text[candidate.end : min(candidate.segment.end, candidate.end + REACH)]
    words = _WORD.findall(quote.lower())
    whole = candidate.left == "start" and candidate.right == "end"
    verb = bool(_VERB.search(quote))
    size = min(int(log2(len(words) + 1) * 2), 12)
    kind = _FORM.get(candidate.segment.kind, candidate.segment.kind)
    features = {
        f"left={candidate.left}": 1.0,
        f"right={candidate.right}": 1.0,
        f"kind={kind}": 1.0,
        f"kind={kind} parts={min(len(candidate.inner), 3)}": 1.0,
        f"parts={min(len(candidate.inner), 6)}": 1.0,
        f"size={size}": 1.0,
        f"first={words[0] if words else ''}": 1.0,
        f"last={words[-1] if words else ''}": 1.0,
        f"before={(_WORD.findall(before.lower()) or ['^'])[-1]}": 1.0,
        f"after={(_WORD.findall(after.lower()) or ['$'])[0]}": 1.0,
        "parts": len(candidate.inner) / 5,
        "room before": len(before) / REACH,
        "room after": len(after) / REACH,
        "place": candidate.start / max(len(text), 1),
    }
    flags = {
        f"whole {kind}": whole,
        "verb": verb,
        f"verb left={candidate.left}": verb,
        f"verb right={candidate.right}": verb,
        "verb before": bool(_VERB.search(before)),
        "verb after": bool(_VERB.search(after)),
        "capitals": quote.isupper(),
        "no claim": bool(NO_CLAIM.search(before + quote + after)),
        "price": bool(_PRICE.search(quote)),
        "figure": any(character.isdigit() for character in quote),
        "flagged": any(flag.pattern.search(quote) for flag in FLAGS),
        "under a question": candidate.segment.heading.endswith("?"),
        "reader": bool(_READER.search(quote)),
    }
    features |= {name: 1.0 for name, holds in flags.items() if holds}
    if _names_only(candidate, text):
        features["names only"] = RARE
    for sign in candidate.inner:
        features[f"within={sign}"] = features.get(f"within={sign}", 0.0) + 1.0
    return features


def _names_only(candidate: Candidate, text: str) -> bool:
    """Whether a stretch is of a heading that says nothing of its own: one that asks in passing ("What is
    included"), or that has no verb, no figure, no denial and no flag.
    """
    words = candidate.segment.span.of(text)
    if candidate.segment.kind not in (Kind.HEADING, Kind.LABEL):
        return False
    if _ASKING.match(words):
        return True
    says = (
        _AUXILIARY.search(words) or denials(words) or any(flag.pattern.search(words) for flag in FLAGS)
    )
    has_figure = any(map(str.isdigit, _YEAR.sub("", words)))
    return candidate.segment.kind is Kind.HEADING and not says and not has_figure


def topic_features(quote: str, sentence: str, heading: str, before: str) -> Features:
    """What a claim is about: cues and subjects in its words, sentence and heading, and before it."""
    features: Features = {}
    for place, words, weight in (
        ("", quote, 1.0),
        ("sentence ", sentence, 0.5),
        ("heading ", heading, 1.0),
    ):
        features |= {f"{place}{category}": weight for category in cued(words)}
        for names in subjects(words).values():
            features |= {f"{place}{name}": weight for name in names}
    near = subjects(f"{sentence} {heading}")["product"]
    features |= {f"before {name}": 0.5 for name in subjects(before)["product"]}
    features |= {"another product": 1.0} if near - {"exosomes"} else {}
    features |= {f"unit {figure.unit}": 1.0 for figure in figures(quote)}
    return features
