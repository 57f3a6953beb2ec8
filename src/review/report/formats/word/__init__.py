"""The report document as a Word file, restyled by a template if one is given."""

from review.report.formats.word.writer import report_docx

__all__ = ["report_docx"]
