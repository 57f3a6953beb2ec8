"""The body of evidence of a proposition: which findings count for it, which do not, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review.grading.body import ONE_SIDE
from review.grading.thresholds import Thresholds
from review.model.records import Finding, Link, Proposition, Study
from review.model.vocabulary import BiasConcern, Checked, Design, Direction, Directness, Species, Stance


@dataclass(frozen=True, slots=True)
class Item:
    """One linked finding with its study, and the day from which it can have been known.

    `bias` is what the study's appraisal gives, unknown without one.
    """

    link: Link
    study: Study
    finding: Finding
    known_from: date
    bias: BiasConcern = BiasConcern.UNKNOWN

    @property
    def is_verified(self) -> bool:
        """Whether somebody read the finding at a source."""
        return self.finding.checked.is_verified

    @property
    def directness(self) -> int:
        """How far it is from just these people, this treatment, this outcome: 0 direct, 2 indirect."""
        steps = {Directness.PARTLY: 1, Directness.INDIRECT: 2}
        link = self.link
        return max(steps.get(x, 0) for x in (link.population, link.intervention, link.outcome))

    @property
    def species(self) -> Species:
        """Whom or what the finding is about."""
        return self.study.species_of(self.finding)


class Exclusion(StrEnum):
    """Why a linked finding does not count towards a standing."""

    LATER = "published after the date of this review"
    RETRACTED = "the study was retracted"
    UNVERIFIED = "not verified: nobody has read it at a source"
    UNCONFIRMED = "read by machine, and no person has confirmed it"
    NOT_IN_PEOPLE = "animal or cell evidence, which is no evidence in people"
    BACKGROUND = "background only, decides nothing"
    OTHER_PRODUCT = "about a product elsewhere, which shows nothing of the one offered here"


@dataclass(frozen=True, slots=True)
class Body:
    """The findings linked to one proposition, split into those that count and those that do not.

    `thresholds` tell from what effect on it matters, as far as that is recorded.
    """

    counted: tuple[Item, ...]
    excluded: tuple[tuple[Item, Exclusion], ...]
    thresholds: Thresholds | None = None

    @property
    def only_preclinical(self) -> bool:
        """Whether animal or cell findings that decide something are all there is."""
        return not self.counted and any(why is Exclusion.NOT_IN_PEOPLE for _, why in self.excluded)

    @property
    def known(self) -> frozenset[str]:
        """The keys of all studies linked that were known on the day of the review."""
        others = {item.study.study for item, why in self.excluded if why is not Exclusion.LATER}
        return frozenset({*self.studies, *others})

    @property
    def studies(self) -> tuple[str, ...]:
        """The keys of the studies that count, sorted."""
        return tuple(sorted({item.study.study for item in self.counted}))


def body_of_evidence(
    proposition: Proposition,
    items: Iterable[Item],
    as_of: date,
    retracted: frozenset[str] = frozenset(),
) -> Body:
    """What counts for `proposition` on the day `as_of`.

    An unverified fact never counts; a finding in animals or cells never counts for a statement about
    people; background never decides. What is offered here is shown by papers of its own, never by what
    is known of products elsewhere.
    """
    counted: list[Item] = []
    excluded: list[tuple[Item, Exclusion]] = []
    for item in sorted(items, key=lambda item: item.link.link):
        why = _exclusion(proposition, item, as_of, retracted)
        if why:
            excluded.append((item, why))
        else:
            counted.append(item)
    return Body(tuple(counted), tuple(excluded))


def _exclusion(
    proposition: Proposition, item: Item, as_of: date, retracted: frozenset[str]
) -> Exclusion | None:
    if item.known_from > as_of:
        return Exclusion.LATER
    if item.study.study in retracted:
        return Exclusion.RETRACTED
    # Animals and cells come last: "only preclinical" is said of findings that would have decided.
    if item.link.stance is Stance.BACKGROUND:
        return Exclusion.BACKGROUND
    if item.finding.checked is Checked.READ_BY_MACHINE:
        return Exclusion.UNCONFIRMED
    if not item.is_verified:
        return Exclusion.UNVERIFIED
    if proposition.species is Species.HUMAN and item.species.is_preclinical:
        return Exclusion.NOT_IN_PEOPLE
    confirms = item.link.stance is Stance.SUPPORTS and item.study.design is not Design.OWN_DOCUMENT
    if proposition.question.is_shown_by_papers and confirms:
        return Exclusion.OTHER_PRODUCT
    return None


def in_people(link: Link, study: Study) -> bool:
    """Whether a link can count for a statement about people: verified, deciding, in people."""
    finding = next(f for f in study.findings if f.finding == link.finding)
    return (
        finding.checked.is_verified
        and link.stance is not Stance.BACKGROUND
        and not study.species_of(finding).is_preclinical
    )


def known_from(published: date | None, recorded: date) -> date:
    """The day from which a study can be shown.

    The last day on which it can have been published, but never later than the day it was entered
    here, for by then it had been read; an undated document counts from that day.
    """
    return recorded if published is None else min(published, recorded)


def weighed_direction(items: Sequence[Item]) -> Direction:
    """Which way `items` point by weight, so that one study of many does not divide them.

    Weight is the number of people where every study gives it, else each study weighs the same; a study
    with several findings shares its weight among them, and one that a review among them includes has
    none of its own. From `ONE_SIDE` of the weight on a side has it (our convention, with the share that
    Core GRADE 3 takes for agreement).
    """
    included = {study for item in items for study in item.study.includes or ()}
    items = [item for item in items if item.study.study not in included] or items
    plain = direction_of(items)
    if plain is not Direction.MIXED:
        return plain
    sizes = {item.study.study: item.study.n for item in items}
    all_known = all(isinstance(n, int) and n > 0 for n in sizes.values())
    findings = Counter(item.study.study for item in items)
    weights: Counter[Stance] = Counter()
    for item in items:
        size = sizes[item.study.study] if all_known else 1
        weights[item.link.stance] += size / findings[item.study.study]  # type: ignore[operator, assignment]
    for stance, direction in _ONE_WAY.items():
        if weights[stance] >= ONE_SIDE * weights.total():
            return direction
    return Direction.MIXED


_ONE_WAY = {Stance.SUPPORTS: Direction.SUPPORTS, Stance.CONTRADICTS: Direction.CONTRADICTS}


def direction_of(items: Sequence[Item]) -> Direction:
    """Which way `items` point: one way if all agree, mixed otherwise, none if there are none."""
    stances = {item.link.stance for item in items}
    if not stances:
        return Direction.NONE
    # A single finding can itself be mixed, so one stance alone does not make one direction.
    if stances == {Stance.SUPPORTS}:
        return Direction.SUPPORTS
    if stances == {Stance.CONTRADICTS}:
        return Direction.CONTRADICTS
    return Direction.MIXED
