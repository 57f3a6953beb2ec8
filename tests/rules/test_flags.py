"""Rules of advertising: every packaged rule by its own examples, and what a sentence does to a hit."""

from collections import Counter
from pathlib import Path

import pytest
from sample_lexicon import PLAIN, lexicon, name

from review.language.lexicon import Lexicon
from review.model.knowledge.subject import Subject
from review.model.vocabulary import Assertion, Ground, Market, Reach, Severity
from review.store.read import packaged_packs, read_evidence

PAGES = Path(__file__).parents[2] / "evidence"
EVERYWHERE = lexicon(markets=list(Market)).screen
OWN = Lexicon(Subject(), read_evidence([PAGES]).packs).screen
PACKS = packaged_packs()


def met(text: str, market: Market | None = Market.US, screen=EVERYWHERE) -> list[str]:
    """The flags that `text` meets in one market and everywhere, without what only informs."""
    held = (hit for hit in screen.hits(text) if hit.market in (None, market))
    return [hit.flag.flag for hit in held if hit.flag.severity is not Severity.INFORM]


def grounds(text: str, market: Market | None = Market.US) -> set[Ground]:
    """What a text is flagged for in one market, without what only informs."""
    held = (hit for hit in EVERYWHERE.hits(text) if hit.market in (None, market))
    return {hit.flag.ground for hit in held if hit.flag.severity is not Severity.INFORM}


WORDED = [flag for flag in OWN.flags if flag.reach is Reach.WORDS]


@pytest.mark.parametrize("flag", WORDED, ids=lambda flag: flag.flag)
def test_a_flag_meets_its_examples_and_not_its_counter_examples(flag):
    assert flag.examples
    assert flag.counter_examples
    assert [text for text in flag.examples if not OWN.meets(flag, text)] == []
    assert [text for text in flag.counter_examples if OWN.meets(flag, text)] == []


@pytest.mark.parametrize("trigger", PACKS.triggers.values(), ids=lambda trigger: trigger.trigger)
def test_a_trigger_is_tripped_by_its_examples_and_not_by_its_counter_examples(trigger):
    assert trigger.examples
    assert trigger.counter_examples
    trips = {text: OWN.trips(trigger.trigger, text) for text in trigger.examples}
    assert trips == dict.fromkeys(trigger.examples, True)
    assert [text for text in trigger.counter_examples if OWN.trips(trigger.trigger, text)] == []


def test_every_trigger_and_every_term_is_used():
    used = {name for flag in PACKS.flags for name in flag.triggers}
    assert used == set(PACKS.triggers)
    written = [*(f.phrases for f in PACKS.flags)]
    written += [(*t.phrases, *t.unless, *t.spared_by, *t.of_others) for t in PACKS.triggers.values()]
    written.append(("<ours>",))
    named = " ".join(phrase for phrases in written for phrase in phrases)
    assert {terms.term for terms in PACKS.terms if f"<{terms.term}>" not in named} == set()


@pytest.mark.parametrize("market", Market)
def test_each_market_has_rules_with_basis_source_and_what_clears_them(market):
    (pack,) = [pack for pack in PACKS.flag_packs.values() if pack.market is market]
    assert pack.pack == market
    for flag in pack.flags:
        assert flag.flag.startswith(market.upper())
        assert len(flag.basis) > 20
        assert flag.source
        assert flag.clears
    assert any(flag.is_blocking for flag in pack.flags)
    assert any(flag.reach is Reach.PAGE for flag in pack.flags), "some rules need the page"


# Who says what of what


@pytest.mark.parametrize(
    "text",
    [
        "Our infusion dissolves kidney stones.",
        "Say farewell to sciatica.",
        "Magnet belts for your lumbago.",
        "The mushroom blend combats candida.",
        "Rosehip heals psoriasis from within.",
        "A tonic for the relief of tinnitus.",
        "Chronic cystitis can now be cured.",
        "Sleep apnoea reversed in a month.",
    ],
)
def test_a_condition_with_a_verb_of_treating_is_a_claim_to_treat(text):
    assert Ground.DISEASE in grounds(text)


@pytest.mark.parametrize(
    "text",
    [
        "Psoriasis is a disease of the skin.",
        "Sciatica often goes with back pain.",
        "Do not come if you have shingles.",
        "Tell the nurse about epilepsy, asthma or diabetes.",
        "You may not have this peel while you are being treated for melanoma.",
        "Treatment for rosacea depends on how severe it is.",
        "Our laser is cleared for tattoo removal, not for melasma.",
        "Smoking raises the risk of lung cancer.",
        "Vaccines protect against measles.",
    ],
)
def test_a_condition_that_is_only_named_is_no_claim_to_treat(text):
    assert Ground.DISEASE not in grounds(text)


