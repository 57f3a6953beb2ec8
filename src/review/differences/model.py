"""The result of a comparison: every change with its causes, before any format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from review.differences.words import Phrase
from review.model.vocabulary import Certainty, Verdict, Word


class How(StrEnum):
    """How the causes of a change are known."""

    ALONE = "each alone"
    TOGETHER = "only together"
    READ = "read from the reports"


class Turn(Word):
    """What became of a claim, in the order in which it should be read."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"
    ADDED = "added"
    GONE = "gone"
    EDITED = "edited"


_URGENCY: Mapping[str, int] = {v: v.urgency for v in Verdict if v is not Verdict.SET_ASIDE}


def turn(before: str, after: str) -> Turn:
    """Whether a verdict got worse or better; to and from setting aside it did neither."""
    if before not in _URGENCY or after not in _URGENCY or before == after:
        return Turn.OTHER
    return Turn.WORSE if _URGENCY[after] < _URGENCY[before] else Turn.BETTER


@dataclass(frozen=True, slots=True)
class Cause:
    """One difference between the two sides: the kind of record, its id, and what differs."""

    kind: str
    key: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Why:
    """The causes of one change, and how they are known; without causes nothing explains it."""

    how: How
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim whose verdict or record changed, or that only one side holds.

    A side that does not hold the claim has an empty verdict and quote. `now` gives the reasons of the
    verdict after.
    """

    claim: str
    page: str
    turn: Turn
    quote_before: str
    quote: str
    before: str
    after: str
    now: tuple[str, ...] = ()
    why: Why | None = None


STANDING = "standing"
"""The facet that holds the certainty, or the word for what documents say."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing said of a proposition, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StandingChange:
    """One proposition of both sides that does not stand where it stood."""

    proposition: str
    statement: str
    facets: tuple[Facet, ...]
    why: Why

    @property
    def turn(self) -> Turn:
        """Whether its certainty fell or rose, or something else changed."""
        labels = [certainty.label for certainty in Certainty]
        change = next((facet for facet in self.facets if facet.name == STANDING), None)
        if change is None or change.before not in labels or change.after not in labels:
            return Turn.OTHER
        fell = labels.index(change.after) > labels.index(change.before)
        return Turn.WORSE if fell else Turn.BETTER


@dataclass(frozen=True, slots=True)
class Outdated:
    """A decision that was made on the evidence as it was, and is now one on earlier evidence."""

    claim: str
    decision: str
    reviewer: str
    role: str
    date: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reviews: how it was named, its date, and how many claims have each verdict."""

    name: str
    as_of: str
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from `old` to `new`; `others` are the differences that decided nothing."""

    old: Side
    new: Side
    how: How
    notes: tuple[Phrase, ...]
    claims: tuple[ClaimChange, ...]
    standings: tuple[StandingChange, ...]
    outdated: tuple[Outdated, ...]
    others: tuple[Cause, ...]

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look again: at a claim, a standing or a decision."""
        return bool(self.claims or self.standings or self.outdated)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all differs."""
        return not (self.needs_a_look or self.others)


def in_order(claims: Iterable[ClaimChange]) -> tuple[ClaimChange, ...]:
    """The changes of claims, those that worsened first and among them the worst verdicts first."""

    def importance(change: ClaimChange) -> tuple[int, int, str]:
        worst = _URGENCY.get(change.after or change.before, len(_URGENCY))
        return (change.turn.place, worst, change.claim)

    return tuple(sorted(claims, key=importance))


def standings_in_order(standings: Iterable[StandingChange]) -> tuple[StandingChange, ...]:
    """The changes of standings, those that lost certainty first."""
    return tuple(sorted(standings, key=lambda s: (s.turn.place, s.proposition)))


def changed_facets(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Facet, ...]:
    """The facets that differ, in the order of `before`."""
    return tuple(Facet(name, was, after[name]) for name, was in before.items() if after[name] != was)


def decided(claims: Sequence[ClaimChange], standings: Sequence[StandingChange]) -> frozenset[Cause]:
    """The causes named with some change of a claim or a standing."""
    whys = [*(change.why for change in claims), *(change.why for change in standings)]
    return frozenset(cause for why in whys if why for cause in why.causes)
