"""Forms in JupyterLab: to decide on claims, to triage those suggested for a page, to rate blind."""

from review.widgets.decide import DecisionForm
from review.widgets.rate import RatingForm
from review.widgets.triage import TriageForm

__all__ = ["DecisionForm", "RatingForm", "TriageForm"]
