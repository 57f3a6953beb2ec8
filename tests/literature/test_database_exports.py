"""Exports in the shapes that databases and reference managers write: every record read, with its fields.

The shapes were taken from real exports; titles, people and numbers in them are made up.
"""

import json
from types import SimpleNamespace

import pytest

from review.literature.readers import read_corpora
from review.model.errors import InputError
from review.report.citations import csl_item
from review.report.formats.exports.references import references_ris

COCHRANE = """Record #4 of 9
Provider: A Publisher, Ltd.
Content: text/plain; charset="UTF-8"

TY  -  JOUR
AN  -  CN-01234567
A1  -  Fell, AB
A1  -  Moor, C
T1  -  Caffeine shampoo and shedding: a randomised trial
JA  -  Journal of scalps
PY  -  2014
C3  -  PUBMED 21000001,EMBASE 643500000
M3  -  Journal article
DO  -  10.1234/cn.1
N2  -  Shedding was less with caffeine.
UR  -  https://www.example.org/central/doi/10.1002/central/CN-01234567/full
ER  -\x20


Record #5 of 9
Provider: A Publisher, Ltd.

TY  -  JOUR
AN  -  CN-01234568
T1  -  Rosemary oil and hair counts
PY  -  2016
ER  -\x20
"""
OVID = """12.\x20
TY  - JOUR
DB  - A database <1992 to June 2024>
ID  - 2019-00001-001
DO  - http://dx.doi.org/10.1234/OVID.7
T1  - Microneedling and thickness of hair.
A1  - Glen, Tam
Y1  - 2019//
N2  - Thickness grew.
JF  - Needles
L2  - http://ovid.example/ovidweb.cgi?AN=2019-00001-001
ER  -
NL  - Needles J

Link to the full text: https://ovid.example/qurl

\x20

13.\x20
TY  - JOUR
ID  - 2019-00001-002
T1  - A second one
Y1  - 2018-03//
L1  - https://dx.doi.org/10.1234/ovid.8
ER  -
"""
EMBASE = """\ufeffTY  - JOUR
M3  - Conference Abstract
Y1  - 2020
JF  - Scalp Journal
U2  - L600000001
DO  - 10.1234/emb.1
LK  - http://resolver.example/x?id=doi:10.1234%2Femb.1
A1  - Brae R.
A1  - Tarn D.G.
T1  - Zinc & hair: <i>in vitro</i> work at 10<sup>9</sup> cells
AB  - Zinc did nothing.
ER  -
"""
WEB_OF_SCIENCE_RIS = """TY  - JOUR
AU  - Holt, SD
TI  - IRON AND SHEDDING
T2  - JOURNAL OF IRON
AB  - Background: Iron is low.
   Conclusions: It may matter.
WE  - Arts &amp; Humanities (A&amp;HCI)
DA  - DEC
PY  - 2016
DO  - 10.1234/wos.3
AN  - WOS:000000000000002
N1  - Times Cited:  5
Total Times Cited:  5
ER  -
"""
CINAHL = """TY  - JOUR
AU  - CRAG, ANN D.
T1  - Wigs and quality of life.
JO  - Nursing of Hair
Y1  - 2023/04//
M3  - Article
AB  - Life was better. [ABSTRACT FROM AUTHOR]
AB  - Copyright of Nursing of Hair is the property of its publisher.
N1  - Accession Number: 164700001; Document Type: Article
L3  - 10.1234/cin.9
UR  - https://search.example.com/login.aspx?direct=true&db=ccm&AN=164700001
ER  -\x20
"""
ENDNOTE = """TY  - JOUR
AB  - Biotin was given.
AN  - 29000001
AU  - Dale, Kim
DP  - NLM
KW  - Biotin
*Hair
Humans
PY  - 2018
SN  - 1111-1111
2222-2222
T2  - Vitam J
TI  - Biotin and nails
ID  - 16
ER  -\x20

"""
SCHOLAR = """TY  - JOUR
T1  - Did combs come first? Combs–brushes coevolution revisited
A1  - Fold, Paul M
A1  - Rill, Kay J
JO  - Reviews of Combs
SP  - 411
Y1  - 2001
PB  - A Press
ER  -\x20

"""
PSYCINFO = """Provider: An Association
Database: PsycINFO
Content: application/x-research-info-systems

TY  - JOUR
PMID  - 33000001
ID  - 2020-00005-005
T1  - Worry about hair
JF  - Journal of Worry
A1  - Wold, Max
Y1  - 2020
M3  - doi:10.1234/psy.4
ER  -
"""
ONE_BLANK = """TY - JOUR
AU - Lea, Jo
TI - Tags with a single blank
AB - In the UK and elsewhere
UK - it is said - combs are sold.
PY - 2011
ER -
"""
MANY_TAGS = {
    "cochrane.ris": COCHRANE,
    "ovid.ris": OVID,
    "embase.ris": EMBASE,
    "wos.ris": WEB_OF_SCIENCE_RIS,
    "cinahl.ris": CINAHL,
    "endnote.txt": ENDNOTE,
    "scholar.ris": SCHOLAR,
    "psycinfo.ris": PSYCINFO,
    "single.ris": ONE_BLANK,
}

