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
    folder: Path, page: str, text: str, suggested: Sequence[Suggestion], review: Dossier
) -> None:
    """Write the suggestions for a page as HTML, workbook and JSON lines, with what to read.

    Raises OutputError when the folder cannot be written or holds something else.
    """
    known = {suggestion.proposition for suggestion in suggested} - {""}
    statements = {key: review.proposition(key).statement for key in known}
    own_page = review.evidence.pages.get(page)
    title = own_page.title if own_page else Path(page).name
    document = suggestions_document(
        title, text, suggested, statements, _literature(suggested, review), review.as_of.isoformat()
    )
    lines = [json.dumps(as_row(suggestion), ensure_ascii=False) for suggestion in suggested]
    contents = {
        "suggestions.html": report_html(document).encode(),
        "suggestions.xlsx": workbook_xlsx(document),
        "suggestions.jsonl": "".join(f"{line}\n" for line in lines).encode(),
    }
    write_folder(folder, {**contents, MANIFEST: manifest_of(contents, review.evidence.digest)})


def _literature(
    suggested: Sequence[Suggestion], review: Dossier
) -> Mapping[int, Sequence[SearchResult]]:
    index = Index(library_papers(review.evidence))
    open_ones = (claim for claim in suggested if claim.match is not Match.KNOWN)
    return {claim.start: answers_in(index, claim.quote, TO_READ) for claim in open_ones}
