"""Claims that cannot both be true: on one page, or across pages."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from review.language.figures.figures import Figure, Figures, same_figure
from review.model.records import Claim, Proposition, Relation
from review.model.vocabulary import Polarity, RelationKind
from review.verdicts.contradictions.logic import Literal, Logic, Step, logic_of

DENIED = "One affirms what the other denies."
OTHER_FIGURES = "The same thing with other figures."


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that say one thing, those that say what excludes it, the topic, and why it does.

    Every claim of `a` excludes every claim of `b`, so that many pages cost as much as they have claims
    and not as much as these have pairs. Both are in the order of their ids, and the earliest claim is
    in `a`. `core` is what excludes what in the end, for `a` and for `b`: what they say, or what it
    implies.
    """

    a: tuple[Claim, ...]
    b: tuple[Claim, ...]
    topic: str
    reasons: tuple[str, ...]
    core: tuple[Literal, Literal]

    @property
    def why(self) -> str:
        """The reasons in one paragraph, in the order in which they lead from one side to the other."""
        return " ".join(self.reasons)

    @property
    def pairs(self) -> int:
        """How many pairs of claims exclude each other."""
        return len(self.a) * len(self.b)

    @property
    def pages(self) -> frozenset[str]:
        """The pages that make claims on both sides."""
        return frozenset(claim.page for claim in self.a) & frozenset(claim.page for claim in self.b)

    @property
    def place(self) -> tuple[str, str]:
        """The ids of its first pair, by which contradictions are ordered."""
        return self.a[0].claim, self.b[0].claim

    def touching(self, claims: Collection[str]) -> Iterator["Contradiction"]:
        """What remains of it when in every pair one claim at least is one of `claims`."""
        named = [claim for claim in self.a if claim.claim in claims]
        others = [claim for claim in self.a if claim.claim not in claims]
        opposed = [claim for claim in self.b if claim.claim in claims]
        for a, b in ((named, self.b), (others, opposed)):
            if a and b:
                yield _ordered(a, b, self.topic, self.reasons, self.core)


def contradictions(
    claims: Iterable[Claim],
    propositions: Mapping[str, Proposition],
    relations: Iterable[Relation],
    figures: Figures,
) -> tuple[Contradiction, ...]:
    """All claims that share a proposition with opposite polarity or other figures, or whose
    propositions exclude each other by the relations and what follows from them, side against side, in
    the order of the claims' ids; each pair of claims once.
    """
    logic = logic_of(relations)
    making: dict[Literal, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.claim):
        making.setdefault(Literal(claim.proposition, claim.polarity), []).append(claim)
    made = [*_excluded(making, propositions, logic), *_other_figures(making, propositions, figures)]
    return tuple(sorted(made, key=lambda contradiction: contradiction.place))


def _excluded(
    making: Mapping[Literal, list[Claim]], propositions: Mapping[str, Proposition], logic: Logic
) -> Iterator[Contradiction]:
    for start in sorted(making):
        for reached, chain in logic.following(start).items():
            end = reached.negated
            # What excludes is excluded by the same chain backwards: once is enough.
            if end not in making or end <= start:
                continue
            core, about = _core(chain, start, end)
            classes = _class_of(core[0], logic), _class_of(core[1], logic)
            reasons = tuple(dict.fromkeys(step.relation.reason for step in chain)) or (DENIED,)
            topic = propositions[about].topic
            yield _ordered(making[start], making[end], topic, reasons, classes)


def _ordered(
    a: Sequence[Claim],
    b: Sequence[Claim],
    topic: str,
    reasons: tuple[str, ...],
    core: tuple[Literal, Literal],
) -> Contradiction:
    """The contradiction of `a` and `b`, told from the side with the earliest claim."""
    if b[0].claim < a[0].claim:
        return Contradiction(tuple(b), tuple(a), topic, reasons[::-1], core[::-1])
    return Contradiction(tuple(a), tuple(b), topic, reasons, core)


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
        if literal.polarity is not Polarity.AFFIRMS:
            continue
        giving: dict[frozenset[Figure], list[Claim]] = {}
        for claim in sharing:
            giving.setdefault(figures.of(claim.quote), []).append(claim)
        for left, right in combinations(giving, 2):
            if _figures_differ(left, right):
                topic = propositions[literal.proposition].topic
                core = (literal, literal)
                yield _ordered(giving[left], giving[right], topic, (OTHER_FIGURES,), core)


def _figures_differ(left: frozenset[Figure], right: frozenset[Figure]) -> bool:
    """Whether both give figures of one kind and none of them agree."""
    kinds = {figure.kind for figure in left} & {figure.kind for figure in right}
    # A figure with a bound is borne out one way only: "15%" by itself, "over 15%" not by it.
    alike = {x.kind for x, y in product(left, right) if same_figure(x, y) or same_figure(y, x)}
    return kinds != alike
