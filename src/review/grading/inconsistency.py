"""Inconsistency of a body: on which side its weight lies, then how far its intervals lie apart.

GRADE guidelines 7: whether estimates vary widely and intervals do not overlap. Core GRADE 3: where they
lie in relation to the threshold that certainty is rated against; neither I2 nor a test decides, and two
levels are never suggested.
"""

from collections.abc import Sequence

from review.grading.body import Weighed, apart, counted_once, is_one_side, weighed
from review.grading.effect import middle, most_measured
from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.thresholds import Thresholds
from review.model.vocabulary import Concern, Measure, Stance, Target

WIDELY = 1.25 / 0.75
"""Ratios that differ by less do not vary widely: the width of what is not appreciable.

Our convention, like the next.
"""
WIDELY_IN_SD = 1.0
"""The same for standardised differences."""


def inconsistency(body: Sequence[RateableFinding], thresholds: Thresholds) -> SuggestedRating:
    """The suggested rating: direction first, then size; a single study cannot be inconsistent.

    Studies that a review may hold are weighed beside it, so that none that differs is hidden, and named.
    """
    rating = _rating(apart(body), thresholds)
    overlapping = ", ".join(counted_once(body).overlapping)
    overlap = f" A review and its trials may hold the same people: {overlapping}." if overlapping else ""
    return SuggestedRating(rating.concern, rating.reason + overlap)


def _rating(once: Sequence[RateableFinding], thresholds: Thresholds) -> SuggestedRating:
    number = len({item.study for item in once})
    if number == 1:
        return SuggestedRating(Concern.NOT_SERIOUS, "One study only.")
    weights = weighed(once)
    shares = weights.by(lambda item: item.stance)
    sides = ", ".join(
        f"{shares[stance]:.0%} {words}" for stance, words in _SIDES.items() if stance in shares
    )
    if not is_one_side(max(shares.values())):
        return SuggestedRating(Concern.SERIOUS, f"Divided, by {weights.made_of}: {sides}.")
    by_weight = f"By {weights.made_of}, {sides}. " if len(shares) > 1 else ""
    same = most_measured(once)
    if len(same) < 2:
        whole = "One side has the weight." if by_weight else f"All {number} studies point the same way."
        return SuggestedRating(Concern.NOT_SERIOUS, by_weight + whole)
    concern, reason = _spread(weighed(same), thresholds)
    return SuggestedRating(concern, by_weight + reason)


_SIDES = {
    Stance.SUPPORTS: "support the statement",
    Stance.CONTRADICTS: "contradict it",
    Stance.MIXED: "are mixed",
}


def _spread(same: Weighed, thresholds: Thresholds) -> tuple[Concern, str]:
    """Where the estimates of one measure lie, and how far apart, by their weight."""
    number = len(same.body)
    zones = same.by(lambda item: _zone(item, thresholds))
    if None not in zones and is_one_side(max(zones.values())):
        return (
            Concern.NOT_SERIOUS,
            f"{number} estimates differ in size, not in the side of the threshold.",
        )
    together = _most_together(same)
    if is_one_side(together):
        return Concern.NOT_SERIOUS, f"The intervals of {together:.0%} of {same.made_of} overlap."
    if _lie_close(same.body, thresholds):
        return Concern.NOT_SERIOUS, "The estimates differ by less than what matters."
    return Concern.SERIOUS, (
        f"{number} estimates vary widely, and no more than {together:.0%} of {same.made_of} have "
        "intervals that overlap; unexplained."
    )


def _zone(item: RateableFinding, thresholds: Thresholds) -> int | None:
    """Between which thresholds an estimate lies; None where none is recorded for its measure.

    Against no effect the sides of it are the zones.
    """
    measure, point = _measure_and_point(item)
    if thresholds.target is Target.NO_EFFECT:
        no_effect = measure.no_effect or 0.0
        return (point > no_effect) - (point < no_effect)
    points = thresholds.in_unit(measure, item.unit, [point])
    return None if points is None else sum(cut <= points[0] for cut in thresholds.cuts)


def _measure_and_point(item: RateableFinding) -> tuple[Measure, float]:
    assert item.measure is not None, "a readable finding has a measure"
    return item.measure, middle(item)


def _most_together(same: Weighed) -> float:
    """The largest weight of studies whose intervals have a point in common."""
    # Where the most intervals overlap, one of them begins.
    limits = [item.interval for item in same.body if item.interval]
    return max(
        sum(
            weight for (low, high), weight in zip(limits, same.weights, strict=True) if low <= at <= high
        )
        for at, _ in limits
    )


def _lie_close(same: Sequence[RateableFinding], thresholds: Thresholds) -> bool:
    """Whether the farthest estimates differ by less than matters; unknown counts as far."""
    first, *_ = same
    measure, _ = _measure_and_point(first)
    points = [_measure_and_point(item)[1] for item in same]
    low, high = min(points), max(points)
    if measure.is_ratio:
        return high / low < WIDELY
    if measure is Measure.STANDARDISED_MEAN_DIFFERENCE and not thresholds.sizes:
        return high - low < WIDELY_IN_SD
    ends = thresholds.in_unit(measure, first.unit, (low, high))
    return ends is not None and ends[1] - ends[0] < thresholds.sizes[0]
