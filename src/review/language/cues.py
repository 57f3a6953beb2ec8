"""Words of English that hedge, deny, or speak against there being a claim at all."""

import re
from functools import lru_cache

from review.model.vocabulary import Wording


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# *Can* hedges; *cannot* does not. A condition on the reader ("if you are pregnant") hedges what follows.
_HEDGE = _words(
    r"\b(?:may|might|could|can(?!not\b|[’']t\b)|possib\w+|potential\w*|perhaps|seems?|appears?|promis\w+"
    r"|some (?:assert|studies|have)|suggests?|believed|logic goes|hopes?|should lead|aims? to|up to)\b"
)
_DENIAL = _words(r"\b(?:no|not|never|cannot|nor|none|neither|yet to|unnecessary)\b|n[’']t\b")
# "No cuts, no scars" denies once, of two things.
_NO = _words(r"\bno\b[^.;!?]*")
_ALSO = _words(r"(?:,|\band|\bor)\s+no\b")
_BARE_ANSWER = _words(r"^(?:yes|no|absolutely)[.,!]\s+")

# What a page says and what a statement says, where one turns the other round without a "not".
_OPPOSITES = (
    (_words(r"\bsafe(?:ty|ly)?\b|without (?:risk|harm)"), _words(r"\b(?:harm\w*|hurts?|adverse)\b")),
    (
        _words(r"\bstill\b|more research|too early|hard to say|finding the|finessing"),
        _words(r"\b(?:established|standardi[sz]ed)\b"),
    ),
)

# The last of them is a trail such as "Home > Treatments".
NO_CLAIM = _words(
    r"\b(?:contact|call us|schedule|consultation|click|form below|book now|visit|insert|link|https?|doi"
    r"|et al|journal|article|let[’']s|hope to|ask us|written by|reading time)\b|\w ?> ?\w"
)

ABOUT_THE_PAGE = _words(
    r"\W*(?:(?:written|posted) by\b|reading time\b|\d+ min(?:utes?)? read\b"
    r"|(?:this|the following) (?:article|page|guide|post) (?:explains|describes|answers|shows)"
    r"|(?:please )?(?:contact|call|phone|email|ask|visit) us\b|(?:book|call) (?:now|today)\b"
    r"|click here\b)"
)
"""How a sentence begins that claims nothing: who wrote the page, what it is for, how to get in touch."""


def wording(quote: str) -> Wording:
    """Hedged where the quote itself leaves the matter open, else asserted."""
    return Wording.HEDGED if _HEDGE.search(quote) else Wording.ASSERTED


@lru_cache(maxsize=4096)
def denials(text: str) -> int:
    """How many words of `text` deny something; a bare "No." before an answer is not counted."""
    once = _NO.sub(lambda run: _ALSO.sub("", run[0]), _BARE_ANSWER.sub("", text))
    return len(_DENIAL.findall(once))


def is_opposite(quote: str, statement: str) -> bool:
    """Whether a quote denies a statement: an odd number of denials or opposites stands between them."""
    opposed = sum(
        ours and theirs for ours, theirs in zip(_sides(quote)[0], _sides(statement)[1], strict=True)
    )
    return (denials(quote) + denials(statement) + opposed) % 2 == 1


@lru_cache(maxsize=4096)
def _sides(text: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Which pages' words, and which statements' words, of the opposites stand in `text`."""
    return (
        tuple(bool(ours.search(text)) for ours, _ in _OPPOSITES),
        tuple(bool(theirs.search(text)) for _, theirs in _OPPOSITES),
    )
