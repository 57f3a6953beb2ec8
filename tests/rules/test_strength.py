"""Causal strength read from wording, and the sign rule between a page and its source."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.language.wording.strength import (
    CUES,
    Exaggeration,
    Strength,
    exaggeration,
    explained,
    strength,
)

NONE, CORRELATIONAL, CONDITIONAL, DIRECT = Strength

# The sentences are our own; the level is what the scale of Yu and others (2019) gives them.
EXAMPLES = [
    ("Oat bran lowers cholesterol.", DIRECT, ("lowers",)),
    ("Long shifts cause errors.", DIRECT, ("cause",)),
    ("Night work leads to weight gain, a trial shows.", DIRECT, ("leads to",)),
    ("The lotion was effective on dry skin.", DIRECT, ("effective",)),
    ("The hormone acts via a pathway in the liver.", DIRECT, ("via", "pathway")),
    ("Hair was thicker because of the serum", DIRECT, ("because of",)),
    ("Oat bran may ease cramps and improve sleep.", CONDITIONAL, ("may", "may ease")),
    ("Tea could cut the number of strokes", CONDITIONAL, ("could", "could cut")),
    ("The drug appears to reduce pain.", CONDITIONAL, ("appears to", "appears to reduce")),
    ("The peptide shows promise against wrinkles.", CONDITIONAL, ("promise",)),
    ("Tea drinking is associated with an increased risk of falls.", CORRELATIONAL, ("is associated",)),
    ("Hair loss is linked to stress.", CORRELATIONAL, ("linked to",)),
    ("Smokers are more likely to go bald.", CORRELATIONAL, ("more likely",)),
    ("Women slept longer than men.", CORRELATIONAL, ("longer than",)),
    ("Grip strength predicts survival.", CORRELATIONAL, ("predicts",)),
    ("Coffee is not associated with hair loss.", NONE, ("is not associated with",)),
    ("The shampoo did not reduce shedding.", NONE, ("did not reduce",)),
    ("There was no effect on hair count.", NONE, ("no effect",)),
    ("A new rota has failed to improve care.", NONE, ("failed to improve",)),
    ("The target may not have improved care.", NONE, ("may not have improved",)),
    ("We asked ninety clinics for their prices.", NONE, ()),
    ("", NONE, ()),
]


@pytest.mark.parametrize(("sentence", "level", "words"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_strength_with_the_words_that_decide(sentence, level, words):
    found = explained(sentence)
    assert found.strength is level
    assert strength(sentence) is level
    assert set(words) <= set(found.deciding)
    assert bool(found.deciding) == bool(words)


def test_every_cue_has_an_example():
    met = {fired.cue.name for sentence, _, _ in EXAMPLES for fired in explained(sentence).fired}
    assert met == {cue.name for cue in CUES}


@pytest.mark.parametrize("verb", ["cause", "reduce", "improve", "trigger", "prevent", "lead to"])
def test_a_hedge_weakens_a_cause_and_a_denial_removes_it(verb):
    assert strength(f"These creams {verb} itching.") is DIRECT
    for hedge in ("may", "might", "could", "can"):
        assert strength(f"These creams {hedge} {verb} itching.") is CONDITIONAL
    for denial in ("do not", "don't", "cannot", "never", "fail to"):
        assert strength(f"These creams {denial} {verb} itching.") is NONE


def test_not_only_denies_nothing():
    assert strength("The gel does not only reduce itching.") is DIRECT


@pytest.mark.parametrize(
    ("participle", "verb"), [("an increased risk", "increased"), ("a reduced rate", "reduced")]
)
def test_a_participle_before_a_noun_is_no_change(participle, verb):
    assert strength(f"Bald men had {participle} of gout.") is CORRELATIONAL
    assert strength(f"The pill {verb} the pulse.") is DIRECT


def test_the_finding_decides_and_not_its_outlook():
    finding = "Baldness is linked to gout."
    assert strength(f"{finding} The result could help patients.") is CORRELATIONAL
    assert strength(f"We asked ninety men. {finding}") is CORRELATIONAL


@given(st.text(max_size=200) | st.lists(st.sampled_from([e[0] for e in EXAMPLES])).map(" ".join))
def test_words_stand_where_they_say_and_the_level_has_its_words(text):
    found = explained(text)
    assert all(text[f.start : f.start + len(f.words)] == f.words for f in found.fired)
    assert bool(found.deciding) == bool(found.fired)
    assert found.fired or found.strength is NONE


@pytest.mark.parametrize(("claim", "source"), list(product(Strength, Strength)))
def test_the_label_is_the_sign_of_the_difference(claim, source):
    turned = {
        Exaggeration.EXAGGERATES: Exaggeration.DOWNPLAYS,
        Exaggeration.SAME: Exaggeration.SAME,
        Exaggeration.DOWNPLAYS: Exaggeration.EXAGGERATES,
    }
    label = exaggeration(claim, source)
    assert (label is Exaggeration.SAME) == (claim == source)
    assert (label is Exaggeration.EXAGGERATES) == (claim > source)
    assert exaggeration(source, claim) is turned[label]


# How often each triple of labels occurs in the pairs published by Wright and Augenstein (2021), train
# and test together: the release's strength, the abstract's, the label. Counts only, no sentence.
PUBLISHED = [
    (0, 0, "same", 72),
    (0, 1, "downplays", 13),
    (0, 2, "downplays", 2),
    (0, 3, "downplays", 11),
    (1, 0, "exaggerates", 9),
    (1, 1, "same", 160),
    (1, 2, "downplays", 10),
    (1, 3, "downplays", 16),
    (2, 0, "exaggerates", 1),
    (2, 1, "exaggerates", 56),
    (2, 2, "same", 34),
    (2, 3, "downplays", 61),
    (3, 0, "exaggerates", 5),
    (3, 1, "exaggerates", 53),
    (3, 2, "exaggerates", 20),
    (3, 3, "same", 140),
]


@pytest.mark.parametrize(("release", "abstract", "label", "pairs"), PUBLISHED)
def test_published_labels_follow_the_rule(release, abstract, label, pairs):
    assert exaggeration(Strength(release), Strength(abstract)) == label
    assert pairs > 0


def test_the_table_holds_every_published_pair():
    totals = {kind: sum(n for *_, label, n in PUBLISHED if label == kind) for kind in Exaggeration}
    assert totals == {"same": 406, "exaggerates": 144, "downplays": 113}
    assert {(release, abstract) for release, abstract, *_ in PUBLISHED} == set(
        product(range(4), repeat=2)
    )
