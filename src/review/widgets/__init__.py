"""Forms in JupyterLab: to decide on claims, to triage those suggested for a page, to answer a lesson."""

from review.widgets.decide import DecisionForm
from review.widgets.lesson import LessonForm
from review.widgets.triage import TriageForm

__all__ = ["DecisionForm", "LessonForm", "TriageForm"]
