"""Forms in JupyterLab: to decide, triage suggestions, rate blind, confirm readings, answer a lesson."""

# ruff: noqa: E402 - where a package is missing, the message comes before the first import of it
from review.model.extras import require

require("lab", "a form in JupyterLab")

from review.widgets.decide import DecisionForm
from review.widgets.lesson import LessonForm
from review.widgets.rate import RatingForm
from review.widgets.take import TakeForm
from review.widgets.triage import TriageForm

__all__ = ["DecisionForm", "LessonForm", "RatingForm", "TakeForm", "TriageForm"]