def test_a_condition_that_is_only_named_informs():
    (hit,) = EVERYWHERE.hits("Psoriasis is common.")
    assert (hit.flag.ground, hit.flag.severity) == (Ground.MENTION, Severity.INFORM)
    assert not hit.speaks_against


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Our tablets hold the same active ingredient as Mounjaro.", Ground.EQUIVALENCE),
        ("Nature's Ozempic, without the needle.", Ground.EQUIVALENCE),
        ("It works better than any antidepressant.", Ground.COMPARISON),
        ("Avoid surgery with our braces.", Ground.COMPARISON),
        ("My lumbago was gone after two visits.", Ground.TESTIMONIAL),
        ("Recommended by dermatologists.", Ground.TESTIMONIAL),
        ("We promise results in a week.", Ground.PROMISE),
        ("The new nose lasts for ever.", Ground.PERMANENCE),
        ("Wholly painless and with no side effects.", Ground.SAFETY),
        ("Eight out of ten clients reported firmer skin.", Ground.ESTABLISHMENT),
        ("Our clinic is FDA registered.", Ground.APPROVAL),
        ("It flushes out toxins and boosts the metabolism.", Ground.BODY),
        ("Lose a dress size without exercise.", Ground.PROMISE),
    ],
)
def test_what_a_sentence_says_is_met_in_whatever_words(text, ground):
    assert ground in grounds(text)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Fly in for a beach holiday and fly home with a new nose.", Ground.TRIVIALISING),
        ("Only 2 slots left at this price.", Ground.PRESSURE),
    ],
)
def test_what_is_made_little_of_or_pressed_is_met_where_a_market_has_a_rule(text, ground):
    assert ground in grounds(text, Market.UK)
    assert ground not in grounds(text, Market.US)


# What the page does with the words


def assertions(text: str, ground: Ground) -> set[Assertion]:
    """What the page does with the words of a ground, by a rule that hits whatever it does."""
    trigger = {
        Ground.APPROVAL: "approved-by-regulator",
        Ground.DISEASE: "treats-condition",
        Ground.PERMANENCE: "cures",
    }
    return EVERYWHERE.assertions(trigger[ground], text)


@pytest.mark.parametrize(
    "text",
    [
        "We are not just any spa: our lamps are FDA approved.",
        "We are not any ordinary spa, our lamps are FDA approved.",
        "Not only FDA approved, but award-winning.",
        "There is no doubt that our FDA cleared lamp works.",
        "Our FDA approved lamp is not painful.",
    ],
)
def test_a_negation_of_something_else_earns_nothing(text):
    assert assertions(text, Ground.APPROVAL) == {Assertion.ASSERTED}
    assert "US10" in met(text)
    assert not any(hit.flag.ground is Ground.DISCLOSURE for hit in EVERYWHERE.hits(text))


@pytest.mark.parametrize(
    "text",
    [
        "No surgery needed, our drops cure gout.",
        "Without surgery our drops cure gout.",
        "No pills, no fuss, cures gout.",
        "Never worry again: it cures gout.",
        "Do not wait, cure your gout today.",
        "It is not dear and cures gout.",
        "It does not only ease gout but cures it.",
        "Although it is not sold in shops, it cures gout.",
        "You will not believe how it cures gout.",
        "Nothing cures gout like our drops.",
    ],
)
def test_a_negation_must_govern_its_verb(text):
    assert Assertion.ASSERTED in assertions(text, Ground.PERMANENCE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It does not cure gout.", Assertion.DENIED),
        ("These drops are not a cure for gout.", Assertion.DENIED),
        ("Gout cannot be cured.", Assertion.DENIED),
        ("No drops cure gout.", Assertion.DENIED),
        ("There is no evidence that drops cure gout.", Assertion.DENIED),
        ("Nobody has shown that they cure gout.", Assertion.DENIED),
        ("It is not known whether they cure gout.", Assertion.DENIED),
        ("Do they cure gout?", Assertion.ASKED),
        ("Want to cure your gout?", Assertion.ASSERTED),
        ("The MHRA has warned of drops that cure gout.", Assertion.ATTRIBUTED),
        ("Some sellers claim that drops cure gout.", Assertion.ATTRIBUTED),
        ("Beware of drops that cure gout.", Assertion.ATTRIBUTED),
        ("They cure gout in days.", Assertion.ASSERTED),
    ],
)
def test_what_a_page_does_with_the_words(text, expected):
    assert assertions(text, Ground.PERMANENCE) == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "This lamp has not been approved by any regulator.",
        "The MHRA has not looked at these drops.",
        "These statements have not been evaluated by the Food and Drug Administration.",
        "It has, so far as anybody here can tell, no FDA clearance.",
        "We use it off-label.",
    ],
)
def test_a_truthful_word_on_the_status_is_credited(text):
    hits = EVERYWHERE.hits(text)
    assert Ground.DISCLOSURE in {hit.flag.ground for hit in hits}
    assert met(text) == []


