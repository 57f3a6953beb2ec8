"""What the evidence does not cover yet: gaps that break no rule but that a reader should know of."""

from collections.abc import Mapping

from review.appraisal import tools_for
from review.model.records import Evidence, Study
from review.model.vocabulary import Stance, YesNo
from review.verdicts.across import outcomes_beside
from review.verdicts.bodies import in_people
from review.verdicts.contradictions.unjudged import unjudged


def gaps(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """The ids of what is missing, by what is missing, in the order in which it should be mended."""
    return {
        "pages that nobody has read for citations": _unread(evidence),
        "propositions without a claim": _without_claim(evidence),
        "evidence propositions without a deciding link or a recorded search": _unsought(evidence),
        "graded propositions with evidence in people but no rating": _unrated(evidence),
        "studies without a link": _unlinked(evidence),
        "studies without appraisal that have a tool": _unappraised(evidence),
        "reviews of several designs that do not name them": _unnamed(evidence),
        "outcomes of one comparison whose importance nobody judged": _unweighed(evidence),
        "pairs of propositions of one topic that nobody judged": _unjudged(evidence),
    }


def _unread(evidence: Evidence) -> tuple[str, ...]:
    pages = evidence.pages.values()
    return tuple(page.page for page in pages if page.citations_listed is YesNo.NO)


def _without_claim(evidence: Evidence) -> tuple[str, ...]:
    claimed = {claim.proposition for claim in evidence.claims.values()}
    return tuple(key for key in evidence.propositions if key not in claimed)


def _unsought(evidence: Evidence) -> tuple[str, ...]:
    decided = {k.proposition for k in evidence.links.values() if k.stance is not Stance.BACKGROUND}
    return tuple(
        key
        for key, proposition in evidence.propositions.items()
        if not proposition.question.is_set_aside and key not in decided and key not in evidence.searches
    )


def _unrated(evidence: Evidence) -> tuple[str, ...]:
    gradable = {
        link.proposition
        for link in evidence.links.values()
        if in_people(link, evidence.studies[link.study]) and _starts(evidence.studies[link.study])
    }
    return tuple(
        key
        for key, proposition in evidence.propositions.items()
        if proposition.question.is_graded and key in gradable and key not in evidence.certainties
    )


def _starts(study: Study) -> bool:
    """Whether GRADE starts anywhere for it, whatever the question."""
    return any(design.is_in_people for design in study.included_designs or (study.design,))


def _unlinked(evidence: Evidence) -> tuple[str, ...]:
    linked = {link.study for link in evidence.links.values()}
    return tuple(key for key in evidence.studies if key not in linked)


def _unappraised(evidence: Evidence) -> tuple[str, ...]:
    return tuple(
        key
        for key, study in evidence.studies.items()
        if key not in evidence.appraisals and tools_for(evidence.packs.tools.values(), study.design)
    )


def _unnamed(evidence: Evidence) -> tuple[str, ...]:
    """The reviews whose certainty starts by their word, because what is in them is not recorded."""
    return tuple(
        key
        for key, study in evidence.studies.items()
        if study.design.is_open and not study.included_designs
    )


def _unweighed(evidence: Evidence) -> tuple[str, ...]:
    propositions = evidence.propositions.values()
    return tuple(
        proposition.proposition
        for proposition in propositions
        if proposition.question.is_graded
        and proposition.importance is None
        and len(outcomes_beside(proposition, propositions)) > 1
    )


def _unjudged(evidence: Evidence) -> tuple[str, ...]:
    """The pairs that may exclude each other first, each as its two ids."""
    pairs = unjudged(evidence.propositions, evidence.relations.values())
    return tuple(f"{pair.a.proposition} and {pair.b.proposition}" for pair in pairs)
