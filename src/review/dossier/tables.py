"""The tables of a review, as data frames for notebooks: what is claimed, how it stands, on what."""

from collections import Counter
from collections.abc import Mapping

from review.dossier.dossier import Dossier
from review.dossier.frame import Table, table
from review.grading.ocebm import level_of_evidence
from review.model.bibliography import short_citation
from review.model.vocabulary import Design, Question, YesNo


def pages_table(review: Dossier) -> Table:
    """One row a page: title, kind, characters, claims, start of the SHA-256, capture date."""
    counts = Counter(claim.page for claim in review.chosen_claims)
    rows = [
        {
            "page": key,
            "title": page.title,
            "kind": str(page.kind),
            "characters": len(page.text),
            "claims": counts[key],
            "sha256": page.sha256[:12],
            "captured": str(page.captured),
        }
        for key, page in review.evidence.pages.items()
        if key in review.page_ids
    ]
    return table(rows, "page")


def claims_table(review: Dossier) -> Table:
    """One row a claim, with the columns of `claims.csv`."""
    return table([claim.model_dump(mode="json") for claim in review.chosen_claims], "claim")


def verdicts_table(review: Dossier) -> Table:
    """One row a claim: quote, verdict, standing, OCEBM level, reasons, flags, allowed wording."""
    rows = [
        {
            "claim": j.claim.claim,
            "quote": j.claim.quote,
            "verdict": str(j.verdict),
            "standing": j.standing.label,
            "level": j.standing.level.number,
            "reasons": ", ".join(str(reason.code) for reason in j.reasons),
            "flags": ", ".join(sorted({hit.flag.flag for hit in j.flags})),
            "allowed_wording": j.allowed_wording,
        }
        for j in review.judged
    ]
    return table(rows, "claim")


def standings_table(review: Dossier) -> Table:
    """One row a proposition: question, statement, direction, standing, level, basis, studies."""
    rows = [
        {
            "proposition": s.proposition.proposition,
            "question": str(s.proposition.question),
            "statement": s.proposition.statement,
            "direction": str(s.direction),
            "standing": s.label,
            "level": s.level.number,
            "basis": str(s.basis),
            "studies": len(s.body.studies),
        }
        for s in review.standings
    ]
    return table(rows, "proposition")


def steps_table(review: Dossier, proposition: str) -> Table:
    """Every step of one grade: what was considered, by how much it moved, and why.

    Raises KeyError for an unknown proposition.
    """
    rows = [
        {"step": step.name, "levels": step.change, "reason": step.reason}
        for step in review.standing(proposition).steps
    ]
    return table(rows, "step")


def evidence_table(review: Dossier, proposition: str) -> Table:
    """One row a linked finding: study, design, n, stance, result, what was read of it, what counts.

    Raises KeyError for an unknown proposition.
    """
    body = review.standing(proposition).body
    why = {item.link.link: str(reason) for item, reason in body.excluded}
    items = [*body.counted, *(item for item, _ in body.excluded)]
    rows = [
        {
            "link": item.link.link,
            "study": short_citation(review.evidence.references[item.study.study]),
            "design": str(item.study.design),
            "n": str(item.study.n),
            "stance": str(item.link.stance),
            "result": _one_line(item.finding.result),
            "checked": str(item.finding.checked),
            "counts": why.get(item.link.link, str(YesNo.YES)),
        }
        for item in sorted(items, key=lambda item: item.link.link)
    ]
    return table(rows, "link")


def studies_table(review: Dossier) -> Table:
    """One row a study known on `as_of`: citation, design, species, n, funding, what was read."""
    rows = [
        {
            "study": key,
            "citation": short_citation(review.evidence.references[key]),
            "design": str(study.design),
            "species": str(study.species),
            "n": str(study.n),
            "funding": str(study.funding_kind),
            "checked": str(study.checked),
            "appraisal": review.appraisal_text(key),
            "findings": len(study.findings),
        }
        for key, study in review.evidence.studies.items()
        if review.is_known(key)
    ]
    return table(rows, "study")


def warnings_table(review: Dossier) -> Table:
    """One row a caution recorded with a study known on `as_of`."""
    rows = [
        {"study": key, "caution": _one_line(warning)}
        for key, study in review.evidence.studies.items()
        for warning in study.warnings
        if review.is_known(key)
    ]
    return table(rows, "study")


# One study, and one standard, close up

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
    rows += [{"fact": name, "recorded": _one_line(getattr(record, name))} for name in _FACTS]
    return table(rows, "fact")


def findings_table(review: Dossier, study: str) -> Table:
    """One row a finding of a study: outcome, result, what was read of it. Raises KeyError as above."""
    rows = [
        {
            "finding": finding.finding,
            "outcome": finding.outcome,
            "result": _one_line(finding.result),
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
    tool = review.evidence.packs.tools[appraisal.edition]
    rows = [
        {
            "item": item,
            "question": question,
            "answer": appraisal.answers[item].answer,
            "reason": _one_line(appraisal.answers[item].reason),
        }
        for item, question in tool.questions.items()
    ]
    return table(rows, "item")


_ROWS: Mapping[str, Question] = {
    "benefit, comparison, harm, screening": Question.BENEFIT,
    "prevalence": Question.PREVALENCE,
    "diagnosis": Question.DIAGNOSIS,
    "prognosis": Question.PROGNOSIS,
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
    designs = (design for design in Design if level_of_evidence(question, design).value == level)
    return ", ".join(design.spoken for design in designs) or "none"


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
