"""A proposition, findings linked to it and a claim that makes it, as standings and verdicts see them."""

from datetime import date

from sample_lexicon import PLAIN

from review.language.flags.screen import Hit
from review.model.knowledge.packs import Flag
from review.model.records import Claim, Finding, Link, Proposition, Study
from review.model.vocabulary import (
    BiasConcern,
    Category,
    Checked,
    Design,
    Ground,
    Polarity,
    Question,
    Severity,
    Species,
    Stance,
    Wording,
)
from review.verdicts.bodies import Item, body_of_evidence
from review.verdicts.reasons import Code
from review.verdicts.standing import Standing, standing_of
from review.verdicts.verdict import Judged, verdict_of

AS_OF = date(2026, 11, 21)
DOCUMENT = Species.NOT_APPLICABLE
"""The species of what is about nobody: labels, notices and the like."""


def proposition(
    question=Question.BENEFIT, species=Species.HUMAN, horizon="not_applicable", **changes: object
) -> Proposition:
    cells = {
        "proposition": "regrows",
        "topic": "exosome-efficacy",
        "question": question,
        "species": species,
        "statement": "Exosome injections regrow hair.",
        "population": "x",
        "intervention": "x",
        "comparator": "x",
        "outcome": "x",
        "horizon": horizon,
        "outcome_kind": "disease-oriented" if question.is_graded else "not_applicable",
    }
    return Proposition(**{**cells, **changes})


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
    comparator="x",
    **effect: object,
) -> Item:
    finding = Finding(
        finding="f1",
        outcome="hair",
        result=result,
        time_point=time_point,
        checked=checked,
        source="x",
        **effect,
    )
    study = Study(
        study=f"study{number}",
        design=design,
        species=species,
        population="x",
        n=n,
        sample="x",
        intervention="x",
        comparator=comparator,
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


def sound(number=1, design=Design.RANDOMISED_TRIAL, **changes: object) -> Item:
    """A finding of a large study of low risk of bias: of two such trials the certainty is high."""
    return item(number, design, **{"bias": BiasConcern.LOW, **changes})


def document(number=1, design=Design.LABEL, **changes: object) -> Item:
    """What a document says, which is about nobody."""
    return item(number, design, DOCUMENT, **changes)


def standing_on(
    *items: Item, is_sought=False, recorded=None, as_of=AS_OF, **changes: object
) -> Standing:
    """Where a proposition with these changes stands on these findings."""
    about = proposition(**changes)
    return standing_of(about, body_of_evidence(about, items, as_of), recorded, is_sought=is_sought)


def claim(
    quote: str,
    wording=Wording.ASSERTED,
    polarity=Polarity.AFFIRMS,
    category=Category.EFFICACY,
    start=0,
    **changes: object,
) -> Claim:
    cells = {
        "claim": "home-001",
        "page": "home",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "category": category,
        "wording": wording,
        "checkworthy": "yes",
        "proposition": "regrows",
        "polarity": polarity,
    }
    return Claim(**{**cells, **changes})


def hit(ground: Ground, severity=Severity.BLOCK) -> Hit:
    """A flag of this ground, met in the words of a claim."""
    return Hit(Flag.model_construct(flag="F99", ground=ground, severity=severity), None, 0, 4, "word")


def screened(words: Claim, standing: Standing, lexicon=PLAIN) -> Judged:
    """A claim judged with the flags that the packaged packs meet in its words."""
    met = [hit for hit in lexicon.screen.hits(words.quote) if not hit.flag.is_disclosure]
    return verdict_of(words, standing, lexicon, met)


def codes(judged: Judged) -> set[Code]:
    return {reason.code for reason in judged.reasons}


def told(judged: Judged) -> list[str]:
    """The reasons as a reader is told them."""
    return [f"{reason.code}: {reason.sentence}" for reason in judged.reasons]
