"""The sentences of a page: one verdict for the same words, one answer for all claims of a sentence."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_body import claim, codes, document, hit, item, screened, sound, standing_on
from sample_lexicon import PLAIN
from sample_sentences import (
    FREE,
    HIGH,
    PAGE,
    SORE,
    WHITENS,
    YEARS,
    harm,
    made,
    own,
    sentences,
    with_action,
)

from review.model.vocabulary import (
    Action,
    Bar,
    Category,
    Ground,
    Polarity,
    Question,
    Severity,
    Species,
    Stance,
    Tier,
    Verdict,
    Wording,
)
from review.verdicts.pages.sentences import judged_sentences, with_same_words
from review.verdicts.reasons import Code
from review.verdicts.verdict import verdict_of

AGAINST = Stance.CONTRADICTS


# The same words


def test_a_claim_is_no_better_than_what_it_holds():
    whole = made("Our gel whitens teeth. It may make gums sore.", *HIGH, number=1)
    part = made(WHITENS, sound(1, stance=AGAINST), number=2)
    assert (whole.verdict, part.verdict) == (Verdict.SUBSTANTIATED, Verdict.CONTRADICTED)
    told_whole, told_part = with_same_words([whole, part])
    assert told_whole.verdict is Verdict.CONTRADICTED
    assert told_part == part
    assert Code.PART_FAILS in codes(told_whole)
    assert told_whole.reasons[-1].sentence == "Its words hold those of home-002, which is contradicted."
    assert told_whole.action is Action.REMOVE


def test_what_holds_a_claim_takes_nothing_from_it():
    """A part is judged by its own words, whatever else is said around it."""
    whole = made("Our gel whitens teeth. It may make gums sore.", sound(1, stance=AGAINST), number=1)
    part = made(WHITENS, *HIGH, number=2)
    assert with_same_words([whole, part])[1].verdict is Verdict.SUBSTANTIATED


@pytest.mark.parametrize("quotes", [(WHITENS, WHITENS), (WHITENS, "Our gel whitens teeth")])
def test_the_same_words_elsewhere_get_the_worse_verdict(quotes):
    first = made(quotes[0], *HIGH, number=1)
    again = made(quotes[1], number=2, nth=1)
    assert again.claim.start > first.claim.end
    verdicts = {judged.verdict for judged in with_same_words([first, again])}
    assert verdicts == {Verdict.UNSUPPORTED}


def test_a_part_that_fails_in_one_place_fails_the_same_words_in_another():
    first, again = made(WHITENS, *HIGH, number=1), made(WHITENS, *HIGH, number=2, nth=1)
    part = made("whitens teeth", sound(1, stance=AGAINST), number=3)
    assert [j.verdict for j in with_same_words([again, first, part])] == [Verdict.CONTRADICTED] * 3


def test_a_warning_within_a_sentence_is_no_fault_of_it():
    whole = made("Our gel whitens teeth. It may make gums sore.", *HIGH, number=1)
    warning = harm(SORE, number=2)
    assert (warning.is_caution, warning.verdict) == (True, Verdict.UNSUPPORTED)
    assert with_same_words([whole, warning])[0] == whole


def test_a_warning_is_not_taken_out_for_the_other_half_of_its_words():
    warning = harm("Our gel whitens teeth. It may make gums sore.", *HIGH, number=1)
    part = made(WHITENS, sound(1, stance=AGAINST), number=2)
    assert part.action is Action.REMOVE
    assert with_same_words([warning, part])[0].action is Action.ESCALATE


def test_a_limit_told_openly_is_not_taken_out_for_the_other_half_of_its_words():
    limit = replace(made("Our gel whitens teeth. It may make gums sore.", *HIGH), discloses=True)
    part = made(WHITENS, sound(1, stance=AGAINST), number=2)
    assert not limit.is_caution
    assert with_same_words([limit, part])[0].action is Action.ESCALATE


def test_what_stands_before_a_claim_or_behind_it_is_no_part_of_it():
    whole = made(YEARS, *HIGH, number=1)
    before = made(WHITENS, sound(1, stance=AGAINST), number=2)
    behind = made(WHITENS, sound(1, stance=AGAINST), number=3, nth=1)
    assert before.claim.end < whole.claim.start < whole.claim.end < behind.claim.start
    assert with_same_words([whole, before, behind])[0] == whole


REFUTED = (sound(1, stance=AGAINST),)
BOTH = "Our gel whitens teeth. It may make gums sore."


@pytest.mark.parametrize(
    ("found", "quote", "of_part", "verdict"),
    [
        pytest.param(HIGH, WHITENS, (item(),), Verdict.OVERSTATED, id="a part says too much"),
        pytest.param(None, WHITENS, (item(),), Verdict.NOT_LOOKED_FOR, id="and nobody looked"),
        pytest.param(None, WHITENS, REFUTED, Verdict.CONTRADICTED, id="a part is refuted"),
        pytest.param(None, BOTH, (item(),), Verdict.OVERSTATED, id="the same words say too much"),
    ],
)
def test_a_part_answers_what_nobody_looked_for_only_where_it_is_refuted(found, quote, of_part, verdict):
    whole = made(BOTH, *(found or ()), number=1, is_sought=found is not None)
    part = made(quote, *of_part, number=2)
    assert with_same_words([whole, part])[0].verdict is verdict


@pytest.mark.parametrize("quote", [WHITENS, "whitens teeth", "gums sore.", SORE])
def test_a_part_may_stand_anywhere_within_a_claim(quote):
    whole, part = made(BOTH, *HIGH, number=1), made(quote, *REFUTED, number=2)
    assert with_same_words([whole, part])[0].verdict is Verdict.CONTRADICTED


def test_of_several_parts_that_fail_the_worst_is_told():
    whole = made(BOTH, *HIGH, number=1)
    bad, worse = made("whitens teeth", number=2), made(WHITENS, *REFUTED, number=3)
    told_whole = with_same_words([whole, bad, worse])[0]
    assert told_whole.verdict is Verdict.CONTRADICTED
    fails = [reason.sentence for reason in told_whole.reasons if reason.code is Code.PART_FAILS]
    assert fails == ["Its words hold those of home-003, which is contradicted."]


def test_a_warning_with_a_part_to_be_looked_up_is_looked_up():
    warning = harm(BOTH, *HIGH, number=1)
    part = made(WHITENS, number=2, is_sought=False)
    assert part.action is Action.LOOK_IT_UP
    after = with_same_words([warning, part])[0]
    assert (after.verdict, after.action) == (Verdict.NOT_LOOKED_FOR, Action.LOOK_IT_UP)


def test_a_part_that_is_as_bad_adds_no_reason():
    whole, part = made(BOTH, number=1), made(WHITENS, number=2)
    assert whole.verdict is part.verdict is Verdict.UNSUPPORTED
    assert with_same_words([whole, part]) == (whole, part)


def test_what_is_set_aside_is_no_part_of_any_verdict():
    price = made(FREE, question=Question.LOGISTICS, species=Species.NOT_APPLICABLE, number=1)
    whole = made("Our gel whitens teeth. Parking is free.", *HIGH, number=2)
    assert with_same_words([price, whole]) == (price, whole)


quotes = st.sampled_from([WHITENS, "whitens teeth", "Our gel", SORE, "gums", f"{WHITENS} {SORE}"])
bodies = st.sampled_from([(), HIGH, (item(),), (sound(1, stance=AGAINST),), (item(n=20),)])
claims = st.lists(
    st.builds(
        lambda quote, items, nth, is_harm: (harm if is_harm else made)(
            quote, *items, nth=nth if PAGE.count(quote) > 1 else 0
        ),
        quotes, bodies, st.integers(0, 1), st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def numbered(judged):
    return [
        replace(j, claim=j.claim.model_copy(update={"claim": f"home-{number:03d}"}))
        for number, j in enumerate(judged, start=1)
    ]


@given(claims)
def test_the_same_words_never_have_two_verdicts(judged):
    verdicts: dict[str, set[Verdict]] = {}
    for after in with_same_words(numbered(judged)):
        verdicts.setdefault(after.claim.quote, set()).add(after.verdict)
    assert all(len(each) == 1 for each in verdicts.values())


@given(claims)
def test_nothing_gets_better_by_what_stands_beside_it(judged):
    before = numbered(judged)
    for early, late in zip(before, with_same_words(before), strict=True):
        assert late.verdict.urgency <= early.verdict.urgency
        assert late.action.place >= early.action.place
        assert not (late.is_caution and late.action in (Action.REMOVE, Action.REWORD))


# One answer


@pytest.mark.parametrize("other", Action)
@pytest.mark.parametrize("action", Action)
def test_the_answer_of_a_sentence_is_that_of_the_claim_that_asks_for_most(action, other):
    a = with_action(made("Our gel", number=1), action, "Gel.")
    b = with_action(made("whitens teeth", number=2), other, "Teeth.")
    (sentence,) = sentences(a, b)
    most = max((a, b), key=lambda judged: judged.action.place)
    assert sentence.decisive.action is most.action
    # Both have words that can stand in their place, so that nothing is taken out.
    expected = Action.REWORD if most.action is Action.REMOVE else most.action
    assert sentence.action is expected


def test_a_sentence_with_a_warning_is_left_as_it_is_or_put_before_a_person():
    warning = harm("It may make gums sore", number=1)
    for action in (Action.REMOVE, Action.REWORD, Action.ESCALATE):
        failing = with_action(made("gums sore", number=2), action, "Gums are sore.")
        (sentence,) = sentences(warning, failing)
        assert (sentence.action, sentence.wording, sentence.warns) == (Action.ESCALATE, "", True)
    (alone,) = sentences(warning)
    assert alone.action is Action.MAY_STAND


def test_a_sentence_that_tells_a_limit_openly_is_not_taken_out():
    text = "It is unproven that our gel whitens teeth for years."
    limit = made(text, text=text, question=Question.RESEARCH_STATE, species="not_applicable",
                 polarity=Polarity.DENIES, number=1)  # fmt: skip
    failing = with_action(made("our gel whitens teeth", text=text, number=2), Action.REMOVE)
    assert limit.discloses
    (sentence,) = sentences(limit, failing, text=text)
    assert (sentence.action, sentence.warns) == (Action.ESCALATE, True)


def test_the_same_wording_is_suggested_once_a_page():
    first = with_action(made(WHITENS, number=1), Action.REWORD, "Gel may whiten teeth.")
    again = with_action(made(WHITENS, number=2, nth=1), Action.REWORD, "Gel may whiten teeth.")
    years = with_action(made(YEARS, number=3), Action.REWORD, "Teeth stay white for weeks.")
    outcome = sentences(first, again, years)
    assert [s.wording for s in outcome] == ["Gel may whiten teeth.", "Teeth stay white for weeks.", ""]
    assert [s.action for s in outcome] == [Action.REWORD, Action.REWORD, Action.REMOVE]


def test_a_wording_suggested_as_a_part_is_not_suggested_again():
    gel, white = "Gel may whiten teeth.", "Teeth stay white for weeks."
    first = with_action(made("Our gel", number=1), Action.REWORD, gel)
    second = with_action(made("whitens teeth", number=2), Action.REWORD, white)
    years = with_action(made(YEARS, number=3), Action.REWORD, white)
    both, again = sentences(first, second, years)
    assert (both.wording, again.wording) == (f"{gel} {white}", "")


def test_only_what_is_to_be_changed_brings_its_wording():
    first = with_action(made("Our gel", number=1), Action.REWORD, "Gel may whiten teeth.")
    second = with_action(made("whitens teeth", number=2), Action.LOOK_IT_UP, "Teeth may whiten.")
    third = with_action(made("gel whitens", number=3), Action.REMOVE)
    (sentence,) = sentences(first, second, third)
    assert (sentence.action, sentence.wording) == (Action.REWORD, "Gel may whiten teeth.")


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("Our gel whitens teeth.", True),
        ("Our gel whitens teeth!", True),
        ("Our gel whitens teeth?", True),
        ("Our gel whitens teeth…", True),
        ("3 drops whiten teeth.", True),
        ("A gel whitens teeth.", True),
        ("“Our gel whitens teeth.”", True),
        ('"Our gel whitens teeth."', True),
        ("'Our gel whitens teeth.'", True),
        ("‘Our gel whitens teeth.’", True),
        ("(Our gel whitens teeth.)", True),
        ("Our gel whitens teeth", False),
        ("Our gel whitens teeth:", False),
        ("Our gel whitens teeth.X", False),
        ("- Our gel whitens teeth.", False),
        ("• Our gel whitens teeth.", False),
        ("| Our gel whitens teeth.", False),
        ("XXX", False),
    ],
)
def test_words_are_suggested_for_a_whole_sentence_and_no_heading_or_item(text, is_whole):
    judged = with_action(made(text, text=text), Action.REWORD, "Gel may whiten teeth.")
    (sentence,) = sentences(judged, text=text)
    assert sentence.wording == "Gel may whiten teeth." * is_whole
    assert sentence.action is (Action.REWORD if is_whole else Action.REMOVE)


def test_a_medicine_to_be_stopped_decides_whatever_else_the_sentence_says():
    medicine = with_action(made("Our gel", number=2), Action.ESCALATE)
    medicine = replace(medicine, flags=(hit(Ground.MEDICINE, Severity.REVIEW),))
    other = with_action(made("whitens teeth", number=1), Action.REMOVE)
    (sentence,) = sentences(other, medicine)
    assert (sentence.decided_by, sentence.action) == ("home-002", Action.ESCALATE)
    assert sentence.decisive == medicine


@pytest.mark.parametrize(
    ("claims", "decisive"),
    [
        ({"home-001", "home-002", "home-003"}, "home-003"),
        ({"home-001", "home-002", "home-009"}, "home-002"),
        ({"home-001"}, "home-001"),
    ],
)
def test_a_sentence_narrowed_to_some_claims_keeps_its_answer(claims, decisive):
    three = [
        with_action(made(quote, number=number), action)
        for number, (quote, action) in enumerate(
            (("Our gel", Action.LOOK_IT_UP), ("gel whitens", Action.ESCALATE), ("teeth", Action.REMOVE)),
            start=1,
        )
    ]
    (sentence,) = sentences(*three)
    narrowed = sentence.narrowed(claims)
    assert [j.claim.claim for j in narrowed.judged] == sorted(claims - {"home-009"})
    assert (narrowed.decided_by, narrowed.action) == (decisive, Action.REMOVE)


@pytest.mark.parametrize("is_worse_first", [True, False])
def test_of_two_that_ask_for_the_same_the_worse_verdict_decides(is_worse_first):
    quotes = ("Our gel", "whitens teeth") if is_worse_first else ("whitens teeth", "Our gel")
    worse = with_action(made(quotes[0], *REFUTED, number=2), Action.REMOVE)
    better = with_action(made(quotes[1], number=1), Action.REMOVE)
    (sentence,) = sentences(worse, better)
    assert (sentence.decided_by, sentence.verdict) == ("home-002", Verdict.CONTRADICTED)


def test_a_claim_across_sentences_joins_them():
    across = made("whitens teeth. It may make", number=1)
    (sentence,) = sentences(across, harm("sore", number=2))
    assert sentence.text == f"{WHITENS} {SORE}"
    assert len(sentence.judged) == 2
    # A claim within the first of them takes nothing from what is joined.
    (sentence,) = sentences(across, made("teeth.", number=2))
    assert sentence.text == f"{WHITENS} {SORE}"


cuts = st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.integers(1, 60)), min_size=1, max_size=8)


@given(cuts)
def test_sentences_never_overlap_and_hold_every_claim_once(spans):
    judged = []
    for number, (start, length) in enumerate(spans, start=1):
        quote = PAGE[start : start + length].strip() or "Our gel"
        start = PAGE.index(quote)
        words = made("Our gel").claim.model_copy(
            update={
                "claim": f"home-{number:03d}", "start": start, "end": start + len(quote), "quote": quote,
            }
        )  # fmt: skip
        judged.append(replace(made("Our gel"), claim=words))
    outcome = judged_sentences("home", PAGE, judged)
    for before, after in pairwise(outcome):
        assert before.end <= after.start
    assert all(s.text == PAGE[s.start : s.end] for s in outcome)
    held = [j.claim.claim for s in outcome for j in s.judged]
    assert sorted(held) == sorted(j.claim.claim for j in judged)
    for sentence in outcome:
        assert all(sentence.start <= j.claim.start for j in sentence.judged)
        assert all(j.claim.end <= sentence.end for j in sentence.judged)


# What blocks


@given(
    bodies,
    st.sampled_from([q for q in Question]),
    st.sampled_from(Category),
    st.sampled_from(Polarity),
    st.sampled_from(Wording),
    st.sampled_from([g for g in Ground if g is not Ground.DISCLOSURE]),
    st.booleans(),
    st.sampled_from([WHITENS, SORE, "Avoid coffee for a day.", "It is unclear whether it whitens."]),
)
def test_what_a_flag_blocks_never_may_stand(
    items, question, category, polarity, wording, ground, is_sought, quote
):
    species = Species.HUMAN if question.is_graded else Species.NOT_APPLICABLE
    outcome = standing_on(*items, question=question, species=species, is_sought=is_sought)
    words = claim(quote, wording, polarity, category)
    judged = verdict_of(words, outcome, PLAIN, [hit(ground, Severity.BLOCK)])
    assert judged.is_blocked
    assert not judged.may_stand
    (sentence,) = judged_sentences("home", quote, [judged])
    assert sentence.action is not Action.MAY_STAND
    assert sentence.tier is not Tier.BACKGROUND


# Tiers


@pytest.mark.parametrize(
    ("judged", "tier"),
    [
        pytest.param(harm(SORE, sound(1, stance=AGAINST), polarity=Polarity.DENIES,
                          wording=Wording.ASSERTED), Tier.CAN_HURT, id="harm denied"),
        pytest.param(made(WHITENS, category=Category.CONTRAINDICATION, polarity=Polarity.DENIES),
                     Tier.CAN_HURT, id="nobody is excluded"),
        pytest.param(made(WHITENS, category=Category.SAFETY, polarity=Polarity.DENIES), Tier.CAN_HURT,
                     id="safety"),
        pytest.param(with_action(made(WHITENS), Action.REMOVE, bar=Bar.NOT_MET), Tier.MISLEADS,
                     id="no trial"),
        pytest.param(made(WHITENS), Tier.MISLEADS, id="a benefit"),
        pytest.param(made(YEARS, question=Question.BIOLOGY, outcome_kind="not_applicable",
                          category=Category.DURABILITY), Tier.MISLEADS, id="how long"),
        pytest.param(own(WHITENS), Tier.DOCUMENTS, id="their own product"),
        pytest.param(made(WHITENS, question=Question.REGULATION, species=Species.NOT_APPLICABLE,
                          category=Category.REGULATORY), Tier.BACKGROUND, id="a rule"),
        pytest.param(made(WHITENS, *HIGH), Tier.BACKGROUND, id="what may stand"),
        pytest.param(harm(SORE), Tier.BACKGROUND, id="a warning"),
    ],
)  # fmt: skip
def test_a_sentence_is_in_the_tier_of_what_it_can_do(judged, tier):
    (sentence,) = sentences(judged)
    assert sentence.tier is tier


MECHANISM = {"question": Question.BIOLOGY, "category": Category.MECHANISM}
RULES = {"species": Species.NOT_APPLICABLE, "category": Category.REGULATORY}
STATE = {"question": Question.RESEARCH_STATE, "category": Category.RESEARCH_STATE}
OF_OTHERS = {"is_of_the_offered": False}


@pytest.mark.parametrize(
    ("about", "changes", "tier"),
    [
        pytest.param({"polarity": Polarity.DENIES}, {}, Tier.BACKGROUND, id="a benefit denied"),
        pytest.param({}, {"is_caution": True}, Tier.BACKGROUND, id="a benefit in a warning"),
        pytest.param({"category": Category.SAFETY}, {}, Tier.MISLEADS, id="a benefit told as safety"),
        pytest.param({"category": Category.CONTRAINDICATION}, {"is_caution": False}, Tier.MISLEADS,
                     id="a benefit told as a reason against"),
        pytest.param({"question": Question.HARM, "category": Category.MECHANISM}, OF_OTHERS,
                     Tier.BACKGROUND, id="a harm affirmed"),
        pytest.param({"question": Question.HARM, "category": Category.MECHANISM,
                      "polarity": Polarity.DENIES}, {}, Tier.CAN_HURT, id="a harm denied"),
        pytest.param({"category": Category.MECHANISM}, {"flags": (hit(Ground.SAFETY, Severity.REVIEW),)},
                     Tier.CAN_HURT, id="safety promised"),
        pytest.param({"category": Category.MECHANISM}, {"flags": (hit(Ground.TESTIMONIAL),)},
                     Tier.UNLAWFUL, id="blocked for something else"),
        pytest.param({"category": Category.MECHANISM},
                     {"flags": (hit(Ground.TESTIMONIAL, Severity.REVIEW),)}, Tier.MISLEADS,
                     id="flagged, not blocked"),
        pytest.param(MECHANISM, {}, Tier.MISLEADS, id="how it works in people"),
        pytest.param(MECHANISM, OF_OTHERS, Tier.BACKGROUND, id="how something else works"),
        pytest.param({**MECHANISM, "species": Species.ANIMAL}, {}, Tier.BACKGROUND,
                     id="how it works in mice"),
        pytest.param({**STATE, "species": Species.NOT_APPLICABLE}, {}, Tier.MISLEADS,
                     id="that research shows it"),
        pytest.param({**STATE, "species": Species.NOT_APPLICABLE}, OF_OTHERS, Tier.BACKGROUND,
                     id="that research shows something else"),
        pytest.param({**RULES, "question": Question.PROTOCOL, "species": Species.HUMAN}, {},
                     Tier.BACKGROUND, id="how it is done"),
        pytest.param({**RULES, "question": Question.REGULATION}, {}, Tier.BACKGROUND, id="a rule"),
        pytest.param({**RULES, "question": Question.REGULATION, "species": Species.HUMAN}, {},
                     Tier.BACKGROUND, id="a rule for people"),
    ],
)  # fmt: skip
def test_a_tier_is_told_by_question_kind_and_flags(about, changes, tier):
    judged = with_action(made(WHITENS, **about), Action.LOOK_IT_UP, **changes)
    (sentence,) = sentences(judged)
    assert sentence.tier is tier


@pytest.mark.parametrize("category", Category)
def test_kinds_of_benefit_mislead_whatever_the_question(category):
    about = {"question": Question.PROTOCOL, "species": Species.NOT_APPLICABLE}
    judged = with_action(made(WHITENS, category=category, **about), Action.LOOK_IT_UP, is_caution=False)
    (sentence,) = sentences(judged)
    kinds = {"efficacy", "durability", "onset", "comparison", "sessions"}
    assert sentence.tier is (Tier.MISLEADS if category in kinds else Tier.BACKGROUND)


@pytest.mark.parametrize("ground", [Ground.APPROVAL, Ground.DISEASE, Ground.COMPARISON])
def test_what_the_law_forbids_is_unlawful_whether_it_blocks_or_not(ground):
    words = claim(WHITENS)
    judged = verdict_of(words, standing_on(), PLAIN, [hit(ground, Severity.REVIEW)])
    (sentence,) = judged_sentences("home", WHITENS, [judged])
    assert sentence.tier is Tier.UNLAWFUL


def test_the_gravest_tier_of_what_fails_is_that_of_the_sentence():
    stands, fails = harm(SORE, number=1), own("gums sore", number=2)
    (sentence,) = sentences(stands, fails)
    assert sentence.tier is Tier.DOCUMENTS
    denied = harm("make gums sore", number=3, polarity=Polarity.DENIES)
    (sentence,) = sentences(stands, fails, denied)
    assert sentence.tier is Tier.CAN_HURT


def test_what_stands_lifts_no_tier():
    stands, fails = made("Our gel", *HIGH, number=1), own("whitens teeth", number=2)
    assert (stands.may_stand, fails.may_stand) == (True, False)
    (sentence,) = sentences(stands, fails)
    assert sentence.tier is Tier.DOCUMENTS


def test_a_medicine_to_be_stopped_can_hurt():
    quote = "Stop your insulin before the drip."
    about = standing_on(question=Question.PROTOCOL, species=Species.NOT_APPLICABLE)
    (sentence,) = judged_sentences("home", quote, [screened(claim(quote, category="care"), about)])
    assert (sentence.tier, sentence.action) == (Tier.CAN_HURT, Action.ESCALATE)


def test_the_verdict_of_a_sentence_is_the_most_urgent_in_it():
    supported = own("Our gel", document(1, "own-document"), number=1)
    (sentence,) = sentences(supported, made("whitens teeth", number=2))
    assert sentence.verdict is Verdict.UNSUPPORTED
