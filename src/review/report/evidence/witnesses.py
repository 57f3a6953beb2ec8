"""What a report tells of the witnesses to its references: who was asked, and what differs there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.dossier.dossier import Dossier
from review.literature.witnesses.comparison import all_differences
from review.model.asked import counts, told_of_one
from review.report.model import WitnessRow


@dataclass(frozen=True, slots=True)
class Told:
    """Who was asked about a reference, and the fields that a witness has otherwise."""

    asked: str
    differences: tuple[str, ...]


def told_of_references(review: Dossier) -> Mapping[str, Told]:
    """What is told of every reference, by key."""
    evidence = review.evidence
    differing = list(all_differences(evidence.references, evidence.witness_records))
    return {
        key: Told(
            told_of_one(review.asked[key]),
            tuple(str(each) for each in differing if each.study == key),
        )
        for key in review.studies_shown
    }


def witnesses(review: Dossier) -> Iterator[WitnessRow]:
    """What came of asking each witness about the references shown."""
    for count in counts(each for key in review.studies_shown for each in review.asked[key]):
        yield WitnessRow(
            witness=count.witness.full_name,
            found=count.found,
            not_found=count.not_found,
            not_asked=sum(count.not_asked.values()),
            whys="; ".join(f"{number}: {why.phrase}" for why, number in count.not_asked.items()),
            oldest=str(count.oldest or ""),
            newest=str(count.newest or ""),
        )
