"""The report as a document: its parts, tables and figures in reading order, before any format."""
