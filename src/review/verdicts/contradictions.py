"""Claims that cannot both be true: on one page, or across pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from review.language.figures.figures import Figures, same_figure
from review.model.records import Claim, Proposition, Relation
from review.model.vocabulary import Polarity


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that exclude each other, the topic, and why they do."""

    a: Claim
    b: Claim
    topic: str
    why: str


def contradictions(
    claims: Iterable[Claim],
    propositions: Mapping[str, Proposition],
    relations: Iterable[Relation],
    figures: Figures,
) -> tuple[Contradiction, ...]:
    """Every pair of claims that share a proposition with opposite polarity or other figures, or whose
    propositions are recorded as conflicting, in the order of the claims' ids; each pair once.
    """
    by_proposition: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.claim):
        by_proposition.setdefault(claim.proposition, []).append(claim)
    first_of: dict[tuple[str, str], Contradiction] = {}
    # The first reason stays: a pair of one proposition is met before the relations between propositions.
    for pair in _pairs(by_proposition, propositions, relations, figures):
        first_of.setdefault((pair.a.claim, pair.b.claim), pair)
    return tuple(first_of[key] for key in sorted(first_of))


def _pairs(
    by_proposition: Mapping[str, list[Claim]],
    propositions: Mapping[str, Proposition],
    relations: Iterable[Relation],
    figures: Figures,
) -> Iterator[Contradiction]:
    for key, sharing in by_proposition.items():
        for a, b in combinations(sharing, 2):
            if a.polarity is not b.polarity:
                yield Contradiction(a, b, propositions[key].topic, "One affirms what the other denies.")
            elif a.polarity is Polarity.AFFIRMS and _figures_differ(a, b, figures):
                yield Contradiction(a, b, propositions[key].topic, "The same thing with other figures.")
    for relation in relations:
        left = by_proposition.get(relation.proposition, [])
        right = by_proposition.get(relation.other, [])
        for pair in product(left, right):
            # Only what both affirm: to deny two statements that exclude each other is no contradiction.
            if all(claim.polarity is Polarity.AFFIRMS for claim in pair):
                a, b = sorted(pair, key=lambda claim: claim.claim)
                yield Contradiction(a, b, propositions[relation.proposition].topic, relation.reason)


def _figures_differ(a: Claim, b: Claim, figures: Figures) -> bool:
    """Whether both claims give figures of one kind and none of them agree."""
    left, right = figures.of(a.quote), figures.of(b.quote)
    kinds = {figure.kind for figure in left} & {figure.kind for figure in right}
    return kinds != {x.kind for x, y in product(left, right) if same_figure(x, y)}
