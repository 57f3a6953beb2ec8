"""A reference beside the record of a witness: what databases write differently is forgiven, no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.literature.witnesses.comparison import (
    Field,
    differences,
    letters,
    same_authors,
    same_journal,
    same_pages,
    same_title,
)
from review.model.records import Reference
from review.model.witness_words import Witness
from review.model.witnesses import WitnessRecord

AGREE = [
    (
        same_title,
        "Oral zinc: a double-blind trial",
        "ORAL ZINC - A DOUBLE BLIND TRIAL.",
    ),
    (same_title, "TGF-β and Wnt in wounds", "TGF-beta and Wnt in wounds"),
    (same_title, "H₂O₂ in 10² cells", "H2O2 in 102 cells"),
    (same_title, "Warts & zinc", "Warts and zinc"),
    (same_title, "[Zinc in warts].", "Zinc in warts"),
    (same_title, "Zinc in warts", "RETRACTED: Zinc in warts"),
    (same_title, "Zinc in warts", "Zinc in warts (Retracted article. See vol. 3)"),
    (same_title, "L’acné à Orléans", "L'acne a Orleans"),
    (same_authors, "Ngata, Moana R.", "Ngata, MR"),
    (same_authors, "Ngata, Moana", "Ngata, M"),
    (same_authors, "Ngata, M", "Ngata,"),
    (same_authors, "Lopez, Ana; others", "Lopez, A; Orr, B; Pym, C"),
    (same_authors, "van den Berg, Piet", "Berg, P"),
    (same_authors, "Garcia-Lopez, Ana", "García López, A"),
    (same_authors, "Müller, Eva; Sørensen, Bo", "Mueller, E; Sorensen, B"),
    (same_authors, "Müller, Eva", "Muller, E"),
    (same_authors, "Chen, Yu-Lin", "Chen, Yulin"),
    (same_authors, "Chen, Yu-Lin", "Chen, YL"),
    (same_authors, "King, Bo Jr.", "King Jr, B"),
    (same_authors, "Orr, B; Wart Study Group", "Orr, Bea"),
    (same_authors, "Wart Study Group", "The Wart Study Group".removeprefix("The ")),
    (same_journal, "Archives of Dermatological Research", "Arch Dermatol Res"),
    (same_journal, "J. Am. Acad. Dermatol.", "Journal of the American Academy of Dermatology"),
    (same_journal, "The Lancet", "Lancet (London, England)"),
    (same_journal, "British Medical Journal", "BMJ"),
    (same_journal, "BMJ", "BMJ (Clinical research ed.)"),
    (same_journal, "Deutsches Ärzteblatt International", "Dtsch Arztebl Int"),
    (same_journal, "Journal of Drugs in Dermatology", "Journal of drugs in dermatology : JDD"),
    (same_journal, "Stem Cell Research & Therapy", "Stem Cell Res Ther"),
    (
        same_journal,
        "Proceedings of the National Academy of Sciences of the United States of America",
        "Proc Natl Acad Sci U S A",
    ),
    (same_pages, "1201–1209", "1201-9"),
    (same_pages, "1201--1209", "1201–1209"),
    (same_pages, "pp. 7-8", "7–8"),
    (same_pages, "e77", "E77-e80"),
]
DIFFER = [
    (same_title, "Zinc in warts", "Zinc in psoriasis"),
    (same_title, "Zinc in warts", "Zinc in warts: five years on"),
    (same_title, "Trial 1 of zinc", "Trial 2 of zinc"),
    (same_authors, "Baur, K", "Bauer, K"),
    (same_authors, "Orr, B", "Orr, C"),
    (same_authors, "Orr, Bea", "Orr, Bob"),
    (same_authors, "Orr, B; Pym, C", "Orr, B"),
    (same_authors, "Orr, B", "Orr, B; Pym, C"),
    (same_authors, "Orr, B; Pym, C", "Pym, C; Orr, B"),
    (same_authors, "Orr, B; others", "Pym, C; Orr, B"),
    (same_authors, "Wart Study Group", "Zinc Study Group"),
    (same_journal, "Cell", "Cells"),
    (same_journal, "Gene", "Genes"),
    (same_journal, "Journal of Dermatology", "J Dermatol Sci"),
    (same_journal, "Archives of Dermatology", "Annals of Dermatology"),
    (same_journal, "BMJ", "Blood"),
    (same_pages, "12-19", "12-18"),
    (same_pages, "12", "13"),
]


def told(cases):
    return [pytest.param(*case, id=f"{case[0].__name__}: {case[1]}") for case in cases]


@pytest.mark.parametrize(("same", "here", "there"), told(AGREE))
def test_what_databases_write_differently_is_no_difference(same, here, there):
    assert same(here, there)
    assert same(there, here)


@pytest.mark.parametrize(("same", "here", "there"), told(DIFFER))
def test_another_title_author_journal_or_page_is_one(same, here, there):
    assert not same(here, there)
    assert not same(there, here)


def reference(**fields):
    return Reference(
        key="orr2020", entry_type="article", fields={"title": "Zinc in warts", "year": "2020"} | fields
    )


def record(**fields):
    return WitnessRecord(study="orr2020", witness=Witness.CROSSREF, **fields)


WHOLE = {
    "title": "Zinc in {Warts}",
    "author": "Orr, Bea and {Wart Study Group} and others",
    "journal": "Archives of Dermatological Research",
    "year": "2020",
    "volume": "12",
    "pages": "101--109",
    "doi": "10.5555/zinc",
    "pmid": "91000009",
}
SAME = {
    "title": "Zinc in <i>warts</i>.",
    "authors": ("Orr, B", "Pym, C"),
    "journal": "Arch Dermatol Res",
    "years": ("2019", "2020"),
    "volume": "012",
    "pages": "101-9",
    "doi": "https://doi.org/10.5555/ZINC",
    "pmid": "91000009",
}
OTHER = {
    "title": "Zinc in wounds",
    "authors": ("Pym, C",),
    "journal": "Allergy",
    "years": ("2018", "2019"),
    "volume": "13",
    "pages": "1-9",
    "doi": "10.5555/zinc.2",
    "pmid": "91000010",
}


def test_a_record_in_other_words_does_not_differ():
    assert differences(reference(**WHOLE), record(**SAME)) == ()


def test_every_field_that_differs_is_told_with_both_values():
    found = differences(reference(**WHOLE), record(**OTHER))
    assert [each.field for each in found] == list(Field)
    assert [(each.here, each.there) for each in found[:4]] == [
        ("Zinc in Warts", "Zinc in wounds"),
        ("Orr, Bea; Wart Study Group; others", "Pym, C"),
        ("Archives of Dermatological Research", "Allergy"),
        ("2020", "2018, 2019"),
    ]
    assert {(each.study, each.witness) for each in found} == {("orr2020", Witness.CROSSREF)}


@pytest.mark.parametrize("field", [field for field in OTHER if field != "title"])
def test_one_field_alone_is_noticed_and_nothing_else(field):
    (found,) = differences(reference(**WHOLE), record(**{**SAME, field: OTHER[field]}))
    assert found.field == {"years": "year"}.get(field, field)


def test_what_one_of_the_two_does_not_say_is_no_difference():
    assert differences(reference(), record(**OTHER | {"title": "Zinc in warts", "years": ()})) == ()
    assert differences(reference(**WHOLE), record()) == ()


@given(st.text(max_size=40))
def test_a_title_is_itself_whatever_its_case_and_marks(text):
    assert same_title(text, text)
    assert letters(text.upper().lower()) == letters(letters(text).upper().lower()) or not text.isascii()
