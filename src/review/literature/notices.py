"""What has become of a paper: retracted, under an expression of concern, corrected, or itself a notice.

The publication types and the kinds of reference are those of PubMed (its DTD and the list of tags in
PubMed's help), the kinds of update those of Crossref. A publisher's mark before a title counts too, for
most exports have nothing else; a title that only speaks of retractions has none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.model.vocabulary import NoticeKind

CORRECTION = NoticeKind.CORRECTION
CONCERN = NoticeKind.EXPRESSION_OF_CONCERN
RETRACTION = NoticeKind.RETRACTION


class Side(StrEnum):
    """What a record is to the notice that it speaks of."""

    SUBJECT = "subject"
    """The notice is about this paper."""
    NOTICE = "notice"
    """This record is the notice, and names the paper that it is about."""
    SUCCESSOR = "successor"
    """This paper takes the place of another, and names it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """That a notice and a paper belong together, as one of the two says; `other` names the other.

    `other` is an identifier as `Paper.identifiers` has it, or empty where the record gives none.
    """

    side: Side
    kind: NoticeKind
    other: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """A notice as a record names it, on either side of it: nothing is dropped and nothing is judged.

    `type` is the word of the service (`RetractionIn`, `expression_of_concern`); `kind` what it means
    here, None for a word that is not known. `others` name the paper at the other end (`doi:`, `pmid:`).
    `date` is as exact as the record (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`) or empty. `source` says who said
    so: `pubmed`, `europe-pmc`, `publisher`, `retraction-watch`. `row` is the number of the row in the
    file of Retraction Watch, `reference` how the notice is cited.
    """

    side: Side
    type: str
    kind: NoticeKind | None = None
    others: tuple[str, ...] = ()
    date: str = ""
    source: str = ""
    row: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Notices:
    """The notices about a paper, the notice that it is itself, and the papers that it names."""

    about: frozenset[NoticeKind] = frozenset()
    itself: NoticeKind | None = None
    names: frozenset[tuple[NoticeKind, str]] = frozenset()

    def with_about(self, kinds: Iterable[NoticeKind]) -> "Notices":
        """The same with more notices about the paper."""
        return Notices(self.about.union(kinds), self.itself, self.names)

    def joined(self, other: "Notices") -> "Notices":
        """What two records of one paper say together."""
        itself = max(filter(None, (self.itself, other.itself)), key=_place, default=None)
        return Notices(self.about | other.about, itself, self.names | other.names)

    @property
    def forbid_support(self) -> bool:
        """Whether the paper can support nothing: withdrawn, in doubt, or a notice and no study."""
        return bool(self.itself or self.about & {RETRACTION, CONCERN})

    @property
    def label(self) -> str:
        """What a reader is told first; empty where there is nothing to tell."""
        if self.itself:
            return f"notice of {_NAMES[self.itself]}"
        gravest = max(self.about, key=_place, default=None)
        return _LABELS[gravest] if gravest else ""


NO_NOTICES = Notices()


def _place(kind: NoticeKind) -> int:
    return kind.place


_NAMES = {CORRECTION: "correction", CONCERN: "concern", RETRACTION: "retraction"}
_LABELS = {
    CORRECTION: "corrected",
    CONCERN: "under an expression of concern",
    # A publisher withdraws; PubMed and the exports of databases call both retracted.
    RETRACTION: "retracted or withdrawn",
}

PUBMED_REFERENCES: Mapping[str, tuple[Side, NoticeKind]] = {
    "RetractionIn": (Side.SUBJECT, RETRACTION),
    "RetractedandRepublishedIn": (Side.SUBJECT, RETRACTION),
    "ExpressionOfConcernIn": (Side.SUBJECT, CONCERN),
    "ErratumIn": (Side.SUBJECT, CORRECTION),
    "CorrectedandRepublishedIn": (Side.SUBJECT, CORRECTION),
    "RetractionOf": (Side.NOTICE, RETRACTION),
    "ExpressionOfConcernFor": (Side.NOTICE, CONCERN),
    "ErratumFor": (Side.NOTICE, CORRECTION),
    "RetractedandRepublishedFrom": (Side.SUCCESSOR, RETRACTION),
    "CorrectedandRepublishedFrom": (Side.SUCCESSOR, CORRECTION),
}
"""PubMed's `RefType`: what it makes of the record in which it stands."""

MEDLINE_TAGS: Mapping[str, tuple[Side, NoticeKind]] = {
    "RIN": PUBMED_REFERENCES["RetractionIn"],
    "RRI": PUBMED_REFERENCES["RetractedandRepublishedIn"],
    "ECI": PUBMED_REFERENCES["ExpressionOfConcernIn"],
    "EIN": PUBMED_REFERENCES["ErratumIn"],
    "CRI": PUBMED_REFERENCES["CorrectedandRepublishedIn"],
    "ROF": PUBMED_REFERENCES["RetractionOf"],
    "ECF": PUBMED_REFERENCES["ExpressionOfConcernFor"],
    "EFR": PUBMED_REFERENCES["ErratumFor"],
    "RRF": PUBMED_REFERENCES["RetractedandRepublishedFrom"],
    "CRF": PUBMED_REFERENCES["CorrectedandRepublishedFrom"],
}
"""The same references as the tags of PubMed's text."""

