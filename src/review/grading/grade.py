"""GRADE arithmetic: a start, five reasons to rate down, three to rate up, and every step shown.

Sources: Guyatt and others, GRADE guidelines 1 (levels and starting points), 9 (rating up), 11
(overall certainty); Schünemann and others, GRADE guidelines 18 (start with ROBINS-I).
The levels count 4 (high) to 1 (very low); certainty never leaves that range.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.model.vocabulary import (
    Certainty,
    Concern,
    Design,
    Domain,
    Question,
    StartRule,
    Upgrade,
    Word,
)

METHOD = "GRADE"
METHOD_VERSION = "2011-2013 guidelines, arithmetic form 1"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a grade: what was considered, by how many levels it moved, and why."""

    name: str
    change: int
    reason: str

    def __str__(self) -> str:
        moved = f"{self.change:+d} " if self.change else ""
        return f"{self.name}: {moved}{self.reason}".rstrip(": ").strip()


@dataclass(frozen=True, slots=True)
class Graded:
    """A certainty and the steps that led there."""

    certainty: Certainty
    steps: tuple[Step, ...]


def start_for(
    design: Design,
    question: Question,
    rule: StartRule = StartRule.CLASSIC,
    included: Sequence[Design] = (),
) -> Certainty | None:
    """Where GRADE starts for evidence of one design in people; None where it does not start at all.

    - Effects (benefit, harm, comparison, screening): randomised evidence starts high, non-randomised
      evidence low, or high where ROBINS-I carries the risk of bias of controlled studies (guidelines
      18). Uncontrolled series start very low: two conventions are published, this is the stricter.
    - Prognosis: people who were followed start high, in the arms of a trial too (guidelines 28). Where
      nobody was followed it is very low, where a series or cases and controls were, low (our convention,
      after OCEBM 2011, where these stand at level 4).
    - Prevalence: no guidance of GRADE's own was found, so it goes by how people were drawn, after OCEBM
      2011 (our convention): at random high, otherwise low, the patients of a series very low.
    - Diagnosis: studies of accuracy in people of whom the diagnosis is open, cohorts and trials start
      high, all else low (second-hand: GRADE for tests as adapted at jnm.snmjournals.org, 62819).

    A review starts where the best of the designs that it has `included` starts; where these are not
    known, by its own word. Opinion, animals, cells and documents are no evidence in people and give
    None.
    """
    starts = [_start(each, question, rule) for each in included or (design,)]
    known = [start for start in starts if start is not None]
    return max(known, key=lambda start: start.level, default=None)


def _start(design: Design, question: Question, rule: StartRule) -> Certainty | None:
    if not design.is_in_people:
        return None
    if question is Question.PROGNOSIS:
        return _of_prognosis(design)
    if question is Question.PREVALENCE:
        return _of_prevalence(design)
    if question is Question.DIAGNOSIS:
        return Certainty.HIGH if design.is_accuracy or design in _OPEN_DIAGNOSIS else Certainty.LOW
    if design.is_randomised:
        return Certainty.HIGH
    if design.is_observational and rule is StartRule.ROBINS_I:
        return Certainty.HIGH
    return Certainty.VERY_LOW if design.is_uncontrolled else Certainty.LOW


def _of_prognosis(design: Design) -> Certainty:
    if design.is_survey or design.is_accuracy or design is Design.CASE_REPORT:
        return Certainty.VERY_LOW
    is_weak = design.is_uncontrolled or design in (Design.CASE_CONTROL, Design.REVIEW_MIXED)
    return Certainty.LOW if is_weak else Certainty.HIGH


def _of_prevalence(design: Design) -> Certainty:
    if design in (Design.RANDOM_SURVEY, Design.REVIEW_OF_SURVEYS):
        return Certainty.HIGH
    return Certainty.VERY_LOW if design.is_uncontrolled else Certainty.LOW


_OPEN_DIAGNOSIS = frozenset(
    {
        Design.REVIEW_OF_TRIALS,
        Design.REVIEW_OF_OBSERVATIONAL,
        Design.REVIEW_OF_INCEPTION_COHORTS,
        Design.RANDOMISED_TRIAL,
        Design.INCEPTION_COHORT,
        Design.COHORT,
    }
)


