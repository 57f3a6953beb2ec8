"""References in a CSL style: what an entry holds, in the form of the style, and nothing else."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.model.bibliography import read_bibliography
from review.model.records import Reference
from review.report.citations import citation, csl_item, style_file, style_title


def entry(text):
    found = read_bibliography(text, "x.bib")
    assert found.problems == []
    return next(iter(found.references.values()))


def reference(kind="article", **fields):
    return Reference(key="doe2020", entry_type=kind, fields={"title": "Hair", **fields})


@pytest.fixture(scope="module")
def references(project):
    text = (project / "references.bib").read_text("utf-8")
    return read_bibliography(text, "references.bib").references


def test_an_entry_as_csl_json():
    assert csl_item(
        entry(
            r"""@article{doe2020, author = {van der Berg, Jr, Ada B. and {Big \& Society} and others},
            title = {Hair {PRP} \& care}, journal = {J Hair}, year = {2020}, month = {feb}, day = {3},
            volume = {3}, number = {2}, pages = {10--12}, doi = {10.1000/a_b--c}, pmid = {123},
            url = {https://a.example/x--y?a=1\&b=2}, note = {Seen}}"""
        )
    ) == {
        "id": "doe2020",
        "type": "article-journal",
        "title": "Hair PRP & care",
        "author": [
            {"family": "Berg", "given": "Ada B.", "non-dropping-particle": "van der", "suffix": "Jr"},
            {"literal": "Big & Society"},
            {"literal": "others"},
        ],
        "container-title": "J Hair",
        "volume": "3",
        "issue": "2",
        "page": "10-12",
        "DOI": "10.1000/a_b--c",
        "PMID": "123",
        "URL": "https://a.example/x--y?a=1&b=2",
        "note": "Seen",
        "issued": {"date-parts": [[2020, 2, 3]]},
    }


