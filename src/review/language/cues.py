"""Words of English that hedge, deny, or speak against there being a claim at all."""

import re
from functools import lru_cache
from itertools import pairwise

from review.model.vocabulary import Wording


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# *Can* hedges; *cannot* does not. A condition on the reader ("if you are pregnant") hedges what follows.
_HEDGE = _words(
    r"\b(?:may|might|could|can(?!not\b|[’']t\b)|possib\w+|potential\w*|perhaps|seems?|appears?|promis\w+"
    r"|some (?:assert|studies|have)|suggests?|believed|logic goes|hopes?|should lead|aims? to|up to"
    r"|(?:uncertain|unclear) whether|(?:un)?likely that)\b"
)
_DENIAL = _words(r"\b(?:no|not|never|cannot|nor|none|neither|yet to|unnecessary)\b|n[’']t\b")
# "No cuts, no scars" denies once, of two things.
_NO = _words(r"\bno\b[^.;!?]*")
_ALSO = _words(r"(?:,|\band|\bor)\s+no\b")
_BARE_ANSWER = _words(r"^(?:yes|no|absolutely)[.,!]\s+")

# What takes back the words after it in its clause, over a few words and a list of things.
_TAKES_BACK = _words(
    r"\b(?:no|not|never|zero|cannot|nor|none|neither|without|nothing|nobody|hardly|far from"
    r"|free (?:of|from)|(?:absence|lack) of|needless to|yet to)\b|n[’']t\b"
)
_NO_DENIAL = _words(
    r"\b(?:not (?:only|just|merely|simply|least|to mention|un\w+|without)|never without|why not"
    r"|whether or not|nothing short of|no (?:doubt|question|wonder|matter|later|fewer|less|sooner)"
    r"|neither\b(?=.*\bnor))\b"
)
_OWN_DENIAL = _words(r"(?:no|not|never|zero|without|cannot|nothing|do(?:es)? not|don[’']t)\b")
# "No downtime, some redness": what is told to be little is told to be there.
_TOLD_AFTER_ALL = _words(r",\s*(?:some|mild|slight|minor|temporary|occasional|possible|just|only|an?)\b")
_LISTED = _words(r",|\b(?:and|or|with)\b")
_DENIED_AFTER = _words(
    r"\s?-?free\b|\s+(?:(?:is|are|was|were|do|does|did|will|would|has|have)(?:\s+(?:not|never)|n[’']t)"
    r"\s+(?:be\s+|been\s+)?(?:occur|happen|expected|felt|seen|reported|found|observed|experienced"
    r"|necessary|needed|required|likely|a (?:problem|concern|worry))"
    r"|(?:is|are) (?:unnecessary|unheard of|ruled out|avoided|absent|impossible))\b"
)
_REACH = 8
"""How many words before others a denial may stand to take them back."""

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


def is_denied(before: str, words: str, after: str) -> bool:
    """Whether the rest of their clause takes `words` back: "no swelling", "swelling does not occur".

    A denial reaches over the eight words after it (our convention), and over a list. Words that deny by
    themselves are taken back by another denial, but not by the one before them in a list: "no needles,
    no risk" denies twice, "not without risk" takes back.
    """
    if _DENIED_AFTER.match(after):
        return True
    near = " ".join(_BARE_ANSWER.sub("", before).split()[-_REACH:])
    if _OWN_DENIAL.match(words):
        # Next to it there is no list, and so "not" and "without" do not affirm by standing together.
        last = list(_TAKES_BACK.finditer(near))[-1:]
        return any(not _LISTED.search(near, match.end()) for match in last)
    near = _NO_DENIAL.sub("", near)
    taken = list(_TAKES_BACK.finditer(near))
    if not taken or _TOLD_AFTER_ALL.search(f"{near} {words}", taken[-1].end()):
        return False
    listed = sum(bool(_LISTED.search(near, m.end(), n.start())) for m, n in pairwise(taken))
    return (len(taken) - listed) % 2 == 1


@lru_cache(maxsize=4096)
def _sides(text: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Which pages' words, and which statements' words, of the opposites stand in `text`."""
    return (
        tuple(bool(ours.search(text)) for ours, _ in _OPPOSITES),
        tuple(bool(theirs.search(text)) for _, theirs in _OPPOSITES),
    )
