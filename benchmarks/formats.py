"""All formats of a report for 500 and 5,000 claims, beside WeasyPrint for the same PDF."""

import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

import weasyprint

from review.report.build import build_report
from review.report.formats.html import report_html
from review.report.formats.pdf import report_pdf
from review.report.formats.render import report_json
from review.report.formats.table_files import claims_csv, workbook_xlsx
from review.report.formats.word import report_docx
from review.report.model import Report
from review.report.parts.compose import compose
from review.report.parts.document import Document
from review.workbench import open_review

PAGE = "clinic-brochure"


def with_claims(report: Report, number: int) -> Report:
    """The report with `number` claims: its own again and again, the copies under ids of their own."""
    copies = islice(cycle(report.claims), number)
    claims = tuple(
        row if index < len(report.claims) else replace(row, claim=f"{row.page}-{index + 1:05d}")
        for index, row in enumerate(copies)
    )
    return replace(report, claims=claims)


def writers(report: Report, document: Document) -> dict[str, Callable[[], object]]:
    """What each format is written by."""
    table = next(table for table in document.tables() if table.anchor == "table-claims")
    return {
        "compose, figures included": lambda: compose(report),
        "report.html": lambda: report_html(document),
        "report.pdf": lambda: report_pdf(document),
        "report.docx": lambda: report_docx(document),
        "report.json": lambda: report_json(report),
        "claims.csv": lambda: claims_csv(table),
        "claims.xlsx": lambda: workbook_xlsx(document),
    }


def seconds(work: Callable[[], object]) -> float:
    """The time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(evidence: Path) -> None:
    """Print a table for each number of claims."""
    review = open_review([evidence]).select(pages=[PAGE])
    base = build_report(review)
    for number in (500, 5000):
        report = with_claims(base, number)
        document = compose(report)
        print(f"\n| {number} claims | seconds |\n| --- | --- |")
        taken = {name: seconds(work) for name, work in writers(report, document).items()}
        for name, spent in taken.items():
            print(f"| {name} | {spent:.2f} |")
        print(f"| all of these | {sum(taken.values()):.2f} |")
        page = report_html(document)
        theirs = seconds(lambda page=page: weasyprint.HTML(string=page).write_pdf(pdf_tags=True))
        ratio = taken["report.pdf"] / theirs
        print(f"| PDF by WeasyPrint {version('weasyprint')} | {theirs:.2f} |")
        print(f"| ratio, ours / WeasyPrint | {ratio:.2f} |")
