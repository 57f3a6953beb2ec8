"""Which pairs of propositions a reader should judge first, on a page about dental whitening."""

from math import log

import pytest
from rapidfuzz import fuzz

from review.model.records import Proposition, Relation
from review.model.vocabulary import NOT_APPLICABLE
from review.verdicts.contradictions.unjudged import unjudged

STATEMENTS = {
    "gel-lasts-6-months": ("whitening", "Whitening gel lasts six months or 6 refills."),
    "gel-lasts-3-years": ("whitening", "Whitening gel lasts three years or 3 refills."),
    "gel-bleaches": ("whitening", "Peroxide bleaches enamel."),
    "gel-hurts": ("whitening", "Sensitive teeth ache after the gel."),
    "braces-align": ("braces", "Braces align teeth."),
}
PROPOSITIONS = {
    key: Proposition.model_construct(
        proposition=key, topic=topic, statement=statement, outcome=NOT_APPLICABLE
    )
    for key, (topic, statement) in STATEMENTS.items()
}


def related(kind: str, a: str, b: str) -> Relation:
    return Relation(relation=f"rel-{len(a + b):03}", proposition=a, other=b, kind=kind, reason="x")


def pairs(*relations):
    return [(x.a.proposition, x.b.proposition) for x in unjudged(PROPOSITIONS, relations)]


def test_pairs_of_one_topic_are_listed_with_the_likeliest_first():
    made = unjudged(PROPOSITIONS, [])
    assert len(made) == 6
    first = made[0]
    assert (first.a.proposition, first.b.proposition) == ("gel-lasts-3-years", "gel-lasts-6-months")
    assert all(0 <= pair.score <= 1 for pair in made)
    assert "braces-align" not in {key for pair in pairs() for key in pair}


def test_what_is_judged_and_what_follows_is_not_listed():
    judged = [
        related("implies", "gel-lasts-3-years", "gel-lasts-6-months"),
        related("conflicts", "gel-lasts-6-months", "gel-hurts"),
        related("compatible", "gel-bleaches", "gel-hurts"),
    ]
    assert sorted(pairs(*judged)) == [
        ("gel-bleaches", "gel-lasts-3-years"),
        ("gel-bleaches", "gel-lasts-6-months"),
    ]


def test_the_order_of_the_propositions_does_not_matter():
    backwards = dict(reversed(PROPOSITIONS.items()))
    assert unjudged(backwards, []) == unjudged(PROPOSITIONS, [])


def test_what_follows_over_a_third_statement_is_not_listed():
    chain = [
        related("implies", "gel-lasts-6-months", "gel-hurts"),
        related("implies", "gel-hurts", "gel-bleaches").model_copy(update={"relation": "rel-002"}),
    ]
    assert ("gel-bleaches", "gel-lasts-6-months") not in pairs(*chain)
    assert ("gel-bleaches", "gel-lasts-3-years") in pairs(*chain)
    other_way = [
        related("implies", "gel-bleaches", "gel-hurts"),
        related("implies", "gel-hurts", "gel-lasts-6-months").model_copy(update={"relation": "rel-002"}),
    ]
    assert ("gel-bleaches", "gel-lasts-6-months") not in pairs(*other_way)


def score(a: str, b: str, outcomes=(NOT_APPLICABLE, NOT_APPLICABLE)) -> float:
    """The score of two statements, which are all that there is."""
    made = [
        Proposition.model_construct(proposition=key, topic="t", statement=statement, outcome=outcome)
        for key, statement, outcome in zip("ab", (a, b), outcomes, strict=True)
    ]
    (pair,) = unjudged({p.proposition: p for p in made}, [])
    return pair.score


def alike(a: str, b: str, share: float) -> float:
    """The part of a score that likeness gives: of the words by their weight, and of the letters."""
    letters = fuzz.ratio(" ".join(sorted(a.split())), " ".join(sorted(b.split()))) / 100
    return 0.6 * (share + letters) / 2


