"""Advertising flags: every packaged rule by its own examples, and what a sentence does to a hit."""

from collections import Counter
from pathlib import Path

import pytest
from sample_lexicon import PLAIN

from review.language.flags import Screen
from review.store.read import packaged_packs, read_evidence

PAGES = Path(__file__).parents[2] / "evidence"
SCREEN = Screen(packaged_packs().flag_packs.values())
OWN = Screen(read_evidence([PAGES]).packs.flag_packs.values())


def met(text: str, screen: Screen = SCREEN) -> list[str]:
    return [hit.flag.flag for hit in screen.hits(text)]


@pytest.mark.parametrize("flag", OWN.flags, ids=lambda flag: flag.flag)
def test_a_flag_meets_its_examples_and_not_its_counter_examples(flag):
    assert flag.examples
    assert flag.counter_examples
    assert [text for text in flag.examples if not OWN.meets(flag, text)] == []
    assert [text for text in flag.counter_examples if OWN.meets(flag, text)] == []


@pytest.mark.parametrize(
    "text",
    [
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
    ],
)
def test_a_warning_to_those_who_take_a_medicine_stops_none(text):
    assert "F15" not in met(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The denial stands 40 characters before the regulator, in the same sentence.
        ("It has not, so far as anybody here can tell, FDA clearance.", ["D1"]),
        ("This peel was never looked at. The FDA sets high standards.", ["F04"]),
        ("The FDA has not looked at this peel.", ["D1"]),
    ],
)
def test_a_truthful_denial_of_approval_is_a_disclosure(text, expected):
    assert sorted(met(text)) == expected


@pytest.mark.parametrize(
    ("between", "denied"),
    [
        pytest.param(" yet ", True, id="next to it"),
        pytest.param(" in any of its forms shown to us or the ", True, id="40 characters"),
        pytest.param(" in any of its forms shown to you or the ", False, id="41 characters"),
    ],
)
def test_how_far_a_denial_reaches(between, denied):
    assert (len(between) <= 40) is denied
    (hit,) = SCREEN.hits(f"This serum was not{between}FDA.")
    assert hit.flag.is_disclosure is denied


def test_a_denial_counts_for_its_own_sentence_only():
    hits = list(SCREEN.hits("It is not approved. It meets FDA standards."))
    assert [hit.flag.flag for hit in hits] == ["F04"]


def test_the_jurisdiction_is_that_of_the_pack():
    (hit,) = SCREEN.hits("We guarantee it.")
    assert (hit.flag.flag, hit.jurisdiction) == ("F10", "United Kingdom")


def test_a_denial_keeps_the_place_of_what_it_denies():
    text = "We tell you plainly. FDA approval was not given. Ask us."
    (hit,) = SCREEN.hits(text)
    assert (hit.flag.flag, hit.jurisdiction) == ("D1", "United States")
    assert (text[hit.start : hit.end], hit.span) == ("FDA", "FDA")
    (first,) = SCREEN.hits("FDA approval was not given.")
    assert (first.start, first.flag.flag) == (0, "D1")


def test_a_screen_holds_every_flag_of_its_packs_in_order():
    packs = packaged_packs().flag_packs.values()
    held = sorted(flag.flag for pack in packs for flag in pack.flags)
    assert [flag.flag for flag in Screen(packs).flags] == held


COUNTS_AS_READ = {
    # Hits of the patterns as they were first tried on these pages, in the order of `ORDER`.
    "F01": (5, 4, 6, 3, 2),
    "F02": (2, 0, 3, 0, 2),
    "F03": (0, 0, 3, 0, 0),
    "F05": (6, 5, 2, 3, 5),
    "F06": (1, 4, 4, 2, 2),
    "F07": (5, 0, 1, 0, 2),
    "F08": (3, 0, 1, 4, 0),
    "F10": (1, 0, 1, 0, 0),
    "F11": (1, 0, 1, 0, 1),
    "F12": (1, 1, 0, 0, 1),
    "F13": (0, 1, 0, 1, 0),
    "F14": (1, 0, 5, 0, 0),
}
ORDER = ("clinic-faq", "surgeon-blog", "patient-guide", "referral-blog", "clinic-brochure")


def test_flag_counts_on_the_five_pages():
    texts = [(PAGES / "pages" / f"{page}.txt").read_text("utf-8") for page in ORDER]
    counts = [Counter(met(text, OWN)) for text in texts]
    assert {flag: tuple(count[flag] for count in counts) for flag in COUNTS_AS_READ} == COUNTS_AS_READ
    # Five of six mentions deny an approval; the sixth is the question in a heading.
    assert (counts[2]["D1"], counts[2]["F04"]) == (5, 1)


def test_hits_stand_where_they_say():
    text = (PAGES / "pages" / "clinic-faq.txt").read_text("utf-8")
    assert all(text[hit.start : hit.end] == hit.span for hit in OWN.hits(text))


CUES = [(cue, text) for cue in packaged_packs().cues for text in cue.examples]


@pytest.mark.parametrize(("cue", "text"), CUES, ids=[str(cue.category) for cue, _ in CUES])
def test_a_cue_is_found_in_its_examples(cue, text):
    assert cue.category in PLAIN.cued(text)
