"""The report model as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from review.report.model import Report

_DRAWN_ONLY = frozenset({"signs", "codes"})
"""Fields of the tables of bias that say how a judgement is drawn; the words stand beside them."""


def report_json(report: Report) -> str:
    """The whole report as JSON, keys in the order of the model, but for what only figures use."""
    data = asdict(report, dict_factory=_kept)
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _kept(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in fields if name not in _DRAWN_ONLY}
