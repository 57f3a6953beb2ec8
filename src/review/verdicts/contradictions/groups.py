"""Contradictions by fact: one statement and everything that it excludes, each told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.model.records import Claim, Relation
from review.verdicts.contradictions.logic import Literal, Logic, logic_of
from review.verdicts.contradictions.opposed import Contradiction


@dataclass(frozen=True, slots=True)
class Side:
    """A proposition, affirmed or denied, and the claims that do."""

    literal: Literal
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The contradictions of one fact: the statements on each side, the pages on which both stand."""

    topic: str
    reasons: tuple[str, ...]
    a: tuple[Side, ...]
    b: tuple[Side, ...]
    within: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def why(self) -> str:
        """The reasons in one paragraph, each once."""
        return " ".join(self.reasons)

    @property
    def pairs(self) -> int:
        """How many pairs of claims exclude each other over this fact."""
        return sum(contradiction.pairs for contradiction in self.contradictions)


Core = tuple[Literal, Literal]


def groups(contradictions: Iterable[Contradiction], relations: Iterable[Relation]) -> tuple[Group, ...]:
    """The contradictions by fact, in the order of the first of each; every one in one group.

    What excludes one statement, or what implies that statement, is one group; the widest is made first.
    """
    logic = logic_of(relations)
    by_core: dict[Core, list[Contradiction]] = {}
    for contradiction in sorted(contradictions, key=lambda contradiction: contradiction.place):
        by_core.setdefault(_ordered(contradiction.core), []).append(contradiction)
    made = [
        _group(hub, [contradiction for core in cores for contradiction in by_core[core]])
        for hub, cores in _stars(by_core, logic)
    ]
    return tuple(sorted(made, key=lambda group: group.contradictions[0].place))


def _ordered(core: Core) -> Core:
    return min(core), max(core)


Hub = frozenset[Literal]
"""A statement and what implies it."""


def _stars(cores: Iterable[Core], logic: Logic) -> Iterator[tuple[Hub, Sequence[Core]]]:
    """The cores by a statement that they have in common, that with most of them first."""
    left = sorted(cores)
    # What one statement says with two figures is a fact of its own.
    for core in [core for core in left if core[0] == core[1]]:
        left.remove(core)
        yield frozenset(core), [core]
    while left:
        literals = sorted({literal for core in left for literal in core})
        hubs = [frozenset(x for x in literals if literal in logic.following(x)) for literal in literals]
        touching = [[core for core in left if hub & set(core)] for hub in hubs]
        widest = max(range(len(hubs)), key=lambda place: (len(touching[place]), -place))
        yield hubs[widest], touching[widest]
        left = [core for core in left if core not in touching[widest]]


def _group(hub: Hub, contradictions: Sequence[Contradiction]) -> Group:
    first = sorted(contradictions, key=lambda contradiction: contradiction.place)
    is_by_figure = first[0].core[0] == first[0].core[1]
    sides = _sides_by_figure(first) if is_by_figure else _sides_by_hub(hub, first)
    return Group(
        topic=first[0].topic,
        reasons=tuple(dict.fromkeys(reason for each in first for reason in each.reasons)),
        a=_by_statement(sides[0]),
        b=_by_statement(sides[1]),
        within=tuple(sorted({page for each in first for page in each.pages})),
        contradictions=tuple(first),
    )


def _sides_by_hub(hub: Hub, contradictions: Iterable[Contradiction]) -> tuple[list[Claim], list[Claim]]:
    """The claims for the statement in common, and those for what it excludes."""
    turned = [(x.a, x.b) if x.core[0] in hub else (x.b, x.a) for x in contradictions]
    return [claim for a, _ in turned for claim in a], [claim for _, b in turned for claim in b]


def _sides_by_figure(contradictions: Sequence[Contradiction]) -> tuple[list[Claim], list[Claim]]:
    """The claims that agree with the first one, and those that do not."""
    first = contradictions[0].a[0]
    against = {claim.claim: claim for each in contradictions if first in each.a for claim in each.b}
    claims = [claim for each in contradictions for claim in (*each.a, *each.b)]
    return [claim for claim in claims if claim.claim not in against], list(against.values())


def _by_statement(claims: Iterable[Claim]) -> tuple[Side, ...]:
    making: dict[Literal, dict[str, Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.claim):
        literal = Literal(claim.proposition, claim.polarity)
        making.setdefault(literal, {}).setdefault(claim.claim, claim)
    return tuple(_sides(making))


def _sides(making: Mapping[Literal, Mapping[str, Claim]]) -> Iterator[Side]:
    for literal, claims in making.items():
        yield Side(literal, tuple(claims.values()))
