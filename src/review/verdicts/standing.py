"""The standing of a proposition: which way its evidence points and how certain that is.

Benefit, harm, comparison and prevalence are rated by GRADE and OCEBM. Biology, regulation,
composition, protocol and the state of research are judged on documents, by the strongest kind of
source linked. Logistics is set aside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from review.grading.grade import Graded, Step, graded, start_for
from review.grading.ocebm import Level, level_of_evidence
from review.grading.rateable import RateableFinding, SuggestedRating
from review.grading.settings import DEFAULTS, GradeSettings
from review.grading.sort import SortGrade, sort_grade, study_level
from review.grading.suggest import suggested_ratings
from review.language.wording.firmness import ALLOWED, Firmness
from review.model.records import CertaintyRecord, Proposition, Study
from review.model.vocabulary import (
    Certainty,
    Design,
    Direction,
    Domain,
    Question,
    Stance,
    StartRule,
    TrialState,
)
from review.verdicts import documents
from review.verdicts.bodies import Body, Exclusion, Item, direction_of, weighed_direction
from review.verdicts.documents import SourceKind


class Basis(StrEnum):
    """On whose word a grade stands."""

    RECORDED = "recorded judgement"
    SUGGESTED = "suggested, not confirmed"
    RULE = "rule"


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """Where a proposition stands; unless said otherwise, by a rule that gives no direction.

    `certainty` is None for what GRADE does not rate; `source_kind` is given where documents decided.
    `allowed` is how firmly the statement may be put where it is supported. `is_sought` tells whether
    somebody searched a database for it and looked through what it gave: only then is nothing found more
    than nothing held. `to_screen` counts the records that searches gave and nobody has looked through.
    `stale` says that a recorded judgement exists but was made on other studies; `disagreements` name
    the domains in which a recorded rating is not the suggested one. `raters` are the people who made
    each judgement behind the certainty, nobody where a rule suggests it.
    """

    proposition: Proposition
    body: Body
    level: Level
    steps: tuple[Step, ...]
    label: str
    method: str
    direction: Direction = Direction.NONE
    certainty: Certainty | None = None
    source_kind: SourceKind | None = None
    allowed: Firmness = Firmness.UNCERTAIN
    is_sought: bool = False
    to_screen: int = 0
    basis: Basis = Basis.RULE
    judged_by: str = "rule"
    stale: bool = False
    disagreements: tuple[str, ...] = ()
    raters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.label}, direction {self.direction}: {self.proposition.statement}>"

    @property
    def is_graded(self) -> bool:
        """Whether GRADE applies: to the question, and to the designs that count for it."""
        return self.proposition.question.is_graded and self.source_kind is None

    @property
    def sort(self) -> SortGrade:
        """SORT's grade of the findings that count; a body is consistent when all point one way."""
        items = self.body.counted
        levels = (study_level(item.study.design, item.bias) for item in items)
        is_consistent = direction_of(items) in (Direction.SUPPORTS, Direction.CONTRADICTS)
        rated = [level for level in levels if level is not None]
        return sort_grade(rated, self.proposition.outcome_kind, is_consistent)

    @property
    def is_set_aside(self) -> bool:
        """Whether the proposition is no evidence question at all."""
        return self.proposition.question.is_set_aside