UPDATES: Mapping[str, NoticeKind] = {
    "retraction": RETRACTION,
    "withdrawal": RETRACTION,
    "removal": RETRACTION,
    # PubMed counts a retraction of a part as an erratum; what is left may still stand.
    "partial-retraction": CORRECTION,
    "expression-of-concern": CONCERN,
    "correction": CORRECTION,
    "corrigendum": CORRECTION,
    "erratum": CORRECTION,
}
"""Crossref's kinds of update, in small letters and with hyphens."""

_TYPES: Mapping[str, tuple[Side, NoticeKind]] = {
    "retracted publication": (Side.SUBJECT, RETRACTION),
    "retracted article": (Side.SUBJECT, RETRACTION),
    "withdrawn publication": (Side.SUBJECT, RETRACTION),
    "corrected and republished article": (Side.SUCCESSOR, CORRECTION),
    # The new name of PubMed, and the one before.
    "retraction notice": (Side.NOTICE, RETRACTION),
    "retraction of publication": (Side.NOTICE, RETRACTION),
    "retraction": (Side.NOTICE, RETRACTION),
    "expression of concern": (Side.NOTICE, CONCERN),
    "published erratum": (Side.NOTICE, CORRECTION),
    "erratum": (Side.NOTICE, CORRECTION),
    "correction": (Side.NOTICE, CORRECTION),
    "corrigendum": (Side.NOTICE, CORRECTION),
}

_CLOSE = r"\s*(?:[\])]+\s*[:.–—-]?|[:–—]|\.(?:\s|$)|-\s)"
# "Retraction of skin flaps" and "Correction for age" are papers: of them a colon, a quotation mark or
# the authors whose paper it is must follow.
_OF_PAPER = rf"(?:\s+(?:to|of|for|on))?(?:{_CLOSE}|\s*[\"“‘'«]|\W*$)|\s+for\s.{{1,80}}?\bet al\b"
_RETRACTED = r"(?:retracted|withdrawn)(?:\s+(?:article|paper|chapter|publication|manuscript))?"
_TITLES: tuple[tuple[re.Pattern[str], Side, NoticeKind], ...] = tuple(
    (re.compile(words, re.IGNORECASE), side, kind)
    for words, side, kind in (
        (rf"^\W*{_RETRACTED}{_CLOSE}", Side.SUBJECT, RETRACTION),
        # Web of Science has the mark behind: "(Retracted article. See vol. 12, p. 3, 2020)".
        (rf"[(\[]\s*{_RETRACTED}\b[^()\[\]]*[)\]]\W*$", Side.SUBJECT, RETRACTION),
        (r"[(\[]\s*retraction of\b[^()\[\]]*[)\]]\W*$", Side.NOTICE, RETRACTION),
        (
            r"^\W*(?:notice|statement|letter|note) of (?:retraction|withdrawal)\b"
            r"|^\W*(?:retraction|withdrawal) (?:notice|note|statement|letter)\b"
            rf"|^\W*retraction(?:{_OF_PAPER})",
            Side.NOTICE,
            RETRACTION,
        ),
        (
            rf"^\W*editorial expression of concern\b|^\W*expression of concern(?:{_OF_PAPER})",
            Side.NOTICE,
            CONCERN,
        ),
        (
            r"^\W*(?:author|publisher|editorial)(?:['’]s)? correction\b|^\W*(?:corrigendum|erratum)\b"
            rf"|^\W*correction(?:{_OF_PAPER})",
            Side.NOTICE,
            CORRECTION,
        ),
    )
)


def notices_of(
    title: str, publication_types: Iterable[str], relations: Iterable[Relation] = ()
) -> Notices:
    """What a record says of notices, by its title, its publication types and what it refers to."""
    found = [*_by_words(title, publication_types), *relations]
    itself = [relation.kind for relation in found if relation.side is Side.NOTICE]
    return Notices(
        frozenset(relation.kind for relation in found if relation.side is Side.SUBJECT),
        max(itself, key=_place, default=None),
        frozenset(
            (relation.kind, relation.other)
            for relation in found
            if relation.side is not Side.SUBJECT and relation.other
        ),
    )


def _by_words(title: str, publication_types: Iterable[str]) -> Iterator[Relation]:
    for pattern, side, kind in _TITLES:
        if pattern.search(title):
            yield Relation(side, kind)
    for word in publication_types:
        if known := _TYPES.get(word.strip().lower()):
            yield Relation(*known)
