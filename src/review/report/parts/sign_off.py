"""Where the person who decides signs, and how much has been decided."""

from review.report.counted import counted
from review.report.model import Report
from review.report.parts.document import Column, Paragraph, Table, table_row, text

_COLUMNS = tuple(
    Column(key, title, 25)
    for key, title in (("name", "Name"), ("role", "Role"), ("date", "Date"), ("signature", "Signature"))
)


def sign_off_blocks(report: Report) -> tuple[Paragraph, Paragraph, Table]:
    """Who decides, how many claims have a decision, and the lines to be filled in by hand."""
    blank = table_row(report.reviewer or " ", " ", " ", " ")
    return (
        Paragraph(text("This review suggests; a named person decides. Sign only what you have read.")),
        Paragraph(text(_state(report))),
        Table("table-sign-off", "To be filled in by the person who decides.", _COLUMNS, (blank,)),
    )


def _state(report: Report) -> str:
    decided = sum(bool(row.decisions) for row in report.claims)
    old = sum(bool(row.decisions) and row.decisions[-1].on_earlier_evidence for row in report.claims)
    state = f"Decisions are recorded for {decided} of {counted(len(report.claims), 'claim')}"
    return state + (f"; {counted(old, 'was', 'were')} taken on earlier evidence." if old else ".")
