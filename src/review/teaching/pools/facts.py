"""What items tell a learner of studies and statements: facts from the records, never a judgement."""

from collections.abc import Iterable, Iterator

from review.dossier.dossier import Dossier
from review.model.bibliography import plain_text, short_citation
from review.model.records import Finding, Proposition, Study
from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED, Species, spoken
from review.teaching.items import Worked


def one_line(text: str) -> str:
    """`text` without line breaks or doubled blanks."""
    return " ".join(text.split())


def statement_lines(proposition: Proposition) -> Iterator[str]:
    """A statement with the parts of its question."""
    yield f"Statement: {proposition.statement}"
    yield from question_lines(proposition)


def question_lines(proposition: Proposition) -> Iterator[str]:
    """The kind of question and its parts, as a list."""
    yield f"- Kind of question: {proposition.question}"
    parts = {
        "Population": proposition.population,
        "Intervention": proposition.intervention,
        "Comparator": proposition.comparator,
        "Outcome": proposition.outcome,
        "Time": proposition.horizon,
    }
    for name, text in parts.items():
        if text != NOT_APPLICABLE:
            yield f"- {name}: {_plain(text)}"


def study_lines(dossier: Dossier, study: Study) -> Iterator[str]:
    """A study as a paragraph and a list: design, people, treatment, time, money, what was read of it."""
    fields = dossier.evidence.references[study.study].fields
    yield f"Study {citation(dossier, study.study)} ({study.study}):"
    yield f"- Title: {one_line(plain_text(fields['title']))}"
    facts = {
        "Design": f"{study.design.spoken}{_DONE_IN.get(study.species, '')}",
        "Participants": _participants(study),
        "Population": study.population,
        "Intervention": study.intervention,
        "Comparator": study.comparator,
        "Follow-up": study.follow_up,
        "Funding": study.funding,
        "Conflicts": study.conflicts,
        "Registration": study.registration,
        "Read": study.checked,
    }
    yield from (f"- {name}: {_plain(text)}" for name, text in facts.items() if text != NOT_APPLICABLE)


def _participants(study: Study) -> str:
    has_sample = study.sample not in (NOT_REPORTED, NOT_APPLICABLE)
    return f"{_plain(str(study.n))} ({study.sample})" if has_sample else str(study.n)


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings as a list, each with its outcome and, where it has one, its interval."""
    for finding in findings:
        interval = (
            f" (95% interval {finding.ci_low:g} to {finding.ci_high:g})"
            if finding.ci_low is not None and finding.ci_high is not None
            else ""
        )
        unread = " (not verified)" if not finding.checked.is_verified else ""
        yield f"- Finding, {one_line(finding.outcome)}: {one_line(finding.result)}{interval}{unread}"


def citation(dossier: Dossier, study: str) -> str:
    """First author and year."""
    return short_citation(dossier.evidence.references[study])


def not_worked_out(left_out: Iterable[str]) -> Worked:
    """That too little was answered to say what follows from it."""
    named = ", ".join(left_out)
    how = f"It cannot be worked out from your own answers: you left out {named}. Discuss."
    return Worked("", how)


_DONE_IN = {
    Species.HUMAN: ", in people",
    Species.ANIMAL: ", in animals",
    Species.CELLS: ", in cells",
    Species.MIXED: ", in more than one of people, animals and cells",
}


def _plain(text: str) -> str:
    return spoken(text) if text in (NOT_REPORTED, NOT_APPLICABLE) else one_line(text)
