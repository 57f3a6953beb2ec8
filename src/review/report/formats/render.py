"""The report model as JSON."""

import json
from dataclasses import asdict

from review.report.model import Report


def report_json(report: Report) -> str:
    """The whole report as JSON, keys in the order of the model."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n"
