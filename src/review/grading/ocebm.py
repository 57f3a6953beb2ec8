"""OCEBM 2011 levels of evidence (table version 2.1, CC BY 4.0): question and design in, level out.

The rows on prevalence, diagnosis, prognosis, treatment and common harms were read in reprints (BJSM,
markup 117566; docobook.com/cebm-2011-levels-of-evidence-table.html), that on screening second-hand. Rare
harms have a row of their own in the table, for which there is no question here. The table has no row for
animals, cells or opinion: what they support is mechanism-based reasoning, level 5. A literature review
without a systematic method has no level; its underlying studies have. Moving a level up or down is a
person's judgement and is not made here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.model.vocabulary import Design, Question

METHOD = "OCEBM"
METHOD_VERSION = "2011, table 2.1"


@dataclass(frozen=True, slots=True)
class Level:
    """An OCEBM level 1 to 5, or None where the table has none, with the reason.

    `is_our_convention` where the table is silent and the level is ours.
    """

    value: int | None
    reason: str
    is_our_convention: bool = False

    @property
    def number(self) -> str:
        """The level as a table shows it."""
        return NOT_RATED if self.value is None else str(self.value)

    @property
    def label(self) -> str:
        """The level in words."""
        return NOT_RATED if self.value is None else f"level {self.value}"


NOT_RATED = "not rated"


_MECHANISM = "mechanism-based reasoning"

_LABORATORY: Mapping[Design, Level] = {
    Design.ANIMAL: Level(5, f"{_MECHANISM}; animal"),
    Design.IN_VITRO: Level(5, f"{_MECHANISM}; cells"),
    Design.EX_VIVO: Level(5, f"{_MECHANISM}; tissue outside the body"),
    Design.REVIEW_OF_PRECLINICAL: Level(5, f"{_MECHANISM}; review of animal and cell studies"),
}

_TREATMENT: Mapping[Design, Level] = {
    Design.REVIEW_OF_TRIALS: Level(1, "systematic review of randomised trials"),
    Design.N_OF_1: Level(1, "n-of-1 randomised trial"),
    Design.RANDOMISED_TRIAL: Level(2, "randomised trial"),
    Design.NON_RANDOMISED: Level(3, "non-randomised controlled cohort or follow-up study"),
    Design.COHORT: Level(3, "non-randomised controlled cohort or follow-up study"),
    Design.REVIEW_OF_OBSERVATIONAL: Level(
        3,
        "systematic review of non-randomised studies, rated as its studies (our convention)",
        is_our_convention=True,
    ),
    Design.REVIEW_OF_INCEPTION_COHORTS: Level(
        3, "systematic review of cohorts, rated as its studies (our convention)", is_our_convention=True
    ),
    Design.REVIEW_MIXED: Level(
        3,
        "systematic review of trials and uncontrolled studies, rated as the weaker controlled "
        "studies among them (our convention)",
        is_our_convention=True,
    ),
    Design.INCEPTION_COHORT: Level(3, "non-randomised controlled cohort or follow-up study"),
    Design.CASE_CONTROL: Level(4, "case-control study"),
    Design.REVIEW_OF_UNCONTROLLED: Level(
        4,
        "systematic review of uncontrolled series, rated as its studies (our convention)",
        is_our_convention=True,
    ),
    Design.CASE_SERIES: Level(4, "case series, no comparison group"),
    Design.CASE_REPORT: Level(4, "case report, rated as a case series"),
    **_LABORATORY,
}

_PREVALENCE: Mapping[Design, Level] = {
    Design.RANDOM_SURVEY: Level(1, "current random-sample survey or census"),
    Design.REVIEW_OF_SURVEYS: Level(2, "systematic review of surveys that match local circumstances"),
    Design.NON_RANDOM_SURVEY: Level(3, "non-random sample"),
    Design.CASE_SERIES: Level(4, "case series"),
    Design.REVIEW_OF_UNCONTROLLED: Level(
        4,
        "systematic review of case series, rated as its studies (our convention)",
        is_our_convention=True,
    ),
}

_DIAGNOSIS: Mapping[Design, Level] = {
    Design.REVIEW_OF_ACCURACY: Level(
        1, "systematic review of cross-sectional studies, one reference standard, blinded"
    ),
    Design.ACCURACY: Level(2, "cross-sectional study, one reference standard, blinded"),
    Design.LIMITED_ACCURACY: Level(
        3, "people not consecutive, or reference standard not the same for all"
    ),
    Design.CASE_CONTROL: Level(4, "case-control study"),
    **_LABORATORY,
}

_PROGNOSIS: Mapping[Design, Level] = {
    Design.REVIEW_OF_INCEPTION_COHORTS: Level(1, "systematic review of inception cohorts"),
    Design.INCEPTION_COHORT: Level(2, "inception cohort"),
    Design.COHORT: Level(3, "cohort study"),
    Design.RANDOMISED_TRIAL: Level(3, "control arm of a randomised trial"),
    Design.NON_RANDOMISED: Level(
        3, "control group, followed as a cohort is (our convention)", is_our_convention=True
    ),
    Design.REVIEW_OF_OBSERVATIONAL: Level(
        3, "systematic review of cohorts, rated as its studies (our convention)", is_our_convention=True
    ),
    Design.REVIEW_OF_TRIALS: Level(
        3, "control arms of trials, rated as those of one (our convention)", is_our_convention=True
    ),
    Design.CASE_CONTROL: Level(4, "case-control study"),
    Design.CASE_SERIES: Level(4, "case series"),
    Design.REVIEW_OF_UNCONTROLLED: Level(
        4,
        "systematic review of case series, rated as its studies (our convention)",
        is_our_convention=True,
    ),
}

_ROWS: Mapping[Question, Mapping[Design, Level]] = {
    Question.BENEFIT: _TREATMENT,
    Question.COMPARISON: _TREATMENT,
    Question.HARM: _TREATMENT,
    Question.PREVALENCE: _PREVALENCE,
    Question.DIAGNOSIS: _DIAGNOSIS,
    Question.PROGNOSIS: _PROGNOSIS,
    Question.SCREENING: _TREATMENT,
}


def level_of_evidence(question: Question, design: Design, included: Sequence[Design] = ()) -> Level:
    """The level at which the table places a design for a question, before any judgement.

    A mixed review, of which the table knows nothing, is rated as the best of the designs that it has
    `included` (our convention). Gives `Level(None, why)` where the table has no such cell or does not
    apply to the question.
    """
    if question not in _ROWS:
        return Level(None, f"the table does not rate {question} questions")
    row = _ROWS[question]
    inside = [row[each] for each in included if each in row] if design is Design.REVIEW_MIXED else []
    if inside:
        best = min(inside, key=lambda level: level.value or 0)
        reason = f"mixed review, rated as the best of its studies (our convention): {best.reason}"
        return Level(best.value, reason, is_our_convention=True)
    level = row.get(design)
    if level is None:
        return Level(None, f"the table has no level for {design} on a {question} question")
    return level
