"""A search: a claim in, papers out, each with why it was found and what is suggested of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.literature.kind import KindSuggestion, kind_of
from review.literature.library import library_papers
from review.literature.paper import Paper
from review.literature.ranking import Index, Meaning, RankedPaper
from review.literature.readers import Corpus, read_corpora
from review.literature.stance import Leaning, StanceSuggestion, suggested_stance
from review.literature.words import is_text, stems
from review.model.errors import InOption, ParameterError
from review.store.snapshot import read_evidence

LONGEST_CLAIM = 2_000


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A paper found, with its suggested kind and stance."""

    hit: RankedPaper
    kind: KindSuggestion
    stance: StanceSuggestion

    @property
    def kind_text(self) -> str:
        """The kind and in whom, with the words behind it, or that they do not tell."""
        because = f" ({', '.join(self.kind.because)})" if self.kind.because else ""
        species = self.hit.paper.species or self.kind.species
        whom = f", {species}" if species else ""
        return f"{self.kind.kind}{whom}{because}" if self.kind.kind else f"cannot tell{because}"

    @property
    def stance_text(self) -> str:
        """The suggested stance with how likely it is, or that a person must read."""
        notices = self.hit.paper.notices
        if notices.forbid_support:
            return f"none: {notices.label}"
        if leaning := self.suggested_stance:
            return f"suggested: {leaning} ({self.stance.probability:.0%}); a person decides"
        return "cannot tell; read the sentence"

    @property
    def suggested_stance(self) -> Leaning | None:
        """The stance to be shown; none for what was retracted, is in doubt, or is a notice."""
        return None if self.hit.paper.notices.forbid_support else self.stance.suggested

    @property
    def fields(self) -> dict[str, object]:
        """Everything as one JSON object; what is not known is null."""
        paper = self.hit.paper
        return {
            "rank": self.hit.rank,
            "key": paper.key,
            "citation": paper.citation,
            "title": paper.title,
            "doi": paper.doi or None,
            "pmid": paper.pmid or None,
            "notice": paper.notices.label or None,
            "place": str(paper.place),
            "also_at": list(map(str, paper.also)),
            "score": self.hit.score,
            "signals": dict(self.hit.signals),
            "verbatim": self.hit.verbatim,
            "matched": list(self.hit.matched),
            "sentence": self.hit.sentence,
            "design": paper.design,
            "checked": paper.checked,
            "species": paper.species or self.kind.species,
            "suggested_kind": self.kind.kind,
            "kind_because": list(self.kind.because),
            "suggested_stance": self.suggested_stance,
            "stance_probability": round(self.stance.probability, 2),
            "stance_sentence": self.stance.sentence,
        }


def corpus_of(corpora: Sequence[Path], folders: Sequence[Path]) -> Corpus:
    """The papers of the files, or where none is named those of the evidence folders.

    Of files the corpus holds the problems too, and InputError is raised where nothing can be read;
    evidence with a problem raises EvidenceError.
    """
    if corpora:
        return read_corpora(corpora)
    papers = library_papers(read_evidence(folders))
    return Corpus(tuple(papers), count=len(papers))


def answers(
    claim: str, papers: Sequence[Paper], top: int, meaning: Meaning | None = None
) -> list[SearchResult]:
    """The `top` papers for a claim, best first.

    Raises ParameterError for a claim without a word that carries meaning, or one that is too long.
    """
    if len(claim) > LONGEST_CLAIM:
        fault = f"the claim has {len(claim):,} characters"
        raise ParameterError.at(InOption("CLAIM"), fault, remedy=f"Use {LONGEST_CLAIM:,} at most.")
    if not stems(claim) or not is_text(claim):
        remedy = "Write the claim as a sentence."
        raise ParameterError.at(InOption("CLAIM"), "there is no word to look for", remedy=remedy)
    return answers_in(Index(papers), claim, top, meaning)


def answers_in(index: Index, claim: str, top: int, meaning: Meaning | None = None) -> list[SearchResult]:
    """The `top` papers of a corpus made ready, best first; none for a claim without a word."""
    if not stems(claim) or not is_text(claim):
        return []
    return [
        SearchResult(hit, kind_of(hit.paper), suggested_stance(claim, hit.paper.sentences, index.weight))
        for hit in index.hits(claim, top, meaning)
    ]
