"""Forms in JupyterLab: to decide on claims, and to triage the claims suggested for a page."""

from review.widgets.decide import DecisionForm
from review.widgets.triage import TriageForm

__all__ = ["DecisionForm", "TriageForm"]
