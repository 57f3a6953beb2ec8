"""What documents say of a proposition: confirmed, contradicted, disputed or unconfirmed.

Among the sources that decide anything the most direct decide, and among these the strongest kind. The
ranking of the kinds, and how firmly they let something be put, are our conventions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from review.language.wording.firmness import Firmness
from review.model.records import Proposition
from review.model.vocabulary import Design, Direction, Question, Stance, Word
from review.verdicts.bodies import Body, Item, direction_of

METHOD = "documents by directness and kind of source (our convention)"


class SourceKind(Word):
    """The kinds of source, strongest first, by which documents are weighed (our convention)."""

    OFFICIAL = "official document or reference data"
    REVIEW = "systematic review, guideline or reference work"
    PRIMARY = "primary study"
    NARRATIVE = "narrative review"
    OWN = "document of whoever offers it"
    INFORMAL = "news, opinion or web page"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What documents come to: the direction, its word, what decided, and how firmly it may be put."""

    direction: Direction
    label: str
    kind: SourceKind | None
    allowed: Firmness
    reason: str


def weighed(proposition: Proposition, body: Body) -> Weighed:
    """What the documents of `body` say of `proposition`.

    News, opinion and web pages confirm nothing. A benefit, or a comparison, that only documents speak
    of is confirmed by a regulator's approval for that use alone: a label, a registry entry or a
    guideline says what is done, not that it works. Of a harm or a share of people official documents,
    systematic reviews and guidelines decide. What is offered here is shown by papers of its own.
    """
    deciding_items = [item for item in body.counted if _decides(proposition.question, item)]
    nearest = min((item.directness for item in deciding_items), default=0)
    near = [item for item in deciding_items if item.directness == nearest]
    kinds = {item.link.link: source_kind(item.study.design) for item in near}
    strongest = min(kinds.values(), key=lambda kind: kind.place, default=None)
    deciding = [item for item in near if kinds[item.link.link] is strongest]
    direction = direction_of(deciding)
    if direction is Direction.SUPPORTS and _is_officially_denied(deciding_items):
        direction = Direction.MIXED
    label = _LABELS[direction]
    if body.only_preclinical:
        label = "unconfirmed: no human evidence"
    if strongest is None and body.counted:
        strongest = min((source_kind(i.study.design) for i in body.counted), key=lambda kind: kind.place)
    reason = _reason(strongest, deciding or body.counted, not deciding_items, proposition)
    return Weighed(direction, label, strongest, _allowed(nearest), reason)


_LABELS = {
    Direction.SUPPORTS: "confirmed",
    Direction.CONTRADICTS: "contradicted",
    Direction.MIXED: "disputed",
    Direction.NONE: "unconfirmed",
}
_OF_HARM = frozenset({SourceKind.OFFICIAL, SourceKind.REVIEW})


def _decides(question: Question, item: Item) -> bool:
    kind = source_kind(item.study.design)
    if question.is_of_benefit:
        is_direct = item.directness == 0
        return is_direct and item.study.design is Design.REGULATOR_APPROVAL
    if question.is_graded:
        return kind in _OF_HARM
    if question.is_shown_by_papers:
        return kind is not SourceKind.INFORMAL
    return kind not in (SourceKind.INFORMAL, SourceKind.OWN)


def _is_officially_denied(items: Sequence[Item]) -> bool:
    """Whether an official document speaks against it that is at least partly about it.

    Such as a label that forbids a use: it does not decide over what is more direct, but it is heard.
    """
    return any(
        source_kind(item.study.design) is SourceKind.OFFICIAL
        and item.link.stance is Stance.CONTRADICTS
        and item.directness < FAR
        for item in items
    )


FAR = 2
"""The directness of what is about other people, another treatment or another outcome."""


def _allowed(distance: int) -> Firmness:
    """How firmly what documents agree on may be put, by how near the nearest come (our convention).

    As a fact where a source is about just these people, this treatment and this outcome, as likely
    where it is partly about them, as a possibility where it is about others.
    """
    return Firmness(Firmness.FACT - distance)


def _reason(
    strongest: SourceKind | None, named: Sequence[Item], is_too_weak: bool, proposition: Proposition
) -> str:
    if strongest is None:
        return "No source counts."
    studies = ", ".join(sorted({item.study.study for item in named}))
    parts = [f"Strongest kind of source, among the most direct: {strongest} ({studies})."]
    if is_too_weak:
        parts.append("That kind alone confirms nothing here.")
    if proposition.question.is_graded:
        parts.append("No counted study has a design that GRADE starts from.")
    return " ".join(parts)


_SOURCE_KINDS = {
    Design.LABEL: SourceKind.OFFICIAL,
    Design.REGULATION: SourceKind.OFFICIAL,
    Design.REGULATOR_APPROVAL: SourceKind.OFFICIAL,
    Design.REGULATOR_NOTICE: SourceKind.OFFICIAL,
    Design.REGISTRY_ENTRY: SourceKind.OFFICIAL,
    Design.STANDARDS_DOCUMENT: SourceKind.OFFICIAL,
    Design.REFERENCE_DATA: SourceKind.OFFICIAL,
    Design.GUIDELINE: SourceKind.REVIEW,
    Design.REFERENCE_WORK: SourceKind.REVIEW,
    Design.NARRATIVE_REVIEW: SourceKind.NARRATIVE,
    Design.OWN_DOCUMENT: SourceKind.OWN,
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
