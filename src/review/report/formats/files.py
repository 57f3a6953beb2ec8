"""The files of a report: screens and tables from the whole document, paper from what is read there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from review.model.errors import InFile, InputError
from review.report.deciding.sheet import sheet_json
from review.report.edited_page.edited_page import edited_page_docx, edited_page_name
from review.report.formats.brief import brief_files
from review.report.formats.exports import exports
from review.report.formats.exports.summary import SUMMARY_CSV, summary_csv
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.report.formats.render import report_json
from review.report.formats.table_files import claims_csv, workbook_xlsx
from review.report.formats.word import report_docx
from review.report.formats.word.template import blamed_on, clinic_word
from review.report.model import Report
from review.report.parts.compose import compose
from review.report.parts.paper import compose_paper


@dataclass(frozen=True, slots=True)
class Extras:
    """What a run may ask for: a Word template, suggested wordings as edits, an RO-Crate."""

    word_template: Path | None = None
    suggest_edits: bool = True
    ro_crate: bool = False


def report_files(report: Report, extras: Extras = Extras()) -> dict[str, bytes]:
    """The files of a report by name: PDF and Word as they are printed, all others with everything.

    A class gets no brief and no edited page: they would tell the verdicts. Raises InputError for a Word
    template that cannot be used.
    """
    document, paper = compose(report), compose_paper(report)
    template = word_template(extras.word_template)
    claims = next(table for table in document.tables() if table.anchor == "table-claims")
    with ThreadPoolExecutor(max_workers=1) as beside:
        # Set by a process of its own, which takes as long as all the others together.
        pdf = beside.submit(report_pdf, paper)
        files = {
            "report.html": report_html(document, sheet_json(report)).encode(),
            "report.docx": report_docx(paper, *template),
            "report.json": report_json(report).encode(),
            "claims.csv": claims_csv(claims),
            "claims.xlsx": workbook_xlsx(document),
            **({SUMMARY_CSV: summary_csv(report)} if report.shows_evidence else {}),
            **(brief_files(report, *template) if report.shows_verdicts else {}),
            **(_edited_pages(report, extras.suggest_edits) if report.shows_verdicts else {}),
            **{name: text.encode() for name, text in exports(report).items()},
        }
        return {"report.pdf": pdf.result(), **files}


def word_template(path: Path | None) -> tuple[bytes | None, str]:
    """The bytes and the name of a Word template. Raises InputError when it cannot be read or used."""
    if path is None:
        return None, ""
    try:
        template = path.read_bytes()
    except OSError:
        fault = "the Word template cannot be read"
        raise InputError.at(InFile(path.name), fault, remedy="Correct the path.") from None
    with blamed_on(path.name):
        clinic_word(template, path.name)
    return template, path.name


def _edited_pages(report: Report, suggest: bool) -> dict[str, bytes]:
    alone = len(report.pages) == 1
    return {
        edited_page_name(page, alone): edited_page_docx(report, page, suggest) for page in report.pages
    }
