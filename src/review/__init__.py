"""Reviews the marketing claims of clinic pages against the literature, by published rules.

In a notebook: `import review`, then `r = review.open("evidence")`, `r.claims`, `r.verdicts()`,
`r.standing("…")`, `r.report()`. `review.decision_form("evidence")` shows the form to decide on claims,
`review.triage_form("evidence", own="our-clinic")` the one to go through the suggested claims of a page,
`review.rating_form("evidence", kind="grade", sheet="ratings.csv")` the one to rate blind,
`review.take_form("evidence", corpus=["hits.json"])` the one to confirm what a machine read of studies.
`review.lesson_form("lesson-4.ipynb")` is the one on which a learner answers; `review.lesson(4)` is the
lesson with its key, as its teacher sees it.
"""

from review.model.version import __version__

# Imported where they are used: `import review` must not load what only one of the functions needs.
TYPE_CHECKING = False
"""True to a type checker; `typing` has the same, and is not loaded for it."""
if TYPE_CHECKING:
    from collections.abc import Sequence

    from review.teaching.lesson import Lesson
    from review.widgets import DecisionForm, LessonForm, RatingForm, TakeForm, TriageForm
    from review.workbench import Review

__all__ = [
    "__version__",
    "decision_form",
    "lesson",
    "lesson_form",
    "open",
    "rating_form",
    "take_form",
    "triage_form",
]


def open(*evidence: str, as_of: str | None = None) -> "Review":
    """The review of the evidence in one or more folders; see `review.workbench.open_review`.

    Without a folder, `evidence` below the current folder is read.
    """
    from review.workbench import open_review

    return open_review(evidence or ("evidence",), as_of)


def decision_form(*evidence: str, as_of: str | None = None) -> "DecisionForm":
    """The form to decide on the claims in one or more folders, for the last cell of a notebook.

    Decisions are recorded in the last folder; without a folder, `evidence` below the current one.
    """
    from review.widgets import DecisionForm

    return DecisionForm(evidence or ("evidence",), as_of)


def triage_form(*evidence: str, own: str, page: str = "") -> "TriageForm":
    """The form to go through the claims suggested for a page, for the last cell of a notebook.

    What is accepted or refused is written to the folder `own`, which is made with the first row if it
    is not there; suggestions are learnt from the folders before it. Without a page, the first is shown.
    """
    from review.widgets import TriageForm

    before = [folder for folder in evidence or ("evidence",) if folder != own]
    return TriageForm([*before, own], page)


def rating_form(*evidence: str, kind: str, sheet: str) -> "RatingForm":
    """The form on which one reviewer rates blind, for the last cell of a notebook.

    Ratings go to `sheet`, a CSV or XLSX file that is made with the first one. Raises ParameterError for
    an unknown kind; the kinds are those of `review rate`.
    """
    from review.widgets import RatingForm

    return RatingForm(evidence or ("evidence",), kind, sheet)


def take_form(*evidence: str, corpus: "Sequence[str]" = (), study: str = "") -> "TakeForm":
    """The form to confirm what a machine read of studies, for the last cell of a notebook.

    Each step is written to the study's file in one of the folders. `corpus` names the files in which the
    abstracts stand, shown beside their facts; without a study, the first that waits is shown.
    """
    from review.widgets import TakeForm

    return TakeForm(evidence or ("evidence",), corpus, study)


def lesson(number: int, *evidence: str) -> "Lesson":
    """A lesson (1 to 6) made from the evidence in one or more folders, with the key to its items.

    Without a folder, `evidence` below the current one is read.
    """
    from review.model.extras import require

    require("lab", "review.lesson")
    from review.teaching.lesson import open_lesson

    return open_lesson(number, evidence or ("evidence",))


def lesson_form(notebook: str) -> "LessonForm":
    """The form to answer the items of a learner's notebook, for a cell of that notebook.

    `notebook` is the file's name. Answers are written beside it at once, never into it.
    """
    from review.widgets import LessonForm

    return LessonForm(notebook)
