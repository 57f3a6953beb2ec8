"""The evidence as a corpus: what was read of each study, under its reference."""

from review.literature.paper import Paper
from review.model.bibliography import plain_text
from review.model.errors import InFile
from review.model.records import Evidence, Reference, Study
from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED


def library_papers(evidence: Evidence) -> list[Paper]:
    """One paper a reference, in the order of the keys.

    Its text is the population, the intervention and the results recorded of the study, one a line; a
    reference without a study is its title alone.
    """
    return [
        _paper(key, reference, evidence.studies.get(key), evidence.places[_REFERENCE, key])
        for key, reference in evidence.references.items()
    ]


_REFERENCE = "reference"


def _paper(key: str, reference: Reference, study: Study | None, place: InFile) -> Paper:
    fields = {name: plain_text(value) for name, value in reference.fields.items()}
    authors = reference.fields.get("author", "").split(" and ")
    return Paper(
        key=key,
        title=fields["title"],
        abstract=_recorded(study) if study else "",
        place=place,
        authors=tuple(plain_text(author).split(",")[0].strip() for author in authors if author),
        year=fields.get("year", ""),
        container=fields.get("journal") or fields.get("booktitle") or fields.get("publisher", ""),
        design=study.design if study else None,
        species=study.species if study else None,
        checked=study.checked if study else None,
    )


def _recorded(study: Study) -> str:
    lines = [study.population, study.intervention]
    lines += [f"{finding.outcome}: {finding.result}" for finding in study.findings]
    return "\n".join(line for line in lines if line not in (NOT_REPORTED, NOT_APPLICABLE))
