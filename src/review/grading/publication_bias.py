"""Publication bias of a body: small studies that found what was hoped for, and trials that stay silent.

Core GRADE 4: small studies paid for by industry raise suspicion; where studies are few, trials that
ended and were never published do. Murad and others 2017: a body of nothing but small positive studies
does. Suspected or strongly suspected costs one level.
"""

from collections.abc import Sequence

from review.grading.rateable import RateableFinding, SuggestedRating, counted
from review.model.vocabulary import Concern, Funding, Stance

MANY = 10
"""Studies from which a funnel shows more than a silent trial (Core GRADE 4, as digested)."""
_INTERESTED = frozenset({Funding.INDUSTRY, Funding.MIXED})
_INDEPENDENT = frozenset({Funding.NON_INDUSTRY, Funding.NONE})


def publication_bias(
    body: Sequence[RateableFinding],
    information_size: int,
    ended_without_results: Sequence[str] = (),
    not_known_to_have_ended: Sequence[str] = (),
    *,
    is_harm: bool,
) -> SuggestedRating:
    """The suggested rating; a trial that is not known to have ended is told, and is no silent one.

    That all small studies found a harm raises no suspicion: nobody hopes for one (our convention).
    """
    studies = {item.study: item for item in body}
    small = {study for study, item in studies.items() if _is_small(item, information_size)}
    paid = sorted(study for study in small if studies[study].funding in _INTERESTED)
    waiting = ", ".join(sorted(not_known_to_have_ended))
    open_trials = f" Registered, not known to have ended: {waiting}." if waiting else ""
    if 2 * len(paid) > len(studies):
        reason = f"Small and paid for by industry: {', '.join(paid)}."
        return SuggestedRating(Concern.SERIOUS, reason + open_trials)
    independent = [study for study in small if studies[study].funding in _INDEPENDENT]
    is_hoped_for = not is_harm and all(item.stance is Stance.SUPPORTS for item in body)
    if len(small) == len(studies) and 2 * len(independent) < len(studies) and is_hoped_for:
        reason = "Nothing but small positive studies, most without a statement of independent funding."
        return SuggestedRating(Concern.SERIOUS, reason + open_trials)
    if ended_without_results and len(studies) < MANY:
        named = ", ".join(sorted(ended_without_results))
        return SuggestedRating(Concern.SERIOUS, f"Ended, no results read: {named}." + open_trials)
    number = counted(len(studies), "study", "studies")
    reason = f"{len(paid)} of {number} known to be small and paid for by industry."
    return SuggestedRating(Concern.NOT_SERIOUS, reason + open_trials)


def _is_small(item: RateableFinding, information_size: int) -> bool:
    """Whether it is one study of few people, or of a number that is not reported; a review is none."""
    is_of_few = item.participants is None or item.participants < information_size
    return is_of_few and not item.design.is_systematic_review
