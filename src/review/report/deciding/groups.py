"""What has to be decided, in groups: sentences that say the same and need the same are decided once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.model.vocabulary import Action, DecisionKind, Tier
from review.report.model import ClaimRow, DecisionRow, Report, SentenceRow

SUGGESTED = {
    Action.MAY_STAND: DecisionKind.KEEP,
    Action.REWORD: DecisionKind.REWORD,
    Action.REMOVE: DecisionKind.REMOVE,
    Action.PRODUCE_DOCUMENT: DecisionKind.ASK_FOR_DOCUMENT,
    Action.ESCALATE: DecisionKind.ESCALATE,
    # Somebody has to search before anybody can decide on the words.
    Action.LOOK_IT_UP: DecisionKind.ESCALATE,
}
"""The decision that an action suggests."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that make the same statements and need the same: one decision holds for all of them.

    `claims` are all claims in them, also those that could stand alone: a sentence is decided as a whole.
    """

    sentences: tuple[SentenceRow, ...]
    claims: tuple[ClaimRow, ...]

    @property
    def lead(self) -> SentenceRow:
        """The first of the sentences, which speaks for all."""
        return self.sentences[0]

    @property
    def stands(self) -> bool:
        """Whether its sentences may stay as they are."""
        return self.lead.action is Action.MAY_STAND

    @property
    def suggested(self) -> DecisionKind:
        """The decision that the review suggests."""
        return SUGGESTED[self.lead.action]

    @property
    def decided(self) -> DecisionRow | None:
        """The decision that holds for every claim on the evidence as it is; None where any is open."""
        last = [row.decisions[-1] for row in self.claims if row.decisions]
        if len(last) < len(self.claims) or any(taken.on_earlier_evidence for taken in last):
            return None
        is_one = len({(taken.decision, taken.wording) for taken in last}) == 1
        return last[0] if is_one else None


def decision_groups(report: Report) -> Sequence[Group]:
    """The groups of a report, those first that can do most harm, as the report tells them first.

    Else in reading order. Last come the sentences that may stand, a page at once.
    """
    claims = {row.claim: row for row in report.claims}
    alike: dict[object, list[SentenceRow]] = {}
    for sentence in report.sentences:
        rows = [claims[key] for key in sentence.claims if key in claims]
        alike.setdefault(_kind_of(sentence, rows), []).append(sentence)
    groups = [_group(sentences, claims) for sentences in alike.values()]
    return sorted(groups, key=lambda group: _urgency(group, report.worst))


def _urgency(group: Group, worst: Sequence[str]) -> tuple[bool, int, int]:
    claims = {row.claim for row in group.claims}
    place = next((at for at, claim in enumerate(worst) if claim in claims), len(worst))
    return (group.stands, list(Tier).index(group.lead.tier), place)


def _kind_of(sentence: SentenceRow, rows: Iterable[ClaimRow]) -> object:
    """What two sentences share that are decided alike: what they state, and what is to be done."""
    if sentence.action is Action.MAY_STAND:
        return sentence.page
    stated = frozenset((row.proposition, row.polarity) for row in rows)
    return stated, sentence.action, sentence.tier, sentence.wording, sentence.plain, sentence.warns


def _group(sentences: list[SentenceRow], claims: dict[str, ClaimRow]) -> Group:
    held = (key for sentence in sentences for key in sentence.claims if key in claims)
    return Group(tuple(sentences), tuple(claims[key] for key in dict.fromkeys(held)))
