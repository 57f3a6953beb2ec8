"""The rows of a report on what its pages cite, and the sentence that sums them up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from review.dossier.dossier import Dossier
from review.model.bibliography import short_citation
from review.model.citing import Citation, Citing, Fidelity, Identity, Scope
from review.report.counted import counted
from review.report.evidence.profiles import citing as with_citations
from review.report.model import CitationRow, CitedRow, FaultRow, FidelityCount
from review.verdicts.fidelity import Held, citing_of


def citation_rows(review: Dossier, named: Mapping[str, str]) -> Iterator[CitationRow]:
    """Every place where the pages under review name a source, by page and in reading order.

    `named` stands in the place of the keys of studies that reasons and findings name.
    """
    shown = {claim.claim for claim in review.chosen_claims}
    for citation in review.citations:
        answers = review.held[citation.citation]
        counts = Counter(answer.fidelity for answer in answers)
        yield CitationRow(
            citation=citation.citation,
            page=citation.page,
            start=citation.start,
            end=citation.end,
            printed=citation.printed,
            study=citation.study if citation.has_study else "",
            reference=reference_of(review, citation),
            identity=citation.identity,
            faults=tuple(FaultRow(f.field, f.fault, f.sentence) for f in citation.faults),
            scope=citation.scope,
            for_whole_page=citation.is_for_whole_page,
            claims=tuple(key for key in citation.claims if key in shown),
            reason=with_citations(citation.reason, named),
            answers=tuple(cited_rows(review, told(answers), named)),
            counts=tuple(FidelityCount(f, counts[f]) for f in Fidelity if counts[f]),
        )


def told(answers: Iterable[Held]) -> Iterator[Held]:
    """The answers that are told one by one: of a source named for the whole page only what was held
    against it, for the state of such a source is the same for every claim.
    """
    for answer in answers:
        if answer.is_of_the_claim or not answer.citation.is_for_whole_page:
            yield answer


def cited_rows(review: Dossier, answers: Iterable[Held], named: Mapping[str, str]) -> Iterator[CitedRow]:
    """Claims held against cited sources, each with what was read and where."""
    for answer in answers:
        finding = answer.finding
        yield CitedRow(
            citation=answer.citation.citation,
            claim=answer.claim.claim,
            reference=reference_of(review, answer.citation),
            scope=answer.citation.scope,
            fidelity=answer.fidelity,
            finding=finding.finding if finding else "",
            result=with_citations(finding.result, named) if finding else "",
            source=finding.source if finding else "",
            checked=finding.checked if finding else "",
            reason=with_citations(answer.reason, named),
            basis=answer.basis,
            judged_by=answer.judged_by,
        )


def reference_of(review: Dossier, citation: Citation) -> str:
    """The source of a citation in a few words; empty where it is not known."""
    if not citation.has_study:
        return ""
    return short_citation(review.evidence.references[citation.study])


def citing(review: Dossier, page: str) -> Citing:
    """What is known of the sources that a page names."""
    return citing_of(review.evidence.pages[page], review.citations)


def cited_in_short(review: Dossier) -> Iterator[str]:
    """What the pages cite, in a sentence or two."""
    places = review.citations
    if places:
        lost = sum(place.identity is Identity.NAMELESS for place in places)
        yield (
            f"The pages name a source in {counted(len(places), 'place')}; in {lost} of them nothing is "
            f"named by which it could be looked up.{_near(review)}"
        )
    kinds = Counter(citing(review, page) for page in review.page_ids)
    if number := kinds[Citing.CITES_NOTHING]:
        yield f"{counted(number, 'page cites', 'pages cite')} nothing."
    if number := kinds[Citing.NOT_LOOKED_FOR]:
        yield f"What {counted(number, 'page')} cites nobody has looked for."


def _near(review: Dossier) -> str:
    """What the sources named beside claims say of them; empty where none is."""
    answers = [
        answer
        for place in review.citations
        if place.scope is not Scope.PAGE
        for answer in review.held[place.citation]
    ]
    if not answers:
        return ""
    counts = Counter(answer.fidelity for answer in answers)
    told = ", ".join(
        f"{fidelity.spoken} {counts[fidelity]}" for fidelity in Fidelity if counts[fidelity]
    )
    number = counted(len(answers), "claim")
    return f" Of {number} with a source in the same sentence, the source: {told}."
