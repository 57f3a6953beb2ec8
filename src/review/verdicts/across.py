"""The certainty across the outcomes of one comparison, from those that somebody judged critical.

Sources: Guyatt and others, GRADE guidelines 11; KCE process book, 5.1 (processbook.kce.be). What is
critical is a judgement that stands in `propositions.csv`; whether one outcome alone would suffice to
decide is recorded nowhere, so that both forms are shown where they differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from review.grading.grade import Critical, Towards, overall_certainty
from review.model.records import Proposition
from review.model.vocabulary import NOT_APPLICABLE, Certainty, Direction, Importance, Question
from review.verdicts.standing import Standing


@dataclass(frozen=True, slots=True)
class Across:
    """The outcomes of one comparison, and the certainty across those that are critical.

    `lowest` is None where none is critical, or one of them has no certainty. `highest` holds in its
    place if the outcome that has it would alone suffice to decide; it is `lowest` where the critical
    outcomes do not all point the same way.
    """

    outcomes: tuple[Standing, ...]
    lowest: Certainty | None
    highest: Certainty | None

    def of(self, importance: Importance | None) -> tuple[str, ...]:
        """The propositions of that importance; with None those that nobody judged."""
        propositions = (standing.proposition for standing in self.outcomes)
        return tuple(p.proposition for p in propositions if p.importance is importance)


def outcomes_beside(
    proposition: Proposition, propositions: Iterable[Proposition]
) -> tuple[Proposition, ...]:
    """The graded outcomes of the comparison that `proposition` is about, itself among them.

    A comparison is of the same people, treatment and comparator, as they are written; what names no
    treatment compares nothing.
    """
    return tuple(
        other
        for other in propositions
        if other.question.is_graded and _comparison(other) == _comparison(proposition)
    )


def _comparison(proposition: Proposition) -> tuple[str, ...]:
    if proposition.intervention == NOT_APPLICABLE:
        return (proposition.proposition,)
    parts = (proposition.population, proposition.intervention, proposition.comparator)
    return tuple(part.casefold() for part in parts)


def across(outcomes: Sequence[Standing]) -> Across:
    """The certainty across the outcomes of one comparison, in both forms of the rule."""
    critical = [o for o in outcomes if o.proposition.importance is Importance.CRITICAL]
    judged = [Critical(o.certainty, _towards(o)) for o in critical if o.certainty is not None]
    if not judged or len(judged) < len(critical):
        return Across(tuple(outcomes), None, None)
    sufficing = [replace(outcome, suffices=True) for outcome in judged]
    return Across(tuple(outcomes), overall_certainty(judged), overall_certainty(sufficing))


def _towards(standing: Standing) -> Towards | None:
    """Which way the evidence points for those treated; None where it is divided, or of neither."""
    question, direction = standing.proposition.question, standing.direction
    if question is Question.HARM:
        # That a harm stays away speaks for a treatment; that a benefit does is no harm.
        sides = {Direction.SUPPORTS: Towards.HARM, Direction.CONTRADICTS: Towards.BENEFIT}
        return sides.get(direction)
    is_good = question.is_of_benefit and direction is Direction.SUPPORTS
    return Towards.BENEFIT if is_good else None


def across_sentences(found: Across) -> Iterator[str]:
    """The sentences on it: of one outcome none, of several what was judged and what that gives."""
    if len(found.outcomes) < 2:
        return
    if unjudged := found.of(None):
        yield (
            f"The importance of {len(unjudged)} of {len(found.outcomes)} outcomes of this comparison "
            f"was not judged: {', '.join(unjudged)}."
        )
    critical = ", ".join(found.of(Importance.CRITICAL))
    if not critical:
        yield "No outcome was judged critical, so there is no certainty across outcomes."
    elif found.lowest is None or found.highest is None:
        yield f"A critical outcome has no certainty, so there is none across them: {critical}."
    else:
        yield f"Across outcomes: {found.lowest.label}, the lowest of the critical ones ({critical})."
        if found.highest is not found.lowest:
            yield (
                f"All of these point the same way: {found.highest.label}, if the outcome that has it "
                f"would alone suffice to decide."
            )
