"""A paper as a reference and as a draft of its study, in which nothing counts yet."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from review.literature.abstracts import AbstractFacts, Effect, Fact
from review.literature.paper import Paper
from review.literature.services.trials import Trial
from review.model.latex import escaped
from review.model.readings import FACTS
from review.model.records import Reference, Study
from review.model.vocabulary import (
    NOT_REPORTED,
    Checked,
    Design,
    Funding,
    Identifier,
    Species,
    TrialState,
)

_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_DOI = "https://doi.org/"
_REGISTRY = "https://clinicaltrials.gov/study/"
_OPEN = frozenset(
    "NOT_YET_RECRUITING RECRUITING ENROLLING_BY_INVITATION ACTIVE_NOT_RECRUITING SUSPENDED".split()
)
_ENDED = frozenset(("COMPLETED", "TERMINATED", "WITHDRAWN"))
"""Overall statuses of ClinicalTrials.gov (data structure of its API, version 2)."""
_READ_AS = {"sample": "arms"}
"""The keys of a study that the reader of abstracts calls otherwise."""


def reference_of(paper: Paper, key: str, trial: Trial | None = None) -> Reference:
    """The BibTeX entry of a paper, with what its record says and nothing else."""
    details = paper.details
    people = [_bibtex_name(p.family, p.given, p.is_body) for p in details.people]
    people = people or [_bibtex_name(name, "", True) for name in paper.authors]
    published = (details.published or paper.year).split("-")
    journal = details.journal or paper.container
    is_chapter = "Book Chapter" in paper.publication_types
    fields = {
        "author": " and ".join([*people, *(["others"] if paper.more_authors and people else [])]),
        "title": escaped(paper.title),
        "booktitle" if is_chapter else "journal": escaped(journal),
        "year": published[0],
        "month": str(int(published[1])) if len(published) > 1 else "",
        "day": str(int(published[2])) if len(published) > 2 else "",
        "volume": escaped(details.volume),
        "number": escaped(details.issue),
        "pages": escaped(details.pages.replace("–", "-").replace("-", "--")),
        "doi": doi_of(paper),
        "pmid": paper.pmid,
    }
    if trial:
        fields |= {"author": "", "journal": "", "howpublished": "ClinicalTrials.gov"}
        fields["url"] = f"{_REGISTRY}{trial.nct}"
    if trial:
        entry_type = "misc"
    elif is_chapter:
        entry_type = "incollection"
    else:
        entry_type = "article" if journal else "misc"
    kept = {name: value for name, value in fields.items() if value}
    return Reference(key=key, entry_type=entry_type, fields=kept)


def doi_of(paper: Paper) -> str:
    """The DOI where BibTeX can hold it as it is."""
    return "" if any(sign in paper.doi for sign in "{}\\") else paper.doi


def draft_of(paper: Paper, key: str, facts: AbstractFacts, day: date) -> Study:
    """The draft of a study: what was read in its abstract, each with its sentence, and nothing else."""
    stated = {name: facts.stated.get(_READ_AS.get(name, name)) for name in FACTS}
    if facts.funding_kind is None:
        stated["funding_kind"] = None
    read = {name: fact for name, fact in stated.items() if fact is not None}
    if paper.details.abstract_is_rebuilt:
        # Its words were put together from an index: they are nobody's sentences.
        read = {}
    effects = () if paper.details.abstract_is_rebuilt else facts.effects
    findings = [_finding(f"f{n}", effect, paper) for n, effect in enumerate(effects, start=1)]
    sentences = {name: fact.sentence for name, fact in read.items()}
    sentences |= {f"f{n}": effect.sentence for n, effect in enumerate(effects, start=1)}
    registration = read.get("registration")
    if registration is None and len(paper.details.registrations) == 1:
        (number,) = paper.details.registrations
        read["registration"] = Fact(number, f"The record of the database names {number}.")
        sentences["registration"] = read["registration"].sentence
    values = {name: fact.value for name, fact in read.items()}
    return _study(paper, key, day, values, sentences, findings)


def draft_of_trial(paper: Paper, key: str, trial: Trial, day: date) -> Study:
    """The draft of a registered trial: what its entry says; it has no findings."""
    values: dict[str, Any] = {
        "design": Design.REGISTRY_ENTRY,
        "species": Species.HUMAN,
        "registration": trial.nct,
    }
    sentences = {
        "design": f"ClinicalTrials.gov has it as {trial.nct}.",
        "species": "ClinicalTrials.gov registers studies in people.",
        "registration": f"ClinicalTrials.gov has it as {trial.nct}.",
    }
    if trial.enrolment.count is not None:
        values["n"] = trial.enrolment.count
        sentences["n"] = f"Enrolment {trial.enrolment.count}, {trial.enrolment.kind or 'kind not told'}."
    if trial.sponsor:
        values["funding"], sentences["funding"] = trial.sponsor, f"Sponsor: {trial.sponsor}."
    other = {
        "population": "; ".join(trial.conditions) or NOT_REPORTED,
        "intervention": "; ".join(trial.interventions) or NOT_REPORTED,
        "trial_state": _state(trial),
    }
    draft = _study(paper, key, day, values, sentences, [], other)
    source = draft.readings.model_copy(update={"source": f"{_REGISTRY}{trial.nct}"})  # type: ignore[union-attr]
    return draft.model_copy(update={"readings": source, "warnings": ()})


def _state(trial: Trial) -> TrialState | None:
    if trial.status in _OPEN:
        return TrialState.OPEN
    return TrialState.ENDED if trial.status in _ENDED else None


def _study(
    paper: Paper,
    key: str,
    day: date,
    values: Mapping[str, Any],
    sentences: Mapping[str, str],
    findings: list[dict[str, Any]],
    other: Mapping[str, Any] | None = None,
) -> Study:
    is_entry = values.get("design") is Design.REGISTRY_ENTRY
    absent = Identifier.NOT_APPLICABLE if is_entry else Identifier.NOT_FOUND
    facts = {name: {"sentence": sentence} for name, sentence in sentences.items()}
    return Study.model_validate(
        {
            "study": key,
            "design": Design.NOT_REPORTED,
            "species": Species.NOT_REPORTED,
            "population": NOT_REPORTED,
            "n": NOT_REPORTED,
            "sample": NOT_REPORTED,
            "intervention": NOT_REPORTED,
            "comparator": NOT_REPORTED,
            "follow_up": NOT_REPORTED,
            "funding_kind": Funding.NOT_REPORTED,
            "funding": NOT_REPORTED,
            "conflicts": NOT_REPORTED,
            "registration": NOT_REPORTED,
            "doi": Identifier.CONFIRMED if doi_of(paper) else absent,
            "pmid": Identifier.CONFIRMED if paper.pmid else absent,
            "recorded": day,
            "checked": Checked.READ_BY_MACHINE,
            "findings": findings,
            "warnings": tuple(_warnings(paper)),
            **(other or {}),
            **values,
            "readings": {"source": source_of(paper), "sha256": digest_of(paper), "facts": facts},
        }
    )


def source_of(paper: Paper) -> str:
    """Where the abstract of a paper can be read: its address in PubMed, of its DOI, or its key."""
    if paper.pmid:
        return f"{_PUBMED}{paper.pmid}/"
    return f"{_DOI}{paper.doi}" if paper.doi else paper.key


def digest_of(paper: Paper) -> str:
    """What tells an abstract again: the SHA-256 of title and text with one blank between words."""
    return hashlib.sha256(" ".join(f"{paper.title} {paper.abstract}".split()).encode()).hexdigest()


def _warnings(paper: Paper) -> Iterator[str]:
    if paper.notices.label:
        yield f"Its record names a notice: {paper.notices.label}."
    if not paper.abstract:
        yield "Its record holds no abstract, so nothing was read of it."
    if paper.details.abstract_is_rebuilt:
        yield "Its abstract was put together from an index of words, so nothing was read in it."


def _finding(name: str, effect: Fact[Effect], paper: Paper) -> dict[str, Any]:
    stated = effect.value
    fields = {
        "finding": name,
        "outcome": stated.outcome or NOT_REPORTED,
        "result": effect.sentence,
        "measure": stated.measure,
        "estimate": stated.estimate,
        "ci_low": stated.low,
        "ci_high": stated.high,
        "unit": stated.unit or None,
        "p": stated.p or None,
        "checked": Checked.READ_BY_MACHINE,
        "source": source_of(paper),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _bibtex_name(family: str, given: str, is_body: bool) -> str:
    """A name as BibTeX reads it: a body in braces, a person as `Family, Given`."""
    if is_body or not given:
        return f"{{{escaped(family)}}}"
    return f"{escaped(family)}, {escaped(given)}"
