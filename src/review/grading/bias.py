"""Risk of bias of a body: by the appraisals of the studies that carry its weight.

GRADE guidelines 4 and Core GRADE 4: not the worst study but what dominates decides. Whether bias would
explain the effect is for a person to say; the suggestion never takes two levels.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from review.grading.body import DOMINATES, counted_once, weighed
from review.grading.rateable import RateableFinding, SuggestedRating, counted
from review.model.vocabulary import BiasConcern, Concern


def risk_of_bias(
    body: Sequence[RateableFinding], pooled: Mapping[str, float] | None = None
) -> SuggestedRating:
    """Serious where studies that are not known to be at low risk dominate the body.

    `pooled` gives the weights of the studies in a pooled estimate.
    """
    once = counted_once(body)
    weights = weighed(once.body, pooled)
    doubtful = weights.share(lambda item: item.bias != BiasConcern.LOW)
    # A study counts once, however many of its findings are linked.
    counts = Counter({item.study: item.bias for item in once.body}.values())
    judgements = ", ".join(f"{counts[bias]} {bias}" for bias in BiasConcern if counts[bias])
    reason = f"Risk of bias of {counted(counts.total(), 'study', 'studies')}: {judgements}."
    if 0 < doubtful < 1:
        reason += f" {doubtful:.0%} of {weights.made_of} are not known to be at low risk."
    dominated = Concern.SERIOUS if doubtful >= DOMINATES else Concern.NOT_SERIOUS
    return SuggestedRating(dominated, reason + once.caution)
