"""Claims that cannot both be true: on one page, or across pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from review.language.figures.figures import Figures, same_figure
from review.model.records import Claim, Proposition, Relation
from review.model.vocabulary import Polarity, RelationKind
from review.verdicts.contradictions.logic import Literal, Logic, Step, logic_of

DENIED = "One affirms what the other denies."
OTHER_FIGURES = "The same thing with other figures."


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that exclude each other, the topic, and why they do.

    `core` is what excludes what in the end, for `a` and for `b`: what they say, or what it implies.
    """

    a: Claim
    b: Claim
    topic: str
    reasons: tuple[str, ...]
    core: tuple[Literal, Literal]

    @property
    def why(self) -> str:
        """The reasons in one paragraph, in the order in which they lead from one claim to the other."""
        return " ".join(self.reasons)

    @property
    def is_of_one_page(self) -> bool:
        """Whether one page makes both claims."""
        return self.a.page == self.b.page


def contradictions(
    claims: Iterable[Claim],
    propositions: Mapping[str, Proposition],
    relations: Iterable[Relation],
    figures: Figures,
) -> tuple[Contradiction, ...]:
    """Every pair of claims that share a proposition with opposite polarity or other figures, or whose
    propositions exclude each other by the relations and what follows from them, in the order of the
    claims' ids; each pair once.
    """
    logic = logic_of(relations)
    making: dict[Literal, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.claim):
        making.setdefault(Literal(claim.proposition, claim.polarity), []).append(claim)
    pairs = [*_excluded(making, propositions, logic), *_other_figures(making, propositions, figures)]
    return tuple(sorted(pairs, key=lambda pair: (pair.a.claim, pair.b.claim)))


def _excluded(
    making: Mapping[Literal, list[Claim]], propositions: Mapping[str, Proposition], logic: Logic
) -> Iterator[Contradiction]:
    for start, end in combinations(sorted(making), 2):
        chain = logic.excluding(start, end)
        if chain is None:
            continue
        (left, right), about = _core(chain, start, end)
        core = _class_of(left, logic), _class_of(right, logic)
        topic = propositions[about].topic
        reasons = tuple(dict.fromkeys(step.relation.reason for step in chain)) or (DENIED,)
        for a, b in product(making[start], making[end]):
            if a.claim < b.claim:
                yield Contradiction(a, b, topic, reasons, core)
            else:
                yield Contradiction(b, a, topic, reasons[::-1], core[::-1])


def _core(chain: tuple[Step, ...], start: Literal, end: Literal) -> tuple[tuple[Literal, Literal], str]:
    """The two sides of the conflict on the chain, or without one of the denial; and what it is about."""
    for step in chain:
        if step.relation.kind is RelationKind.CONFLICTS:
            return (step.start, step.end.negated), step.relation.proposition
    denied = (end if end.polarity is Polarity.DENIES else start).proposition
    return (Literal(denied, start.polarity), Literal(denied, end.polarity)), denied


def _class_of(literal: Literal, logic: Logic) -> Literal:
    """The first literal among those that are true exactly where this one is."""
    return Literal(logic.same_as(literal.proposition), literal.polarity)


def _other_figures(
    making: Mapping[Literal, list[Claim]], propositions: Mapping[str, Proposition], figures: Figures
) -> Iterator[Contradiction]:
    for literal, sharing in making.items():
        # To deny two figures is no contradiction.
        if literal.polarity is Polarity.AFFIRMS:
            for a, b in combinations(sharing, 2):
                if _figures_differ(a, b, figures):
                    topic = propositions[literal.proposition].topic
                    yield Contradiction(a, b, topic, (OTHER_FIGURES,), (literal, literal))


def _figures_differ(a: Claim, b: Claim, figures: Figures) -> bool:
    """Whether both claims give figures of one kind and none of them agree."""
    left, right = figures.of(a.quote), figures.of(b.quote)
    kinds = {figure.kind for figure in left} & {figure.kind for figure in right}
    # A figure with a bound is borne out one way only: "15%" by itself, "over 15%" not by it.
    alike = {x.kind for x, y in product(left, right) if same_figure(x, y) or same_figure(y, x)}
    return kinds != alike
