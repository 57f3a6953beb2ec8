"""What follows from the relations between propositions: which statements exclude each other, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from review.model.records import Relation
from review.model.vocabulary import Polarity, RelationKind


class Literal(NamedTuple):
    """A proposition, affirmed or denied."""

    proposition: str
    polarity: Polarity

    @property
    def negated(self) -> "Literal":
        """The same proposition with the other polarity."""
        other = Polarity.DENIES if self.polarity is Polarity.AFFIRMS else Polarity.AFFIRMS
        return Literal(self.proposition, other)


def affirmed(proposition: str) -> Literal:
    """The proposition as a statement that somebody makes."""
    return Literal(proposition, Polarity.AFFIRMS)


class Step(NamedTuple):
    """One relation used in one direction: where the one holds, the other does."""

    start: Literal
    end: Literal
    relation: Relation


@dataclass(frozen=True)
class Logic:
    """The relations, closed: conflicts over what implies, and both over what is denied.

    Where a implies b, the denial of b implies that of a. Where they conflict, each implies the denial of
    the other. What both may be true (`compatible`) gives nothing.
    """

    relations: tuple[Relation, ...]

    @cached_property
    def _steps(self) -> Mapping[Literal, Sequence[Step]]:
        steps: dict[Literal, list[Step]] = {}
        for relation in sorted(self.relations, key=lambda relation: relation.relation):
            for step in _steps_of(relation):
                steps.setdefault(step.start, []).append(step)
        return steps

    @cached_property
    def _followed(self) -> dict[Literal, Mapping[Literal, tuple[Step, ...]]]:
        return {}

    def following(self, literal: Literal) -> Mapping[Literal, tuple[Step, ...]]:
        """Everything that holds where `literal` does, each with the shortest chain of steps to it."""
        if literal not in self._followed:
            chains: dict[Literal, tuple[Step, ...]] = {literal: ()}
            for start in (waiting := [literal]):
                for step in self._steps.get(start, ()):
                    if step.end not in chains:
                        chains[step.end] = (*chains[start], step)
                        waiting.append(step.end)
            self._followed[literal] = chains
        return self._followed[literal]

    def excluding(self, a: Literal, b: Literal) -> tuple[Step, ...] | None:
        """The steps from `a` to the denial of `b`; None where both can hold, none for a plain denial.

        The chain from `b` to the denial of `a` is the same one backwards.
        """
        return self.following(a).get(b.negated)

    def same_as(self, proposition: str) -> str:
        """The first id among the propositions that are true exactly where this one is."""
        return self._classes.get(proposition, proposition)

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        same = Logic(tuple(r for r in self.relations if r.kind is RelationKind.SAME))
        keys = {key for relation in same.relations for key in (relation.proposition, relation.other)}
        return {key: min(same.following(affirmed(key))).proposition for key in keys}


def logic_of(relations: Iterable[Relation]) -> Logic:
    """What follows from these relations, in whatever order they come."""
    return Logic(tuple(sorted(relations, key=lambda relation: relation.relation)))


def _steps_of(relation: Relation) -> Iterator[Step]:
    """What a relation lets one infer, from either end."""
    a, b = affirmed(relation.proposition), affirmed(relation.other)
    match relation.kind:
        case RelationKind.CONFLICTS:
            yield Step(a, b.negated, relation)
            yield Step(b, a.negated, relation)
        case RelationKind.IMPLIES:
            yield from _both_ways(a, b, relation)
        case RelationKind.SAME:
            yield from _both_ways(a, b, relation)
            yield from _both_ways(b, a, relation)


def _both_ways(a: Literal, b: Literal, relation: Relation) -> Iterator[Step]:
    yield Step(a, b, relation)
    yield Step(b.negated, a.negated, relation)


class Quarrel(NamedTuple):
    """A relation that others gainsay, and how."""

    relation: Relation
    others: tuple[Relation, ...]
    fault: str


def quarrels(relations: Iterable[Relation]) -> Iterator[Quarrel]:
    """Where the relations themselves cannot all hold."""
    first: dict[frozenset[str], Relation] = {}
    for relation in sorted(relations, key=lambda relation: relation.relation):
        earlier = first.setdefault(frozenset((relation.proposition, relation.other)), relation)
        if _judged(earlier) != _judged(relation):
            yield Quarrel(relation, (earlier,), "judges a pair that was judged otherwise")
    logic = logic_of(first.values())
    for relation in logic.relations:
        if relation.kind is RelationKind.CONFLICTS:
            yield from _impossible(logic, relation)
        elif relation.kind is RelationKind.COMPATIBLE:
            yield from _not_compatible(logic, relation)


def _judged(relation: Relation) -> tuple[RelationKind, str]:
    """The judgement, whichever side stands first where that says nothing."""
    return relation.kind, relation.proposition if relation.kind is RelationKind.IMPLIES else ""


def _impossible(logic: Logic, relation: Relation) -> Iterator[Quarrel]:
    """A quarrel where one side of a conflict follows from the other, or both from a third."""
    for key in sorted({end for r in logic.relations for end in (r.proposition, r.other)}):
        chain = logic.following(affirmed(key)).get(affirmed(key).negated, ())
        if any(step.relation == relation for step in chain):
            others = tuple(dict.fromkeys(s.relation for s in chain if s.relation != relation))
            yield Quarrel(relation, others, f"makes {key!r} a statement that can never be true")
            return


def _not_compatible(logic: Logic, relation: Relation) -> Iterator[Quarrel]:
    a, b = affirmed(relation.proposition), affirmed(relation.other)
    for start, end, fault in (
        (a, b.negated, "calls compatible what cannot both be true"),
        (a, b, "calls independent what follows"),
        (b, a, "calls independent what follows"),
    ):
        if chain := logic.following(start).get(end, ()):
            yield Quarrel(relation, tuple(dict.fromkeys(step.relation for step in chain)), fault)
            return
