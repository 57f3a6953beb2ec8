"""What the suggestions look at, and what they give."""

from dataclasses import dataclass

from review.model.vocabulary import (
    BiasConcern,
    Concern,
    Design,
    Directness,
    Funding,
    Measure,
    Stance,
)


@dataclass(frozen=True, slots=True)
class RateableFinding:
    """What the suggestions look at, for one finding in people.

    `directness` is that of people, treatment and outcome; `comparator` that of what the treatment was
    compared with, None where nobody judged it. `estimate` and the interval are on the scale of
    `measure`, in `unit` where it has one; `sd` is the spread of the outcome, `events` are those of both
    groups. `bias` is the concern of the study's appraisal. `includes` names the studies of the library
    that a review says it includes, None where its list was not read.
    """

    study: str
    design: Design
    stance: Stance
    directness: tuple[Directness, Directness, Directness]
    participants: int | None
    funding: Funding
    measure: Measure | None = None
    unit: str | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    bias: BiasConcern = BiasConcern.UNKNOWN
    comparator: Directness | None = None
    events: int | None = None
    sd: float | None = None
    includes: frozenset[str] | None = None

    @property
    def off(self) -> float:
        """How many of the four elements differ from the question, a partial one counted as a half."""
        return sum(OFF[element] for element in (*self.directness, self.comparator) if element)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The limits, where they are those of an effect that has a value of no effect."""
        if self.measure is None or self.measure.no_effect is None:
            return None
        if self.ci_low is None or self.ci_high is None:
            return None
        return self.ci_low, self.ci_high


OFF = {
    Directness.DIRECT: 0.0,
    Directness.NOT_APPLICABLE: 0.0,
    Directness.PARTLY: 0.5,
    Directness.INDIRECT: 1.0,
}
"""How far an element is from the question, a partial difference counted as a half."""


@dataclass(frozen=True, slots=True)
class SuggestedRating:
    """A suggested rating and the inputs it rests on."""

    concern: Concern
    reason: str


def counted(number: int, singular: str, plural: str) -> str:
    """A number with its noun."""
    return f"{number} {singular if number == 1 else plural}"
