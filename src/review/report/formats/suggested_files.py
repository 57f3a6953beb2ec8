"""The suggestions for a page, written to a folder: all of it or nothing."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from review.dossier.dossier import Dossier
from review.dossier.suggested_citations import (
    SuggestedCitation,
    as_citation_row,
    citation_records,
)
from review.dossier.suggestions import Suggestion, as_row
from review.literature.library import library_papers
from review.literature.ranking import Index
from review.literature.search import SearchResult, answers_in
from review.model.citing import Citation
from review.model.vocabulary import Match
from review.report.folder import MANIFEST, manifest_of, write_folder
from review.report.formats.html import report_html
from review.report.formats.table_files import workbook_xlsx
from review.report.parts.suggested import TO_READ, suggestions_document
from review.store.files.csv_file import write_csv


def write_suggestions(
    folder: Path,
    page: str,
    text: str,
    suggested: Sequence[Suggestion],
    citations: Sequence[SuggestedCitation],
    review: Dossier,
) -> None:
    """Write the suggestions for a page as HTML, workbook and JSON lines, with what to read.

    `citations.csv` has the citations in the form of the evidence, `citations.jsonl` all that was read.

    Raises OutputError when the folder cannot be written or holds something else.
    """
    known = {suggestion.proposition for suggestion in suggested} - {""}
    statements = {key: review.proposition(key).statement for key in known}
    own_page = review.evidence.pages.get(page)
    title = own_page.title if own_page else Path(page).name
    document = suggestions_document(
        title,
        text,
        suggested,
        citations,
        statements,
        _literature(suggested, review),
        review.as_of.isoformat(),
    )
    lines = [json.dumps(as_row(suggestion), ensure_ascii=False) for suggestion in suggested]
    rows = [_cells(record) for record in citation_records(text, _page_id(page, review), review)]
    cited = [json.dumps(as_citation_row(citation), ensure_ascii=False) for citation in citations]
    contents = {
        "suggestions.html": report_html(document).encode(),
        "suggestions.xlsx": workbook_xlsx(document),
        "suggestions.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        "citations.csv": write_csv(rows, list(Citation.model_fields)).encode(),
        "citations.jsonl": "".join(f"{line}\n" for line in cited).encode(),
    }
    write_folder(folder, {**contents, MANIFEST: manifest_of(contents, review.evidence.digest)})


def _cells(record: Citation) -> dict[str, str]:
    return {name: str(value) for name, value in record.model_dump(mode="json").items()}


def _page_id(page: str, review: Dossier) -> str:
    """The id of a page of the evidence; for a file, its name as an id would be."""
    if page in review.evidence.pages:
        return page
    return re.sub(r"[^a-z0-9]+", "-", Path(page).stem.lower()).strip("-") or "new-page"


def _literature(
    suggested: Sequence[Suggestion], review: Dossier
) -> Mapping[int, Sequence[SearchResult]]:
    index = Index(library_papers(review.evidence))
    open_ones = (claim for claim in suggested if claim.match is not Match.KNOWN)
    return {claim.start: answers_in(index, claim.quote, TO_READ) for claim in open_ones}