RARE, SHARED = log(1 + 2 / 1), log(1 + 2 / 2)
"""What a word of one of two statements weighs, and a word of both."""


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("Gel whitens teeth.", "gel whitens teeth", 0.6, id="the same"),
        pytest.param("Gel whitens teeth.", "Teeth, gel whitens!", 0.6, id="in another order"),
        pytest.param("…", "Gel.", 0.0, id="no words at all"),
        pytest.param(
            "Gel aches.", "Braces align.", alike("gel aches", "braces align", 0), id="none shared"
        ),
        pytest.param(
            "Gel whitens.", "Gel hurts.",
            alike("gel whitens", "gel hurts", SHARED / (SHARED + RARE)), id="half",
        ),
        pytest.param(
            "Peroxide bleaches dark enamel.", "Enamel wears.",
            alike("peroxide bleaches dark enamel", "enamel wears", SHARED / (SHARED + RARE)),
            id="by the lighter of the two",
        ),
        pytest.param(
            "Gel lasts 1.5 hours.", "Gel lasts 2,5 hours.",
            0.2 + alike("gel lasts 1.5 hours", "gel lasts 2,5 hours", 3 * SHARED / (3 * SHARED + RARE)),
            id="other figures",
        ),
        pytest.param(
            "Gel 16 lasts long.", "Gel 16 lasts hours.",
            alike("gel 16 lasts long", "gel 16 lasts hours", 3 * SHARED / (3 * SHARED + RARE)),
            id="the same figure",
        ),
        pytest.param(
            "Gel lasts 3 hours.", "Gel lasts some hours.",
            alike("gel lasts 3 hours", "gel lasts some hours", 3 * SHARED / (3 * SHARED + RARE)),
            id="a figure on one side",
        ),
        pytest.param(
            "Gel v1 hurts.", "Gel v2 hurts.",
            alike("gel v1 hurts", "gel v2 hurts", 2 * SHARED / (2 * SHARED + RARE)),
            id="a name with a figure",
        ),
    ],
)  # fmt: skip
def test_a_score_is_made_of_likeness_and_of_other_figures(a, b, expected):
    assert score(a, b) == score(b, a) == round(expected, 2)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (("colour", "colour"), 0.7),
        (("colour", "pain"), 0.6),
        ((NOT_APPLICABLE, NOT_APPLICABLE), 0.6),
        (("colour", NOT_APPLICABLE), 0.6),
    ],
)
def test_one_outcome_lifts_a_pair(outcomes, expected):
    assert score("Gel whitens teeth.", "Gel whitens teeth.", outcomes) == expected


def test_no_sign_lifts_a_pair_above_one():
    a = "A whitening gel keeps the front teeth of many grown people white for 3 years before braces."
    b = a.replace("keeps", "never keeps").replace("3", "6").replace("before", "after")
    assert score(a, b, ("colour", "colour")) == 1.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pair.split()
        for pair in (
            "before after", "more less", "better worse", "increase decrease", "increases reduces",
            "raise lower", "start stop", "continue wait", "same next", "same different",
            "similar different", "permanent temporary", "known unknown",
            "established experimental", "safe harm", "effective ineffective", "painful painless",
            "men women",
        )
    ],
)  # fmt: skip
def test_opposites_lift_a_pair_and_either_word_alone_does_not(a, b):
    share = SHARED / (SHARED + RARE)
    assert score(f"Teeth {a}.", f"Teeth {b}.") == round(
        0.15 + alike(f"teeth {a}", f"teeth {b}", share), 2
    )
    assert score(f"Teeth {b}.", "Teeth ache.") == round(alike(f"teeth {b}", "teeth ache", share), 2)
    assert score("Teeth ache.", f"Teeth {a}.") == round(alike("teeth ache", f"teeth {a}", share), 2)


@pytest.mark.parametrize(
    "word",
    "no not never only without cannot unsuitable avoid unnecessary neither none".split(),
)
def test_a_denial_on_one_side_lifts_a_pair(word):
    a, b = "teeth ache", f"teeth ache {word}"
    assert score(a, b) == score(b, a) == round(0.1 + alike(a, b, 1), 2)


def test_a_denial_on_both_sides_lifts_nothing():
    a, b = "teeth never ache", "teeth cannot ache"
    assert score(a, b) == round(alike(a, b, 2 * SHARED / (2 * SHARED + RARE)), 2)
