"""One study and one standard close up, as tables: what was recorded, how it was appraised."""

from collections.abc import Mapping

from review.appraisal import TOOLS
from review.dossier.dossier import Dossier
from review.dossier.frame import Table, table
from review.grading.ocebm import level_of_evidence
from review.model.bibliography import short_citation
from review.model.vocabulary import Design, Question

_FACTS = (
    "design", "species", "population", "n", "sample", "intervention", "comparator", "follow_up",
    "funding", "conflicts", "registration", "checked",
)  # fmt: skip


def study_table(review: Dossier, study: str) -> Table:
    """One row a fact recorded of a study, from its citation to what was read of it.

    Raises KeyError for an unknown study.
    """
    record = review.evidence.studies[study]
    rows = [{"fact": "citation", "recorded": short_citation(review.evidence.references[study])}]
    rows += [{"fact": name, "recorded": _plain(getattr(record, name))} for name in _FACTS]
    return table(rows, "fact")


def findings_table(review: Dossier, study: str) -> Table:
    """One row a finding of a study: outcome, result, what was read of it. Raises KeyError as above."""
    rows = [
        {
            "finding": finding.finding,
            "outcome": finding.outcome,
            "result": _plain(finding.result),
            "checked": str(finding.checked),
        }
        for finding in review.evidence.studies[study].findings
    ]
    return table(rows, "finding")


def appraisal_table(review: Dossier, study: str) -> Table:
    """One row an item of the study's appraisal tool: the question, the answer, the reason.

    Raises KeyError for a study without a recorded appraisal.
    """
    appraisal = review.evidence.appraisals[study]
    tool = TOOLS[appraisal.tool, appraisal.version]
    rows = [
        {
            "item": item,
            "question": question,
            "answer": appraisal.answers[item].answer,
            "reason": _plain(appraisal.answers[item].reason),
        }
        for item, question in tool.items.items()
    ]
    return table(rows, "item")


_ROWS: Mapping[str, Question] = {
    "benefit, comparison, harm": Question.BENEFIT,
    "prevalence": Question.PREVALENCE,
}
"""The rows of the OCEBM table that are used here, each under the questions that share it."""


def levels_table() -> Table:
    """One row an OCEBM 2011 level: the designs that it holds, by kind of question."""
    rows = [
        {"level": level, **{name: _designs(question, level) for name, question in _ROWS.items()}}
        for level in range(1, 6)
    ]
    return table(rows, "level")


def _designs(question: Question, level: int) -> str:
    found = [design for design in Design if level_of_evidence(question, design).value == level]
    return ", ".join(design.spoken for design in found) or "none"


def _plain(value: object) -> str:
    return " ".join(str(value).split())