def test_what_is_missing_stays_missing():
    assert csl_item(reference("misc")) == {"id": "doe2020", "type": "document", "title": "Hair"}
    assert citation(reference("misc")) == "Hair."


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("misc", {"url": "https://a.example"}, "webpage"),
        ("book", {}, "book"),
        ("inbook", {}, "chapter"),
        ("inproceedings", {}, "paper-conference"),
        ("phdthesis", {}, "thesis"),
        ("techreport", {}, "report"),
        ("hologram", {}, "document"),
    ],
)
def test_the_kind_of_an_entry(kind, fields, expected):
    assert csl_item(reference(kind, **fields))["type"] == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # Seven authors or more: six and et al.; no volume or pages known.
        (
            "alameer2025",
            "Al Ameer MA, Alnajim AT, Al Ameer A, Alsalman Z, Al Ameer GA, Alnajim ST, et al. Exosomes "
            "and Hair Regeneration: A Systematic Review of Clinical Evidence Across Alopecia Types and "
            "Exosome Sources. Clinical, Cosmetic and Investigational Dermatology. 2025. "
            "doi:10.2147/CCID.S543451",
        ),
        # No author, no volume, a date with a month.
        (
            "femalepatterns2024",
            "A study of the clinical patterns of hair loss in female patients. Clinical Dermatology "
            "Review [Internet]. 2024 Jan. Available from: https://doaj.org/article/449a046d673142c7ac5f8051f24a51e4",
        ),
        # No date, an organisation as author, a web page.
        (
            "aatb",
            "American Association of Tissue Banks. About the American Association of Tissue Banks "
            "[Internet]. Available from: https://www.aatb.org/about",
        ),
        # Authors that the entry does not name, pages shortened.
        (
            "kaufman1998",
            "Kaufman KD, Olsen EA, Whiting D, Savin R, DeVillez R, Bergfeld W, et al. "
            "Finasteride in the treatment of men with androgenetic alopecia. Journal of the American "
            "Academy of Dermatology. 1998;39(4 Pt 1):578–89.",
        ),
        # An article number in the place of pages; DOI and PubMed number.
        (
            "ablon2015",
            "Ablon G. A 3-month, randomized, double-blind, placebo-controlled study evaluating the "
            "ability of an extra-strength marine protein supplement to promote hair growth and decrease "
            "shedding in women with self-perceived thinning hair. Dermatology Research and Practice. "
            "2015;2015:841570. doi:10.1155/2015/841570 PubMed PMID: 25883641.",
        ),
        (
            "fda2019psn",
            "U.S. Food and Drug Administration. Public Safety Notification on Exosome Products "
            "[Internet]. 2019. Available from: https://www.fda.gov/vaccines-blood-biologics/"
            "safety-availability-biologics/public-safety-notification-exosome-products",
        ),
    ],
)
def test_vancouver(references, key, expected):
    assert citation(references[key]) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "vancouver",
            "Olsson EMG, von Scheele B, Panossian AG. Roots. Planta Medica. 2009;75(2):105–12.",
        ),
        (
            "apa",
            "Olsson, E. M. G., von Scheele, B., & Panossian, A. G. (2009). Roots. Planta Medica, 75(2), "
            "105–112.",
        ),
        (
            "american-medical-association",
            "Olsson EMG, von Scheele B, Panossian AG. Roots. Planta Medica. 2009;75(2):105-112.",
        ),
        (
            "nature",
            "Olsson, E. M. G., von Scheele, B. & Panossian, A. G. Roots. Planta Medica 75, 105–112 "
            "(2009).",
        ),
        (
            "ieee",
            "E. M. G. Olsson, B. von Scheele, and A. G. Panossian, “Roots”, Planta Medica, vol. 75, "
            "no. 2, pp. 105–112, 2009.",
        ),
    ],
)
def test_styles(style, expected):
    olsson = reference(
        author="Olsson, Erik M. G. and von Scheele, Bo and Panossian, Alexander G.",
        title="Roots",
        journal="Planta Medica",
        year="2009",
        volume="75",
        number="2",
        pages="105--112",
    )
    assert citation(olsson, style) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("578--589", "578–89"),
        ("9--93", "9–93"),
        ("98--102", "98–102"),
        ("S1--S10", "S1–S10"),
        ("1126--1134.e2", "1126–1134.e2"),
        ("7--7", "7–7"),
        ("e0270", "e0270"),
        ("1--4, 19--21", "1–4, 19–21"),
    ],
)
def test_a_last_page_is_shortened_only_where_that_is_right(pages, expected):
    text = citation(reference(journal="J", year="2020", volume="1", pages=pages))
    assert text == f"Hair. J. 2020;1:{expected}."


@pytest.mark.parametrize(
    ("style", "expected"),
    [("vancouver", "Doe J, et al. Hair. 2020."), ("apa", "Doe, J., et al. (2020). Hair.")],
)
def test_authors_that_the_entry_does_not_name(style, expected):
    assert citation(reference(author="Doe, Jane and others", year="2020"), style) == expected


@pytest.mark.parametrize(
    "style", ["apa", "harvard-cite-them-right", "chicago-author-date", "modern-language-association"]
)
def test_a_title_in_the_place_of_the_author_stands_once(style):
    assert (
        citation(reference(title="Hairlessness", journal="J", year="2020"), style).count("Hairlessness")
        == 1
    )


@pytest.mark.parametrize("style", ["vancouver", "ieee", "nature", "apa"])
def test_no_reference_carries_a_number_of_its_own(references, style):
    for key in ("zuk2001", "ablon2012"):
        assert not re.match(r"\W*\d", citation(references[key], style))


def test_every_reference_of_the_project(references):
    texts = [citation(known) for known in references.values()]
    for text, known in zip(texts, references.values(), strict=True):
        item = csl_item(known)
        assert item["title"].rstrip(".") in text
        assert text.count(item.get("DOI", "")) >= 1
        assert not re.search("[\ufdd0-\ufdef]|None|[{}]|\\\\", text), text


