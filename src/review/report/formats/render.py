"""The report model as JSON."""

import json
from dataclasses import fields, is_dataclass

from review.report.model import Report

_DRAWN_ONLY = frozenset({"signs", "codes"})
"""Fields of the tables of bias that say how a judgement is drawn; the words stand beside them."""


def report_json(report: Report) -> str:
    """The whole report as JSON, keys in the order of the model, but for what only figures use."""
    return json.dumps(report, default=_kept, ensure_ascii=False, indent=1) + "\n"


def _kept(record: object) -> dict[str, object]:
    """The fields of a record by name. Raises TypeError for what is none."""
    if not is_dataclass(record):
        raise TypeError(f"{record!r} has no form in JSON")
    names = (field.name for field in fields(record))
    return {name: getattr(record, name) for name in names if name not in _DRAWN_ONLY}
