"""Suggested GRADE ratings, each with the inputs it came from; used only where no judgement is recorded.

A suggestion is never a judgement: whoever shows it marks it "suggested, not confirmed". It is made on
the body, by where its weight lies, and not on its best or worst study. Where the record holds too little
to suggest that a domain is clean, the suggestion says so.
"""

from collections.abc import Mapping, Sequence

from review.grading.bias import risk_of_bias
from review.grading.body import counted_once
from review.grading.effect import effect_of
from review.grading.imprecision import imprecision
from review.grading.inconsistency import inconsistency
from review.grading.indirectness import indirectness
from review.grading.information_size import FAR_TOO_SMALL
from review.grading.publication_bias import publication_bias
from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.settings import DEFAULTS, GradeSettings
from review.grading.thresholds import Thresholds
from review.model.vocabulary import Domain

__all__ = ["FAR_TOO_SMALL", "RateableFinding", "SuggestedRating", "suggested_ratings"]


def suggested_ratings(
    body: Sequence[RateableFinding],
    settings: GradeSettings = DEFAULTS,
    registered_without_results: Sequence[str] = (),
    registered_and_open: Sequence[str] = (),
    thresholds: Thresholds | None = None,
    *,
    is_harm: bool = False,
) -> Mapping[Domain, SuggestedRating]:
    """A suggestion for each of the five domains of a body of evidence in people.

    `registered_without_results` names trials that are registered for the question, have ended and have
    shown none, `registered_and_open` those that are not known to have ended. `thresholds` tell from what
    effect on it matters, `is_harm` that the body is on a harm. Raises ValueError for an empty body:
    where nothing was found there is nothing to rate.
    """
    if not body:
        raise ValueError("there is no evidence to rate")
    known = thresholds or Thresholds()
    effect = effect_of(counted_once(body).body)
    pooled = effect.weights if effect else None
    size = settings.information_size
    return {
        Domain.RISK_OF_BIAS: risk_of_bias(body, pooled),
        Domain.INCONSISTENCY: inconsistency(body, known),
        Domain.INDIRECTNESS: indirectness(body, pooled),
        Domain.IMPRECISION: imprecision(body, known, size),
        Domain.PUBLICATION_BIAS: publication_bias(
            body, size, registered_without_results, registered_and_open, is_harm=is_harm
        ),
    }
