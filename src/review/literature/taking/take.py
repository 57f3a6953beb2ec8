"""Which records are taken, which the library holds already, and what each of them becomes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from review.literature.abstracts import AbstractReader
from review.literature.duplicates import same_papers
from review.literature.identifiers import doi_in
from review.literature.library import library_papers
from review.literature.paper import Paper
from review.literature.services.trials import Trial
from review.literature.taking.drafts import draft_of, draft_of_trial, reference_of
from review.literature.taking.keys import key_of, trial_number
from review.model.errors import InOption, Problem
from review.model.records import Evidence, Reference, Study


@dataclass(frozen=True, slots=True)
class Taken:
    """A record that is taken: the paper, its reference and the draft of its study."""

    paper: Paper
    reference: Reference
    study: Study


@dataclass(frozen=True, slots=True)
class Takings:
    """What is taken, and of each record that the library holds already under which key."""

    taken: tuple[Taken, ...]
    held: tuple[tuple[Paper, str], ...]


def chosen(papers: Sequence[Paper], keys: Sequence[str]) -> tuple[list[Paper], list[Problem]]:
    """The papers that `keys` name, each once, and what is wrong with the others; without keys all.

    A key is that of the file, a PubMed number, a DOI, or the number of a registered trial.
    """
    if not keys:
        return list(papers), []
    found: list[Paper] = []
    problems = []
    for key in keys:
        named = [paper for paper in papers if _goes_by(paper, key)]
        if not named:
            remedy = "Name it as the file has it, or by PubMed number, DOI or NCT number."
            problems.append(InOption(key).problem("no record of the files goes by it", remedy=remedy))
        elif len(named) > 1:
            places = ", ".join(str(paper.place) for paper in named)
            fault = f"several records go by it: {places}"
            problems.append(InOption(key).problem(fault, remedy="Use a PubMed number or a DOI."))
        elif named[0] not in found:
            found.append(named[0])
    return found, problems


def _goes_by(paper: Paper, key: str) -> bool:
    names = {paper.key.lower(), paper.pmid, paper.doi, trial_number(paper).lower()} - {""}
    # A file of hits has keys like `pubmed:31234567`.
    names |= {paper.key.lower().rpartition(":")[2]}
    return key.lower() in names or (bool(paper.doi) and doi_in(key) == paper.doi)


def takings(
    papers: Sequence[Paper],
    trials: Mapping[str, Trial],
    evidence: Evidence,
    reader: AbstractReader,
    day: date,
) -> Takings:
    """What `papers` become beside the evidence, those that it holds already set aside.

    Two entries are one paper by the rule of `review.literature.duplicates`; a registered trial is held
    where a study has its number and is an entry of a registry.
    """
    library = library_papers(evidence)
    held_keys = {id(paper): paper.key for paper in library}
    registered = dict(_registered(evidence))
    taken: list[Taken] = []
    held: list[tuple[Paper, str]] = []
    keys = set(evidence.references)
    new = {id(paper) for paper in papers}
    for group in same_papers([*library, *papers]):
        ours = [paper for paper in group if id(paper) in new]
        known = next((held_keys[id(paper)] for paper in group if id(paper) in held_keys), "")
        for paper in ours:
            known = known or registered.get(trial_number(paper), "")
            if known:
                held.append((paper, known))
                continue
            made = _taken(paper, trials.get(trial_number(paper)), keys, reader, day)
            taken.append(made)
            keys.add(made.reference.key)
            known = made.reference.key
    return Takings(tuple(taken), tuple(held))


def _registered(evidence: Evidence) -> Iterator[tuple[str, str]]:
    for key, study in evidence.studies.items():
        if study.trial_state is not None or study.design == "registry-entry":
            yield study.registration.upper(), key


def _taken(
    paper: Paper, trial: Trial | None, keys: Collection[str], reader: AbstractReader, day: date
) -> Taken:
    key = key_of(paper, keys)
    reference = reference_of(paper, key, trial)
    if trial:
        return Taken(paper, reference, draft_of_trial(paper, key, trial, day))
    return Taken(paper, reference, draft_of(paper, key, reader.read(paper.title, paper.abstract), day))
