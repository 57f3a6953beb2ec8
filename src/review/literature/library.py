"""The evidence as a corpus: what was read of each study, under its reference."""

from collections import defaultdict

from review.literature.identifiers import doi_in
from review.literature.notices import Notices, notices_of
from review.literature.paper import Paper
from review.model.bibtex import OTHERS, author_names, cited_name
from review.model.errors import InFile
from review.model.latex import address, plain_text
from review.model.notices import in_force
from review.model.records import Evidence, Notice, Reference, Study
from review.model.vocabulary import NOT_APPLICABLE, NOT_REPORTED, Checked


def library_papers(evidence: Evidence) -> list[Paper]:
    """One paper a reference, in the order of the keys.

    Its text is the population, the intervention and the results recorded of the study, one a line; a
    reference without a study is its title alone. A notice that is recorded counts on every day: what is
    offered for reading is read now.
    """
    about: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in evidence.notices:
        about[notice.study].append(notice)
    return [
        _paper(
            key,
            reference,
            evidence.studies.get(key),
            evidence.places[_REFERENCE, key],
            notices_of(plain_text(reference.fields["title"]), ()).with_about(
                notice.kind for notice in in_force(about[key])
            ),
        )
        for key, reference in evidence.references.items()
    ]


_REFERENCE = "reference"


def _paper(
    key: str, reference: Reference, study: Study | None, place: InFile, notices: Notices
) -> Paper:
    fields = {name: plain_text(value) for name, value in reference.fields.items()}
    authors = author_names(reference.fields.get("author", ""))
    return Paper(
        key=key,
        title=fields["title"],
        abstract=_recorded(study) if study else "",
        place=place,
        authors=tuple(cited_name(author) for author in authors if author != OTHERS),
        more_authors=OTHERS in authors,
        year=fields.get("year", ""),
        container=fields.get("journal") or fields.get("booktitle") or fields.get("publisher", ""),
        doi=doi_in(address(reference.fields.get("doi", ""))),
        pmid=fields.get("pmid", ""),
        notices=notices,
        # What a machine read of a study, and nobody confirmed, suggests nothing.
        design=study.design if study and not study.is_draft else None,
        species=study.species if study and not study.is_draft else None,
        checked=study.checked if study else None,
    )


def _recorded(study: Study) -> str:
    lines = [study.population, study.intervention]
    lines += [
        f"{finding.outcome}: {finding.result}"
        for finding in study.findings
        if finding.checked is not Checked.READ_BY_MACHINE
    ]
    return "\n".join(line for line in lines if line not in (NOT_REPORTED, NOT_APPLICABLE))
