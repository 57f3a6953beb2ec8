"""Which claims of a page on sunscreen exclude each other, and which only sound alike."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import FIGURES

from review.model.records import Claim, Proposition, Relation
from review.verdicts.contradictions.groups import groups
from review.verdicts.contradictions.logic import Literal, logic_of
from review.verdicts.contradictions.opposed import contradictions

DENIED = "One affirms what the other denies."
OTHER_FIGURES = "The same thing with other figures."


def claim(key: str, proposition="protects", polarity="affirms", quote="It protects the skin.") -> Claim:
    return Claim(
        claim=key,
        page=key.rpartition("-")[0],
        start=0,
        end=len(quote),
        quote=quote,
        category="efficacy",
        wording="asserted",
        checkworthy="yes",
        proposition=proposition,
        polarity=polarity,
    )


PROPOSITIONS = {
    key: Proposition.model_construct(proposition=key, topic=topic)
    for key, topic in (("protects", "protection"), ("tans", "tanning"), ("costs", "price"))
}
CONFLICT = Relation(
    relation="rel-001",
    proposition="protects",
    other="tans",
    kind="conflicts",
    reason="Who is protected does not tan.",
)


def found(*claims, relations=()):
    return contradictions(claims, PROPOSITIONS, relations, FIGURES)


def pairs(*claims, relations=()) -> list[tuple[str, str, str, str]]:
    """Every two claims that exclude each other, the one with the earlier id first."""
    return sorted(
        (a.claim, b.claim, x.topic, x.why)
        if a.claim < b.claim
        else (b.claim, a.claim, x.topic, " ".join(reversed(x.reasons)))
        for x in found(*claims, relations=relations)
        for a, b in product(x.a, x.b)
    )


def test_a_denial_excludes_what_another_claim_affirms():
    denial = claim("shop-002", polarity="denies")
    expected = [("shop-001", "shop-002", "protection", DENIED)]
    assert pairs(claim("shop-001"), denial) == pairs(denial, claim("shop-001")) == expected
    assert pairs(claim("shop-001"), claim("shop-003"), claim("shop-004")) == []


def test_other_figures_exclude_each_other_only_where_both_claims_affirm():
    week, year = (f"It protects for 1 {unit}." for unit in ("week", "year"))
    affirmed = claim("shop-001", quote=week), claim("shop-002", quote=year)
    assert pairs(*affirmed) == [("shop-001", "shop-002", "protection", OTHER_FIGURES)]
    denied = claim("shop-001", "protects", "denies", week), claim("shop-002", "protects", "denies", year)
    assert pairs(*denied) == []


def test_a_denial_before_them_hides_no_other_figures():
    denied = claim("shop-001", "tans", "denies")
    week, year = (
        claim(f"shop-00{number}", quote=f"It protects for 1 {unit}.")
        for number, unit in ((2, "week"), (3, "year"))
    )
    assert pairs(denied, week, year) == [("shop-002", "shop-003", "protection", OTHER_FIGURES)]


@pytest.mark.parametrize("quotes", list(permutations(["It is 15%.", "It is over 10%."])))
def test_a_figure_bears_out_a_bound_whichever_stands_first(quotes):
    bound, figure = (claim(f"shop-00{number}", quote=quote) for number, quote in enumerate(quotes, 1))
    assert pairs(bound, figure) == []


def test_a_statement_that_can_never_be_true_does_not_exclude_itself():
    rows = [CONFLICT, related("implies", "protects", "tans", 2)]
    assert pairs(claim("shop-001"), claim("shop-002"), relations=rows) == []


@pytest.mark.parametrize(
    ("polarities", "excluded"),
    [
        (("affirms", "affirms"), True),
        (("affirms", "denies"), False),
        (("denies", "affirms"), False),
        (("denies", "denies"), False),
    ],
)
def test_conflicting_statements_exclude_each_other_where_both_are_affirmed(polarities, excluded):
    protects, tans = polarities
    # The claim of the second statement has the earlier id, and so stands first.
    claims = claim("shop-002", "protects", protects), claim("shop-001", "tans", tans)
    expected = [("shop-001", "shop-002", "protection", "Who is protected does not tan.")]
    assert pairs(*claims, relations=[CONFLICT]) == expected * excluded


def test_every_claim_of_one_statement_is_held_against_every_claim_of_the_other():
    claims = [
        claim("shop-001"),
        claim("shop-002"),
        claim("shop-003", "tans"),
        claim("shop-004", "costs"),
    ]
    excluded = [(a, b) for a, b, *_ in pairs(*claims, relations=[CONFLICT])]
    assert excluded == [("shop-001", "shop-003"), ("shop-002", "shop-003")]


def test_a_conflict_of_statements_that_nobody_claims_excludes_nothing():
    assert pairs(claim("shop-001"), relations=[CONFLICT]) == []
    assert pairs(claim("shop-001", "tans"), relations=[CONFLICT]) == []


def test_a_pair_is_given_once_with_its_first_reason():
    again = CONFLICT.model_copy(update={"relation": "rel-002", "reason": "A second reason."})
    (pair,) = pairs(claim("shop-001"), claim("shop-002", "tans"), relations=[CONFLICT, again])
    assert pair[-1] == CONFLICT.reason


def test_pairs_stand_in_the_order_of_their_claims():
    tan, cheap, dear = (
        claim("shop-001", "tans"), claim("shop-002", "costs"), claim("shop-004", "costs", "denies"),
    )  # fmt: skip
    excluded = [(a, b) for a, b, *_ in pairs(dear, claim("shop-003"), cheap, tan, relations=[CONFLICT])]
    assert excluded == [("shop-001", "shop-003"), ("shop-002", "shop-004")]


def related(kind: str, a: str, b: str, number: int = 1, reason: str = "") -> Relation:
    return Relation(
        relation=f"rel-{number:03}", proposition=a, other=b, kind=kind, reason=reason or f"{a} {b}."
    )


def test_a_denial_of_the_general_excludes_the_special():
    special = related("implies", "tans", "protects", reason="Who tans is protected.")
    denial, tan = claim("shop-001", "protects", "denies"), claim("shop-002", "tans")
    expected = [("shop-001", "shop-002", "protection", "Who tans is protected.")]
    assert pairs(denial, tan, relations=[special]) == expected
    # The special may be denied where the general holds.
    general, other = claim("shop-001", "protects"), claim("shop-002", "tans", "denies")
    assert pairs(general, other, relations=[special]) == []


def test_what_implies_one_side_of_a_conflict_conflicts_and_each_reason_is_told():
    chain = [
        related("implies", "costs", "tans", 2, "Only what tans costs."),
        CONFLICT,
    ]
    why = "Who is protected does not tan. Only what tans costs."
    expected = [("shop-001", "shop-002", "protection", why)]
    assert pairs(claim("shop-001", "protects"), claim("shop-002", "costs"), relations=chain) == expected


def test_the_same_said_in_two_propositions_is_denied_in_either():
    same = related("same", "protects", "tans")
    claims = claim("shop-001", "protects"), claim("shop-002", "tans", "denies")
    assert [pair[:2] for pair in pairs(*claims, relations=[same])] == [("shop-001", "shop-002")]
    assert pairs(*claims, relations=[related("compatible", "protects", "tans")]) == []


def told(*claims, relations=()):
    made = groups(found(*claims, relations=relations), relations)
    return [
        (
            [claim.claim for side in group.a for claim in side.claims],
            [claim.claim for side in group.b for claim in side.claims],
            group.within,
        )
        for group in made
    ]


def test_a_fact_is_told_once_however_many_claims_tell_it():
    claims = [
        claim("shop-001"),
        claim("shop-002"),
        claim("mall-001", "tans"),
        claim("shop-003", "tans"),
        claim("mall-002", "costs"),
    ]
    relations = [CONFLICT, related("conflicts", "costs", "protects", 2)]
    assert len(pairs(*claims, relations=relations)) == 6
    expected = [(["shop-001", "shop-002"], ["mall-001", "shop-003", "mall-002"], ("shop",))]
    assert told(*claims, relations=relations) == expected


def test_what_denies_a_statement_and_what_conflicts_with_it_is_one_fact():
    claims = [claim("shop-001"), claim("mall-001", polarity="denies"), claim("mall-002", "tans")]
    assert told(*claims, relations=[CONFLICT]) == [(["shop-001"], ["mall-001", "mall-002"], ())]


def test_what_implies_a_statement_stands_on_its_side():
    special = related("implies", "costs", "protects", 2)
    claims = [claim("shop-001"), claim("shop-002", "costs"), claim("shop-003", "tans")]
    relations = [CONFLICT, special, related("conflicts", "costs", "tans", 3)]
    assert told(*claims, relations=relations) == [(["shop-001", "shop-002"], ["shop-003"], ("shop",))]


def test_claims_of_other_figures_stand_on_two_sides():
    claims = [
        claim(f"shop-00{number}", quote=f"It protects for {time}.")
        for number, time in enumerate(("1 week", "7 days", "1 year"), start=1)
    ]
    assert told(*claims) == [(["shop-001", "shop-002"], ["shop-003"], ("shop",))]
    # The odd one out may stand between those that agree.
    moved = [claims[0], claims[2].model_copy(update={"claim": "shop-002"}),
             claims[1].model_copy(update={"claim": "shop-003"})]  # fmt: skip
    assert told(*moved) == [(["shop-001", "shop-003"], ["shop-002"], ("shop",))]


def test_a_fact_tells_each_reason_once_in_one_paragraph():
    relations = [CONFLICT, related("conflicts", "costs", "protects", 2, "It costs.")]
    claims = [claim("shop-001"), claim("shop-002", "tans"), claim("shop-003", "costs")]
    (fact,) = groups(found(*claims, relations=relations), relations)
    assert fact.why == "Who is protected does not tan. It costs."


def test_copies_of_a_page_add_claims_to_the_sides_and_no_contradiction():
    def of(page: str):
        return (
            claim(f"{page}-001"),
            claim(f"{page}-002", "tans"),
            claim(f"{page}-003", "costs", quote="It costs 20 euros for 1 week."),
            claim(f"{page}-004", "costs", quote="It costs 20 euros for 1 year."),
        )

    once, often = of("shop"), [made for number in range(40) for made in of(f"shop-{number:02}")]
    assert len(found(*once, relations=[CONFLICT])) == len(found(*often, relations=[CONFLICT])) == 2
    for contradiction in found(*often, relations=[CONFLICT]):
        assert (len(contradiction.a), len(contradiction.b), contradiction.pairs) == (40, 40, 1600)
    facts = groups(found(*often, relations=[CONFLICT]), [CONFLICT])
    assert [(fact.pairs, len(fact.within)) for fact in facts] == [(1600, 40), (1600, 40)]


def test_what_touches_some_claims_keeps_every_pair_with_one_of_them_and_no_other():
    claims = [claim(f"shop-{number:03}", ("protects", "tans")[number % 2]) for number in range(1, 8)]
    (whole,) = found(*claims, relations=[CONFLICT])
    named = {"shop-002", "shop-003", "shop-005"}
    touched = [(a.claim, b.claim) for part in whole.touching(named) for a, b in product(part.a, part.b)]
    every = [tuple(sorted((a.claim, b.claim))) for a, b in product(whole.a, whole.b)]
    wanted = [pair for pair in every if named & set(pair)]
    assert sorted(tuple(sorted(pair)) for pair in touched) == sorted(wanted)
    assert list(whole.touching([])) == []


_QUOTES = ("It lasts.", "It lasts 2 weeks.", "It lasts 14 days.", "It lasts 3 years.", "For 20% of us.")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(PROPOSITIONS)),
            st.sampled_from(["affirms", "denies"]),
            st.sampled_from(_QUOTES),
        ),
        max_size=12,
    ),
    st.lists(st.sampled_from(["conflicts", "implies", "same"]), max_size=2),
)
def test_side_against_side_holds_the_pairs_that_claim_against_claim_gives(told_so, kinds):
    claims = [claim(f"shop-{number:03}", *words) for number, words in enumerate(told_so, start=1)]
    ends = [("protects", "tans"), ("tans", "costs")]
    relations = [related(kind, *ends[at], at + 1) for at, kind in enumerate(kinds)]
    logic = logic_of(relations)

    def exclude(one, other) -> bool:
        literals = Literal(one.proposition, one.polarity), Literal(other.proposition, other.polarity)
        alone = found(one, other)
        by_figures = literals[0] == literals[1] and bool(alone)
        return logic.excluding(*literals) is not None or by_figures

    expected = [(a.claim, b.claim) for a, b in combinations(claims, 2) if exclude(a, b)]
    assert [pair[:2] for pair in pairs(*claims, relations=relations)] == expected
