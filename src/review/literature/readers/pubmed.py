"""Corpora in the XML of PubMed (`PubmedArticleSet`), read without entities, network or outside files."""

from lxml import etree

from review.literature.readers.entries import Entries, one_line


def read_pubmed(data: bytes, name: str) -> Entries:
    """The articles in `data`, keyed by their PubMed number.

    Nothing named in a document type is fetched, and a file that declares entities of its own is
    refused, because they can grow without bound.
    """
    entries = Entries(name)
    parser = etree.XMLParser(
        # Without `huge_tree` the parser keeps its own bounds on depth and size.
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        remedy = "Export the file again."
        entries.problem(error.lineno or 0, f"not readable as XML: {error.msg}", remedy=remedy)
        return entries
    if _declares_entities(root):
        remedy = "Remove its internal document type."
        entries.problem(1, "the file declares entities of its own", remedy=remedy)
        return entries
    if root.tag not in ("PubmedArticleSet", "PubmedArticle"):
        entries.problem(1, "this is not a PubMed file", remedy="Export it from PubMed as XML.")
        return entries
    for article in root.iter("PubmedArticle"):
        _add(entries, article)
    return entries


def _declares_entities(root: etree._Element) -> bool:
    declared = root.getroottree().docinfo.internalDTD
    return declared is not None and any(True for _ in declared.iterentities())


def _add(entries: Entries, article: etree._Element) -> None:
    sections = article.iterfind("MedlineCitation/Article/Abstract/AbstractText")
    entries.add(
        article.sourceline or 0,
        _text(article.find("MedlineCitation/PMID")),
        _text(article.find("MedlineCitation/Article/ArticleTitle")),
        "\n".join(_section(section) for section in sections),
        authors=(
            _text(name.find("LastName")) or _text(name.find("CollectiveName"))
            for name in article.iterfind("MedlineCitation/Article/AuthorList/Author")
        ),
        year=_text(article.find("MedlineCitation/Article/Journal/JournalIssue/PubDate")),
        container=_text(article.find("MedlineCitation/Article/Journal/ISOAbbreviation"))
        or _text(article.find("MedlineCitation/Article/Journal/Title")),
        publication_types=(
            _text(kind)
            for kind in article.iterfind("MedlineCitation/Article/PublicationTypeList/PublicationType")
        ),
    )


def _section(section: etree._Element) -> str:
    label = section.get("Label", "")
    return f"{label}: {_text(section)}" if label else _text(section)


def _text(element: etree._Element | None) -> str:
    """The text of an element and of those in it, such as italics."""
    return "" if element is None else one_line("".join(element.itertext()))
