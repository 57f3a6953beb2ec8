"""Corpora in the XML of PubMed (`PubmedArticleSet`), read without entities, network or outside files."""

import re
from collections.abc import Iterator

from lxml import etree

from review.literature.notices import PUBMED_REFERENCES, Relation
from review.literature.paper import named
from review.literature.readers.entries import Entries, one_line
from review.literature.readers.medline import NOT_AVAILABLE
from review.model.superscripts import raised

_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_ROOTS = ("PubmedArticleSet", "PubmedBookArticleSet", *_RECORDS)
_RECORD = re.compile(
    rb"<(PubmedArticle|PubmedBookArticle)[\s>].*?(?:</\1\s*>|(?=<Pubmed(?:Book)?Article[\s>])|\Z)",
    re.DOTALL,
)


def read_pubmed(data: bytes, name: str) -> Entries:
    """The articles and book chapters in `data`, keyed by their PubMed number.

    Nothing named in a document type is fetched, and a file that declares entities of its own is
    refused, because they can grow without bound. Where the file is no XML as a whole, because it was
    cut or holds a record that is none, each record is read by itself and the fault is told.
    """
    entries = Entries(name)
    try:
        root = _parsed(data)
    except etree.XMLSyntaxError as error:
        remedy = "Export the file again."
        entries.problem(error.lineno or 0, f"not readable as XML: {error.msg}", remedy=remedy)
        _add_each(entries, data)
        return entries
    if _declares_entities(root):
        remedy = "Remove its internal document type."
        entries.problem(1, "the file declares entities of its own", remedy=remedy)
        return entries
    if root.tag not in _ROOTS:
        entries.problem(
            1,
            "this is not a PubMed file",
            remedy="Export it from PubMed as XML, or from another program as RIS.",
        )
        return entries
    for record in root.iter(*_RECORDS):
        _add(entries, record, record.sourceline or 0)
    return entries


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        # Without `huge_tree` the parser keeps its own bounds on depth and size.
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    return etree.fromstring(data, parser)


def _declares_entities(root: etree._Element) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and any(True for _ in declared.iterentities())


def _add_each(entries: Entries, data: bytes) -> None:
    """The records of a file that is no XML as a whole; what an entity stood for is then a fault too."""
    line, seen = 1, 0
    for found in _RECORD.finditer(data):
        line += data.count(b"\n", seen, found.start())
        seen = found.start()
        try:
            record = _parsed(found[0])
        except etree.XMLSyntaxError:
            entries.problem(line, "the record cannot be read", remedy="Export the file again.")
        else:
            _add(entries, record, line)


def _add(entries: Entries, record: etree._Element, line: int) -> None:
    is_book = record.tag == "PubmedBookArticle"
    citation = record.find("BookDocument" if is_book else "MedlineCitation")
    if citation is None:
        entries.problem(line, "the record holds no citation", remedy="Export the file again.")
        return
    article = citation if is_book else citation.find("Article")
    if article is None:
        entries.problem(line, "the record holds no article", remedy="Export the file again.")
        return
    lists = article.findall("AuthorList")
    pmid = _text(citation.find("PMID"))
    entries.add(
        line,
        pmid,
        _title(article),
        "\n".join(_section(section) for section in article.iterfind("Abstract/AbstractText")),
        authors=_authors(article),
        more_authors=any(names.get("CompleteYN") == "N" for names in lists),
        year=_year(article),
        container=_text(article.find("Journal/ISOAbbreviation"))
        or _text(article.find("Journal/Title"))
        or _text(article.find("Book/BookTitle")),
        publication_types=map(_text, article.iter("PublicationType")),
        doi=_doi(record, article),
        pmid=pmid,
        relations=_relations(citation),
    )


def _title(article: etree._Element) -> str:
    """The title; in its own language where PubMed has no other, of a whole book that of the book."""
    title = _text(article.find("ArticleTitle"))
    if title and not title.startswith(NOT_AVAILABLE):
        return title
    return _text(article.find("VernacularTitle")) or _text(article.find("Book/BookTitle")) or title


def _authors(article: etree._Element) -> Iterator[str]:
    """The authors; of a book its own where the chapter names none, and editors where nobody else is."""
    of_kind: dict[str, list[str]] = {}
    for names in [*article.iterfind("AuthorList"), *article.iterfind("Book/AuthorList")]:
        found = [
            _text(n.find("LastName")) or _text(n.find("CollectiveName"))
            for n in names.iterfind("Author")
        ]
        of_kind.setdefault(names.get("Type", "authors"), found)
    yield from of_kind.get("authors") or of_kind.get("editors") or ()


def _year(article: etree._Element) -> str:
    """The year in which it appeared: on paper, else on the screen; of two in `MedlineDate` the first."""
    for path in ("Journal/JournalIssue/PubDate", "Book/PubDate", "ArticleDate", "ContributionDate"):
        date = article.find(path)
        if date is not None and (year := _text(date.find("Year")) or _text(date.find("MedlineDate"))):
            return year
    return ""


def _doi(record: etree._Element, article: etree._Element) -> str:
    located = [n for n in article.iterfind("ELocationID") if n.get("EIdType") == "doi"]
    # Those of the references that the article cites stand deeper.
    listed = [
        n
        for path in ("PubmedData/ArticleIdList/ArticleId", "BookDocument/ArticleIdList/ArticleId")
        for n in record.iterfind(path)
        if n.get("IdType") == "doi"
    ]
    return next(filter(None, map(_text, [*listed, *located])), "")


def _relations(citation: etree._Element) -> Iterator[Relation]:
    for reference in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        if known := PUBMED_REFERENCES.get(reference.get("RefType", "")):
            yield Relation(*known, "".join(named("pmid", _text(reference.find("PMID")))))


def _section(section: etree._Element) -> str:
    label = section.get("Label", "")
    return f"{label}: {_text(section)}" if label else _text(section)


def _text(element: etree._Element | None) -> str:
    """The text of an element and of those in it, such as italics; figures that stand raised stay so."""
    return "" if element is None else one_line("".join(_pieces(element)))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inner = "".join(_pieces(child))
        yield raised(inner) if child.tag == "sup" else inner
        yield child.tail or ""
