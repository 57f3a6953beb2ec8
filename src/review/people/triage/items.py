"""What is triaged, what is entered of it, and what is written then."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from review.model.records import Claim, Proposition, Refusal
from review.model.vocabulary import Category, FoundBy, Match, Polarity, Verdict, Wording


class PageStretch(Protocol):
    """Whatever stands somewhere on a page, in Unicode code points."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last."""


class Suggested(PageStretch, Protocol):
    """What triage needs of a suggestion; `review.dossier.suggestions` makes them."""

    @property
    def category(self) -> Category:
        """What kind of assertion it makes."""

    @property
    def wording(self) -> Wording:
        """How firmly it is put."""

    @property
    def polarity(self) -> Polarity:
        """Whether it affirms or denies the proposition."""

    @property
    def checkworthy(self) -> float:
        """The probability that it is worth checking."""

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags met in its words."""

    @property
    def proposition(self) -> str:
        """The id of the proposition it makes; empty for a new one."""

    @property
    def match(self) -> Match:
        """Whether that is known, perhaps, or new."""

    @property
    def probability(self) -> float:
        """How probable that proposition is."""

    @property
    def reason(self) -> str:
        """Why that one, in words."""

    @property
    def verdict(self) -> Verdict | None:
        """What the review says of it, where the proposition is known."""

    @property
    def standing(self) -> str:
        """Where that proposition stands; empty for a new one."""

    @property
    def importance(self) -> float:
        """How soon it should be looked at; more is sooner."""

    @property
    def found_by(self) -> FoundBy:
        """Whether marked pages taught it, or a rule found it without any."""


class TriageState(StrEnum):
    """How far an item has come."""

    OPEN = "open"
    CLAIMED = "claimed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TriageItem:
    """Words of the page to be judged: suggested, claimed, or refused.

    `suggestion` is the one that the claim or refusal answers, where there is one.
    """

    start: int
    end: int
    suggestion: Suggested | None = None
    claim: Claim | None = None
    refusal: Refusal | None = None

    @property
    def key(self) -> str:
        """The id of its row; where it has none, its place."""
        row = self.claim or self.refusal
        return row.claim if row else f"{self.start}-{self.end}"

    @property
    def state(self) -> TriageState:
        """Whether it is claimed, refused or still open."""
        if self.claim:
            return TriageState.CLAIMED
        return TriageState.REFUSED if self.refusal else TriageState.OPEN


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A claim as somebody enters it, before anything is checked; the offsets are those of the page."""

    start: int
    end: int
    category: str = ""
    wording: str = ""
    checkworthy: str = ""
    polarity: str = ""
    proposition: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who refuses, and on what day."""

    reviewer: str
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    """The rows that an action writes: claims new or in place of that id, and rows only ever added.

    `retired` are ids whose row leaves the claims; each has its row among the refusals. `messages` tell
    what was done, and what a person should know of it.
    """

    claims: tuple[Claim, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    retired: frozenset[str] = frozenset()
    messages: tuple[str, ...] = ()
