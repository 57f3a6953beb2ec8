"""Forms in JupyterLab: to decide on claims, triage suggestions, rate blind, answer a lesson."""

from review.widgets.decide import DecisionForm
from review.widgets.lesson import LessonForm
from review.widgets.rate import RatingForm
from review.widgets.triage import TriageForm

__all__ = ["DecisionForm", "LessonForm", "RatingForm", "TriageForm"]
