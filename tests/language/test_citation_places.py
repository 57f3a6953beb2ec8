"""Where a page names a source: by form and by word, what is read of it, and to what a mark leads."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_lexicon import PLAIN

from review.language.citations.words import CitationWords
from review.model.citing import Scope
from review.model.knowledge.citation_cues import WORDED, CitationCue, CitationKind
from review.store.read import packaged_packs

FIND = PLAIN.citations.find
CUES = [cue for pack in packaged_packs().citation_packs.values() for cue in pack.cues]


def found(text: str) -> list[tuple[str, str]]:
    return [(str(citation.kind), citation.printed) for citation in FIND(text)]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.kind)
def test_a_cue_is_held_by_its_examples_and_not_by_its_counter_examples(cue):
    def holds(text: str) -> bool:
        return cue.kind in {citation.kind for citation in FIND(text)}

    assert len(cue.examples) >= 5
    assert len(cue.counter_examples) >= 4
    assert [text for text in cue.examples if not holds(text)] == []
    assert [text for text in cue.counter_examples if holds(text)] == []


def test_every_kind_that_is_known_by_words_has_some():
    assert {cue.kind for cue in CUES} == set(WORDED)


@pytest.mark.parametrize("kind", ["mark", "reference", "link"])
def test_what_is_known_by_its_form_has_no_words(kind):
    with pytest.raises(ValueError, match="known by its form"):
        CitationCue(kind=kind, phrases=["x y"], examples=[], counter_examples=[])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wax helps [2].", [("mark", "[2]")]),
        ("Wax helps [1, 3-5] and cools [7].", [("mark", "[1, 3-5]"), ("mark", "[7]")]),
        ("Wax helps the feet³ and cools¹,² them.", [("mark", "³"), ("mark", "¹,²")]),
        ("Wax [3-5-7], [0], [9-3] and [1-900] helps; so does wax³⁻⁴.", [("mark", "³⁻⁴")]),
        ("A room of 30 m², 10⁶ cells and CO² in it.", []),
        ("We opened in [2019] and again in (3) rooms.", []),
        ("It rises (Rhodes et al., 1998).", [("author-year", "(Rhodes et al., 1998)")]),
        (
            "It rises (see Rhodes et al., 1998; Kaufman & Olsen, 1999).",
            [("author-year", "Rhodes et al., 1998"), ("author-year", "Kaufman & Olsen, 1999")],
        ),
        ("So say Rhodes and Girman (1998).", [("author-year", "Rhodes and Girman (1998)")]),
        ("So say de Groot and colleagues.", [("author-year", "de Groot and colleagues")]),
        ("Opened (March 2019), moved (Version 2020), closed (2021).", []),
        (
            "See doi: 10.1016/S0140-6736(18)31202-9.",
            [("identifier", "doi: 10.1016/S0140-6736(18)31202-9")],
        ),
        ("(PMID: 23198010) is read.", [("identifier", "PMID: 23198010")]),
        ("Trial ISRCTN67426855 ended.", [("identifier", "ISRCTN67426855")]),
        ("Read https://www.nhs.uk/conditions/acne/.", [("link", "https://www.nhs.uk/conditions/acne/")]),
        ("From pubmed.ncbi.nlm.nih.gov/23198010.", [("link", "pubmed.ncbi.nlm.nih.gov/23198010")]),
        ("https://www.nhs.uk › conditions › acne", [("link", "https://www.nhs.uk › conditions › acne")]),
        ("Find us on https://www.instagram.com/wax/ or https://wax.example/.", []),
        ("A 2016 Swedish trial had 40 people.", [("study", "A 2016 Swedish trial")]),
        (
            "A trial published in the May 2004 issue of the British Journal of Dermatology ended.",
            [("study", "A trial published in the May 2004 issue of the British Journal of Dermatology")],
        ),
        ("A survey in Norway counted heads.", [("study", "A survey in Norway")]),
        ("The HALT-IT trial was large.", [("study", "The HALT-IT trial")]),
        ("According to the Mayo Clinic, it fades.", [("body", "According to the Mayo Clinic")]),
        ("Researchers at Lund University grew it.", [("body", "Researchers at Lund University")]),
        ("The MHRA warns of it.", [("body", "The MHRA warns")]),
        ("It is FDA-approved and cleared by the FDA.", []),
        ("Our college recommends it, and you say so.", []),
        ("Several studies have found the same.", [("nameless", "Several studies have found")]),
        ("It is scientifically proven.", [("nameless", "scientifically proven")]),
        ("Have studies shown this?", []),
        ("More studies are needed to show it.", []),
        ("No study has shown that.", []),
        ("There is little evidence to support it.", []),
        ("Our survey shows that you like us.", []),
    ],
)
def test_what_names_a_source(text, expected):
    assert found(text) == expected


def test_a_sentence_that_names_its_source_appeals_to_nobody_beside_it():
    text = (
        "Studies show less pain, says a 2012 trial in Denmark. Studies show more, and trials prove it."
    )
    assert [kind for kind, _ in found(text)] == ["study", "nameless"]


ENTRY = "Ablon G. A double-blind, placebo-controlled study. J Clin Aesthet Dermatol. 2012;5(11):28-34."


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        (
            "Lauersen JB, Bertelsen DM, Andersen LB. The effectiveness of exercise. Br J Sports Med."
            " 2014;48(11):871-877. doi:10.1136/bjsports-2013-092538",
            {
                "authors": ("Lauersen", "Bertelsen", "Andersen"),
                "title": "The effectiveness of exercise",
                "journal": "Br J Sports Med",
                "year": "2014",
                "volume": "48",
                "pages": "871-877",
                "doi": "10.1136/bjsports-2013-092538",
            },
        ),
        (
            "Rhodes, T., Girman, C. J., & Savin, R. C. (1998). Who loses hair? A survey."
            " Dermatologic Surgery, 24(12), 1330–1332.",
            {
                "authors": ("Rhodes", "Girman", "Savin"),
                "title": "Who loses hair? A survey",
                "journal": "Dermatologic Surgery",
                "year": "1998",
                "volume": "24",
                "pages": "1330–1332",
            },
        ),
        (
            "Le Floc'h C., Cheniti A., et al. “Effect of a supplement.” J. Cosmet. Dermatol."
            " 2015;14:76–82",
            {
                "authors": ("Le Floc'h", "Cheniti"),
                "more_authors": True,
                "title": "Effect of a supplement",
                "journal": "J. Cosmet. Dermatol",
                "year": "2015",
                "volume": "14",
                "pages": "76–82",
            },
        ),
        (
            "van der Heijden GJ, Finasteride Study Group. Bald. J. Cosmet. Dermatol. 2001;3:1.",
            {
                "authors": ("van der Heijden", "Finasteride Study Group"),
                "title": "Bald",
                "journal": "J. Cosmet. Dermatol",
                "year": "2001",
                "volume": "3",
                "pages": "1",
            },
        ),
        (
            "World Health Organization. (2021). Ultraviolet radiation. https://www.who.int/uv/radiation",
            {
                "authors": ("World Health Organization",),
                "title": "Ultraviolet radiation",
                "year": "2021",
                "address": "https://www.who.int/uv/radiation",
            },
        ),
        ("“Hair loss in women”", {"title": "Hair loss in women"}),
        ("NHS leaflet on hair of 2019", {"year": "2019"}),
        ("NHS leaflets on hair, 2019 and 2020", {}),
        (
            "Hair. https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5523874/",
            {
                "pmcid": "PMC5523874",
                "address": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5523874/",
            },
        ),
    ],
)
def test_what_is_read_of_a_reference(printed, parts):
    (citation,) = FIND(f"Sources:\n\n- {printed}\n")
    assert citation.kind is CitationKind.REFERENCE
    assert citation.printed == printed
    read = {name: getattr(citation.parts, name) for name in citation.parts.__slots__}
    assert {name: value for name, value in read.items() if value} == parts


def test_a_reference_is_known_by_its_form_without_a_heading():
    assert found(
        f"We like wax.\n\n{ENTRY}\n\nVitamin C, Vitamin E and zinc came in 2020. Wax is old."
    ) == [("reference", ENTRY)]


def test_a_list_ends_with_what_is_no_reference():
    text = "References\n1. A leaflet on hair loss\n“Wax in old age”\nOpening hours\n- Monday to Friday\n"
    assert found(text) == [("reference", "A leaflet on hair loss"), ("reference", "“Wax in old age”")]


LISTED = f"""Wax helps.1 It cools.¹ It lasts (2). It fades [1,2]. It stays [9]. See Ablon (2012).

