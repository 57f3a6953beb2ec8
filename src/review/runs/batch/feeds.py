"""Whether a change of the evidence feeds a report: what it would say now, beside what it says."""

import json
from pathlib import Path
from typing import Any

from review.model.days import last_day
from review.model.records import Evidence
from review.runs.batch.plan import BatchRun
from review.runs.report_run import report_notebook
from review.store.code import file_digest
from review.store.inputs.report_file import REPORT

_ORIGIN = "provenance"
"""The part of a report that tells what it was made from, down to every file."""


def says_the_same(report: Path, run: BatchRun, evidence: Evidence) -> bool:
    """Whether the report in a folder says what it would say if it were made from `evidence` now.

    Only what it was made from may differ. Whatever has another notebook than ours may say more than the
    report does, and counts as not the same.
    """
    if run.made_from["notebook"] != file_digest(report_notebook(None)):
        return False
    try:
        before = json.loads((report / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    now = json.loads(_report_now(run, evidence))
    same: bool = _without_origin(before) == _without_origin(now)
    return same


def _without_origin(report: Any) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key != _ORIGIN}


def _report_now(run: BatchRun, evidence: Evidence) -> str:
    # Loads every part of a report; most batches find nothing changed, and do without.
    from review.report.formats.render import report_json
    from review.workbench import Review

    given = run.parameters
    review = Review(evidence, given.as_of or last_day(evidence))
    review = review.select(
        given.pages, given.topics, given.categories, jurisdictions=given.jurisdictions
    ).graded_with(given.start_rule, given.upgrading, given.information_size)
    made = review.report(
        given.audience, given.framework, given.reviewer, given.organisation, given.citation_style
    )
    return report_json(made.report)
