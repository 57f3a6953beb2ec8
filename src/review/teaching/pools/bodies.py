"""Lesson 4, grade a body of evidence: its five GRADE domains as judged, and its certainty by rule."""

from collections.abc import Iterator, Mapping
from functools import partial

from review.dossier.dossier import Dossier
from review.grading.grade import METHOD_VERSION, graded
from review.model.records import CertaintyRecord
from review.model.vocabulary import Certainty, Concern, Design, Domain, spoken
from review.teaching.items import AnswerScale, Key, KeyBasis, LessonItem, Worked
from review.teaching.pools.facts import (
    finding_lines,
    not_worked_out,
    one_line,
    statement_lines,
    study_lines,
)
from review.verdicts.bodies import Exclusion
from review.verdicts.standing import Basis, Standing

CONCERNS = tuple(str(concern) for concern in Concern)
CERTAINTIES = tuple(str(certainty) for certainty in reversed(Certainty))

OVERALL = "certainty"
"""The part of the id of an item that asks for the certainty of a body."""

_GUIDELINE = {
    Domain.RISK_OF_BIAS: "GRADE guidelines 4",
    Domain.INCONSISTENCY: "GRADE guidelines 7",
    Domain.INDIRECTNESS: "GRADE guidelines 8",
    Domain.IMPRECISION: "GRADE guidelines 6",
    Domain.PUBLICATION_BIAS: "GRADE guidelines 5",
}
_ASKED = {
    Domain.RISK_OF_BIAS: "Could the way in which the deciding studies were done have changed their "
    "results?",
    Domain.INCONSISTENCY: "Do the results differ from each other more than chance explains?",
    Domain.INDIRECTNESS: "Were other people, another treatment or another outcome studied than the "
    "statement speaks of?",
    Domain.IMPRECISION: "Are there too few participants or events, or too wide an interval?",
    Domain.PUBLICATION_BIAS: "Are results likely to be missing because nobody published them? "
    "Undetected is not serious, suspected is serious.",
}


def items(dossier: Dossier) -> tuple[LessonItem, ...]:
    """Six items for each body of evidence with a recorded judgement that applies today.

    Five ask for a domain, the last for the certainty that follows. Choices are in the product's words,
    from no concern to most, and from very-low to high.
    """
    recorded = dossier.evidence.certainties
    standings = {key: dossier.standing(key) for key in sorted(recorded)}
    return tuple(
        item
        for key, standing in standings.items()
        # Where other studies count today, nobody has judged them, and there is no key.
        if standing.is_graded and standing.basis is Basis.RECORDED and standing.certainty
        for item in _of_body(dossier, recorded[key], standing, standing.certainty)
    )


def _of_body(
    dossier: Dossier, recorded: CertaintyRecord, standing: Standing, certainty: Certainty
) -> Iterator[LessonItem]:
    group = f"4.{recorded.proposition}"
    read = f"evidence/certainty/{recorded.proposition}.yml"
    item = partial(
        LessonItem,
        lesson=4,
        group=group,
        scale=AnswerScale.ORDINAL,
        difficulty=difficulty_of(standing),
        context="\n".join(_context(dossier, standing)),
        about=(recorded.proposition,),
    )
    for domain in Domain:
        rating, rule = recorded.ratings[domain], _GUIDELINE[domain]
        yield item(
            _domain_item(group, domain),
            prompt=f"{spoken(domain).capitalize()}. {_ASKED[domain]}",
            choices=CONCERNS,
            key=Key(str(rating.rating), one_line(rating.reason), KeyBasis.JUDGEMENT, rule, read),
        )
    rule = f"GRADE guidelines 1 (start) and 9 (rating up); {METHOD_VERSION}"
    yield item(
        f"{group}.{OVERALL}",
        prompt="Certainty. Begin where the design of the strongest studies in people lets GRADE begin, "
        "and take off what you rated above.",
        choices=CERTAINTIES,
        key=Key(str(certainty), _arithmetic(recorded, certainty), KeyBasis.RULE, rule, read),
        works_out=partial(_worked, group, recorded, dossier.settings.strict_upgrades),
    )


def _domain_item(group: str, domain: Domain) -> str:
    return f"{group}.{str(domain).replace('_', '-')}"


def _worked(
    group: str, recorded: CertaintyRecord, strict_upgrades: bool, answers: Mapping[str, str]
) -> Worked:
    """The certainty by GRADE's arithmetic: recorded start and upgrades, the learner's own ratings."""
    # Who rates a domain otherwise and does the sum right is right.
    ratings = {domain: answers.get(_domain_item(group, domain), "") for domain in Domain}
    if left_out := [spoken(domain) for domain, rating in ratings.items() if rating not in CONCERNS]:
        return not_worked_out(left_out)
    upgrades = {upgrade: rating.levels for upgrade, rating in recorded.upgrades.items()}
    grade = graded(
        recorded.start,
        {domain: Concern(rating) for domain, rating in ratings.items()},
        upgrades,
        strict_upgrades=strict_upgrades,
    )
    moved = ", ".join(f"{spoken(step.name)} {step.change:+d}" for step in grade.steps if step.change)
    start = f"start {recorded.start.spoken}"
    return Worked(str(grade.certainty), f"{start}, {moved or 'nothing rated down'}")


def _arithmetic(recorded: CertaintyRecord, certainty: Certainty) -> str:
    """The sum that gives a certainty, in words."""
    down = {d: recorded.ratings[d].rating.levels for d in Domain}
    steps = [f"{domain.spoken} {-by}" for domain, by in down.items() if by]
    ups = [f"{up.spoken} +{rating.levels}" for up, rating in recorded.upgrades.items() if rating.levels]
    moved = ", ".join([*steps, *ups]) or "nothing rated down or up"
    why = one_line(recorded.start_reason)
    return f"Start {recorded.start.spoken}: {why} Then {moved}; gives {certainty.spoken}."


def _context(dossier: Dossier, standing: Standing) -> Iterator[str]:
    """The statement, then each study that counts with its findings, then registered trials."""
    yield from statement_lines(standing.proposition)
    for key in standing.body.studies:
        study = dossier.evidence.studies[key]
        yield from study_lines(dossier, study)
        yield f"- Appraisal: {dossier.appraisal_text(key)}"
        yield from finding_lines(i.finding for i in standing.body.counted if i.study.study == key)
    # They count for nothing and are told all the same: publication bias is judged by them.
    silent = sorted(
        {
            (item.study.study, one_line(item.finding.result))
            for item, why in standing.body.excluded
            if why is Exclusion.BACKGROUND and item.study.design is Design.REGISTRY_ENTRY
        }
    )
    if silent:
        yield "Entries of trial registers that were read:"
        yield from (f"- {key}: {result}" for key, result in silent)


def difficulty_of(standing: Standing) -> int:
    """1, and one more for each, up to 3: findings that point different ways; designs that differ, so
    that it has to be seen which decide; a domain in which the record departs from the rule's suggestion.
    """
    counted = standing.body.counted
    points = [
        len({item.link.stance for item in counted}) > 1,
        len({item.study.design for item in counted}) > 1,
        bool(standing.disagreements),
    ]
    return 1 + min(2, sum(points))