def test_that_others_are_not_approved_earns_nothing():
    hits = EVERYWHERE.hits("Unlike lamps that are not approved, ours is safe in every way.")
    assert Ground.DISCLOSURE not in {hit.flag.ground for hit in hits}


@pytest.mark.parametrize("text", ["Drops are no cure.", "No result can be guaranteed."])
def test_a_promise_that_is_not_made_is_credited(text):
    assert {hit.flag.ground for hit in EVERYWHERE.hits(text)} == {Ground.CANDOUR}


def test_a_denial_counts_for_its_own_sentence_only():
    assert met("It is not approved. It meets FDA standards.") == ["US10"]


# Markets


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("Book your Botox today.", {"uk", "au", "ie"}),
        ("Wegovy is a medicine.", {"au", "ie"}),
        ("Lip fillers and dermal fillers.", {"au"}),
        ("Read what our clients say: I lost my back pain.", {"au"}),
        ("Clinically proven to smooth skin.", {"us", "uk"}),
    ],
)
def test_what_one_market_allows_another_forbids(text, blocked):
    hits = EVERYWHERE.hits(text)
    assert {hit.market for hit in hits if hit.flag.is_blocking} == blocked


@pytest.mark.parametrize(
    "text",
    [
        "Tell us if you take semaglutide.",
        "Stop semaglutide only if your own doctor says so.",
        "We do not offer semaglutide.",
        "Patients on semaglutide need a longer fast.",
    ],
)
def test_a_medicine_that_the_reader_takes_is_not_advertised(text):
    assert Ground.PRESCRIPTION not in grounds(text, Market.AU)


def test_only_the_markets_under_review_are_in_force():
    hits = lexicon(markets=[Market.IE]).screen.hits("It cures gout.")
    in_force = {hit.market for hit in hits if hit.is_in_force and hit.market}
    assert in_force == {Market.IE}
    assert {hit.market for hit in hits if hit.market} == set(Market)
    assert {hit.is_blocking for hit in hits if hit.market is Market.US} == {False}


@pytest.mark.parametrize(("approved", "is_met"), [("us", False), ("uk", True)])
def test_an_approved_use_of_an_approved_product_clears(approved, is_met):
    drug = name("Gouterol", "product").model_copy(update={"approved": (approved,)})
    screen = lexicon(drug, markets=[Market.US]).screen
    assert any(hit.is_blocking for hit in screen.hits("Gouterol treats gout.")) is is_met
    other = "Gouterol treats gout, and so does our tea."
    assert any(hit.is_blocking for hit in screen.hits("Our tea treats gout."))
    assert any(hit.is_blocking for hit in screen.hits(other)) is is_met


def test_the_rules_that_need_the_page_are_told_by_market():
    screen = lexicon(markets=[Market.UK]).screen
    assert {market for _, market in screen.needing_the_page} == {Market.UK}
    assert all(flag.reach is Reach.PAGE for flag, _ in screen.needing_the_page)
    assert not {flag for flag, _ in screen.needing_the_page} & {hit.flag for hit in screen.hits("x")}


# What acts within the body, what acts on looks, and what the body does by itself


def severities(text, market=Market.US):
    """How gravely rules of a market speak against a text."""
    hits = [h for h in PLAIN.screen.hits(text) if h.market is market and h.speaks_of_a_rule]
    return {hit.flag.severity for hit in hits}


@pytest.mark.parametrize("market", Market)
@pytest.mark.parametrize(
    "text",
    [
        "The patch calms your nervous system and rebalances hormones.",
        "Your thyroid is gently supported by seaweed.",
        "Everything your gut needs.",
        "Testosterone booster for men.",
        "A throat spray for sinusitis.",
        "Our wrap: three dress sizes smaller.",
        "Can magnets ease sciatica? Absolutely!",
    ],
)
def test_an_effect_within_the_body_or_on_a_condition_blocks(text, market):
    assert Severity.BLOCK in severities(text, market)


