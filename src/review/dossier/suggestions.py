"""Suggests the claims of a page: what it claims, which of it is known, and where to look first.

A suggestion is a machine's reading with its reason. Nothing is written and nothing is decided: a claim
counts when a named person has accepted it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.metadata import version

from pydantic import ValidationError
from threadpoolctl import threadpool_limits

from review.dossier.dossier import Dossier, flags_met, lexicon_of
from review.language.claims.by_rule import SentenceFinder
from review.language.claims.finding import ClaimFinder, DetectedClaim, LearntClaims
from review.language.claims.learning.learnt import Learnt
from review.language.claims.learning.models import TooLittleToLearnError
from review.language.claims.learning.training import learnt_claims
from review.language.claims.places import Marked
from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.language.matching.by_rule import StatementMatcher
from review.language.matching.matcher import Matched, Matcher, Ranking
from review.model.digest import digest_of
from review.model.records import Claim, Evidence, Proposition
from review.model.vocabulary import Category, FoundBy, Match, Polarity, Severity, Verdict, Wording, YesNo
from review.store.cache import keep, kept
from review.store.code import code_digest
from review.verdicts.verdict import verdict_of

BLOCKING, FLAGGED = 2.0, 1.5
"""How much more important a claim is with a flag that blocks, or with another flag."""
NEW, PERHAPS = 1.5, 1.25
"""How much more important a claim is that nobody has judged yet, or that may not have been."""
_LEARNT_WITH = ("numpy", "scipy", "scikit-learn")
"""The libraries on which what is learnt depends to the last digit."""


BY_RULE = (
    "There are too few marked claims to learn from: every sentence that states something is suggested, "
    "and none is known for certain. Mark the claims of two pages, or add a folder with marked pages."
)
"""What is said of suggestions that nothing was learnt for."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested claim; `quote` is the page's text from `start` to `end`, in code points.

    `checkworthy` is the probability that a reader would mark this stretch as a claim worth checking.
    `probability` is that of the closest proposition being the one the claim makes; `proposition` is
    empty for a new claim. `verdict` and `standing` are given for a known proposition, else empty. Where
    `found_by` is the rule, nothing was learnt, and these probabilities say little.
    """

    start: int
    end: int
    quote: str
    category: Category
    wording: Wording
    polarity: Polarity
    checkworthy: float
    flags: tuple[str, ...]
    proposition: str
    match: Match
    probability: float
    reason: str
    verdict: Verdict | None
    standing: str
    importance: float
    found_by: FoundBy


def suggestions(page_text: str, review: Dossier) -> tuple[Suggestion, ...]:
    """The claims suggested for a page, in reading order; none overlaps another.

    A page of the evidence is read as if it were new: neither its own marked claims nor propositions
    that no other page states are used. Where the evidence has too few marked claims to learn from, every
    sentence that states something is suggested, and matched by its words.
    """
    return suggestions_of_all([page_text], review)[0]


def suggestions_of_all(texts: Sequence[str], review: Dossier) -> list[tuple[Suggestion, ...]]:
    """The claims suggested for each of several pages, as `suggestions` gives them.

    Together they take less time than one by one.
    """
    suggested: list[tuple[Suggestion, ...]] = [() for _ in texts]
    left_out = [_left_out(text, review) for text in texts]
    # Sums come out the same on every machine only when one thread adds them up.
    with threadpool_limits(1):
        for keys in dict.fromkeys(left_out):
            numbers = [number for number, own in enumerate(left_out) if own == keys]
            models = _models(_Training(review.evidence.digest, keys, review.evidence))
            pages = _suggested([texts[number] for number in numbers], models, review)
            for number, page in zip(numbers, pages, strict=True):
                suggested[number] = page
    return suggested


def has_learnt(review: Dossier) -> bool:
    """Whether the evidence has enough marked claims to learn from."""
    models = _models(_Training(review.evidence.digest, frozenset(), review.evidence))
    return models.found_by is FoundBy.LEARNT


def _left_out(text: str, review: Dossier) -> frozenset[str]:
    """The marked pages of the evidence that say the same, however their blanks and line ends are kept.

    Of a page without a marked claim nothing is learnt: leaving it out would only mean to learn again.
    """
    words = " ".join(text.split())
    marked = {claim.page for claim in review.evidence.claims.values()}
    pages = review.evidence.pages.items()
    return frozenset(key for key, page in pages if key in marked and _on_one_line(page.text) == words)


@lru_cache(maxsize=64)
def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _suggested(
    texts: Sequence[str], models: "_Models", review: Dossier
) -> Iterator[tuple[Suggestion, ...]]:
    pages = models.finder.find_all(texts)
    # Matched together, whatever their page: the places of one call share what they have in common.
    matches = iter(models.matcher.match([claim.place for claims in pages for claim in claims]))
    for text, claims in zip(texts, pages, strict=True):
        hits = list(review.lexicon.screen.hits(text))
        yield tuple(
            _suggestion(
                claim, next(matches), flags_met(hits, claim.start, claim.end), review, models.found_by
            )
            for claim in claims
        )


def as_row(suggestion: Suggestion) -> dict[str, object]:
    """A suggestion as plain values for JSON, its probabilities with three digits."""
    row = asdict(suggestion)
    for name in ("checkworthy", "probability", "importance"):
        row[name] = round(row[name], 3)
    return row


def importance(checkworthy: float, severities: Iterable[Severity], match: Match) -> float:
    """How soon a claim should be looked at: checkworthy, times flagged, times new (our convention).

    A claim that blocks counts double, another flagged one half as much again; a new claim counts half
    as much again as a known one, whose evidence has been judged, and a possible match a quarter.
    """
    met = set(severities)
    flagged = BLOCKING if Severity.BLOCK in met else FLAGGED if met else 1.0
    novelty = {Match.NEW: NEW, Match.PERHAPS: PERHAPS, Match.KNOWN: 1.0}[match]
    return checkworthy * flagged * novelty


@dataclass(frozen=True)
class _Training:
    """What the models are trained on, known by the digest of the evidence and the pages left out."""

    digest: str
    left_out: frozenset[str]
    evidence: Evidence = field(compare=False, repr=False)

    @property
    def key(self) -> str:
        """The digest of all that decides what is learnt: evidence, pages left out, code, libraries."""
        versions = {name: version(name) for name in _LEARNT_WITH}
        return digest_of([self.digest, sorted(self.left_out), code_digest(), versions])


class _Kept(Learnt):
    """What was learnt, as it is kept between runs."""

    claims: LearntClaims
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class _Models:
    finder: ClaimFinder | SentenceFinder
    matcher: Matcher | StatementMatcher
    found_by: FoundBy = FoundBy.LEARNT


@lru_cache(maxsize=8)
def _models(training: _Training) -> _Models:
    """The models, trained once for each evidence, kept in memory and for later runs."""
    evidence, left_out = training.evidence, training.left_out
    claims: dict[str, list[Claim]] = {key: [] for key in evidence.pages}
    for claim in evidence.claims.values():
        claims[claim.page].append(claim)
    pages = [
        Marked(page.text, tuple(claims[key]))
        for key, page in evidence.pages.items()
        if key not in left_out and claims[key]
    ]
    unseen = {claim.proposition for key in left_out for claim in claims[key]}
    unseen -= {claim.proposition for page in pages for claim in page.claims}
    known = {key: value for key, value in evidence.propositions.items() if key not in unseen}
    lexicon = lexicon_of(evidence)
    try:
        return _learnt(training.key, pages, known, lexicon)
    except TooLittleToLearnError:
        # A new subject has statements before it has marked pages: they are all that can be matched.
        return _Models(
            SentenceFinder(lexicon), StatementMatcher(evidence.propositions, lexicon), FoundBy.RULE
        )


def _learnt(
    key: str, pages: Sequence[Marked], known: Mapping[str, Proposition], lexicon: Lexicon
) -> _Models:
    before = _learnt_before(key)
    if before:
        return _Models(
            ClaimFinder(before.claims, lexicon), Matcher(known, pages, lexicon, before.ranking)
        )
    learnt = learnt_claims(pages, lexicon)
    matcher = Matcher(known, pages, lexicon)
    keep(key, _Kept(claims=learnt, ranking=matcher.ranking).model_dump_json().encode())
    return _Models(ClaimFinder(learnt, lexicon), matcher)


def _learnt_before(key: str) -> _Kept | None:
    """What an earlier run has kept; None where there is nothing, or nothing that can be read."""
    content = kept(key)
    try:
        return _Kept.model_validate_json(content) if content else None
    except ValidationError:
        return None


def _suggestion(
    place: DetectedClaim, matched: Matched, flags: tuple[Hit, ...], review: Dossier, found_by: FoundBy
) -> Suggestion:
    verdict, standing = None, ""
    if matched.match is Match.KNOWN:
        known = review.standing(matched.proposition)
        verdict = verdict_of(_as_claim(place, matched), known, review.lexicon, flags).verdict
        standing = known.label
    return Suggestion(
        start=place.start,
        end=place.end,
        quote=place.quote,
        category=place.category,
        wording=place.wording,
        polarity=matched.polarity,
        checkworthy=place.checkworthy,
        flags=tuple(sorted(hit.flag.flag for hit in flags if hit.speaks_against)),
        proposition=matched.proposition,
        match=matched.match,
        probability=matched.probability,
        reason=matched.reason,
        verdict=verdict,
        standing=standing,
        importance=importance(
            place.checkworthy, (hit.flag.severity for hit in flags if hit.is_in_force), matched.match
        ),
        found_by=found_by,
    )


def _as_claim(place: DetectedClaim, matched: Matched) -> Claim:
    return Claim(
        claim="suggested-001",
        page="suggested",
        start=place.start,
        end=place.end,
        quote=place.quote,
        category=place.category,
        wording=place.wording,
        checkworthy=YesNo.YES,
        proposition=matched.proposition,
        polarity=matched.polarity,
    )
