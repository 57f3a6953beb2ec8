"""What an abstract states, as values with their sentences, and the one who reads all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from review.literature.abstracts.counts import Sizes
from review.literature.abstracts.designs import Designs
from review.literature.abstracts.effects import Effect, Effects
from review.literature.abstracts.fact import Fact
from review.literature.abstracts.parts import Abstract, Parts
from review.literature.abstracts.times import followed_for
from review.literature.abstracts.trails import Trails
from review.literature.abstracts.words import Words
from review.model.knowledge.abstract_words import AbstractPack
from review.model.vocabulary import Design, Funding, Species

__all__ = ["AbstractFacts", "AbstractReader", "Effect", "Fact"]


@dataclass(frozen=True, slots=True)
class AbstractFacts:
    """The facts of one abstract; None or nothing where it does not tell them for sure."""

    design: Fact[Design] | None = None
    species: Fact[Species] | None = None
    n: Fact[int] | None = None
    arms: Fact[str] | None = None
    follow_up: Fact[str] | None = None
    registration: Fact[str] | None = None
    funding: Fact[str] | None = None
    funding_kind: Fact[Funding] | None = None
    effects: tuple[Fact[Effect], ...] = field(default=())

    @property
    def stated(self) -> Mapping[str, Fact[object]]:
        """The facts about the study, by name, without its effects."""
        names = (
            "design",
            "species",
            "n",
            "arms",
            "follow_up",
            "registration",
            "funding",
            "funding_kind",
        )
        found = {name: getattr(self, name) for name in names}
        return {name: fact for name, fact in found.items() if fact is not None}


class AbstractReader:
    """Reads abstracts by the words of packs."""

    def __init__(self, packs: Mapping[str, AbstractPack]) -> None:
        self._words = Words(packs)
        self._parts = Parts(self._words)
        self._designs = Designs(self._words)
        self._sizes = Sizes(self._words)
        self._effects = Effects(self._words)
        self._trails = Trails(self._words)

    def read(self, title: str, abstract: str) -> AbstractFacts:
        """The facts that `title` and `abstract` state; all but the design stand in the abstract."""
        parts = self._parts.of(title, abstract)
        design = self._designs.design(parts)
        species = self._designs.species(parts, design)
        funding = self._trails.funding(parts)
        return AbstractFacts(
            design=design,
            species=species,
            n=self._people(parts, design, species),
            arms=self._sizes.arms(parts, design),
            follow_up=followed_for(parts),
            registration=self._trails.registration(parts),
            funding=funding,
            funding_kind=self._trails.funding_kind(funding),
            effects=tuple(self._effects.of(parts)),
        )

    def _people(
        self, abstract: Abstract, design: Fact[Design] | None, species: Fact[Species] | None
    ) -> Fact[int] | None:
        """How many people; of a study whose design is not told those who took part, in people only."""
        if self._designs.is_review(abstract):
            return self._sizes.pooled(abstract)
        if self._designs.is_planned(abstract) or species is None or species.value is not Species.HUMAN:
            return None
        return self._sizes.people(abstract, design.value if design else None)
