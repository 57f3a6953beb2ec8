"""What can be rated: each judgement that the evidence holds, with what a rater must see to give it.

An item never shows what was recorded of it: it is made from what was read, not from what was judged.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from review.model.records import Claim, Evidence, Link
from review.model.vocabulary import Category, Concern, Directness, Domain, Polarity, Stance, Wording


class Kind(StrEnum):
    """The kinds of judgement that can be rated."""

    GRADE = "grade"
    APPRAISAL = "appraisal"
    STANCE = "stance"
    DIRECTNESS = "directness"
    CATEGORY = "category"
    WORDING = "wording"
    POLARITY = "polarity"
    PROPOSITION = "proposition"


ORDERED = frozenset({Kind.GRADE})
"""The kinds whose words go from less to more; directness does not, for `not_applicable` has no place."""


@dataclass(frozen=True, slots=True)
class Item:
    """One judgement to be made.

    `subject` is the record it is about, `item` which of its judgements, `shown` what a rater is shown,
    `scale` the words that can be given, and `group` the items that share that scale.
    """

    kind: Kind
    subject: str
    item: str
    shown: str
    scale: tuple[str, ...]
    group: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies it: kind, subject and item."""
        return (str(self.kind), self.subject, self.item)


def items_of(evidence: Evidence, kind: Kind) -> tuple[Item, ...]:
    """Every item of a kind, in the order of the ids."""
    return tuple(_MAKERS[kind](evidence))


_ASKED_OF = {
    Domain.RISK_OF_BIAS: "How far do faults of the studies themselves lower certainty?",
    Domain.INCONSISTENCY: "How far does it lower certainty that results differ?",
    Domain.INDIRECTNESS: "How far does it lower certainty that people, treatment or outcome differ?",
    Domain.IMPRECISION: "How far does it lower certainty that numbers are small or intervals wide?",
    Domain.PUBLICATION_BIAS: "How far does it lower certainty that results may be unpublished?",
}


def _grade(evidence: Evidence) -> Iterator[Item]:
    for key, record in evidence.certainties.items():
        proposition = evidence.propositions[key]
        studies = ", ".join(f"{study} ({evidence.studies[study].design})" for study in record.studies)
        about = f"{proposition.statement} Studies: {studies or 'none counts'}."
        for domain, asked in _ASKED_OF.items():
            yield Item(Kind.GRADE, key, str(domain), f"{asked} {about}", _words(Concern), "grade")


def _appraisal(evidence: Evidence) -> Iterator[Item]:
    for key, appraisal in evidence.appraisals.items():
        tool = evidence.packs.tools[appraisal.edition]
        title = evidence.references[key].fields.get("title", key)
        for item, asked in tool.questions.items():
            shown = f"{asked} Study: {title}. Result: {appraisal.result}."
            group = f"appraisal, {tool.label}"
            yield Item(Kind.APPRAISAL, key, item, shown, tuple(tool.answers[item]), group)


def _words(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in vocabulary)


def _of_links(
    kind: Kind, scale: type[StrEnum], shown: Mapping[str, Callable[[Evidence, Link], str]]
) -> Callable[[Evidence], Iterator[Item]]:
    """The maker of the items of a kind that stand in `links.csv`."""

    def made(evidence: Evidence) -> Iterator[Item]:
        for key, link in evidence.links.items():
            for item, text in shown.items():
                yield Item(kind, key, item, text(evidence, link), _words(scale), str(kind))

    return made


def _stance_shown(evidence: Evidence, link: Link) -> str:
    finding = next(f for f in evidence.studies[link.study].findings if f.finding == link.finding)
    statement = evidence.propositions[link.proposition].statement
    return f"Statement: {statement} Finding of {link.study}: {' '.join(finding.result.split())}"


def _directness_shown(part: str) -> Callable[[Evidence, Link], str]:
    def shown(evidence: Evidence, link: Link) -> str:
        study, proposition = evidence.studies[link.study], evidence.propositions[link.proposition]
        if part == "outcome":
            read = next(f.outcome for f in study.findings if f.finding == link.finding)
        else:
            read = getattr(study, part)
        return f"Asked for: {getattr(proposition, part)}. Studied in {link.study}: {read}."

    return shown


def _of_claims(
    kind: Kind, scale: Callable[[Evidence], tuple[str, ...]], shown: Callable[[Evidence, Claim], str]
) -> Callable[[Evidence], Iterator[Item]]:
    """The maker of the items of a kind that stand in `claims.csv`."""

    def made(evidence: Evidence) -> Iterator[Item]:
        words = scale(evidence)
        for key, claim in evidence.claims.items():
            yield Item(kind, key, str(kind), shown(evidence, claim), words, str(kind))

    return made


def _quote(evidence: Evidence, claim: Claim) -> str:
    return f"“{claim.quote}” on {evidence.pages[claim.page].title}"


def _quote_and_statement(evidence: Evidence, claim: Claim) -> str:
    statement = evidence.propositions[claim.proposition].statement
    return f"{_quote(evidence, claim)}. Statement: {statement}"


_MAKERS: Mapping[Kind, Callable[[Evidence], Iterator[Item]]] = {
    Kind.GRADE: _grade,
    Kind.APPRAISAL: _appraisal,
    Kind.STANCE: _of_links(Kind.STANCE, Stance, {"stance": _stance_shown}),
    Kind.DIRECTNESS: _of_links(
        Kind.DIRECTNESS,
        Directness,
        {part: _directness_shown(part) for part in ("population", "intervention", "outcome")},
    ),
    Kind.CATEGORY: _of_claims(Kind.CATEGORY, lambda _: _words(Category), _quote),
    Kind.WORDING: _of_claims(Kind.WORDING, lambda _: _words(Wording), _quote),
    Kind.POLARITY: _of_claims(Kind.POLARITY, lambda _: _words(Polarity), _quote_and_statement),
    Kind.PROPOSITION: _of_claims(Kind.PROPOSITION, lambda e: tuple(e.propositions), _quote),
}
