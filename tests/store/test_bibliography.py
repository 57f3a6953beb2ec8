"""BibTeX: an entry that cannot be read is a problem with its line, never a missing reference."""

from datetime import date

import pytest

from review.model.bibliography import (
    address,
    latest_publication_date,
    plain_text,
    read_bibliography,
    short_citation,
    write_bibliography,
)

FOUR = """@article{good,
  title = {A good one},
  year = {2020},
}
@article{good,
  title = {The same key},
}
@article{broken,
  title = {No end,
  year = 2021
@misc{also,
  title = {Fine},
}
"""


def test_of_four_entries_none_is_lost_in_silence():
    found = read_bibliography(FOUR, "references.bib")
    assert set(found.references) == {"good", "also"}
    assert [(p.place.line, p.fault) for p in found.problems] == [
        (5, "the key 'good' stands twice"),
        (8, "the entry cannot be read"),
    ]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("@article{a, title={T}, title={U}}", "a field stands twice"),
        ("@article{a, title={T}, abstract={long}}", "unknown field 'abstract'"),
        ("@article{a, year={2020}}", "has no title"),
        ("@article{a, title={T}, year={20}}", "year '20'"),
        ("@article{a, title={T}, doi={https://doi.org/10.1/x}}", "is not a DOI"),
        ("@article{a, title={T}, pmid={0123456}}", "pmid '0123456'"),
        ("@article{a, title={T}, year={2021}, month={13}}", "impossible date"),
        ("@article{a, title={T}, year={2021}, month={2}, day={30}}", "impossible date"),
        ("@article{A B, title={T}}", "the key 'A B'"),
        ("lost words\n@article{a, title={T}}", "text stands between entries"),
    ],
)
def test_what_is_refused(entry, what):
    problems = read_bibliography(entry, "references.bib").problems
    assert any(what in problem.fault for problem in problems), problems


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "2021"}, date(2021, 12, 31)),
        ({"year": "2021", "month": "2"}, date(2021, 2, 28)),
        ({"year": "2024", "month": "feb"}, date(2024, 2, 29)),
        ({"year": "2019", "month": "12", "day": "6"}, date(2019, 12, 6)),
        ({"year": "2019", "month": "12"}, date(2019, 12, 31)),
        ({}, None),
    ],
)
def test_the_last_day_on_which_it_can_have_appeared(fields, expected):
    assert latest_publication_date(fields) == expected


def test_the_canonical_form_is_stable_and_loses_nothing(project):
    text = (project / "references.bib").read_text("utf-8")
    found = read_bibliography(text, "references.bib")
    assert found.problems == []
    assert write_bibliography(found.references) == text


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Doe, J. A. and {Big Society} and others", "Doe et al. 2020"),
        ("{Smith and Wesson}", "Smith and Wesson 2020"),
        ("van der Berg, Ada", "van der Berg 2020"),
    ],
)
def test_short_citations_name_the_first_author(author, expected):
    entry = f"@article{{doe2020, author = {{{author}}}, title = {{Hair}}, year = {{2020}}}}"
    assert short_citation(read_bibliography(entry, "x.bib").references["doe2020"]) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (r"{A}\&B \{x\} 5\% 10--12", "A&B {x} 5% 10–12"),
        (
            r"Th{\'e}ry, \v{S}koda, \c c, {\ss}, \O rsted, \L{}ukasz",
            "Théry, Škoda, ç, ß, Ørsted, Łukasz",
        ),
        (r"a \"{o} \'{\i} \r{A}", "a ö í Å"),
        (r"C:\other and 50% of \unknown", r"C:\other and 50% of \unknown"),
    ],
)
def test_marks_of_latex_become_text(value, expected):
    assert plain_text(value) == expected


def test_an_address_keeps_its_hyphens():
    assert address(r"https://a.example/x--y?a=1\&b={2}") == "https://a.example/x--y?a=1&b={2}"