@pytest.mark.parametrize("market", Market)
@pytest.mark.parametrize(
    "text",
    [
        "The serum brightens a dull complexion.",
        "An anti-cellulite balm.",
        "Our gel plumps the lips.",
    ],
)
def test_an_effect_on_looks_asks_for_review(text, market):
    assert severities(text, market) == {Severity.REVIEW}


@pytest.mark.parametrize(
    "text",
    [
        "Your kidneys regulate the salt in your blood.",
        "Smoking and stress can raise your blood pressure.",
        "The thyroid uses iodine to make hormones.",
        "Possible side effects include reduced appetite and slower digestion.",
        "This infection weakens the immune system.",
        "We support research into migraine.",
        "Scarring can be permanent.",
        "Book online or by phone.",
        "Can magnets ease sciatica? No.",
        "You can expect some swelling for two days.",
    ],
)
def test_what_the_body_does_and_what_harms_it_is_no_offer(text):
    assert severities(text) == set()


# Medicines that people are told to stop


@pytest.mark.parametrize(
    "text",
    [
        "It is best to stop taking NSAIDS three days before.",
        "Leave off your dabigatran and stay away from diclofenac.",
        "Put your contraceptive on hold.",
        "Diclofenac must not be used for a week before.",
        "With our patch you no longer need your inhaler.",
        # A doctor named for something else sends nobody to the prescriber.
        "Pause your insulin; ask the doctor about parking.",
        "Do not change your sheets, and stop your lithium.",
    ],
)
def test_a_medicine_to_be_stopped_is_seen_in_other_words(text):
    assert "F15" in met(text)


@pytest.mark.parametrize(
    "text",
    [
        "You need not stop your statins.",
        "Do not use it if you are allergic to aspirin.",
        "Do not take it together with sleeping pills.",
        "Speak to your cardiologist before you skip any anticoagulant.",
        "The weight comes back after the medicine is stopped.",
    ],
)
def test_a_warning_to_those_who_take_a_medicine_stops_none(text):
    assert "F15" not in met(text)


# Pages


ORDER = ("clinic-faq", "surgeon-blog", "patient-guide", "referral-blog", "clinic-brochure")
HITS = {
    # Flags that ask for something in the United States and everywhere, in the order of `ORDER`.
    "F11": (1, 0, 1, 0, 1),
    "F12": (1, 1, 0, 0, 1),
    "F13": (0, 1, 0, 1, 0),
    "F14": (1, 0, 4, 0, 0),
    "F15": (3, 0, 2, 0, 2),
    "US01": (8, 5, 13, 7, 8),
    "US03": (2, 0, 3, 0, 0),
    "US04": (7, 3, 2, 0, 1),
    "US05": (1, 0, 0, 0, 0),
    "US07": (2, 0, 2, 0, 1),
    "US08": (2, 0, 3, 0, 2),
    "US09": (4, 2, 5, 3, 2),
    "US10": (4, 0, 0, 0, 2),
    "US11": (0, 0, 0, 0, 1),
    "US13": (6, 6, 4, 3, 2),
    "US14": (4, 0, 1, 0, 1),
    "US22": (7, 7, 18, 4, 10),
    "US24": (23, 9, 16, 7, 10),
}


def test_flag_counts_on_the_five_pages():
    """A change here asks for reading the hits again: it is meant, or a phrase is too wide."""
    texts = [(PAGES / "pages" / f"{page}.txt").read_text("utf-8") for page in ORDER]
    counts = [Counter(met(text, Market.US, OWN)) for text in texts]
    assert {
        flag: tuple(count[flag] for count in counts) for flag in sorted(set().union(*counts))
    } == HITS


def test_hits_stand_where_they_say():
    text = (PAGES / "pages" / "clinic-faq.txt").read_text("utf-8")
    assert all(text[hit.start : hit.end] == hit.span for hit in OWN.hits(text))


def test_private_signs_in_a_page_are_no_terms():
    assert met("\ue000\ue001 treats \ue000\ue002.") == []


CUES = [(cue, text) for cue in packaged_packs().cues for text in cue.examples]


@pytest.mark.parametrize(("cue", "text"), CUES, ids=[str(cue.category) for cue, _ in CUES])
def test_a_cue_is_found_in_its_examples(cue, text):
    assert cue.category in PLAIN.cued(text)
