"""From a source to a page: a web address, a file of HTML, PDF, DOCX, Markdown or plain text.

Nothing is read by the process that writes: a source is read by a process of its own, within bounds.
"""

from review.ingest.page import Brought, Request, bring

__all__ = ["Brought", "Request", "bring"]