HOSTILE = [
    "<script>alert(1)</script>",
    '<span class="nocase">x</span>',
    '<span class="nocase">',
    "<i>a</i> &amp; & b",
    "a\x07b\u202ec",
    "\ufdd0 \ufdd1 \ufdd2",
    "*a* `b` _c_ $d$",
    "1-2--3",
]


@pytest.mark.parametrize("style", ["vancouver", "apa"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(style, text):
    shown = re.sub("[\ufdd0-\ufdd4]", "\ufffd", text).replace("--", "–")
    fields = dict.fromkeys(("title", "journal", "volume", "number", "publisher", "doi"), text)
    cited = citation(reference(author=f"{{{text}}}", year="2020", **fields), style)
    whole = re.findall(re.escape(shown), cited, re.IGNORECASE)
    assert len(whole) >= 5
    assert cited.count("<") == sum(part.count("<") for part in whole)


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(
            ["author", "journal", "volume", "number", "pages", "publisher", "url", "doi", "note"]
        ),
        st.text(max_size=30).map(lambda text: " ".join(text.split())),
    ),
    st.sampled_from(["article", "misc", "book", "techreport"]),
)
def test_any_entry_can_be_cited(fields, kind):
    json.dumps(csl_item(reference(kind, **fields)))
    assert "Hair" in citation(reference(kind, **fields))


def test_names_of_styles():
    assert style_file("Vancouver") == style_file("nlm-citation-sequence")
    assert style_file("vancouver-ama") != style_file("vancouver")
    assert style_title("apa") == "apa"


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("vancuver", "there is no style 'vancuver'; the nearest are vancouver, "),
        ("americal-medical-asociation", "the nearest are american-medical-association, "),
        ("", "there is no style"),
        ("../references.bib", "cannot be read"),
        ("nowhere.csl", "the style file 'nowhere.csl' cannot be read"),
        ("international-affairs", "gives no form for a list of references"),
        ("revista-da-sociedade-brasileira-de-medicina-tropical", "citeproc-py cannot format"),
    ],
)
def test_styles_that_are_refused(style, what):
    with pytest.raises(ValueError, match=re.escape(what)):
        style_file(style)


def test_a_style_file_of_ones_own(tmp_path):
    own = tmp_path / "own.csl"
    own.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Own</title></info>'
        '<citation><layout><text variable="title"/></layout></citation><bibliography><layout>'
        '<text variable="citation-number" prefix="[" suffix="]"/><text variable="title"/>'
        "</layout></bibliography></style>",
        "utf-8",
    )
    assert citation(reference(), str(own)) == "Hair"
    assert re.fullmatch(r"own\.csl, SHA-256 [0-9a-f]{64}", style_title(str(own)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("not xml", "is not in CSL"),
        ("<html/>", "is not in CSL"),
        ('<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"/>', "gives no form"),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><macro name="m">'
            '<text macro="m"/></macro><bibliography><layout><text macro="m"/></layout>'
            "</bibliography></style>",
            "cannot format an article in this style",
        ),
    ],
)
def test_a_style_file_that_is_none(tmp_path, content, what):
    (tmp_path / "own.csl").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=what):
        style_file(str(tmp_path / "own.csl"))


def test_a_style_file_reads_no_other_file(tmp_path):
    (tmp_path / "secret").write_text("the secret", "utf-8")
    own = tmp_path / "own.csl"
    own.write_text(
        f'<!DOCTYPE style [<!ENTITY e SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Own</title></info>'
        '<citation><layout><text variable="title"/></layout></citation><bibliography><layout>'
        '<text variable="title" suffix=" x"/><text term="own"/></layout></bibliography>'
        '<locale><terms><term name="own">&e;</term></terms></locale></style>',
        "utf-8",
    )
    with pytest.raises(ValueError, match="is not in CSL"):
        style_file(str(own))
