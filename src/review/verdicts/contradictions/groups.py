"""Contradictions by fact: one statement and everything that it excludes, each told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.model.records import Claim, Relation
from review.verdicts.contradictions.logic import Literal, Logic, logic_of
from review.verdicts.contradictions.pairs import Contradiction


@dataclass(frozen=True, slots=True)
class Side:
    """A proposition, affirmed or denied, and the claims that do."""

    literal: Literal
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one fact, with the statements on each side and the pages on which both stand."""

    topic: str
    reasons: tuple[str, ...]
    a: tuple[Side, ...]
    b: tuple[Side, ...]
    within: tuple[str, ...]
    pairs: tuple[Contradiction, ...]

    @property
    def why(self) -> str:
        """The reasons in one paragraph, each once."""
        return " ".join(self.reasons)


Core = tuple[Literal, Literal]


def groups(pairs: Iterable[Contradiction], relations: Iterable[Relation]) -> tuple[Group, ...]:
    """The pairs by fact, in the order of their first pair; every pair in one group.

    What excludes one statement, or what implies that statement, is one group; the widest is made first.
    """
    logic = logic_of(relations)
    by_core: dict[Core, list[Contradiction]] = {}
    for pair in sorted(pairs, key=lambda pair: (pair.a.claim, pair.b.claim)):
        by_core.setdefault(_ordered(pair.core), []).append(pair)
    made = [
        _group(hub, [pair for core in cores for pair in by_core[core]])
        for hub, cores in _stars(by_core, logic)
    ]
    return tuple(sorted(made, key=lambda group: (group.pairs[0].a.claim, group.pairs[0].b.claim)))


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
        yield frozenset(core[:1]), [core]
    while left:
        literals = sorted({literal for core in left for literal in core})
        hubs = [frozenset(x for x in literals if literal in logic.following(x)) for literal in literals]
        touching = [[core for core in left if hub & set(core)] for hub in hubs]
        widest = max(range(len(hubs)), key=lambda place: (len(touching[place]), -place))
        yield hubs[widest], touching[widest]
        left = [core for core in left if core not in touching[widest]]


def _group(hub: Hub, pairs: Sequence[Contradiction]) -> Group:
    first = sorted(pairs, key=lambda pair: (pair.a.claim, pair.b.claim))
    is_by_figure = first[0].core[0] == first[0].core[1]
    sides = _sides_by_figure(first) if is_by_figure else _sides_by_hub(hub, first)
    return Group(
        topic=first[0].topic,
        reasons=tuple(dict.fromkeys(reason for pair in first for reason in pair.reasons)),
        a=_by_statement(sides[0]),
        b=_by_statement(sides[1]),
        within=tuple(sorted({pair.a.page for pair in first if pair.is_of_one_page})),
        pairs=tuple(first),
    )


def _sides_by_hub(hub: Hub, pairs: Iterable[Contradiction]) -> tuple[list[Claim], list[Claim]]:
    """The claims for the statement in common, and those for what it excludes."""
    turned = [(p.a, p.b) if p.core[0] in hub else (p.b, p.a) for p in pairs]
    return [a for a, _ in turned], [b for _, b in turned]


def _sides_by_figure(pairs: Sequence[Contradiction]) -> tuple[list[Claim], list[Claim]]:
    """The claims that agree with the first one, and those that do not."""
    first = pairs[0].a
    against = [pair.b for pair in pairs if pair.a == first]
    claims = [claim for pair in pairs for claim in (pair.a, pair.b)]
    return [claim for claim in claims if claim not in against], against


def _by_statement(claims: Iterable[Claim]) -> tuple[Side, ...]:
    making: dict[Literal, dict[str, Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.claim):
        literal = Literal(claim.proposition, claim.polarity)
        making.setdefault(literal, {}).setdefault(claim.claim, claim)
    return tuple(_sides(making))


def _sides(making: Mapping[Literal, Mapping[str, Claim]]) -> Iterator[Side]:
    for literal, claims in making.items():
        yield Side(literal, tuple(claims.values()))
