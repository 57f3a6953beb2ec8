"""Corpora in the XML of PubMed (`PubmedArticleSet`), read without entities, network or outside files."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from review.literature.dates import date_in, iso_date, years_in
from review.literature.details import Details, OtherAbstract, Person, Section, with_labels
from review.literature.notices import PUBMED_REFERENCES, Relation, Side, Update
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
    details = _details(record, citation, article)
    entries.add(
        line,
        pmid,
        _title(article),
        _abstract(details),
        authors=(person.family for person in details.people),
        more_authors=any(names.get("CompleteYN") == "N" for names in lists),
        year=details.published,
        container=_text(article.find("Journal/ISOAbbreviation")) or details.journal,
        publication_types=map(_text, article.iter("PublicationType")),
        doi=_doi(record, article),
        pmid=pmid,
        relations=_relations(details.updates),
        details=details,
    )


def _details(record: etree._Element, citation: etree._Element, article: etree._Element) -> Details:
    dates = [date for path in _DATES if (date := _date(article.find(path)))]
    return Details(
        people=tuple(_people(article)),
        published=dates[0] if dates else "",
        years=years_in(*dates),
        journal=_text(article.find("Journal/Title")) or _text(article.find("Book/BookTitle")),
        volume=_text(article.find("Journal/JournalIssue/Volume")),
        issue=_text(article.find("Journal/JournalIssue/Issue")),
        pages=_text(article.find("Pagination/MedlinePgn"))
        or _text(article.find("Pagination/StartPage")),
        language=_text(article.find("Language")),
        pmcid=_identifier(record, "pmc"),
        registrations=tuple(map(_text, article.iterfind("DataBankList/DataBank/*/AccessionNumber"))),
        sections=tuple(_sections(article.iterfind("Abstract/AbstractText"))),
        other_abstracts=tuple(
            OtherAbstract(
                other.get("Language", ""),
                other.get("Type", ""),
                tuple(_sections(other.iterfind("AbstractText"))),
            )
            for other in citation.iterfind("OtherAbstract")
        ),
        updates=tuple(_updates(citation)),
    )


_DATES = ("Journal/JournalIssue/PubDate", "Book/PubDate", "ArticleDate", "ContributionDate")
"""Where a date may stand: on paper, else on the screen."""


def _abstract(details: Details) -> str:
    """The abstract, a section a line; the first other one where there is none."""
    others = details.other_abstracts
    return with_labels(details.sections or (others[0].sections if others else ()))


def _title(article: etree._Element) -> str:
    """The title; in its own language where PubMed has no other, of a whole book that of the book."""
    title = _text(article.find("ArticleTitle"))
    if title and not title.startswith(NOT_AVAILABLE):
        return title
    return _text(article.find("VernacularTitle")) or _text(article.find("Book/BookTitle")) or title


def _people(article: etree._Element) -> Iterator[Person]:
    """The authors; of a book its own where the chapter names none, and editors where nobody else is."""
    of_kind: dict[str, list[Person]] = {}
    for names in [*article.iterfind("AuthorList"), *article.iterfind("Book/AuthorList")]:
        found = [person for n in names.iterfind("Author") if (person := _person(n)).family]
        of_kind.setdefault(names.get("Type", "authors"), found)
    yield from of_kind.get("authors") or of_kind.get("editors") or ()


def _person(author: etree._Element) -> Person:
    family = _text(author.find("LastName"))
    if not family:
        return Person(_text(author.find("CollectiveName")), is_body=True)
    return Person(family, _text(author.find("ForeName")) or _text(author.find("Initials")))


def _date(date: etree._Element | None) -> str:
    """A date as exact as it is given; of two in `MedlineDate` the first."""
    if date is None:
        return ""
    year, month, day = (_text(date.find(part)) for part in ("Year", "Month", "Day"))
    return iso_date(year, month, day) or date_in(_text(date.find("MedlineDate")))


def _doi(record: etree._Element, article: etree._Element) -> str:
    located = (n for n in article.iterfind("ELocationID") if n.get("EIdType") == "doi")
    return _identifier(record, "doi") or next(filter(None, map(_text, located)), "")


def _identifier(record: etree._Element, kind: str) -> str:
    """An identifier of the record itself: those of the references that it cites stand deeper."""
    listed = (
        n
        for path in ("PubmedData/ArticleIdList/ArticleId", "BookDocument/ArticleIdList/ArticleId")
        for n in record.iterfind(path)
        if n.get("IdType") == kind
    )
    return next(filter(None, map(_text, listed)), "")


def _updates(citation: etree._Element) -> Iterator[Update]:
    """The notices that the record names; what is only a comment, or cited, is none."""
    for reference in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        word = reference.get("RefType", "")
        if word in _NO_NOTICES:
            continue
        side, kind = PUBMED_REFERENCES.get(word, (Side.SUBJECT, None))
        source = _text(reference.find("RefSource"))
        others = named("pmid", _text(reference.find("PMID")))
        yield Update(side, word, kind, others, date_in(source), "pubmed", reference=source)


_NO_NOTICES = frozenset(
    "AssociatedDataset AssociatedPublication Cites CommentIn CommentOn OriginalReportIn ReprintIn "
    "ReprintOf RepublishedFrom RepublishedIn SummaryForPatientsIn UpdateIn UpdateOf".split()
)
"""The kinds of reference (`RefType` in PubMed's DTD) that are no notice; nor is a later version."""


def _relations(updates: Iterable[Update]) -> Iterator[Relation]:
    for update in updates:
        if update.kind:
            yield Relation(update.side, update.kind, "".join(update.others[:1]))


def _sections(found: Iterable[etree._Element]) -> Iterator[Section]:
    for part in found:
        if text := _text(part):
            yield Section(part.get("Label", ""), text)


def _text(element: etree._Element | None) -> str:
    """The text of an element and of those in it, such as italics; figures that stand raised stay so."""
    return "" if element is None else one_line("".join(_pieces(element)))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        inner = "".join(_pieces(child))
        yield raised(inner) if child.tag == "sup" else inner
        yield child.tail or ""
