"""A claim with all that its verdict looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from review.language.flags.screen import Hit
from review.language.lexicon import Lexicon
from review.language.wording.firmness import Firmness, firmness
from review.model.records import Claim
from review.model.vocabulary import Direction, Ground, Polarity, Sense, Stance
from review.verdicts.bodies import Item
from review.verdicts.standing import Standing


def towards(claim: Claim, direction: Direction) -> Direction:
    """A direction seen from the claim, which may deny the positive statement."""
    return direction if claim.polarity is Polarity.AFFIRMS else direction.opposite


@dataclass(frozen=True)
class Case:
    """A claim, where its proposition stands, the words that reading depends on, and the flags met."""

    claim: Claim
    standing: Standing
    lexicon: Lexicon
    flags: Sequence[Hit] = ()

    @property
    def affirms(self) -> bool:
        """Whether the claim affirms the positive statement."""
        return self.claim.polarity is Polarity.AFFIRMS

    @property
    def direction(self) -> Direction:
        """The direction of the evidence seen from the claim, which may deny the positive statement."""
        return towards(self.claim, self.standing.direction)

    @cached_property
    def firmness(self) -> Firmness:
        """How firmly the claim is put."""
        statement = self.standing.proposition.statement
        return firmness(self.claim.quote, self.claim.wording, statement)

    @cached_property
    def senses(self) -> frozenset[Sense]:
        """What the words of the claim do."""
        return self.lexicon.senses.of(self.claim.quote)

    @cached_property
    def added(self) -> frozenset[Sense]:
        """What the words of the claim do beyond those of the statement to which evidence is linked."""
        return self.senses - self.lexicon.senses.of(self.standing.proposition.statement)

    @cached_property
    def grounds(self) -> frozenset[Ground]:
        """What its flags were raised for."""
        return frozenset(hit.flag.ground for hit in self.flags)

    @cached_property
    def supporting(self) -> tuple[Item, ...]:
        """The findings that count and speak for the claim as it is put."""
        stance = Stance.SUPPORTS if self.affirms else Stance.CONTRADICTS
        return tuple(item for item in self.standing.body.counted if item.link.stance is stance)
