"""A proposition and a finding linked to it, as standings and verdicts see them."""

from datetime import date

from review.model.records import Finding, Link, Proposition, Study
from review.model.vocabulary import BiasConcern, Checked, Design, Question, Species, Stance
from review.verdicts.bodies import Item

AS_OF = date(2026, 11, 21)


def proposition(question=Question.BENEFIT, species=Species.HUMAN, horizon="x") -> Proposition:
    return Proposition(
        proposition="regrows",
        topic="exosome-efficacy",
        question=question,
        species=species,
        statement="Exosome injections regrow hair.",
        population="x",
        intervention="x",
        comparator="x",
        outcome="x",
        horizon=horizon,
        outcome_kind="disease-oriented",
    )


def item(
    number=1,
    design=Design.RANDOMISED_TRIAL,
    species=Species.HUMAN,
    stance=Stance.SUPPORTS,
    checked=Checked.ABSTRACT,
    n: object = 500,
    result="Hair grew.",
    known=date(2024, 1, 1),
    directness="direct",
    bias=BiasConcern.UNKNOWN,
    time_point=None,
    follow_up="x",
) -> Item:
    finding = Finding(
        finding="f1", outcome="hair", result=result, time_point=time_point, checked=checked, source="x"
    )
    study = Study(
        study=f"study{number}",
        design=design,
        species=species,
        population="x",
        n=n,
        sample="x",
        intervention="x",
        comparator="x",
        follow_up=follow_up,
        funding_kind="none",
        funding="x",
        conflicts="x",
        registration="x",
        doi="not_found",
        pmid="not_found",
        recorded=date(2026, 11, 21),
        checked=checked,
        findings=(finding,),
        warnings=(),
    )
    link = Link(
        link=f"lnk-{number:04d}",
        proposition="regrows",
        study=study.study,
        finding="f1",
        stance=stance,
        population=directness,
        intervention=directness,
        outcome=directness,
        reason="x",
    )
    return Item(link, study, finding, known, bias)
