"""Whether a source that a page cites says what a claim of the page says.

The verdict on the claim is another matter: it is what all the literature says. Here only the cited
source speaks, and what nobody has held against it stays unchecked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review.model.citing import Citation, Citing, Fidelity, FidelityJudgement, Identity
from review.model.records import Claim, Finding, Link, Page, Study
from review.model.vocabulary import Directness, Polarity, Stance, YesNo
from review.verdicts.standing import Basis


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a cited source for one claim: its links are those to the claim's proposition."""

    study: Study | None = None
    links: tuple[Link, ...] = ()
    judgement: FidelityJudgement | None = None
    is_retracted: bool = False

    def finding(self, key: str) -> Finding | None:
        """A finding of the source by its id; None where there is none."""
        findings = self.study.findings if self.study else ()
        return next((finding for finding in findings if finding.finding == key), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim held against a cited source: the answer, the finding it rests on, and why.

    `basis` tells whether a person judged it or a rule gives it, `judged_by` who did; empty for a rule.
    """

    citation: Citation
    claim: Claim
    fidelity: Fidelity
    finding: Finding | None
    reason: str
    basis: Basis
    judged_by: str = ""

    @property
    def is_of_the_claim(self) -> bool:
        """Whether a person or a finding answers for this claim, not the state of the source alone."""
        return self.finding is not None or self.basis is Basis.RECORDED


def held(citation: Citation, claim: Claim, source: Source) -> Held:
    """Whether the cited source says what the claim says.

    A retraction comes before all, then what a person judged. Otherwise the links of the source to the
    claim's proposition answer: what nobody judged and no link settles is unchecked, and never taken for
    silence of the source.
    """
    if source.is_retracted:
        return _by_rule(citation, claim, Fidelity.RETRACTED, "A retraction of it is recorded.")
    if judgement := source.judgement:
        finding = source.finding(judgement.finding)
        told = (judgement.fidelity, finding, judgement.reason, Basis.RECORDED, judgement.by)
        return Held(citation, claim, *told)
    if source.study is None or not citation.identity.is_known:
        return _by_rule(citation, claim, Fidelity.CANNOT_BE_FOUND, _NOT_KNOWN[citation.identity])
    if settled := _settled(claim, source):
        fidelity, link = settled
        finding = source.finding(link.finding)
        return Held(citation, claim, fidelity, finding, link.reason, Basis.RULE)
    if not source.study.checked.is_verified:
        reason = "Nobody has read it: neither its text nor its abstract."
        return _by_rule(citation, claim, Fidelity.COULD_NOT_BE_READ, reason)
    reason = "Nobody has held the claim against it."
    return _by_rule(citation, claim, Fidelity.UNCHECKED, reason)


_NOT_KNOWN = {
    Identity.NAMELESS: "The page names nothing by which a source could be looked up.",
    Identity.NOT_FOUND: "It was not found; what was tried is recorded with it.",
}


def _by_rule(citation: Citation, claim: Claim, fidelity: Fidelity, reason: str) -> Held:
    return Held(citation, claim, fidelity, None, reason, Basis.RULE)


def _settled(claim: Claim, source: Source) -> tuple[Fidelity, Link] | None:
    """What the verified findings of the source say, with the link that says it first; None if nothing.

    Background decides nothing, and a finding against that is about something else, or others, is left
    to a person (our conventions).
    """
    told = [link for link in sorted(source.links, key=lambda x: x.link) if _is_verified(link, source)]
    pointing = [(link, _seen_from(claim, link)) for link in told]
    mixed = [link for link, stance in pointing if stance is Stance.MIXED]
    agreeing = [link for link, stance in pointing if stance is Stance.SUPPORTS]
    against = [
        link
        for link, stance in pointing
        if stance is Stance.CONTRADICTS and Directness.INDIRECT not in _directness(link)
    ]
    just_this = [link for link in agreeing if not any(d.is_off for d in _directness(link))]
    if against and not agreeing and not mixed:
        return Fidelity.SAYS_OTHERWISE, against[0]
    if just_this and not against and not mixed:
        return Fidelity.SAYS_SO, just_this[0]
    partly = [*mixed, *agreeing]
    return (Fidelity.SAYS_LESS, partly[0]) if partly else None


def _is_verified(link: Link, source: Source) -> bool:
    finding = source.finding(link.finding)
    return finding is not None and finding.checked.is_verified


def _seen_from(claim: Claim, link: Link) -> Stance:
    return link.stance if claim.polarity is Polarity.AFFIRMS else link.stance.opposite


def _directness(link: Link) -> tuple[Directness, ...]:
    judged = (link.population, link.intervention, link.outcome, link.comparator)
    return tuple(directness for directness in judged if directness is not None)


def claims_cited(citation: Citation, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Those of `claims` that a citation stands for, in their order."""
    if citation.is_for_whole_page:
        return tuple(claim for claim in claims if claim.page == citation.page)
    return tuple(claim for claim in claims if claim.claim in citation.claims)


def citing_of(page: Page, citations: Iterable[Citation]) -> Citing:
    """What is known of the sources that a page names; nobody having looked is not that it names none."""
    names_any = any(citation.page == page.page for citation in citations)
    if page.citations_listed is YesNo.YES:
        return Citing.CITES if names_any else Citing.CITES_NOTHING
    return Citing.READ_IN_PART if names_any else Citing.NOT_LOOKED_FOR


def judgements_by_pair(
    judgements: Iterable[FidelityJudgement],
) -> Mapping[tuple[str, str], FidelityJudgement]:
    """The recorded judgements by citation and claim."""
    return {(judgement.citation, judgement.claim): judgement for judgement in judgements}
