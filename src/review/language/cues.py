"""Words that speak for a category, for a hedge, for a denial, or against there being a claim at all.

The lists were written while reading the five pages of this review, as the flags were: what is measured
on those pages is kinder to them than a page of another kind would be.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from review.model.vocabulary import Category, Wording


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _lower(pattern: str) -> re.Pattern[str]:
    """A pattern for text in lower case: it takes half the time of one that ignores case."""
    return re.compile(pattern)


CATEGORY_CUES: Mapping[Category, re.Pattern[str]] = {
    Category.COST: _lower(r"\$|\bcosts?\b|pric\w+|expensive|insurance|\bquote\b"),
    Category.REGULATORY: _lower(
        r"\bfda\b|\baatb\b|approv\w+|regulat\w+|standard\w*|screen\w*|tested for|donors?\b|consent"
        r"|steril\w+|antibody|test\)|purif\w+|batch"
    ),
    Category.CONTRAINDICATION: _lower(
        r"contraindicat\w+|not appropriate|pregnan\w+|breastfeed\w+|allerg\w+|chemotherapy|candidates?"
    ),
    Category.SESSIONS: _lower(r"\bsessions?\b|touch-up|another treatment|additional|apart\b"),
    Category.DURATION: _lower(r"\bminutes?\b|\bhours?\b"),
    Category.ONSET: _lower(
        r"begin\w*|in as little|results (?:in|can|within)|\bsee(?:n|ing)? (?:\w+ )?results|noticeable"
    ),
    Category.DURABILITY: _lower(
        r"permanent|remain\w*|\bstay\b|\blast\b|present \d|up to a year|over the course|lifespan"
    ),
    Category.SAFETY: _lower(
        r"\bsafe\w*|hurt|pain\w*|risks?\b|side[- ]effects?|adverse|tender|sore\w*|downside|contaminat\w+"
        r"|ana?esthe\w+|surgical|downtime|invasive|harm\w*|bleed|swollen"
    ),
    Category.COMPARISON: _lower(
        r"better|superior|\bthan\b|compared|similar|different|replac\w+|faster|as capable|greatest"
        r"|in contrast"
    ),
    Category.COMPOSITION: _lower(
        r"contain\w*|derived|come from|extracted|isolated|source|rich in|serum|donated"
    ),
    Category.CARE: _lower(
        r"\bavoid\w*|\bwash\w*|shower\w*|\bhat\b|resume|return|activities|routine|restriction|breakfast"
        r"|\bwear\b|after the procedure|medicine|\byour?\b"
    ),
    Category.EPIDEMIOLOGY: _lower(
        r"\d ?%|per ?cent|\bmen\b|\bwomen\b|millennials|generations?|stress|\bcauses?\b|\bcaused by"
        r"|vegan|deficienc\w+|bald\w*|stigma|heredit\w+"
    ),
    Category.RESEARCH_STATE: _lower(
        r"research\w*|stud(?:y|ies|ied)|trials?\b|tested\b|investigat\w+|potential|promis\w+|\bnew\b"
        r"|experimental|emerging|explored|publications?|breakthrough|frontier"
    ),
    Category.EFFICACY: _lower(
        r"regrow\w*|hair growth|effective\w*|results|hair loss|thicker|regenerat\w+|restor\w+"
        r"|rejuvenat\w+|efficacy"
    ),
    Category.MECHANISM: _lower(
        r"signal\w*|\bcells?\b|protein\w*|\w*rna\b|follicles?|phase|growth factors?|vessels?"
        r"|inflammat\w+|cycle|membrane|barriers?|telogen|anagen|vesicles?"
    ),
}

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


@lru_cache(maxsize=4096)
def cued(text: str) -> tuple[Category, ...]:
    """The categories that the words of `text` speak for."""
    lower = text.lower()
    return tuple(category for category, cue in CATEGORY_CUES.items() if cue.search(lower))


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
        one and other for one, other in zip(_sides(quote)[0], _sides(statement)[1], strict=True)
    )
    return (denials(quote) + denials(statement) + opposed) % 2 == 1


@lru_cache(maxsize=4096)
def _sides(text: str) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """Which pages' words, and which statements' words, of the opposites stand in `text`."""
    return (
        tuple(bool(one.search(text)) for one, _ in _OPPOSITES),
        tuple(bool(other.search(text)) for _, other in _OPPOSITES),
    )
