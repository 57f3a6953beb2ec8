"""Overlapping files: the same paper is told and joined, and none that is another is lost."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.literature.duplicates import joined
from review.literature.paper import Paper
from review.model.errors import InFile

LONG = "Caffeine in shampoo and the shedding of hair: a randomised trial"


def paper(at, title=LONG, **fields):
    return Paper(f"k{at}", title, fields.pop("abstract", ""), InFile("a.ris", at), **fields)


def places(papers):
    return [[p.place.line, *(other.line for other in p.also)] for p in joined(papers)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            {"doi": "10.1/x"},
            {"doi": "10.1/x", "title": "CAFFEINE in shampoo and the shedding of hair"},
            True,
        ),
        ({"doi": "10.1/x"}, {"doi": "10.1/x", "title": "Poster 12: bees and wasps"}, False),
        ({"pmid": "7"}, {"pmid": "7", "title": "Koffein im Shampoo"}, True),
        ({"pmid": "7", "doi": "10.1/x"}, {"pmid": "8", "doi": "10.1/x"}, False),
        ({"year": "2014"}, {"year": "2014", "title": LONG.upper() + "."}, True),
        ({"year": "2014"}, {"year": "2014", "title": f"[{LONG}]"}, True),
        ({"year": "2014"}, {"year": "2014", "title": f"RETRACTED: {LONG}"}, True),
        (
            {"year": "2014", "title": "Über Kämme, Bürsten und Haarwäsche"},
            {"year": "2014", "title": "Uber Kamme, Bursten und Haarwasche"},
            True,
        ),
        ({"year": "2014", "doi": "10.1/x"}, {"year": "2014", "pmid": "7"}, True),
        ({"year": "2014"}, {"year": "2015"}, False),
        ({"year": ""}, {"year": ""}, False),
        ({"year": "2014", "doi": "10.1/x"}, {"year": "2014", "doi": "10.1/y"}, False),
        ({"year": "2014", "authors": ("Fell",)}, {"year": "2014", "authors": ("Moor",)}, False),
        ({"year": "2014", "authors": ("van der Berg",)}, {"year": "2014", "authors": ("Berg",)}, True),
        ({"year": "2014", "title": "Editorial"}, {"year": "2014", "title": "Editorial"}, False),
        (
            {"year": "2014", "title": "Letter to the editor", "authors": ("Fell",)},
            {"year": "2014", "title": "Letter to the editor", "authors": ("Fell",)},
            False,
        ),
        (
            {"year": "2014", "title": "Caffeine for hair", "authors": ("Fell",)},
            {"year": "2014", "title": "Caffeine for hair.", "authors": ("Fell", "Moor")},
            True,
        ),
        (
            {"year": "2014", "title": "Caffeine for hair"},
            {"year": "2014", "title": "Caffeine for hair"},
            False,
        ),
    ],
)
def test_what_makes_two_entries_the_same_paper(one, other, same):
    assert places([paper(1, **one), paper(2, **other)]) == ([[1, 2]] if same else [[1], [2]])


def test_a_third_entry_joins_two_that_shared_nothing():
    first, second = paper(1, doi="10.1/x"), paper(2, title="Koffein", pmid="7")
    assert places([first, second]) == [[1], [2]]
    assert places([first, second, paper(3, doi="10.1/x", pmid="7")]) == [[1, 2, 3]]


def test_no_chain_joins_two_papers_that_differ():
    bridge = paper(3, year="2014")
    assert places(
        [paper(1, year="2014", doi="10.1/x"), paper(2, year="2014", doi="10.1/y"), bridge]
    ) == [
        [1, 3],
        [2],
    ]


def test_what_one_entry_lacks_the_other_gives():
    (whole,) = joined(
        [
            paper(1, year="2014", authors=("Fell",), abstract="Short."),
            paper(
                2,
                year="2014",
                pmid="7",
                container="J",
                authors=("Fell", "Moor"),
                abstract="Longer text.",
            ),
            paper(3, pmid="7", doi="10.1/x", publication_types=("Review",)),
        ]
    )
    assert (whole.key, whole.pmid, whole.doi, whole.container) == ("k1", "7", "10.1/x", "J")
    assert (whole.authors, whole.abstract) == (("Fell", "Moor"), "Longer text.")
    assert whole.publication_types == ("Review",)


def test_a_column_that_appears_often_names_no_paper():
    papers = [
        paper(at, "Clinical pearls from the department of dermatology", year="2014", doi=f"10.1/{at}")
        for at in range(300)
    ]
    assert len(joined(papers)) == 300


@settings(max_examples=100)
@given(
    st.lists(
        st.builds(
            dict,
            title=st.sampled_from([LONG, LONG.upper(), "Bees and what they do in the winter"]),
            year=st.sampled_from(["", "2014", "2015"]),
            doi=st.sampled_from(["", "10.1/x", "10.1/y"]),
            pmid=st.sampled_from(["", "7", "8"]),
        ),
        max_size=12,
    )
)
def test_every_entry_stands_in_one_paper_and_no_paper_is_made_up(entries):
    papers = [paper(at, **entry) for at, entry in enumerate(entries, start=1)]
    once = joined(papers)
    assert sorted(line for group in places(papers) for line in group) == [p.place.line for p in papers]
    for whole in once:
        own = [p for p in papers if p.place in (whole.place, *whole.also)]
        assert len({p.pmid for p in own if p.pmid}) <= 1
        if not whole.pmid:
            assert len({p.doi for p in own if p.doi}) <= 1
    again = joined([replace(p, also=()) for p in once])
    assert {p.key for p in again} <= {p.key for p in once}