def standing_of(
    proposition: Proposition,
    body: Body,
    recorded: CertaintyRecord | None = None,
    settings: GradeSettings = DEFAULTS,
    *,
    is_sought: bool = False,
) -> Standing:
    """The standing that `body` gives `proposition`, using the recorded judgement where it applies.

    A recorded judgement applies to exactly the studies it names; on any other body, such as that of
    an earlier date, the suggestion is used and marked. It was made under the classic start rule; under
    another one its start is replaced where the rules differ, and its ratings are kept.
    """
    if proposition.question.is_set_aside:
        return _set_aside(proposition, body)
    if not proposition.question.is_graded:
        return replace(_by_documents(proposition, body), is_sought=is_sought)
    tiers = _tiers(proposition.question, body.counted, settings.start_rule)
    # Documents decide where no study has a design that GRADE starts from.
    if not tiers:
        by_documents = _by_documents(proposition, body) if body.counted else None
        standing = by_documents or _without_people(proposition, body, recorded, settings)
        return replace(standing, is_sought=is_sought)
    stale = recorded is not None and tuple(sorted(recorded.studies)) != body.studies
    if recorded is None or stale:
        judged = _by_suggestion(proposition.question, body, tiers, settings)
    else:
        tier = _recorded_tier(proposition.question, recorded, tiers)
        judged = _by_record(proposition.question, recorded, body, tier, settings)
    direction, harm_step = _direction(proposition.question, judged.tier, body)
    return Standing(
        proposition=proposition,
        body=body,
        direction=direction,
        certainty=judged.grade.certainty,
        level=_best_level(proposition.question, body.counted),
        steps=(*judged.grade.steps, *judged.choice, *harm_step),
        allowed=ALLOWED[judged.grade.certainty],
        is_sought=is_sought,
        basis=judged.basis,
        label=judged.grade.certainty.label,
        method=settings.method,
        judged_by=judged.judged_by,
        stale=stale,
        disagreements=judged.disagreements,
        raters=judged.raters,
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A grade, the findings it is about, whose judgements gave it, and why these and no others."""

    grade: Graded
    tier: tuple[Item, ...]
    basis: Basis
    judged_by: str
    raters: Mapping[str, tuple[str, ...]]
    disagreements: tuple[str, ...] = ()
    choice: tuple[Step, ...] = ()


def _start(question: Question, item: Item, rule: StartRule = StartRule.CLASSIC) -> Certainty | None:
    return start_for(item.study.design, question, rule, item.study.included_designs)


def _tiers(question: Question, items: Sequence[Item], rule: StartRule) -> tuple[tuple[Item, ...], ...]:
    """The items by where GRADE starts for their design, the highest start first."""
    by_start: dict[Certainty, list[Item]] = {}
    for item in items:
        start = _start(question, item, rule)
        if start is not None:
            by_start.setdefault(start, []).append(item)
    return tuple(tuple(by_start[start]) for start in Certainty if start in by_start)


def _recorded_tier(
    question: Question, recorded: CertaintyRecord, tiers: Sequence[tuple[Item, ...]]
) -> tuple[Item, ...]:
    """The findings that a recorded judgement is about: those that start where it starts."""
    alike = (tier for tier in tiers if _start(question, tier[0]) is recorded.start)
    return next(alike, tiers[0])


def _direction(
    question: Question, tier: Sequence[Item], body: Body
) -> tuple[Direction, tuple[Step, ...]]:
    """Which way the evidence points; of a harm every design is looked at, not the strongest alone.

    Studies without a case do not undo cases that others report: together they leave it open how often.
    """
    direction = weighed_direction(tier)
    reporting = sorted({i.study.study for i in body.counted if i.link.stance in _REPORTS})
    if question is not Question.HARM or not reporting or direction is Direction.SUPPORTS:
        return direction, ()
    reason = f"Of a harm every design is looked at; it is reported by {', '.join(reporting)}."
    return Direction.MIXED, (Step("every design", 0, reason),)


_REPORTS = frozenset({Stance.SUPPORTS, Stance.MIXED})


def _best_level(question: Question, items: Sequence[Item]) -> Level:
    levels = [level_of_evidence(question, i.study.design, i.study.included_designs) for i in items]
    rated = [level for level in levels if level.value is not None]
    return min(rated, key=lambda level: (level.value or 9, level.reason)) if rated else levels[0]


def _by_record(
    question: Question,
    recorded: CertaintyRecord,
    body: Body,
    tier: tuple[Item, ...],
    settings: GradeSettings,
) -> _Judged:
    start, start_reason = _start_of_record(question, recorded, body, tier, settings.start_rule)
    reasons = {str(domain): rating.full_reason for domain, rating in recorded.ratings.items()}
    reasons |= {str(upgrade): rating.full_reason for upgrade, rating in recorded.upgrades.items()}
    reasons["start"] = start_reason
    grade = graded(
        start,
        {domain: rating.rating for domain, rating in recorded.ratings.items()},
        {upgrade: rating.levels for upgrade, rating in recorded.upgrades.items()},
        strict_upgrades=settings.strict_upgrades,
        reasons={name: " ".join(reason.split()) for name, reason in reasons.items()},
    )
    disagreements = tuple(_disagreements(recorded, _suggestions(question, body, tier, settings)))
    return _Judged(grade, tier, Basis.RECORDED, recorded.judged_by, recorded.raters, disagreements)


def _start_of_record(
    question: Question,
    recorded: CertaintyRecord,
    body: Body,
    tier: tuple[Item, ...],
    rule: StartRule,
) -> tuple[Certainty, str]:
    """The start of a recorded judgement under `rule`, with the reason.

    A start that the classic rule would not have derived was judged, and stands under every rule.
    """
    start = _tier_start(question, tier, rule)
    highest = _tiers(question, body.counted, StartRule.CLASSIC)[0]
    classic = _tier_start(question, highest, StartRule.CLASSIC)
    if recorded.start is not classic or start is classic:
        return recorded.start, recorded.start_reason
    replaced = f"By the {rule} start rule, in place of the recorded {recorded.start}."
    return start, f"{replaced}{_lifted(question, tier, rule)} Recorded: {recorded.start_reason}"


def _lifted(question: Question, tier: Sequence[Item], rule: StartRule) -> str:
    """What a start above that of the classic rule asks for (GRADE guidelines 18)."""
    if all(_start(question, item, rule) is _start(question, item) for item in tier):
        return ""
    return " Such a start holds only where the risk of bias was rated by ROBINS-I."


def _tier_start(question: Question, tier: Sequence[Item], rule: StartRule) -> Certainty:
    start = _start(question, tier[0], rule)
    assert start is not None, "a deciding tier has a start"
    return start


def _disagreements(
    recorded: CertaintyRecord, suggestions: Mapping[Domain, SuggestedRating]
) -> Iterator[str]:
    """Where the recorded rating is not the suggested one: the recorded one wins, and it shows."""
    for domain, suggestion in suggestions.items():
        rating = recorded.ratings[domain].rating
        if rating is not suggestion.concern:
            differs = f"recorded {rating.spoken}, suggested {suggestion.concern.spoken}"
            yield f"{domain.spoken}: {differs}. {suggestion.reason}"


def _by_suggestion(
    question: Question, body: Body, tiers: Sequence[tuple[Item, ...]], settings: GradeSettings
) -> _Judged:
    """The grade that the rules suggest: that of the designs that come out with the highest certainty.

    A body of another design may replace or complement trials of which less is certain (GRADE
    guidelines 24 and 44); of equal certainty, the designs that start higher are taken.
    """
    grades = [_suggested_grade(question, body, tier, settings) for tier in tiers]
    best = max(range(len(tiers)), key=lambda at: (grades[at].certainty.level, -at))
    choice = _choice(tiers, grades, best)
    suggested = {str(domain): () for domain in Domain}
    return _Judged(grades[best], tiers[best], Basis.SUGGESTED, "nobody yet", suggested, choice=choice)


def _suggested_grade(
    question: Question, body: Body, tier: tuple[Item, ...], settings: GradeSettings
) -> Graded:
    suggestions = _suggestions(question, body, tier, settings)
    start = _tier_start(question, tier, settings.start_rule)
    reason = f"{_designs(tier).capitalize()}.{_lifted(question, tier, settings.start_rule)}"
    return graded(
        start,
        {domain: suggestion.concern for domain, suggestion in suggestions.items()},
        reasons={
            "start": f"Design in people: {reason}",
            **{str(domain): suggestion.reason for domain, suggestion in suggestions.items()},
        },
    )


def _designs(tier: Sequence[Item]) -> str:
    return ", ".join(sorted({_design(item.study) for item in tier}))


def _design(study: Study) -> str:
    """The design of a study in words, and what a review includes where its design leaves that open."""
    if not study.design.is_open:
        return study.design.spoken
    inside = ", ".join(design.spoken for design in study.included_designs) or "of what is not recorded"
    return f"{study.design.spoken} ({inside})"


def _choice(tiers: Sequence[tuple[Item, ...]], grades: Sequence[Graded], best: int) -> tuple[Step, ...]:
    """Why one body decides where there are several; nothing where there is one."""
    first, others = grades[0].certainty, [grade.certainty for grade in grades[1:]]
    if best:
        reason = (
            f"{grades[best].certainty.label.capitalize()} of {_designs(tiers[best])} replaces "
            f"{first.label} of {_designs(tiers[0])} (GRADE guidelines 24 and 44)."
        )
    elif any(certainty is first for certainty in others):
        level = [tier for tier, grade in zip(tiers, grades, strict=True) if grade.certainty is first]
        agree = len({weighed_direction(tier) for tier in level}) == 1
        way = "complements it" if agree else "points elsewhere, and does not outweigh it"
        reason = f"{_designs(level[1]).capitalize()}, of the same certainty, {way}."
    else:
        return ()
    return (Step("which design decides", 0, reason),)


def _suggestions(
    question: Question, body: Body, tier: Sequence[Item], settings: GradeSettings
) -> Mapping[Domain, SuggestedRating]:
    """What the rules would rate; a registered trial counts only if its entry was read by then."""
    read = (*body.counted, *(item for item, why in body.excluded if why is Exclusion.BACKGROUND))
    registered = {
        item.study.study: item.study.trial_state
        for item in read
        if item.study.design is Design.REGISTRY_ENTRY and item.is_verified
    }
    silent = sorted(key for key, state in registered.items() if state is TrialState.ENDED)
    waiting = sorted(registered.keys() - silent)
    findings = [_rateable(item) for item in tier]
    return suggested_ratings(
        findings,
        settings,
        silent,
        waiting,
        body.thresholds,
        is_harm=question is Question.HARM,
    )


def _rateable(item: Item) -> RateableFinding:
    finding, n, link, includes = item.finding, item.study.n, item.link, item.study.includes
    return RateableFinding(
        study=item.study.study,
        design=item.study.design,
        stance=link.stance,
        directness=(link.population, link.intervention, link.outcome),
        participants=n if isinstance(n, int) else None,
        funding=item.study.funding_kind,
        measure=finding.measure,
        unit=finding.unit,
        estimate=finding.estimate,
        ci_low=finding.ci_low,
        ci_high=finding.ci_high,
        bias=item.bias,
        comparator=link.comparator,
        events=finding.events,
        sd=finding.sd,
        includes=None if includes is None else frozenset(includes),
    )


def _without_people(
    proposition: Proposition, body: Body, recorded: CertaintyRecord | None, settings: GradeSettings
) -> Standing:
    if body.only_preclinical:
        label = "no human evidence"
        reason = "Only animal or cell findings are linked: very low for a claim about people."
        level = Level(5, "mechanism-based reasoning; animal or cells")
    else:
        label, level = "no evidence found", Level(None, "nothing counts")
        reason = "No finding that counts is linked."
    return Standing(
        proposition=proposition,
        body=body,
        # However many animals or cells there are, they leave it very low for people; nothing gives none.
        certainty=Certainty.VERY_LOW if body.only_preclinical else None,
        level=level,
        steps=(Step("start", 0, reason),),
        label=label,
        method=settings.method,
        stale=recorded is not None and bool(recorded.studies),
    )


def _by_documents(proposition: Proposition, body: Body) -> Standing:
    weighed = documents.weighed(proposition, body)
    return Standing(
        proposition=proposition,
        body=body,
        direction=weighed.direction,
        # Documents have no level, whichever they are; that of a label says why.
        level=level_of_evidence(proposition.question, Design.LABEL),
        source_kind=weighed.kind,
        allowed=weighed.allowed,
        steps=(Step("documents", 0, weighed.reason),),
        label=weighed.label,
        method=documents.METHOD,
    )


def _set_aside(proposition: Proposition, body: Body) -> Standing:
    return Standing(
        proposition=proposition,
        body=body,
        level=level_of_evidence(proposition.question, Design.LABEL),
        steps=(Step("set aside", 0, "Prices, insurance and appointments are no evidence question."),),
        label="set aside",
        method="none",
    )
