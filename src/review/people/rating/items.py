"""What can be rated: each judgement that the evidence holds, with what a rater must see to give it.

An item never shows what was recorded of it: it is made from what was read, not from what was judged.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.model.records import LEVELS_UP, Claim, Evidence, Link
from review.model.vocabulary import (
    Category,
    Concern,
    Directness,
    Domain,
    Polarity,
    Stance,
    Upgrade,
    Wording,
)


class RatingKind(StrEnum):
    """The kinds of judgement that can be rated."""

    GRADE = "grade"
    APPRAISAL = "appraisal"
    STANCE = "stance"
    DIRECTNESS = "directness"
    CATEGORY = "category"
    WORDING = "wording"
    POLARITY = "polarity"
    PROPOSITION = "proposition"


ORDERED = frozenset({RatingKind.GRADE})
"""The kinds whose words go from less to more; directness does not, for `not_applicable` has no place."""


@dataclass(frozen=True, slots=True)
class RatingItem:
    """One judgement to be made.

    `subject` is the record it is about, `item` which of its judgements, `prompt` what a rater is shown,
    `scale` the words that can be given, and `group` the items that share that scale.
    """

    kind: RatingKind
    subject: str
    item: str
    prompt: str
    scale: tuple[str, ...]
    group: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies it: kind, subject and item."""
        return (str(self.kind), self.subject, self.item)


def items_of(evidence: Evidence, kind: RatingKind) -> tuple[RatingItem, ...]:
    """Every item of a kind, in the order of the ids."""
    return tuple(_MAKERS[kind](evidence))


_ASKED_OF = {
    Domain.RISK_OF_BIAS: "How far do faults of the studies themselves lower certainty?",
    Domain.INCONSISTENCY: "How far does it lower certainty that results differ?",
    Domain.INDIRECTNESS: "How far does it lower certainty that people, treatment or outcome differ?",
    Domain.IMPRECISION: "How far does it lower certainty that numbers are small or intervals wide?",
    Domain.PUBLICATION_BIAS: "How far does it lower certainty that results may be unpublished?",
}


_ASKED_OF_UPGRADES = {
    Upgrade.LARGE_EFFECT: "By how many levels does it raise certainty that the effect is large?",
    Upgrade.DOSE_RESPONSE: "By how many levels does it raise certainty that more of it does more?",
    Upgrade.OPPOSING_CONFOUNDING: (
        "By how many levels does it raise certainty that what else differed would hide some of it?"
    ),
}


def _grade(evidence: Evidence) -> Iterator[RatingItem]:
    for key, record in evidence.certainties.items():
        proposition = evidence.propositions[key]
        studies = ", ".join(f"{study} ({evidence.studies[study].design})" for study in record.studies)
        about = f"{proposition.statement} Studies: {studies or 'none counts'}."
        for domain, asked in _ASKED_OF.items():
            yield RatingItem(
                RatingKind.GRADE, key, str(domain), f"{asked} {about}", _words(Concern), "grade"
            )
        for upgrade, asked in _ASKED_OF_UPGRADES.items():
            group = "grade, rating up"
            yield RatingItem(RatingKind.GRADE, key, str(upgrade), f"{asked} {about}", LEVELS_UP, group)


def _appraisal(evidence: Evidence) -> Iterator[RatingItem]:
    for key, appraisal in evidence.appraisals.items():
        tool = evidence.packs.tools[appraisal.edition]
        title = evidence.references[key].fields.get("title", key)
        for item, question in tool.questions.items():
            prompt = f"{question} Study: {title}. Result: {appraisal.result}."
            group = f"appraisal, {tool.label}"
            answers = tuple(tool.answers[item])
            yield RatingItem(RatingKind.APPRAISAL, key, item, prompt, answers, group)


def _words(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in vocabulary)


def _of_links(
    kind: RatingKind, scale: type[StrEnum], prompts: Mapping[str, Callable[[Evidence, Link], str]]
) -> Callable[[Evidence], Iterator[RatingItem]]:
    """The maker of the items of a kind that stand in `links.csv`."""

    def made(evidence: Evidence) -> Iterator[RatingItem]:
        for key, link in evidence.links.items():
            for item, text in prompts.items():
                yield RatingItem(kind, key, item, text(evidence, link), _words(scale), str(kind))

    return made


def _stance_prompt(evidence: Evidence, link: Link) -> str:
    finding = next(f for f in evidence.studies[link.study].findings if f.finding == link.finding)
    statement = evidence.propositions[link.proposition].statement
    return f"Statement: {statement} Finding of {link.study}: {' '.join(finding.result.split())}"


def _directness_prompt(part: str) -> Callable[[Evidence, Link], str]:
    def prompt(evidence: Evidence, link: Link) -> str:
        study, proposition = evidence.studies[link.study], evidence.propositions[link.proposition]
        if part == "outcome":
            read = next(f.outcome for f in study.findings if f.finding == link.finding)
        else:
            read = getattr(study, part)
        return f"Asked for: {getattr(proposition, part)}. Studied in {link.study}: {read}."

    return prompt


def _of_claims(
    kind: RatingKind,
    scale: Callable[[Evidence], tuple[str, ...]],
    prompt: Callable[[Evidence, Claim], str],
) -> Callable[[Evidence], Iterator[RatingItem]]:
    """The maker of the items of a kind that stand in `claims.csv`."""

    def made(evidence: Evidence) -> Iterator[RatingItem]:
        words = scale(evidence)
        for key, claim in evidence.claims.items():
            yield RatingItem(kind, key, str(kind), prompt(evidence, claim), words, str(kind))

    return made


def _quote(evidence: Evidence, claim: Claim) -> str:
    return f"“{claim.quote}” on {evidence.pages[claim.page].title}"


def _quote_and_statement(evidence: Evidence, claim: Claim) -> str:
    statement = evidence.propositions[claim.proposition].statement
    return f"{_quote(evidence, claim)}. Statement: {statement}"


_MAKERS: Mapping[RatingKind, Callable[[Evidence], Iterator[RatingItem]]] = {
    RatingKind.GRADE: _grade,
    RatingKind.APPRAISAL: _appraisal,
    RatingKind.STANCE: _of_links(RatingKind.STANCE, Stance, {"stance": _stance_prompt}),
    RatingKind.DIRECTNESS: _of_links(
        RatingKind.DIRECTNESS,
        Directness,
        {part: _directness_prompt(part) for part in ("population", "intervention", "outcome")},
    ),
    RatingKind.CATEGORY: _of_claims(RatingKind.CATEGORY, lambda _: _words(Category), _quote),
    RatingKind.WORDING: _of_claims(RatingKind.WORDING, lambda _: _words(Wording), _quote),
    RatingKind.POLARITY: _of_claims(
        RatingKind.POLARITY, lambda _: _words(Polarity), _quote_and_statement
    ),
    RatingKind.PROPOSITION: _of_claims(RatingKind.PROPOSITION, lambda e: tuple(e.propositions), _quote),
}
