"""Answers of witnesses in the shapes that the services document, for references that there are not.

Every DOI is one of Crossref's prefix for tests, 10.5555.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from review.literature.services import crossref, europe_pmc, openalex, pubmed, retraction_watch
from review.literature.services.request import Request

JSON = "Content-Type: application/json"
XML = "Content-Type: text/xml; charset=UTF-8"
CSV = "Content-Type: text/csv; charset=utf-8"
COLUMNS = (
    "Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS",
    "ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate",
    "OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes",
)  # fmt: skip
Update = Mapping[str, object]


def put(
    folder: Path,
    request: Request,
    body: str | bytes,
    *,
    status: int = 200,
    headers: Sequence[str] = (JSON,),
) -> None:
    """Record the answer to one question in the form of the replay server."""
    folder.mkdir(parents=True, exist_ok=True)
    content = body.encode() if isinstance(body, str) else body
    head = "\n".join([request.text, str(status), *headers])
    path = folder / f"{request.digest[:20]}.http"
    path.write_bytes(head.encode() + b"\n\n" + content + b"\n")


def update(doi: str, kind: str, day: Sequence[int] = (), **more: str) -> Update:
    """One member of `updated-by` or `update-to`."""
    date = {"updated": {"date-parts": [list(day)]}} if day else {}
    return {"DOI": doi, "type": kind, "label": kind, "source": "publisher", **date, **more}


def work(doi: str, title: str, **fields: object) -> dict[str, object]:
    """A work of Crossref; names of fields have an underscore where Crossref has a hyphen."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    issued = {"date-parts": [[2020, 3]]}
    return {"DOI": doi, "type": "journal-article", "title": [title], "issued": issued, **named}


def crossref_work(message: Mapping[str, object]) -> str:
    """Crossref's answer with one work."""
    return json.dumps({"status": "ok", "message-type": "work", "message": message})


def crossref_list(items: Sequence[Mapping[str, object]]) -> str:
    """Crossref's answer with a list of works."""
    message = {"total-results": len(items), "items": list(items)}
    return json.dumps({"status": "ok", "message-type": "work-list", "message": message})


def pubmed_record(
    pmid: str,
    title: str,
    *,
    doi: str = "",
    references: Iterable[tuple[str, str, str]] = (),
    types: Iterable[str] = ("Journal Article",),
) -> str:
    """PubMed's record; `references` are RefType, RefSource and PMID."""
    linked = "".join(
        f'<CommentsCorrections RefType="{kind}"><RefSource>{escape(source)}</RefSource>'
        f"{f'<PMID>{other}</PMID>' if other else ''}</CommentsCorrections>"
        for kind, source, other in references
    )
    listed = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in types)
    named = f'<ArticleId IdType="doi">{escape(doi)}</ArticleId>' if doi else ""
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
        f"<PMID>{pmid}</PMID><Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate>"
        "</JournalIssue><Title>Journal of Made Answers</Title></Journal>"
        f"<ArticleTitle>{escape(title)}</ArticleTitle>"
        f"<PublicationTypeList>{listed}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{linked}</CommentsCorrectionsList></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{named}'
        "</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"
    )


def europe_pmc_result(
    pmid: str, title: str, *, comments: Iterable[tuple[str, str, str]] = (), types: Sequence[str] = ()
) -> dict[str, object]:
    """One record of Europe PMC; `comments` are type, reference and number."""
    found = [
        {"type": kind, "reference": reference, "id": number, "source": "MED"}
        for kind, reference, number in comments
    ]
    return {
        "id": pmid,
        "source": "MED",
        "pmid": pmid,
        "title": title,
        "pubYear": "2020",
        "pubTypeList": {"pubType": list(types)},
        "commentCorrectionList": {"commentCorrection": found},
    }


def europe_pmc_answer(results: Sequence[Mapping[str, object]]) -> str:
    """Europe PMC's answer to a search."""
    return json.dumps({"hitCount": len(results), "resultList": {"result": list(results)}})


def openalex_work(doi: str, title: str, *, is_retracted: bool) -> str:
    """OpenAlex's record of a work."""
    return json.dumps(
        {
            "id": "https://openalex.org/W9900000000",
            "doi": f"https://doi.org/{doi}",
            "display_name": title,
            "publication_date": "2020-03-01",
            "publication_year": 2020,
            "type": "article",
            "is_retracted": is_retracted,
            "abstract_inverted_index": None,
        }
    )


def watch_row(
    record: int, nature: str, date: str, *, doi: str = "", pmid: str = "0", notice: str = "unavailable"
) -> dict[str, str]:
    """A row of Retraction Watch's file; `date` is month/day/year."""
    return {
        "Record ID": str(record),
        "Title": "A made answer",
        "RetractionDate": date,
        "RetractionDOI": notice,
        "RetractionPubMedID": "0",
        "OriginalPaperDate": "3/1/2020 0:00",
        "OriginalPaperDOI": doi or "unavailable",
        "OriginalPaperPubMedID": pmid,
        "RetractionNature": nature,
    }


def watch_file(rows: Iterable[Mapping[str, str]]) -> str:
    """Retraction Watch's file."""
    text = io.StringIO()
    out = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


def put_all(
    folder: Path,
    doi: str,
    pmid: str,
    title: str,
    *,
    updated_by: Sequence[Update] = (),
    notices: Sequence[Mapping[str, object]] = (),
    references: Sequence[tuple[str, str, str]] = (),
    comments: Sequence[tuple[str, str, str]] = (),
    types: Sequence[str] = ("Journal Article",),
    is_retracted: bool = False,
) -> None:
    """The answers of every service about one reference, each with the notices that it knows."""
    put(folder, crossref.work(doi), crossref_work(work(doi, title, updated_by=list(updated_by))))
    put(folder, crossref.updates_of(doi), crossref_list(notices))
    record = pubmed_record(pmid, title, doi=doi, references=references, types=types)
    put(folder, pubmed.records([pmid]), record, headers=(XML,))
    result = europe_pmc_result(pmid, title, comments=comments)
    put(folder, europe_pmc.by_pmid(pmid), europe_pmc_answer([result]))
    put(folder, openalex.by_doi(doi), openalex_work(doi, title, is_retracted=is_retracted))


def put_watch(folder: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Retraction Watch's file as the answer to the question for it."""
    put(folder, retraction_watch.index(), watch_file(rows), headers=(CSV,))
