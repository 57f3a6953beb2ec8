"""From a source to a page: a web address, a file of HTML, PDF, DOCX, Markdown or plain text.

The process that writes reads no source itself: a source is read by a process of its own, within bounds.
"""
