"""Which reference a page means, and what is wrong in how it is printed: real references, seeded faults.

`seeded_references.csv` holds references of the library as pages print them, in four styles, each with
one fault that was put in: another year, first author or journal, the DOI of another reference, a title
cut short, left out or with a word changed; `faults` names every field that is wrong or left out.
"""

import csv
from pathlib import Path

import pytest
from sample_lexicon import PLAIN

from review.language.citations.found import PrintedParts
from review.literature.cited import CitedReferences, Identified, is_same_journal
from review.model.bibliography import read_bibliography
from review.model.citing import Identity
from review.model.records import Reference

SEEDED = list(csv.DictReader((Path(__file__).parent / "seeded_references.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def references(project) -> dict[str, Reference]:
    return read_bibliography(
        (project / "references.bib").read_text("utf-8"), "references.bib"
    ).references


@pytest.fixture(scope="module")
def library(references) -> CitedReferences:
    return CitedReferences(references)


def read(printed: str) -> PrintedParts:
    (citation,) = PLAIN.citations.find(f"References\n\n{printed}\n")
    return citation.parts


def fields(identified: Identified) -> str:
    return "|".join(sorted(fault.field for fault in identified.faults))


def test_there_are_seven_of_each_seeded_fault():
    seeded = [row["seeded"] for row in SEEDED]
    assert {fault: seeded.count(fault) for fault in seeded} == dict.fromkeys(
        (
            "none",
            "year",
            "author",
            "journal",
            "doi-neighbour",
            "title-shortened",
            "no-title",
            "title-changed",
        ),
        7,
    )


@pytest.mark.parametrize("row", SEEDED, ids=lambda row: f"{row['study']}-{row['seeded']}")
def test_a_seeded_reference_is_identified_with_its_faults(library, row):
    identified = library.identify(read(row["printed"]))
    assert identified.study == row["study"]
    assert fields(identified) == row["faults"]
    assert identified.identity is (Identity.WITH_FAULTS if row["faults"] else Identity.EXACT)


def test_what_is_not_in_the_library_is_taken_for_nothing_else(references):
    # One of each fault: the library is read anew for each.
    for row in SEEDED[::5]:
        others = {key: value for key, value in references.items() if key != row["study"]}
        identified = CitedReferences(others).identify(read(row["printed"]))
        assert (identified.study, identified.identity) == ("", Identity.NOT_FOUND), row["printed"]


RHODES = PrintedParts(
    authors=("Rhodes", "Girman"),
    title="Prevalence of male pattern hair loss in 18-49 year old men",
    journal="Dermatol Surg",
    year="1998",
    volume="24",
    pages="1330-1332",
    doi="10.1111/j.1524-4725.1998.tb00009.x",
)


def printed(**parts: object) -> PrintedParts:
    kept = {name: getattr(RHODES, name) for name in RHODES.__slots__}
    return PrintedParts(**{**kept, **parts})


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        ({}, []),
        ({"year": "2001"}, ["year: 2001 is named, it is 1998"]),
        ({"authors": ("Girman",)}, ["author: Girman is named first, it is Rhodes"]),
        ({"journal": "Gut"}, ["journal: Gut is named, it is Dermatologic Surgery"]),
        ({"volume": "25"}, ["place: volume and pages are 24, 1330–1332"]),
        ({"volume": "", "pages": ""}, ["place: missing"]),
        ({"doi": "", "pmid": "9865198"}, []),
        ({"doi": "", "pmid": "1"}, ["link: PubMed 1 is named, it is PubMed 9865198"]),
        ({"doi": ""}, ["doi: missing"]),
        (
            {"doi": "10.1155/2015/841570"},
            [
                "doi: 10.1155/2015/841570 is named, that of ablon2015, it is "
                "10.1111/j.1524-4725.1998.tb00009.x"
            ],
        ),
        (
            {"doi": "10.1000/182"},
            ["doi: 10.1000/182 is named, it is 10.1111/j.1524-4725.1998.tb00009.x"],
        ),
        ({"title": "Prevalence of male pattern hair loss"}, ["title: shortened"]),
        (
            {"title": "Prevalence of male pattern hair loss in 18-49 year old boys"},
            ["title: worded otherwise than Prevalence of male pattern hair loss in 18-49 year old men"],
        ),
        ({"title": "Prevalence of male-pattern hair loss in 18–49 year-old men."}, []),
    ],
)
def test_each_fault_is_told_in_its_field(library, parts, faults):
    identified = library.identify(printed(**parts))
    assert identified.study == "rhodes1998"
    assert [f"{fault.field}: {fault.detail}" for fault in identified.faults] == faults


@pytest.mark.parametrize(
    "parts",
    [
        {"title": "Prevalence of hair loss in women", "doi": ""},
        {"title": "", "volume": "", "pages": "", "doi": ""},
        {"title": "", "pages": "99", "doi": ""},
        {"authors": ("Girman",), "year": "2003", "doi": ""},
        {"authors": ("Girman",), "title": "Prevalence of male pattern hair loss", "doi": ""},
        {"title": "A trial of wax", "volume": "", "pages": ""},
        {
            "authors": ("Ablon",),
            "title": "",
            "journal": "Gut",
            "year": "2003",
            "volume": "1",
            "pages": "1",
        },
    ],
    ids=[
        "another title",
        "an author and a year",
        "another page",
        "another author in another year",
        "half a title of somebody else",
        "a number of another work",
        "a number and the words of another work",
    ],
)
def test_what_leaves_a_doubt_is_not_identified(library, parts):
    assert library.identify(printed(**parts)).study == ""


@pytest.mark.parametrize("parts", [PrintedParts(doi=RHODES.doi), PrintedParts(title=RHODES.title)])
def test_a_number_or_a_whole_title_alone_names_its_reference(library, parts):
    assert library.identify(parts, is_reference=False).study == "rhodes1998"
    assert library.identify(parts, is_reference=False).faults == ()
    assert "year: missing" in [f"{f.field}: {f.detail}" for f in library.identify(parts).faults]


def test_a_short_title_alone_names_nothing(references):
    short = references["rhodes1998"].model_copy(
        update={"fields": {**references["rhodes1998"].fields, "title": "Hair loss"}}
    )
    library = CitedReferences({"rhodes1998": short})
    assert library.identify(PrintedParts(title="Hair loss")).study == ""
    assert library.identify(printed(title="Hair loss")).study == "rhodes1998"


def test_two_references_that_could_be_meant_are_both_named(references):
    twice = {"rhodes1998": references["rhodes1998"], "again1998": references["rhodes1998"]}
    identified = CitedReferences(twice).identify(printed(doi=""))
    assert identified.study == ""
    assert identified.reason == "several references could be meant: rhodes1998, again1998"


@pytest.mark.parametrize(
    ("name", "other", "is_same"),
    [
        ("N Engl J Med", "New England Journal of Medicine", True),
        ("NEJM", "New England Journal of Medicine", True),
        ("The Lancet", "Lancet", True),
        ("Dermatol Ther (Heidelb)", "Dermatology and Therapy", True),
        ("Journal of Paediatrics", "Journal of Pediatrics", True),
        ("Cell", "Cells", False),
        ("Stem Cell", "Stem Cells", False),
        ("Journal of Dermatology", "Journal of Cosmetic Dermatology", False),
        ("J Dermatol", "Journal of Drugs", False),
        ("Gut", "Circulation", False),
        ("", "Gut", False),
    ],
)
def test_when_two_names_are_of_one_journal(name, other, is_same):
    assert is_same_journal(name, other) is is_same
    assert is_same_journal(other, name) is is_same