MEDLINE = """
PMID- 31000001
OWN - NLM
DP  - 2024 Dec
TI  - Copper peptides in scalps: a randomised trial that was
      not blinded.
LID - 10.1234/med.1 [doi]
LID - 20240472 [pii]
AB  - Hair grew by
      a tenth.
FAU - Beck, Amy M
AU  - Beck AM
CN  - Copper Study Group
PT  - Randomized Controlled Trial
TA  - Scalp Lett
JT  - Scalp letters
SO  - Scalp Lett. 2024 Dec;20(12):1.

PMID- 31000002
DP  - 1998 Dec-1999 Jan
TI  - [Not Available].
TT  - Haare und Kupfer.
AU  - Au B
TA  - Z Haare
SO  - Z Haare. 1998 Dec-1999 Jan;1:2.

PMID- 31000003
BTI - A Handbook of Hair
FED - Ghyll, Sam
PB  - A Press
DP  - 2020
SO  - 2020.
"""
ERIC = """
OWN - ERIC
TI  - Hair in schools
AU  - Scar, Tom
JT  - School Journal
AID - http://dx.doi.org/10.1234/eric.1
OID - EJ0000001
DP  - 2000
ISSN - ISSN-1234-4567

OWN - ERIC
TI  - Combs in schools
OID - EJ0000002
DP  - 2001
"""
SAVEDRECS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Thwaite, A
   Garth, BC
CA Hair Study Grp
TI Hair, and what
   becomes of it
SO JOURNAL OF BECOMING
DT Article; Proceedings Paper
AB Much becomes of it.
DI 10.1234/wos.9
PM 31000009
PY 2021
UT WOS:000000000000009
ER

PT J
AU Gill, D
TI A claim (Retracted article. See vol. 9, pg. 3, 2022)
PY 2020
UT WOS:000000000000010
ER

EF"""
REFER = """%T Hair and markets
%0 Journal Article
%A Linn, Wen
%A Pike, Dee
%B Market Quarterly
%D 2021
%X Markets move.

They move again.
%U https://doi.org/10.1234/ref.1

