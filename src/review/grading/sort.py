"""SORT (2004): strength of recommendation from study quality and the kind of outcome.

Source: Ebell and others, Strength of Recommendation Taxonomy. Level 1 needs a high-quality trial;
without an appraisal at low risk a trial is level 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from review.model.vocabulary import BiasConcern, Design, OutcomeKind

METHOD = "SORT"
METHOD_VERSION = "2004"


@dataclass(frozen=True, slots=True)
class SortGrade:
    """A SORT grade A, B or C, or None where SORT does not apply, with the reason."""

    value: str | None
    reason: str


def study_level(design: Design, bias: BiasConcern) -> int | None:
    """SORT's level 1 to 3 of one study for a treatment question; None for what is no study."""
    if design.is_randomised:
        return 1 if bias is BiasConcern.LOW else 2
    if design.is_observational:
        return 2
    if design.is_uncontrolled or design in _OTHER:
        return 3
    return None


_OTHER = frozenset(
    {
        Design.ANIMAL,
        Design.IN_VITRO,
        Design.EX_VIVO,
        Design.REVIEW_OF_PRECLINICAL,
        Design.NARRATIVE_REVIEW,
        Design.GUIDELINE,
        Design.OPINION,
    }
)


def sort_grade(levels: Iterable[int], outcome: OutcomeKind, is_consistent: bool) -> SortGrade:
    """The grade of a body of evidence from the levels of its studies.

    Disease-oriented outcomes, such as a hair count, never give more than C.
    """
    rated = list(levels)
    if not rated or outcome is OutcomeKind.NOT_APPLICABLE:
        return SortGrade(None, "SORT does not apply")
    if outcome is OutcomeKind.DISEASE_ORIENTED:
        return SortGrade("C", "disease-oriented outcome")
    best = min(rated)
    if best == 3:
        return SortGrade("C", "series, laboratory work, usual practice or opinion")
    if best == 1 and is_consistent:
        return SortGrade("A", "consistent, good-quality patient-oriented evidence")
    quality = "limited-quality" if best == 2 else "inconsistent"
    return SortGrade("B", f"{quality} patient-oriented evidence")
