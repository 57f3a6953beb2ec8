"""Suggests the citations of a page: where it names a source, which one, and for which claims it stands.

As with claims, a suggestion is a machine's reading with its reason: a citation counts when a named
person has put it into `evidence/citations.csv`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from review.dossier.dossier import Dossier
from review.language.citations.found import FoundCitation
from review.language.sentences import Span
from review.literature.cited import CitedReferences, Identified
from review.model.citing import Citation, Identity, Scope
from review.model.knowledge.citation_cues import CitationKind
from review.model.vocabulary import NOT_APPLICABLE

NOT_LOOKED_UP = "nobody has looked it up"
"""What is said of a source that no reference of the library is."""


@dataclass(frozen=True, slots=True)
class SuggestedCitation:
    """A suggested citation: as found, the reference that it means, the claims it stands for.

    `claims` are the places of claims; none for a source named for the whole page (`scope`). A mark that
    leads to several entries means several references, one after the other in `sources`.
    """

    found: FoundCitation
    scope: Scope
    sources: tuple[Identified, ...]
    claims: tuple[Span, ...]

    @property
    def reason(self) -> str:
        """By what it was found and identified."""
        told = "; ".join(dict.fromkeys(source.reason for source in self.sources))
        return f"{self.found.reason}; {told}"


def suggested_citations(
    page_text: str, review: Dossier, claims: Iterable[Span] = ()
) -> tuple[SuggestedCitation, ...]:
    """The citations suggested for a page, in reading order; none overlaps another.

    `claims` are the places of the page's claims, for which a citation can stand.
    """
    found = review.lexicon.citations.find(page_text)
    page = _Cited(found, CitedReferences(review.evidence.references), tuple(claims))
    return tuple(page.suggested(citation) for citation in found)


class _Cited:
    """The citations of a page and the claims for which they can stand."""

    def __init__(
        self, found: Sequence[FoundCitation], library: CitedReferences, claims: Sequence[Span]
    ) -> None:
        self._library = library
        self._claims = claims
        self._entries = {c.start: c for c in found if c.kind is CitationKind.REFERENCE}
        self._marks: dict[int, list[FoundCitation]] = {}
        for citation in found:
            for start in citation.leads_to:
                self._marks.setdefault(start, []).append(citation)

    def suggested(self, citation: FoundCitation) -> SuggestedCitation:
        """A found citation with its sources and claims; an entry stands for what its marks stand for."""
        marks = self._marks.get(citation.start, []) if citation.kind is CitationKind.REFERENCE else []
        scope = Scope.MARK if marks else citation.scope
        stretches = [mark.stretch for mark in marks] or [citation.stretch]
        claims = () if scope is Scope.PAGE else tuple(self._standing_in(stretches))
        return SuggestedCitation(citation, scope, self._sources(citation), claims)

    def _standing_in(self, stretches: Collection[Span]) -> Iterator[Span]:
        for claim in self._claims:
            if any(span.start < claim.end and claim.start < span.end for span in stretches):
                yield claim

    def _sources(self, citation: FoundCitation) -> tuple[Identified, ...]:
        if citation.kind is CitationKind.NAMELESS:
            why = "nothing is named by which it could be looked up"
            return (Identified("", Identity.NAMELESS, (), why),)
        if not (citation.leads_to or citation.labels) or citation.kind is CitationKind.REFERENCE:
            return (self._identified(citation),)
        entries = [self._identified(self._entries[start]) for start in citation.leads_to]
        # A number may lead nowhere beside others that lead to an entry.
        if len(citation.leads_to) < len(citation.labels):
            entries.append(
                Identified("", Identity.NOT_FOUND, (), "the page has no entry of this number")
            )
        return tuple(entries)

    def _identified(self, citation: FoundCitation) -> Identified:
        is_reference = citation.kind is CitationKind.REFERENCE
        return self._library.identify(citation.parts, is_reference=is_reference)


def as_citation_row(suggested: SuggestedCitation) -> dict[str, object]:
    """A suggested citation as plain values for JSON, what was not read left out."""
    found = suggested.found
    parts = {name: value for name, value in asdict(found.parts).items() if value}
    return {
        "start": found.start,
        "end": found.end,
        "printed": found.printed,
        "kind": found.kind,
        "scope": suggested.scope,
        "labels": found.labels,
        "leads_to": found.leads_to,
        "parts": parts,
        "sources": [
            {
                "study": source.study or NOT_APPLICABLE,
                "identity": source.identity,
                "faults": [f"{fault.field}: {fault.detail}" for fault in source.faults],
                "reason": source.reason,
            }
            for source in suggested.sources
        ],
        "claims": [list(span) for span in suggested.claims],
        "reason": found.reason,
    }


def citation_records(page_text: str, page: str, review: Dossier) -> Iterator[Citation]:
    """The suggestions in the form of `citations.csv`, numbered on from those of the evidence.

    `claims` are those recorded of the page; a page that is not of the evidence has none yet. A mark
    that leads to entries of the page has no row of its own: the entry has the claims of its marks.
    """
    recorded = [claim for claim in review.evidence.claims.values() if claim.page == page]
    claims = {Span(claim.start, claim.end): claim.claim for claim in recorded}
    rows = [
        (citation, source)
        for citation in suggested_citations(page_text, review, claims)
        for source in citation.sources[len(citation.found.leads_to) :]
    ]
    for number, (citation, source) in enumerate(rows, start=_next_number(review.evidence.citations)):
        yield Citation(
            citation=f"cit-{number:04d}",
            page=page,
            start=citation.found.start,
            end=citation.found.end,
            printed=citation.found.printed,
            study=source.study or NOT_APPLICABLE,
            identity=source.identity,
            faults=source.faults,
            scope=citation.scope,
            claims=tuple(claims[span] for span in citation.claims),
            reason=_row_reason(citation, source),
        )


def _next_number(citations: Mapping[str, Citation]) -> int:
    return max((int(key.rpartition("-")[2]) for key in citations), default=0) + 1


def _row_reason(citation: SuggestedCitation, source: Identified) -> str:
    told = f"Suggested by machine: {citation.found.reason}; {source.reason}"
    return f"{told}; {NOT_LOOKED_UP}." if source.identity is Identity.NOT_FOUND else f"{told}."
