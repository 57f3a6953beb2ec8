"""The suggestions for a page, written to a folder: all of it or nothing."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from review.dossier.dossier import Dossier
from review.dossier.suggestions import Suggestion, as_row
from review.literature.library import library_papers
from review.literature.ranking import Index
from review.literature.search import SearchResult, answers_in
from review.model.vocabulary import Match
from review.report.folder import MANIFEST, manifest_of, write_folder
from review.report.formats.html import report_html
from review.report.formats.table_files import workbook_xlsx
from review.report.parts.suggested import TO_READ, suggestions_document


def write_suggestions(
    folder: Path, page: str, text: str, found: Sequence[Suggestion], review: Dossier
) -> None:
    """Write the suggestions for a page as HTML, workbook and JSON lines, with what to read.

    Raises OutputError when the folder cannot be written or holds something else.
    """
    statements = {one.proposition: _statement(review, one) for one in found if one.proposition}
    known = review.evidence.pages.get(page)
    title = known.title if known else Path(page).name
    document = suggestions_document(
        title, text, found, statements, _literature(found, review), review.as_of.isoformat()
    )
    lines = [json.dumps(as_row(one), ensure_ascii=False) for one in found]
    contents = {
        "suggestions.html": report_html(document).encode(),
        "suggestions.xlsx": workbook_xlsx(document),
        "suggestions.jsonl": "".join(f"{line}\n" for line in lines).encode(),
    }
    write_folder(folder, {**contents, MANIFEST: manifest_of(contents, review.evidence.digest)})


def _statement(review: Dossier, one: Suggestion) -> str:
    return review.proposition(one.proposition).statement


def _literature(found: Sequence[Suggestion], review: Dossier) -> Mapping[int, Sequence[SearchResult]]:
    index = Index(library_papers(review.evidence))
    return {
        one.start: answers_in(index, one.quote, TO_READ) for one in found if one.match is not Match.KNOWN
    }
