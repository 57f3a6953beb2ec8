"""Which pairs of propositions a reader should judge first, on a page about dental whitening."""

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