References

1. {ENTRY}
[2] A leaflet on waxing
"""


def test_a_mark_leads_to_the_entry_of_its_number():
    by_printed = {citation.printed: citation for citation in FIND(LISTED)}
    first, second = (by_printed[each].start for each in (ENTRY, "A leaflet on waxing"))
    leads_to = {printed: citation.leads_to for printed, citation in by_printed.items()}
    assert leads_to == {
        "1": (first,),
        "¹": (first,),
        "(2)": (second,),
        "[1,2]": (first, second),
        "[9]": (),
        "Ablon (2012)": (first,),
        ENTRY: (),
        "A leaflet on waxing": (),
    }
    assert by_printed["[9]"].labels == (9,)
    assert by_printed["¹"].parts.year == "2012"
    assert [by_printed[each].labels for each in (ENTRY, "A leaflet on waxing")] == [(1,), (2,)]


def test_numbers_that_may_be_anything_are_marks_only_with_an_entry():
    assert found("Wax helps.1 It lasts (2). See Ablon (2012).") == []


def test_a_list_without_numbers_is_counted():
    text = f"It fades [2].\n\nReferences\n- {ENTRY}\n- A leaflet on waxing\n"
    mark, _, second = FIND(text)
    assert mark.leads_to == (second.start,)


def test_two_works_of_one_author_and_year_are_not_told_apart():
    other = ENTRY.replace("double-blind", "single-blind")
    mark, *_ = FIND(f"It fades (Ablon et al., 2012).\n\nReferences\n{ENTRY}\n{other}\n")
    assert (mark.kind, mark.leads_to) == (CitationKind.AUTHOR_YEAR, ())


def test_a_mark_stands_for_what_was_said_since_the_last():
    text = "Wax cools [1] and lasts [2][3]. It is new [4]."
    assert [citation.stretch.of(text).strip() for citation in FIND(text)] == [
        "Wax cools",
        "and lasts",
        "and lasts",
        "It is new",
    ]


def test_a_reference_stands_for_the_page_and_words_for_their_sentence():
    text = f"Wax is old. Studies show that it cools.\n\n{ENTRY}\n"
    words, entry = FIND(text)
    assert (words.scope, words.stretch.of(text)) == (Scope.SENTENCE, "Studies show that it cools.")
    assert (entry.scope, entry.stretch) == (Scope.PAGE, (0, len(text)))


PIECES = st.sampled_from(
    [
        *(
            "[1]",
            "(2)",
            "¹",
            " ",
            "\n",
            ". ",
            "1. ",
            "- ",
            "; ",
            "(",
            ")",
            "é",
            "›",
            "😀",
            "et al. ",
            "2012",
        ),
        *(ENTRY, "References\n", "Studies show ", "(Rhodes et al., 1998)", "Ablon ", "“Wax is old”"),
        *("https://www.nhs.uk/acne", "10.1000/182", "PMID 23198010", "According to the Mayo Clinic"),
    ]
)


@given(st.lists(PIECES, max_size=15).map("".join) | st.text(max_size=100))
def test_what_is_printed_stands_where_it_is_said_to(text):
    citations = FIND(text)
    end = 0
    for citation in citations:
        assert citation.printed == text[citation.start : citation.end] != ""
        assert citation.start >= end
        end = citation.end
    starts = {citation.start for citation in citations if citation.kind is CitationKind.REFERENCE}
    assert {start for citation in citations for start in citation.leads_to} <= starts


@pytest.mark.parametrize(
    "piece",
    ["[1] ", "(Rhodes, 1998; ", "Rhodes A, ", f"{ENTRY}\n", "References\n1. a b c\n", "evidence "],
)
def test_the_time_to_read_a_page_grows_with_its_length_alone(piece):
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        FIND(text)
        return time.process_time() - start

    # Ten times the length takes ten times as long; a hundred times would be quadratic.
    assert seconds(20_000) < 35 * max(seconds(2_000), 0.004)


def test_without_words_nothing_is_found_by_words():
    (pack,) = packaged_packs().citation_packs.values()
    text = "According to the FDA, studies show it; WHO advises it, says the University of Turin."
    assert CitationWords([]).cued(text) == ()
    bare = pack.model_copy(update={"acronyms": "", "body_words": "", "bodies": ()})
    assert {cued.kind for cued in CitationWords([bare]).cued(text)} == {
        CitationKind.BODY,
        CitationKind.NAMELESS,
    }
    assert "WHO advises" not in [cued.span.of(text) for cued in CitationWords([bare]).cued(text)]


def test_words_of_a_pack_of_ones_own_add_up():
    (pack,) = packaged_packs().citation_packs.values()
    own = pack.model_copy(update={"pack": "own", "acronyms": "SAGE", "cues": (), "terms": ()})
    assert [c.printed for c in PLAIN.citations.find("SAGE advises rest.")] == []
    words = CitationWords([pack, own])
    assert [cued.span.of("SAGE advises rest.") for cued in words.cued("SAGE advises rest.")] == [
        "SAGE advises"
    ]
