"""What texts name: listed names, names in no list, and what one says of another product."""

import pytest
from sample_lexicon import lexicon, name

from review.language.claims.places import place_of
from review.language.claims.segments import segments
from review.language.matching.mentions import clash, mentions_of, subjects_of, unnamed_product
from review.language.names import UNKNOWN
from review.language.sentences import Span
from review.verdicts.wording import as_clause

ORDINARY = ("the lips and frown lines of people who use creams fills smooths softens treats",)
FILLERS = lexicon(
    name("Botox", "product", "botulinum toxin[s]", proper="yes", own="yes"),
    name("Sculptra", "brand", "", proper="yes"),
    name("hyaluronic acid", "substance"),
    name("migraine", "condition", "migraines"),
    name("MHRA", "organisation", "", proper="yes"),
    texts=ORDINARY,
)
NOTHING_LISTED = lexicon(texts=ORDINARY)


def test_names_are_told_apart_by_kind():
    named = FILLERS.names.in_text("In rats, botulinum toxin with hyaluronic acid treats migraines.")
    assert named == {
        "product": {"Botox"},
        "substance": {"hyaluronic acid"},
        "condition": {"migraine"},
        "species": {"animal"},
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Restylane fills lips.", {"Restylane"}),
        ("It fills lips as Juvederm does.", {"Juvederm"}),
        ("Lips and creams: use RadiEsse.", {"RadiEsse"}),
        ("The plumpo™ cream softens lips.", {"plumpo"}),
        ("It has RADIESSE in it.", {"RADIESSE"}),
        # What is listed, begins a sentence in an ordinary way, or is an acronym, is no unknown name.
        ("Botox smooths lines. Softening creams treat lips. The MHRA and DNA.", set()),
        # A line of few words may be all names and acronyms; with a full stop it is no title.
        ("Zephyrine beats Quillanox.", {"Zephyrine", "Quillanox"}),
        ("Quillanox is FDA approved.", {"Quillanox"}),
        # In a title every word has its capital, which tells nothing.
        ("Smoother Lips For Everybody In Town", set()),
        ("people use creams", set()),
    ],
)
def test_a_name_in_no_list_is_one_all_the_same(text, names):
    assert FILLERS.names.unknown(text) == {f"{word} ({UNKNOWN})" for word in names}


def why(claim: str, statement: str, words=FILLERS) -> str:
    none = mentions_of("", words)
    return clash(mentions_of(claim, words), subjects_of("", words), mentions_of(statement, words), none)


@pytest.mark.parametrize(
    ("claim", "statement", "words"),
    [
        ("Botox smooths frown lines.", "Sculptra smooths frown lines.", FILLERS),
        ("Botox smooths frown lines.", "Restylane smooths frown lines.", FILLERS),
        ("Juvederm smooths frown lines.", "Restylane smooths frown lines.", FILLERS),
        ("Juvederm smooths frown lines.", "Restylane smooths frown lines.", NOTHING_LISTED),
    ],
)
def test_what_is_known_of_one_product_is_never_said_of_another(claim, statement, words):
    assert why(claim, statement, words).startswith("product: ")


def test_the_reason_says_that_a_name_is_unknown():
    assert why("Juvederm smooths lines.", "Botox smooths lines.") == (
        "product: Juvederm (an unknown name) here, Botox there"
    )


@pytest.mark.parametrize(
    ("page", "missing"),
    [("Ask us about Restylane for lips.", ""), ("Ask us about creams.", "Restylane (an unknown name)")],
)
def test_a_page_must_name_the_product_that_a_statement_is_about(page, missing):
    (segment,) = segments(page)
    place = place_of(page, segment, Span(0, 3), FILLERS)
    assert unnamed_product(place, mentions_of("Restylane fills lips.", FILLERS)) == missing


def test_the_same_product_is_no_clash():
    assert why("Botox smooths frown lines.", "Botulinum toxin smooths frown lines.") == ""
    assert why("Juvederm smooths lines.", "Juvederm smooths lines.") == ""


@pytest.mark.parametrize(
    ("statement", "proper", "clause"),
    [
        ("Botox smooths lines.", {"Botox"}, "Botox smooths lines"),
        ("Fillers smooth lines.", {"Botox"}, "fillers smooth lines"),
        ("Crohn's disease is rare.", {"Crohn"}, "Crohn's disease is rare"),
        ("Dr Grey injects it.", set(), "Dr Grey injects it"),
        ("DNA is read.", set(), "DNA is read"),
    ],
)
def test_a_statement_within_a_sentence_keeps_the_capitals_of_names(statement, proper, clause):
    assert as_clause(statement, proper) == clause


@pytest.mark.parametrize(
    ("word", "is_name"),
    [
        ("Omega-3", False),
        ("Sixty", False),
        ("Injected", False),
        ("Softening", False),
        ("Juvéderm", True),
    ],
)
def test_words_that_english_makes_at_will_are_no_names(word, is_name):
    omega = lexicon(texts=[*ORDINARY, "fish has omega-3 acids"])
    assert (word in omega.names.unlisted(f"{word} softens lips.")) is is_name


FAR = "It was used on frown lines for years and years, and then came Botox and it went"


@pytest.mark.parametrize(
    ("text", "stretch", "named"),
    [
        pytest.param(FAR, FAR, {"Botox"}, id="far into the stretch"),
        pytest.param(FAR, FAR[: FAR.index("Botox") + 5], {"Botox"}, id="at its very end"),
        pytest.param(FAR, FAR[: FAR.index("Botox") + 4], set(), id="it ends within the name"),
        pytest.param(FAR, "Botox and", {"Botox"}, id="at its very beginning"),
        pytest.param(FAR, "otox and", set(), id="it begins within the name"),
        pytest.param(FAR, "and it went", set(), id="before it"),
        pytest.param("Nonbotox lines", "botox lines", {"Botox"}, id="what is left of a word is a name"),
        pytest.param("Nonbotox lines", "Nonbotox lines", set(), id="the whole word is none"),
        pytest.param("İt is BOTOX here", "BOTOX", {"Botox"}, id="after a letter that lowers to two"),
    ],
)
def test_a_stretch_names_what_stands_within_it(text, stretch, named):
    start = text.index(stretch)
    found = FILLERS.names.on_page(text, "product")
    assert found.within(start, start + len(stretch)) == named


def test_a_page_tells_all_that_it_names_of_a_kind():
    found = FILLERS.names.on_page("Botox, or Sculptra, for migraines.", "product")
    assert (found.kind, found.names) == ("product", {"Botox", "Sculptra"})
    assert FILLERS.names.on_page("Botox for migraines.", "condition").names == {"migraine"}


def test_what_is_listed_is_known_by_kind_from_the_start():
    names = lexicon(name("Aspirin", "brand"), name("caffeine", "substance")).names
    assert names.kinds == ("product", "substance", "condition", "species")
    assert names.in_text("Rats on aspirin and caffeine.") == {
        "product": {"Aspirin"},
        "substance": {"caffeine"},
        "condition": set(),
        "species": {"animal"},
    }