def graded(
    start: Certainty,
    ratings: Mapping[Domain, Concern],
    upgrades: Mapping[Upgrade, int] | None = None,
    *,
    strict_upgrades: bool = True,
    reasons: Mapping[str, str] | None = None,
) -> Graded:
    """The certainty that judgements give, with the steps that led there.

    `ratings` may leave domains out: they count as not serious. `upgrades` gives levels to rate up.
    Strict upgrading, the usual reading of guidelines 9, rates up only where nothing was rated down;
    lenient upgrading adds both. `reasons` are quoted in the steps, by the name of domain or upgrade.
    The result is capped at high and cannot fall below very low.
    """
    why = reasons or {}
    steps = [Step("start", 0, _joined(str(start), why.get("start", "")))]
    down = 0
    for domain in Domain:
        concern = ratings.get(domain, Concern.NOT_SERIOUS)
        down += concern.levels
        steps.append(Step(domain, -concern.levels, _joined(concern.spoken, why.get(domain, ""))))
    level = start.level - down
    for upgrade in Upgrade:
        wanted = (upgrades or {}).get(upgrade, 0)
        if not wanted:
            continue
        if strict_upgrades and down:
            steps.append(Step(upgrade, 0, "not taken: something was rated down"))
        else:
            level += wanted
            steps.append(Step(upgrade, wanted, why.get(upgrade, "")))
    # Cap and floor come last and are steps, so that all steps add up to the certainty.
    steps += _limit(level)
    return Graded(Certainty.at(level), tuple(steps))


def _joined(first: str, second: str) -> str:
    return f"{first}. {second}" if second else first


def _limit(level: int) -> list[Step]:
    over = Certainty.at(level).level - level
    if over < 0:
        return [Step("cap", over, "certainty cannot exceed high")]
    if over > 0:
        return [Step("floor", over, "certainty cannot fall below very low")]
    return []


class Towards(Word):
    """Whether an effect on an outcome is good or bad for those treated."""

    BENEFIT = "benefit"
    HARM = "harm"


@dataclass(frozen=True, slots=True)
class Critical:
    """A critical outcome: its certainty, which way it points, whether it would suffice to decide.

    `towards` is None where that is not known or the effect is none.
    """

    certainty: Certainty
    towards: Towards | None = None
    suffices: bool = False


def overall_certainty(critical: Iterable[Critical]) -> Certainty:
    """The certainty across outcomes, from the critical ones.

    The lowest (guidelines 11); but where all point the same way, the highest of those that would by
    themselves suffice to decide (KCE process book, 5.1). Raises ValueError when there is no critical
    outcome, for then nothing is known across outcomes.
    """
    outcomes = list(critical)
    if not outcomes:
        raise ValueError("no outcome is critical")
    enough = [outcome.certainty for outcome in outcomes if outcome.suffices]
    if enough and is_one_way(outcomes):
        return max(enough, key=lambda certainty: certainty.level)
    return min((outcome.certainty for outcome in outcomes), key=lambda certainty: certainty.level)


def is_one_way(outcomes: Iterable[Critical]) -> bool:
    """Whether all outcomes are known to point the same way."""
    ways = {outcome.towards for outcome in outcomes}
    return len(ways) == 1 and None not in ways


def imprecision_from_interval(ci_low: float, ci_high: float, thresholds: Iterable[float]) -> Concern:
    """The imprecision of an interval against the thresholds between which a decision differs.

    One level for every threshold that lies within the interval, at most three (guidelines 6 for one;
    GRADE guidance 34 and 35, by their abstracts, and Core GRADE 2 for several). An interval that only
    touches a threshold does not cross it, and a threshold given twice is one. Raises ValueError for no
    threshold, and for limits that are the wrong way round or no numbers.
    """
    distinct = set(thresholds)
    if not distinct:
        raise ValueError("there is no threshold to hold the interval to")
    if not ci_low <= ci_high:
        raise ValueError(f"{ci_low:g} to {ci_high:g} is no interval")
    crossed = sum(ci_low < threshold < ci_high for threshold in distinct)
    return list(Concern)[min(crossed, len(Concern) - 1)]
