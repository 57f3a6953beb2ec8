"""The brief in every format: the longest one that stands on its sheets."""

from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf, sheets
from review.report.formats.word import report_docx
from review.report.model import Report
from review.report.parts.brief import LENGTHS, PAGES, brief
from review.report.parts.document import Document


def brief_files(report: Report, template: bytes | None, template_name: str) -> dict[str, bytes]:
    """The brief as HTML, PDF and Word, with the same words in each.

    It is as long as fits on its sheets when set as PDF; the shortest one is kept where even that does
    not, as nothing is ever cut within a sentence. Raises InputError for an unusable Word template.
    """
    document, pdf = _fitting(report)
    return {
        "brief.html": report_html(document).encode(),
        "brief.pdf": pdf,
        "brief.docx": report_docx(document, template, template_name),
    }


def _fitting(report: Report) -> tuple[Document, bytes]:
    for length in LENGTHS:
        document = brief(report, length)
        pdf = report_pdf(document, whole=True)
        if sheets(pdf) <= PAGES:
            break
    return document, pdf
