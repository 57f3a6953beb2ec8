"""What documents say of a proposition: confirmed, contradicted, disputed or unconfirmed.

The strongest kind of source that decides anything decides alone. The ranking of the kinds is our
convention.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from review.model.records import Proposition
from review.model.vocabulary import Design, Direction, Word
from review.verdicts.bodies import Body, Item, direction_of

METHOD = "documents by kind of source (our convention)"


class SourceKind(Word):
    """The kinds of source, strongest first, by which documents are weighed (our convention)."""

    OFFICIAL = "official document or reference data"
    REVIEW = "systematic review or guideline"
    PRIMARY = "primary study"
    NARRATIVE = "narrative review"
    INFORMAL = "news, opinion or web page"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What documents come to: the direction, its word, the kind of source that decided, and why."""

    direction: Direction
    label: str
    kind: SourceKind | None
    reason: str


def weighed(proposition: Proposition, body: Body) -> Weighed:
    """What the documents of `body` say of `proposition`, by the strongest kind of source among them.

    News, opinion and web pages confirm nothing. Where the question is one that GRADE rates but no
    counted design is one it starts from, such as a label or a notice, only official documents,
    systematic reviews and guidelines decide; narrative reviews do not.
    """
    kinds = {item.link.link: source_kind(item.study.design) for item in body.counted}
    strongest = min(kinds.values(), key=lambda kind: kind.place, default=None)
    deciding = [item for item in body.counted if kinds[item.link.link] is strongest]
    would_be_graded = proposition.question.is_graded
    is_too_weak = strongest in (_WEAK_FOR_GRADED if would_be_graded else _WEAK)
    direction = Direction.NONE if is_too_weak else direction_of(deciding)
    label = _LABELS[direction]
    if direction is Direction.NONE and body.only_preclinical:
        label = "unconfirmed: no human evidence"
    reason = _reason(strongest, deciding, is_too_weak, would_be_graded)
    return Weighed(direction, label, strongest, reason)


# Our convention: news confirm nothing; of a benefit or harm, narrative reviews decide nothing either.
_WEAK = frozenset({SourceKind.INFORMAL})
_WEAK_FOR_GRADED = _WEAK | {SourceKind.NARRATIVE, SourceKind.PRIMARY}

_LABELS = {
    Direction.SUPPORTS: "confirmed",
    Direction.CONTRADICTS: "contradicted",
    Direction.MIXED: "disputed",
    Direction.NONE: "unconfirmed",
}


def _reason(
    strongest: SourceKind | None,
    deciding: Sequence[Item],
    is_too_weak: bool,
    would_be_graded: bool,
) -> str:
    if strongest is None:
        return "No source counts."
    named = ", ".join(sorted({item.study.study for item in deciding}))
    parts = [f"Strongest kind of source: {strongest} ({named})."]
    if is_too_weak:
        parts.append("That kind alone confirms nothing here.")
    if would_be_graded:
        parts.append("No counted study has a design that GRADE starts from.")
    return " ".join(parts)


_SOURCE_KINDS = {
    Design.LABEL: SourceKind.OFFICIAL,
    Design.REGULATION: SourceKind.OFFICIAL,
    Design.REGULATOR_NOTICE: SourceKind.OFFICIAL,
    Design.REGISTRY_ENTRY: SourceKind.OFFICIAL,
    Design.STANDARDS_DOCUMENT: SourceKind.OFFICIAL,
    Design.REFERENCE_DATA: SourceKind.OFFICIAL,
    Design.GUIDELINE: SourceKind.REVIEW,
    Design.NARRATIVE_REVIEW: SourceKind.NARRATIVE,
    Design.NEWS: SourceKind.INFORMAL,
    Design.OPINION: SourceKind.INFORMAL,
    Design.WEB_PAGE: SourceKind.INFORMAL,
    Design.SEARCH_FINDING: SourceKind.INFORMAL,
}


def source_kind(design: Design) -> SourceKind:
    """The kind of source a design is when documents are weighed; any other study is primary."""
    if design.is_systematic_review:
        return SourceKind.REVIEW
    return _SOURCE_KINDS.get(design, SourceKind.PRIMARY)
