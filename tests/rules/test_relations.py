"""What follows from relations between propositions, on any set of them, and where they quarrel."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.model.records import Relation
from review.model.vocabulary import Polarity, RelationKind
from review.verdicts.contradictions.logic import Literal, logic_of, quarrels

KEYS = "abcdef"
LITERALS = [Literal(key, polarity) for key in KEYS for polarity in Polarity]


def related(kind: str, a: str, b: str, number: int = 1) -> Relation:
    return Relation(
        relation=f"rel-{number:03}", proposition=a, other=b, kind=kind, reason=f"{a} and {b}."
    )


def relations(*kinds: str):
    ends = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(
        lambda pair: pair[0] != pair[1]
    )
    rows = st.lists(st.tuples(st.sampled_from(kinds), ends), max_size=9)
    return rows.map(
        lambda made: [related(kind, a, b, at) for at, (kind, (a, b)) in enumerate(made, start=1)]
    )


ALL = relations(*RelationKind)


@given(ALL)
def test_exclusion_is_symmetric(rows):
    logic = logic_of(rows)
    for a, b in product(LITERALS, repeat=2):
        assert (logic.excluding(a, b) is None) == (logic.excluding(b, a) is None)


@given(ALL)
def test_what_follows_from_what_follows_was_there_already(rows):
    logic = logic_of(rows)
    closed = [
        related("implies" if end.polarity is Polarity.AFFIRMS else "conflicts", key, end.proposition, at)
        for at, (key, end) in enumerate(
            (key, end)
            for key in KEYS
            for end in logic.following(Literal(key, Polarity.AFFIRMS))
            if end.proposition != key
        )
    ]
    again = logic_of([*rows, *closed])
    for literal in LITERALS:
        assert set(again.following(literal)) == set(logic.following(literal))


@given(relations("compatible", "implies", "same"))
def test_nothing_but_a_denial_is_excluded_where_nothing_conflicts(rows):
    logic = logic_of(rows)
    for a, b in product(KEYS, repeat=2):
        for polarity in Polarity:
            assert logic.excluding(Literal(a, polarity), Literal(b, polarity)) is None


@given(ALL)
def test_two_denials_exclude_nothing(rows):
    logic = logic_of(rows)
    denied = [Literal(key, Polarity.DENIES) for key in KEYS]
    assert all(logic.excluding(a, b) is None for a, b in product(denied, repeat=2))


@given(ALL, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    for a, b in product(LITERALS, repeat=2):
        assert logic_of(rows).excluding(a, b) == logic_of(shuffled).excluding(a, b)
    assert list(quarrels(rows)) == list(quarrels(shuffled))


@given(relations("conflicts", "implies", "same"))
def test_a_quarrel_is_told_exactly_where_a_statement_can_never_be_true(rows):
    logic = logic_of(rows)
    impossible = any(
        logic.excluding(Literal(key, Polarity.AFFIRMS), Literal(key, Polarity.AFFIRMS)) for key in KEYS
    )
    judged_twice = len({frozenset((r.proposition, r.other)) for r in rows}) < len(rows)
    if impossible or not judged_twice:
        assert bool(list(quarrels(rows))) == impossible


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("conflicts", "a", "b"), ("same", "b", "a")], "judges a pair that was judged otherwise"),
        ([("implies", "a", "b"), ("implies", "b", "a")], "judges a pair that was judged otherwise"),
        (
            [("implies", "a", "b"), ("implies", "b", "c"), ("conflicts", "a", "c")],
            "makes 'a' a statement that can never be true",
        ),
        (
            [("implies", "a", "b"), ("conflicts", "b", "c"), ("compatible", "a", "c")],
            "calls compatible what cannot both be true",
        ),
        (
            [("implies", "a", "b"), ("implies", "b", "c"), ("compatible", "c", "a")],
            "calls independent what follows",
        ),
        (
            [("implies", "a", "b"), ("implies", "b", "c"), ("compatible", "a", "c")],
            "calls independent what follows",
        ),
    ],
)
def test_a_quarrel_names_the_relation_and_those_that_gainsay_it(rows, fault):
    made = [related(kind, a, b, number) for number, (kind, a, b) in enumerate(rows, start=1)]
    (quarrel,) = quarrels(made)
    assert (quarrel.relation, quarrel.fault) == (made[-1], fault)
    assert quarrel.others == tuple(made[:-1])


def test_a_pair_judged_twice_alike_is_no_quarrel():
    rows = [related("conflicts", "a", "b"), related("conflicts", "b", "a", 2)]
    assert list(quarrels(rows)) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("implies", "a", "b"), ("implies", "b", "c"), ("conflicts", "c", "a")],
        [("implies", "a", "b"), ("conflicts", "a", "c"), ("same", "b", "c")],
    ],
)
def test_a_conflict_of_other_statements_takes_no_part_in_a_quarrel(rows):
    made = [related(*row, number) for number, row in enumerate([*rows, ("conflicts", "c", "d")], 1)]
    (quarrel,) = quarrels(made)
    assert quarrel.relation.kind is RelationKind.CONFLICTS
    assert set(quarrel.others) == set(made[:-1]) - {quarrel.relation}


def test_statements_that_are_the_same_go_by_the_first_of_their_ids():
    rows = [
        related("same", "b", "c"),
        related("same", "a", "b", 2),
        related("implies", "c", "d", 3),
        related("compatible", "e", "f", 4),
    ]
    assert [logic_of(rows).same_as(key) for key in KEYS] == list("aaadef")
