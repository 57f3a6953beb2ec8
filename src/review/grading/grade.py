"""GRADE arithmetic: a start, five reasons to rate down, three to rate up, and every step shown.

Sources: Guyatt and others, GRADE guidelines 1 (levels and starting points), 9 (rating up), 11
(overall certainty); Schünemann and others, GRADE guidelines 18 (start with ROBINS-I).
The levels count 4 (high) to 1 (very low); certainty never leaves that range.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from review.model.vocabulary import Certainty, Concern, Design, Domain, StartRule, Upgrade

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


def start_for(design: Design, rule: StartRule = StartRule.CLASSIC) -> Certainty | None:
    """Where GRADE starts for evidence of one design in people; None where it does not start at all.

    Randomised evidence starts high. Non-randomised controlled evidence starts low under the classic
    and the Core GRADE rule, high where ROBINS-I carries the risk of bias (guidelines 18).
    Uncontrolled series and case reports start very low: two conventions are published, and this is
    the stricter. Opinion, animals, cells and documents are no evidence in people and give None.
    """
    if design.is_randomised:
        return Certainty.HIGH
    if design.is_observational:
        return Certainty.HIGH if rule is StartRule.ROBINS_I else Certainty.LOW
    if design in _SURVEYS:
        return Certainty.HIGH if design is Design.RANDOM_SURVEY else Certainty.LOW
    if design.is_uncontrolled:
        return Certainty.VERY_LOW
    return None


_SURVEYS = frozenset({Design.RANDOM_SURVEY, Design.NON_RANDOM_SURVEY, Design.REVIEW_OF_SURVEYS})


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


def overall_certainty(critical: Iterable[Certainty]) -> Certainty:
    """The certainty across outcomes: the lowest of the critical ones (guidelines 11).

    Raises ValueError when there is no critical outcome, for then nothing is known across outcomes.
    """
    certainties = list(critical)
    if not certainties:
        raise ValueError("no outcome is critical")
    return min(certainties, key=lambda certainty: certainty.level)


def imprecision_from_interval(ci_low: float, ci_high: float, threshold: float) -> Concern:
    """The imprecision of an interval against one decision threshold (guidelines 6).

    Serious when the interval holds values on both sides of the threshold, so that the decision
    would differ at its two ends; an interval that only touches the threshold does not cross it.
    """
    crosses = ci_low < threshold < ci_high
    return Concern.SERIOUS if crosses else Concern.NOT_SERIOUS
