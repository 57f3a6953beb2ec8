"""What stops a whole page: a medicine to be stopped, what nobody approved, two sources of one thing."""

from dataclasses import replace

import pytest
from sample_body import claim, hit, screened, standing_on
from sample_lexicon import FIGURES, lexicon, name

from review.model.knowledge.subject import Subject
from review.model.vocabulary import Category, Ground, Market, Question, Species
from review.verdicts.contradictions.opposed import contradictions
from review.verdicts.pages.stops import StopKind, stops

PAGE = "Glowdrip brightens skin. Stop your warfarin three days before. Ask your doctor first."


def named(kind="product", own="yes", approved=(), also=""):
    entry = name("Glowdrip", kind, also=also, own=own)
    return Subject(names={"Glowdrip": entry.model_copy(update={"approved": approved})})


def kinds(*args):
    return [stop.kind for stop in stops("home", *args, [Market.US])]


@pytest.mark.parametrize(
    ("subject", "is_stopped"),
    [
        pytest.param(named(), True, id="a product of their own"),
        pytest.param(named("brand"), True, id="a brand of their own"),
        pytest.param(named("substance"), True, id="a substance of their own"),
        pytest.param(named(approved=("us",)), False, id="approved for this use"),
        pytest.param(named(approved=("uk",)), True, id="approved elsewhere"),
        pytest.param(named(own="no"), False, id="what others sell"),
        pytest.param(named("device"), False, id="a device"),
        pytest.param(named("procedure"), False, id="a procedure"),
        pytest.param(named("condition"), False, id="what it is for"),
        pytest.param(Subject(), False, id="nothing recorded"),
    ],
)
def test_an_unapproved_product_of_their_own_stops_a_page(subject, is_stopped):
    outcome = stops("home", PAGE, [], [], subject, [Market.US])
    assert [stop.kind for stop in outcome] == [StopKind.NOT_APPROVED] * is_stopped
    if is_stopped:
        assert outcome[0].sentence == (
            "The page offers Glowdrip. No regulator's approval for this use is recorded (United "
            "States); where there is none, no wording cures that."
        )


def test_a_product_that_a_page_does_not_name_stops_nothing():
    assert kinds("Our drip brightens skin.", [], [], named()) == []
    assert kinds("Our GLOW drip brightens skin.", [], [], named(also="glow drip")) == [
        StopKind.NOT_APPROVED
    ]


def care(quote, number=1):
    about = standing_on(question=Question.PROTOCOL, species=Species.NOT_APPLICABLE)
    return screened(claim(quote, category=Category.CARE, claim=f"home-{number:03d}"), about)


def test_a_medicine_to_be_stopped_stops_a_page():
    judged = [
        care("Stop your warfarin three days before."),
        care("No aspirin for ten days.", 2),
        care("Drink water.", 3),
    ]
    (stop,) = stops("home", PAGE, judged, [], Subject(), [Market.US])
    assert (stop.kind, stop.claims) == (StopKind.MEDICINE, ("home-001", "home-002"))
    assert stop.sentence == (
        "The page tells people to stop or pause a medicine. Whoever prescribed it decides that, for "
        "each patient: take it out, or have it put as a question to the prescriber."
    )


@pytest.mark.parametrize(
    "quote",
    [
        "Ask your prescriber before you change any tablets.",
        "Tell us which medicines you take.",
        "Keep taking your tablets.",
        "Avoid alcohol for a day.",
    ],
)
def test_to_ask_the_prescriber_first_stops_nothing(quote):
    assert kinds(quote, [care(quote)], [], Subject()) == []


FROM = {"question": Question.OWN_PRODUCT, "species": Species.NOT_APPLICABLE}


def source(number, quote, polarity="affirms", category=Category.COMPOSITION):
    words = claim(quote, polarity=polarity, category=category, claim=f"home-{number:03d}")
    return screened(words, standing_on(statement="Our collagen comes from fish.", **FROM))


@pytest.mark.parametrize(
    ("category", "is_stopped"), [(Category.COMPOSITION, True), (Category.CARE, False)]
)
def test_two_sources_of_one_product_stop_a_page(category, is_stopped):
    both = [
        source(1, "Our collagen comes from fish.", category=category),
        source(2, "Our collagen comes from no fish.", "denies", category),
    ]
    about = both[0].standing.proposition
    pairs = contradictions([j.claim for j in both], {"regrows": about}, [], FIGURES)
    assert len(pairs) == 1
    outcome = stops("home", PAGE, both, pairs, Subject(), [Market.US])
    assert [stop.kind for stop in outcome] == [StopKind.TWO_SOURCES] * is_stopped
    if is_stopped:
        assert outcome[0].claims == ("home-001", "home-002")
        assert outcome[0].sentence == (
            "The page tells two things of its own product that cannot both be true: which product it is "
            "has to be settled before anything is published."
        )


def test_only_two_sides_on_its_own_product_stop_a_page():
    mine, other = source(1, "Our collagen is fish."), source(2, "Our collagen is no fish.", "denies")
    sides = contradictions(
        [mine.claim, other.claim], {"regrows": mine.standing.proposition}, [], FIGURES
    )
    elsewhere = [
        replace(j, standing=standing_on(question=Question.COMPOSITION, species=Species.NOT_APPLICABLE))
        for j in (mine, other)
    ]
    for judged, is_stopped in (
        ([mine, other], True),
        ([mine], False),
        ([other], False),
        ([mine, elsewhere[1]], False),
        ([elsewhere[0], other], False),
        (elsewhere, False),
    ):
        outcome = stops("home", PAGE, judged, sides, Subject(), [Market.US])
        assert bool(outcome) is is_stopped


def test_the_gravest_stop_comes_first():
    judged = [care("Stop your warfarin three days before.")]
    assert kinds(PAGE, judged, [], named()) == [StopKind.MEDICINE, StopKind.NOT_APPROVED]


def test_a_page_that_says_what_it_treats_is_told_that_rules_ask_for_an_approval():
    american = lexicon(markets=[Market.US])
    treats = screened(claim("Glowdrip relieves migraine."), standing_on(), american)
    text = "Glowdrip relieves migraine."
    (stop,) = stops("home", text, [treats], [], named(), [Market.US, Market.IE])
    assert "(United States, Ireland)" in stop.sentence
    assert stop.sentence.endswith("ask for an approval first.")
    plain = screened(claim("Glowdrip is sold here."), standing_on(), american)
    (stop,) = stops("home", text, [plain], [], named(), [Market.US])
    assert "ask for an approval" not in stop.sentence


@pytest.mark.parametrize("ground", [g for g in Ground if g is not Ground.MEDICINE])
def test_which_flags_tell_that_a_page_says_what_it_treats(ground):
    flagged = replace(screened(claim("Glowdrip is here."), standing_on()), flags=(hit(ground),))
    (stop,) = stops("home", "Glowdrip is here.", [flagged], [], named(), [Market.US])
    treats = ground in (Ground.DISEASE, Ground.BODY, Ground.PERMANENCE)
    says = (
        " Its claims say what it treats or does to the body, for which the rules of advertising ask for "
        "an approval first."
    )
    assert stop.sentence.endswith(f"no wording cures that.{says * treats}")
