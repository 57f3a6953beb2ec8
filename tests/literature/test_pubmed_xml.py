"""PubMed's XML as it is sent: on one line or many, articles and books, in any language, damaged."""

import pytest

from review.literature.readers.pubmed import read_pubmed


def article(pmid="1", date="<Year>2011</Year>", title="<ArticleTitle>On combs.</ArticleTitle>", more=""):
    return (
        f"<PubmedArticle><MedlineCitation><PMID Version='1'>{pmid}</PMID><Article><Journal>"
        f"<JournalIssue><PubDate>{date}</PubDate></JournalIssue><Title>Journal of Combs</Title>"
        f"</Journal>{title}{more}</Article></MedlineCitation></PubmedArticle>"
    )


BOOK = (
    "<PubmedBookArticle><BookDocument><PMID>7</PMID><ArticleIdList><ArticleId IdType='doi'>10.1234/BK.7"
    "</ArticleId></ArticleIdList><Book><Publisher><PublisherName>A Press</PublisherName></Publisher>"
    "<BookTitle>A Book of Hair</BookTitle><PubDate><Year>2023</Year><Month>Jan</Month></PubDate>"
    "<AuthorList Type='editors'><Author><LastName>Ed</LastName></Author></AuthorList></Book>{}"
    "</BookDocument></PubmedBookArticle>"
)
CHAPTER = (
    "<ArticleTitle>Minoxidil, a chapter</ArticleTitle><AuthorList Type='authors'><Author>"
    "<CollectiveName>Agency for Combs</CollectiveName></Author></AuthorList><Abstract><AbstractText>It "
    "tells.</AbstractText></Abstract>"
)


def read(*records, root="PubmedArticleSet"):
    return read_pubmed(f"<{root}>{''.join(records)}</{root}>".encode(), "a.xml")


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("<Year>2001</Year><Month>Jun</Month>", "2001"),
        ("<Year>2001</Year><Month>06</Month><Day>15</Day>", "2001"),
        ("\n<Year>2001</Year>\n<Season>Spring</Season>\n", "2001"),
        ("<Season>Winter</Season><Year>2001</Year>", "2001"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998"),
        ("<MedlineDate>Winter 1998</MedlineDate>", "1998"),
        ("", ""),
    ],
)
def test_the_year_is_that_of_its_element(date, year):
    (paper,) = read(article(date=date)).papers
    assert paper.year == year


def test_a_year_of_the_screen_where_there_is_none_on_paper():
    more = "<ArticleDate DateType='Electronic'><Year>2015</Year><Month>01</Month></ArticleDate>"
    (paper,) = read(article(date="", more=more)).papers
    assert paper.year == "2015"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "<ArticleTitle>[On combs].</ArticleTitle><VernacularTitle>Über Kämme.</VernacularTitle>",
            "[On combs].",
        ),
        (
            "<ArticleTitle>[Not Available].</ArticleTitle>"
            "<VernacularTitle>Über Kämme.</VernacularTitle>",
            "Über Kämme.",
        ),
        ("<ArticleTitle/><VernacularTitle>Über Kämme.</VernacularTitle>", "Über Kämme."),
        ("<VernacularTitle>Über Kämme.</VernacularTitle>", "Über Kämme."),
        ("<ArticleTitle>[Not Available].</ArticleTitle>", "[Not Available]."),
        (
            "<ArticleTitle>10<sup>9</sup> cells, H<sub>2</sub>O, <i>in vitro</i></ArticleTitle>",
            "10⁹ cells, H2O, in vitro",
        ),
    ],
)
def test_titles(title, expected):
    (paper,) = read(article(title=title)).papers
    assert paper.title == expected


def test_articles_and_books_stand_in_one_file():
    found = read(article(), BOOK.format(CHAPTER), BOOK.format("").replace(">7<", ">8<"))
    assert found.problems == []
    assert [(p.key, p.title, p.citation) for p in found.papers] == [
        ("1", "On combs.", "2011, Journal of Combs"),
        ("7", "Minoxidil, a chapter", "Agency for Combs 2023, A Book of Hair"),
        ("8", "A Book of Hair", "Ed 2023, A Book of Hair"),
    ]
    assert found.papers[1].doi == "10.1234/bk.7"
    assert found.papers[1].abstract == "It tells."


@pytest.mark.parametrize("root", ["PubmedArticle", "PubmedBookArticle"])
def test_a_single_record_needs_no_set(root):
    record = article() if root == "PubmedArticle" else BOOK.format(CHAPTER)
    assert len(read_pubmed(record.encode(), "a.xml").papers) == 1


def test_the_doi_is_the_articles_own():
    more = (
        "<ELocationID EIdType='pii'>x</ELocationID><ELocationID EIdType='doi'>10.1234/OWN</ELocationID>"
    )
    cited = (
        "<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType='doi'>10.1234/cited"
        "</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"
    )
    (paper,) = read(article(more=more).replace("</PubmedArticle>", cited)).papers
    assert paper.doi == "10.1234/own"


def test_authors_whom_pubmed_leaves_out():
    more = "<AuthorList CompleteYN='N'><Author><LastName>Lea</LastName></Author></AuthorList>"
    (paper,) = read(article(more=more)).papers
    assert paper.citation == "Lea et al. 2011, Journal of Combs"


@pytest.mark.parametrize(
    ("data", "kept", "lines"),
    [
        (
            f"<PubmedArticleSet>\n{article('1')}\n{article('2').replace('</PMID>', '')}\n"
            f"{article('3')}\n</PubmedArticleSet>",
            ["1", "3"],
            [3, 3],
        ),
        (f"<PubmedArticleSet>\n{article('1')}\n{article('2')[:200]}", ["1"], [3, 3]),
        (f"<PubmedArticleSet>\n{article('1')}\n", ["1"], [3]),
        (
            f"<PubmedArticleSet>{article('1')}</PubmedArticleSet>\n<PubmedArticleSet>{article('2')}"
            "</PubmedArticleSet>",
            ["1", "2"],
            [2],
        ),
        (f"<PubmedArticleSet>\n<PubmedArticle/>\n{article('1')}</PubmedArticleSet>", ["1"], [2]),
    ],
    ids=["one damaged", "cut in a record", "cut between records", "two files in one", "an empty record"],
)
def test_one_bad_record_is_told_and_the_rest_is_read(data, kept, lines):
    found = read_pubmed(data.encode(), "a.xml")
    assert [paper.key for paper in found.papers] == kept
    assert [problem.place.line for problem in found.problems] == lines


def test_no_entity_grows_where_records_are_read_one_by_one():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    data = f"<!DOCTYPE a [{laughs}]><PubmedArticleSet>{article('1', more='<x>&l11;</x>')}{article('2')}"
    found = read_pubmed(data.encode(), "a.xml")
    assert [paper.key for paper in found.papers] == ["2"]