%0 Book
%T Combs, a history
%E Reef, Ed
%I A Press
%D 1999
"""


def summary(paper):
    return (paper.key, paper.title, paper.citation, paper.doi, paper.pmid)


@pytest.fixture
def read(tmp_path):
    def of_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_corpora([path])

    return of_file


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "cochrane.ris",
            [
                (
                    "CN-01234567",
                    "Caffeine shampoo and shedding: a randomised trial",
                    "Fell et al. 2014, Journal of scalps",
                    "10.1234/cn.1",
                    "21000001",
                ),
                ("CN-01234568", "Rosemary oil and hair counts", "2016", "", ""),
            ],
        ),
        (
            "ovid.ris",
            [
                (
                    "2019-00001-001",
                    "Microneedling and thickness of hair.",
                    "Glen 2019, Needles",
                    "10.1234/ovid.7",
                    "",
                ),
                ("2019-00001-002", "A second one", "2018", "10.1234/ovid.8", ""),
            ],
        ),
        (
            "embase.ris",
            [
                (
                    "10.1234/emb.1",
                    "Zinc & hair: in vitro work at 10⁹ cells",
                    "Brae et al. 2020, Scalp Journal",
                    "10.1234/emb.1",
                    "",
                )
            ],
        ),
        (
            "wos.ris",
            [
                (
                    "WOS:000000000000002",
                    "IRON AND SHEDDING",
                    "Holt 2016, JOURNAL OF IRON",
                    "10.1234/wos.3",
                    "",
                )
            ],
        ),
        (
            "cinahl.ris",
            [
                (
                    "10.1234/cin.9",
                    "Wigs and quality of life.",
                    "CRAG 2023, Nursing of Hair",
                    "10.1234/cin.9",
                    "",
                )
            ],
        ),
        ("endnote.txt", [("16", "Biotin and nails", "Dale 2018, Vitam J", "", "29000001")]),
        (
            "scholar.ris",
            [
                (
                    "line-1",
                    "Did combs come first? Combs–brushes coevolution revisited",
                    "Fold et al. 2001, Reviews of Combs",
                    "",
                    "",
                )
            ],
        ),
        (
            "psycinfo.ris",
            [
                (
                    "2020-00005-005",
                    "Worry about hair",
                    "Wold 2020, Journal of Worry",
                    "10.1234/psy.4",
                    "33000001",
                )
            ],
        ),
        ("single.ris", [("line-1", "Tags with a single blank", "Lea 2011", "", "")]),
    ],
)
def test_ris_of_every_database(read, name, expected):
    corpus = read(name, MANY_TAGS[name])
    assert corpus.problems == ()
    assert [summary(paper) for paper in corpus.papers] == expected


def test_all_exports_are_searched_together(tmp_path):
    paths = []
    for name, content in MANY_TAGS.items():
        paths.append(tmp_path / name)
        paths[-1].write_text(content, "utf-8")
    corpus = read_corpora(paths)
    assert corpus.problems == ()
    assert len(corpus.papers) == corpus.count == 11


def test_an_abstract_goes_on_where_a_line_only_looks_like_a_tag(read):
    (paper,) = read("single.ris", ONE_BLANK).papers
    assert paper.abstract == "In the UK and elsewhere UK - it is said - combs are sold."
    (paper,) = read("wos.ris", WEB_OF_SCIENCE_RIS).papers
    assert paper.abstract == "Background: Iron is low. Conclusions: It may matter."
    (paper,) = read("cinahl.ris", CINAHL).papers
    assert paper.abstract == "Life was better. [ABSTRACT FROM AUTHOR]"


@pytest.mark.parametrize("name", ["pubmed.nbib", "pubmed-set.txt", "pubmed.ris"])
def test_the_text_of_pubmed(read, name):
    corpus = read(name, MEDLINE)
    assert corpus.problems == ()
    trial, vernacular, book = corpus.papers
    assert summary(trial) == (
        "31000001",
        "Copper peptides in scalps: a randomised trial that was not blinded.",
        "Beck et al. 2024, Scalp Lett",
        "10.1234/med.1",
        "31000001",
    )
    assert trial.abstract == "Hair grew by a tenth."
    assert trial.authors == ("Beck", "Copper Study Group")
    assert trial.publication_types == ("Randomized Controlled Trial",)
    assert (vernacular.title, vernacular.authors, vernacular.year) == (
        "Haare und Kupfer.",
        ("Au",),
        "1998",
    )
    assert (book.title, book.authors, book.year) == ("A Handbook of Hair", ("Ghyll",), "2020")


def test_eric_has_the_same_form_without_a_pubmed_number(read):
    corpus = read("eric.nbib", ERIC)
    assert corpus.problems == ()
    assert [(p.key, p.title, p.doi) for p in corpus.papers] == [
        ("EJ0000001", "Hair in schools", "10.1234/eric.1"),
        ("EJ0000002", "Combs in schools", ""),
    ]


@pytest.mark.parametrize("name", ["savedrecs.txt", "savedrecs.ciw", "renamed.ris"])
def test_the_text_of_web_of_science(read, name):
    corpus = read(name, SAVEDRECS)
    assert corpus.problems == ()
    paper, retracted = corpus.papers
    assert summary(paper) == (
        "WOS:000000000000009",
        "Hair, and what becomes of it",
        "Thwaite et al. 2021, JOURNAL OF BECOMING",
        "10.1234/wos.9",
        "31000009",
    )
    assert paper.authors == ("Thwaite", "Garth", "Hair Study Grp")
    assert paper.publication_types == ("Article", "Proceedings Paper")
    assert retracted.notices.label == "retracted or withdrawn"


@pytest.mark.parametrize("name", ["scholar.enw", "library.txt"])
def test_the_tagged_text_of_endnote(read, name):
    corpus = read(name, REFER)
    assert corpus.problems == ()
    paper, book = corpus.papers
    assert summary(paper)[1:] == (
        "Hair and markets",
        "Linn et al. 2021, Market Quarterly",
        "10.1234/ref.1",
        "",
    )
    assert paper.abstract == "Markets move. They move again."
    assert summary(book)[1:3] == ("Combs, a history", "Reef 1999, A Press")


@pytest.mark.parametrize(
    ("name", "content", "kept", "faults"),
    [
        ("a.ris", COCHRANE[: COCHRANE.index("PY  -  2016")], 2, ["the entry has no end"]),
        (
            "a.ris",
            COCHRANE.replace("TY  -  JOUR\nAN  -  CN-01234568\n", ""),
            1,
            ["the title belongs to no entry"],
        ),
        (
            "a.ris",
            COCHRANE.replace("T1  -  Rosemary", "T9  -  Rosemary"),
            1,
            ["'CN-01234568' has no title"],
        ),
        (
            "a.ris",
            SCHOLAR.replace("ER  - ", "") + SCHOLAR.replace("Did", "Then"),
            2,
            ["the entry has no end"],
        ),
        ("a.nbib", MEDLINE[: MEDLINE.rindex("SO  -")], 3, ["the file was cut within this record"]),
        ("a.ciw", SAVEDRECS[:-3], 2, ["the file has no end"]),
        ("a.ris", SCHOLAR.encode().replace("–".encode(), b"\xe9"), 1, ["this is not UTF-8 text"]),
        (
            "a.ris",
            SCHOLAR.encode().replace("–".encode(), b"\x81") + SCHOLAR.replace("Did", "Then").encode(),
            1,
            ["this is not UTF-8 text", "the entry holds a code that is no character"],
        ),
    ],
    ids=["cut", "no begin", "no title", "no end", "nbib cut", "wos cut", "cp1252", "no text"],
)
def test_what_is_wrong_with_one_record_is_told_and_the_rest_is_read(read, name, content, kept, faults):
    corpus = read(name, content)
    assert len(corpus.papers) == kept
    assert [problem.fault for problem in corpus.problems] == faults


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SCHOLAR.encode("utf-16"), "Combs–brushes"),
        (SCHOLAR.encode("utf-8-sig"), "Combs–brushes"),
        (SCHOLAR.replace("\n", "\r").encode(), "Combs–brushes"),
        (SCHOLAR.encode("cp1252"), "Combs–brushes"),
    ],
    ids=["utf-16", "mark", "old Mac", "cp1252"],
)
def test_encodings(read, data, expected):
    (paper,) = read("a.ris", data).papers
    assert expected in paper.title


def test_the_encoding_that_jabref_declares(read):
    corpus = read("a.bib", "% Encoding: Cp1252\n@book{a, title = {Über Kämme}}\n".encode("cp1252"))
    assert corpus.problems == ()
    assert corpus.papers[0].title == "Über Kämme"


def crossref(**fields):
    return {
        "DOI": "10.1234/CR.1",
        "title": ["Hair in <i>lists</i>"],
        "author": [
            {"family": "Berg", "given": "A", "non-dropping-particle": "van der"},
            {"name": "Hair Group", "sequence": "additional"},
        ],
        "container-title": ["Journal of Lists"],
        "issued": {"date-parts": [[2021, 3]]},
        "abstract": "<jats:title>Abstract</jats:title><jats:p>At 10<jats:sup>10</jats:sup> &lt; all."
        "</jats:p>",
        **fields,
    }


@pytest.mark.parametrize(
    "whole",
    [
        lambda work: [work],
        lambda work: {"status": "ok", "message": work},
        lambda work: {"status": "ok", "message": {"total-results": 1, "items": [work], "query": {}}},
        lambda work: {"items": [work]},
        lambda work: work,
    ],
    ids=["list", "one work", "answer", "items", "object"],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_crossrefs_forms_of_csl_json(read, whole, indent):
    (paper,) = read("a.json", json.dumps(whole(crossref()), indent=indent)).papers
    assert (paper.title, paper.citation, paper.doi) == (
        "Hair in lists",
        "van der Berg et al. 2021, Journal of Lists",
        "10.1234/cr.1",
    )
    assert paper.authors == ("van der Berg", "Hair Group")
    assert paper.abstract.split() == "Abstract At 10¹⁰ < all.".split()


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"issued": {"date-parts": [[None]]}, "published-print": {"date-parts": [[2019]]}}, "2019"),
        ({"issued": {"date-parts": [["2018", "3"]]}}, "2018"),
        ({"issued": {"raw": "March 2017"}}, "2017"),
        ({"issued": {"literal": "circa 2016"}}, "2016"),
        ({"issued": None}, ""),
    ],
)
def test_dates_of_csl(read, fields, year):
    (paper,) = read("a.json", json.dumps([crossref(**fields)])).papers
    assert paper.year == year


def test_one_bad_item_does_not_hide_the_others(read):
    works = [crossref(DOI=f"10.1234/cr.{n}", title=[f"Title number {n} of four"]) for n in range(4)]
    text = json.dumps(works, indent=1).replace('"DOI": "10.1234/cr.2"', '"DOI": 10.1234/cr.2')
    corpus = read("a.json", text)
    assert [paper.doi[-1] for paper in corpus.papers] == ["0", "1", "3"]
    assert [(p.place.line, p.fault) for p in corpus.problems] == [
        (text[: text.index("10.1234/cr.2")].count("\n") + 1, "this is not JSON")
    ]
    untitled = read("b.json", json.dumps([crossref(title=[]), crossref(DOI="10.1234/cr.9")]))
    assert len(untitled.papers) == 1
    assert [problem.fault for problem in untitled.problems] == ["'10.1234/CR.1' has no title"]


def test_a_file_without_a_paper_is_told_beside_others(tmp_path):
    (tmp_path / "empty.bib").write_text("% nothing\n", "utf-8")
    (tmp_path / "a.ris").write_text(SCHOLAR, "utf-8")
    corpus = read_corpora([tmp_path / "empty.bib", tmp_path / "a.ris"])
    assert [problem.fault for problem in corpus.problems] == ["there is no paper in it"]
    with pytest.raises(InputError):
        read_corpora([tmp_path / "empty.bib"])


def test_our_own_ris_is_read_back(read, review):
    items = [csl_item(reference) for reference in review.evidence.references.values()]
    exported = references_ris(SimpleNamespace(references=[SimpleNamespace(csl=item) for item in items]))
    corpus = read("references.ris", exported)
    assert corpus.problems == ()
    kept = {paper.key: paper for paper in corpus.papers}
    for item in items:
        assert kept[item["id"]].title == " ".join(item["title"].split())
        assert kept[item["id"]].doi == item.get("DOI", "").lower()
